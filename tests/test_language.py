"""The language of a quiz."""

import pytest

from builder.language import available, detect

KNOWN = ["en", "ru"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Какие слои не обновляются при backpropagation?", "ru"),
        ("Что выведет `for i in range(10): print(i)`?", "ru"),
        ("Which layers have no weights?", "en"),
        ("Which layer does “да” mean?", "en"),
        ("Який метод повертає її довжину? Є такі.", "en"),
        ("什麼類型的光?", "en"),
        ("", "en"),
    ],
)
def test_the_language_is_that_of_the_text(text, language):
    assert detect([text], KNOWN) == language


def test_a_language_without_words_is_not_chosen():
    assert detect(["Какие слои?"], ["en"]) == "en"


def test_a_language_is_one_file():
    paths = ["words/ru.toml", "choice/style.css", "words/en.toml", "words/x/y.toml"]
    assert available(paths) == ["en", "ru"]

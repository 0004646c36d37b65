import shutil
from pathlib import Path
from string import Formatter

import pytest
from command import ROOT, build_deck
from real_anki import import_package, new_collection

from builder.words import CATEGORIES, WordsError, parse

FOLDER = Path(__file__).parent.parent / "templates" / "words"
LANGUAGES = {path.stem: parse(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.toml")}
HEAD = 'language = "en"\ndirection = "ltr"\nplural = "one-other"\n'

OWN_LISTS = "order."
"""Below it, each language lists words of its own, and as many as it has."""


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def stems(words) -> dict[str, set[str]]:
    """The places in every text, the forms of a counted text taken together."""
    found: dict[str, set[str]] = {}
    for name, text in words.entries.items():
        if name.startswith(OWN_LISTS):
            continue
        stem, _, last = name.rpartition(".")
        key = stem if last in CATEGORIES else name
        found.setdefault(key, set()).update(places(str(text)))
    return found


@pytest.mark.parametrize("name", sorted(LANGUAGES))
def test_a_language_says_all_that_english_says_and_fills_the_same_places(name):
    assert stems(LANGUAGES[name]) == stems(LANGUAGES["en"])


@pytest.mark.parametrize("name", sorted(LANGUAGES))
@pytest.mark.parametrize("list_of", ["pinned", "placed", "joining", "alone", "mention", "judged"])
def test_every_language_knows_how_english_options_speak_of_others(name, list_of):
    own, english = (LANGUAGES[each].all(f"order.{list_of}") for each in (name, "en"))
    assert set(english) <= set(own)


@pytest.mark.parametrize("name", sorted(LANGUAGES))
def test_a_language_is_called_as_its_file(name):
    assert LANGUAGES[name].language == name


@pytest.mark.parametrize("name", sorted(LANGUAGES))
def test_a_counted_text_has_a_form_for_every_number(name):
    words = LANGUAGES[name]
    for number in range(200):
        assert str(number) in words.count("score.wrong", number)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 ошибок"),
        (1, "1 ошибка"),
        (2, "2 ошибки"),
        (5, "5 ошибок"),
        (11, "11 ошибок"),
        (14, "14 ошибок"),
        (21, "21 ошибка"),
        (104, "104 ошибки"),
        (112, "112 ошибок"),
    ],
)
def test_russian_counts_as_russians_do(number, said):
    assert LANGUAGES["ru"].count("score.wrong", number) == said


def test_texts_are_found_by_dotted_names_lists_and_places_included():
    words = parse(HEAD + '[a.b]\nc = "say {what}"\nd = ["x", "y"]\n')
    assert words.fill("a.b.c", what="it") == "say it"
    assert words.all("a.b.d") == ("x", "y")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = ", "Invalid value"),
        ('language = "en"\n', "no direction, plural"),
        (HEAD.replace("ltr", "up"), "direction is “up”"),
        (HEAD.replace("one-other", "dual"), "plural is “dual”"),
        (HEAD + "n = 5\n", "n is neither a text nor a list of texts"),
        (HEAD + "[a]\nb = [1]\n", "a.b is neither a text nor a list of texts"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(text, message):
    with pytest.raises(WordsError, match=message):
        parse(text)


GERMAN = {
    'language = "en"': 'language = "de"',
    'correct = "Fits"': 'correct = "Passt"',
    'choose_one = "Choose one answer"': 'choose_one = "Wähle eine Antwort"',
}


def test_a_language_is_added_by_one_file(tmp_path):
    for folder in ("builder", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    own = tmp_path / "templates" / "words" / "de.toml"
    text = (FOLDER / "en.toml").read_text(encoding="utf-8")
    for english, german in GERMAN.items():
        assert english in text
        text = text.replace(english, german)
    own.write_text(text, encoding="utf-8")
    (tmp_path / "deck.toml").write_text('language = "de"\n', encoding="utf-8")
    (tmp_path / "a.md").write_text("## Wie viele?\n\n- [x] eins\n- [ ] zwei\n", encoding="utf-8")
    done = build_deck(tmp_path, "-o", "a.apkg", cwd=tmp_path, PYTHONPATH=str(tmp_path))
    assert done.status == 0, done.err
    with new_collection() as collection:
        import_package(collection, tmp_path / "a.apkg")
        question, eins, _ = (collection.get_card(each) for each in collection.find_cards(""))
        assert " lang=de " in question.question()
        assert "Wähle eine Antwort" in question.question()
        assert "Passt" in eins.question()

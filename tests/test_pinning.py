import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reviewer import ENGLISH, RUSSIAN
from sample_cards import option

from builder.model import Places, RenderedQuestion, Rich
from builder.pinning import any_of, places


def asked(*texts: str, said: str = "", labels: str = "") -> RenderedQuestion:
    letters = labels or " " * len(texts)
    options = (option(t, "wrong", label=n.strip()) for t, n in zip(texts, letters, strict=True))
    return RenderedQuestion("", Rich(text="Вопрос?"), tuple(options), explanation=Rich(text=said))


FREE = [
    ("ReLU", "Dropout", "MaxPooling"),
    ("Все нейроны обновляются", "Все слои сети"),
    ("All weights are updated", "None", "No gradient flows through it"),
    ("Ни один из нейронов не обновляется", "Все"),
    ("A", "B", "A и B"),
    ("1, 2", "2, 5"),
    ("в и с", "ответ", "иное решение", "другой слой"),
    ("Both layers and losses", "a and then b"),
    ("A, B, D", "A, C", "B, C, D", "A, B, C, D"),  # the stem lists what these letters name
    ("A", "A или B", "B, C", "ни A, ни C"),
    ("int", "float", "bool", "a = b"),
    ("Первый закон", "Второй закон", "Третий закон"),
    ("The first layer", "The last layer", "Only the output"),
    ("Оба слоя", "Любой слой", "Среди слоёв есть свёртка"),
    ("Only small networks", "None", "True"),
]


@pytest.mark.parametrize("texts", FREE)
def test_ordinary_options_may_be_shuffled(texts):
    assert places(asked(*texts), RUSSIAN) == Places(labels=("",) * len(texts))


LAST = [
    "все перечисленное",
    "Всё вышеперечисленное.",
    "Все из перечисленного",
    "Все вышеуказанные варианты",
    "все ответы верны",
    "Все варианты правильные",
    "Верны все варианты",
    "Ни один из перечисленных",
    "Ни одно из утверждений не верно",
    "Ничего из перечисленного",
    "ни один из вариантов",
    "Нет правильного ответа",
    "нет верных вариантов",
    "Среди перечисленных нет верного ответа",
    "Оба варианта верны",
    "Оба",
    "Все сразу",
    "Все три",
    "Все четыре варианта верны",
    "Все пункты",
    "Верно всё перечисленное",
    "Любой из перечисленных",
    "Любой из этих вариантов",
    "Ничего из этого",
    "И то, и другое",
    "Ни то ни другое",
    "Верного ответа нет",
    "Среди вариантов нет верного",
    "Более одного из перечисленного",
    "Сочетание вышеперечисленного",
    "Что-то из нижеперечисленного",
    "Варианты выше верны",
    "Свой вариант",
    "Другое",
    "Затрудняюсь ответить",
    "All of the above",
    "none of the above.",
    "None of these",
    "Neither of the above",
    "all answers are correct",
    "All of them",
    "All the above mentioned",
    "All of the mentioned options",
    "All three are correct",
    "All other options",
    "None of them",
    "None of the mentioned",
    "Both",
    "Neither",
    "Either of these",
    "Two of the above",
    "More than one of the above",
    "No answer is correct",
    "Every option above",
    "By using all of the above methods",
]


@pytest.mark.parametrize("text", LAST)
def test_an_option_that_speaks_of_all_stays_last(text):
    assert places(asked("ReLU", "Dropout", text), RUSSIAN).pinned == (2,)


@pytest.mark.parametrize("text", [t for t in LAST if t.isascii()] + ["There is no correct answer"])
def test_english_words_pin_english_options(text):
    assert places(asked("ReLU", "Dropout", text), ENGLISH).pinned == (2,)


def test_two_of_them_stay_last_in_their_order():
    texts = ("ReLU", "Dropout", "Все перечисленное", "Ничего из перечисленного")
    assert places(asked(*texts), RUSSIAN).pinned == (2, 3)


def test_all_of_the_above_in_the_middle_keeps_every_option_where_it_is():
    found = places(asked("ReLU", "Все перечисленное", "Dropout"), RUSSIAN)
    assert found == Places(labels=("", "", ""), fixed=True)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("А и В", "АБВГ"),
        ("и А, и Б", "АБВГ"),
        ("только а) и б)", "АБВГ"),
        ("Верны А, Б и В", "АБВГ"),
        ("both A and C", "ABCD"),
        ("A, B and C", "ABCD"),
        ("A & B", "ABCD"),
        ("Только А", "АБВГ"),
        ("Верен только Б", "АБВГ"),
        ("все, кроме В", "АБВГ"),
        ("ни А, ни Б", "АБВГ"),
        ("А, но не Б", "АБВГ"),
        ("А и Б вместе", "АБВГ"),
        ("оба варианта: А и Б", "АБВГ"),
        ("A и Б", "АБВГ"),  # the A is Latin
        ("Only A", "ABCD"),
        ("C only", "ABCD"),
        ("All but C", "ABCD"),
        ("neither a nor b", "ABCD"),
        ("A but not B", "ABCD"),
        ("Either A or B", "ABCD"),
        ("both (a) and (b)", "ABCD"),
        ("Statements A and B are true", "ABCD"),
    ],
)
def test_an_option_that_names_others_shows_the_letters_and_stops_the_shuffle(text, letters):
    found = places(asked("ReLU", "Dropout", "Linear", text), RUSSIAN)
    assert found == Places(labels=tuple(letters), fixed=True)


@pytest.mark.parametrize(
    "text",
    [
        "Первый и третий",
        "только второй вариант",
        "ни первое, ни второе",
        "последние два варианта",
        "The first two",
        "first and third",
        "Only the second option is correct",
    ],
)
def test_an_option_that_names_others_by_their_places_stops_the_shuffle(text):
    found = places(asked("ReLU", "Dropout", "Linear", text), RUSSIAN)
    assert found == Places(labels=("",) * 4, fixed=True)


def test_letters_of_another_list_than_the_numbered_one_are_shown():
    found = places(asked("ReLU", "Dropout", "Linear", "A and B", labels="1234"), RUSSIAN)
    assert found.labels == tuple("ABCD")


def test_numbers_name_options_only_where_the_author_numbered_them():
    texts = ("ReLU", "Dropout", "Linear", "1 и 3")
    assert places(asked(*texts, labels="1234"), RUSSIAN).labels == tuple("1234")
    assert places(asked(*texts), RUSSIAN) == Places(labels=("", "", "", ""))


MENTIONS = [
    "Правильный ответ: Б.",
    "Верный вариант – Б, потому что",
    "Ответы А, В",
    "вариант б) не подходит",
    "под буквой «б»",
    "Неверно (б), так как",
    "а) подходит, б) нет",
    "ответ Б",
    "Правильный ответ под номером Б",
    "Б — верно, потому что",
    "Остальные: А и В неверны",
    "Неправильно: А, В",
    "Б. Потому что",
]
ENGLISH_MENTIONS = [
    "The correct answer is B.",
    "Correct: B",
    "B is correct because it has no weights",
    "A, B and C are wrong",
    "Option (c) is wrong",
    "B: because",
]


@pytest.mark.parametrize("said", MENTIONS)
def test_letters_that_the_explanation_speaks_of_are_shown(said):
    found = places(asked("ReLU", "Dropout", "Linear", said=said, labels="АБВ"), RUSSIAN)
    assert found == Places(labels=("А", "Б", "В"), fixed=True)


@pytest.mark.parametrize("said", ENGLISH_MENTIONS)
def test_english_letters_that_the_explanation_speaks_of_are_shown(said):
    found = places(asked("ReLU", "Dropout", "Linear", said=said, labels="ABC"), ENGLISH)
    assert found == Places(labels=("A", "B", "C"), fixed=True)


@pytest.mark.parametrize(
    "said",
    [
        "A network has layers",
        "I think B cells are",
        "A is a letter of the alphabet",
        "In option pricing",
        "B-trees are balanced",
        "answer a question",
        "A true friend",
    ],
)
def test_small_english_words_are_not_taken_for_letters(said):
    found = places(asked("ReLU", "Dropout", "Linear", said=said, labels="ABC"), ENGLISH)
    assert not found.lettered


@pytest.mark.parametrize(
    "said",
    [
        "Вариант в котором веса заморожены",
        "ответ а также причина",
        "f(б) и g(а)",
        "Обновляются веса.",
        "Буква закона",
        "В правильном ответе веса заморожены",
    ],
)
def test_small_words_are_not_taken_for_letters(said):
    found = places(asked("ReLU", "Dropout", "Linear", said=said, labels="АБВ"), RUSSIAN)
    assert found == Places(labels=("", "", ""))


def test_letters_that_nobody_speaks_of_are_not_shown():
    assert not places(asked("ReLU", "Dropout", labels="АБ"), RUSSIAN).lettered


WORDS_OF_LISTS = """
все ни один нет верно перечисленного выше вариант ответы из них это оба другое среди all none of
the above both first and a b 2 третий пункт варианты ответ . , ( )
""".split()


@pytest.mark.parametrize("words", [RUSSIAN, ENGLISH], ids=["ru", "en"])
@pytest.mark.parametrize("name", ["order.placed", "order.pinned"])
@given(said=st.lists(st.sampled_from(WORDS_OF_LISTS), max_size=6).map(" ".join))
def test_some_patterns_in_one_find_what_each_of_them_finds(words, name, said):
    patterns = words.all(name)
    assert bool(any_of(patterns).match(said)) is any(re.search(each, said) for each in patterns)

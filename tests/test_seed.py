"""The quiz that this project began with, read as its authors mean it."""

from pathlib import Path

import pytest

from builder.diagnostics import Severity
from builder.model import Verdict
from builder.reading import NAVIGATION, read
from builder.source import Source

SEED = Path(__file__).parent.parent / "source" / "dl-nlp-cv.md"

CORRECT = {"MaxPooling", "Dropout", "ReLU"}
WRONG = {"Полносвязный слой", "Слой свертки"}
DISPUTED = {"Batch Normalization"}

SUMMARIES = {
    "MaxPooling": "не обновляется",
    "Полносвязный слой": "обновляется",
    "Dropout": "не обновляется",
    "Слой свертки": "обновляется",
    "Batch Normalization": "зависит от реализации",
    "ReLU": "не обновляется",
}


@pytest.fixture(scope="module")
def reading():
    return read(Source("source/dl-nlp-cv.md", SEED.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def question(reading):
    (question,) = reading.questions
    return question


def test_the_title_of_the_page_names_the_deck(reading):
    assert (reading.dialect, reading.title) == ("marked", "Тестовые задания: DL+NLP+CV")


def test_there_is_one_question_called_after_its_heading(question):
    assert (question.title, question.kind) == ("Задание 1", "choice")


def test_the_stem_is_the_bold_line_and_the_instruction_stands_apart(question):
    stem = "Какие из следующих слоев нейронной сети не обновляются при backpropagation?"
    assert question.stem.markdown == stem
    assert question.instruction.markdown == "Выберите все подходящие ответы из списка:"


def test_the_six_options_stand_in_their_order(question):
    texts = [option.text.markdown for option in question.options]
    assert texts == list(SUMMARIES)


@pytest.mark.parametrize(
    ("verdict", "names"),
    [(Verdict.CORRECT, CORRECT), (Verdict.WRONG, WRONG), (Verdict.DISPUTED, DISPUTED)],
)
def test_each_mark_gives_its_verdict(question, verdict, names):
    assert {o.text.markdown for o in question.options if o.verdict is verdict} == names


def test_each_option_has_the_summary_of_its_own_section(question):
    assert {o.text.markdown: o.summary.markdown for o in question.options} == SUMMARIES


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("MaxPooling", "Операция: выбирает максимальное значение"),
        ("Полносвязный слой", "Имеет матрицу весов"),
        ("Dropout", "обнуляет часть нейронов"),
        ("Слой свертки", "Имеет ядра (фильтры)"),
        ("Batch Normalization", "Вычисляет среднее и дисперсию"),
        ("ReLU", "Градиент равен 1"),
    ],
)
def test_each_option_has_its_own_reason(question, name, words):
    holders = [o.text.markdown for o in question.options if words in o.why.markdown]
    assert holders == [name]


def test_an_aside_with_a_tick_belongs_to_the_reason_it_stands_in(question):
    disputed = question.options[4]
    assert "✅ Допустимо считать подходящим" in disputed.why.markdown
    assert "📌 **Вывод**: можно включить в список с оговоркой." in disputed.why.markdown


def test_the_explanation_is_what_stands_before_the_first_section(question):
    text = question.explanation.markdown
    assert text.startswith("При обратном распространении ошибки (**backpropagation**)")
    assert text.endswith("Рассмотрим каждый вариант:")


def test_the_contents_are_navigation_and_nothing_else_is_left_out(reading):
    assert [(u.first, u.last, u.reason) for u in reading.unread] == [(1, 8, NAVIGATION)]


def test_each_broken_link_of_the_contents_is_a_warning_at_its_place(reading):
    found = [(d.rule, d.severity, d.place.line, d.place.column, d.place.end_column)
             for d in reading.diagnostics]  # fmt: skip
    assert found == [("broken-anchor", Severity.WARNING, line, 16, 25) for line in range(4, 9)]

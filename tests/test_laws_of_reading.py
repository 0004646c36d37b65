"""What holds for any text and any quiz in Markdown."""

import re

import pytest
from conftest import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.dialects import dialects
from builder.model import Verdict
from builder.reading import NAVIGATION, places, read
from builder.scan import Shape, blocks, inside, scan
from builder.source import Source
from builder.values import astuple

SIGNS = re.split(
    r"\s+",
    """
# ## ###### - * + 1. 2) > ``` ~~~ --- *** | |---|---| <details> </details> <summary>Answer</summary>
<div> </div> <!-- --> <!--key:a--> {#a} [x] [ ] [] (X) ( ) ✅ ❌ ⚠️ ☐ ☑ A) B) а) б) A. Q1. Q2. 1 2 **
__ * Answer: Ответ: B Б Explanation: Объяснение Вывод: не подходит question: tags: Points: 3 [a](#b)
[a]: b [!question] [!success]- !!! ??? question 🅰️ 🅱️ 1️⃣ ② Ⓐ ❷ 🇦
Sure, here are 3 questions: https://a.b ? : — &shy; \\ Q: A: В: О:""",
)

texts = st.lists(
    st.sampled_from(
        [*SIGNS, "word", "что", " ", "    ", "\n", "\n", "\n\n", "\t", "\xa0", "\u200b"]
    )
    | st.text(max_size=2),
    max_size=60,
).map(lambda pieces: "".join(pieces).replace("\r", ""))


def held(source, reading):
    """The numbers of the lines that are on a card, and of those that are accounted for."""
    on_cards = {
        number
        for question in reading.questions
        for span in places(question)
        for number in source.line_range(span)
    }
    unread = {n for found in reading.unread for n in range(found.first, found.last + 1)}
    return on_cards, unread


@examples(400)
@given(texts)
def test_every_line_is_on_a_card_or_accounted_for(text):
    source = Source("quiz.md", text)
    on_cards, unread = held(source, read(source))
    written = {n for n, line in enumerate(source.lines, 1) if line.strip(" \t>") and line.strip()}
    assert written <= on_cards | unread


@given(texts)
def test_text_on_no_card_is_told(text):
    source = Source("quiz.md", text)
    reading = read(source, chosen=())
    told = {n for d in reading.diagnostics for n in range(d.place.line, d.place.end_line + 1)}
    lost = {(u.first, u.last) for u in reading.unread if u.reason != NAVIGATION}
    assert {lines for lines in lost if told.isdisjoint(range(lines[0], lines[1] + 1))} == set()


@given(texts)
def test_places_lie_in_the_file_and_findings_come_in_order(text):
    source = Source("quiz.md", text)
    reading = read(source, chosen=())
    spans = [span for question in reading.questions for span in places(question)]
    assert all(span.end <= len(text) for span in spans)
    starts = [question.span.start for question in reading.questions]
    found = [diagnostic.place for diagnostic in reading.diagnostics]
    assert (starts, found) == (sorted(starts), sorted(found))


statements = st.lists(st.sampled_from(["быстро", "small", "$x = 1$", "**плавно**"]), min_size=2)


@given(st.lists(st.tuples(st.sampled_from("✅❌✓⚠"), statements), min_size=1, max_size=4))
def test_signs_that_tell_nothing_apart_ask_nothing(lists):
    parts = [
        "\n".join(
            ["## Часть", "", "Сказано было так.", "", *(f"- {sign} {said}" for said in stated)]
        )
        for sign, stated in lists
    ]
    text = "\n\n".join(parts)
    assert [q for q in read(Source("quiz.md", text)).questions if q.options] == []


BEGINNINGS = ["## Вопрос 1\nWhich?\n\n", "1. Which?\n", "**Q1.** Which?\n\n", "Which?\n\n🔘 a\n"]


@given(
    st.sampled_from(BEGINNINGS),
    st.lists(st.sampled_from(["one", "два", "`x = 1`", "**bold**"]), min_size=2, unique=True),
    st.integers(0, 1),
)
def test_lines_are_options_of_which_the_answer_repeats_one(beginning, lines, right):
    below = "  \n".join(lines)
    text = f"{beginning}{below}\n\nAnswer: {lines[right]}\n"
    (question,) = read(Source("quiz.md", text)).questions
    assert [option.verdict for option in question.options][-len(lines) :] == [
        Verdict.CORRECT if number == right else Verdict.WRONG for number in range(len(lines))
    ]


INDENTS = ["", "", "  ", "    ", "\t", "\t\t", " \t", "\t ", "   \t"]
MARKS = ["", "- ", "* ", "1. ", "-\t", "1.\t", "> ", ">\t", "## ", "A) ", "- [x] ", "- ✅ ", "```"]
WORDS = ["one", "Answer: B", "a?", "**b**", "", "`c`"]
indented = st.lists(
    st.tuples(*map(st.sampled_from, (INDENTS, INDENTS, MARKS, MARKS, WORDS))).map("".join),
    min_size=1,
    max_size=8,
).map("\n".join)


def lines_within(found):
    """The lines of some blocks and of the blocks inside them."""
    for block in found:
        yield from block.lines
        yield block.text
        if block.shape in (Shape.ITEM, Shape.QUOTE) and len(block.lines) > 1:
            yield from lines_within(blocks(inside(block)[1:]))


@examples(400)
@given(indented)
def test_what_is_left_of_a_line_stands_where_it_says(text):
    source = Source("quiz.md", text)
    for line in lines_within(scan(source).blocks):
        start = source.starts[line.number - 1]
        end = start + len(source.lines[line.number - 1])
        assert start <= line.offset <= line.end <= end
        assert text[line.offset : line.end] == line.text[line.added :]


@examples(400)
@given(indented)
def test_what_is_read_of_indented_text_lies_in_it(text):
    source = Source("quiz.md", text)
    for question in read(source).questions:
        assert all(0 <= span.start <= span.end <= len(text) for span in places(question))


@given(texts)
def test_reading_twice_gives_the_same(text):
    *once, _ = astuple(read(Source("quiz.md", text)))  # but for the quiz, which is found anew
    *twice, _ = astuple(read(Source("quiz.md", text)))
    assert once == twice


@given(texts, st.sampled_from(sorted(dialects())))
def test_any_dialect_can_be_told_to_read_any_text(text, name):
    source = Source("quiz.md", text)
    on_cards, unread = held(source, read(source, name, chosen=()))
    written = {n for n, line in enumerate(source.lines, 1) if line.strip(" \t>") and line.strip()}
    assert written <= on_cards | unread


@given(texts)
def test_blank_lines_around_a_file_change_nothing_but_places(text):
    def shape(reading):
        return [
            (q.title, q.stem.markdown, [(o.text.markdown, o.verdict) for o in q.options])
            for q in reading.questions
        ]

    plain = Source("quiz.md", f"x\n\n{text}")
    moved = Source("quiz.md", f"\n\nx\n\n{text}\n\n\n")
    assert shape(read(plain, chosen=())) == shape(read(moved, chosen=()))


@given(texts)
def test_every_line_of_a_page_is_in_one_block(text):
    page = scan(Source("quiz.md", text))
    numbers = [line.number for block in page.blocks for line in block.lines]
    written = [line.number for line in page.lines if not line.blank]
    assert len(set(numbers)) == len(numbers)
    assert set(written) <= set(numbers)


# Quizzes that are written and read back --------------------------------------------------------

words = st.lists(
    st.sampled_from(["layer", "weights", "gradient", "слой", "веса", "свёртка", "pooling"]),
    min_size=2, max_size=6,
).map(" ".join)  # fmt: skip


@st.composite
def quizzes(draw):
    """Questions: a stem, options with whether they are right, an explanation or ""."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        options = draw(st.lists(words, min_size=3, max_size=5, unique_by=str.casefold))
        right = draw(st.sets(st.integers(0, len(options) - 1), min_size=1, max_size=2))
        stem = f"What is {draw(words)} {number}?"
        options = [(f"{text} {at}", at in right) for at, text in enumerate(options)]
        found.append((stem, options, draw(st.just("") | words.map(lambda w: f"Since {w}."))))
    return found


LETTERS = {"latin": "ABCDE", "cyrillic": "АБВГД"}


def boxes(number, stem, options, why):
    lines = [f"- [{'x' if right else ' '}] {text}" for text, right in options]
    return (
        f"#### Q{number}. {stem}\n\n"
        + "\n".join(lines)
        + (f"\n\n**Explanation:** {why}" if why else "")
    )


def signs(number, stem, options, why):
    lines = [f"* {'✅' if right else '❌'} {text}" for text, right in options]
    below = f"\n\n---\n\n### Объяснение\n\n{why}" if why else ""
    return f"## Задание {number}\n\n**{stem}**\n\n" + "\n".join(lines) + below


def signs_behind(number, stem, options, why):
    lines = [f"   - {text} {'✔️' if right else '✗'}" for text, right in options]
    return f"{number}. {stem}\n" + "\n".join(lines) + (f"\n\n   Пояснение: {why}" if why else "")


def bold(number, stem, options, why):
    lines = [f"* **{text}**" if right else f"* {text}" for text, right in options]
    return (
        f"### Question {number}\n\n{stem}\n\n" + "\n".join(lines) + (f"\n\n> {why}" if why else "")
    )


def letters(number, stem, options, why):
    lines = [f"{LETTERS['latin'][n]}) {text}" for n, (text, _) in enumerate(options)]
    key = ", ".join(LETTERS["latin"][n] for n, (_, right) in enumerate(options) if right)
    return (
        f"{number}. {stem}\n\n"
        + "\n".join(lines)
        + f"\n\nAnswer: {key}"
        + (f"\n\nExplanation: {why}" if why else "")
    )


def cyrillic_letters(number, stem, options, why):
    lines = [f"{LETTERS['cyrillic'][n].lower()}. {text}" for n, (text, _) in enumerate(options)]
    key = " и ".join(LETTERS["cyrillic"][n] for n, (_, right) in enumerate(options) if right)
    below = f"\n\n**Объяснение.** {why}" if why else ""
    return f"**Вопрос {number}.** {stem}\n\n" + "\n\n".join(lines) + f"\n\n**Ответ: {key}**{below}"


def folded_answers(number, stem, options, why):
    lines = [f"- {LETTERS['latin'][n]}: {text}" for n, (text, _) in enumerate(options)]
    key = "".join(LETTERS["latin"][n] for n, (_, right) in enumerate(options) if right)
    return (
        f"###### {number}. {stem}\n\n"
        + "\n".join(lines)
        + "\n\n<details><summary><b>Answer</b></summary>\n"
        f"<p>\n\n#### Answer: {key}\n\n{why}\n\n</p>\n</details>\n\n---"
    )


def answers_in_words(number, stem, options, why):
    lines = [f"- {text}" for text, _ in options]
    right = "\n".join(f"- {text}" for text, right in options if right)
    below = f"\n\nExplanation: {why}" if why else ""
    return (
        f"### Question {number}\n\n{stem}\n\n"
        + "\n".join(lines)
        + f"\n\nCorrect answers:\n\n{right}{below}"
    )


def plus_and_minus(number, stem, options, why):
    lines = [f"{'+' if right else '-'} {text}" for text, right in options]
    return (
        f"Вопрос №{number}. {stem}\n\n"
        + "\n".join(lines)
        + (f"\n\nОбъяснение: {why}" if why else "")
    )


def rows(number, stem, options, why):
    lines = [f"| {text} | {'✅' if right else '❌'} |" for text, right in options]
    head = "| Вариант | Верно? |\n|---|---|\n"
    return (
        f"### Вопрос {number}\n\n{stem}\n\n{head}"
        + "\n".join(lines)
        + (f"\n\n{why}" if why else "")
    )


WAYS = [
    boxes, signs, signs_behind, bold, letters, cyrillic_letters, folded_answers, answers_in_words,
    plus_and_minus, rows,
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(quiz=quizzes())
def test_a_quiz_that_is_written_is_read_back(way, quiz):
    text = "\n\n".join(way(n, *question) for n, question in enumerate(quiz, 1))
    reading = read(Source("quiz.md", f"# Quiz\n\n{text}\n"), chosen=())
    found = [
        (
            question.stem.markdown,
            [(o.text.markdown, o.verdict == "correct") for o in question.options],
            question.explanation.markdown if question.explanation else "",
        )
        for question in reading.questions
    ]
    some_bold = way is not bold or any(not all(right for _, right in o) for _, o, _ in quiz)
    assert found == quiz or not some_bold


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@given(quiz=quizzes(), data=st.data())
def test_no_line_of_a_damaged_quiz_is_lost(way, quiz, data):
    text = "\n\n".join(way(n, *question) for n, question in enumerate(quiz, 1))
    lines = text.split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        damage = data.draw(
            st.sampled_from(["", "```", "<div>", "# x", "- y", "> z", "    ", "Answer: Q"])
        )
        lines[at : at + data.draw(st.integers(0, 2))] = [damage + re.sub(r"^\W+", "", lines[at])]
    source = Source("quiz.md", "\n".join(lines))
    on_cards, unread = held(source, read(source, chosen=()))
    written = {n for n, line in enumerate(source.lines, 1) if line.strip(" \t>") and line.strip()}
    assert written <= on_cards | unread


def shown(question):
    """All texts of a question that a learner may see."""
    passages = [question.stem, question.instruction, question.explanation]
    for option in question.options:
        passages += [option.text, option.summary, option.why]
    return [question.title, question.key, *question.tags, *(p.markdown for p in passages if p)]


PLACES = ["{}", "\n{}\n", "- {}", "  {}", "    {}", "> {}", "## {}", "**{}**", "{}:", "1. {}"]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@given(quiz=quizzes(), data=st.data())
def test_a_word_anywhere_in_a_quiz_is_shown_or_its_line_is_told_of(way, quiz, data):
    lines = "\n\n".join(way(n, *question) for n, question in enumerate(quiz, 1)).split("\n")
    at = data.draw(st.integers(0, len(lines)))
    if data.draw(st.booleans()) and at < len(lines):
        lines[at] = f"{lines[at]} zebra" if lines[at] else "zebra"
    else:
        lines.insert(at, data.draw(st.sampled_from(PLACES)).format("zebra"))
    source = Source("quiz.md", "\n".join(lines))
    reading = read(source, chosen=())
    (where,) = (n for n, line in enumerate(source.lines, 1) if "zebra" in line)
    on_cards = any("zebra" in text for question in reading.questions for text in shown(question))
    unread = any(found.first <= where <= found.last for found in reading.unread)
    told = any(d.place.line <= where <= d.place.end_line for d in reading.diagnostics)
    assert on_cards or unread or told

"""GIFT, Aiken, text2qti and trivia: what the spec documents say, and what holds for any text."""

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from spec_documents import cases, reads

from builder.dialects import dialects
from builder.model import Verdict
from builder.prose import render
from builder.prose.formulas import formula_at
from builder.reading import places, read
from builder.scan import scan
from builder.source import Source

DIALECTS = ("gift", "aiken", "text2qti", "trivia")
DOCUMENTS = Path(__file__).parent / "spec" / "dialects"
CASES = {name: list(cases(DOCUMENTS / f"{name}.md")) for name in DIALECTS}
ALL_CASES = [case for found in CASES.values() for case in found]

PIECES = {
    "gift": "::Q:: { } = ~ # #### %50% %-25% -> T FALSE // \\{ \\} \\= \\~ \\# \\: \\n \\\\ $ \\( "
    "\\) [html] [markdown] <b> $CATEGORY: $course$/a/b {=a ~b} {#3:2} {T#x#y} 1..5",
    "aiken": "A) B) C. a) А) Б) В. ANSWER: ANSWER:B ОТВЕТ: EXPLANATION: SCORE: TAGS: 1. , and",
    "text2qti": "1. a) *b) C) [*] [] = 5 +- 1 * + - ! ... ____ ^^^ % Title: Points: 2 Text: GROUP "
    "END_GROUP COMMENT END_COMMENT \n\t ```",
    "trivia": "#Q ^ A B C D I 1945 Q",
}


def texts(dialect):
    """Texts made of the signs of a way of writing, words, and ends of lines."""
    signs = st.sampled_from([*PIECES[dialect].split(), "word", " ", "\n", "\n\n", "**", "```", "é"])
    return st.lists(signs | st.text(max_size=3), max_size=40).map(
        lambda pieces: "".join(pieces).replace("\r", "")
    )


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: case.name)
def test_a_file_is_read_as_its_document_says(case):
    assert reads(case) == case.expected


@pytest.mark.parametrize("name", DIALECTS)
@given(data=st.data())
def test_every_line_is_on_a_card_or_accounted_for(name, data):
    source = Source("quiz.txt", data.draw(texts(name)))
    reading = read(source, name)
    on_cards = {
        number
        for question in reading.questions
        for span in places(question)
        for number in source.line_range(span)
    }
    unread = {n for found in reading.unread for n in range(found.first, found.last + 1)}
    text = {n for n, line in enumerate(source.lines, 1) if line.strip(" \t>").strip()}
    assert text <= on_cards | unread  # the mark of a quote alone says nothing


@pytest.mark.parametrize("name", DIALECTS)
@given(data=st.data())
def test_parts_of_a_question_lie_in_its_span(name, data):
    source = Source("quiz.txt", data.draw(texts(name)))
    for question in read(source, name).questions:
        assert question.span.end <= len(source.text)
        for option in question.options:
            parts = [option.span, *option.text.spans, *(option.why.spans if option.why else ())]
            assert all(
                question.span.start <= part.start and part.end <= question.span.end
                for part in parts
            )


@pytest.mark.parametrize("name", DIALECTS)
@given(data=st.data())
def test_evidence_is_a_count_for_any_text(name, data):
    page = scan(Source("quiz.txt", data.draw(texts(name))))
    assert dialects()[name].recognises(page) >= 0


@pytest.mark.parametrize("name", DIALECTS)
def test_the_documents_of_one_way_of_writing_show_no_evidence_of_the_others(name):
    others = [case for other in DIALECTS if other != name for case in CASES[other]]
    found = [dialects()[name].recognises(scan(Source(c.file, c.text))) for c in others]
    assert not any(found)


AIKEN = "What is asked?\nA) this\nB) that\nANSWER: A\n"


def evidence(text, file="quiz.txt"):
    return dialects()["aiken"].recognises(scan(Source(file, text)))


def test_a_file_of_aiken_alone_shows_more_evidence_of_it_than_any_other_dialect_finds():
    assert evidence(AIKEN * 3) > 2 * 3


@pytest.mark.parametrize(
    ("text", "file"),
    [
        (AIKEN, "quiz.md"),
        (f"# Quiz\n\n{AIKEN}", "quiz.txt"),
        (f"```\ncode\n```\n{AIKEN}", "quiz.txt"),
        (f"**Question 1**\n{AIKEN}", "quiz.txt"),
        (AIKEN.replace("ANSWER", "Answer"), "quiz.txt"),
    ],
)
def test_markdown_and_loose_keys_show_less_evidence_of_aiken_than_letters_do(text, file):
    assert evidence(text, file) == 1


WORDS = st.text(st.characters(blacklist_categories=("C", "Zl", "Zp", "Zs")) | st.just(" "))
CHOICES = st.tuples(
    WORDS.map(str.strip).filter(bool),
    st.lists(WORDS.map(str.strip).filter(bool), min_size=2, max_size=5, unique=True),
    st.integers(min_value=0),
)


def seen(passage):
    html = render(passage.markdown)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def read_one(text, name):
    """What a reader sees of the single question of a text, and the number of its right option."""
    (question,) = read(Source("quiz.txt", text), name).questions
    right = [n for n, o in enumerate(question.options) if o.verdict is Verdict.CORRECT]
    return seen(question.stem), [seen(option.text) for option in question.options], right


def expected(stem, options, key):
    assume(not any(formula_at(t, at) for t in (stem, *options) for at in range(len(t))))
    return " ".join(stem.split()), [" ".join(o.split()) for o in options], [key % len(options)]


def escaped(text):
    return "[plain]" + re.sub(r"([\\:#={}~])", r"\\\1", text)


@given(CHOICES)
def test_what_is_written_as_gift_is_read_the_same(choice):
    stem, options, key = choice
    signs = ["=" if n == key % len(options) else "~" for n in range(len(options))]
    answers = "\n".join(sign + escaped(text) for sign, text in zip(signs, options, strict=True))
    assert read_one(f"{escaped(stem)} {{\n{answers}\n}}", "gift") == expected(*choice)


@given(CHOICES)
def test_what_is_written_as_aiken_is_read_the_same(choice):
    stem, options, key = choice
    rows = [f"{'ABCDE'[n]}) {text}" for n, text in enumerate(options)]
    text = "\n".join([f"Q: {stem}", *rows, f"ANSWER: {'ABCDE'[key % len(options)]}"])
    assert read_one(text, "aiken") == expected(f"Q: {stem}", *choice[1:])


@given(CHOICES)
def test_what_is_written_as_trivia_is_read_the_same(choice):
    stem, options, key = choice
    rows = [f"{'ABCDE'[n]} {text}" for n, text in enumerate(options)]
    text = "\n".join([f"#Q {stem}", f"^ {options[key % len(options)]}", *rows])
    assert read_one(text, "trivia") == expected(*choice)

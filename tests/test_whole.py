"""Laws of the whole program: any bytes make a deck or are spoken of, and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st
from laws import assert_no_line_is_lost, assert_places_lie_in_the_file
from reviewer import TEMPLATES

from builder import pipeline
from builder.apkg import package
from builder.preparing import read_file
from builder.settings import Settings

PIECES = [
    *(
        "# ",
        "## ",
        "#### ",
        "* ",
        "- ",
        "1. ",
        "  ",
        "    ",
        "> ",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
    ),
    *("✅ ", "❌ ", "⚠️ ", "[x] ", "[ ] ", "**", "*", "`", "```", "$", "$$", "---\n", "|", "|-|\n"),
    *("А) ", "б. ", "A. ", "ANSWER: A\n", "Ответ: 1\n", "::T:: q {=a ~b}\n", "{", "}", "=", "~"),
    *(
        "Вопрос 1",
        "Задание 2",
        "Что верно?",
        "Объяснение",
        "Почему?",
        "слово",
        "word",
        "tags: [a]\n",
    ),
    *("<details>", "<summary>", "</details>", "<!--", "-->", "<script>", "<b onclick=x>", "&amp;"),
    *(
        "![a](b.png)",
        "[a](b)",
        "[a]: b\n",
        "\\(x\\)",
        "{{x}}",
        "[sound:a]",
        "\x00",
        "\ufeff",
        "\ufffd",
    ),
    *("и\u0306", "\u2028", "\x85", "\x0c", "\u200b", "😀", "РџСЂРёРІРµС‚", "\ud7ff", "\U0010ffff"),
]
QUIZZES = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
BYTES = st.one_of(
    QUIZZES.map(str.encode),
    QUIZZES.map(lambda text: text.encode("utf-16")),
    QUIZZES.map(lambda text: text.encode("cp1251", "replace")),
    st.binary(max_size=400),
    st.tuples(QUIZZES.map(str.encode), st.binary(max_size=20)).map(b"".join),
)


def built(*contents):
    files = [pipeline.File(f"{n}.md", f"{n}.md", each) for n, each in enumerate(contents)]
    release = pipeline.Release(1_700_000_000)
    return pipeline.build("a", files, Settings(), TEMPLATES, lambda *_: None, release)


def reading(content):
    return read_file(pipeline.File("0.md", "0.md", content))


@given(st.lists(BYTES, min_size=1, max_size=3))
def test_any_bytes_make_a_package(contents):
    deck = built(*contents).deck
    assert not deck.notes or package(deck).startswith(b"PK")


@given(BYTES)
def test_every_place_lies_in_its_file(content):
    assert_places_lie_in_the_file(reading(content), built(content).diagnostics)


@given(BYTES)
def test_every_line_is_on_a_card_or_spoken_of(content):
    assert_no_line_is_lost(reading(content))

"""Code keeps its text, whatever colours it gets."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.code import classes, code_html

SAMPLES = [
    ("python", "def f(x):\n    return x < 1  # да\n"),
    ("console", "$ ls -l\ntotal 0"),
    ("pycon", ">>> 1 + 1\n2"),
    ("sql", "SELECT a FROM b WHERE c = 'd';"),
    ("html", '<p class="a">b &amp; c</p>'),
    ("cpp", "std::vector<int> v;"),
    ("text", "a\tb\u00a0c"),
    ("", "a < b"),
    ("nosuchlanguage", "a < b"),
]


def text_of(html):
    return unescape(re.sub(r"<[^>]*>", "", html))


@pytest.mark.parametrize(("language", "code"), SAMPLES)
def test_the_text_stays(language, code):
    assert text_of(code_html(code, language)) == code


@pytest.mark.parametrize("code", ["", "\n", "\n\n", " ", "a", "a\n", "$ a\n\n", "\t", "\u2028"])
@pytest.mark.parametrize("language", ["python", "console", "erl", "psql", "literate-haskell"])
def test_the_text_stays_however_little_there_is(language, code):
    assert text_of(code_html(code, language)) == code


def test_tokens_have_pygments_short_classes():
    html = code_html("def f(): return 'a'  # b", "python")
    assert html == (
        '<span class="k">def</span> <span class="nf">f</span>(): <span class="k">return</span> '
        '<span class="s1">\'a\'</span>  <span class="c1"># b</span>'
    )


def test_names_of_languages_are_written_in_any_case():
    assert code_html("if", "Python") == code_html("if", "python")


def test_code_of_an_unknown_language_is_plain():
    assert code_html("if a < b", "nosuchlanguage") == "if a &lt; b"


def test_very_long_code_is_plain():
    assert "<span" not in code_html("if a: b\n" * 10_000, "python")


@pytest.mark.parametrize("run", ["\n" * 300, "a" * 500, "(" * 300, " \t" * 200])
def test_code_that_nobody_would_write_is_plain(run):
    assert "<span" not in code_html(f"if a:{run}pass", "python")


@given(
    st.text(st.sampled_from("ab1 \n\t\"'`#$>{}()[]<>/\\*-=.:;é"), max_size=60),
    st.sampled_from("python console javascript html bash sql cpp yaml php markdown".split(" ")),
)
def test_any_text_stays_and_has_known_classes(code, language):
    html = code_html(code, language)
    assert text_of(html) == code
    assert set(re.findall(r'<span class="(\w+)">', html)) <= classes()

"""Plain text and HTML as Markdown: a reader sees the same."""

import re
from html import unescape

import pytest
from conftest import lacking
from hypothesis import assume, given
from hypothesis import strategies as st

from builder.plain_text import from_html, from_text
from builder.prose import render
from builder.prose.formulas import formula_at

try:
    from github import github
except ImportError:
    github = None

SIGNS = st.sampled_from("ab1 2\n\t\\`*_~[]()<>&;#+-=:.|$!{}\"'/?@,^%éЖ")
ADDRESSES = st.sampled_from(["http://x.y/a_b*c", "www.a.bc/_x_", "a@b.cd", "[x](y)", "[x]: y\n"])
MARKUP = st.sampled_from(["&amp;", "<b>", "</p>", "<!--", "---", "|a|b|\n|-|-|", "```", "~~", "**"])
TEXTS = st.lists(SIGNS | ADDRESSES | MARKUP, max_size=12).map("".join)


def seen(html):
    """What a reader sees of HTML, with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html.replace("<br", "\n<br"))).split())


def tags(html):
    """The tags of HTML but for paragraphs, line breaks, links, and boxes around brackets."""
    return set(re.findall(r"</?(\w+)", html)) - {"p", "br", "a", "span"}


def holds_formula(text):
    return any(formula_at(text, at) for at, sign in enumerate(text) if sign in "$\\")


@given(TEXTS)
def test_plain_text_is_shown_as_typed(text):
    assume(not holds_formula(text))
    html = render(from_text(text))
    assert (seen(html), tags(html)) == (" ".join(text.split()), set())


@given(TEXTS)
def test_github_shows_plain_text_as_typed(text):
    if github is None:
        lacking("cmarkgfm, GitHub's renderer, is not installed")
    assume(not holds_formula(text))
    html = github(from_text(text))
    assert (seen(html), tags(html)) == (" ".join(text.split()), set())


@pytest.mark.parametrize("around", ["{}", "<p>{}</p>", "<i>x</i> {}"])
@given(text=TEXTS)
def test_text_of_html_is_shown_as_typed(around, text):
    assume(not holds_formula(text))
    html = around.format(
        text.replace("<", "&lt;").replace("&", "&amp;").replace("&amp;lt;", "&lt;")
    )
    shown = render(from_html(html))
    assert (seen(shown), tags(shown)) == (seen(html), tags(html))


@given(TEXTS)
def test_html_becomes_one_line(text):
    assert "\n" not in from_html(text)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("seno", "seno"),
        ("<b>a</b>\n c", "<b>a</b> c"),
        ("2 * 3 &lt; 7 &amp; _x_", "2 \\* 3 &lt; 7 &amp; \\_x\\_"),
        ("<p>2 * 3</p>", "<p>2 * 3</p>"),
        ("a <pre>if x:\n    y</pre>", "a <pre>if x:&#10;    y</pre>"),
        ("# a", "\\# a"),
        ("\\(x_1 &lt; 2\\)", "\\(x_1 < 2\\)"),
        ("<p>$$x_1 + 1$$</p>", "<p>\\[x_1 + 1\\]</p>"),
        ("vector<int> <3", "vector&lt;int> &lt;3"),
        ('<img src="a_b*c"> <a\nhref="x">y</a>', '<img src="a_b*c"> <a href="x">y</a>'),
    ],
)
def test_tags_entities_and_formulas_of_html_stay(html, markdown):
    assert from_html(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("a\nb", "a<br>b"),
        ("a\n\n\n b", "a<br><br>b"),
        ("a\n<b>c</b>", "a <b>c</b>"),
        ("<ul>\n<li>a\n</ul>", "<ul> <li>a </ul>"),
        ("<pre>a\nb</pre>", "<pre>a&#10;b</pre>"),
    ],
)
def test_line_ends_between_words_can_be_kept(html, markdown):
    assert from_html(html, line_breaks=True) == markdown


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a\nb", "a  \nb"),
        ("a\n\nb", "a\n\nb"),
        ("for x in y:\n    print(x)\n\tz", "for x in y:  \n" + "&nbsp;" * 4 + "print(x)  \n"
         + "&nbsp;" * 4 + "z"),
        ("snake_case and _x_", "snake_case and \\_x\\_"),
        ("$x_1$ costs $5", "$x_1$ costs \\$5"),
        ("see http://a.b/c_d*e.", "see <http://a.b/c_d*e>."),
        ("a < b", "a < b"),
    ],
)  # fmt: skip
def test_lines_indents_formulas_and_addresses_of_text_stay(text, markdown):
    assert from_text(text) == markdown

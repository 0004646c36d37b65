"""Prose comes out as GitHub shows it."""

import re

import pytest
from command import ROOT
from github import github, github_outline, outline
from hypothesis import assume, example, given
from hypothesis import strategies as st
from prose_documents import cases, shown

from builder.html import Cleaned, clean, may_be_live, plain
from builder.prose import Labels, Links, extension, one_line, render
from builder.prose.inlines import inline_html, read_html

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_fragment_is_shown_as_its_document_says(case):
    assert shown(case.markdown) == case.html


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.like_github], ids=[c.name for c in CASES if c.like_github]
)
def test_github_shows_the_same(case):
    assert outline(render(case.markdown)) == github_outline(case.markdown)


# Laws


def text_of(words, *pieces):
    """Markdown put together of pieces that mean something: words without spaces, and others."""
    some = st.sampled_from([*words.split(), *pieces])
    return st.lists(some, min_size=1, max_size=14).map("".join)


EMPHASIS = text_of("* ** *** _ __ ~ ~~ a b я ! ( ) ` \\* . —", " ", "\n", "  \n")
MARKERS = ("- ", "* ", "+ ", "1. ", "2) ", "10. ", "> ", "# ")
SPACE = ("  ", "    ", "\n", "\n\n", "\n\n\n")
BLOCKS = text_of("--- *** === ``` ~~~ a б |-| x|y", "| a |", "\n- [x] a", *MARKERS, *SPACE)
LINKS = text_of("[ ] ( ) ![ [я] (u) < > `x` * \\\\] ! 7", "(u 't')", " ", "\n", "[я]: /u\n")
DEFINITIONS = text_of(
    "[a] [A] : /u [ ] b <я> ( === ![a] [a][] [x][a] \\( \\]", ": ", "\n", "\n\n", "> ", "- "
)
TABLES = text_of("| a -|- |-| \\|a| ` * б :- -: || c", "| a | b |\n", "|---|:-:|\n", "\n", " ")
ESCAPES = text_of(
    "\\ &amp; &#35; &#x41; &copy; &nbsp; &bad; * _ ` a < & \\\\ ! # &#0; &quot;", "\n", " "
)
ADDRESSES = text_of(
    "http:// https:// ftp:// www. a b.c _ - . ) ( / ? &amp; * ; ~ я a@b.co ! x", " ", "\n"
)
TAGS = text_of(
    "<b>x</b> <div> </div> <!--c--> <br/> <br> <hr> <kbd>K</kbd> <p> </p> &lt; a * <details>"
    ' </details> <summary>s</summary> "',
    *("\n", "\n\n", " ", "- ", "> ", "<a "),
)
ANY = st.one_of(EMPHASIS, BLOCKS, LINKS, DEFINITIONS, TABLES, ESCAPES, ADDRESSES, TAGS)


def has_link_in_link(markdown):
    """GitHub's renderer lets a link into a link if a bracket follows the inner one."""
    return re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", github(markdown), re.DOTALL)


@pytest.mark.parametrize("family", [EMPHASIS, BLOCKS, DEFINITIONS, TABLES, ESCAPES, ADDRESSES])
def test_github_shows_the_same_of_anything(family):
    @given(family)
    def law(markdown):
        assert outline(render(markdown)) == github_outline(markdown)

    law()


@given(LINKS)
def test_github_shows_the_same_of_any_links(markdown):
    assume(not has_link_in_link(markdown))
    assert outline(render(markdown)) == github_outline(markdown)


@given(st.lists(ANY, min_size=1, max_size=4).map("\n".join))
def test_fragments_side_by_side_are_as_github_shows_them(markdown):
    assume(not has_link_in_link(markdown))
    assume("<" not in markdown)  # HTML that is left open is closed elsewhere
    assume("]:" not in markdown)  # GitHub shows definitions that stand right before a table
    assert outline(render(markdown)) == github_outline(markdown)


@given(st.one_of(st.text(), ANY))
@example("\x00")
@example("\u2028\x85\x0b\x0c")
@example("- \x1f")
@example("\ud800")
def test_rendering_never_fails_and_is_always_the_same(markdown):
    assert render(markdown) == render(markdown)


WORDS = st.text(st.sampled_from("aяЁ中✅—«» .,;:!?-+#%'\"()/0123456789|=^{}@w"), min_size=1)


SIGNS = st.lists(
    st.sampled_from(
        [*"a1я *_`~<>[]()!$\\&:|@{}\xa0\u2028\n", "**", "``", "www.a.b", "**b**", "*c d*", "`e f`"]
    )
)


@given(st.one_of(WORDS, SIGNS.map("".join), st.text(max_size=20)))
@example("www.a.b")
@example("✅ да")
@example("1. a")
@example("**a** `b` $c$ \\[d\\]")
@example("**a**b*c*d `*` e_f & g < h  \ni")
def test_the_short_ways_lead_to_the_same(markdown):
    for bullet in ("", "- ", "* "):
        assert_short_ways_lead_to_the_same(bullet + markdown)


def test_the_short_ways_lead_to_the_same_from_all_lines_of_the_documents():
    lines = {
        line.lstrip(" -*#x[]0123456789.") if bare else line
        for path in (ROOT / "tests" / "spec").rglob("*.md")
        for line in path.read_text(encoding="utf-8").split("\n")
        for bare in (False, True)
    }
    for line in sorted(lines):
        for bullet in ("", "- "):
            assert_short_ways_lead_to_the_same(bullet + line)


def assert_short_ways_lead_to_the_same(markdown):
    """Of one line: as HTML, as what is clean, and as text."""
    assert inline_html(markdown, {}, Labels()) == read_html(markdown, {}, Labels())
    html = render(markdown)
    assert html == extension.convert(markdown.replace("\x00", "\ufffd"), {}, Labels())
    if simple := one_line(markdown):
        assert simple.text == plain(html)
        assert may_be_live(html) or clean(html) == Cleaned(html)


# What serves a whole file


def test_definitions_anywhere_in_a_file_serve_every_fragment():
    links = Links.of("# A\n\n[a][b]\n\n> [B]: https://e.org 'T'\n\n```\n[c]: /no\n```\n")
    assert render("[a][b] [c]", links) == '<p><a href="https://e.org" title="T">a</a> [c]</p>'


def test_the_first_of_two_definitions_counts_in_the_file_and_in_the_fragment():
    links = Links.of("[a]: /1\n\n[a]: /2\n")
    assert render("[a]\n\n[a]: /2", links) == '<p><a href="/1">a</a></p>'


def test_boxes_have_names_in_the_language_of_the_deck():
    labels = Labels(code="Код", table="Таблица", formula="Формула")
    html = render("    x\n\n|a|\n|-|\n\n$$x$$", labels=labels)
    assert re.findall('aria-label="(.*?)"', html) == ["Код", "Таблица", "Формула"]


def test_nesting_ends_where_nobody_could_follow():
    assert render("> " * 1000 + "a").count("<blockquote>") < 60


def test_a_fragment_does_not_know_of_the_one_before():
    render("[a]: /u")
    assert render("[a]") == "<p>[a]</p>"

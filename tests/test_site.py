"""`build-deck site` and the values that its pages are made of."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from command import build_deck
from hypothesis import given
from hypothesis import strategies as st
from sample_site import built, write_sources

from builder import files
from builder.site import pages
from builder.site.formulas import typeset
from builder.site.index import index, words_of
from builder.site.names import page_names


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The files of the sample's site."""
    _, site = built(write_sources(tmp_path_factory.mktemp("sample")))
    return pages(site, files.templates())


class Addresses(HTMLParser):
    """Every address of a page, and what a strict policy would refuse."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inline: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("src", "href", "data-src"):
                self.found.append(value)
            if name.startswith("on") or name == "style":
                self.inline.append(f"{tag} {name}")
        if tag == "style" or (tag == "script" and "src" not in dict(attrs)):
            self.inline.append(tag)


def html_pages(made):
    return {name: text.decode() for name, text in made.items() if name.endswith(".html")}


def test_pages_load_nothing_from_elsewhere_and_hold_nothing_inline(made):
    for name, html in html_pages(made).items():
        page = Addresses(html)
        assert page.inline == [], name
        elsewhere = [url for url in page.found if re.match(r"[a-z]+:|//", url) and url != "data:,"]
        assert all(url.startswith("https://github.com/group/quiz/") for url in elsewhere), name
        policy = unescape(html.split("Content-Security-Policy")[1].split(">")[0])
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_every_link_of_a_page_leads_to_a_file(made):
    from posixpath import dirname, join, normpath
    from urllib.parse import unquote

    for name, html in html_pages(made).items():
        for url in Addresses(html).found:
            path = unquote(re.split(r"[?#]", url)[0])
            if path and ":" not in url:
                assert normpath(join(dirname(name), path)) in made, (name, url)


def test_the_same_source_makes_the_same_bytes(made, tmp_path):
    _, site = built(write_sources(tmp_path))
    again = pages(site, files.templates())
    moved = {name for name in made if made[name] != again.get(name)}
    assert {
        name for name in moved if not name.startswith(("data/notes", "data/questions"))
    } == set()


# Words ----------------------------------------------------------------------------------------


def found(lines, word):
    """The texts that an index names for a word."""
    for line in lines.get(word[0], "").split("\n"):
        start, _, steps = line.partition(" ")
        if start == word:
            numbers, at = [], 0
            for step in steps.split(","):
                at += int(step, 36)
                numbers.append(at)
            return numbers
    return []


@given(st.lists(st.text(alphabet="аёбЁ ab1_卷积-", max_size=12), max_size=40))
def test_an_index_names_every_text_that_holds_a_word_and_no_other(texts):
    lines = index(texts)
    for word in {word for text in texts for word in words_of(text)}:
        assert found(lines, word) == [n for n, text in enumerate(texts) if word in words_of(text)]


def test_words_are_compared_without_case_and_without_yo():
    assert words_of("Ёлка, ёлка; ВСЁ-таки x²") == ["елка", "елка", "все", "таки", "x2"]


# Names and formulas ---------------------------------------------------------------------------


def test_pages_of_topics_have_names_that_differ_on_every_disk():
    named = page_names(["a/B.md", "a-b.md", "A b.txt", "!.md", "сети.md"])
    assert list(named.values()) == ["a-b", "a-b-2", "a-b-3", "topic", "сети"]


@pytest.mark.parametrize(
    "html",
    [
        "<p>без формул</p>",
        r"<code>\(x\)</code>",
        r"<pre>\[x\]</pre>",
        r"\(\unknown{x}\)",
        r"\({\)",
        r'<a title="\(x\)">a</a>',
    ],
)
def test_what_is_no_formula_or_not_known_stays(html):
    assert typeset(html) == html


def test_a_formula_becomes_mathml_that_says_its_tex():
    made = typeset(r"<p>\(x &lt; y\)</p>")
    assert re.fullmatch(r'<p><math alttext="x &lt; y" .*<mo>&#x0003C;</mo>.*</math></p>', made)


@given(st.text(alphabet="\\(){}[]^_&<>;ab12$", max_size=30))
def test_typesetting_never_raises(text):
    typeset(f"\\({text}\\) \\[{text}\\]")


# The command ----------------------------------------------------------------------------------


def test_a_site_is_written_with_its_package_and_the_lock(tmp_path):
    write_sources(tmp_path)
    done = build_deck("site", cwd=tmp_path)
    assert (done.status, done.out.startswith("dist/site/index.html: 5 questions")) == (1, True)
    assert (tmp_path / "source" / "deck.lock").exists()
    start = (tmp_path / "dist" / "site" / "index.html").read_text(encoding="utf-8")
    assert "DL%20%2B%20NLP%20%2B%20CV.apkg" in start
    assert (tmp_path / "dist" / "site" / "DL + NLP + CV.apkg").read_bytes().startswith(b"PK")
    again = build_deck("site", cwd=tmp_path)
    assert again.out.rstrip().endswith("(unchanged)")


def test_the_second_release_says_what_is_new_and_has_an_update(tmp_path):
    source = write_sources(tmp_path)
    build_deck("site", cwd=tmp_path, SOURCE_DATE_EPOCH="1700000000")
    file = source / "внимание.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("- [ ] Закончится память", "- [x] Утечёт будущее"), "utf-8")
    build_deck("site", cwd=tmp_path, SOURCE_DATE_EPOCH="1710000000")
    start = (tmp_path / "dist" / "site" / "index.html").read_text(encoding="utf-8")
    assert "Есть версия 2023-11-14?" in start
    assert "Версия 2024-03-09" in start
    assert "1 вопрос новый или изменён" in start
    assert (tmp_path / "dist" / "site" / "DL + NLP + CV-update.apkg").exists()


def test_a_draft_leaves_the_lock_alone(tmp_path):
    write_sources(tmp_path)
    build_deck("site", "--draft", cwd=tmp_path)
    assert not (tmp_path / "source" / "deck.lock").exists()


def test_where_no_question_is_found_an_earlier_site_stays(tmp_path):
    source = write_sources(tmp_path)
    build_deck("site", cwd=tmp_path)
    before = (tmp_path / "dist" / "site" / "index.html").read_bytes()
    for file in source.glob("*.md"):
        file.write_text("Здесь ничего нет.\n", encoding="utf-8")
    done = build_deck("site", cwd=tmp_path)
    assert (done.status, "nothing was written" in done.err) == (1, True)
    assert (tmp_path / "dist" / "site" / "index.html").read_bytes() == before

"""`build-deck site` and the values that its pages are made of."""

import re
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser

import pytest
from command import build_deck
from hypothesis import given
from hypothesis import strategies as st
from sample_site import built, write_sources

from builder import files
from builder.cli import outputs
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


def release(folder, time, *replaced):
    """Changes the topic on attention and makes the site of a release."""
    file = folder / "source" / "внимание.md"
    text = file.read_text(encoding="utf-8")
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    build_deck("site", cwd=folder, SOURCE_DATE_EPOCH=str(time))
    return (folder / "dist" / "site" / "index.html").read_text(encoding="utf-8")


ADDED = "\n## Вопрос 4\n\nЧто нового?\n\n- [x] Всё\n- [ ] Ничего\n"


def test_the_second_release_says_what_is_new_and_has_a_text_to_update_from(tmp_path):
    write_sources(tmp_path)
    start = release(tmp_path, 1_700_000_000)
    assert "Это первая версия" in start
    assert "update" not in start
    start = release(
        tmp_path,
        1_710_000_000,
        ("- [ ] Закончится память", "- [x] Утечёт будущее"),
        ("## Вопрос 3", ADDED + "\n## Вопрос 3"),
    )
    assert re.findall("Версия [^.]*", start) == ["Версия 2024-03-09"]
    assert "2 вопроса новые или изменены" in start
    site = tmp_path / "dist" / "site"
    text = (site / "DL + NLP + CV-update.txt").read_text(encoding="utf-8")
    assert "Утечёт будущее" in text
    assert "Что нового?" not in text  # a new note comes with the package
    assert unescape(start).count("download>DL + NLP + CV-update") == 2
    again = release(tmp_path, 1_720_000_000)
    assert again == start
    assert (site / "DL + NLP + CV-update.txt").read_text(encoding="utf-8") == text


def test_a_release_in_which_all_changed_is_not_the_first(tmp_path):
    (tmp_path / "source").mkdir()
    file = tmp_path / "source" / "quiz.md"
    for time, right in ((1_700_000_000, "Yes"), (1_710_000_000, "Yes, always")):
        file.write_text(f"# Quiz\n\nIs it?\n\n- [x] {right}\n- [ ] No\n", encoding="utf-8")
        build_deck("site", cwd=tmp_path, SOURCE_DATE_EPOCH=str(time))
    start = (tmp_path / "dist" / "site" / "index.html").read_text(encoding="utf-8")
    assert "1 question is new or changed" in start


# What lies in the folder ----------------------------------------------------------------------


def test_pages_of_a_topic_that_is_no_more_go_and_nothing_else(tmp_path):
    source = write_sources(tmp_path)
    build_deck("site", cwd=tmp_path)
    site = tmp_path / "dist" / "site"
    (site / "topics" / "mine.html").write_text("mine")
    (site / "print" / "внимание.html").write_text("changed by hand")
    (source / "внимание.md").unlink()
    done = build_deck("site", cwd=tmp_path)
    assert done.status in (0, 1)
    assert sorted(path.name for path in (site / "topics").iterdir()) == [
        "dl-nlp-cv.html",
        "mine.html",
        "открытые.html",
    ]
    assert (site / "print" / "внимание.html").read_text() == "changed by hand"
    assert build_deck("site", cwd=tmp_path).out.rstrip().endswith("(unchanged)")


def test_a_list_that_names_what_is_not_below_the_folder_takes_nothing_away(tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"precious")
    folder = tmp_path / "site"
    (folder / "in").mkdir(parents=True)
    (folder / "link").symlink_to(tmp_path)
    known = sha256(b"precious").hexdigest()
    names = [
        "../outside.txt",
        str(outside),
        "link/outside.txt",
        "",
        ".",
        "in",
        "in/../../outside.txt",
    ]
    lines = "".join(f"{known}  {name}\n" for name in names)
    (folder / outputs.LIST).write_text(lines + "\0\nnonsense\n", encoding="utf-8")
    outputs.renew(folder, {"a.html": b"a"}, {})
    assert outside.read_bytes() == b"precious"
    assert sorted(path.name for path in folder.iterdir()) == [
        "a.html",
        "files.sha256",
        "in",
        "link",
    ]


def test_folders_that_hold_nothing_more_go(tmp_path):
    outputs.renew(tmp_path, {"a/b/c.txt": b"1", "a/d.txt": b"2", "e.txt": b"3"}, {})
    assert outputs.renew(tmp_path, {"a/d.txt": b"2"}, {}) == 2
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "d.txt", "files.sha256"]


def test_the_list_can_be_checked_by_sha256sum(tmp_path):
    outputs.renew(tmp_path, {"a/б.txt": b"1"}, {})
    assert (tmp_path / outputs.LIST).read_text(encoding="utf-8") == (
        f"{sha256(b'1').hexdigest()}  a/б.txt\n"
    )


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

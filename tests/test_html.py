"""What an author's HTML becomes: safe, said when something is missing, and readable as text."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from laws import assert_prose_is_safe

from builder.html import clean, images, plain, rewire
from builder.html.allowed import by_nh3, is_beyond_doubt
from builder.prose import may_hold_tags, render

KEPT = [
    "<p>a <b>b</b> <i>c</i> <u>d</u> <mark>e</mark> <kbd>K</kbd> H<sub>2</sub>O x<sup>2</sup></p>",
    '<details open=""><summary>a</summary>b</details>',
    '<img src="a.png" alt="a" width="300">',
    '<p align="center">a<br>b</p><hr>',
    '<table><tbody><tr><td colspan="2" align="right">a</td></tr></tbody></table>',
    '<ol start="3"><li>a</li></ol>',
    '<a href="https://e.org/?a=b&amp;c">a</a> <a href="mailto:a@e.org">b</a>',
    '<audio src="a.mp3" controls=""></audio> <video src="a.mp4" controls=""></video>',
    '<span class="k">def</span>',
    "a &amp; b &lt; c&nbsp;d",
]

TAKEN_OUT = [
    ("<script>alert(1)</script>a", "a", ["<script>"]),
    ("<style>p{}</style>a", "a", ["<style>"]),
    ('<iframe src="https://e.org">a</iframe>', "a", ["<iframe>"]),
    ("<form><input><button>a</button></form>", "a", ["<form>", "<input>", "<button>"]),
    ('<base href="https://e.org"><meta charset="x"><link href="x">a', "a", 3),
    ("<object data=x>a</object><embed src=x>", "a", ["<object>", "<embed>"]),
    ("<svg onload=x><script>y</script></svg>", "", ["<svg>", "<script>"]),
    ('<b onclick="x()">a</b>', "<b>a</b>", ["“onclick” of <b>"]),
    ('<b style="position:fixed">a</b>', "<b>a</b>", ["“style” of <b>"]),
    ('<b class="bd-stem" id="qa" data-x="y">a</b>', "<b>a</b>", []),
    ("a<!-- b -->", "a", []),
    ('<a href="javascript:x">a</a>', "<span>a</span>", ["the link to “javascript:x”"]),
    ('<a href="#b">a</a>', "<span>a</span>", ["the link to “#b”"]),
    ('<a href="b%20c.md">a</a>', "<span>a</span>", ["the link to “b c.md”"]),
    ('<a href="//e.org">a</a>', "<span>a</span>", ["the link to “//e.org”"]),
    (
        '<img src="https://e.org/a.png" alt="a">',
        '<a href="https://e.org/a.png">a</a>',
        ["the remote image “https://e.org/a.png”"],
    ),
    ('<img src="//e.org/a.png">', '<a href="https://e.org/a.png">//e.org/a.png</a>', 1),
    ('<img src="//e org/a.png" alt="a">', "<span>a</span>", 1),  # no address of a host
    ('<img src="data:image/png;base64,AA" alt="a">', "<span>a</span>", 1),
    ('<img alt="a">', "<span>a</span>", []),
    (
        '<video><source src="https://e.org/a.mp4"></video>',
        '<a href="https://e.org/a.mp4">https://e.org/a.mp4</a>',
        1,
    ),
    ('<a href="https://e.org"><img src="https://e.org/a.png" alt="a"></a>', 0, 1),
]


@pytest.mark.parametrize("html", KEPT)
def test_safe_html_stays_as_it_is(html):
    assert (clean(html).html, clean(html).removed) == (html, ())


@pytest.mark.parametrize(("html", "left", "told"), TAKEN_OUT)
def test_the_rest_is_taken_out_and_told(html, left, told):
    cleaned = clean(html)
    whats = [removed.what for removed in cleaned.removed]
    assert told == (len(whats) if isinstance(told, int) else whats)
    assert left in (0, cleaned.html)


@pytest.mark.parametrize(("html", "_", "told"), TAKEN_OUT)
def test_what_is_told_can_be_found_in_the_source(html, _, told):
    for removed in clean(html).removed:
        assert removed.clue in html or removed.clue == "b c.md"
        assert removed.hint


@pytest.mark.parametrize(
    "src",
    [
        " https://e.org/a.png",
        "ht\ttps://e.org/a.png",
        "/\t/e.org/a.png",
        "\\\\e.org\\a.png",
        "/\\e.org/a.png",
        "HTTPS://e.org/a.png",
        "&#104;ttps://e.org/a.png",
        "file:///etc/passwd",
        "C:\\a.png",
    ],
)
def test_an_image_from_elsewhere_is_none_however_it_is_spelt(src):
    assert "<img" not in clean(f'<img src="{src}" alt="a">').html


@pytest.mark.parametrize(
    "syntax", ["[sound:a.mp3]", "[Sound:a]", "[latex]", "[/latex]", "[$]", "[$$]"]
)
def test_what_anki_acts_on_is_text(syntax):
    html = clean(f"<p>{syntax}</p>").html
    assert syntax not in html
    assert plain(html) == syntax


@pytest.mark.parametrize("syntax", ["[[type:Front]]", "{{Front}}", "{{{a}}}", "[anki:tts lang=en]"])
def test_what_a_template_would_act_on_is_text(syntax):
    html = clean(f'<img src="a.png" alt="{syntax}">').html
    assert not re.search(r"\[\[type|\{\{|\[anki", html)
    assert plain(html) == syntax


# Plain text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**a** _b_ `c`", "a b c"),
        ("a\nb  \nc", "a b c"),
        ("- a\n- b\n  1. c", "a b c"),
        ("- [x] a", "☑ a"),
        ("```python\nx = 1\nif x: pass\n```", "x = 1 if x: pass"),
        ("| a | b |\n|---|---|\n| c | d |", "a b c d"),
        ("a<sub>2</sub>b", "a2b"),
        ("vector<int> &amp; &lt;b&gt;", "vector<int> & <b>"),
        ("![схема слоя](a.png)", "схема слоя"),
        ("$a < b$ и $$c$$", "\\(a < b\\) и \\[c\\]"),
        ("\\\\(x\\\\)", "\\(x\\)"),
        ("a\u00a0b\u2003c", "a b c"),
        ("# A\n\nb\n\n---\n\n> c", "A b c"),
        ("<details>\n<summary>a</summary>\n\nb\n</details>", "a b"),
        ("[a](https://e.org 'title')", "a"),
        ("", ""),
    ],
)
def test_plain_text_is_what_is_read_out(markdown, text):
    assert plain(clean(render(markdown)).html) == text


# Media


def test_media_are_named_in_order_and_once():
    html = clean(
        '<img src="b.png"><video src="a.mp4" controls><source src="c&amp;d.ogg"></video>'
        '<img src="b.png"><img src="img/мой%20файл.png"><audio src="https://e.org/x.mp3"></audio>'
    ).html
    assert images(html) == ("b.png", "a.mp4", "c&d.ogg", "img/мой%20файл.png")


def test_media_are_named_as_the_author_typed_them():
    html = clean(render("![a](<my pic.png>) ![b](a%20b.png) ![c](./x/../y.png)")).html
    assert images(html) == ("my pic.png", "a%20b.png", "./x/../y.png")


def test_names_of_bundled_files_take_their_place():
    html = '<p><img src="a.png" alt="a"> <img src="b&amp;c.png" alt="src"></p>'
    names = {"a.png": "bd-1.png", "b&c.png": "bd-2.png"}
    assert rewire(html, names) == html.replace("a.png", "bd-1.png").replace("b&amp;c", "bd-2")


def test_what_is_not_there_gives_way_to_its_description():
    html = '<p><img src="a.png" alt="&lt;a&gt;"> <audio src="b.mp3"></audio></p>'
    assert rewire(html, {"a.png": None, "b.mp3": None}) == "<p>&lt;a&gt; <audio></audio></p>"


def test_html_without_media_stays():
    assert rewire("<p>a.png</p>", {"a.png": "b.png"}) == "<p>a.png</p>"


# Laws


PIECES = """
<script> </script> <style> </style> <img <a <b> </b> <svg> </svg> <math> </math> <table> <td> <p>
</p> <div> </div> <iframe> <textarea> </textarea> <title> </title> <template> <noscript> </noscript>
<!-- --> --!> <![CDATA[ ]]> <? ?> <!x > /> src= href= onerror= onclick= style= srcset= id= class=
"x" 'y' " ' ` = javascript: data:text/html, https://e.org //e.org &#106;avascript: java&Tab;script:
\\( \\) \\[ \\] $x$ $$ \\href{javascript:x}{y} [sound:x] [[type:x]] {{c1::x}} [latex] x я *a* `b`
[a](b) ![a](b) [a]: <x:y> <mglyph> <style><!-- <select> <option> <plaintext> <xmp> <form> <input>
"""
HOSTILE = st.lists(
    st.sampled_from([*PIECES.split(), " ", "\n", "\n\n", "- ", "> ", "    "]), max_size=16
)


@given(HOSTILE.map("".join))
@example('<noscript><p title="</noscript><img src=x onerror=alert(1)>">')
@example(
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=x&gt;">'
)
@example('<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">')
@example("<p>&amp;#91;sound:a]")
def test_nothing_gets_past_the_allow_list(text):
    assert_prose_is_safe(text)


@given(st.text())
def test_any_html_is_cleaned_and_read(html):
    assert_prose_is_safe(html)


@given(st.text(st.sampled_from("ab я<>&\"'\\[](){}$*_`#-+.!|~:/@=1")))
def test_escaped_text_arrives_as_it_was_typed(text):
    typed = re.sub(r"([^a-zя0-9\s()\[\]])", r"\\\1", text)
    typed = re.sub(r"[()\[\]]", lambda bracket: f"&#{ord(bracket[0])};", typed)
    assert plain(clean(render(typed)).html) == " ".join(text.split())


PARTS = st.sampled_from(
    ["<p>", "</p>", "<ul><li>", "</li></ul>", "<strong>", "</strong>", "<em>", "</em>", "<code>",
     "</code>", "<del>", "</del>", "&lt;", "&gt;", "&amp;", "&", "<", ">", '"', "'", "\n", "\xa0"]
)  # fmt: skip


@given(st.lists(PARTS | st.text(max_size=3), max_size=8).map("".join))
@example("<p>ReLU <strong>не</strong> <code>a &lt; b</code></p>")
def test_what_is_let_pass_unseen_is_what_the_sanitizer_gives_back(html):
    if is_beyond_doubt(html):
        assert by_nh3(html) == html


LINES = st.sampled_from(
    ["- a", "  - *a* b", "1. **a**", "3. `<a>`", "> ~~a~~", "# a & b", "```python", "    x = 1",
     "```", "| a | b |", "|:--|--:|", "$$x^2$$", "\\\\(x\\\\)", "[a](https://e.org)", "![a](b.png)",
     "***", "", "  ", "<https://a-b.example/c?d=1&e#f>", "[a <https://e.org> b](http://e.org/x_y)"]
)  # fmt: skip


@given(st.lists(LINES | st.text(max_size=3), max_size=9).map("\n".join))
@example("[a <https://e.org> b](https://e.org)")
@example("*a\n$$x$$\nb*")
@example("> " * 60 + "*" * 99 + "a" + "*" * 99)
def test_our_own_tags_are_what_the_sanitizer_gives_back(markdown):
    html = render(markdown)
    if not may_hold_tags(markdown) and is_beyond_doubt(html, is_ours=True):
        assert by_nh3(html) == html


def test_plain_emphasis_and_code_are_let_pass_unseen():
    for markdown in ("- Это **не** слой: `a < b`.", "*Нет*", "Q & A", "~~да~~ нет"):
        assert is_beyond_doubt(render(markdown))
    for html in ("<p>a</p><p>b</p>", "<em>a", "<p><b>a</b></p>", '<em class="x">a</em>', "a\x00"):
        assert not is_beyond_doubt(html)
    for markdown in (
        "[a](https://e.org/b?c=1&d) e",
        "- a\n  1. b\n\n     c",
        "```python\nx = 1 < 2\n```",
        "|a|b|\n|-|:-:|\n|c|d|",
    ):
        assert is_beyond_doubt(render(markdown), is_ours=True)

"""HTML that an author wrote among Markdown: tags, comments, and blocks of them."""

from __future__ import annotations

import re
from typing import Literal

from builder.patterns import late
from builder.remembering import remembered

_SHOWN_NAMES = """
a abbr acronym address area article aside audio b bdi bdo big blink blockquote br caption center
cite code col colgroup content data dd del details dfn dir div dl dt em figcaption figure font
footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li listing main map mark marquee math menu
meter nav nobr ol p picture pre progress q rb rp rt rtc ruby s samp section small source spacer span
strike strong sub summary sup svg table tbody td tfoot th thead time tr track tt u ul var video wbr
"""
_OTHER_NAMES = """
applet base basefont bgsound body button canvas command datalist dialog embed fieldset form frame
frameset head html iframe image input isindex keygen label legend link menuitem meta noembed
noframes noscript object optgroup option output param portal script search select slot style
template textarea title xmp
"""
_OTHERS = frozenset(_OTHER_NAMES.split())
"""Elements of a page's head, of forms, and what runs or embeds something."""

KNOWN = frozenset(_SHOWN_NAMES.split()) | _OTHERS

_SWALLOWING = frozenset(
    {"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"}
)
"""Elements whose content is no HTML, up to their end."""

_ALONE_IN_TEXT = frozenset({"br", "details", "hr", "img", "summary", "wbr"})
"""Elements without an end, or with one that often stands in another paragraph."""

_PARTS = frozenset({"li", "dd", "dt", "td", "th", "tr", "thead", "tbody", "tfoot"})
"""Elements whose end need not be written within their whole."""

_BLOCK_NAMES = """
address article aside base basefont blockquote body caption center col colgroup dd details dialog
dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr
html iframe legend li link main menu menuitem nav noframes ol optgroup option p param section source
summary table tbody td tfoot th thead title tr track ul
"""

_ATTRIBUTE = r"""[ \t\n]+[a-zA-Z_:][a-zA-Z0-9:._-]*+
    (?:[ \t\n]*+=[ \t\n]*+(?:[^ \t\n"'=<>`]++|'[^']*+'|"[^"]*+"))?+"""
_OPEN_OR_CLOSE = rf"""(?:([A-Za-z][A-Za-z0-9-]*+)(?:{_ATTRIBUTE})*+[ \t\n]*+/?>
    |/([A-Za-z][A-Za-z0-9-]*+)[ \t\n]*+>)"""
_TAG = late("<" + _OPEN_OR_CLOSE, re.VERBOSE)
_ALONE = late(f"<{_OPEN_OR_CLOSE}[ \\t]*$", re.VERBOSE)
_BLOCK = late(f"</?(?:{'|'.join(_BLOCK_NAMES.split())})(?:[ \\t]|/?>|$)", re.IGNORECASE)
_VERBATIM = re.compile(r"<(?:script|pre|style|textarea)(?:[ \t>]|$)", re.IGNORECASE)
_VERBATIM_END = re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
_DECLARATION = re.compile(r"<![A-Z]")
_INLINE_DECLARATION = re.compile(r"<![A-Z]+[ \t\n]")

_ANY_TAG = late(
    r"""<!--.*?-->
      | <[!?](?!--)[^>]*>
      | <(/?)([A-Za-z][^\s/>]*+)(?:=\s*+(?:"[^"]*+"|'[^']*+'|(?!["']))|[^>=])*+>
      | <(?=[A-Za-z/!?])""",
    re.VERBOSE | re.DOTALL,
)

_MARKS = 512
"""Marks of one text whose places are remembered: more than there are elements, ends included."""

_SPANS = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))


def known(name: str) -> bool:
    """Whether HTML has, or ever had, an element of this name; `int` of `vector<int>` is none."""
    return name.lower() in KNOWN


def known_only(html: str) -> str:
    """A block of HTML in which tags of unknown elements are text, and nothing is left open.

    A tag, comment or quote without an end would swallow the blocks behind it.
    """
    return _ANY_TAG.sub(lambda tag: tag[0] if _is_whole(tag, html) else "&lt;" + tag[0][1:], html)


def _is_whole(tag: re.Match[str], html: str) -> bool:
    if tag[0] == "<":
        return False
    name = (tag[2] or "").lower()
    if name in _SWALLOWING and not tag[1]:
        return last_of(html, f"</{name}") >= tag.end()
    return not name or _is_known(name, html)


def _is_known(name: str, text: str) -> bool:
    """Whether HTML has an element of this name, or it may be one of SVG or MathML."""
    return name in KNOWN or last_of(text, "<svg") >= 0 or last_of(text, "<math") >= 0


def tag_end(text: str, start: int) -> int:
    """Where the tag or comment that begins at `start` ends, or 0 if what stands there is text.

    A tag of an unknown element is text: a reader should see `vector<int>` as it was typed. So is
    one that does nothing among words: who writes of the `<head>` of a page, or of a `<div>`
    without an end, means the tag.
    """
    if match := _TAG.match(text, start):
        name = (match[1] or match[2]).lower()
        is_html = name not in _OTHERS and _is_known(name, text) and not _is_meant(match, name)
        return match.end() if is_html else 0
    for opening, closing in _SPANS:
        if text.startswith(opening, start):
            return _span_end(text, start, opening, closing)
    return 0


def _is_meant(tag: re.Match[str], name: str) -> bool:
    """Whether a tag in a paragraph lacks its other half, and so is only spoken of."""
    text = tag.string
    if name in _ALONE_IN_TEXT:
        return tag[0].lower() == "<img>"
    if tag[2]:
        return not -1 < first_of(text, f"<{name}") < tag.start()
    if last_of(text, f"</{name}>") >= tag.end():
        return False
    if name in _PARTS:
        return all(first_of(text, whole) < 0 for whole in ("<ul", "<ol", "<dl", "<table"))
    return name != "p" or (text[max(tag.start() - 1, 0)] == " " == text[tag.end() : tag.end() + 1])


def _span_end(text: str, start: int, opening: str, closing: str) -> int:
    if opening == "<!" and not _INLINE_DECLARATION.match(text, start):
        return 0
    at = start + len(opening)
    if opening == "<!--" and text.startswith((">", "->"), at):
        return text.index(">", at) + 1
    if last_of(text, closing) < at:
        return 0
    return text.index(closing, at) + len(closing)


@remembered(_MARKS)
def last_of(text: str, mark: str) -> int:
    """Where a mark stands last: without it, a search for each `<!--` would read on to the end."""
    return text.lower().rfind(mark.lower())


@remembered(_MARKS)
def first_of(text: str, mark: str) -> int:
    """Where a mark stands first."""
    return text.lower().find(mark)


def block_end(line: str, in_paragraph: bool) -> re.Pattern[str] | Literal[False] | None:
    """What ends the block of HTML that `line` begins: a pattern, None (a blank line), or False.

    False says that the line begins no such block.
    """
    if _VERBATIM.match(line):
        return _VERBATIM_END
    for opening, closing in _SPANS:
        if line.startswith(opening) and (opening != "<!" or _DECLARATION.match(line)):
            return re.compile(re.escape(closing))
    if _BLOCK.match(line):
        return None
    if not in_paragraph and (match := _ALONE.match(line)) and known(match[1] or match[2]):
        return None
    return False

"""The allow-list: what of HTML may stand on a card."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from builder import code
from builder.patterns import late

if TYPE_CHECKING:
    import nh3

_INLINE_TAGS = """
a abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strike strong
sub sup time tt u var wbr
"""
_OTHER_TAGS = """
address article aside audio blockquote br caption center col colgroup dd details div dl dt
figcaption figure footer h1 h2 h3 h4 h5 h6 header hr img li main ol p pre section source summary
table tbody td tfoot th thead tr ul video
"""
INLINE = frozenset(_INLINE_TAGS.split())
TAGS = INLINE | frozenset(_OTHER_TAGS.split())
MEDIA = ("img", "audio", "video", "source")
SCHEMES = frozenset({"http", "https", "mailto"})
"""Where a link may lead: a card has no place of its own that a relative one could start from."""

_ALIGN = frozenset({"align"})
_CELL = frozenset({"align", "valign", "colspan", "rowspan", "scope", "width"})
ATTRIBUTES = {
    "*": frozenset({"title", "lang", "dir"}),
    **dict.fromkeys(("p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr"), _ALIGN),
    "a": frozenset({"href"}),
    "audio": frozenset({"src", "controls", "loop"}),
    "col": frozenset({"span", "width"}),
    "colgroup": frozenset({"span"}),
    "details": frozenset({"open"}),
    "div": frozenset({"align", "aria-label"}),
    "img": frozenset({"src", "alt", "width", "height", "align"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "source": frozenset({"src", "type"}),
    "td": _CELL,
    "th": _CELL,
    "time": frozenset({"datetime"}),
    "video": frozenset({"src", "controls", "loop", "width", "height"}),
}
_FIXED_VALUES = {"div": {"role": {"group"}, "tabindex": {"0"}}}
_BOXES = frozenset({"bd-scroll", "bd-code", "bd-math", "bd-table"})
_UNMISSED = frozenset(
    {"class", "id", "name", "rel", "target", "loading", "decoding", "srcset", "role", "tabindex"}
)
"""Attributes that are dropped without a word: without them a reader sees the same."""

_NESTED = 200
"""Elements within more elements than this lose their tags: reading them would not end soon."""

_UNCLOSED = frozenset(
    {"br", "col", "dd", "dt", "hr", "img", "li", "p", "rp", "rt", "source", "tbody", "td", "tfoot"}
    | {"th", "thead", "tr", "wbr"}
)
"""Elements whose end need not be written; they nest within others only."""

TAG = late(r"""<(/?)([A-Za-z][^\s/>]*+)((?:=\s*+(?:"[^"]*+"|'[^']*+'|(?!["']))|[^>=])*+)>?""")
"""A tag as browsers find it: whether it ends an element, which one, attributes."""


_PLAIN = r"[^<>&\x00-\x08\x0b-\x1f\x7f-\xa0\ud800-\udfff]"
_TEXT = rf"(?:{_PLAIN}++|&(?:lt|gt|amp);)*+"
_MARKED = rf"{_TEXT}(?:<(strong|em|code|del)>{_TEXT}</\1>{_TEXT})*+"
_WRAPPED = _MARKED.replace("\\1", "\\2"), _MARKED.replace("\\1", "\\3")
_BEYOND_DOUBT = late(rf"{_MARKED}|<p>{_WRAPPED[0]}</p>|<ul><li>{_WRAPPED[1]}</li></ul>")
_OUR_TAG = r"""<(?:
      span\ class="[a-z0-9]{1,3}" | /span
    | /?(?:p|ul|ol|li|strong|em|code|pre|del|div|h[1-6]|blockquote|table|thead|tbody|tr|th|td)
    | [bh]r | ol\ start="\d+" | t[hd]\ align="[a-z]+"
    | div\ class="bd-scroll\ bd-(?:code|table)"\ tabindex="0"\ role="group"\ aria-label="[^"<>&]*"
    | a\ href="https?://(?:[a-z0-9]+[-.])*[a-z0-9]+\.[a-z]{2,}(?:/(?:[\w/.%~\#?=:+,-]|&amp;)*)?"
    | /a)>"""
_LINK_IN_LINK = re.compile("<a [^>]*>[^<]*(?:<(?!/?a[ >])[^<]*)*<a ")
"""An address in the text of a link, which browsers take apart."""
_OURS = re.compile(f"(?:{_PLAIN}++|&(?:lt|gt|amp);|{_OUR_TAG})*+", re.VERBOSE | re.ASCII)
"""What `prose` makes of most Markdown that holds no tag."""

_MANY_ENTITIES = re.compile(r"(?:&[#\w]*+;[^<&]*+){500}")


def sanitized(html: str, is_ours: bool = False) -> str:
    """HTML with nothing but what is allowed, as browsers read it and nh3 writes it.

    `is_ours` says that `prose` wrote each tag in it. A comment, which nh3 drops, parts a text
    with many entities: it takes time squared for each.
    """
    if is_beyond_doubt(html, is_ours):
        return html
    if html.count("<") > _NESTED:
        html = _shallow(html)
    if html.count("&") > _NESTED:
        html = _MANY_ENTITIES.sub(r"\g<0><!---->", html)
    return by_nh3(html)


def is_beyond_doubt(html: str, is_ours: bool = False) -> bool:
    """Whether nh3 gives HTML back as it is: test_html.py. It does so with most passages.

    They are text with nothing but plain emphasis and code, each closed. If `prose` wrote all of
    the tags, they are nested and closed as they should be, and more of them can be let pass.
    """
    if is_ours and html.count("<") - 2 * html.count("</span>") <= _NESTED:
        return bool(_OURS.fullmatch(html)) and not _LINK_IN_LINK.search(html)
    return bool(_BEYOND_DOUBT.fullmatch(html))


def by_nh3(html: str) -> str:
    return _cleaner().clean(html)


def missed(name: str, attribute: str) -> bool:
    """Whether an attribute of an allowed element is taken out, and its author should know."""
    kept = ATTRIBUTES["*"] | ATTRIBUTES.get(name, frozenset()) | _UNMISSED
    return attribute not in kept and not attribute.startswith(("data-", "aria-"))


@cache
def _cleaner() -> nh3.Cleaner:
    """No class of an author's may dress up as part of a card, no id be that of another."""
    import nh3  # noqa: PLC0415

    return nh3.Cleaner(
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes={"div": _BOXES, "span": code.classes()},
        tag_attribute_values=_FIXED_VALUES,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def _shallow(html: str) -> str:
    """The HTML without the tags that are nested too deep."""
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in _UNCLOSED:
            return tag[0]
        depth += not tag[1]
        text = tag[0] if depth <= _NESTED else ""
        depth -= bool(tag[1] and depth)
        return text

    return TAG.sub(kept, html)

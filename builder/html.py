"""Clean HTML, and what it says as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from builder import code

if TYPE_CHECKING:
    import nh3
    from bs4 import Tag

_INLINE_TAGS = """
a abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strike strong
sub sup time tt u var wbr
"""
_OTHER_TAGS = """
address article aside audio blockquote br caption center col colgroup dd details div dl dt
figcaption figure footer h1 h2 h3 h4 h5 h6 header hr img li main ol p pre section source summary
table tbody td tfoot th thead tr ul video
"""
_INLINE = frozenset(_INLINE_TAGS.split())
_TAGS = _INLINE | frozenset(_OTHER_TAGS.split())
_CELL = frozenset({"align", "valign", "colspan", "rowspan", "scope", "width"})
_ALIGNED = dict.fromkeys(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr"), frozenset({"align"})
)
_ATTRIBUTES = _ALIGNED | {
    "*": frozenset({"title", "lang", "dir"}),
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
_FIXED = {"div": {"role": {"group"}, "tabindex": {"0"}}}
_BOXES = frozenset({"bd-scroll", "bd-code", "bd-math", "bd-table"})
_SCHEMES = frozenset({"http", "https", "mailto"})
_MEDIA = ("img", "audio", "video", "source")
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

_TAG = re.compile(
    r"""<(/?)([A-Za-z][^\s/>]*+)((?:=\s*+(?:"[^"]*+"|'[^']*+'|(?!["']))|[^>=])*+)>?"""
)
_ATTRIBUTE = re.compile(r"""([^\s"'=<>/]++)(?:\s*+=\s*+("[^"]*"|'[^']*'|[^\s"'>]++))?+""")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):|//")
_NOT_OF_URL = re.compile(r"^[\x00-\x20]+|[\x00-\x20]+$|[\t\n\r]")
_LONGEST_SHOWN = 60

# The following look at HTML as nh3 writes it: attributes quoted, no `<` or `>` in their values.
_ELSEWHERE = re.compile(
    r"""<a\b(?![^>]*\ href="(?:https?|mailto):)
      | <img(?![^>]*\ src=")
      | <(?:img|audio|video|source)\b[^>]*\ src="(?!(?!//)[^\x00-\x20\\:"][^\x00-\x1f\\:"]*")""",
    re.IGNORECASE | re.VERBOSE,
)
"""A link that may lead nowhere, or media that may not be local."""

_SOURCE = re.compile(r'(<(?:img|audio|video|source)\b[^>]*? src=")([^"]*)"')
_ANY_TAG = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>")
_ALT = re.compile(r' alt="([^"]*)"')
_LIVE = re.compile(r"\[(?=sound:|/?latex\]|/?\$\$?\]|\[type:|/?anki:)", re.IGNORECASE)
_DOUBLE_BRACE = re.compile(r"\{(?=\{)")
_TEX_HTML = re.compile(
    r"<[^>]*>|\\(?=(href|require|class|style|cssId|data|bbox|mmlToken|setOptions)(?![A-Za-z]))"
)
"""Commands by which MathJax makes links, styles or attributes: test_formulas.py."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What an author wrote and a card may not hold, in the author's words, and what to do.

    `clue` is how the source spells it.
    """

    what: str
    clue: str
    hint: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """HTML that is safe in a field of a note, and what was taken out of it."""

    html: str
    removed: tuple[Removed, ...] = ()


def clean(html: str) -> Cleaned:
    """HTML that passed the allow-list, with Anki's own live syntax made plain text.

    A remote image becomes a link to it, a link that leads nowhere outside the source its text.
    The result can be cleaned again without a change, but for what makes Anki's syntax plain.
    """
    safe = _cleaner().clean(_shallow(html) if html.count("<") > _NESTED else html)
    elsewhere = _ELSEWHERE.search(safe)
    removed = _removed(html) if elsewhere or safe != html else ()
    if elsewhere:
        safe = _cleaner().clean(_relinked(safe))
    if "\\" in safe:
        safe = safe.replace("<wbr>", "\u200b")  # MathJax reads across it
        if "\\(" in safe or "\\[" in safe:
            commands = dict.fromkeys(m[1] for m in _TEX_HTML.finditer(safe) if m[1])
            removed += tuple(map(_of_formula, commands))
            safe = _TEX_HTML.sub(lambda m: m[0] + "<span></span>" if m[1] else m[0], safe)
    return Cleaned(_inert(safe), removed)


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

    return _TAG.sub(kept, html)


@cache
def _cleaner() -> nh3.Cleaner:
    import nh3  # noqa: PLC0415

    return nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes={"div": _BOXES, "span": code.classes()},
        tag_attribute_values=_FIXED,
        url_schemes=_SCHEMES,
        link_rel=None,
    )


def _inert(html: str) -> str:
    """The HTML without what Anki would act on, shown as it was."""
    if "[" in html:
        html = _LIVE.sub("&#91;", html)
    if "{{" in html:
        html = _DOUBLE_BRACE.sub("&#123;", html)
    return html


def _of_formula(command: str) -> Removed:
    hint = "write the formula without it; it is shown as text"
    return Removed(f"the command \\{command} of a formula", f"\\{command}", hint)


def _removed(html: str) -> tuple[Removed, ...]:
    """What the allow-list takes out of HTML, each once."""
    tags = _TAG.finditer(_COMMENT.sub("", html))
    return tuple(dict.fromkeys(one for tag in tags if not tag[1] for one in _of_tag(tag)))


def _of_tag(tag: re.Match[str]) -> Iterator[Removed]:
    name = tag[2].lower()
    if name not in _TAGS:
        yield Removed(f"<{name}>", f"<{tag[2]}", "remove it, or show it in backticks")
        return
    for attribute in _ATTRIBUTE.finditer(tag[3]):
        key, value = attribute[1].lower(), unescape((attribute[2] or "").strip("\"'"))
        if key == "href" and name == "a":
            yield from _of_link(value)
        elif key == "src" and name in _MEDIA:
            yield from _of_media(name, value)
        elif not _allowed(name, key):
            yield Removed(
                f"“{key}” of <{name}>", attribute[1], "remove it; a card has its own style"
            )


def _allowed(name: str, attribute: str) -> bool:
    allowed = _ATTRIBUTES["*"] | _ATTRIBUTES.get(name, frozenset())
    return attribute in allowed | _UNMISSED or attribute.startswith(("data-", "aria-"))


def _of_link(url: str) -> Iterator[Removed]:
    if _scheme(url) not in _SCHEMES:
        typed = unquote(url)
        yield Removed(f"the link to “{_short(typed)}”", typed, "give the whole address: https://…")


def _of_media(name: str, url: str) -> Iterator[Removed]:
    if _scheme(url):
        what = "image" if name == "img" else name
        hint = "put the file beside the source and name it by its relative path"
        yield Removed(f"the remote {what} “{_short(url)}”", url, hint)


def _scheme(url: str) -> str:
    """The scheme of a URL as browsers read it, "//" for that of the page, or ""."""
    match = _SCHEME.match(_NOT_OF_URL.sub("", url).replace("\\", "/"))
    return (match[1] or match[0]).lower() if match else ""


def _short(url: str) -> str:
    return url if len(url) <= _LONGEST_SHOWN else f"{url[:_LONGEST_SHOWN]}…"


def _relinked(html: str) -> str:
    """The HTML with links instead of remote media, and text instead of links to nowhere."""
    from bs4 import BeautifulSoup  # noqa: PLC0415

    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(_MEDIA):
        url = str(tag.get("src") or "").strip()
        scheme = _scheme(url)
        if scheme:
            player = tag.find_parent(["audio", "video"]) or tag
            _become(player, "a", str(tag.get("alt") or url), "https:" * (scheme == "//") + url)
        elif tag.name == "img" and not url:
            _become(tag, "span", str(tag.get("alt") or ""))
    for link in soup.find_all("a"):
        inside = link.find_parent("a") is not None
        if inside or _scheme(str(link.get("href") or "")) not in _SCHEMES:
            link.name, link.attrs = "span", {}
    return str(soup)


def _become(tag: Tag, name: str, text: str, url: str = "") -> None:
    tag.name, tag.string = name, text
    tag.attrs = {"href": url} if url else {}


def plain(html: str) -> str:
    """What clean HTML says: text and code, images by their alternative text, single spaces."""
    return " ".join(unescape(_ANY_TAG.sub(_tag_text, html)).split())


def _tag_text(tag: re.Match[str]) -> str:
    if tag[2] == "img":
        alt = _ALT.search(tag[3])
        return alt[1] if alt else ""
    return "" if tag[2] in _INLINE else " "


def images(html: str) -> tuple[str, ...]:
    """The local media of clean HTML (images, audio, video) as the author named them, in order."""
    return tuple(dict.fromkeys(unescape(source[2]) for source in _SOURCE.finditer(html)))


def rewire(html: str, names: Mapping[str, str | None]) -> str:
    """Clean HTML with the names of bundled files for what `images` gave; others stay.

    What has None for a name gives way to its alternative text.
    """
    if None in names.values():
        html = _ANY_TAG.sub(lambda tag: _present(tag, names), html)
    return _SOURCE.sub(lambda m: f'{m[1]}{names.get(unescape(m[2])) or m[2]}"', html)


def _present(tag: re.Match[str], names: Mapping[str, str | None]) -> str:
    source = _SOURCE.match(tag[0])
    if source is None or names.get(unescape(source[2]), "") is not None:
        return tag[0]
    alt = _ALT.search(tag[0])
    return alt[1] if alt else ""

"""Clean HTML, and what it says as plain text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import TYPE_CHECKING

from builder.html.allowed import INLINE, MEDIA, SCHEMES, sanitized
from builder.html.removed import Removed, removed_command, removed_from, scheme, unspaced
from builder.patterns import late
from builder.values import Record

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = ["Cleaned", "Removed", "clean", "images", "may_be_live", "plain", "rewire", "shown"]

# What follows looks at sanitized HTML: attributes are quoted, and hold neither `<` nor `>`.
_ELSEWHERE = late(
    r"""<a\b(?![^>]*\ href="(?:https?|mailto):)
      | <img(?![^>]*\ src=")
      | <(?:img|audio|video|source)\b[^>]*\ src="(?!(?!//)[^\x00-\x20\\:"][^\x00-\x1f\\:"]*")""",
    re.IGNORECASE | re.VERBOSE,
)
"""A link that may lead nowhere, or media that may not be local."""
_POINTING = re.compile("<(?:a|img|video|source)")
"""How the tags begin that point elsewhere; "<audio" begins as a link does."""

_SOURCE = re.compile(r'(<(?:img|audio|video|source)\b[^>]*? src=")([^"]*)"')
_ANY_TAG = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>")
_ALT = re.compile(r' alt="([^"]*)"')
_LIVE = re.compile(r"\[(?=sound:|/?latex\]|/?\$\$?\]|\[type:|/?anki:)", re.IGNORECASE)
_DOUBLE_BRACE = re.compile(r"\{(?=\{)")
_FORMULA = re.compile(r"\\(?=[(\[]|(?:begin|(?:eq)?ref)\b)")
_TEX_HTML = re.compile(
    r"<[^>]*>|\\(?=(href|require|class|style|cssId|data|bbox|mmlToken|setOptions)(?![A-Za-z]))"
)
"""Commands by which MathJax makes links, styles or attributes: test_formulas.py."""


class Cleaned(Record):
    """HTML that is safe in a field of a note, and what was taken out of it."""

    html: str
    removed: tuple[Removed, ...] = ()


def clean(html: str, is_ours: bool = False) -> Cleaned:
    """HTML that passed the allow-list, with Anki's own live syntax made plain text.

    `is_ours` says that each tag in it is of `prose`, none of an author's. A remote image becomes
    a link to it, a link that leads nowhere outside the source its text. The result can be cleaned
    again without a change, but for what makes Anki's syntax plain.
    """
    safe = sanitized(html, is_ours)
    elsewhere = _POINTING.search(safe) and _ELSEWHERE.search(safe)
    removed = removed_from(html) if elsewhere or safe != html else ()
    if elsewhere:
        safe = sanitized(_relinked(safe))
    elif safe != html:
        safe = sanitized(safe)  # what was taken out may have held the rest in another place
    if "\\" in safe:
        safe = safe.replace("<wbr>", "\u200b")  # MathJax reads across it
        if "\\(" in safe or "\\[" in safe:
            commands = dict.fromkeys(m[1] for m in _TEX_HTML.finditer(safe) if m[1])
            removed += tuple(map(removed_command, commands))
            safe = _TEX_HTML.sub(lambda m: m[0] + "<span></span>" if m[1] else m[0], safe)
    return Cleaned(_inert(safe), removed)


def may_be_live(html: str) -> bool:
    """Whether Anki or MathJax may act on something in HTML: all of that has one of these signs."""
    return "[" in html or "\\" in html or "{{" in html


def shown(text: str) -> str:
    """HTML that shows a text as it was typed; neither Anki nor MathJax finds anything in it."""
    html = escape(text)
    return _inert(_FORMULA.sub(r"\\<span></span>", html) if "\\" in html else html)


def _inert(html: str) -> str:
    """The HTML without what Anki would act on, shown as it was."""
    if "[" in html:
        html = _LIVE.sub("&#91;", html)
    if "{{" in html:
        html = _DOUBLE_BRACE.sub("&#123;", html)
    return html


def _relinked(html: str) -> str:
    """The HTML with links instead of remote media, and text instead of links to nowhere."""
    from bs4 import BeautifulSoup  # noqa: PLC0415

    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(MEDIA):
        url = str(tag.get("src") or "").strip()
        if remote := scheme(url):
            player = tag.find_parent(["audio", "video"]) or tag
            target = "https:" * (remote == "//") + unspaced(url)
            _become(player, str(tag.get("alt") or url), target)
        elif tag.name == "img" and not url:
            _become(tag, str(tag.get("alt") or ""))
    for link in soup.find_all("a"):
        inside = link.find_parent("a") is not None
        if inside or scheme(str(link.get("href") or "")) not in SCHEMES:
            link.name, link.attrs = "span", {}
    return str(soup)


def _become(tag: Tag, text: str, url: str = "") -> None:
    """Makes a tag a link that shows a text, or without a sound address the text alone."""
    is_link = url and "href" in sanitized(f'<a href="{escape(url)}">a</a>')
    tag.name, tag.string = "a" if is_link else "span", text
    tag.attrs = {"href": url} if is_link else {}


def plain(html: str) -> str:
    """What clean HTML says: text and code, images by their alternative text, single spaces."""
    if "<" in html:
        html = _IMAGE.sub(_alternative, html) if "<img" in html else html
        html = _INLINE_TAG.sub("", html)
        if "<" in html:
            html = _ANY_TAG.sub(" ", html)
    return " ".join((unescape(html) if "&" in html else html).split())


_IMAGE = re.compile(r"<img([^>a-z0-9][^>]*)?>")
_INLINE_TAG = re.compile(rf"</?(?:span|{'|'.join(sorted(INLINE))})(?![a-z0-9])[^>]*>")
"""Code in colour is mostly `<span>`, so it comes first."""


def _alternative(image: re.Match[str]) -> str:
    alt = _ALT.search(image[1] or "")
    return alt[1] if alt else ""


def images(html: str) -> tuple[str, ...]:
    """The local media of clean HTML (images, audio, video) as the author named them, in order."""
    if ' src="' not in html:
        return ()
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
    if tag[2] != "img":
        return f"<{tag[2]}>"
    alt = _ALT.search(tag[0])
    return alt[1] if alt else ""

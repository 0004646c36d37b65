"""What an author wrote and a card may not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from builder.html.allowed import MEDIA, SCHEMES, TAG, TAGS, missed
from builder.values import Record

_ATTRIBUTE = re.compile(r"""([^\s"'=<>/]++)(?:\s*+=\s*+("[^"]*"|'[^']*'|[^\s"'>]++))?+""")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):|//")
_NOT_OF_URL = re.compile(r"^[\x00-\x20]+|[\x00-\x20]+$|[\t\n\r]")
_LONGEST_SHOWN = 60


class Removed(Record):
    """Something that was taken out, in the author's words, and what to do.

    `clue` is how the source spells it.
    """

    what: str
    clue: str
    hint: str


def scheme(url: str) -> str:
    """The scheme of a URL as browsers read it, "//" for that of the page, or ""."""
    match = _SCHEME.match(unspaced(url).replace("\\", "/"))
    return (match[1] or match[0]).lower() if match else ""


def unspaced(url: str) -> str:
    """A URL without what browsers pass over: tabs, line ends, control characters around it."""
    return _NOT_OF_URL.sub("", url)


def removed_from(html: str) -> tuple[Removed, ...]:
    """What the allow-list takes out of HTML, each once."""
    tags = TAG.finditer(_COMMENT.sub("", html))
    return tuple(dict.fromkeys(one for tag in tags if not tag[1] for one in _of_tag(tag)))


def removed_command(command: str) -> Removed:
    """A command of TeX that makes more than a formula."""
    hint = "write the formula without it; it is shown as text"
    return Removed(f"the command \\{command} of a formula", f"\\{command}", hint)


def _of_tag(tag: re.Match[str]) -> Iterator[Removed]:
    name = tag[2].lower()
    if name not in TAGS:
        yield Removed(f"<{name}>", f"<{tag[2]}", "remove it, or show it in backticks")
        return
    for attribute in _ATTRIBUTE.finditer(tag[3]):
        key, value = attribute[1].lower(), unescape((attribute[2] or "").strip("\"'"))
        if key == "href" and name == "a":
            yield from _of_link(value)
        elif key == "src" and name in MEDIA:
            yield from _of_media(name, value)
        elif missed(name, key):
            hint = "remove it; a card has its own style"
            yield Removed(f"“{key}” of <{name}>", attribute[1], hint)


def _of_link(url: str) -> Iterator[Removed]:
    if not url:
        yield Removed("a link without an address", "]()", "give the address between the brackets")
    elif scheme(url) not in SCHEMES:
        typed = unquote(url)
        yield Removed(f"the link to “{_short(typed)}”", typed, "give the whole address: https://…")


def _of_media(name: str, url: str) -> Iterator[Removed]:
    if scheme(url):
        what = "image" if name == "img" else name
        hint = "put the file beside the source and name it by its relative path"
        yield Removed(f"the remote {what} “{_short(url)}”", url, hint)


def _short(url: str) -> str:
    return url if len(url) <= _LONGEST_SHOWN else f"{url[:_LONGEST_SHOWN]}…"

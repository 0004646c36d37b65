"""Bare addresses that GitHub turns into links: `https://…`, `www.…` and e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.prose.emphasis import is_word

START = r"(?:(?i:https?|ftp)://|www\.)"
"""What a bare address of the web begins with."""

_SCHEME = re.compile(r"[a-zA-Z]+://")
_NO_SPACE = re.compile(r"[^ \t\n\v\f\r<]*+")
_TRAILING = frozenset("?!.,:*_~'\"")
_ENTITY_AT_END = re.compile(r"&[A-Za-z]+;\Z")
_LOCAL_PART = re.compile(r"[A-Za-z0-9.+_-]++\Z")
_MAIL_DOMAIN = re.compile(r"@((?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9]))++)(?!@)")
_MAILTO = re.compile(r"(?<![A-Za-z0-9])(?:mailto|xmpp):\Z")
_LONGEST_LOCAL_PART = 256


def address_end(text: str, start: int) -> int:
    """Where the address that begins at `start` ends, or 0 if no link begins there."""
    before = text[start - 1 : start]
    scheme = _SCHEME.match(text, start)
    if scheme:
        host = scheme.end()
        if (before.isalpha() and before.isascii()) or not is_word(text[host : host + 1] or " "):
            return 0
    elif before and before not in "*_~( \t\n\v\f\r":
        return 0
    else:
        host = start
    if not _is_domain(text, host, needs_dot=scheme is None):
        return 0
    rest = _NO_SPACE.match(text, host)
    return start + len(_trimmed(text[start : rest.end() if rest else host]))


def _is_domain(text: str, start: int, needs_dot: bool) -> bool:
    """Whether a domain begins here; its last two labels may hold no underscore.

    As on GitHub, letters that are not Latin end what is looked at.
    """
    dots = underscores = underscores_before = 0
    if not text[start].isascii():
        return not needs_dot
    for at in range(start + 1, len(text) - 1):
        char = text[at]
        if char == "_":
            underscores += 1
        elif char == ".":
            underscores_before, underscores = underscores, 0
            dots += 1
        elif char != "-" and not (char.isascii() and is_word(char)):
            break
    return not underscores and not underscores_before and (dots > 0 or not needs_dot)


def _trimmed(address: str) -> str:
    """The address without the punctuation that belongs to the sentence around it."""
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end:
        char = address[end - 1]
        if char == ")" and surplus > 0:
            surplus -= 1
        elif char == ";":
            entity = _ENTITY_AT_END.search(address, max(0, end - 40), end)
            end = entity.start() + 1 if entity else end
        elif char not in _TRAILING:
            break
        end -= 1
    return address[:end]


def mail_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each e-mail address in a text, with its `mailto:` if it has one."""
    at, floor = text.find("@"), 0
    while at >= 0:
        local = _LOCAL_PART.search(text, max(floor, at - _LONGEST_LOCAL_PART), at)
        domain = _MAIL_DOMAIN.match(text, at)
        if local and domain and "." in domain[1] and domain[1][-1].isalpha():
            end = domain.end()
            scheme = _MAILTO.search(text, max(floor, local.start() - 8), local.start())
            yield (scheme or local).start(), end
            floor = end
            at = text.find("@", end)
        else:
            at = text.find("@", at + 1)

"""Bare addresses that GitHub turns into links: `https://…`, `www.…` and e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.prose.emphasis import is_word

START = r"(?:(?i:https?|ftp)://|www\.)"
"""What a bare address of the web begins with."""

_AFTER_SCHEME = re.compile(r"[a-zA-Z]+://")
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
    scheme = _AFTER_SCHEME.match(text, start)
    if scheme:
        if before.isalpha() and before.isascii():
            return 0
        end = _domain_end(text, scheme.end(), needs_dot=False)
    else:
        if before and before not in "*_~( \t\n\v\f\r":
            return 0
        end = _domain_end(text, start, needs_dot=True)
    if not end:
        return 0
    rest = _NO_SPACE.match(text, end)
    return start + len(_trimmed(text[start : rest.end() if rest else end]))


def _domain_end(text: str, start: int, needs_dot: bool) -> int:
    """The end of the domain; the last two labels of it may hold no underscore."""
    at, dots, in_label, in_label_before = start, 0, 0, 0
    while at < len(text):
        char = text[at]
        if char == "_":
            in_label += 1
        elif char == "." and at > start:
            in_label_before, in_label = in_label, 0
            dots += 1
        elif (char != "-" and not is_word(char)) or (char == "-" and at == start):
            break
        at += 1
    if in_label or in_label_before or at == start or (needs_dot and not dots):
        return 0
    return at


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

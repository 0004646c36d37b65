"""Emphasis, strong emphasis and strikethrough, matched by CommonMark's stack of delimiters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SPACE, _PUNCTUATION, _OTHER = range(3)


class Delimiter:
    """A run of `*`, `_` or `~` among the parts of a text, and the tags that it turned into.

    It reads `closing`, then `count` characters that were not used, then `opening`.
    """

    __slots__ = (
        "can_close",
        "can_open",
        "char",
        "closing",
        "count",
        "length",
        "next",
        "opening",
        "position",
        "previous",
    )

    def __init__(
        self, char: str, position: int, length: int, can_open: bool, can_close: bool
    ) -> None:
        self.char = char
        self.position = position
        self.length = self.count = length
        self.can_open = can_open
        self.can_close = can_close
        self.opening = self.closing = ""
        self.previous: Delimiter | None = None
        self.next: Delimiter | None = None


def delimiter(text: str, start: int, end: int) -> Delimiter:
    """The run of one character from `start` to `end`: what it may open or close (CommonMark)."""
    char = text[start]
    before, after = _kind_before(text, start), _kind_after(text, end)
    opens = after != _SPACE and (after == _OTHER or before != _OTHER)
    closes = before != _SPACE and (before == _OTHER or after != _OTHER)
    if char == "_":
        opens, closes = (
            opens and (not closes or before == _PUNCTUATION),
            closes and (not opens or after == _PUNCTUATION),
        )
    if char == "~" and end - start > 2:
        opens = closes = False
    return Delimiter(char, start, end - start, opens, closes)


def _kind_before(text: str, start: int) -> int:
    """The kind of the character before a run; GitHub looks through tildes."""
    start -= 1
    while start >= 0 and text[start] == "~":
        start -= 1
    return _kind(text[start]) if start >= 0 else _SPACE


def _kind_after(text: str, end: int) -> int:
    while end < len(text) and text[end] == "~":
        end += 1
    return _kind(text[end]) if end < len(text) else _SPACE


@lru_cache(maxsize=4096)
def _kind(char: str) -> int:
    if char in "\t\n\f\r ":
        return _SPACE
    category = unicodedata.category(char)
    if category == "Zs":
        return _SPACE
    if category.startswith("P") or (category.startswith("S") and char < "\x80"):
        return _PUNCTUATION
    return _OTHER


def is_word(char: str) -> bool:
    """Whether a character is neither white space nor punctuation."""
    return _kind(char) == _OTHER


def pair(first: Delimiter) -> None:
    """Match the chained delimiters from `first` on and give each pair its tags."""
    floors: dict[tuple[str, int], int] = {}
    closer: Delimiter | None = first
    while closer is not None:
        if not closer.can_close:
            closer = closer.next
            continue
        kind = closer.char, closer.length % 3
        opener = _opener(closer, floors.get(kind, first.position))
        if opener is not None:
            closer = _join(opener, closer)
            continue
        floors[kind] = closer.position  # no closer of this kind looks further back again
        following = closer.next
        if not closer.can_open:
            _remove(closer)
        closer = following


def _opener(closer: Delimiter, floor: int) -> Delimiter | None:
    opener = closer.previous
    while opener is not None and opener.position >= floor:
        if opener.can_open and opener.char == closer.char and _fit(opener, closer):
            return opener
        opener = opener.previous
    return None


def _fit(opener: Delimiter, closer: Delimiter) -> bool:
    """CommonMark's rule of three."""
    return (
        not (closer.can_open or opener.can_close)
        or closer.length % 3 == 0
        or (opener.length + closer.length) % 3 != 0
    )


def _join(opener: Delimiter, closer: Delimiter) -> Delimiter | None:
    """Tag what stands between the two; returns where to go on looking for closers."""
    if opener.char == "~":
        return _strike(opener, closer)
    opener.next, closer.previous = closer, opener
    used = 2 if opener.count >= 2 and closer.count >= 2 else 1
    tag = "strong" if used == 2 else "em"
    opener.opening = f"<{tag}>{opener.opening}"
    closer.closing += f"</{tag}>"
    opener.count -= used
    closer.count -= used
    if not opener.count:
        _remove(opener)
    if closer.count:
        return closer
    _remove(closer)
    return closer.next


def _strike(opener: Delimiter, closer: Delimiter) -> Delimiter | None:
    """Strike out, or leave as text two runs of different length with all runs between them."""
    if opener.count == closer.count:
        opener.opening, closer.closing = "<del>", "</del>"
        opener.count = closer.count = 0
    opener.next = closer.next
    if closer.next is not None:
        closer.next.previous = opener
    _remove(opener)
    return closer.next


def _remove(delimiter: Delimiter) -> None:
    if delimiter.previous is not None:
        delimiter.previous.next = delimiter.next
    if delimiter.next is not None:
        delimiter.next.previous = delimiter.previous

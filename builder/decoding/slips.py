"""Single strangers in a line of UTF-8: foreign bytes, halves of characters, NUL.

Whatever one of them means becomes one character, so that all places hold; none of it is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.decoding.regions import excerpts
from builder.source import Repair, Span

UNREADABLE = "bytes that are not UTF-8"
GUESSED = "cp1252 amid UTF-8"

NEARBY = 20
"""How many characters on either side may belong to the word that a `Repair` shows."""

_STRANGERS = re.compile("[\udc80-\udcff]+|[\ud800-\udfff]+|\0+")
_PUNCTUATION = re.compile("[‚„…†‡‹›‘’“”«»•–—™\xa0]+")  # the same in all code pages of Windows
_LETTERS = re.compile("[À-ÖØ-öø-ÿŒœŠšŽž]{1,2}")
_WORD_BEFORE = re.compile(r"\S*\Z")
_WORD_AFTER = re.compile(r"\S*")


def settle_slips(line: str, at: int, *, western: bool) -> tuple[str, list[Repair]]:
    """The line, which begins at an offset, without strangers, and a repair for each stretch.

    A foreign byte is guessed if it is punctuation of Windows or, in `western` text, a letter amid
    a Latin word. What is left becomes U+FFFD.
    """
    found = [(match, *_settled(match, western)) for match in _STRANGERS.finditer(line)]
    characters = iter(found)
    now = _STRANGERS.sub(lambda _: next(characters)[1], line)
    return now, [_repair(match, now, cause, at) for match, _, cause in found]


def unreadable(line: str, *, western: bool) -> Iterator[int]:
    """The lengths of the stretches of foreign bytes that cannot be read."""
    for match in _STRANGERS.finditer(line):
        if _settled(match, western)[1] == UNREADABLE:
            yield len(match.group())


def _settled(found: re.Match[str], western: bool) -> tuple[str, str]:
    """What stands now where a stretch of strangers was, and why."""
    strangers = found.group()
    if strangers[0] == "\0":
        cause = "NUL"
    elif any(not "\udc80" <= stranger <= "\udcff" for stranger in strangers):
        cause = "half a character"
    elif guess := _guess(strangers, *_neighbours(found, 1), western):
        return guess, GUESSED
    else:
        cause = UNREADABLE
    return "\ufffd" * len(strangers), cause


def _guess(strangers: str, left: str, right: str, western: bool) -> str:
    """What foreign bytes mean in cp1252, or "" if their neighbours do not bear it out."""
    read = strangers.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
    if _PUNCTUATION.fullmatch(read):
        return read
    if not western or not _LETTERS.fullmatch(read):
        return ""
    amid_latin = any(c.isascii() and c.isalpha() for c in (left, right))
    climbs = left.islower() and read[0].isupper()
    return read if amid_latin and not climbs else ""


def _neighbours(found: re.Match[str], number: int) -> tuple[str, str]:
    """As many characters before and after a match, if there are."""
    start, end = found.span()
    return found.string[max(0, start - number) : start], found.string[end : end + number]


def _repair(found: re.Match[str], now: str, cause: str, at: int) -> Repair:
    """The repair of a stretch, shown within its word; `now` is the line settled."""
    left, right = _neighbours(found, NEARBY)
    start = found.start() - len(_WORD_BEFORE.findall(left)[0])
    end = found.end() + len(_WORD_AFTER.findall(right)[0])
    before, after = excerpts(found.string[start:end], now[start:end])
    span = Span(at + found.start(), at + found.end())
    return Repair(span, cause, shown(before), after, certain=False)


def shown(text: str) -> str:
    """The text with foreign bytes as in "\\xe9", other halves of characters and NUL as U+FFFD."""
    told = re.sub("[\udc80-\udcff]", lambda m: f"\\x{ord(m.group()) - 0xDC00:02x}", text)
    return _STRANGERS.sub("\ufffd", told)

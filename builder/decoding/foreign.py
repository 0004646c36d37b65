"""Foreign bytes in a text of UTF-8: another encoding on some lines, or a slip of a byte.

Until it is settled what it means, such a byte stands in the text as a lone surrogate, as Python's
`surrogateescape` has it. Whatever it means becomes one character, so that all places hold.
"""

from __future__ import annotations

import re

from builder.decoding import legacy
from builder.decoding.regions import excerpts, joined
from builder.source import Repair, Span

UNREADABLE = "bytes that are not UTF-8"
GUESSED = "cp1252 amid UTF-8"

_ANY_STRANGER = re.compile("[\0\ud800-\udfff]")
_STRANGERS = re.compile("[\udc80-\udcff]+|[\ud800-\udfff]+|\0+")
_BYTES = re.compile("[\udc80-\udcff]+")
_ONLY_BYTES = re.compile("[\0-\x7f\udc80-\udcff]+")
_PUNCTUATION = re.compile("[‚„…†‡‹›‘’“”«»•–—™\xa0]+")  # the same in all code pages of Windows
_LETTERS = re.compile("[À-ÖØ-öø-ÿŒœŠšŽž]{1,2}")
_WORD_BEFORE = re.compile(r"\S*\Z")
_WORD_AFTER = re.compile(r"\S*")

NEARBY = 20
"""How many characters on either side may belong to the word that a `Repair` shows."""


def count(text: str) -> int:
    """How many foreign bytes a text holds."""
    return sum(map(len, _BYTES.findall(text))) if _ANY_STRANGER.search(text) else 0


def codec_of_lines(text: str, told: str | None = None) -> str | None:
    """What the lines are written in that hold nothing but ASCII and foreign bytes, if it is told.

    `told` is the encoding that its author names, if any; else their own evidence tells.
    """
    if told and _is_of_single_bytes(told):
        return told
    only_bytes = (line for line in text.split("\n") if _ONLY_BYTES.fullmatch(line) or not line)
    return legacy.recognise(_bytes_of("\n".join(only_bytes)))


def settle(text: str, codec: str | None = None) -> tuple[str, tuple[Repair, ...]]:
    """The text with all strangers settled: foreign bytes, halves of characters, and NUL.

    Lines that hold nothing but ASCII and foreign bytes are read in `codec`. Elsewhere a byte is
    guessed if it is punctuation of Windows or a letter amid a Latin word; what is left becomes
    U+FFFD.
    """
    if not _ANY_STRANGER.search(text):
        return text, ()
    lines = text.split("\n")
    whole: list[Repair] = []
    slips: list[Repair] = []
    at = 0
    for number, line in enumerate(lines):
        read = _read(line, codec) if codec else None
        if read is None:
            lines[number] = _STRANGERS.sub(lambda found: _settled(found)[0], line)
            slips += _repairs_of_slips(line, lines[number], at)
        else:
            lines[number] = read
            whole.append(_repair_of_line(line, read, at, f"{codec} amid UTF-8"))
        at += len(line) + 1
    settled = "\n".join(lines)
    return settled, (*joined(settled, whole), *slips)


def unreadable(text: str, codec: str | None = None) -> list[int]:
    """The lengths of the stretches of foreign bytes that `settle` cannot read."""
    left = (line for line in text.split("\n") if codec is None or _read(line, codec) is None)
    found = (match for line in left for match in _BYTES.finditer(line))
    return [len(match.group()) for match in found if _settled(match)[1] == UNREADABLE]


# Whole lines -----------------------------------------------------------------------------------


def _is_of_single_bytes(encoding: str) -> bool:
    try:
        return len(bytes(range(256)).decode(encoding, "replace")) == 256
    except (LookupError, ValueError):
        return False


def _bytes_of(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _read(line: str, codec: str) -> str | None:
    """What a line of foreign bytes alone means, or None."""
    if not (_BYTES.search(line) and _ONLY_BYTES.fullmatch(line)):
        return None
    try:
        return _bytes_of(line).decode(codec)
    except UnicodeDecodeError:
        return None


def _repair_of_line(line: str, read: str, at: int, cause: str) -> Repair:
    found = [match.span() for match in _BYTES.finditer(line)]
    start, end = found[0][0], found[-1][1]
    before, after = excerpts(line[start:end], read[start:end])
    return Repair(Span(at + start, at + end), cause, _shown(before), after)


# Slips -----------------------------------------------------------------------------------------


def _settled(found: re.Match[str]) -> tuple[str, str]:
    """What stands now where a stretch of strangers was, and why."""
    strangers = found.group()
    if strangers[0] == "\0":
        cause = "NUL"
    elif not _BYTES.fullmatch(strangers):
        cause = "half a character"
    elif guess := _guess(strangers, *_neighbours(found, 1)):
        return guess, GUESSED
    else:
        cause = UNREADABLE
    return "\ufffd" * len(strangers), cause


def _neighbours(found: re.Match[str], number: int) -> tuple[str, str]:
    """As many characters before and after a match, if there are."""
    start, end = found.span()
    return found.string[max(0, start - number) : start], found.string[end : end + number]


def _guess(strangers: str, left: str, right: str) -> str:
    """What foreign bytes mean in cp1252, or "" if their neighbours do not bear it out."""
    read = _bytes_of(strangers).decode("cp1252", "replace")
    if _PUNCTUATION.fullmatch(read):
        return read
    amid_latin = any(c.isascii() and c.isalpha() for c in (left, right))
    climbs = left.islower() and read[0].isupper()
    return read if _LETTERS.fullmatch(read) and amid_latin and not climbs else ""


def _repairs_of_slips(line: str, settled: str, at: int) -> list[Repair]:
    """A repair for each stretch, shown within its word; none of them is certain."""
    repairs: list[Repair] = []
    for found in _STRANGERS.finditer(line):
        left, right = _neighbours(found, NEARBY)
        start = found.start() - len(_WORD_BEFORE.findall(left)[0])
        end = found.end() + len(_WORD_AFTER.findall(right)[0])
        before, after = excerpts(line[start:end], settled[start:end])
        span = Span(at + found.start(), at + found.end())
        cause = _settled(found)[1]
        repairs.append(Repair(span, cause, _shown(before), after, certain=False))
    return repairs


def _shown(text: str) -> str:
    """The text with foreign bytes as in "\\xe9", other halves of characters and NUL as U+FFFD."""
    told = re.sub("[\udc80-\udcff]", lambda m: f"\\x{ord(m.group()) - 0xDC00:02x}", text)
    return _ANY_STRANGER.sub("\ufffd", told)

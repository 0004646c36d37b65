"""Foreign bytes in a text of UTF-8: another encoding on some lines, or a slip of a byte.

Until it is settled what it means, such a byte stands in the text as a lone surrogate, as Python's
`surrogateescape` has it.
"""

from __future__ import annotations

import re

from builder.decoding import legacy
from builder.decoding.regions import excerpts, joined
from builder.decoding.slips import settle_slips, shown, unreadable
from builder.decoding.western import is_of_one_language
from builder.source import Repair, Span
from builder.values import Record

_BYTES = re.compile("[\udc80-\udcff]+")
_ONLY_BYTES = re.compile("[\0-\x7f\udc80-\udcff]*")


class Evidence(Record):
    """What the foreign bytes of a text tell together.

    `codec` is what those lines are written in that hold nothing but ASCII and foreign bytes, or
    None; `western` says whether single letters may be taken for cp1252.
    """

    codec: str | None = None
    western: bool = False


NO_EVIDENCE = Evidence()


def text_of(data: bytes) -> tuple[str, int]:
    """The text of what may be UTF-8, and how many foreign bytes it holds."""
    try:
        return data.decode(), 0
    except UnicodeDecodeError:
        text = data.decode("utf-8", "surrogateescape")
        return text, _count(text)


def _count(text: str) -> int:
    """How many foreign bytes a text holds."""
    return sum(map(len, _BYTES.findall(text)))


def _has_strangers(text: str) -> bool:
    """Whether a text holds NUL or halves of characters; UTF-8 refuses these sooner than a search
    finds that there are none."""
    try:
        return b"\0" in text.encode()
    except UnicodeEncodeError:
        return True


def evidence(text: str, told: str | None = None) -> tuple[str, Evidence]:
    """What can be told of a text of UTF-8, and the text with all foreign bytes that are bare now.

    `told` is the encoding that its author names, if any.
    """
    strangers = _bytes_of("".join(_BYTES.findall(text)))
    western = is_of_one_language(strangers.decode("cp1252", "ignore"))
    lines = list(map(_bare, text.split("\n")))
    if told and _is_of_single_bytes(told):
        return "\n".join(lines), Evidence(told, western)
    codec = legacy.recognise(_bytes_of("\n".join(filter(_ONLY_BYTES.fullmatch, lines))))
    return "\n".join(lines) if codec else text, Evidence(codec, western)


def _bare(line: str) -> str:
    """A line that is mostly foreign, with those bytes bare, too, that make UTF-8 by chance."""
    strangers = _count(line)
    if strangers == 0:
        return line
    data = _bytes_of(line)
    own = len(line) - strangers - len(data.decode("ascii", "ignore"))
    return data.decode("ascii", "surrogateescape") if strangers > 3 * own else line


def settle(text: str, evidence: Evidence) -> tuple[str, tuple[Repair, ...]]:
    """The text with all strangers settled: foreign bytes, halves of characters, and NUL."""
    if not _has_strangers(text):
        return text, ()
    lines = text.split("\n")
    whole: list[Repair] = []
    slips: list[Repair] = []
    at = 0
    for number, line in enumerate(lines):
        read = _read(line, evidence.codec)
        if read is None:
            lines[number], found = settle_slips(line, at, western=evidence.western)
            slips += found
        else:
            lines[number] = read
            whole.append(_repair_of_line(line, read, at, f"{evidence.codec} amid UTF-8"))
        at += len(line) + 1
    text = "\n".join(lines)
    return text, (*joined(text, whole), *slips)


def left_unreadable(text: str, evidence: Evidence) -> list[int]:
    """The lengths of the stretches of foreign bytes that `settle` cannot read."""
    lines = (line for line in text.split("\n") if _read(line, evidence.codec) is None)
    return [length for line in lines for length in unreadable(line, western=evidence.western)]


def _is_of_single_bytes(encoding: str) -> bool:
    try:
        return len(bytes(range(256)).decode(encoding, "replace")) == 256
    except (LookupError, ValueError):
        return False


def _bytes_of(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _read(line: str, codec: str | None) -> str | None:
    """What a line means that holds foreign bytes and else only ASCII, if its codec is known."""
    if codec is None or not (_BYTES.search(line) and _ONLY_BYTES.fullmatch(line)):
        return None
    try:
        return _bytes_of(line).decode(codec)
    except UnicodeDecodeError:
        return None


def _repair_of_line(line: str, read: str, at: int, cause: str) -> Repair:
    found = [match.span() for match in _BYTES.finditer(line)]
    start, end = found[0][0], found[-1][1]
    before, after = excerpts(line[start:end], read[start:end])
    return Repair(Span(at + start, at + end), cause, shown(before), after)

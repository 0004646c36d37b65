"""One misreading: UTF-8 that was decoded with a code page of single bytes, and its undoing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from builder.patterns import late
from builder.values import Record

CODE_PAGES = (
    "cp1251",
    "cp1252",
    "latin-1",
    "mac_roman",
    "cp1250",
    "cp866",
    "koi8-r",
    "mac_cyrillic",
    "koi8-u",
    "cp437",
    "cp850",
    "cp852",
    "cp1254",
    "iso8859-5",
)
"""What UTF-8 may have been read as, the likelier first."""

_LOSSY = frozenset(("cp1251", "cp1252", "latin-1", "cp1250", "cp1254", "iso8859-5"))
"""Those that show bytes of UTF-8 as nothing, as controls, or as the soft hyphen."""

_SEQUENCE = (
    "[\xc2-\xdf][\x80-\xbf]"
    "|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    "|\xf0[\x90-\xbf][\x80-\xbf]{2}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}"
)
"""One character of UTF-8 (RFC 3629, section 4), each byte shown as the character of its number."""

_GAP = (
    "[\xd0\xd1][?\ufffd ]?"
    "|[\xe2\xef](?:[?\ufffd][\x80-\xbf]|[\x80-\xbf][?\ufffd])"
    "|\xf0(?:[?\ufffd][\x80-\xbf]{2}|[\x80-\xbf](?:[?\ufffd][\x80-\xbf]|[\x80-\xbf][?\ufffd]))"
)
"""A character that lost a byte, which became a question mark, U+FFFD, a space, or nothing."""

_SMALL = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґў"

_HEADS = (0xC2, 0xC3, 0xD0, 0xD1)
"""The first bytes of Western letters and of Cyrillic."""

_WESTERN_TAILS = "".join(map(chr, range(0x80, 0xC0))) + "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ≠∞≤≥∂∑∏π∫Ω"
_WESTERN = f"[Â-ôĂĹ√¬‚][{_WESTERN_TAILS}]"
WESTERN = late(_WESTERN)
"""What UTF-8 of Western letters looks like when it was misread."""

_RUN = late(f"(?:{_SEQUENCE})+")
_RUN_OR_GAP = late(f"(?:{_SEQUENCE})+|{_GAP}")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")


class Undone(Record):
    """What undoing gives: `runs` are the stretches that were restored, without ASCII between.

    `left` are the characters outside ASCII that stayed. `whole` is false where a byte was lost,
    so that a character was guessed or became U+FFFD.
    """

    text: str
    runs: tuple[str, ...]
    left: str
    whole: bool


class Misreading(Record):
    """The undoing for one code page.

    `look` finds lines that may have been misread so. `shown` takes each character to the one
    with the number of its byte; `lost` is the only byte that has no image, if it is one, and
    `space` that of the no-break space, which editors turn into a space.
    """

    code_page: str
    look: re.Pattern[str]
    shown: dict[int, int]
    lost: str
    space: str

    def undo(self, line: str) -> Undone:
        """The line with all that is UTF-8 restored; gaps are filled if no clean letter stands."""
        if self.code_page in _LOSSY:
            undone = self._restore(line, _RUN_OR_GAP)
            if not any(map(str.isalpha, undone.left)):
                return undone
        return self._restore(line, _RUN)

    def _restore(self, line: str, pattern: re.Pattern[str]) -> Undone:
        parts: list[str] = []
        runs: list[str] = []
        left: list[str] = []
        whole, end = True, 0
        for match in pattern.finditer(line.translate(self.shown)):
            between, end = line[end : match.start()], match.end()
            if _RUN.fullmatch(match.group()):
                restored = match.group().encode("latin-1").decode("utf-8")
                runs.append(restored)
                whole = whole and "\ufffd" not in line[match.start() : end]
            else:
                restored, whole = self._fill(match.group()), False
            parts += between, restored
            left += _BEYOND_ASCII.findall(between)
        left += _BEYOND_ASCII.findall(line[end:])
        return Undone("".join(parts) + line[end:], tuple(runs), "".join(left), whole)

    def _fill(self, gap: str) -> str:
        """What stood where a byte was lost, or U+FFFD."""
        if gap == "\xd0 " and self.space:
            return (gap[0] + self.space).encode("latin-1").decode("utf-8", "replace")
        if self.lost and len(gap) > 1 and gap[-1] != " ":
            filled = re.sub("[?\ufffd]", self.lost, gap)
            return filled.encode("latin-1").decode("utf-8", "replace")
        return "\ufffd" + " " * gap.endswith(" ")


def may_be_damaged(text: str) -> bool:
    """Whether a text is `suspicious` or holds what `WESTERN` finds, in one search for both.

    Most clean text is passed over by this alone.
    """
    return bool(_any_damage().search(text))


def suspicious(text: str) -> bool:
    """Whether a text may hold what was misread."""
    return bool(_anything_to_undo().search(text))


@cache
def misreading(code_page: str) -> Misreading:
    characters = _characters(code_page)
    shown = {ord(c): 0x80 + n for n, c in enumerate(characters)}
    strangers = {n: 0xFFFF for n in range(0x80, 0x100) if n not in shown}
    undefined = [c for n, c in enumerate(characters[:0x20]) if ord(c) == 0x80 + n]
    lost = undefined[0] if len(undefined) == 1 else ""
    gap = {0xFFFD: ord(lost)} if lost else {}
    space = characters.find("\xa0")
    return Misreading(
        code_page=code_page,
        look=_look(characters),
        shown=strangers | shown | gap,
        lost=lost,
        space=chr(0x80 + space) if 0 <= space < 0x40 else "",
    )


def _characters(code_page: str) -> str:
    """The upper half of a code page; as on Windows, a byte without image is a control."""
    return "".join(bytes([n]).decode(code_page, "ignore") or chr(n) for n in range(0x80, 0x100))


def _look(characters: str) -> re.Pattern[str]:
    """Two characters in sequence as Cyrillic or Western letters take, or one of three bytes.

    Of those of three bytes the look finds U+2000 to U+27FF: dashes, quotation marks, arrows, signs.
    """

    def at(*numbers: int) -> str:
        return _one_of(characters[n - 0x80] for n in numbers)

    tail = at(*range(0x80, 0xC0))
    pair = at(*_HEADS) + tail
    triple = at(0xE2) + at(*range(0x80, 0xA0)) + tail
    emoji = at(0xF0) + at(0x9F) + tail
    return re.compile(f"{pair}{pair}|{triple}|{emoji}")


def _one_of(characters: Iterable[str]) -> str:
    return "[" + re.escape("".join(characters)) + "]"


@cache
def _anything_to_undo() -> re.Pattern[str]:
    """Three characters such as every look takes, of which the second is looked for: it is rarest.

    Small Cyrillic letters are left out of the tails, for clean text is full of them; damaged text
    has other tails too.
    """
    tails, behind = _tails()
    return re.compile(f"{_one_of(sorted(tails))}{behind}")


@cache
def _any_damage() -> re.Pattern[str]:
    tails, behind = _tails()
    either = _one_of(sorted(tails.union(_WESTERN_TAILS)))
    return re.compile(f"{either}(?:{behind}|(?<={_WESTERN}))")


def _tails() -> tuple[set[str], str]:
    """What the second of the three characters may be, and a pattern for what is around it."""
    pages = [_characters(page) for page in CODE_PAGES]
    heads = {page[n - 0x80] for page in pages for n in (*_HEADS, 0xE2, 0xF0)}
    tails = {tail for page in pages for tail in page[:0x40]} - set(_SMALL)
    head, tail, either = (_one_of(sorted(some)) for some in (heads, tails, heads | tails))
    return tails, f"(?<={head}{tail}){either}"

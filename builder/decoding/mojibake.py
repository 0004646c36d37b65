"""Mojibake told from clean text and restored: UTF-8 that was misread, once or more, and saved.

Undoing is exact; what takes judgement is telling, and that goes by line, for often only a part of
a file is damaged:

- A line is evidently damaged if undoing gives words in Cyrillic, or a mark, dash or quotation mark;
  of Western mojibake such as "cafÃ©" `ftfy` is the judge.
- Code is no evidence, for texts about encodings show mojibake there, and neither is a line with
  more clean letters than damaged ones, or with what would be restored: it talks about them.
- A line that may be damaged ("–∞" is also how "а" looks) is, if the nearest line above or below
  that is not plain ASCII is damaged the same way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from unicodedata import category

from builder.decoding.misreading import (
    CODE_PAGES,
    WESTERN,
    Undone,
    may_be_damaged,
    misreading,
    suspicious,
)
from builder.decoding.regions import excerpts, joined
from builder.patterns import late
from builder.source import Repair, Span
from builder.values import Record

MOST_TIMES = 3
"""How often a text may have been misread and saved."""

Way = tuple[str, ...]
"""The code pages to undo in turn: the last misreading comes first."""

_WORD = late("[А-Яа-яЁёІіЇїЄєҐґЎў]{3,}")
_SIGNS = frozenset("✅❌⚠✔✓☑✗✘✖☒❎–—‘’“”„•…№→←⇒≤≥≠≈−∞")
_CODE = re.compile(r"(`+)(?!`).{1,300}?(?<!`)\1(?!`)|<code>.{0,300}?</code>")
_FENCE = re.compile(r"[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*(`{3,}|~{3,})")
_ASCII = "".join(map(chr, range(128)))
_HALVES = late("[\ud800-\udfff]")
_NO_TEXT = frozenset(("Cc", "Cn", "Co", "Cs"))


class _Mended(Record):
    """A line put right, what had happened to it, and whether all of it could be restored."""

    text: str
    cause: str
    whole: bool = True


def repair(text: str) -> tuple[str, tuple[Repair, ...]]:
    """The text as its author saw it, and what was repaired; clean text comes back as it is."""
    if text.isascii() or not may_be_damaged(text):
        return text, ()
    lines = text.split("\n")
    evident = _evident(lines)
    if not evident:
        return text, ()
    mended = {number: _undo(lines[number], way) for number, way in _spread(lines, evident).items()}
    return _join(lines, mended)


def _join(lines: list[str], mended: dict[int, _Mended]) -> tuple[str, tuple[Repair, ...]]:
    repairs: list[Repair] = []
    at = 0
    for number, line in enumerate(lines):
        if mend := mended.get(number):
            repairs.append(_repair_of_line(line, mend, at))
            lines[number] = mend.text
        at += len(lines[number]) + 1
    text = "\n".join(lines)
    return text, joined(text, repairs)


def _repair_of_line(line: str, mend: _Mended, at: int) -> Repair:
    """The repair from the first character beyond ASCII to the last; the line starts at `at`."""
    first, last = _beyond_ascii(line)
    start, end = _beyond_ascii(mend.text)
    before, after = excerpts(line[first:last], mend.text[start:end])
    return Repair(Span(at + start, at + end), mend.cause, before, after, mend.whole)


def _beyond_ascii(line: str) -> tuple[int, int]:
    """Where the characters outside ASCII begin and end."""
    return len(line) - len(line.lstrip(_ASCII)), len(line.rstrip(_ASCII))


# Telling ---------------------------------------------------------------------------------------


def _evident(lines: Sequence[str]) -> dict[int, Way]:
    """How to undo the lines that are evidently damaged.

    Where several ways give the same text, all such lines take the one that serves most of them.
    """
    found: dict[int, list[Way]] = {}
    votes: Counter[Way] = Counter()
    for number, line in enumerate(lines):
        if may_be_damaged(line):
            prose = _CODE.sub(lambda code: " " * len(code.group()), line)
            known = [way for way in votes if _undoes(prose, way)]
            if ways := known or _ways(prose) or _western_ways(prose):
                found[number] = ways
                votes.update(ways)
    code = _fenced(lines) if found else ()
    return {n: max(w, key=votes.__getitem__) for n, w in found.items() if n not in code}


def _fenced(lines: Sequence[str]) -> set[int]:
    """The lines of fenced code; a fence that is never closed holds none."""
    fenced: set[int] = set()
    first, marker = 0, ""
    for number, line in enumerate(lines):
        fence = _FENCE.match(line)
        if fence and not marker:
            first, marker = number, fence.group(1)
        elif fence and fence.group(1).startswith(marker) and not line[fence.end() :].strip():
            fenced.update(range(first, number + 1))
            marker = ""
    return fenced


def _undoes(line: str, way: Way) -> bool:
    """Whether a way that served before restores a line, evidently, and leaves nothing to undo."""
    undone = Undone(line, (), "", whole=True)
    for page in way:
        if not misreading(page).look.search(undone.text):
            return False
        undone = misreading(page).undo(undone.text)
        if undone.left:
            return False
    return _is_evidence(undone) and not _ways(undone.text)


def _ways(line: str) -> list[Way]:
    """The best ways to undo a line, which all give the same text; none if that is not evident."""
    evident: list[tuple[int, int, Way, str]] = []
    reached: list[tuple[Way, str]] = [((), line)] if suspicious(line) else []
    for times in range(MOST_TIMES):
        steps = [(way, text, page) for way, text in reached for page in CODE_PAGES]
        reached = []
        for way, text, page in steps:
            if not misreading(page).look.search(text):
                continue
            undone = misreading(page).undo(text)
            if undone.left and times:
                continue
            if undone.runs and not undone.left:
                reached.append(((*way, page), undone.text))
            if _is_evidence(undone):
                evident.append((-times, len(undone.left), (*way, page), undone.text))
    best = min((key[:2] for key in evident), default=None)
    equal = [(way, text) for *key, way, text in evident if tuple(key) == best]
    return [way for way, text in equal if text == equal[0][1]]


def _is_evidence(undone: Undone) -> bool:
    """Whether what was restored is beyond chance."""
    if not _is_text(undone):
        return False
    letters = "".join(word for run in undone.runs for word in _WORD.findall(run))
    if len(set(letters.lower())) >= 3:
        return sum(map(str.isalpha, undone.left)) <= len(letters)
    signs = (c for run in undone.runs for c in run if c in _SIGNS or c >= "\U0001f000")
    return not undone.left and any(signs)


def _is_text(undone: Undone) -> bool:
    return not any(category(character) in _NO_TEXT for run in undone.runs for character in run)


def _western_ways(line: str) -> list[Way]:
    """The ways that give what `ftfy` takes for the line's text, if it finds the line damaged."""
    if not WESTERN.search(line) or _HALVES.search(line):
        return []
    import ftfy  # noqa: PLC0415 - 55 ms, which clean text need not wait for

    fixed = ftfy.fix_encoding(line, ftfy.TextFixerConfig(fix_c1_controls=False))
    restored = {c for c in set(fixed) if not c.isascii() and fixed.count(c) > line.count(c)}
    if fixed == line or any(c in line for c in restored):
        return []
    ways: list[Way] = [()]
    for _ in range(MOST_TIMES):
        ways = [(*way, page) for way in ways for page in CODE_PAGES if _changes(line, way, page)]
        if found := [way for way in ways if _undo(line, way).text == fixed]:
            return found
    return []


def _changes(line: str, way: Way, page: str) -> bool:
    text = _undo(line, way).text
    return misreading(page).undo(text).text != text


def _spread(lines: Sequence[str], evident: dict[int, Way]) -> dict[int, Way]:
    """The same, and lines that may be damaged as their neighbours are follow them.

    So do lines of which a part of the way is evident: dashes, misread twice, look so after once.
    """
    ways = dict(evident)
    beyond_ascii = [number for number, line in enumerate(lines) if not line.isascii()]
    for order in (beyond_ascii, beyond_ascii[::-1]):
        current: Way = ()
        for number in order:
            own = ways.get(number, ())
            longer = len(current) > len(own) and current[: len(own)] == own
            if longer and _may_be_damaged(lines[number], current):
                ways[number] = current
            current = ways.get(number, ())
    return ways


def _may_be_damaged(line: str, way: Way) -> bool:
    for page in way:
        undone = misreading(page).undo(line)
        if undone.left or not undone.runs:
            return False
        line = undone.text
    return _is_text(undone)


# Undoing ---------------------------------------------------------------------------------------


def _undo(line: str, way: Way) -> _Mended:
    whole, text = True, line
    for page in way:
        undone = misreading(page).undo(text)
        whole = whole and undone.whole and not any(map(str.isalpha, undone.left))
        text = undone.text
    return _Mended(text, "UTF-8 read as " + ", then as ".join(reversed(way)), whole)

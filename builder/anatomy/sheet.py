"""Answers at the end of a file: "1. B", "2 - А, В", a table of numbers and letters, or texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from builder.anatomy.headed_sheet import headed_sheet
from builder.anatomy.tables import COUNTED, WHY, cells_of
from builder.patterns import late
from builder.scan import OPENED, Block, Line, Shape, cut, inside
from builder.signals.announcements import Announced, Part, announced
from builder.signals.labels import named
from builder.signals.phrases import QUESTION_MARKS, bare
from builder.values import Record, replace

_ENTRY = late(
    r"[*_\s]{0,3}(?:№|#|q|question|вопрос|задание)?\s?(?P<number>\d{1,4})[*_]{0,3}\s{0,2}[.):：\-–—→=|]{0,2}[*_]{0,3}\s*",
    re.IGNORECASE,
)
_SEVERAL = late(
    r"(?:^|[\s,;|])(?P<number>\d{1,4})\s?[.):\-–—]\s?(?P<labels>[^\W\d_](?:\s?[,/]?\s?[^\W\d_](?![^\W_]))*)(?=$|[\s,;|.*_])"
)


_Entry = tuple[str, Block]


class Sheet(Record):
    """A sheet of answers: below which block of the stream it stood, and its entries by number.

    `frame` is what of it is no entry: its heading, the head of a table.
    """

    start: int
    answers: dict[str, Block]
    frame: tuple[Block, ...]


def take_sheets(stream: Sequence[Block]) -> tuple[list[Block], list[Sheet]]:
    """A stream without its sheets of answers: two entries or more, most of them letters, or as many
    as the list right above asks questions, which become headings."""
    kept: list[Block] = []
    sheets: list[Sheet] = []
    stop = 0
    for at, block in enumerate(stream):
        if at < stop:
            continue
        said = announced(block.text.text) if block.shape in _ANNOUNCES else None
        if said and said.part is Part.ANSWER and (found := _sheet(stream, at, said)):
            stop, answers = found
            if _all_asked(stream, at, tuple(answers)):
                kept[-len(answers) :] = map(_heading, kept[-len(answers) :])
                answers = {number: _unlisted(entry) for number, entry in answers.items()}
            sheets.append(Sheet(len(kept), answers, _frame(stream[at:stop])))
        else:
            kept.append(block)
    return kept, sheets


def _frame(blocks: Sequence[Block]) -> tuple[Block, ...]:
    first, *entries = blocks
    heads = [Block(Shape.TABLE, entry.lines[:2], entry.text)
             for entry in entries if entry.shape is Shape.TABLE]  # fmt: skip
    parts = [block for block in entries if block.shape in (Shape.HEADING, Shape.RULE, Shape.HTML)]
    parts += [Block(Shape.PARAGRAPH, lines, lines[0]) for block in entries
              if block.shape is Shape.FENCE
              for lines in (block.lines[:1], block.lines[-1:])]  # fmt: skip
    return (Block(Shape.PARAGRAPH, first.lines[:1], first.text), *heads, *parts)


_ANNOUNCES = frozenset((Shape.HEADING, Shape.PARAGRAPH))
MOST_INTRO = 2
"""Blocks between the heading of a sheet and its first entry; they are left to be reported."""


def _sheet(
    stream: Sequence[Block], at: int, said: Announced
) -> tuple[int, dict[str, Block]] | None:
    """Where the sheet ends that a block announces, as it is said, and its entries."""
    block = stream[at]
    rest = cut(block.text, said.end)
    headed = block.shape is Shape.HEADING
    inline = len(_SEVERAL.findall(rest.text)) > 1 and _alone(stream, at)
    if not (rest.blank or inline) and (not headed or named(rest.text)):
        return None
    below = block.lines[1:] if block.shape is Shape.PARAGRAPH else ()
    below = (rest, *below) if inline else below
    own = [Block(Shape.PARAGRAPH, below, cut(below[0], 0))] if below else []
    if headed and (found := headed_sheet(stream, at + 1, block.level)):
        return found
    stop, entries = _entries(stream, at + 1, own, block.level if headed else 0)
    clear = sum(1 for _, entry in entries if named(entry.text.text))
    if len(entries) < 2 or (
        2 * clear < len(entries) and not _all_asked(stream, at, [number for number, _ in entries])
    ):
        return None
    return stop, dict(entries)


def _all_asked(stream: Sequence[Block], at: int, numbers: Sequence[str]) -> bool:
    """Whether the list right above a sheet asks what is answered: items counted alike."""
    above = stream[max(0, at - len(numbers)) : at]
    asking = sum(bare(block.text.text).endswith(QUESTION_MARKS) for block in above)
    counts = [block.marker[:-1] for block in above if block.shape is Shape.ITEM]
    return counts == [*numbers] and 2 * asking > len(above)


def _unlisted(entry: Block) -> Block:
    return Block(Shape.PARAGRAPH, inside(entry), entry.text)


def _heading(item: Block) -> Block:
    return replace(item, shape=Shape.HEADING, level=OPENED)


def _alone(stream: Sequence[Block], at: int) -> bool:
    """Whether no other answer is announced, so that “1-b, 2-a” are no pairs of one question."""
    said = (announced(block.text.text) for n, block in enumerate(stream)
            if n != at and block.shape in _ANNOUNCES)  # fmt: skip
    return not any(one and one.part is Part.ANSWER for one in said)


def _entries(
    stream: Sequence[Block], at: int, own: Sequence[Block], level: int
) -> tuple[int, list[_Entry]]:
    """Where a sheet ends below a heading of some level, 0 without a heading, and its entries."""
    entries = [entry for block in own for entry in _read(block)]
    seen = {number for number, _ in entries}
    stop = at
    while at < len(stream):
        read = _read(stream[at])
        new = [entry for entry in read if entry[0] not in seen]
        if new or (read and stream[at].shape is Shape.ITEM):  # a number was typed twice
            entries += new
            seen.update(number for number, _ in new)
            stop = at + 1
        elif not _goes_on(stream[at], level, intro=not entries and at - stop < MOST_INTRO):
            break
        at += 1
    return stop, entries


def _goes_on(block: Block, level: int, intro: bool) -> bool:
    """Whether a block that is no entry does not end the sheet: a heading of a part of it."""
    if block.shape is Shape.HEADING:
        return block.level > level > 0
    spoken = block.shape in (Shape.QUOTE, Shape.PARAGRAPH)
    framed = block.shape is Shape.RULE or (block.shape is Shape.HTML and block.marker != "")
    return level > 0 and (framed or (intro and spoken))


def _read(block: Block) -> Sequence[_Entry]:
    """The entries of a block."""
    if block.shape is Shape.ITEM and (number := block.number):
        return [(number, block)]
    if block.shape is Shape.TABLE:
        rows = [cells_of(line) for line in (block.lines[0], *block.lines[2:])]
        return [entry for row in rows for entry in _read_row(row, rows[0])]
    if block.shape is Shape.FENCE:
        return [entry for line in block.lines[1:] for entry in _read_line(line)]
    return _read_lines(block) if block.shape in (Shape.PARAGRAPH, Shape.ITEM) else ()


def _read_lines(block: Block) -> Sequence[_Entry]:
    """The entries of a paragraph; a line that names no answer goes on with the one above it."""
    entries: list[_Entry] = []
    for line in block.lines:
        read = list(_read_line(line))
        if read and (not entries or all(named(entry.text.text) for _, entry in read)):
            entries += read
        elif entries and not line.blank:
            number, entry = entries[-1]
            entries[-1] = number, replace(entry, lines=(*entry.lines, cut(line, 0)))
    return entries


def _read_row(row: Sequence[Line], head: Sequence[Line]) -> Iterator[_Entry]:
    """The entries of a row: a number, the answer, and what else is said, under its heading."""
    counts = [COUNTED.fullmatch(bare(cell.text)) for cell in row]
    starts = [at for at, count in enumerate(counts[:-1])
              if count and (at == 0 or _names_only(row[at + 1]))]  # fmt: skip
    for start, stop in pairwise([*starts, len(row)]):
        answer, count = row[start + 1], counts[start]
        if count and not answer.blank and stop > start + 1:
            more = (_headed(row[at], head[at]) if at < len(head) else row[at]
                    for at in range(start + 2, stop) if not row[at].blank)  # fmt: skip
            yield count[1], Block(Shape.PARAGRAPH, (answer, *more), answer)
    if not starts and len(row) > 0:
        whole = row[0].showing(" | ".join(cell.text for cell in row))
        yield from _read_line(whole)


def _names_only(cell: Line) -> bool:
    found = named(cell.text)
    return found is not None and not found.rest


def _headed(cell: Line, head: Line) -> Line:
    """A cell behind the name of its column, unless that is one of reasons."""
    name = bare(head.text)
    return cell if not name or WHY.match(name) else cell.showing(f"{name}: {cell.text}")


def _read_line(line: Line) -> Iterator[_Entry]:
    several = list(_SEVERAL.finditer(line.text))
    if len(several) > 1:
        for match in several:
            part = cut(line, *match.span("labels"))
            yield match["number"], Block(Shape.PARAGRAPH, (part,), part)
    elif entry := _ENTRY.match(line.text):
        part = cut(line, entry.end(), len(line.text.rstrip(" |")))
        if not part.blank:
            yield entry["number"], Block(Shape.PARAGRAPH, (part,), part)

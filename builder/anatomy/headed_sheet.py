"""Sheets of answers in which each answer has a heading of its own:

## Answers

### Question 1

**Answer:** B

It keeps the greatest.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from builder.anatomy.faces import closed
from builder.scan import Block, Line, Shape, cut
from builder.signals.announcements import Part, announced
from builder.signals.labels import counted, named


def headed_sheet(
    stream: Sequence[Block], at: int, level: int
) -> tuple[int, dict[str, Block]] | None:
    """A sheet below a heading of some level, of which each entry has a heading of its own:
    "### Question 1", and below it "**Answer:** B" and why. None where most name no option."""
    heads, end = _heads(stream, at, level)
    counts = {n: count for n in heads if (count := counted(stream[n].text.text)) and count.known}
    rank = min((stream[n].level for n in counts), default=0)
    marks = [n for n in heads if stream[n].level <= rank]
    if len(counts) < 2 or any(map(_says, stream[at : marks[0]])):
        return None
    entries: dict[str, Block] = {}
    for place, stop in pairwise([*marks, end]):
        told = [block for block in stream[place + 1 : stop] if _says(block)]
        count = counts.get(place)
        if count is None and told:  # it stands below the sheet
            end = place
            break
        if count and count.number in entries:
            return None
        if count and (entry := _entry(cut(stream[place].text, count.end), told)):
            entries[count.number] = entry
    clear = sum(named(entry.text.text) is not None for entry in entries.values())
    return (end, entries) if len(entries) > 1 and 2 * clear >= len(entries) else None


def _heads(stream: Sequence[Block], at: int, level: int) -> tuple[list[int], int]:
    """The headings below one of some level, and where another of its rank begins."""
    heads: list[int] = []
    for here in range(at, len(stream)):
        if stream[here].shape is Shape.HEADING:
            if stream[here].level <= level:
                return heads, here
            heads.append(here)
    return heads, len(stream)


def _entry(behind: Line, told: Sequence[Block]) -> Block | None:
    """What stands behind a number, or else below it, as an answer."""
    first, lines = _answer_behind(behind), [line for block in told for line in block.lines]
    if first.blank and told:
        first = _answer_behind(told[0].text) if told[0].shape in _SPOKEN else lines[0]
        del lines[0]
    return None if first.blank else Block(Shape.PARAGRAPH, (first, *lines), first)


def _says(block: Block) -> bool:
    """Whether a block is text, not a rule or a tag that frames some."""
    return block.shape is not Shape.RULE and not (block.shape is Shape.HTML and block.marker)


_SPOKEN = (Shape.PARAGRAPH, Shape.ITEM, Shape.QUOTE)


def _answer_behind(line: Line) -> Line:
    """What a line says behind words such as "Answer:", or all of it."""
    said = announced(line.text)
    if said is None or said.part is not Part.ANSWER:
        return line
    return closed(line.text[: said.end], cut(line, said.end))

"""Answers at the end of a file: "1. B", "2 - А, В", a table of numbers and letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.scan import Block, Line, Shape, cut
from builder.signals.announcements import Part, announced
from builder.signals.labels import named

_ENTRY = re.compile(
    r"[*_\s]{0,3}(?:№|#|q|question|вопрос|задание)?\s?(?P<number>\d{1,4})[*_]{0,3}\s{0,2}[.):：\-–—→=|]{0,2}[*_]{0,3}\s*",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"(?:^|[\s,;|])(?P<number>\d{1,4})\s?[.):\-–—]\s?(?P<labels>[^\W\d_](?:\s?[,/]?\s?[^\W\d_](?![^\W_]))*)(?=$|[\s,;|.])"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of answers: below which block of the stream it stood, and its entries by number.

    `frame` is what of it is no entry: its heading, the head of a table.
    """

    start: int
    answers: dict[str, Block]
    frame: tuple[Block, ...]


def take_sheets(stream: Sequence[Block]) -> tuple[list[Block], list[Sheet]]:
    """A stream without its sheets of answers: two entries or more, most of them letters."""
    kept: list[Block] = []
    sheets: list[Sheet] = []
    stop = 0
    for at, block in enumerate(stream):
        if at < stop:
            continue
        if block.shape in _ANNOUNCES and (found := _sheet(stream, at)):
            stop, answers = found
            sheets.append(Sheet(len(kept), answers, _frame(stream[at:stop])))
        else:
            kept.append(block)
    return kept, sheets


def _frame(blocks: Sequence[Block]) -> tuple[Block, ...]:
    first, *entries = blocks
    heads = [Block(Shape.TABLE, entry.lines[:2], entry.text)
             for entry in entries if entry.shape is Shape.TABLE]  # fmt: skip
    return (Block(Shape.PARAGRAPH, first.lines[:1], first.text), *heads)


_ANNOUNCES = (Shape.HEADING, Shape.PARAGRAPH)


def _sheet(stream: Sequence[Block], at: int) -> tuple[int, dict[str, Block]] | None:
    """Where the sheet that a block announces ends, and its entries."""
    block = stream[at]
    said = announced(block.text.text)
    if not said or said.part is not Part.ANSWER or not cut(block.text, said.end).blank:
        return None
    below = block.lines[1:] if block.shape is Shape.PARAGRAPH else ()
    own = [Block(Shape.PARAGRAPH, below, cut(below[0], 0))] if below else []
    stop, entries = _entries(stream, at + 1, own)
    clear = sum(1 for _, entry in entries if named(entry.text.text))
    if len(entries) < 2 or 2 * clear < len(entries):
        return None
    return stop, dict(entries)


def _entries(
    stream: Sequence[Block], at: int, own: Sequence[Block]
) -> tuple[int, list[tuple[str, Block]]]:
    entries = [entry for block in own for entry in _read(block)]
    while at < len(stream):
        read = list(_read(stream[at]))
        if not read:
            break
        entries += read
        at += 1
    return at, entries


def _read(block: Block) -> Iterator[tuple[str, Block]]:
    """The entries of a block."""
    if block.shape is Shape.ITEM and block.marker[:-1].isdecimal():
        yield block.marker[:-1], block
    elif block.shape in (Shape.PARAGRAPH, Shape.ITEM):
        for line in block.lines:
            yield from _read_line(line)
    elif block.shape is Shape.TABLE:
        for line in (block.lines[0], *block.lines[2:]):
            yield from _read_line(cut(line, 1) if line.text.lstrip().startswith("|") else line)


def _read_line(line: Line) -> Iterator[tuple[str, Block]]:
    several = list(_SEVERAL.finditer(line.text))
    if len(several) > 1:
        for match in several:
            part = cut(line, *match.span("labels"))
            yield match["number"], Block(Shape.PARAGRAPH, (part,), part)
    elif entry := _ENTRY.match(line.text):
        part = cut(line, entry.end(), len(line.text.rstrip(" |")))
        if not part.blank:
            yield entry["number"], Block(Shape.PARAGRAPH, (part,), part)

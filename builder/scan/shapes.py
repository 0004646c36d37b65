"""Blocks: what a file is made of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from builder.model import Passage
from builder.scan import shape as Shape  # noqa: N812 - read like an enum
from builder.scan.lines import Line, dedent, indent_of
from builder.source import Source, Span
from builder.values import Record

OPENED = 7
"""The level of a heading that was none in the file, such as an item of a list or a row of a table:
below all real ones."""


class Block(Record):
    """A block and its lines, without the blank ones at its end.

    `text` is what the first line holds besides its markup: a heading without "##", an item
    without its bullet. `marker` is that markup ("##", "-", "2."); `level` the rank of a heading,
    or the column where the content of an item begins. `closed` is false for a fence, a comment
    or front matter that its author never ends.
    """

    shape: Shape.OneOf
    lines: tuple[Line, ...]
    text: Line
    marker: str = ""
    level: int = 0
    closed: bool = True

    @property
    def first(self) -> int:
        return self.lines[0].number

    @property
    def last(self) -> int:
        return self.lines[-1].number

    @property
    def span(self) -> Span:
        return Span(self.lines[0].offset, self.lines[-1].end)

    @property
    def number(self) -> str:
        """What an item is counted with, "2" of "2." and "2)"; "" where no number is."""
        number = self.marker[:-1]
        return number if number.isdecimal() else ""


class Page(Record, eq=False, weakref=True, gc=True):
    """A scanned file: its top-level blocks, in order. Every non-blank line is in one of them.

    Two pages are equal only if they are the same one, so that work on a page can be remembered.
    """

    source: Source
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]


def passage(lines: Sequence[Line]) -> Passage | None:
    """The Markdown that some lines make, blank ones at both ends dropped; None if nothing is left.

    Lines that are not neighbours are kept apart by a blank line.
    """
    if len(lines) == 1 and (only := lines[0].text) and not only.isspace():
        line = lines[0] if only[0] != " " else _dedented(lines)[0]
        return Passage(line.text, (line.span,))
    start, end = 0, len(lines)
    while start < end and lines[start].blank:
        start += 1
    while end > start and lines[end - 1].blank:
        end -= 1
    if start == end:
        return None
    kept = lines[start:end]
    if kept[0].text[:1] == " ":
        kept = _dedented(kept)
    text, spans = [kept[0].text], [Span(kept[0].offset, kept[0].end)]
    for previous, line in pairwise(kept):
        if line.number <= previous.number + 1:
            spans[-1] = Span(spans[-1].start, max(spans[-1].start, line.end))
        else:
            text.append("")
            spans.append(Span(line.offset, line.end))
        text.append(line.text)
    return Passage("\n".join(text), tuple(spans))


def _dedented(lines: Sequence[Line]) -> Sequence[Line]:
    """Lines without the white space that all of them begin with, up to three columns."""
    columns = min(3, *(indent_of(line.text) for line in lines if not line.blank))
    return [dedent(line, columns) for line in lines]


def trimmed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines without the blank ones at their end, the first kept whatever it is."""
    end = len(lines)
    while end > 1 and lines[end - 1].blank:
        end -= 1
    return tuple(lines[:end])

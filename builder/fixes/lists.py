"""Lists indented so that their nesting can be seen."""

from __future__ import annotations

from collections.abc import Iterator

from builder.fixes.edits import Edit
from builder.reading import Reading
from builder.scan import Block, Shape, blocks, indent_of, inside, scan
from builder.scan.markup import ITEM
from builder.source import Source, Span

WIDEST_GAP = 4
"""Spaces behind a marker; where there are more, the item begins with indented code."""


def edits(reading: Reading) -> Iterator[Edit]:
    """Nested items begin where the text of their parent does, others at the margin.

    White space is all that is touched: at the start of a line, and a tab behind a marker.
    """
    source = reading.source
    columns: dict[int, int] = {}
    for block in scan(source).blocks:
        if block.shape is Shape.ITEM:
            _place(block, 0, columns)
            yield from _tabs_behind_markers(block)
    for number, column in columns.items():
        yield from _margin(source, number, column)


def _place(item: Block, column: int, columns: dict[int, int]) -> None:
    """Finds the column at which each line of an item is to begin, itself beginning at `column`.

    A line that continues a paragraph lazily, to the left of the item's text, stays.
    """
    columns.setdefault(item.first, column)
    content = column + len(item.marker) + _gap(item)
    for block in blocks(inside(item)):
        if block.shape is Shape.ITEM:
            _place(block, content, columns)
            continue
        for line in block.lines:
            original = item.lines[line.number - item.first]
            if not line.blank and indent_of(original.text) >= item.level:
                columns.setdefault(line.number, content + indent_of(line.text))


def _gap(item: Block) -> int:
    """How many spaces are to stand behind the marker."""
    match = ITEM.match(item.lines[0].text)
    gap = (match[3] or "") if match else ""
    return len(gap) if gap and "\t" not in gap and len(gap) <= WIDEST_GAP else 1


def _tabs_behind_markers(item: Block) -> Iterator[Edit]:
    first = item.lines[0]
    match = ITEM.match(first.text)
    if match and match[3] and "\t" in match[3] and indent_of(match[3]) <= WIDEST_GAP:
        yield Edit(Span(first.offset + match.start(3), first.offset + match.end(3)), " ")
    for block in blocks(inside(item)):
        if block.shape is Shape.ITEM and block.first != item.first:
            yield from _tabs_behind_markers(block)


def _margin(source: Source, number: int, column: int) -> Iterator[Edit]:
    line = source.lines[number - 1]
    margin = line[: len(line) - len(line.lstrip(" \t"))]
    if margin != " " * column:
        start = source.starts[number - 1]
        yield Edit(Span(start, start + len(margin)), " " * column)

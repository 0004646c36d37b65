"""White space at the end of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builder.fixes.edits import Edit
from builder.reading import Reading
from builder.scan import Block, Shape, blocks, inside, scan
from builder.source import Span

_LITERAL = (Shape.FENCE, Shape.CODE, Shape.HTML, Shape.FRONT_MATTER)
_AT_END = re.compile(r"[ \t]+$")
_HARD_BREAK = re.compile(r"\S.*? {2,}$")


def edits(reading: Reading) -> Iterator[Edit]:
    """White space that shows nothing: not that in code, nor the two spaces that break a line."""
    source = reading.source
    literal = set(_literal_lines(scan(source).blocks))
    for number, line in enumerate(source.lines, 1):
        end = _AT_END.search(line)
        if not end or number in literal:
            continue
        below = source.lines[number] if number < len(source.lines) else ""
        if _HARD_BREAK.match(line) and below.strip():
            continue
        start = source.starts[number - 1]
        yield Edit(Span(start + end.start(), start + end.end()), "")


def _literal_lines(found: Sequence[Block]) -> Iterator[int]:
    for block in found:
        if block.shape in _LITERAL:
            yield from (line.number for line in block.lines)
        elif block.shape in (Shape.ITEM, Shape.QUOTE) and len(block.lines) > 1:
            yield from _literal_lines(blocks(inside(block)))

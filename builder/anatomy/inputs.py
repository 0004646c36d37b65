"""Options that a form of HTML asks for: `<input type="radio"> MaxPooling`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from builder.anatomy.wrappers import framed
from builder.patterns import late
from builder.scan import Block, Line, Shape, cut
from builder.values import replace

_INPUT = late(
    r"\s*(?:<label\b[^<>]*+>\s*+)?<input\b(?P<told>[^<>]*+)>\s*+(?:</?label\b[^<>]*+>\s*+)*+",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"\btype\s*=\s*[\"']?(?:radio|checkbox)\b", re.IGNORECASE)
_END = re.compile(r"\s?(?:</label\s?>|<br\s?/?>)$", re.IGNORECASE)
MOST_ENDS = 3
"""Tags that are taken off the end of a line."""
_FORM = re.compile(r"\s*</?(?:form|fieldset)\b[^<>]*>\s*$", re.IGNORECASE)
_CHECKED = re.compile(r"\bchecked\b", re.IGNORECASE)
_SHAPES = frozenset((Shape.HTML, Shape.PARAGRAPH, Shape.ITEM))


def boxed_inputs(found: Sequence[Block]) -> Sequence[Block]:
    """Blocks with items with check boxes in place of such lines."""
    if not any(block.text.text[:1] == "<" and _asks(block) for block in found):
        return found
    return [part for block in found for part in _parts(block)]


def _parts(block: Block) -> Iterator[Block]:
    if block.shape not in _SHAPES or not _asks(block):
        yield block
    elif block.shape is Shape.ITEM:
        yield replace(block, text=_boxed(block.text))
    else:
        for asks, lines in groupby(block.lines, _is_input):
            if asks:
                yield from (Block(Shape.ITEM, (line,), _boxed(line), "-") for line in lines)
            else:
                yield from _rest(block, list(lines))


def _rest(block: Block, lines: Sequence[Line]) -> Iterator[Block]:
    """Other lines of a block, apart from the tags of a form, which only frame."""
    for frames, own in groupby(lines, lambda line: bool(_FORM.match(line.text))):
        kept = tuple(own)
        part = replace(block, lines=kept, text=cut(kept[0], 0))
        yield framed(replace(part, shape=Shape.HTML)) if frames else part


def _asks(block: Block) -> bool:
    return any("<input" in line.text for line in block.lines)


def _is_input(line: Line) -> bool:
    return _boxed(line) is not line


def _boxed(line: Line) -> Line:
    """A line of a form as what stands behind the bullet of an item; others as they are."""
    match = _INPUT.match(line.text)
    if not match or not _CHOICE.search(match["told"]):
        return line
    text = line.text[match.end() :].rstrip()
    for _ in range(MOST_ENDS):
        text = _END.sub("", text).rstrip()
    return line.showing(f"[{'x' if _CHECKED.search(match['told']) else ' '}] {text}")

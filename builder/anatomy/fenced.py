"""Options in a fence, which its author took for a frame."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.anatomy.wrappers import DETAILS
from builder.scan import Block, Line, Shape, cut
from builder.signals.announcements import Part, announced
from builder.signals.labels import counts_up

_OPTION = re.compile(r"\s*\(?(?P<label>[^\W\d_])[).]\s+\S")


def fenced_options(fence: Block, below: Block) -> Sequence[Block]:
    """The options that a fence holds, if an answer stands below it; none if it holds code.

    Its own lines become blocks that only frame them.
    """
    lines = fence.lines[1:-1]
    labels = [match["label"] for line in lines if (match := _OPTION.match(line.text))]
    if len(labels) < max(2, len(lines)) or not counts_up(labels) or not _answers(below):
        return ()
    opening, closing = (_frame(line) for line in (fence.lines[0], fence.lines[-1]))
    options = (Block(Shape.PARAGRAPH, (line,), cut(line, 0)) for line in lines)
    return (opening, *options, closing)


def _frame(line: Line) -> Block:
    return Block(Shape.HTML, (line,), line, "```")


def _answers(block: Block) -> bool:
    if block.shape is Shape.HTML:
        return block.text.text.lstrip()[: len(DETAILS) - 1].lower() == DETAILS[:-1]
    said = announced(block.text.text)
    return said is not None and said.part is Part.ANSWER

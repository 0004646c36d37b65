"""Options that are mere lines, known by an answer below them that repeats one."""

from __future__ import annotations

from collections.abc import Sequence

from builder.anatomy.cutting import Piece
from builder.anatomy.faces import face
from builder.anatomy.keys import answer_in
from builder.anatomy.runs import Run
from builder.anatomy.ways import Way
from builder.scan import Block, Line, Shape, cut
from builder.signals.phrases import bare
from builder.similarity import normal
from builder.values import replace


def lined_up(piece: Piece, ways: Sequence[Way]) -> tuple[Piece, Run] | None:
    """A piece with the lines above its answer as a list, if the answer repeats one of them.

    What is asked ends with the last line that asks above the one repeated, or with the first, or
    with the first block, if that is a line that asks: options may do so too.
    """
    end, said = _answer(piece.blocks)
    frames = [block for block in piece.blocks[1:end] if _frames(block)]
    above = [block for block in piece.blocks[:end] if block not in frames]
    lines = _lines(above)
    names = [normal(bare(line.text)) for line in lines]
    if not said or names.count(said) != 1:
        return None
    at = names.index(said)
    asked = [n for n in range(at) if lines[n].text.rstrip("*_ ").endswith(_ASKS)]
    alone = len(piece.blocks[0].lines) == 1 and 0 in asked
    start = 1 if alone else max(asked, default=0) + 1
    if start > at or len(lines) - start < 2:
        return None
    head = _first(above, start)
    items = [Block(Shape.ITEM, (line,), cut(line, 0), "-", 0) for line in lines[start:]]
    places = tuple(range(len(head), len(head) + len(items)))
    way = next(way for way in ways if not way.evident)
    run = Run(len(head), places[-1] + 1, places, tuple(face(item.text) for item in items), way)
    blocks = [*head, *items, *frames, *piece.blocks[end:]]
    return replace(piece, blocks=blocks, runs=(run,)), run


def _first(blocks: Sequence[Block], lines: int) -> list[Block]:
    """The blocks that hold the first lines of some, the last one cut."""
    found: list[Block] = []
    for block in blocks:
        if lines > 0:
            found.append(replace(block, lines=block.lines[:lines]))
        lines -= len(block.lines)
    return found


_ASKS = ("?", "？", ":", "：", "…", "___")


def _answer(blocks: Sequence[Block]) -> tuple[int, str]:
    """Where an answer is announced, and its text there or right below, as names are compared."""
    for at, block in enumerate(blocks):
        said = answer_in(block) if at else None
        if said is not None:
            below = (other.text for other in blocks[at + 1 :] if not _frames(other))
            text = next(below, said) if said.blank else said
            return at, normal(bare(text.text))
    return 0, ""


def _frames(block: Block) -> bool:
    return block.shape is Shape.HTML and block.marker != ""


def _lines(blocks: Sequence[Block]) -> list[Line]:
    """The lines of a beginning and of paragraphs below it; none if other blocks are there."""
    if any(block.shape is not Shape.PARAGRAPH for block in blocks[1:]):
        return []
    return [line for block in blocks for line in (block.text, *block.lines[1:])]

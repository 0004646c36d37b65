"""What is left of a question's blocks: the explanation, and what only frames it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builder.anatomy.faces import closed
from builder.anatomy.head import is_comment, metadata_tags
from builder.anatomy.keys import Key
from builder.anatomy.options import unquoted
from builder.anatomy.wrappers import SUMMARY
from builder.scan import Block, Shape, cut, inside
from builder.signals.announcements import ANSWERED, Part, announced
from builder.source import Span
from builder.values import Draft, field, replace


class Remainder(Draft):
    """Blocks that explain, places that are not shown, tags that stand among them."""

    shown: list[Block] = field(default_factory=list)
    hidden: list[Span] = field(default_factory=list)
    tags: tuple[str, ...] = ()


def read_remainder(blocks: Sequence[Block], key: Key | None, is_open: bool) -> Remainder:
    """Sorts what is left. In an open question the words "Answer:" only announce what is shown."""
    found = Remainder()
    for block in _without_key(blocks, key, found.hidden) if key else blocks:
        tags = metadata_tags(block)
        if tags is not None:
            found.tags += tags
            found.hidden.append(block.span)
        elif _only_frames(block) or _leads_back(block):
            found.hidden.append(block.span)
        else:
            part = _unlabelled(block, is_open)
            if part is not block:
                found.hidden.append(block.lines[0].span)
            if part:
                found.shown.append(part)
    if len(found.shown) == 1:
        found.shown = [unquoted(found.shown[0])]
    return found


def _without_key(blocks: Sequence[Block], key: Key, hidden: list[Span]) -> Iterator[Block]:
    """The blocks without the lines that only name the right options."""
    keyed = set(key.lines)
    for block in blocks:
        if keyed.isdisjoint(block.lines):
            yield block
            continue
        hidden += [line.span for line in block.lines if line in keyed]
        if key.rest:
            yield Block(Shape.PARAGRAPH, (key.rest, *unquoted(block).lines[1:]), key.rest)
            continue
        lines = tuple(line for line in block.lines if line not in keyed)
        if not all(line.blank for line in lines):
            yield replace(block, lines=lines, text=cut(lines[0], 0))


def _only_frames(block: Block) -> bool:
    if block.shape is Shape.HTML:
        return is_comment(block) or block.marker not in ("", SUMMARY)
    return block.shape is Shape.RULE


_BACK = re.compile(r"[\W_]*\[[^\]\[]*+\]\(#[^()]*+\)\W*$")


def _leads_back(block: Block) -> bool:
    """Whether a block is nothing but a link to another place of the file."""
    if block.shape is not Shape.PARAGRAPH or "](#" not in block.lines[0].text:
        return False
    return all(_BACK.match(line.text) for line in block.lines)


def _unlabelled(block: Block, is_open: bool) -> Block | None:
    """A block without the words that announce it; None if it says nothing else."""
    if block.marker == SUMMARY:
        return None
    if block.shape is Shape.ITEM and not is_open:
        return _explaining(block)
    if block.shape is Shape.QUOTE and _explains(block):
        return _unlabelled(unquoted(block), is_open)
    if block.shape not in (Shape.PARAGRAPH, Shape.HEADING):
        return block
    if is_open and (match := ANSWERED.match(block.text.text)):
        end = match.end()
    elif (said := announced(block.text.text)) and said.part is not Part.REMARK:
        end = said.end
        if said.part is Part.ANSWER and not is_open and not cut(block.text, end).blank:
            return block
    else:
        return block
    rest = closed(block.text.text[:end], cut(block.text, end))
    if block.shape is Shape.HEADING and not rest.blank and not is_open:
        return block
    below = block.lines[1:] if block.shape is Shape.PARAGRAPH else ()
    lines = below if rest.blank else (rest, *below)
    return Block(Shape.PARAGRAPH, lines, lines[0]) if lines else None


def _explains(block: Block) -> bool:
    said = announced(block.text.text)
    return said is not None and said.part is Part.EXPLANATION


def _explaining(item: Block) -> Block:
    """An item that announces an explanation, as the paragraph that explains."""
    said = announced(item.text.text)
    if said is None or not _explains(item) or cut(item.text, said.end).blank:
        return item
    rest = closed(item.text.text[: said.end], cut(item.text, said.end))
    return Block(Shape.PARAGRAPH, (rest, *inside(item)[1:]), rest)

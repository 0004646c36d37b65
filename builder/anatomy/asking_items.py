"""Items of lists that are questions, as headings with what stands in them below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builder.anatomy.answered import answers_itself
from builder.anatomy.callouts import opens_callout, unfolded
from builder.anatomy.cards import untagged
from builder.anatomy.containers import opened
from builder.anatomy.faces import face
from builder.anatomy.splitting import BULLETS, inline_options, split, starred
from builder.scan import OPENED, Block, Line, Shape, blocks, dedent, inside
from builder.scan.markup import HEADING
from builder.signals.announcements import Part, announced
from builder.signals.directives import opens_answer
from builder.signals.labels import LABEL, NUMBER_DRAWN, places, plain
from builder.signals.marks import BOX, SIGN
from builder.signals.navigation import only_links
from builder.signals.phrases import QUESTION_MARKS, asks, bare
from builder.values import replace

DEEPEST = 3
"""How many lists within lists are opened; reading never recurses with its input."""

_ENDS_ITEM = re.compile(r"[ \t]+#{1,6}[ \t]|[ \t]*[-*+]\\?\[[ \txXхХ×✓✔]?\\?\][^(\[:]")
"""What an author means to stand below an item, though Markdown takes it into the item."""

_BULLET = re.compile(rf"(?:[{BULLETS}*+-]|\d{{1,2}}[.)])\s+")


def spilled(found: Sequence[Block]) -> Sequence[Block]:
    """Blocks with what Markdown takes into an item, though it stands below, out of it."""
    parts: list[Block] = []
    for block in found:
        if block.shape is Shape.ITEM and len(block.lines) > 1:
            parts += _cut_item(block)
        else:
            parts.append(block)
    return parts


def _cut_item(block: Block) -> Sequence[Block]:
    """An item cut where an indented heading stands in it, or an option without its space."""
    fenced = False
    for at, line in enumerate(block.lines):
        if line.text.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        elif at and not fenced and (_ENDS_ITEM.match(line.text) or _answers_below(line)):
            item = replace(block, lines=_without_blank_end(block.lines[:at]))
            rest = [dedent(line, block.level) for line in block.lines[at:]]
            return (item, *blocks(rest))
    return (block,)


def _answers_below(line: Line) -> bool:
    """Whether a line that Markdown takes into an item, though it is not indented, answers."""
    if line.text[:1].isspace():
        return False
    said = announced(line.text)
    return said is not None and said.part is not Part.REMARK


def _without_blank_end(lines: Sequence[Line]) -> tuple[Line, ...]:
    end = len(lines)
    while end > 1 and lines[end - 1].blank:
        end -= 1
    return tuple(lines[:end])


RARE = 5
"""So many more headings must ask than items hold options, before items are no questions."""


def items_opened(found: Sequence[Block], eager: bool) -> Sequence[Block]:
    """Blocks with the items that are questions opened, and those within them; see `unfold`."""
    items = [block for block in found if block.shape is Shape.ITEM and _is_roomy(block)]
    if not any(_holds_question(item, eager) or _is_answered(item) for item in items):
        return found
    asked = sum(block.shape is Shape.HEADING and asks(bare(block.text.text)) for block in found)
    for _ in range(DEEPEST):
        parts = list(_opened(found, eager, asked))
        if len(parts) == len(found):
            break
        found = spilled(unfolded(opened(parts)))
    return found


def _opened(found: Sequence[Block], eager: bool, asked: int) -> Iterator[Block]:
    """Opens the items that are questions, in a page in which so many headings ask."""
    lists = list(_lists(found))
    holding = [[_holds_question(item, eager) for item in items] for items in lists]
    answered = [not any(held) and _are_answered(items)
                for items, held in zip(lists, holding, strict=True)]  # fmt: skip
    if asked > RARE * (sum(map(sum, holding)) + sum(answered)):
        yield from found
        return
    kinds = {items[0].marker[-1:] for items, held in zip(lists, holding, strict=True) if any(held)}
    for items, held, told in zip(lists, holding, answered, strict=True):
        beside = told or any(held)
        alike = beside or items[0].marker[-1:] in kinds
        for item, holds in zip(items, held, strict=True):
            if holds or (alike and _may_ask(item, beside)):
                yield from _open(item)
            else:
                yield item


def _holds_question(block: Block, eager: bool) -> bool:
    if block.shape is not Shape.ITEM or not _is_roomy(block):
        return False
    return _is_headed(block) or _holds_options(block) or (eager and _holds_list(block))


def _is_roomy(item: Block) -> bool:
    """Whether an item may hold more than one text: it has several lines, or labels in one."""
    return len(item.lines) > 1 or ")" in item.text.text


def _is_headed(item: Block) -> bool:
    """Whether an item is a heading with text below it: "1. ### What is ReLU?"."""
    return len(item.lines) > 1 and bool(HEADING.match(item.text.text))


def _are_answered(items: Sequence[Block]) -> bool:
    """Whether most items of a list answer what they ask."""
    return items[0].shape is Shape.ITEM and 2 * sum(map(_is_answered, items)) > len(items)


def _is_answered(item: Block) -> bool:
    """Whether text below what an item asks answers it: "1. **What is ReLU?**", "max(0, x)"."""
    if len(item.lines) < 2:
        return False
    end = next((at for at, line in enumerate(item.lines) if line.blank), len(item.lines))
    if end > 1:
        return answers_itself((item.text, *item.lines[1:end]))
    return item.text.text.rstrip("*_ ").endswith(QUESTION_MARKS)


def _lists(found: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """Neighbouring items of one kind of list together, every other block alone."""
    at = 0
    while at < len(found):
        end = at + 1
        while (
            found[at].shape is Shape.ITEM and end < len(found) and _same_list(found[at], found[end])
        ):
            end += 1
        yield found[at:end]
        at = end


def _same_list(one: Block, other: Block) -> bool:
    return other.shape is Shape.ITEM and one.marker[-1] == other.marker[-1]


def _may_ask(item: Block, beside: bool) -> bool:
    """Whether an item beside questions, or in a list like theirs, may ask: so may a picture
    that goes on counting."""
    shown = item.text.text.startswith("![") and item.marker[:-1] not in ("", "1")
    if item.shape is not Shape.ITEM or _answers(item) or (only_links(item.text.text) and not shown):
        return False
    return beside or shown or asks(bare(item.lines[0].text)) or len(item.lines) > 1


def _open(item: Block) -> Iterator[Block]:
    """An item as a heading, which is its first paragraph, and what stands below that."""
    stem, *rest = blocks(inside(item)) or (item,)
    if stem.shape is Shape.HEADING:
        yield replace(stem, marker=item.marker, level=OPENED)
        yield from rest
        return
    if stem.shape is not Shape.PARAGRAPH:
        yield item
        return
    first, *glued = split(stem)
    yield from untagged(Block(Shape.HEADING, first.lines, first.text, item.marker, OPENED))
    yield from glued
    yield from rest


def _answers(item: Block) -> bool:
    return face(item.text).marked


def _holds_options(item: Block) -> bool:
    """Whether below an item's first line there are options, or an answer."""
    if _answers(item):
        return False
    if any(len(inline_options(line)) > 1 for line in (item.text, *item.lines[1:3])):
        return True
    if starred((item.text, *item.lines[1:])):
        return True
    signs, drawn, letters = 0, 0, []
    for line in item.lines[1:]:
        text = line.text.strip()
        if opens_answer(text):
            return True
        if text.startswith(("```", "~~~")):
            break
        text = _BULLET.sub("", text, count=1)
        if (said := announced(text)) and said.part is Part.ANSWER:
            return True
        if len(text) > 1 and text[:2].isalpha():
            continue  # it has neither a sign nor a label
        if (
            text[:8].lower() == "<details"
            or opens_callout(text)
            or ((match := BOX.match(text)) and not match["round"])
        ):
            return True
        signs += bool(SIGN.match(text.lstrip("*_")))
        drawn += bool(NUMBER_DRAWN.match(text))
        if match := LABEL.match(text) or LABEL.match(text.lstrip("*_")):
            letters.append(plain(match["label"]))
    return signs > 1 or (drawn > 1 and asks(bare(item.text.text))) or _count_up(letters)


def _count_up(labels: Sequence[str]) -> bool:
    """Whether labels are letters and begin with the first two of an alphabet."""
    if len(labels) < 2:
        return False
    first = {alphabet for alphabet, place in places(labels[0]) if place == 0 and alphabet >= 0}
    return any((alphabet, 1) in places(labels[1]) for alphabet in first)


def _holds_list(item: Block) -> bool:
    below = (line.text.strip() for line in item.lines[1:])
    listed = (_BULLET.match(text) and not only_links(text) for text in below)
    return not _answers(item) and any(listed)

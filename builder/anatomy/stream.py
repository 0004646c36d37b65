"""A page as one flat run of blocks: lists of questions, wrappers, glued lines opened up.

A question may stand in an item of a list, its answer in a `<details>`, its options on lines of
one paragraph. Here all of them become blocks beside each other, so that the steps that look for
questions, options and answers need to know one way only.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from builder.anatomy.anki_notes import anki_notes
from builder.anatomy.asking_items import items_opened, spilled
from builder.anatomy.callouts import unfolded
from builder.anatomy.cards import cards
from builder.anatomy.containers import opened
from builder.anatomy.exercises import exercise
from builder.anatomy.faces import face
from builder.anatomy.fenced import fenced_options
from builder.anatomy.glued import unglued
from builder.anatomy.inputs import boxed_inputs
from builder.anatomy.instructions import OPENING, older_quizzes
from builder.anatomy.splitting import split
from builder.anatomy.tables import table_rows
from builder.anatomy.wrappers import unwrap
from builder.scan import Block, Line, Shape, cut
from builder.values import replace

_RARE = {
    "START": anki_notes,
    "<input": boxed_inputs,
    OPENING: older_quizzes,
    "Meta-": exercise,
}
"""Rare ways to write a quiz, by what a file that holds one has in its text."""


def unfold(found: Sequence[Block], text: str, eager: bool = False) -> list[Block]:
    """Opens up blocks of a file with some text.

    Eagerly, any item that holds a list of its own is taken for a question.
    """
    for sign, rewritten in _RARE.items():
        if sign in text:
            found = rewritten(found)
    found = cards(spilled(unfolded(opened(found))), text)
    return unglued(_taken_apart(items_opened(found, eager)))


def _taken_apart(found: Sequence[Block]) -> list[Block]:
    parts: list[Block] = []
    for block, below in zip_longest(found, found[1:]):
        if block.shape in _COMPOUND:
            parts += _parts(block)
        elif block.shape is Shape.FENCE and below and (options := fenced_options(block, below)):
            parts += options
        else:
            parts.append(block)
    return parts


_COMPOUND = frozenset({Shape.PARAGRAPH, Shape.HTML, Shape.TABLE, Shape.CODE})


def _parts(block: Block) -> Sequence[Block]:
    if block.shape is Shape.PARAGRAPH:
        return split(block)
    if block.shape is Shape.HTML:
        return _component(block) or [part for piece in unwrap(block) for part in split(piece)]
    if block.shape is Shape.TABLE:
        return table_rows(block)
    if block.shape is Shape.CODE and _looks_like_option(block.lines[0]):
        return split(replace(block, shape=Shape.PARAGRAPH))
    return (block,)


def _component(block: Block) -> Sequence[Block]:
    """The options of a component of MDX, whose name begins with a capital letter."""
    if not block.text.text.lstrip(" <")[:1].isupper():
        return ()
    from builder.anatomy.components import component_options  # noqa: PLC0415 - few pages have any

    return component_options(block)


def _looks_like_option(line: Line) -> bool:
    shown = face(cut(line, 0))
    return shown.marked or bool(shown.label)

"""Wrong options, where they are too few."""

from __future__ import annotations

from collections.abc import Iterator

from builder.items import Item
from builder.model import Verdict
from builder.rules import INFO, Finding, each_question
from builder.rules.statements import is_statement

FEWEST = 2
"""Distractors of an item; with a key they make the three options that research calls adequate."""


@each_question(INFO)
def too_few_distractors(item: Item) -> Iterator[Finding]:
    """Fewer than two wrong options.

    With one right and one wrong option half of all guesses are right; with no wrong one there is
    nothing to choose. Questions to be answered with yes or no are let pass, and those of several
    right options if there is a wrong one.

    Source: Haladyna, Downing and Rodriguez (2002), guideline 18: "develop as many effective
    choices as you can, but research suggests three is adequate".

    Example: ✅ `ReLU` and ❌ `Dropout`, and no other option.

    Instead: add a wrong option that somebody could believe.
    """
    if not item.keys or any(each.verdict is Verdict.UNKNOWN for each in item.choices):
        return
    wrong = len(item.choices) - len(item.keys)
    fewest = FEWEST if len(item.keys) == 1 else 1
    if wrong >= fewest or is_statement(item):
        return
    few = "only one wrong option" if wrong else "no wrong option"
    place = item.manuscript.place(item.choices[-1].span)
    yield Finding(place, few, "add one that somebody could believe")

"""Blanks to fill in, as the quizzes of MkDocs write them: "It is kept at the [[endpoints]]."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builder.scan import Block, Line, Shape, blocks
from builder.scan.markup import RULE
from builder.signals.marks import BOX

_BLANK = re.compile(r"\[\[(?P<answer>[^\[\]]{1,200})\]\]")
_SHOWN = "_____"


def quiz_blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """The blocks of a quiz in tags: what is asked, the answers of its blanks, what a rule parts."""
    rule = next((at for at, line in enumerate(lines) if RULE.match(line.text)), len(lines))
    asked = lines[:rule]
    answers = [(line, match) for line in asked for match in _BLANK.finditer(line.text)]
    if answers and not any(BOX.match(line.text.lstrip("-*+ ")) for line in asked):
        yield from blocks([_blanked(line) for line in asked])
        first = answers[0][0]
        said = "; ".join(match["answer"].strip() for _, match in answers)
        shown = first.showing(f"Answer: {said}")
        yield Block(Shape.PARAGRAPH, (shown,), shown)
    else:
        yield from blocks(asked)
    if rule < len(lines):
        yield Block(Shape.RULE, (lines[rule],), lines[rule])
        yield from blocks(lines[rule + 1 :])


def _blanked(line: Line) -> Line:
    text = _BLANK.sub(_SHOWN, line.text)
    return line if text == line.text else line.showing(text)

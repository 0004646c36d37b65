"""Marks of options in one style: ✅ ❌ ⚠️."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.fixes.edits import Edit
from builder.model import Passage, Question, Verdict
from builder.reading import Reading
from builder.signals.marks import SIGNS
from builder.source import Span

STYLE = {Verdict.CORRECT: "✅", Verdict.WRONG: "❌", Verdict.DISPUTED: "⚠\ufe0f"}

_MARK = re.compile(rf"(?P<sign>[{''.join(SIGNS)}])[\ufe0e\ufe0f]?")
_BOX = re.compile(r"\[(?P<tick>[XхХ×✓✔])\]")


def edits(reading: Reading) -> Iterator[Edit]:
    """Every mark that was understood as one; a mark in what is shown is text and stays."""
    text = reading.source.text
    for question in reading.questions:
        shown = sorted(span for passage in _passages(question) for span in passage.spans)
        for start, end in _between(question.span, shown):
            for mark in _MARK.finditer(text, start, end):
                style = STYLE[SIGNS[mark["sign"]]]
                if mark[0] != style:
                    yield Edit(Span(*mark.span()), style)
            for box in _BOX.finditer(text, start, end):
                yield Edit(Span(*box.span()), "[x]")


def _passages(question: Question) -> Iterator[Passage]:
    parts = [question.stem, question.instruction, question.explanation]
    for option in question.options:
        parts += [option.text, option.summary, option.why]
    yield from filter(None, parts)


def _between(whole: Span, shown: list[Span]) -> Iterator[tuple[int, int]]:
    """The parts of a question that are on no card by themselves."""
    at = whole.start
    for span in shown:
        if span.start > at:
            yield at, span.start
        at = max(at, span.end)
    if at < whole.end:
        yield at, whole.end

"""Quizzes that text2qti makes for Canvas."""

from __future__ import annotations

from collections.abc import Sequence

from builder.canvas.questions import NOT_SHOWN, SAID, question
from builder.canvas.sheet import ABOVE, read_lines
from builder.diagnostics import Report
from builder.model import Question
from builder.scan import Line

__all__ = ["evidence", "questions"]

_OWN = ABOVE | NOT_SHOWN | SAID.keys() | {"number"}
"""What no other dialect knows, or would take for something else."""


def evidence(lines: Sequence[Line]) -> int:
    """See `dialects.text2qti.recognises`."""
    sheet = read_lines(lines)
    sure = sum(entry.is_sure for entry in sheet.entries)
    own = sum(part.name in _OWN for entry in sheet.entries for part in entry.parts)
    return max(0, 2 * sure + own - sheet.strange) if sure else 0


def questions(lines: Sequence[Line], report: Report) -> list[Question]:
    found = (question(entry, report) for entry in read_lines(lines).entries)
    return [each for each in found if each]

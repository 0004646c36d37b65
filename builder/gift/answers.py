"""What stands in the braces of a question in GIFT."""

from __future__ import annotations

from collections.abc import Callable

from builder.diagnostics import Report
from builder.gift.inside import Answers, Inside, together
from builder.gift.open_answers import numbers, pairs, short_answers
from builder.gift.options import choice, true_or_false
from builder.gift.sheet import Braces, Sheet
from builder.source import Span
from builder.values import replace


def read_answers(
    sheet: Sheet, pair: Braces, style: str, language: str, report: Report
) -> Answers | None:
    """The answers between braces; None where there is nothing to learn, which is reported.

    `style` is the format of texts that name none.
    """
    start, end = pair.opening + 1, pair.closing
    general = sheet.shape.rfind("####", start, end)
    inside = Inside(sheet, start, end if general < 0 else general, style, language, report)
    feedback = sheet.passage(general + 4, end, style) if general >= 0 else None
    found = _kind_of(inside)(inside)
    if found is None:
        return None
    explanation = together([*filter(None, [found.explanation, feedback])], "\n\n")
    if not found.options and explanation is None:
        place = Span(pair.opening, pair.closing + 1)
        hint = "write it between the braces, behind “####” in an essay"
        report.error("no-answer", place, "an open question without an answer", hint)
        return None
    signs = (Span(start - 1, start), Span(end, end + 1))
    return replace(found, explanation=explanation, labels=(*signs, *found.labels))


def _kind_of(inside: Inside) -> Callable[[Inside], Answers | None]:
    """The reader of answers like these, told apart as Moodle does."""
    shape = inside.shape.strip()
    if not shape:
        return lambda _: Answers()  # an essay
    if shape.startswith("#"):
        return numbers
    if "~" in shape:
        return choice
    if "=" in shape and "->" in shape:
        return pairs
    if shape.partition("#")[0].strip().upper() in ("T", "F", "TRUE", "FALSE"):
        return true_or_false
    return short_answers

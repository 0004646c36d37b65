"""Questions without options: what is asked, and the answer below it.

    ## What is ReLU?

    The function max(0, x).

The answer may stand below "Answer:", in a `<details>`, behind `A:`, or be all that stands below a
heading or a bold line that asks.
"""

from __future__ import annotations

from builder.anatomy.sketch import read_page, sketch
from builder.diagnostics import Report
from builder.model import Question
from builder.scan import Page


def recognises(page: Page) -> int:
    """One for each question, if the page has no options."""
    from builder.dialects import ways  # noqa: PLC0415 - it imports this module

    drawn = sketch(page, ways())
    return 0 if drawn.habits.way else len(drawn.pieces) - drawn.written.total()


def read(page: Page, report: Report) -> list[Question]:
    from builder.dialects import ways  # noqa: PLC0415 - it imports this module

    return read_page(page, report, ways(), "open")

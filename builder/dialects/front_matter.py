"""A file per question, which stands in YAML front matter.

    ---
    question: "Which layer has no weights?"
    ---

    - [ ] Convolution
    - [x] MaxPooling

Options, answer and explanation may stand in the front matter too: `options:`, `answer:`,
`explanation:`.
"""

from __future__ import annotations

from builder.anatomy.fields import holds_question
from builder.anatomy.sketch import read_page
from builder.diagnostics import Report
from builder.model import Question
from builder.scan import Page

DECISIVE = 1_000


def recognises(page: Page) -> int:
    return DECISIVE if page.blocks and holds_question(page.blocks[0]) else 0


def read(page: Page, report: Report) -> list[Question]:
    from builder.dialects import ways  # noqa: PLC0415 - it imports this module

    return read_page(page, report, ways())

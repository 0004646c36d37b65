"""Quizzes for Canvas as text2qti reads them: Markdown behind signs at the beginning of lines.

    1.  What is 2+3?
    ... Count your fingers.
    a)  6
    ... This is one too many.
    *b) 5

The format is https://github.com/gpoore/text2qti. Right options have a star, `[*]` where several may
be right; `=` gives a number with its tolerance, `*` a short answer, `____` asks for an essay.
Behind `...`, `+` and `-` stands feedback: of the option above, of the question, for right answers,
for wrong ones. Text that goes on below is indented. Code that would write questions is not run.
"""

from __future__ import annotations

import re

from builder.diagnostics import Report
from builder.model import Question
from builder.scan import Page, Shape

_SURE = re.compile(r"\n(?:\*[a-zA-Z]\)|\[\*\]|=[ \t]+[-+.\d\[])")
"""What right answers begin with that only this way knows, behind the end of the line above."""


def recognises(page: Page) -> int:
    """Two for each question with an answer that is surely written so, one for each line that only
    this way knows; less one for each that it does not know."""
    if not (_counts(page) and _SURE.search(page.source.text)):
        return 0
    from builder.canvas import evidence  # noqa: PLC0415 - hardly any page needs it

    return evidence(page.lines)


def _counts(page: Page) -> bool:
    """Whether items are counted."""
    return any(block.shape is Shape.ITEM and block.marker not in "*-+" for block in page.blocks)


def read(page: Page, report: Report) -> list[Question]:
    from builder.canvas import questions  # noqa: PLC0415 - hardly any page needs it

    return questions(page.lines, report)

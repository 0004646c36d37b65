"""Questions and their right answers."""

from __future__ import annotations

from collections.abc import Sequence

from builder.diagnostics import Report
from builder.model import Question, Verdict
from builder.scan import Page


def no_correct_option(page: Page, questions: Sequence[Question], report: Report) -> None:
    """A question whose options are all wrong, or of which none is marked.

    Nobody can learn from it: either the mark was forgotten, or the right answer is missing. A
    question with a disputed option is let pass.

    Example: `* ❌ ReLU`, `* ❌ Dropout`, and nothing else.
    """
    answers = (Verdict.CORRECT, Verdict.DISPUTED)
    for question in questions:
        if question.options and not any(o.verdict in answers for o in question.options):
            report.error(
                "no-correct-option",
                question.options[0].span,
                "no option is marked correct",
                "write ✅ before the right one",
            )


def unmarked_option(page: Page, questions: Sequence[Question], report: Report) -> None:
    """An option without a mark among options that have one.

    Whether it is right cannot be known, so it gets no card of its own and does not count.

    Example: `* ✅ ReLU`, `* Dropout`.
    """
    for question in questions:
        verdicts = {option.verdict for option in question.options}
        if verdicts <= {Verdict.UNKNOWN}:
            continue  # said once, by no-correct-option
        for option in question.options:
            if option.verdict is Verdict.UNKNOWN:
                report.warning(
                    "unmarked-option",
                    option.span,
                    "neither right nor wrong",
                    "write ✅, ❌ or ⚠️ before it",
                )

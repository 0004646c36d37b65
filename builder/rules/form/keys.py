"""Questions and their right answers."""

from __future__ import annotations

from collections.abc import Iterator

from builder.items import Item
from builder.model import Verdict
from builder.rules import ERROR, WARNING, Finding, each_question

_UNKNOWN = Verdict.UNKNOWN


@each_question(ERROR)
def no_correct_option(item: Item) -> Iterator[Finding]:
    """A question whose options are all wrong, or of which none is marked.

    Nobody can learn from it: either the mark was forgotten, or the right answer is missing. A
    question with a disputed option is let pass.

    Example: `* ❌ ReLU`, `* ❌ Dropout`, and nothing else.

    Instead: `* ✅ ReLU`, `* ❌ Dropout`.
    """
    if not item.choices or item.keys:
        return
    if not any(each.verdict is Verdict.DISPUTED for each in item.choices):
        yield Finding(
            item.manuscript.place(item.question.options[0].span),
            "no option is marked correct",
            "write ✅ before the right one",
        )


@each_question(WARNING)
def unmarked_option(item: Item) -> Iterator[Finding]:
    """An option without a mark among options that have one.

    Whether it is right cannot be known, so it gets no card of its own and does not count.

    Example: `* ✅ ReLU`, `* Dropout`.

    Instead: `* ✅ ReLU`, `* ❌ Dropout`.
    """
    if not item.keys:
        return  # said once, by no-correct-option
    for each in item.choices:
        if each.option.verdict is _UNKNOWN:
            yield Finding(
                item.manuscript.place(each.option.span),
                "neither right nor wrong",
                "write ✅, ❌ or ⚠️ before it",
            )

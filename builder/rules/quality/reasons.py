"""Reasons that a learner would want to read."""

from __future__ import annotations

from collections.abc import Iterator

from builder.items import Choice, Item
from builder.rules import INFO, Finding, each_question
from builder.similarity import normal


@each_question(INFO)
def no_explanation(item: Item) -> Iterator[Finding]:
    """A question that explains nothing: neither as a whole nor at any option.

    A learner who was wrong learns that they were, and not why. Feedback that explains helps them
    with new questions on the same matter; feedback that only tells the right answer does not.

    Source: Butler, Godbole and Marsh (2013).

    Example: options, and nothing below them.

    Instead: a section `Объяснение` or `Explanation` below the options.
    """
    if item.choices and not _explained(item):
        yield Finding(
            item.manuscript.place(item.head),
            "nothing is explained",
            "write a section “Объяснение” or “Explanation” below the options",
        )


@each_question(INFO)
def no_reason(item: Item) -> Iterator[Finding]:
    """A wrong option of an explained question that has no reason of its own.

    Its card says that it does not fit, and not why. An option that the explanation names by its
    text is let pass, and so is one of two options: why the other is right says it all. Questions
    in which no wrong option has a reason are let pass as well: they are explained as a whole.

    Source: Butler, Godbole and Marsh (2013), on explanations as against the bare right answer.

    Example: reasons for ✅ `ReLU` and ❌ `Dropout`, and none for ❌ `Слой свертки`.

    Instead: a section with the option's name below the explanation, or a line below the option.
    """
    if not _explained(item) or len(item.choices) < 3:
        return
    general = normal(item.question.explanation.markdown) if item.question.explanation else ""
    own = [each for each in item.distractors if each.option.why or each.option.summary]
    bare = [each for each in item.distractors if not _has_reason(each, general)]
    if own and bare:
        many = f"{len(bare)} wrong options have" if len(bare) > 1 else "this wrong option has"
        yield Finding(
            item.manuscript.place(bare[0].span),
            f"{many} no reason",
            "write a section with the option's name, and why it does not fit",
        )


def _explained(item: Item) -> bool:
    question = item.question
    return bool(question.explanation or any(o.why or o.summary for o in question.options))


def _has_reason(choice: Choice, explanation: str) -> bool:
    if choice.option.why or choice.option.summary:
        return True
    name = choice.wording.normal
    return len(name) > 1 and f" {name} " in f" {explanation} "

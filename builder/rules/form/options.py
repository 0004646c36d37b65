"""Options that are missing or there twice."""

from __future__ import annotations

from collections.abc import Iterator

from builder.diagnostics import Related
from builder.items import Choice, Item
from builder.model import SLOTS
from builder.rules import ERROR, WARNING, Finding, each_question


@each_question(WARNING)
def equal_options(item: Item) -> Iterator[Finding]:
    """The same option twice in one question.

    A learner has to guess which of the two is meant, and if their marks differ no answer is right.
    Case and punctuation do not make a difference in prose; in code every character does.

    Example: `* ✅ ReLU`, `* ❌ Dropout`, `* ❌ relu`.

    Instead: another distractor, or one option less.
    """
    seen: dict[str, Choice] = {}
    for choice in item.choices:
        name = choice.wording.exact
        first = seen.setdefault(name, choice) if name else choice
        if first is not choice:
            related = Related(item.manuscript.place(first.span), "first given here")
            yield Finding(
                item.manuscript.place(choice.span),
                f"the same option twice{_marked(first, choice)}",
                "reword one of the two, or take it out",
                (related,),
            )


def _marked(first: Choice, second: Choice) -> str:
    if first.verdict is second.verdict:
        return ""
    return f", marked {first.verdict} and {second.verdict}"


@each_question(ERROR)
def empty_option(item: Item) -> Iterator[Finding]:
    """An option without text.

    It cannot be chosen or learned. Often the text was put on the line below without an indent, or
    a mark was typed into an empty item.

    Example: `* ✅ ReLU`, `* ❌`.

    Instead: `* ❌ Dropout`.
    """
    for choice in item.choices:
        if not choice.wording.exact:
            place = item.manuscript.place(choice.option.span)
            yield Finding(place, "an option without text", "write it here")


@each_question(WARNING)
def too_many_options(item: Item) -> Iterator[Finding]:
    """More options than a question has cards for.

    The card of the question shows all of them, but only twelve have a card of their own, on which
    they are learned one by one.

    Example: a list of 15 layers, 4 of them right.

    Instead: two questions, or distractors that learners really fall for.
    """
    if len(item.choices) > SLOTS:
        place = item.manuscript.place(item.choices[SLOTS].span)
        message = f"has no card of its own, nor has what follows: a question has {SLOTS}"
        yield Finding(place, message, "make two questions of it, or take out distractors")

"""Length that gives the answer away."""

from __future__ import annotations

from collections.abc import Iterator

from builder.diagnostics import Related
from builder.items import Choice, Item
from builder.rules import INFO, Finding, each_question
from builder.rules.quality.above import speaks_of_others

TIMES = 1.5
"""A key is conspicuous if it is so many times as long as the longest distractor, …"""

LONGER = 15
"""… and longer by so many characters: "yes" is nearly twice "no"."""


@each_question(INFO)
def longest_key(item: Item) -> Iterator[Finding]:
    """The right option is conspicuously the longest.

    Authors qualify the right answer until nobody can object to it, and leave the wrong ones
    short. A learner who knows nothing picks the longest and is right. Found where every right
    option is half as long again as the longest wrong one, and by 15 characters of prose at least.

    Source: Haladyna, Downing and Rodriguez (2002), guidelines 24, "keep the length of choices
    about equal", and 28d, on a conspicuous correct choice; one of the flaws in Tarrant et
    al. (2006).

    Example: ✅ `Слой, который обнуляет отрицательные значения входа` beside ❌ `Слой весов`.

    Instead: shorten it, and move what qualifies it to the explanation.
    """
    if not item.keys or len(item.distractors) < 2 or any(map(speaks_of_others, item.keys)):
        return
    if min(map(_said, item.keys)) - max(map(_said, item.distractors)) < LONGER:
        return
    shortest, longest = min(item.keys, key=_length), max(item.distractors, key=_length)
    times = _length(shortest) / max(1, _length(longest))
    if times >= TIMES and _length(shortest) - _length(longest) >= LONGER:
        yield Finding(
            item.manuscript.place(shortest.span),
            f"the right option is {times:.1f} times as long as the longest wrong one",
            "shorten it, or say more in the wrong ones",
            (Related(item.manuscript.place(longest.span), "the longest wrong option"),),
        )


def _length(choice: Choice) -> int:
    """Characters as a learner sees them."""
    return len(choice.wording.plain)


def _said(choice: Choice) -> int:
    """Characters of prose: code is as long as what it does wants it to be."""
    return len(" ".join(choice.wording.prose.split()))

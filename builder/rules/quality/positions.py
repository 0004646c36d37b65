"""Where the right answers stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.chance import chi_squared_p
from builder.items import Item, Quiz
from builder.rules import INFO, Finding, each_page
from builder.scan import Page

UNLIKELY = 0.01
"""A file is told of if chance alone would favour a position so much in fewer files than this."""

ENOUGH = 5
"""Keys to be expected at each position: below it the chi-squared test is no good guide."""


@each_page(INFO)
def key_position(quiz: Quiz, page: Page) -> Iterator[Finding]:
    """The right answer stands at one position more often than chance explains.

    Authors avoid the first and the last place. Whoever notices guesses better than chance. Build
    settings that shuffle the options (`shuffle`, on by default) mend this on the cards, but not
    in the file, in print, or for options that must stay last.

    Tested is whether the keys of the file's questions with one right option are spread evenly,
    by Pearson's chi-squared test, for each number of options apart and then summed. It is told
    where p is below 0.01 and every position can expect five keys at least.

    Source: Haladyna, Downing and Rodriguez (2002), guideline 20: "vary the location of the right
    answer according to the number of choices". That it can be done is shown by the 2,770
    questions of Tarrant et al. (2006), which had no such bias.

    Example: of 40 questions with four options, 25 have the right one in second place.

    Instead: move some.
    """
    balance = key_balance(quiz.items)
    if balance is None or balance.p >= UNLIKELY:
        return
    first = next(item for item in balance.items if _position(item) == balance.favourite)
    where = f"number {balance.favourite} in {balance.favoured} of {balance.items_there} questions"
    yield Finding(
        quiz.place(first.keys[0].span),
        f"the right answer is {where} with {balance.options} options (p = {_shown(balance.p)})",
        "move some of the right answers",
    )


@dataclass(frozen=True, slots=True)
class KeyBalance:
    """How the keys of some items are spread over positions, and how likely that is by chance."""

    items: tuple[Item, ...]
    p: float
    favourite: int
    favoured: int
    options: int

    @property
    def items_there(self) -> int:
        """How many items have as many options as those with the favourite."""
        return sum(len(item.choices) == self.options for item in self.items)


def key_balance(items: Sequence[Item]) -> KeyBalance | None:
    """None if there are too few items for a test; see `key_position`."""
    groups: defaultdict[int, Counter[int]] = defaultdict(Counter)
    used: defaultdict[int, list[Item]] = defaultdict(list)
    for item in items:
        if len(item.keys) == 1 and len(item.choices) > 1:
            groups[len(item.choices)][_position(item)] += 1
            used[len(item.choices)].append(item)
    statistic, freedom, tested = 0.0, 0, []
    for options, counts in sorted(groups.items()):
        expected = counts.total() / options
        if expected >= ENOUGH:
            statistic += sum(
                (counts[at] - expected) ** 2 / expected for at in range(1, options + 1)
            )
            freedom += options - 1
            tested.append(options)
    if not tested:
        return None
    excess = {(groups[n][at] - groups[n].total() / n, n, at) for n in tested for at in groups[n]}
    _, options, favourite = max(excess)
    return KeyBalance(
        tuple(item for n in tested for item in used[n]),
        chi_squared_p(statistic, freedom),
        favourite,
        groups[options][favourite],
        options,
    )


def _position(item: Item) -> int:
    """The place of the only key among the options, from 1."""
    return next(at for at, each in enumerate(item.choices, 1) if each is item.keys[0])


def _shown(p: float) -> str:
    return f"{p:.3f}" if p >= 0.001 else f"{p:.0e}"

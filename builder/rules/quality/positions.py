"""Where the right answers stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from builder.chance import chi_squared_p
from builder.items import Quiz
from builder.rules import INFO, Finding, each_page
from builder.scan import Page
from builder.values import Record

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
    if balance is None or not balance.unlikely:
        return
    first = next(
        item
        for item in balance.items
        if (len(item.choices), _position(item)) == (balance.options, balance.favourite)
    )
    where = f"number {balance.favourite} in {balance.favoured} of {balance.items_there} questions"
    yield Finding(
        quiz.place(first.keys[0].span),
        f"the right answer is {where} with {balance.options} options (p = {balance.shown_p})",
        "move some of the right answers",
    )


class Keyed(Protocol):
    """A question as far as the place of its keys goes."""

    @property
    def choices(self) -> Sequence[object]: ...

    @property
    def keys(self) -> Sequence[object]: ...


_Keyed = TypeVar("_Keyed", bound=Keyed)


class KeyBalance(Record, Generic[_Keyed]):
    """How the keys of some items are spread over positions, and how likely that is by chance.

    `options` is the number of options for which one position, the `favourite`, is favoured most;
    `counts` are the keys at each position, from 1, of the items with so many.
    """

    items: tuple[_Keyed, ...]
    p: float
    options: int
    favourite: int
    counts: Mapping[int, int]

    @property
    def favoured(self) -> int:
        """How many keys stand at the favourite."""
        return self.counts[self.favourite]

    @property
    def items_there(self) -> int:
        """How many items have as many options."""
        return sum(self.counts.values())

    @property
    def unlikely(self) -> bool:
        return self.p < UNLIKELY

    @property
    def shown_p(self) -> str:
        return f"{self.p:.3f}" if self.p >= 0.001 else f"{self.p:.0e}"


def key_balance(items: Sequence[_Keyed]) -> KeyBalance[_Keyed] | None:
    """None if there are too few items for a test; see `key_position`."""
    used = [item for item in items if len(item.keys) == 1 and len(item.choices) > 1]
    groups: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for item in used:
        groups[len(item.choices)][_position(item)] += 1
    tested = {n: counts for n, counts in groups.items() if counts.total() >= ENOUGH * n}
    if not tested:
        return None
    statistic = sum(_statistic(n, counts) for n, counts in sorted(tested.items()))
    freedom = sum(n - 1 for n in tested)
    _, options, favourite = max(
        (counts[at] - counts.total() / n, n, at) for n, counts in tested.items() for at in counts
    )
    return KeyBalance(
        tuple(item for item in used if len(item.choices) in tested),
        chi_squared_p(statistic, freedom),
        options,
        favourite,
        tested[options],
    )


def _statistic(options: int, counts: Counter[int]) -> float:
    """Pearson's, against keys spread evenly."""
    expected = counts.total() / options
    return sum((counts[at] - expected) ** 2 / expected for at in range(1, options + 1))


def _position(item: Keyed) -> int:
    """The place of the only key among the options, from 1."""
    return next(at for at, each in enumerate(item.choices, 1) if each is item.keys[0])

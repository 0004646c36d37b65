"""Pairs of questions that ask the same, found without comparing each with each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import reduce
from itertools import chain
from math import ceil
from operator import or_
from typing import TypeVar

from builder.model import Verdict
from builder.remembering import remembered
from builder.rules.entries import Compared, Entry, entry
from builder.rules.statements import SIDES
from builder.similarity import in_order, slips

ALIKE = 0.75
"""From here on the share of words in the same order makes two stems alike."""

CANDIDATES = 0.5
"""Questions that share less of all their words and options are not looked at."""

OUTLINE = 256
"""Bits in which features leave their mark; few have one together."""

MOST_HOLDERS = 64
"""A word that so many different questions have brings none together, so comparing stays linear."""


def twins(questions: tuple[Compared, ...]) -> Iterator[tuple[Entry, Entry]]:
    """Each question that was asked before, behind the first that asked it."""
    for first, second in _twins(questions):
        yield entry(questions[first]), entry(questions[second])


@remembered(1)
def _twins(questions: tuple[Compared, ...]) -> tuple[tuple[int, int], ...]:
    """The same by their numbers: all of them at a time would take much memory."""
    first_of: dict[int, int] = {}
    seen: dict[int, int] = {}
    distinct: list[int] = []
    for number, question in enumerate(questions):
        if not question.identity:
            continue
        first = seen.setdefault(question.identity, number)
        if first == number:
            distinct.append(number)
        else:
            first_of[number] = first
    features = [(number, questions[number].marks) for number in distinct]
    like: dict[int, int] = {}
    for one, other in candidates(features):
        known = like.get(other, other)
        if one < known and _same(entry(questions[one]), entry(questions[other])):
            like[other] = one
    for other, one in sorted(like.items()):
        first_of[other] = first_of.get(one, one)
    return tuple((first, second) for second, first in sorted(first_of.items()))


_Feature = TypeVar("_Feature", int, str)


def candidates(
    sets: Sequence[tuple[int, Collection[_Feature]]],
) -> Iterator[tuple[int, int]]:
    """Pairs of numbers, the smaller one first, that share `CANDIDATES` of their features (as
    Jaccard counts it).

    Such two have one of their rarest features in common: the prefix filter of Bayardo, Ma and
    Srikant (2007), "Scaling up all pairs similarity search"; that one of the smaller set is among
    even fewer (Xiao and others, 2011, "Efficient similarity joins for near-duplicate detection").
    Most that have share little more, which their outlines tell at once: features in common are bits
    in common, but for those that have a bit together with another.
    """
    rank, ordered = _ranks(sets), sorted(sets, key=lambda numbered: len(numbered[1]))
    bits = [1 << (number % OUTLINE) for number in range(len(rank))]
    # Two that have c in common share enough if c ≥ S (m + n - c), which is (1 + S) c ≥ S m + S n
    whole = 1 + CANDIDATES
    holders: list[list[int]] = [[] for _ in rank]
    outlines: list[int] = []
    for place, (number, features) in enumerate(ordered):
        ranked = sorted([rank[feature] for feature in features if feature in rank])
        mine = CANDIDATES * len(features)
        smaller: set[int] = set()
        for feature in _telling(ranked, mine):
            if len(held := holders[feature]) < MOST_HOLDERS:
                smaller.update(held)
        for feature in _telling(ranked, 2 * mine / whole):
            if len(held := holders[feature]) < MOST_HOLDERS:
                held.append(place)
        own = reduce(or_, map(bits.__getitem__, ranked), 0)
        outlines.append(own)
        least = ceil(mine) - (len(ranked) - own.bit_count())
        for near in sorted([at for at in smaller if (own & outlines[at]).bit_count() >= least]):
            other, others = ordered[near]
            common = len(frozenset(features).intersection(others))
            if whole * common >= mine + CANDIDATES * len(others):
                yield (other, number) if other < number else (number, other)


def _ranks(sets: Iterable[tuple[int, Collection[_Feature]]]) -> dict[_Feature, int]:
    """The place of each feature that several have: the rarest comes first."""
    frequency = Counter(chain.from_iterable(features for _, features in sets))
    shared = sorted([feature for feature, times in frequency.items() if times > 1])
    shared.sort(key=frequency.__getitem__)
    return {feature: rank for rank, feature in enumerate(shared)}


def _telling(ranked: Sequence[int], common: float) -> Sequence[int]:
    """So many of the rarest that sets which have `common` of all together share one of them."""
    return ranked[: max(0, len(ranked) - ceil(common) + 1)]


def _same(one: Entry, other: Entry) -> bool:
    """Whether two questions ask the same."""
    first, second = one.said, other.said
    if first.code != second.code or bool(one.options) != bool(other.options):
        return False
    if first.turns != second.turns:
        return False
    if first.is_statement or second.is_statement:
        return first.all_words == second.all_words
    shared = len(one.options.keys() & other.options.keys())
    if _but_for_slips(first.words, second.words):
        few = min(len(one.options), len(other.options))
        return not one.options or 2 * shared >= few or _specific(one.keys & other.keys)
    many = max(len(one.options), len(other.options))
    if shared < many or one.keys != other.keys:
        return False
    return _specific(one.keys) and many > 2 and in_order(first.words, second.words) >= ALIKE


def _specific(keys: frozenset[str]) -> bool:
    return any(len(key) > 2 and key.casefold() not in SIDES for key in keys)


def _but_for_slips(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two rows of words are the same, but for a letter in words that are long enough."""
    if len(one) != len(other):
        return False
    return all(a == b or (min(len(a), len(b)) > 4 and slips(a, b, 1) < 2)
               for a, b in zip(one, other, strict=True))  # fmt: skip


def clash(first: Entry, second: Entry) -> tuple[int, int] | None:
    """An option of two questions that is right in one and wrong in the other, by its numbers.

    "None of these" may be right here and wrong there, as long as the other options differ. So the
    options must be the same, or each question must have what is right in the other.
    """
    settled = {Verdict.CORRECT, Verdict.WRONG}
    mutual = first.keys <= second.options.keys() and second.keys <= first.options.keys()
    if first.options.keys() != second.options.keys() and not mutual:
        return None
    for name, number in second.options.items():
        other = first.options.get(name)
        if other is not None and {first.verdict(other), second.verdict(number)} == settled:
            return other, number
    return None

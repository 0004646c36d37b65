"""Which questions may be which, how alike they are, and how near to each other they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from builder.ledger.assignment import Pair
from builder.ledger.evidence import Index, likeness_of, rarity_among
from builder.ledger.places import Gap, gaps, nearness, successors
from builder.ledger.sighting import Sighting
from builder.ledger.wording import says_rather, tells_apart

LOOKED_AT = 8  # questions that a question may be, by their texts
RIVALS = 3  # questions known already that it is compared with
NEIGHBOURS = 3  # questions on each side in the same gap that it may be, whatever they say
LARGEST_SAMPLE = 5_000  # questions tell which words are rare
SAMPLE, FOR_EACH = 500, 50  # of them for few unknown questions, and more for each of these
IN_PLACE = 0.7  # nearness
OPEN_ELSEWHERE, OPEN_IN_PLACE = 0.3, 0.2  # the least gain by which an open question is found


class Candidates:
    """Pairs of an unknown question and one that was shipped and waits to be found.

    Of questions shipped with the same text one stands for all in the index.
    """

    def __init__(
        self,
        asked: Sequence[Sighting],
        shipped: Sequence[Sighting],
        unknown: Sequence[int],
        waiting: Sequence[int],
    ) -> None:
        self._asked = asked
        self._shipped = shipped
        self._unknown = unknown if waiting else ()
        self.text_of = {old: shipped[old].brief.text for old in waiting} if unknown else {}
        self._alike: dict[Pair, float] = {}
        self._twins: dict[Hashable, list[int]] = defaultdict(list)
        for old, text in self.text_of.items():
            self._twins[text].append(old)
        if self._unknown:
            self._look_up()

    def _look_up(self) -> None:
        first = {twins[0]: self._shipped[twins[0]] for twins in self._twins.values()}
        others = self._sample()
        index, known = Index(first), Index(others)
        self._rarity = rarity_among([index, known])
        self._found: dict[int, list[int]] = {}
        self._rival: dict[int, float] = {}
        for new in self._unknown:
            one = self._asked[new].whole
            self._found[new] = index.candidates(one, self._rarity, LOOKED_AT)
            rivals = known.candidates(one, self._rarity, RIVALS)
            alike = (likeness_of(one, others[rival].whole, self._rarity) for rival in rivals)
            self._rival[new] = max(alike, default=0.0)

    def _sample(self) -> dict[int, Sighting]:
        """Questions not waited for: those of the same files first, then some of all others."""
        most = min(LARGEST_SAMPLE, SAMPLE + FOR_EACH * len(self._unknown))
        paths = {self._shipped[old].path for old in self.text_of}
        others = [old for old in range(len(self._shipped)) if old not in self.text_of]
        others.sort(key=lambda old: self._shipped[old].path not in paths)
        near = sum(self._shipped[old].path in paths for old in others)
        step = max(1, (len(others) - near) // max(1, most - near))
        chosen = others[: min(near, most)] + (others[near::step] if near < most else [])
        return {old: self._shipped[old] for old in chosen}

    def by_text(self) -> Iterator[Pair]:
        """The pairs that share rare words, neighbours of words, options or explanations."""
        for new in self._unknown:
            for old in self._by_text(new):
                yield new, old

    def _by_text(self, new: int) -> list[int]:
        return [old for first in self._found[new] for old in self._twins[self.text_of[first]]]

    def likeness(self, pair: Pair) -> float:
        new, old = pair
        first = self._twins[self.text_of[old]][0]
        if (new, first) not in self._alike:
            one, other = self._asked[new].whole, self._shipped[first].whole
            self._alike[new, first] = likeness_of(one, other, self._rarity)
        return self._alike[new, first]

    def tells(self, new: int, own: int, other: int) -> bool:
        """Whether a question has words by which it is rather the one than the other."""
        if self.text_of[own] == self.text_of[other]:
            return True
        one, its_own, the_other = self._asked[new], self._shipped[own], self._shipped[other]
        return tells_apart(one.words, its_own.words, the_other.words)

    def rather(self, new: int, old: int, others: Iterable[int]) -> bool:
        """Whether one of others, a near-duplicate of the old one, is what a question says."""
        one, this = self._asked[new].words, self._shipped[old].words
        return any(says_rather(one, self._shipped[o].words, this) for o in others if o != old)

    def rivalled(self, pair: Pair, near: float) -> bool:
        """Whether the question is even more like one that is known to be another.

        Then it is one of a series, and only its place could tell which.
        """
        return near < IN_PLACE and self._rival[pair[0]] > self.likeness(pair)

    def least(self, pair: Pair, near: float) -> float:
        """The gain above which the pair is possible; without options, siblings tell less."""
        if self._asked[pair[0]].options:
            return 0.0
        return OPEN_ELSEWHERE if near < IN_PLACE else OPEN_IN_PLACE

    def nearness(self, found: Mapping[int, int]) -> dict[Pair, float]:
        """The pairs to look at, by text or place, and how near they stand; see `places`."""
        taken = set(found.values())
        lineage = Counter(
            (self._asked[new].path, self._shipped[old].path) for new, old in found.items()
        )
        new_gaps = gaps(self._asked, range(len(self._asked)), found, successors(lineage))
        live = [i for i, one in enumerate(self._shipped) if not one.retired or i in taken]
        old_gaps = gaps(self._shipped, live, {old: old for old in taken}, {})
        beside = self._by_mark(old_gaps, taken)
        pairs: dict[Pair, float] = {}
        for new in self._unknown:
            if new not in found:
                gap = new_gaps[new]
                olds = set(self._by_text(new))
                for mark in gap.marks():
                    olds.update(_around(beside[mark], gap.nth))
                for old in sorted(olds - taken):
                    pairs[new, old] = nearness(gap, old_gaps[old])
        return pairs

    def _by_mark(self, of_old: Mapping[int, Gap], taken: set[int]) -> dict[Hashable, list[int]]:
        beside: dict[Hashable, list[int]] = defaultdict(list)
        for old in self.text_of:
            if old not in taken:
                for mark in of_old[old].marks():
                    beside[mark].append(old)
        return beside


def _around(olds: list[int], nth: int) -> list[int]:
    return olds[max(0, min(nth, len(olds)) - NEIGHBOURS) : nth + NEIGHBOURS + 1]

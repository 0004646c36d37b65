"""Who is who between the source and what was shipped before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from types import MappingProxyType

from builder.ledger.assignment import assign, undisputed
from builder.ledger.candidates import Candidates
from builder.ledger.evidence import gain
from builder.ledger.rest import of_same_rest
from builder.ledger.sighting import Sighting

MARGIN = 0.15  # what any other way to see it must cost, or a question is rather new
SURE = 1.5  # a gain from which on a pair is a landmark for those around it
RETURNED = 0.9  # as alike as this, a question withdrawn before is back
FLAT_PLACE = 0.2  # what the same place weighs against likeness between two that contend
LONG_STEM = 5  # words: one that is shorter may be asked twice with other options


def recognise(
    asked: Sequence[Sighting],
    shipped: Sequence[Sighting],
    found: Mapping[int, int] = MappingProxyType({}),
) -> dict[int, int]:
    """Which of the questions shipped before each one of the source is; what is left is new.

    Both in the order of their files. Explicit keys are believed; the same text is the same
    question; others are paired as a whole by likeness and place, and where two ways to pair are
    nearly as good, a question is rather new; of what is left, one that says all the same besides
    its stem is found by that. None is given twice, and none of another kind: Anki never changes
    the note type of a note. `found` are those that are known already.
    """
    known = _Known(asked, shipped, found)
    _by_key(known)
    _by_text(known)
    _by_likeness(known)
    _by_the_rest(known)
    _returned(known)
    return known.found


class _Known:
    """What is known so far: `found` grows from what is certain to what is likely."""

    def __init__(
        self,
        asked: Sequence[Sighting],
        shipped: Sequence[Sighting],
        found: Mapping[int, int],
    ) -> None:
        self.asked = asked
        self.shipped = shipped
        self.found = dict(found)
        self._taken = set(found.values())
        self._keys = {question.key for question in asked} - {""}

    def pair(self, new: int, old: int) -> None:
        assert new not in self.found, f"question {new} is known already"
        assert old not in self._taken, f"entry {old} is taken already"
        self.found[new] = old
        self._taken.add(old)

    def unknown(self) -> list[int]:
        return [new for new in range(len(self.asked)) if new not in self.found]

    def waiting(self, *, retired: bool = False) -> list[int]:
        """Those shipped that may yet be found: not those whose key a question claims for itself."""
        return [
            old
            for old, entry in enumerate(self.shipped)
            if entry.retired == retired and old not in self._taken and entry.key not in self._keys
        ]


def _by_key(known: _Known) -> None:
    # One that is live wins over one withdrawn that had the same key.
    in_order = sorted(enumerate(known.shipped), key=lambda numbered: not numbered[1].retired)
    keyed = {(entry.kind, entry.key): old for old, entry in in_order if entry.key}
    for new in known.unknown():
        question = known.asked[new]
        old = keyed.pop((question.kind, question.key), None)
        if old is not None:
            known.pair(new, old)


def _by_text(known: _Known) -> None:
    """The same text; of several the one in the same file, of the same source, in the same order."""
    _pair_equal(known, lambda one: one.unchanged)
    _pair_equal(known, lambda one: (one.brief, one.path))
    _pair_equal(known, lambda one: one.brief)
    _pair_equal(known, lambda one: (one.brief.text, one.path))
    _pair_equal(known, lambda one: one.brief.text)
    _pair_equal(known, lambda one: one.brief.text, retired=True)
    _pair_by_stem(known)


def _pair_equal(
    known: _Known, aspect: Callable[[Sighting], Hashable], *, retired: bool = False
) -> None:
    unknown = known.unknown()
    if not unknown:
        return
    waiting = _grouped(known.shipped, known.waiting(retired=retired), aspect)
    for new in unknown:
        if equal := waiting.get(aspect(known.asked[new])):
            known.pair(new, equal.pop(0))


def _pair_by_stem(known: _Known) -> None:
    """The same long stem, asked once before and once now, with half of the options the same."""

    asked = _grouped(known.asked, known.unknown(), lambda one: one.brief.stem)
    shipped = _grouped(known.shipped, known.waiting(), lambda one: one.brief.stem)
    for text, news in asked.items():
        olds = shipped.get(text, [])
        if len(news) == len(olds) == 1:
            one, other = known.asked[news[0]], known.shipped[olds[0]]
            common = len(one.folded_options & other.folded_options)
            most = max(len(one.folded_options), len(other.folded_options))
            if 2 * common >= most and len(one.words.words) >= LONG_STEM:
                known.pair(news[0], olds[0])


def _grouped(
    sightings: Sequence[Sighting], members: list[int], aspect: Callable[[Sighting], Hashable]
) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for member in members:
        groups[aspect(sightings[member])].append(member)
    return groups


def _by_likeness(known: _Known) -> None:
    """In two rounds: those that are found for sure show the others their place."""
    candidates = Candidates(known.asked, known.shipped, known.unknown(), known.waiting())
    for sure in (SURE, 0.0):
        near = candidates.nearness(known.found)
        gains = _without_near_duplicates(
            {
                pair: evident
                for pair, nearness in near.items()
                if not candidates.rivalled(pair, nearness)
                and (evident := gain(candidates.likeness(pair), nearness))
                > candidates.least(pair, nearness)
            },
            candidates,
        )
        chosen = _chosen(gains, candidates)
        weight = {pair: candidates.likeness(pair) + FLAT_PLACE * near[pair] for pair in near}
        likely = {pair: weight[pair] for pair in gains}
        for pair in undisputed(chosen, likely, candidates.tells):
            if gains[pair] >= sure:
                known.pair(*pair)


def _without_near_duplicates(
    gains: dict[tuple[int, int], float], candidates: Candidates
) -> dict[tuple[int, int], float]:
    """Without the pairs of a question and one that it may be only if its words did not tell."""
    olds: dict[int, list[int]] = defaultdict(list)
    for new, old in gains:
        olds[new].append(old)
    return {
        pair: found
        for pair, found in gains.items()
        if not candidates.rather(*pair, others=olds[pair[0]])
    }


def _by_the_rest(known: _Known) -> None:
    for pair in of_same_rest(known.asked, known.shipped, known.unknown(), known.waiting()):
        known.pair(*pair)


def _returned(known: _Known) -> None:
    retired = known.waiting(retired=True)
    candidates = Candidates(known.asked, known.shipped, known.unknown(), retired)
    gains = {
        pair: gain(candidates.likeness(pair), near=0)
        for pair in candidates.by_text()
        if candidates.likeness(pair) >= RETURNED and not candidates.rivalled(pair, near=0)
    }
    for pair in _chosen(gains, candidates).items():
        known.pair(*pair)


def _chosen(gains: Mapping[tuple[int, int], float], candidates: Candidates) -> dict[int, int]:
    best = assign(gains, candidates.text_of)
    return {new: choice.column for new, choice in best.items() if choice.regret >= MARGIN}

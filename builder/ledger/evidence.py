"""How likely it is that a question of the source is one that was shipped before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from heapq import nsmallest
from math import log

from builder.ledger.sighting import Sighting, option_feature
from builder.ledger.trace import overlap
from builder.ledger.wording import Rarity, likeness
from builder.similarity import in_order

# So alike must two questions be to be one, wherever they stand, and less where they stand in one
# place. What these numbers keep, and that they confuse nothing, is measured by
# tests/bench/identity.py.
ALIKE_ANYWHERE = 0.73
PLACE, SAME_FILE = 0.75, 0.15  # what place weighs, and the nearness at which it says nothing
SOFTENING = 0.02  # keeps the gain of equal texts finite
LEAST_STEM = 0.25  # below it, nothing else makes them one

OPTIONS_SHARE = 0.5  # of the likeness of two questions, where their options tell enough
ENOUGH = 8.0  # nats: "True" and "False" stand in many questions and tell less
REWORDED = 0.5  # so alike are two options that may be one
ANSWER_SHARE = 0.4  # of the likeness of two open questions
EXPLANATION_SHARE = 0.3  # of that of two choices, if it speaks for them

FEW = 12  # questions: in fewer, a word that stands in one of them is not yet frequent
RAREST = 14  # features by which a question is looked up
FREQUENT = 100  # questions: a feature that more of them have finds too many


class Index:
    """Finds questions by the rarest of their features."""

    def __init__(self, sightings: Mapping[int, Sighting]) -> None:
        self._holding: dict[str, list[int]] = defaultdict(list)
        for i, sighting in sightings.items():
            for feature in sighting.features():
                self._holding[feature].append(i)

    def candidates(self, one: Sighting, rarity: Rarity, most: int) -> list[int]:
        """Those that share the most telling features, at most so many, the likeliest first."""
        held = (feature for feature in one.features() if feature in self._holding)
        votes: dict[int, float] = defaultdict(float)
        for feature in nsmallest(RAREST, held, key=lambda feature: len(self._holding[feature])):
            if len(self._holding[feature]) <= FREQUENT:
                for i in self._holding[feature]:
                    votes[i] += rarity.weight(feature)
        return nsmallest(most, votes, key=lambda i: (-votes[i], i))


def rarity_among(sightings: Iterable[Sighting]) -> Rarity:
    """How rare each feature is among these questions."""
    holding: Counter[str] = Counter()
    texts = 0
    for sighting in sightings:
        holding.update(sighting.features())
        texts += 1
    return Rarity(max(texts, FEW), holding)


def gain(alike: float, near: float) -> float:
    """The evidence that two questions are one: above 0 if they are rather one than two.

    The nearer to 1, the more a little more likeness tells (as log-odds do), so that in a sum of
    gains one pair that fits outweighs two that hardly do. `near` is `places.nearness`.
    """
    if alike <= 0:
        return 0.0
    return log((1 - ALIKE_ANYWHERE + SOFTENING) / (1 - alike + SOFTENING)) + PLACE * (
        near - SAME_FILE
    )


def likeness_of(one: Sighting, other: Sighting, rarity: Rarity) -> float:
    """From 0 to 1; 0 where kind, stem or options alone show that they are two questions."""
    if one.kind != other.kind:
        return 0.0
    stem = likeness(one.words, other.words, rarity.weight)
    told = overlap(one.hashes, other.hashes)
    if not one.options:
        return stem if told is None else (1 - ANSWER_SHARE) * stem + ANSWER_SHARE * told
    if stem < LEAST_STEM:
        return 0.0
    options, telling = _options_in_common(one.folded_options, other.folded_options, rarity)
    share = OPTIONS_SHARE * min(1.0, telling / ENOUGH)
    alike = (1 - share) * stem + share * options
    return max(alike, (1 - EXPLANATION_SHARE) * alike + EXPLANATION_SHARE * (told or 0.0))


def _options_in_common(
    ones: frozenset[str], others: frozenset[str], rarity: Rarity
) -> tuple[float, float]:
    """The share of options in common, rare ones weighing more, and how much they tell in nats."""
    weights = {text: rarity.weight(option_feature(text)) for text in ones | others}
    common = sum(weights[text] for text in sorted(ones & others))
    left = sorted(others - ones)
    for text in sorted(ones - others):
        near, alike = _nearest(text, left)
        if alike >= REWORDED:
            common += alike * (weights[text] + weights[near]) / 2
            left.remove(near)
    masses = [sum(weights[text] for text in sorted(side)) for side in (ones, others)]
    return 2 * common / sum(masses), min(masses)


def _nearest(text: str, others: Iterable[str]) -> tuple[str, float]:
    words = text.split()
    alike = {other: in_order(words, other.split()) for other in others}
    nearest = max(alike, key=lambda other: alike[other], default="")
    return nearest, alike.get(nearest, 0.0)

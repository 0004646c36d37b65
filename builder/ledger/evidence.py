"""How likely it is that a question of the source is one that was shipped before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from math import log

from builder.ledger.sighting import Sighting, option_feature
from builder.ledger.trace import SIZE, overlap
from builder.ledger.wording import (
    MOST_CHANGED,
    Rarity,
    changed,
    is_hinge,
    kin,
    likeness,
    mostly_others,
)
from builder.similarity import in_order
from builder.values import Record

# So alike must two questions be to be one, wherever they stand, and less where they stand in one
# place. What these numbers keep, and that they confuse nothing, is measured by
# tests/bench/identity.py.
ALIKE_ANYWHERE = 0.73
PLACE, SAME_FILE = 0.5, 0.15  # what place weighs, and the nearness at which it says nothing
SOFTENING = 0.02  # keeps the gain of equal texts finite

OPTIONS_SHARE = 0.5  # of the likeness of two questions, where their options tell enough
ENOUGH = 8.0  # nats: "True" and "False" stand in many questions and tell less
REWORDED = 0.6  # so alike are two options that may be one
FEW_CHANGED, SOME_OPTIONS = 0.15, 0.3  # words of the stem, and options that stayed: then the
OTHERS_NEW = 0.82  # questions are so alike at least, whatever came in place of the others
TURNED = 1.6  # what a difference of stems weighs if other options are correct than before,
TURNED_AMONG = 0.7  # and if these were all there before
PUT_IN = 0.25  # what an answer that another was put in for counts, of one that stayed
ANSWER_SHARE = 0.4  # of the likeness of two open questions, if it is long enough to tell
ANSWER_REWRITTEN = 0.05  # what is off at most for an answer that only some of stayed
EXPLANATION_SHARE = 0.3  # of that of two choices, if it speaks for them
NOTHING = 0.3  # from here down, two explanations have nothing in common
ANOTHER = 0.4  # and two answers are two: of 100 words 40 are others, so 60 of 140 in common
SHORT, ANSWERED = 3, 6.0  # words of an answer of which each tells; what stems weigh if one does
UNEXPLAINED = 4.0  # what a difference of stems weighs then: translations of one have equal code

FEW = 12  # questions: in fewer, a word that stands in one of them is not yet frequent
RAREST = 14  # features by which a question is looked up
FREQUENT = 100  # questions: a feature that more of them have finds too many


class Index:
    """Finds questions by the rarest of their features."""

    def __init__(self, sightings: Mapping[int, Sighting]) -> None:
        self.size = len(sightings)
        self._holding: dict[str, list[int]] = defaultdict(list)
        for i, sighting in sightings.items():
            for feature in sighting.features():
                self._holding[feature].append(i)

    def counts(self) -> dict[str, int]:
        """How many questions have each feature."""
        return {feature: len(holding) for feature, holding in self._holding.items()}

    def candidates(self, one: Sighting, rarity: Rarity, most: int) -> list[int]:
        """Those that share the most telling features, at most so many, the likeliest first."""
        held = (feature for feature in one.features() if feature in self._holding)
        votes: dict[int, float] = defaultdict(float)
        for feature in nsmallest(RAREST, held, key=lambda feature: len(self._holding[feature])):
            if len(self._holding[feature]) <= FREQUENT:
                for i in self._holding[feature]:
                    votes[i] += rarity.weight(feature)
        return nsmallest(most, votes, key=lambda i: (-votes[i], i))


def rarity_among(indexed: Sequence[Index]) -> Rarity:
    """How rare each feature is among the questions of some indexes."""
    holding: Counter[str] = Counter()
    for index in indexed:
        holding.update(index.counts())
    return Rarity(max(sum(index.size for index in indexed), FEW), holding)


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
    others = changed(one.spaced, other.spaced)
    if one.kind != other.kind or others > MOST_CHANGED:
        return 0.0
    stem = likeness(one.words, other.words, rarity.weight)
    told, sure = overlap(one.hashes, other.hashes), _certainty(one, other)
    if not one.options:
        if told is None:
            return stem
        alike = _answered(stem, told, sure, few=others <= FEW_CHANGED)
        is_short = max(len(one.hashes), len(other.hashes)) <= SHORT
        return min(alike, max(0.0, 1 - ANSWERED * (1 - stem))) if is_short and told < 1 else alike
    common = _options_in_common(one, other, rarity)
    if _are_siblings(one, other, common, is_same_stem=not others):
        return 0.0
    tell = min(1.0, common.telling / ENOUGH)
    share = OPTIONS_SHARE * tell
    alike = (1 - share) * stem + share * common.share
    if others <= FEW_CHANGED and common.share >= SOME_OPTIONS:
        alike = max(alike, OTHERS_NEW)
    turned = TURNED_AMONG if tell == 1 and common.are_all else TURNED
    otherwise = min(alike, max(0.0, 1 - turned * (1 - stem)))
    alike = common.answers * alike + (1 - common.answers) * otherwise
    if told is not None and told < NOTHING * sure:
        return min(alike, max(0.0, 1 - UNEXPLAINED * (1 - stem)))
    share = EXPLANATION_SHARE * sure
    return max(alike, (1 - share) * alike + share * (told or 0.0))


def _answered(stem: float, told: float, sure: float, *, few: bool) -> float:
    """The likeness of two open questions, of which few words of the stem are others or not."""
    if told < ANOTHER:  # even a word of the stem tells
        return (stem + told) / 2
    share = ANSWER_SHARE * sure
    alike = (1 - share) * stem + share * told
    return max(alike, stem - ANSWER_REWRITTEN) if few else alike


def _are_siblings(one: Sighting, other: Sighting, common: _Common, *, is_same_stem: bool) -> bool:
    """Whether the options alone show that they are two questions, as those of a series are."""
    if _are_replaced(common, is_same_stem=is_same_stem):
        return True
    if not common.answers and one.folded_options.isdisjoint(other.folded_options):
        return True
    return _another_subject(one, other)


def _are_replaced(common: _Common, *, is_same_stem: bool) -> bool:
    """Whether too few options stayed: more than one is gone, and half of them or more.

    To the very same stem, more than two and more than half. To another it is also too few if of
    the richer side two in three are others, and not the same ones correct.
    """
    kept, few = common.kept, min(common.fewer / 2, common.fewer - 2)
    if is_same_stem:
        return kept < few
    same_answer = common.right > 0 and common.answers == 1
    return kept <= few or (3 * kept <= common.more and not same_answer)


def _certainty(one: Sighting, other: Sighting) -> float:
    """From 0 to 1: how much it tells that two explanations are alike: of a word or two, little."""
    return min(len(one.hashes), len(other.hashes)) / SIZE


def _another_subject(one: Sighting, other: Sighting) -> bool:
    """Whether a word of the stem and the options was replaced throughout.

    So differ the siblings of a series: "What is X for?", "X is for this", "X is for that".
    """
    came, gone = _left_out(one, other), _left_out(other, one)
    if any(kin(word, new) for word in gone for new in came):
        return False
    return bool(came and gone) or any(many > 1 for many in (gone or came).values())


def _left_out(one: Sighting, other: Sighting) -> dict[str, int]:
    """The words of stem and options of one that the other has in neither, by how many options."""
    lacking = one.words.counts.keys() - other.words.counts.keys()
    return {
        word: one.option_counts[word]
        for word in lacking & one.option_counts.keys() - other.option_counts.keys()
        if len(word) > 2 and not is_hinge(word)
    }


class _Common(Record):
    """What the options of two questions have in common.

    `share` of them, rare ones weighing more; `telling`, in nats, how much those of one side tell;
    `answers`, the share of the correct ones in common that are correct in both, or `PUT_IN` if
    none of them is in common; `kept` counts the options in common, `right` those of them that are
    correct in both, `fewer` and `more` all options of the two sides.
    """

    share: float
    telling: float
    answers: float
    kept: int
    right: int
    fewer: int
    more: int

    @property
    def are_all(self) -> bool:
        """Whether all options of the shorter side are in common."""
        return self.kept == self.fewer


def _options_in_common(one: Sighting, other: Sighting, rarity: Rarity) -> _Common:
    ones, others = one.option_words, other.option_words
    weights = {text: rarity.weight(option_feature(text)) for text in (*ones, *others)}
    pairs = {text: text for text in ones if text in others}
    common = sum(weights[text] for text in pairs)
    left = [text for text in others if text not in ones]
    for text in ones:
        if text not in others:
            mine, spaced = one.option_spaced[text], other.option_spaced
            possible = (near for near in left if not mostly_others(mine, spaced[near]))
            near, alike = _nearest(text, ones[text], possible, others)
            if alike >= REWORDED:
                common += alike * (weights[text] + weights[near]) / 2
                left.remove(near)
                pairs[text] = near
    mass, their_mass = (sum(weights[text] for text in side) for side in (ones, others))
    answers = {pairs[text] for text in one.folded_answers if text in pairs}
    theirs = other.folded_answers.intersection(pairs.values())
    agree = 1.0 if not (one.folded_answers and other.folded_answers) else PUT_IN
    if answers | theirs:
        agree = len(answers & theirs) / len(answers | theirs)
    return _Common(
        2 * common / (mass + their_mass),
        min(mass, their_mass),
        agree,
        kept=len(pairs),
        right=len(answers & theirs),
        fewer=min(len(ones), len(others)),
        more=max(len(ones), len(others)),
    )


def _nearest(
    text: str, words: tuple[str, ...], left: Iterable[str], others: Mapping[str, tuple[str, ...]]
) -> tuple[str, float]:
    """The most alike of those left, by words or, as code is, by what stands between spaces."""
    pieces = text.split()
    alike = {
        other: max(in_order(words, others[other]), in_order(pieces, other.split()))
        for other in left
    }
    nearest = max(alike, key=lambda other: alike[other], default="")
    return nearest, alike.get(nearest, 0.0)

"""Who is who among the options of one question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import lgamma, log

from builder.ledger.asked import AskedOption
from builder.ledger.assignment import Pair
from builder.ledger.lock import KEYED, HeldOption
from builder.ledger.pairing import certain
from builder.ledger.rewording import Phrase, evidence, one_option, phrase
from builder.ledger.wording import single_spaced

# In nats: how much more usual it is that an option is reworded than that another takes its place,
# and by how much at least; how much less usual, where their words say that they are two. How much
# less usual it is that it also becomes correct or wrong, and that the options are shuffled.
USUAL, AT_LEAST, UNUSUAL = 3.0, 4.0, 3.0
TURNED = 3.0
RIVALLED = 3.0  # by how much more it may speak for another one that stayed
CROSSED = 0.5  # how clearly words and verdicts must tell two apart where order cannot, and
SHOW_ORDER = 3  # how many that stayed word for word show that it can
SHUFFLED = log(0.15 / 0.85)


def recognise_options(held: Sequence[HeldOption], options: Sequence[AskedOption]) -> dict[int, int]:
    """Which of the options held each option is, by their indices; what is left is new.

    The same text is the same option, also one that was withdrawn. What is left is paired as a
    whole by words, verdict and order; where another way to pair is nearly as likely, an option is
    rather new.
    """
    texts = [option.text for option in options]
    live = [old for old, option in enumerate(held) if not option.withdrawn]
    if [held[old].text for old in live] == texts:
        return dict(enumerate(live))
    gone = [old for old, option in enumerate(held) if option.withdrawn]
    found: dict[int, int] = {}
    for group in (live, gone):
        came = [new for new in range(len(texts)) if new not in found]
        found |= _equal(held, group, texts, came)
    left = sorted(set(live) - set(found.values()))
    came = [new for new in range(len(texts)) if new not in found]
    pairs = {(new, old): _evident(held[old], options[new]) for new in came for old in left}
    known = {new: old for new, old in found.items() if old in live}
    clearly = CROSSED if len(known) < SHOW_ORDER else 0.0
    kept = [phrase(held[old].text) for old in known.values()]
    return found | {
        new: old
        for new, old in _uncrossed(_reworded(pairs, known), pairs, clearly).items()
        if not _rivalled(phrase(held[old].text), phrase(texts[new]), kept)
    }


def _equal(
    held: Sequence[HeldOption], olds: list[int], texts: Sequence[str], news: list[int]
) -> dict[int, int]:
    waiting: dict[str, list[int]] = defaultdict(list)
    for old in olds:
        waiting[single_spaced(held[old].text)].append(old)
    return {new: same.pop(0) for new in news if (same := waiting.get(single_spaced(texts[new])))}


def _evident(before: HeldOption, now: AskedOption) -> tuple[bool, float]:
    """Whether two may be one option, and in nats, what words and verdicts tell for it."""
    one, other = phrase(before.text), phrase(now.text)
    keyed = before.verdict in KEYED and now.verdict in KEYED
    turned = keyed and before.verdict is not now.verdict
    told = evidence(one, other) - TURNED * turned
    return one_option(one, other, turned=turned), told


def _uncrossed(
    found: Mapping[int, int], pairs: Mapping[Pair, tuple[bool, float]], clearly: float
) -> dict[int, int]:
    """Without those that might as well be another that left, or two of them each the other.

    So `clearly` must words and verdicts tell which is which.
    """
    told = {pair: evident for pair, (_, evident) in pairs.items()}
    of_old = {old: new for new, old in found.items()}

    def crossed(new: int, old: int) -> bool:
        other = of_old.get(old)
        here = told[new, found[new]] - told[new, old]
        there = told[other, old] - told[other, found[new]] if other is not None else 0.0
        return here + there < clearly

    olds = {old for _, old in pairs}
    return {
        new: own
        for new, own in found.items()
        if not any(crossed(new, old) for old in olds if old != own)
    }


def _rivalled(before: Phrase, now: Phrase, kept: Sequence[Phrase]) -> bool:
    """Whether an option is much more like one of those that stayed word for word, or says the same.

    That one may have been edited to what this one said.
    """
    most = evidence(before, now) + RIVALLED
    return now in kept or any(evidence(other, now) > most for other in kept)


def _reworded(pairs: Mapping[Pair, tuple[bool, float]], known: Mapping[int, int]) -> dict[int, int]:
    """The pairs that are certain. What is `known` shows whether the options kept their order.

    The order in which slots were given stands for that of the options before. Two that may not be
    one could be it all the same, if only too little tells so.
    """
    weights = {
        pair: max(AT_LEAST, USUAL + told) if may else told - UNUSUAL
        for pair, (may, told) in pairs.items()
        if may or told > UNUSUAL
    }
    ordered = sorted(known.items())
    kept_order = all(one[1] < other[1] for one, other in pairwise(ordered))
    in_place = {pair for pair in weights if all(_beside(pair, other) for other in ordered)}
    many = len(known) + min(len({pair[side] for pair in weights}) for side in (0, 1))
    shuffled = SHUFFLED - lgamma(many + 1)  # into one of so many orders
    sure = certain(weights, in_place if kept_order else None, shuffled)
    return {new: old for new, old in sure if pairs[new, old][0]}


def _beside(one: Pair, other: Pair) -> bool:
    return (one[0] < other[0]) == (one[1] < other[1])

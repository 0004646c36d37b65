"""Who is who among the options of one question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from math import log

from builder.ledger.assignment import assign, undisputed
from builder.ledger.lock import HeldOption
from builder.ledger.wording import Wording, likeness, single_spaced, tells_apart, wording
from builder.similarity import in_order

# What these numbers keep, and that they confuse nothing, is measured by tests/bench/identity.py.
ALIKE = 0.6  # from here on, an option that left and one that came are one that was reworded
ALIKE_ALONE = 0.5  # the same, if no other left or came, and the sense of three words was kept
TOLD_APART = 0.1  # by this much must it be clearer than any other way to see it
SAME_SPOT = 0.02  # decides between options that are all but equal
SOFTENING = 0.02


def recognise_options(held: Sequence[HeldOption], texts: Sequence[str]) -> dict[int, int]:
    """Which of the options held each text is, by their indices; what is left is new.

    The same text is the same option, also one that was withdrawn. What is left is paired as a
    whole by likeness; where two ways to pair are nearly as good, an option is rather new.
    """
    live = [old for old, option in enumerate(held) if not option.withdrawn]
    if [held[old].text for old in live] == list(texts):
        return dict(enumerate(live))
    gone = [old for old, option in enumerate(held) if option.withdrawn]
    found: dict[int, int] = {}
    for group in (live, gone):
        came = [new for new in range(len(texts)) if new not in found]
        found |= _equal(held, group, texts, came)
    came = [new for new in range(len(texts)) if new not in found]
    left = sorted(set(live) - set(found.values()))
    if came and left:
        in_place = all(new == old for new, old in found.items())
        found |= _reworded(held, left, texts, came, in_place=in_place)
    return found


def option_likeness(one: str, other: str) -> float:
    """From 0 to 1; the same from `ALIKE` on."""
    return _likeness(_wording(one), _wording(other))


def _likeness(one: Wording, other: Wording) -> float:
    """Where no number or negation was turned, the words that stayed in their order are enough."""
    alike = likeness(one, other)
    return max(alike, in_order(one.words, other.words)) if _kept_sense(one, other) else alike


def _enough(one: Wording, other: Wording, *, alone: bool) -> float:
    """How alike two options must be to be one."""
    long = min(len(one.words), len(other.words)) > 2
    return ALIKE_ALONE if alone and long and _kept_sense(one, other) else ALIKE


def _equal(
    held: Sequence[HeldOption], olds: list[int], texts: Sequence[str], news: list[int]
) -> dict[int, int]:
    waiting: dict[str, list[int]] = defaultdict(list)
    for old in olds:
        waiting[single_spaced(held[old].text)].append(old)
    return {new: same.pop(0) for new in news if (same := waiting.get(single_spaced(texts[new])))}


def _reworded(
    held: Sequence[HeldOption],
    left: list[int],
    texts: Sequence[str],
    came: list[int],
    *,
    in_place: bool,
) -> dict[int, int]:
    news = {new: _wording(texts[new]) for new in came}
    olds = {old: _wording(held[old].text) for old in left}
    weight = {
        (new, old): _likeness(news[new], olds[old]) + SAME_SPOT * (in_place and new == old)
        for new in came
        for old in left
    }
    alone = len(came) == len(left) == 1
    likely = {
        (new, old): alike
        for (new, old), alike in weight.items()
        if alike >= _enough(news[new], olds[old], alone=alone)
    }
    best = assign({pair: _gain(alike) for pair, alike in likely.items()})
    chosen = {new: choice.column for new, choice in best.items() if choice.regret >= TOLD_APART}

    def tells(new: int, own: int, other: int) -> bool:
        if (new, other) not in likely or held[own].text == held[other].text:
            return True
        said = set(olds[own].words)
        # Where it says less than either, it could be the one cut short as well as the other.
        cut_short = said <= set(olds[other].words) and not said <= set(news[new].words)
        return not cut_short and tells_apart(news[new], olds[own], olds[other])

    return dict(undisputed(chosen, weight, tells))


def _gain(alike: float) -> float:
    """Likeness as evidence: the nearer to 1, the more a little more of it tells."""
    return TOLD_APART + log((1 - ALIKE_ALONE + SOFTENING) / max(SOFTENING, 1 - alike + SOFTENING))


def _kept_sense(one: Wording, other: Wording) -> bool:
    """Whether two words stayed, and no number, operator or negation became another one.

    Where three stayed, one of those may have been put in or left out.
    """
    fewer, more = sorted((one.hinges, other.hinges), key=len)
    rest = iter(more)
    kept = all(hinge in rest for hinge in fewer)  # `in` moves on: they stand in the same order
    return kept and len(set(one.words) & set(other.words)) >= (2 if fewer == more else 3)


@lru_cache(maxsize=4096)
def _wording(text: str) -> Wording:
    return wording(text)

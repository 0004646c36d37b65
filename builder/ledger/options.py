"""Who is who among the options of one question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from math import log

from builder.ledger.assignment import assign
from builder.ledger.lock import HeldOption
from builder.ledger.wording import Wording, likeness, single_spaced, wording

ALIKE = 0.6  # from here on, an option that left and one that came are one that was reworded
TOLD_APART = 0.1  # by this much must it be clearer than any other way to see it
SAME_SPOT = 0.05  # decides between options that are all but equal
SOFTENING = 0.02


def recognise_options(held: Sequence[HeldOption], texts: Sequence[str]) -> dict[int, int]:
    """Which of the options held each text is, by their indices; what is left is new.

    The same text is the same option, also one that was withdrawn. What is left is paired as a
    whole by likeness; where two ways to pair are nearly as good, an option is rather new.
    """
    found: dict[int, int] = {}
    live = [i for i, option in enumerate(held) if not option.withdrawn]
    gone = [i for i, option in enumerate(held) if option.withdrawn]
    for group in (live, gone):
        same: dict[str, list[int]] = defaultdict(list)
        for i in group:
            same[single_spaced(held[i].text)].append(i)
        for new, text in enumerate(texts):
            if new not in found and (waiting := same.get(single_spaced(text))):
                found[new] = waiting.pop(0)
    taken = set(found.values())
    left = [i for i in live if i not in taken]
    came = [new for new in range(len(texts)) if new not in found]
    gains = {
        (new, i): gain(texts[new], held[i].text) + SAME_SPOT * (new == i)
        for new in came
        for i in left
        if option_likeness(texts[new], held[i].text) >= ALIKE
    }
    chosen = assign(gains)
    return found | {new: c.column for new, c in chosen.items() if c.regret >= TOLD_APART}


def gain(one: str, other: str) -> float:
    """Likeness as evidence: 0 at `ALIKE`, and the steeper the nearer to 1."""
    alike = option_likeness(one, other)
    return TOLD_APART + log((1 - ALIKE + SOFTENING) / (1 - alike + SOFTENING))


def option_likeness(one: str, other: str) -> float:
    return likeness(_wording(one), _wording(other))


@lru_cache(maxsize=4096)
def _wording(text: str) -> Wording:
    return wording(text)

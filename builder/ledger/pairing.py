"""The pairs of two small sets that hold in nearly every likely way to pair them all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import reduce
from math import exp, inf, log1p

from builder.ledger.assignment import Pair, groups

SURE = log1p(exp(3.5))  # nats: all ways with a pair outweigh those without it thirty times
LARGEST = 6  # rows of a group in which all ways are weighed

Weights = Mapping[Pair, float]


def certain(weights: Weights, in_place: Collection[Pair] | None, shuffled: float) -> Iterator[Pair]:
    """The pairs without which all that can be said would be much less likely.

    `weights` tell in nats how much likelier each pair is than that both stay without a partner.
    Either all stayed in their order, and pairs not `in_place` (among those known) or crossing
    each other are impossible; or all were shuffled, of which `shuffled` is the likelihood in nats
    against the former. None for `in_place`: it is known that they were.
    """
    parts = _parts(weights)
    anyhow = [_anyhow(part) for part in parts]
    fitting = {p: w for part in parts for p, w in part.items() if in_place and p in in_place}

    def total(parts_anyhow: float, without: Pair | None = None) -> float:
        if in_place is None:
            return parts_anyhow
        left = {pair: w for pair, w in fitting.items() if pair != without}
        return _either(_ordered(left), parts_anyhow + shuffled)

    all_ways = total(sum(anyhow))
    for part, ways in zip(parts, anyhow, strict=True):
        for pair in part:
            others = _anyhow({other: w for other, w in part.items() if other != pair})
            if all_ways - total(sum(anyhow) - ways + others, without=pair) >= SURE:
                yield pair


def _parts(weights: Weights) -> list[dict[Pair, float]]:
    """Small groups; where they are too large, pairs go that others of row and column outdo."""
    best: dict[tuple[int, int], float] = {}
    for pair, weight in weights.items():
        for side in enumerate(pair):
            best[side] = max(weight, best.get(side, -inf))
    outdone = {
        p: weight - max(best[side] for side in enumerate(p)) for p, weight in weights.items()
    }
    return [{pair: weights[pair] for pair in group} for group in groups(outdone, LARGEST)]


def _either(one: float, other: float) -> float:
    """The logarithm of the sum of two likelihoods given by theirs."""
    more, less = max(one, other), min(one, other)
    return more if less == -inf else more + log1p(exp(less - more))


def _anyhow(weights: Weights) -> float:
    """All ways to pair: how much likelier together than that nobody has a partner, in nats."""
    ways = {frozenset[int](): 0.0}  # by the rows taken, which are few
    for column in sorted({column for _, column in weights}):
        more = dict(ways)
        for taken, way in ways.items():
            for (row, of), weight in weights.items():
                if of == column and row not in taken:
                    now = taken | {row}
                    more[now] = _either(more.get(now, -inf), way + weight)
        ways = more
    return reduce(_either, ways.values())


def _ordered(weights: Weights) -> float:
    """The same of the ways in which no two pairs cross."""
    columns = sorted({column for _, column in weights})
    ways = [0.0, *[-inf] * len(columns)]  # by the last column taken
    for row in sorted({row for row, _ in weights}):
        more, before = list(ways), -inf
        for i, column in enumerate(columns):
            before = _either(before, ways[i])
            if (row, column) in weights:
                more[i + 1] = _either(more[i + 1], before + weights[row, column])
        ways = more
    return reduce(_either, ways)

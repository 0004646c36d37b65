"""The best way to pair two sets, and how sure each pair of it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterator, Mapping

from builder.values import Record

Pair = tuple[int, int]

DECIDED = 0.5  # how clearly two that contend must be told apart, from 0 (a draw) to 1
NEARLY = 0.2  # a difference in weight that may be chance
LARGEST = 120  # rows of a group that are weighed against each other at once
NEVER = 1e9


class Choice(Record):
    """The column a row is paired with, and by how much any other way to pair all is worse."""

    column: int
    regret: float


def assign(
    gains: Mapping[Pair, float], same: Mapping[int, Hashable] | None = None
) -> dict[int, Choice]:
    """Pairs each row with at most one column and back, so that the sum of gains is the greatest.

    `gains` names the pairs that are possible at all; only those above 0 are made. Columns for
    which `same` gives the same are interchangeable: which of them it is makes no other way.
    """
    chosen: dict[int, Choice] = {}
    for group in groups({pair: gain for pair, gain in gains.items() if gain > 0}):
        chosen |= _best(group, same or {})
    return chosen


def undisputed(
    chosen: Mapping[int, int],
    weight: Mapping[Pair, float],
    tells: Callable[[int, int, int], bool],
) -> Iterator[Pair]:
    """The pairs chosen, without those in which one of two near-duplicates may be the other.

    `weight` tells how alike a row and a column are; unlike gains, it rises evenly. If two rows
    are both more like the same column, one has its own by elimination only: then the difference
    must be as clear as `DECIDED`. And where a free column is nearly as alike, `tells(row, its own,
    the other)` must say that the row shows which of the two it is.
    """
    chosen_by = {column: row for row, column in chosen.items()}
    others: dict[int, set[int]] = defaultdict(set)
    for row, column in weight:
        if row in chosen and chosen[row] != column:
            others[row].add(column)

    def disputed(row: int, other: int) -> bool:
        own, rival = chosen[row], chosen_by.get(other)
        if rival is None:
            near = weight[row, own] - weight[row, other] < NEARLY
            return near and not tells(row, own, other)
        here = weight[row, own] - weight[row, other]
        there = weight[rival, other] - weight.get((rival, own), 0.0)
        return here + there < DECIDED * (abs(here) + abs(there))

    for row, column in chosen.items():
        if not any(disputed(row, other) for other in others[row]):
            yield row, column


def groups(gains: Mapping[Pair, float], largest: int = LARGEST) -> list[dict[Pair, float]]:
    """The gains parted into groups that share no row and no column, none with more rows."""
    leader: dict[Pair, Pair] = {}

    def find(node: Pair) -> Pair:
        while (above := leader.setdefault(node, node)) != node:
            leader[node] = node = leader[above]
        return node

    for row, column in gains:
        leader[find((0, row))] = find((1, column))
    found: dict[Pair, dict[Pair, float]] = defaultdict(dict)
    for pair, gain in gains.items():
        found[find((0, pair[0]))][pair] = gain
    parted: list[dict[Pair, float]] = []
    for group in found.values():
        if len({row for row, _ in group}) <= largest:
            parted.append(group)
        else:  # without its weakest quarter it falls apart or shrinks
            kept = sorted(group, key=lambda pair: (-group[pair], pair))[: len(group) * 3 // 4]
            parted += groups({pair: group[pair] for pair in kept}, largest)
    return parted


def _best(gains: Mapping[Pair, float], same: Mapping[int, Hashable]) -> dict[int, Choice]:
    if len(gains) == 1:
        return {row: Choice(column, gain) for (row, column), gain in gains.items()}
    rows = sorted({row for row, _ in gains})
    columns = sorted({column for _, column in gains})
    # Every row has a column of its own besides, at no cost, in which it stays without a partner.
    costs = [
        [-gains.get((row, column), -NEVER) for column in columns]
        + [0.0 if at == own else NEVER for own in range(len(rows))]
        for at, row in enumerate(rows)
    ]
    table = _Table(costs)
    for at in range(len(rows)):
        table.seat(at)
    likes: dict[Hashable, set[int]] = defaultdict(set)
    for seat, column in enumerate(columns):
        likes[same.get(column, column)].add(seat)
    return {
        rows[table.seated[seat]]: Choice(
            column, table.regret(table.seated[seat], seat, likes[same.get(column, column)])
        )
        for seat, column in enumerate(columns)
        if seat in table.seated
    }


class _Table:
    """The Hungarian algorithm by shortest augmenting paths, a row at a time.

    `seated` gives the row of each column taken. See R. Jonker and A. Volgenant, "A shortest
    augmenting path algorithm for dense and sparse linear assignment problems" (1987).
    """

    def __init__(self, costs: list[list[float]]) -> None:
        self.costs = costs
        self.width = len(costs[0])
        self.free = [0.0] * self.width
        self.seated: dict[int, int] = {}
        self.row_price = [0.0] * len(costs)
        self.column_price = [0.0] * self.width

    def seat(self, row: int) -> None:
        """Gives one more row a column, moving others where that costs least."""
        steps, reached, came_from = self._walk(row)
        seat = reached[-1]
        self.row_price[row] += steps[seat]
        for column in reached[:-1]:
            self.row_price[self.seated[column]] += steps[seat] - steps[column]
            self.column_price[column] -= steps[seat] - steps[column]
        while (before := came_from[seat]) >= 0:
            self.seated[seat] = self.seated[before]
            seat = before
        self.seated[seat] = row

    def regret(self, row: int, seat: int, likes: Container[int]) -> float:
        """By how much the sum would be worse if this row could have none of these columns.

        Another way to seat all is a round of moves that starts with this row and ends in its
        seat; at these prices no move gains, so the shortest round is the least loss.
        """
        costs = self.costs[row]
        self.costs[row] = [NEVER if c in likes else cost for c, cost in enumerate(costs)]
        steps, _, _ = self._walk(row, to=seat)
        self.costs[row] = costs
        return steps[seat]

    def _walk(self, row: int, to: int = -1) -> tuple[list[float], list[int], list[int]]:
        """Dijkstra over columns, from a row to the nearest free one, or to the one named.

        How far each column is, the columns in the order reached, and the one before each.
        """
        steps = [4 * NEVER] * self.width
        came_from = [-1] * self.width
        reached: list[int] = []
        ahead = set(range(self.width))
        before, walked = -1, 0.0
        costs, price = self.costs[row], self.row_price[row]
        while True:
            for column in ahead:
                step = walked + costs[column] - price - self.column_price[column]
                if step < steps[column]:
                    steps[column], came_from[column] = step, before
            before = min(ahead, key=lambda column: (steps[column], column))
            ahead.discard(before)
            reached.append(before)
            if before == to or (to < 0 and before not in self.seated):
                return steps, reached, came_from
            walked = steps[before]
            if before in self.seated:
                costs, price = self.costs[self.seated[before]], self.row_price[self.seated[before]]
            else:  # a free column may be taken and any other left free in its stead
                costs, price = self.free, 0.0

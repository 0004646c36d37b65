"""Where a question stands among the others of its file."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from builder.ledger.sighting import Sighting
from builder.values import Record

STEP = 1024  # between the ranks of two questions that are new at the end of a file

Mark = tuple[str, str | int]


class Gap(Record):
    """Where a question stands between others that are known: after one mark, before another.

    `nth` of `of` unknown ones there, from 0.
    """

    path: str
    after: Mark
    before: Mark
    nth: int = 0
    of: int = 0

    def marks(self) -> set[Mark]:
        return {self.after, self.before}


def gaps(
    sightings: Sequence[Sighting],
    members: Iterable[int],
    known: Mapping[int, int],
    names: Mapping[str, str],
) -> dict[int, Gap]:
    """The gap of each member that is not known, in the order of the files.

    `known` gives a number that both sides of a comparison share to those already recognised,
    `names` the name by which both sides know a file.
    """
    of_file: dict[str, list[int]] = defaultdict(list)
    for i in members:
        of_file[sightings[i].path].append(i)
    found: dict[int, Gap] = {}
    for path, inside in of_file.items():
        name = names.get(path, path)
        after: Mark = ("start", name)
        waiting: list[int] = []
        for at in (*inside, None):
            if at is not None and at not in known:
                waiting.append(at)
                continue
            before: Mark = ("end", name) if at is None else ("known", known[at])
            for nth, w in enumerate(waiting):
                found[w] = Gap(name, after, before, nth, len(waiting))
            after, waiting = before, []
    return found


def successors(pairs: Counter[tuple[str, str]]) -> dict[str, str]:
    """Which old file each new one continues: the one that most of its known questions came from.

    `pairs` counts them as (new path, old path).
    """
    ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0][0] != item[0][1], item[0]))
    found: dict[str, str] = {}
    for (new, old), _ in ranked:
        found.setdefault(new, old)
    return found


def nearness(one: Gap, other: Gap) -> float:
    """From 0 (elsewhere) to 1 (the very same spot)."""
    sides = (one.after == other.after) + (one.before == other.before)
    if sides == 2:
        if one.of == other.of and one.nth == other.nth:
            return 1.0
        return 0.7 if max(one.of, other.of) <= 4 else 0.5
    return 0.5 if sides else 0.3 * (one.path == other.path)


def ranks(held: Sequence[int | None]) -> list[int]:
    """Rising ranks for the questions of a file, in which as many as can be keep what they hold.

    None holds no rank in this file yet.
    """
    kept = kept_ranks(held)
    found: list[int] = []
    i = 0
    while i < len(held):
        if i in kept:
            found.append(held[i])  # type: ignore[arg-type]
            i += 1
            continue
        end = next((j for j in range(i, len(held)) if j in kept), len(held))
        low = found[-1] if found else 0
        high = held[end] if end < len(held) else low + STEP * (end - i + 1)
        assert high is not None
        step = (high - low) // (end - i + 1)
        if step == 0:  # no room is left between two
            return [STEP * (n + 1) for n in range(len(held))]
        found += [low + step * (n + 1) for n in range(end - i)]
        i = end
    return found


def kept_ranks(held: Sequence[int | None]) -> set[int]:
    """The indices of a longest strictly rising part of the ranks above 0."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int] = {}
    for i, rank in enumerate(held):
        if rank is None or rank <= 0:
            continue
        at = bisect_left(tails, rank)
        tails[at : at + 1] = [rank]
        ends[at : at + 1] = [i]
        if at:
            before[i] = ends[at - 1]
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before.get(last)
    return kept

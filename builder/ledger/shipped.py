"""The questions of the last lock in the order of their files, and which of them are still there."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from operator import itemgetter

from builder.ledger.asked import Asked, Sheet
from builder.ledger.identities import Identities
from builder.ledger.lines import Lines
from builder.ledger.lock import Entry, Lock
from builder.ledger.matching import recognise
from builder.ledger.shelf import Shelf
from builder.ledger.sighting import Sighting, of_asked, of_entry
from builder.values import Record

Found = Sequence[int | None]
"""Of each question of a sheet, which one of `Shipped` it is; None for a new one."""


class Still(Record):
    """A file of which `settle` would change nothing and tell nothing.

    That is so as long as the file has the same seal, and the lock says the same of it: `held` is
    the digest of that.
    """

    seal: str
    identities: Identities
    held: bytes = b""


class Shipped:
    """All questions ever shipped, numbered in the order of their files."""

    def __init__(self, lock: Lock) -> None:
        self.lines = Lines.of(lock.entries)
        heads = self.lines.heads
        self._order = sorted(
            range(len(heads)), key=lambda at: (heads[at].path, heads[at].rank, heads[at].guid)
        )
        self.heads = [heads[at] for at in self._order]
        self.live: dict[str, list[int]] = defaultdict(list)
        for number, head in enumerate(self.heads):
            if not head.retired:
                self.live[head.path].append(number)

    def digest(self, path: str) -> bytes:
        """A hash of what is known of the questions of a file that have not left it."""
        return sha256(b"\n".join(map(self.line, self.live.get(path, ())))).digest()

    def entry(self, number: int) -> Entry:
        return self.lines[self._order[number]]

    def sightings(self) -> list[Sighting]:
        shelf = Shelf(self._sighting, keeps=True)
        return [
            shelf.sighting(number, (head.kind, head.key, head.path, head.retired))
            for number, head in enumerate(self.heads)
        ]

    def _sighting(self, number: int) -> Sighting:
        return of_entry(self.entry(number))

    def line(self, number: int) -> bytes:
        return self.lines.lines[self._order[number]]


def unmoved(
    sheets: Sequence[Sheet], shipped: Shipped, still: Mapping[str, Still]
) -> Mapping[int, Still]:
    """The sheets, by their numbers, that are as they were.

    Their questions are paired with those that were shipped from the same file, whatever became of
    others; only explicit keys reach farther, so no other question may have a key of theirs.
    """
    times = Counter(sheet.path for sheet in sheets)
    same = {
        number: found
        for number, sheet in enumerate(sheets)
        if (found := still.get(sheet.path))
        and found.seal == sheet.seal != ""
        and times[sheet.path] == 1
        and len(shipped.live[sheet.path]) == len(sheet.asked) == len(found.identities)
        and found.held == shipped.digest(sheet.path)
    }
    inside = {at for number in same for at in shipped.live[sheets[number].path]}
    theirs = {shipped.heads[at].key for at in inside} - {""}
    if theirs:
        others = {head.key for at, head in enumerate(shipped.heads) if at not in inside}
        for number, sheet in enumerate(sheets):
            if number not in same:
                others.update(question.key for question in sheet.asked)
        if theirs & others:
            return {}
    return same


def recognised(
    sheets: Sequence[Sheet], order: Sequence[int], shipped: Shipped, same: Mapping[int, Still]
) -> list[Found]:
    """Who the questions of each sheet are; `order` is that of the files, `same` from `unmoved`."""
    found: list[Found] = [()] * len(sheets)
    for number in range(len(sheets)):
        path, asked = sheets[number].path, sheets[number].asked
        found[number] = shipped.live[path] if number in same else [None] * len(asked)
    if not shipped.heads or len(same) == len(sheets):
        return found
    olds = shipped.sightings()
    news: list[Sighting] = []
    certain: dict[int, int] = {}
    pages = _Pages()
    shelf = Shelf(pages.read, keeps=False)
    for number in order:
        if number in same:
            certain |= {len(news) + nth: at for nth, at in enumerate(_all(found[number]))}
            news += (olds[at] for at in _all(found[number]))
        else:
            pages.add(sheets[number], len(news))
            news += _sightings(sheets[number], len(news), shelf)
    pairs = recognise(news, olds, certain)
    start = 0
    for number in order:
        end = start + len(found[number])
        if number not in same:
            found[number] = [pairs.get(at) for at in range(start, end)]
        start = end
    return found


class _Pages:
    """The questions of sheets by their numbers; those of one sheet are at hand."""

    def __init__(self) -> None:
        self._sheets: list[tuple[int, Sheet]] = []
        self._at_hand, self._page = -1, list[Asked]()

    def add(self, sheet: Sheet, first: int) -> None:
        """One more sheet, whose questions are numbered from `first`."""
        self._sheets.append((first, sheet))

    def read(self, number: int) -> Sighting:
        at = bisect_right(self._sheets, number, key=itemgetter(0)) - 1
        first, sheet = self._sheets[at]
        if at != self._at_hand:
            self._at_hand, self._page = at, list(sheet.asked)
        return of_asked(self._page[number - first])


def _sightings(sheet: Sheet, first: int, shelf: Shelf) -> Iterator[Sighting]:
    for number, one in enumerate(sheet.asked, first):
        yield shelf.sighting(number, (one.kind, one.key, one.path, False), of_asked(one).unchanged)


def _all(found: Found) -> list[int]:
    return [at for at in found if at is not None]

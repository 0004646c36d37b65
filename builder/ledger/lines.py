"""The entries of a lock as their lines: only one that is looked at is taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple, overload

from builder.ledger.lock import Entry
from builder.ledger.record import entry_in, line_of, parsed


class Head(NamedTuple):
    """What is asked of every entry; see `Entry`."""

    guid: str
    kind: str
    key: str
    path: str
    rank: int
    note_id: int
    modified: int
    version: str
    release: int
    retired: bool


_HEAD = attrgetter(*Head._fields)


def head_of(entry: Entry) -> Head:
    return Head(*_HEAD(entry))


class Lines(Sequence[Entry]):
    """Entries by guid, each made of its line when it is asked for."""

    def __init__(self, heads: Sequence[Head], lines: Sequence[bytes]) -> None:
        assert len(heads) == len(lines), f"{len(heads)} heads, {len(lines)} lines"
        self.heads, self.lines = heads, lines

    @staticmethod
    def of(entries: Iterable[Entry]) -> Lines:
        if isinstance(entries, Lines):
            return entries
        ordered = sorted(entries, key=lambda entry: entry.guid)
        return Lines(list(map(head_of, ordered)), list(map(line_of, ordered)))

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> Lines: ...
    def __getitem__(self, at: int | slice) -> Entry | Lines:
        if isinstance(at, slice):
            return Lines(self.heads[at], self.lines[at])
        return entry_in(parsed(self.lines[at].decode()))

    def __iter__(self) -> Iterator[Entry]:
        return (self[at] for at in range(len(self.lines)))

    def __len__(self) -> int:
        return len(self.lines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Iterable) and self.lines == Lines.of(other).lines

    __hash__ = None  # type: ignore[assignment]

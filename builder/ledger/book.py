"""The next lock in the making, and what is to be told of it."""

from __future__ import annotations

from collections.abc import Container, Iterator

from builder.ids import note_id
from builder.ledger.asked import Asked
from builder.ledger.lines import Head, Lines, head_of
from builder.ledger.lock import Entry
from builder.ledger.newcomers import NoteIds
from builder.ledger.news import Change, Event
from builder.ledger.record import line_of
from builder.ledger.renewal import Renewal, Seat, renewed
from builder.ledger.shipped import Shipped
from builder.ledger.stamping import Difference, Release, resent, stamped
from builder.ledger.wording import single_spaced
from builder.model import Identity
from builder.values import Record, replace


class Wishes(Record):
    """What ships: changes of rendering, if wanted, and again what changed after a release."""

    release: Release
    rerender: bool
    resent_after: int


class Book:
    """The entries of the last lock, which those of this build take the place of one by one.

    `keeping_cards` is that of `Settled`.
    """

    def __init__(self, shipped: Shipped, ids: NoteIds, wishes: Wishes) -> None:
        self.keeping_cards = 0
        self._shipped, self._ids, self._wishes = shipped, ids, wishes
        lines = shipped.lines
        pairs = zip(lines.heads, lines.lines, strict=True)
        self._held = {head.guid: (head, line) for head, line in pairs}
        self._left: list[Entry] = []
        self._changes: list[Change] = []

    def take_leave(self, found: Container[int]) -> None:
        """Retires what no question is, unless it was before."""
        resends = self._wishes.resent_after < max(
            (head.release for head in self._shipped.heads), default=0
        )
        for at, head in enumerate(self._shipped.heads):
            if at in found or (head.retired and not resends and not self._is_renumbered(head)):
                continue
            before = self._shipped.entry(at)
            release = self._wishes.release
            entry = stamped(replace(before, retired=True), before, release, rerender=False)
            entry = self._enter(entry, before)
            if not head.retired:
                self._left.append(entry)
        self._left.sort(key=lambda entry: entry.guid)
        self._gone = {(entry.key, ""): entry for entry in self._left if entry.key}
        self._gone |= {("", single_spaced(entry.stem)): entry for entry in self._left}

    def enter(
        self, question: Asked, at: int | None, guid: str, seat: Seat
    ) -> tuple[Identity, bool]:
        """Who a question is, and whether all is said of it: a build with the lock that comes out
        would change nothing of it and tell nothing."""
        before = None if at is None else self._shipped.entry(at)
        wishes = self._wishes
        renewal = renewed(question, before, guid, seat, wishes.release, rerender=wishes.rerender)
        entry = self._enter(renewal.entry, before)
        self._changes += self._told(renewal)
        self.keeping_cards += renewal.keeps_cards
        waits = renewal.difference is Difference.RENDERING and not wishes.rerender
        return renewal.identity(entry, self._ids.of[guid]), not (waits or renewal.keeps_cards)

    def _enter(self, entry: Entry, before: Entry | None) -> Entry:
        entry = resent(entry, before, self._wishes.resent_after, self._wishes.release.now)
        kept = self._ids.given.get(entry.guid, 0)
        if kept != entry.note_id:
            entry = replace(entry, note_id=kept)
        if entry != before:
            self._held[entry.guid] = head_of(entry), line_of(entry)
        return entry

    def _is_renumbered(self, head: Head) -> bool:
        return self._ids.of[head.guid] != (head.note_id or note_id(head.guid))

    def _told(self, renewal: Renewal) -> Iterator[Change]:
        now = renewal.entry
        for change in renewal.changes():
            if change.event is Event.NEW and (was := self._left_as(now)):
                yield replace(change, event=Event.KIND_CHANGED, before=was.kind, after=now.kind)
            else:
                yield change

    def _left_as(self, now: Entry) -> Entry | None:
        """What left the source and says the same."""
        if not self._gone:
            return None
        return self._gone.get((now.key, "")) or self._gone.get(("", single_spaced(now.stem)))

    def changes(self) -> tuple[Change, ...]:
        """What happened, in source order; the questions that left come last, by guid."""
        gone = (Change(Event.WITHDRAWN, left.guid, left.path, left.stem) for left in self._left)
        return (*self._changes, *gone)

    def lines(self) -> Lines:
        ordered = [self._held[guid] for guid in sorted(self._held)]
        return Lines([head for head, _ in ordered], [line for _, line in ordered])

"""From the questions of a source and the last lock to who they are, and the next lock."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import chain

from builder.ledger.asked import Sheet
from builder.ledger.book import Book, Wishes
from builder.ledger.identities import Identities
from builder.ledger.lines import Head
from builder.ledger.lock import Lock
from builder.ledger.newcomers import NoteIds, guids_of
from builder.ledger.news import Change
from builder.ledger.places import kept_ranks, ranks
from builder.ledger.renewal import Seat
from builder.ledger.shipped import Found, Shipped, Still, recognised, unmoved
from builder.ledger.stamping import next_release, stamps
from builder.model import Identity
from builder.values import Record, replace


class Tombstone(Record):
    """A question that left the source, as last shipped.

    All its options are in `identity.withdrawn`, for a field that was filled must stay so: a card
    whose field goes empty would be blank in every member's queue.
    """

    identity: Identity
    kind: str
    title: str
    stem: str
    path: str


class Settled(Record):
    """Who everyone is: the questions of each sheet in their order, `tombstones` by guid.

    `lock` is to be written in place of the last one. `clock_behind` says by how many seconds the
    newest time given lies ahead of `now`: by some if a question changed twice in a second, by many
    only if an earlier build had a later clock.
    `keeping_cards` counts the questions with more cards than asked for, which members hold.
    `still` are files, by their paths, for the next `settle`.
    """

    sheets: tuple[Identities, ...]
    tombstones: tuple[Tombstone, ...]
    lock: Lock
    changes: tuple[Change, ...]
    clock_behind: int
    keeping_cards: int
    still: Mapping[str, Still]

    @property
    def identities(self) -> tuple[Identity, ...]:
        """Those of all questions asked, in their order."""
        return tuple(chain.from_iterable(self.sheets))


def settle(
    sheets: Sequence[Sheet],
    last: Lock | None,
    *,
    uid: str,
    now: int,
    version: str,
    name: str = "",
    looks: Mapping[str, str] | None = None,
    schemas: Mapping[str, str] | None = None,
    rerender: bool = False,
    resend: int = 0,
    still: Mapping[str, Still] | None = None,
) -> Settled:
    """Finds who each question is, and when it last changed.

    `now` is in seconds since the epoch; `version` is what the author calls this release, and is
    told wherever a change is. `looks` gives a hash of templates and style for each note type,
    `schemas` one of what must never change in it.
    `rerender` lets changes of rendering alone ship; `resend` stamps anew what changed in so many
    releases before this one. Without a lock, guids come from the texts, so that two people get
    the same ones. `still` is what came with `last` from the settling that made it; it saves time.

    Settling again with the lock that comes out changes nothing, whatever the time and version.
    """
    before = last or Lock(uid)
    shipped = Shipped(before)
    release = next_release(before, now, version)
    order = sorted(range(len(sheets)), key=lambda number: sheets[number].path)
    ids = NoteIds(shipped.lines.heads)
    same = unmoved(sheets, shipped, still or {}) if ids.are_as_held and not resend else {}
    found = recognised(sheets, order, shipped, same)
    guids = guids_of(sheets, order, found, shipped, uid)
    ids.add(guids)
    book = Book(shipped, ids, Wishes(release, rerender, before.release - resend))
    book.take_leave({at for who in found for at in who if at is not None})
    settled = dict(same)
    seats = _seats(sheets, order, found, shipped, same)
    for number in order:
        if number not in same:
            people = zip(found[number], guids[number], seats[number], strict=True)
            settled[number] = _settled(sheets[number], list(people), book)
    looked = stamps(before, looks or {}, schemas or {}, release)
    lock = Lock(uid, name, looked, book.lines())
    newest = max((head.modified for head in lock.heads), default=now)
    return Settled(
        tuple(settled[number].identities for number in range(len(sheets))),
        tuple(_tombstones(lock, ids.of)),
        lock,
        book.changes(),
        max(0, newest - now),
        book.keeping_cards,
        _still(sheets, settled, lock),
    )


def _settled(sheet: Sheet, people: Sequence[tuple[int | None, str, Seat]], book: Book) -> Still:
    """Who the questions of a sheet are; without a seal unless all is said of them."""
    entered = [
        book.enter(question, *who) for question, who in zip(sheet.asked, people, strict=True)
    ]
    is_still = all(all_is_said for _, all_is_said in entered)
    identities = Identities.of(identity for identity, _ in entered)
    return Still(sheet.seal if is_still else "", identities)


def _still(
    sheets: Sequence[Sheet], settled: Mapping[int, Still], lock: Lock
) -> Mapping[str, Still]:
    """What the next settling need not look at; a key that stands twice could pair otherwise."""
    times = Counter(sheet.path for sheet in sheets)
    keys = Counter(head.key for head in lock.heads if head.key)
    unsure = {head.path for head in lock.heads if keys[head.key] > 1}
    shipped = Shipped(lock)
    return {
        sheet.path: replace(settled[number], held=shipped.digest(sheet.path))
        for number, sheet in enumerate(sheets)
        if settled[number].seal and times[sheet.path] == 1 and sheet.path not in unsure
    }


def _seats(
    sheets: Sequence[Sheet],
    order: Sequence[int],
    found: Sequence[Found],
    shipped: Shipped,
    same: Container[int],
) -> list[list[Seat]]:
    """The seats of the questions of each sheet that is not the same."""
    seats: list[list[Seat]] = [[] for _ in sheets]
    of_file: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
    for number in order:
        if number not in same:
            of_file[sheets[number].path] += ((number, at) for at in found[number])
    for path, members in of_file.items():
        held = [_rank(shipped.heads[at], path) if at is not None else None for _, at in members]
        kept = kept_ranks(held)
        for nth, ((number, at), rank) in enumerate(zip(members, ranks(held), strict=True)):
            seats[number].append(Seat(rank, moved=at is not None and nth not in kept))
    return seats


def _rank(head: Head, path: str) -> int | None:
    return head.rank if head.path == path and not head.retired else None


def _tombstones(lock: Lock, ids: Mapping[str, int]) -> Iterator[Tombstone]:
    for at, head in enumerate(lock.heads):
        if head.retired:
            entry = lock.entries[at]
            identity = Identity(
                guid=entry.guid,
                note_id=ids[entry.guid],
                modified=entry.modified,
                withdrawn=tuple((o.slot, o.text) for o in entry.options if o.has_card),
                retired=True,
                version=entry.version,
                answer_changed=entry.answer_changed,
                cards=entry.cards,
            )
            yield Tombstone(identity, entry.kind, entry.title, entry.stem, entry.path)

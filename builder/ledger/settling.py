"""From the questions of a source and the last lock to who they are, and the next lock."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from builder.ids import note_id, question_guid
from builder.ledger.asked import Asked
from builder.ledger.lock import Entry, Lock, Stamp
from builder.ledger.matching import recognise
from builder.ledger.news import Change, Event
from builder.ledger.places import kept_ranks, ranks
from builder.ledger.renewal import Renewal, Seat, renewed
from builder.ledger.sighting import Sighting, of_asked, of_entry
from builder.ledger.stamping import Release, next_release, resent, stamped, stamps
from builder.ledger.wording import single_spaced
from builder.model import Identity


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A question that left the source, as last shipped.

    All its options are in `identity.withdrawn`, for a field that was filled must stay so: a card
    whose field goes empty would be blank in every member's queue.
    """

    identity: Identity
    kind: str
    title: str
    stem: str
    path: str


@dataclass(frozen=True, slots=True)
class Settled:
    """Who everyone is. `identities` are in the order of the questions asked, `tombstones` by guid.

    `lock` is to be written in place of the last one. `clock_behind` says by how many seconds the
    newest time given lies ahead of `now`: above 0 only if an earlier build had a later clock.
    `keeping_cards` counts the questions with more cards than asked for, which members hold.
    """

    identities: tuple[Identity, ...]
    tombstones: tuple[Tombstone, ...]
    lock: Lock
    changes: tuple[Change, ...]
    clock_behind: int
    keeping_cards: int


def settle(
    asked: Sequence[Asked],
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
) -> Settled:
    """Finds who each question is, and when it last changed.

    `now` is in seconds since the epoch; `version` is what the author calls this release, and is
    told wherever a change is. `looks` gives a hash of templates and style for each note type,
    `schemas` one of what must never change in it.
    `rerender` lets changes of rendering alone ship; `resend` stamps anew what changed in so many
    releases before this one. Without a lock, guids come from the texts, so that two people get
    the same ones.

    Settling again with the lock that comes out changes nothing, whatever the time and version.
    """
    before = last or Lock(uid)
    release = next_release(before, now, version)
    order = sorted(range(len(asked)), key=lambda i: asked[i].path)
    renewals = _renewals([asked[i] for i in order], before, uid, release, rerender=rerender)
    gone = _gone(renewals, before, release)
    entries = resent([*(renewal.entry for renewal in renewals), *gone], before, resend, now)
    lock = _lock(entries, before, uid, name, stamps(before, looks or {}, schemas or {}, release))
    ids = {entry.guid: entry.note_id or note_id(entry.guid) for entry in lock.entries}
    final = {entry.guid: entry for entry in lock.entries}
    identities = {
        i: renewal.identity(final[renewal.entry.guid], ids[renewal.entry.guid])
        for i, renewal in zip(order, renewals, strict=True)
    }
    retired_before = {entry.guid for entry in before.entries if entry.retired}
    left = [entry for entry in gone if entry.guid not in retired_before]
    newest = max((entry.modified for entry in lock.entries), default=now)
    return Settled(
        tuple(identities[i] for i in range(len(asked))),
        tuple(_tombstone(entry, ids[entry.guid]) for entry in lock.entries if entry.retired),
        lock,
        tuple(_changes(renewals, left)),
        max(0, newest - now),
        sum(renewal.keeps_cards for renewal in renewals),
    )


def _renewals(
    questions: Sequence[Asked], last: Lock, uid: str, release: Release, *, rerender: bool
) -> list[Renewal]:
    entries = sorted(last.entries, key=lambda entry: (entry.path, entry.rank, entry.guid))
    sightings = [of_asked(question) for question in questions]
    found = recognise(sightings, [of_entry(entry) for entry in entries])
    known = [entries[found[i]] if i in found else None for i in range(len(questions))]
    guids = _guids(sightings, known, last, uid)
    seats = _seats(questions, known)
    return [
        renewed(question, before, guid, seat, release, rerender=rerender)
        for question, before, guid, seat in zip(questions, known, guids, seats, strict=True)
    ]


def _guids(
    sightings: Sequence[Sighting], known: Sequence[Entry | None], last: Lock, uid: str
) -> list[str]:
    """Those known keep theirs. A new one is made of the key, or of as much text as tells apart."""
    stems: Counter[tuple[str, str]] = Counter()
    if not all(known):
        stems.update((one.kind, single_spaced(one.stem)) for one in sightings)
    taken = {entry.guid for entry in last.entries}
    guids: list[str] = []
    copies: Counter[tuple[str, ...]] = Counter()
    for one, entry in zip(sightings, known, strict=True):
        if entry:
            guids.append(entry.guid)
            continue
        kind, title, stem, options = one.text
        content: tuple[str, ...] = ("stem", stem)
        if one.key:
            content = ("key", one.key)
        elif stems[kind, stem] > 1:
            content = ("stem", stem, title, *options)
        guid = question_guid(uid, kind, *content)
        while guid in taken:  # where the last twin left off: among many twins it would take long
            copies[kind, *content] += 1
            guid = question_guid(uid, kind, *content, f"copy {copies[kind, *content] + 1}")
        taken.add(guid)
        guids.append(guid)
    return guids


def _seats(questions: Sequence[Asked], known: Sequence[Entry | None]) -> list[Seat]:
    of_file: dict[str, list[int]] = defaultdict(list)
    for i, question in enumerate(questions):
        of_file[question.path].append(i)
    seats: dict[int, Seat] = {}
    for path, members in of_file.items():
        held = [
            entry.rank if (entry := known[i]) and entry.path == path and not entry.retired else None
            for i in members
        ]
        kept = kept_ranks(held)
        for nth, (i, rank) in enumerate(zip(members, ranks(held), strict=True)):
            seats[i] = Seat(rank, moved=known[i] is not None and nth not in kept)
    return [seats[i] for i in range(len(questions))]


def _gone(renewals: Iterable[Renewal], last: Lock, release: Release) -> list[Entry]:
    """The entries that no question is, retired now if they were not before."""
    here = {renewal.entry.guid for renewal in renewals}
    return [
        stamped(replace(entry, retired=True), entry, release, rerender=False)
        for entry in last.entries
        if entry.guid not in here
    ]


def _lock(
    entries: Iterable[Entry], last: Lock, uid: str, name: str, looks: tuple[Stamp, ...]
) -> Lock:
    """The lock with note ids: where two guids give the same, who had it first keeps it."""
    shipped = {entry.guid for entry in last.entries}
    taken: set[int] = set()
    settled: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda e: (not e.note_id, e.guid not in shipped, e.guid)):
        given = note_id(entry.guid)
        own = entry.note_id or given
        if own in taken:
            own = note_id(entry.guid, taken)
        taken.add(own)
        kept = 0 if own == given else own
        settled[entry.guid] = entry if entry.note_id == kept else replace(entry, note_id=kept)
    return Lock(uid, name, looks, tuple(settled[guid] for guid in sorted(settled)))


def _tombstone(entry: Entry, own_id: int) -> Tombstone:
    identity = Identity(
        guid=entry.guid,
        note_id=own_id,
        modified=entry.modified,
        withdrawn=tuple((option.slot, option.text) for option in entry.options if option.has_card),
        retired=True,
        version=entry.version,
        answer_changed=entry.answer_changed,
        cards=entry.cards,
    )
    return Tombstone(identity, entry.kind, entry.title, entry.stem, entry.path)


def _changes(renewals: Iterable[Renewal], left: Sequence[Entry]) -> Iterator[Change]:
    """What happened, in source order; the questions that left come last, by guid."""
    others = {(entry.key, ""): entry for entry in left if entry.key}
    others |= {("", single_spaced(entry.stem)): entry for entry in left}
    for renewal in renewals:
        now = renewal.entry
        for change in renewal.changes():
            was = others.get((now.key, "")) or others.get(("", single_spaced(now.stem)))
            if change.event is Event.NEW and was:
                yield replace(change, event=Event.KIND_CHANGED, before=was.kind, after=now.kind)
            else:
                yield change
    for entry in left:
        yield Change(Event.WITHDRAWN, entry.guid, entry.path, entry.stem)

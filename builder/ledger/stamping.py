"""When each note last changed.

Anki takes a note over only if its time is newer than what a member has, and then replaces the
member's edits and tags: so a note that did not change must keep its time, and one that did must
get a newer one (tests/test_updates_in_anki.py shows both).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from builder.ledger.lock import Entry, Lock, Stamp
from builder.values import Record, replace


class Difference(Enum):
    """Between a note as it is and as it was last shipped."""

    NONE = auto()
    RENDERING = auto()  # the same source and the same state, shown differently
    CONTENT = auto()


class Release(Record):
    """The build that is under way: when it is made, its number, and what its author calls it."""

    now: int
    number: int
    version: str

    def after(self, modified: int) -> int:
        """The time for what changes now: newer than the last one even if the clock went back."""
        return max(self.now, modified + 1)


def next_release(lock: Lock, now: int, version: str) -> Release:
    """Builds of one version are one release, until a build of another version comes."""
    last = lock.release
    same = any(head.release == last and head.version == version for head in lock.heads)
    return Release(now, last if same else last + 1, version)


def difference(entry: Entry, before: Entry) -> Difference:
    if entry.retired != before.retired:
        return Difference.CONTENT
    if entry.rendering == before.rendering:
        return Difference.NONE
    same = entry.source == before.source and _state(entry) == _state(before)
    return Difference.RENDERING if same else Difference.CONTENT


def _state(entry: Entry) -> list[object]:
    """What counts as content even if the source stayed: slots, verdicts, which cards there are."""
    return [entry.cards, *((option.slot, option.verdict) for option in entry.options)]


def stamped(entry: Entry, before: Entry, release: Release, *, rerender: bool) -> Entry:
    """The entry, which has the time and the release of `before`, with those of its last change.

    A change of rendering alone is not one, unless asked for: the entry keeps the hash of what was
    shipped, and the change ships with the next one of content.
    """
    match difference(entry, before):
        case Difference.CONTENT:
            time = release.after(before.modified)
            return replace(entry, modified=time, version=release.version, release=release.number)
        case Difference.RENDERING if rerender:
            return replace(entry, modified=release.after(before.modified))
        case Difference.RENDERING:
            return replace(entry, rendering=before.rendering)
    return before if entry == before else entry


def resent(entry: Entry, before: Entry | None, since: int, now: int) -> Entry:
    """The entry, stamped anew if it changed after the release `since`, and not now.

    Anki up to 24.11 stamps a note with the time of its import, and so misses a release that was
    built before the member imported the one before; a later stamp reaches it.
    """
    if before and before.release > since and before.modified == entry.modified:
        return replace(entry, modified=max(now, entry.modified + 1))
    return entry


def stamps(
    lock: Lock, looks: Mapping[str, str], schemas: Mapping[str, str], release: Release
) -> tuple[Stamp, ...]:
    """Each note type with the time at which its look last changed."""
    known = {stamp.kind: stamp for stamp in lock.stamps}
    for kind, look in looks.items():
        before = known.get(kind, Stamp(kind, "", 0))
        if before.look != look:
            known[kind] = replace(before, look=look, modified=release.after(before.modified))
    for kind, schema in schemas.items():
        known[kind] = replace(known.get(kind, Stamp(kind, "", release.now)), schema=schema)
    return tuple(known[kind] for kind in sorted(known))

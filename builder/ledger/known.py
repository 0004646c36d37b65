"""A lock as a cache keeps it beside its text: what would else be found by taking the text apart."""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from typing import Any

from builder.ledger.identities import Identities
from builder.ledger.lines import Head, Lines
from builder.ledger.lock import Lock, Stamp
from builder.ledger.shipped import Still

_AROUND = 3  # lines that are no note type's and no question's: the first, the last, and none after


def packed(lock: Lock, still: Mapping[str, Still]) -> bytes:
    """What is to be kept of a lock that was just settled, with what came of it."""
    stamps = tuple((s.kind, s.look, s.modified, s.schema) for s in lock.stamps)
    heads: Any = tuple(map(tuple, Lines.of(lock.entries).heads))
    files = tuple(
        (path, one.seal, one.identities.packed, len(one.identities)) for path, one in still.items()
    )
    return marshal.dumps((lock.uid, lock.name, stamps, heads, files))


def unpacked(kept: bytes, text: bytes) -> tuple[Lock, Mapping[str, Still]]:
    """The lock of that text, for which this was kept, and what came of it."""
    row: Any = marshal.loads(kept)  # noqa: S302 - whoever calls has seen that we wrote it
    uid, name, stamps, heads, files = row
    lines = text.split(b"\n")
    assert len(lines) == _AROUND + len(stamps) + len(heads), "another lock than was kept"
    entries = Lines([Head(*head) for head in heads], lines[1 + len(stamps) : -2])
    lock = Lock(uid, name, tuple(Stamp(*stamp) for stamp in stamps), entries)
    return lock, {path: Still(seal, Identities(who, many)) for path, seal, who, many in files}

"""What a cache keeps of a lock beside its text: what would else be found by taking that apart."""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from typing import Any

from builder.ledger.identities import Identities
from builder.ledger.lines import Head, Lines
from builder.ledger.lock import Lock, Stamp
from builder.ledger.shipped import Still

_AROUND = 3  # lines that are no note type's and no question's: the first, the last, and none after


def packed(lock: Lock) -> bytes:
    """What is to be kept of a lock that was just settled."""
    stamps = tuple((s.kind, s.look, s.modified, s.schema) for s in lock.stamps)
    heads: Any = tuple(map(tuple, Lines.of(lock.entries).heads))
    return marshal.dumps((lock.uid, lock.name, stamps, heads))


def unpacked(kept: bytes, text: bytes) -> Lock:
    """The lock of that text, for which this was kept."""
    row: Any = marshal.loads(kept)  # noqa: S302 - whoever calls has seen that we wrote it
    uid, name, stamps, heads = row
    lines = text.split(b"\n")
    assert len(lines) == _AROUND + len(stamps) + len(heads), "another lock than was kept"
    entries = Lines([Head(*head) for head in heads], lines[1 + len(stamps) : -2])
    return Lock(uid, name, tuple(Stamp(*stamp) for stamp in stamps), entries)


def packed_files(still: Mapping[str, Still]) -> bytes:
    """What is to be kept of files, for locks that say the same of some of them."""
    return marshal.dumps(
        tuple(
            (path, one.seal, one.identities.packed, len(one.identities), one.held)
            for path, one in still.items()
        )
    )


def unpacked_files(kept: bytes) -> Mapping[str, Still]:
    rows: Any = marshal.loads(kept)  # noqa: S302 - as above
    return {path: Still(seal, Identities(who, many), held) for path, seal, who, many, held in rows}

"""Who is who between two versions of a source, and when each note last changed.

`settle` is the whole of it; `deck.lock` is read by `read_lock` and written by `lock_text`.
"""

from builder.ledger import known
from builder.ledger.asked import Asked, AskedOption, Sheet, by_file
from builder.ledger.identities import Identities
from builder.ledger.lock import Entry, HeldOption, Lock, Stamp
from builder.ledger.lockfile import lock_lines, lock_text, read_lock
from builder.ledger.news import Change, Event
from builder.ledger.settling import Settled, Tombstone, settle
from builder.ledger.shipped import Still
from builder.ledger.trace import traced

__all__ = [
    "Asked",
    "AskedOption",
    "Change",
    "Entry",
    "Event",
    "HeldOption",
    "Identities",
    "Lock",
    "Settled",
    "Sheet",
    "Stamp",
    "Still",
    "Tombstone",
    "by_file",
    "known",
    "lock_lines",
    "lock_text",
    "read_lock",
    "settle",
    "traced",
]

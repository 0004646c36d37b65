"""`deck.lock`: what the ledger knows of every question, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from builder.model import Verdict
from builder.values import Record

KEYED = frozenset({Verdict.CORRECT, Verdict.WRONG, Verdict.DISPUTED})
"""Verdicts that give an option a card of its own."""

BOTH = "both"
"""The cards of the whole question and of its options."""


class HeldOption(Record):
    """An option as last shipped; slot 0 where none was left for it.

    `carded` says that members hold the card of its slot although its verdict alone makes none.
    """

    slot: int
    verdict: Verdict
    text: str
    carded: bool = False

    @property
    def has_card(self) -> bool:
        """Whether members hold a card of its slot, which must never become blank."""
        return self.slot > 0 and (self.carded or self.verdict in KEYED)

    @property
    def withdrawn(self) -> bool:
        return self.verdict is Verdict.WITHDRAWN


class Entry(Record):
    """A question as last shipped.

    `rank` orders the questions of a file; the numbers mean nothing else, and leave room for
    questions between them, so that adding one changes no other line. `note_id` is 0 where the
    guid gives it. `source`, `rendering` are hashes; `trace` is `traced` from the explanation.
    `modified` is in seconds since the epoch; `version` and `release` tell in which release it
    was that the question changed: by the author's name for it, and counted from 1. The options
    of a retired question are those that it had at last. `cards` are those that members hold:
    "both", "questions" or "options".
    """

    guid: str
    kind: str
    stem: str
    options: tuple[HeldOption, ...] = ()
    title: str = ""
    path: str = ""
    rank: int = 0
    key: str = ""
    note_id: int = 0
    source: str = ""
    rendering: str = ""
    trace: str = ""
    modified: int = 0
    version: str = ""
    release: int = 0
    answer_changed: str = ""
    retired: bool = False
    cards: str = BOTH


class Headed(Protocol):
    """What is asked of every entry."""

    @property
    def guid(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def modified(self) -> int: ...
    @property
    def version(self) -> str: ...
    @property
    def release(self) -> int: ...
    @property
    def retired(self) -> bool: ...


class Stamp(Record):
    """Templates and style of a note type: their hash, and when they last changed.

    `schema` is a hash of what members' note types must have in common with it for ever.
    """

    kind: str
    look: str
    modified: int
    schema: str = ""


class Lock(Record):
    """What is known of all questions ever shipped: entries by guid, stamps by kind."""

    uid: str
    name: str = ""
    stamps: tuple[Stamp, ...] = ()
    entries: Sequence[Entry] = ()

    @property
    def heads(self) -> Sequence[Headed]:
        """Of each entry what is asked of all; other than the entries, it is at hand."""
        heads: Sequence[Headed] = getattr(self.entries, "heads", self.entries)
        return heads

    @property
    def release(self) -> int:
        """The number of the last release; 0 before the first."""
        return max((head.release for head in self.heads), default=0)

    @property
    def latest(self) -> Headed | None:
        """The question that changed last, of those that did the first."""
        return max(self.heads, key=lambda head: (head.release, head.modified), default=None)

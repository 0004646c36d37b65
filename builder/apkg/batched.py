"""Batches of notes as rows of a collection, in bytes: each can be made anywhere, or kept."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Protocol, TypeVar

from builder.card_html import card_rule
from builder.collection import SEPARATOR, checksum, shown_tags, sort_text, stored_fields
from builder.keeping import Keep
from builder.model import Batch, Note, NoteType

Row = tuple[int | str, ...]

Item = TypeVar("Item")
Made = TypeVar("Made")


class Spread(Protocol):
    """Does something with each of many, as `map` does, but in any order, and perhaps in other
    processes."""

    def __call__(
        self, function: Callable[[Item], Made], items: Iterable[Item], /
    ) -> Iterable[Made]: ...


Head = tuple[int, str, int, int, tuple[int, ...], int]
"""What the cards of a note need: its id, guid, time and position, and the numbers of the templates
that they are of; and how long its row is."""


def packed(
    note_types: tuple[NoteType, ...], look: str, keep: Keep, batch: Batch
) -> tuple[str, bytes]:
    """The deck of a batch, and its notes for `unpacked`; `look` is a hash of the note types."""
    if not batch.key:
        return batch.deck, _made(batch, note_types)
    key = sha256(f"{batch.key}\n{look}".encode()).hexdigest()
    return batch.deck, keep(key, lambda: _made(batch, note_types))


def unpacked(content: bytes) -> tuple[list[Head], bytes]:
    """The heads of all notes, and their rows, one after the other."""
    heads, rows = marshal.loads(content)  # noqa: S302 - ours, or kept for us
    return heads, rows


def row(content: bytes) -> Row:
    """One of the rows."""
    found: Row = marshal.loads(content)  # noqa: S302 - as above
    return found


def _made(batch: Batch, note_types: Iterable[NoteType]) -> bytes:
    types = {type_.kind: (type_.id, card_rule(type_)) for type_ in note_types}
    heads: list[Head] = []
    rows: list[bytes] = []
    for note in batch.notes:
        assert note.deck == batch.deck, f"{note.deck} in a batch of {batch.deck}"
        type_id, rule = types[note.kind]
        fields = stored_fields(note.fields)
        ords = tuple(rule(fields))
        assert ords, f"note {note.guid} has no card"
        packed_row = marshal.dumps(_row(note, type_id, fields))
        heads.append((note.id, note.guid, note.modified, note.position, ords, len(packed_row)))
        rows.append(packed_row)
    return marshal.dumps((heads, b"".join(rows)))


def _row(note: Note, type_id: int, fields: tuple[str, ...]) -> Row:
    key = sort_text(fields[0])
    assert not any(" " in tag or "\u3000" in tag for tag in note.tags), "a tag with a space"
    tags = f" {shown_tags(note.tags)} " if note.tags else ""
    joined = SEPARATOR.join(fields)
    return note.id, note.guid, type_id, note.modified, tags, joined, key, checksum(key)

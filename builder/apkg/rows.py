"""The rows of a collection: notes, cards, decks and note types (the only home of genanki).

genanki knows the schema, the `col` row and the JSON of decks and note types. What it does note
by note or deck by deck is done here in bulk, with ids and times that are given.

Rows go in sorted by their ids, as the database keeps them: that is faster, and the file smaller.
Until all are there, those of notes wait in a file.
"""

from __future__ import annotations

import functools
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import sha256
from itertools import chain
from typing import Any, BinaryIO, NamedTuple

from builder.apkg.batched import Row, Spread, packed, row, unpacked
from builder.collection import deck_name, parents
from builder.ids import card_ids, deck_id
from builder.keeping import Keep, anew
from builder.model import SLOTS, Batch, Deck, NoteType

# genanki takes `cached_property` from a package of that name, which loads all of asyncio: half of
# what genanki takes to load. Python has the same by now.
_LENT = sys.modules.setdefault("cached_property", functools)
import genanki  # noqa: E402

if _LENT is functools:
    del sys.modules["cached_property"]

A_DAY = 20  # new cards a day, as a new profile has it
HIGHEST_DUE = 999_999  # Check Database rewrites the position of a new card beyond it
PAGE = 16384  # bytes; most notes fit into one, and need no chain of pages


def fill(
    database: sqlite3.Connection,
    deck: Deck,
    batches: Iterable[Batch],
    waiting: BinaryIO,
    keep: Keep = anew,
    spread: Spread = map,
) -> int:
    """Writes the deck with these notes, in place of its own, to an empty database; tells how many
    cards they have.

    `waiting` is an empty file for rows. `keep` is trusted with the rows of batches that have a key.
    """
    # Nobody reads the database before it is whole, so it needs no journal; secure_delete
    # overwrites what is freed, so that no leftovers make the bytes of equal decks differ.
    database.executescript(
        f"PRAGMA page_size = {PAGE}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "PRAGMA secure_delete = ON;"
    )
    rows = _Rows(deck, batches, waiting, keep, spread)
    genanki.Package(rows).write_to_db(database.cursor(), 0.0, iter(()))
    database.commit()
    return rows.cards


class _Waiting(NamedTuple):
    """A note whose row waits at `start`; its cards are of the templates with these numbers."""

    note_id: int
    deck_id: int
    modified: int
    position: int
    ords: tuple[int, ...]
    start: int
    length: int


class _Rows(genanki.Deck):  # type: ignore[misc]
    """All decks of a package, written at once: genanki would write `col` anew for each."""

    def __init__(
        self, deck: Deck, batches: Iterable[Batch], waiting: BinaryIO, keep: Keep, spread: Spread
    ) -> None:
        super().__init__(deck_id(deck.uid, deck.name), deck.name)
        self.deck = deck
        self.batches, self.waiting, self.keep, self.spread = batches, waiting, keep, spread
        self.cards = 0
        self.decks: dict[str, _Deck] = {}
        self.deck_ids: set[int] = set()
        self.guids: set[str] = set()

    def write_to_db(self, cursor: sqlite3.Cursor, *_: object) -> None:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'")
        indexes: dict[str, str] = dict(cursor.fetchall())
        for name in indexes:  # made again when all rows are there: faster, and denser
            cursor.execute(f"DROP INDEX {name}")
        look = repr([(t.kind, t.id, t.fields, t.templates) for t in self.deck.note_types])
        digest = sha256(look.encode()).hexdigest()
        pack = partial(packed, self.deck.note_types, digest, self.keep)
        made = self.spread(pack, self._announced())
        notes = sorted(note for deck, content in made for note in self._received(deck, content))
        cursor.executemany(
            "INSERT INTO notes VALUES (?,?,?,?,-1,?,?,?,?,0,'')", map(self._row, notes)
        )
        cursor.executemany(
            "INSERT INTO cards VALUES (?,?,?,?,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')",
            chain.from_iterable(map(_card_rows, notes)),
        )
        self.cards = sum(len(note.ords) for note in notes)
        for name in (self.deck.name, *self.deck.descriptions):
            self._deck_id(name)
        self._write_col(cursor)
        for sql in indexes.values():
            cursor.execute(sql)

    def _announced(self) -> Iterator[Batch]:
        """The batches; the decks get their ids in the order in which these come."""
        for batch in self.batches:
            self._deck_id(batch.deck)
            yield batch

    def _received(self, deck: str, content: bytes) -> Iterator[_Waiting]:
        """The notes of a batch, their rows put where they wait."""
        number = self._deck_id(deck)
        start = self.waiting.seek(0, 2)
        heads, rows = unpacked(content)
        self.waiting.write(rows)
        for note_id, guid, modified, position, ords, length in heads:
            assert guid not in self.guids, f"two notes have the guid {guid}"
            self.guids.add(guid)
            yield _Waiting(note_id, number, modified, position, ords, start, length)
            start += length

    def _row(self, note: _Waiting) -> Row:
        self.waiting.seek(note.start)
        return row(self.waiting.read(note.length))

    def _deck_id(self, name: str) -> int:
        """The id of a deck, which is made with those above it on first sight.

        As in Anki, case does not tell decks apart: the first spelling stays.
        """
        key = name.casefold()
        if key not in self.decks:
            assert name == deck_name(name), f"not the name of a deck: {name}"
            for above in parents(name)[-1:]:
                self._deck_id(above)
                name = self.decks[above.casefold()].name + name[len(above) :]
            number = deck_id(self.deck.uid, name)
            while number in self.deck_ids:
                number += 1
            self.deck_ids.add(number)
            self.decks[key] = _Deck(number, name, self.deck.descriptions.get(name, ""))
        found: int = self.decks[key].deck_id
        return found

    def _write_col(self, cursor: sqlite3.Cursor) -> None:
        cursor.execute("SELECT decks FROM col")
        decks = json.loads(cursor.fetchone()[0])
        decks |= {str(deck.deck_id): deck.to_json() for deck in self.decks.values()}
        root = self._deck_id(self.deck.name)
        types = {
            str(type_.id): _NoteType(type_).to_json(type_.modified, root)
            for type_ in self.deck.note_types
        }
        cursor.execute("UPDATE col SET decks = ?, models = ?", (_json(decks), _json(types)))


class _Deck(genanki.Deck):  # type: ignore[misc]
    """A deck whose description is Markdown, and in which nothing was studied yet."""

    def to_json(self) -> dict[str, Any]:
        today = {f"{what}Today": [0, 0] for what in ("lrn", "new", "rev", "time")}
        return {**super().to_json(), **today, "browserCollapsed": False, "md": True}


class _NoteType(genanki.Model):  # type: ignore[misc]
    """A note type with ids on its fields and templates, by which Anki follows a rename."""

    # Anki computes its own; genanki's is wrong for templates with conditionals, and slow.
    _req = ()

    def __init__(self, note_type: NoteType) -> None:
        super().__init__(
            note_type.id,
            note_type.name,
            fields=[
                {
                    "name": field.name,
                    "id": field.id,
                    "font": "Arial",
                    "collapsed": field.quiet,
                    "excludeFromSearch": field.quiet,
                }
                for field in note_type.fields
            ],
            templates=[
                {
                    "name": template.name,
                    "id": template.id,
                    "qfmt": template.front,
                    "afmt": template.back,
                }
                for template in note_type.templates
            ],
            css=note_type.css,
        )


def _card_rows(note: _Waiting) -> list[Row]:
    note_id, deck, modified, position, ords, _, _ = note
    cards = zip(card_ids(note_id, ords), ords, dues(position, ords), strict=True)
    return [(card, note_id, deck, ord_, modified, due) for card, ord_, due in cards]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def dues(position: int, ords: Iterable[int]) -> list[int]:
    """Where new cards stand in their deck's queue: at 20 a day, each day another card of a note.

    The notes stand in blocks of 20. After the first cards of a block come the second ones of the
    block before, the third ones of the one before that, and so on: so the first cards of 20 others
    lie between any two of a note, however many cards each has. A package cannot tell Anki to bury
    siblings; only their order keeps them apart. At the end of a deck, where no further block comes,
    and in a deck of fewer than 20 notes, no order could.
    """
    block, place = divmod(position, A_DAY)
    first = block * (SLOTS + 1) * A_DAY + place
    return [min(first + ord_ * (SLOTS + 2) * A_DAY, HIGHEST_DUE) for ord_ in ords]

"""The rows of a collection: notes, cards, decks and note types (the only home of genanki).

genanki knows the schema, the `col` row and the JSON of decks and note types. What it does note
by note or deck by deck is done here in bulk, with ids and times that are given.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from itertools import islice
from typing import Any

import genanki

from builder.card_html import card_rule
from builder.collection import (
    SEPARATOR,
    checksum,
    deck_name,
    parents,
    shown_tags,
    sort_text,
    stored_fields,
)
from builder.ids import card_id, deck_id
from builder.model import SLOTS, Deck, Note, NoteType

A_DAY = 20  # new cards a day, as a new profile has it
HIGHEST_DUE = 999_999  # Check Database rewrites the position of a new card beyond it
NOTES_AT_ONCE = 500

Row = tuple[int | str, ...]


def fill(database: sqlite3.Connection, deck: Deck, notes: Iterable[Note]) -> int:
    """Writes the deck with these notes, in place of its own, to an empty database; tells how many
    cards they have."""
    # Nobody reads the database before it is whole, so it needs no journal; secure_delete
    # overwrites what is freed, so that no leftovers make the bytes of equal decks differ.
    database.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA secure_delete = ON;"
    )
    rows = _Rows(deck, notes)
    genanki.Package(rows).write_to_db(database.cursor(), 0.0, iter(()))
    database.commit()
    return rows.cards


class _Rows(genanki.Deck):  # type: ignore[misc]
    """All decks of a package, written at once: genanki would write `col` anew for each."""

    def __init__(self, deck: Deck, notes: Iterable[Note]) -> None:
        super().__init__(deck_id(deck.uid, deck.name), deck.name)
        self.deck = deck
        self.given = iter(notes)
        self.cards = 0
        self.types = {type_.kind: (type_.id, card_rule(type_)) for type_ in deck.note_types}
        self.decks: dict[str, _Deck] = {}
        self.deck_ids: set[int] = set()
        self.guids: set[str] = set()

    def write_to_db(self, cursor: sqlite3.Cursor, *_: object) -> None:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'")
        indexes: dict[str, str] = dict(cursor.fetchall())
        for name in indexes:  # made again when all rows are there: faster, and denser
            cursor.execute(f"DROP INDEX {name}")
        while notes := list(islice(self.given, NOTES_AT_ONCE)):
            self._write_notes(cursor, notes)
        for name in (self.deck.name, *self.deck.descriptions):
            self._deck_id(name)
        self._write_col(cursor)
        for sql in indexes.values():
            cursor.execute(sql)

    def _write_notes(self, cursor: sqlite3.Cursor, notes: list[Note]) -> None:
        rows: list[Row] = []
        cards: list[Row] = []
        for note in notes:
            type_id, rule = self.types[note.kind]
            fields = stored_fields(note.fields)
            rows.append(_note_row(note, type_id, fields))
            deck = self._deck_id(note.deck)
            ords = rule(fields)
            assert ords, f"note {note.guid} has no card"
            cards += [_card_row(note, deck, ord_) for ord_ in ords]
            assert note.guid not in self.guids, f"two notes have the guid {note.guid}"
            self.guids.add(note.guid)
        self.cards += len(cards)
        cursor.executemany("INSERT INTO notes VALUES (?,?,?,?,-1,?,?,?,?,0,'')", rows)
        cursor.executemany(
            "INSERT INTO cards VALUES (?,?,?,?,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')", cards
        )

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


def _note_row(note: Note, type_id: int, fields: tuple[str, ...]) -> Row:
    key = sort_text(fields[0])
    assert not any(" " in tag or "\u3000" in tag for tag in note.tags), "a tag with a space"
    tags = f" {shown_tags(note.tags)} " if note.tags else ""
    joined = SEPARATOR.join(fields)
    return note.id, note.guid, type_id, note.modified, tags, joined, key, checksum(key)


def _card_row(note: Note, deck: int, ord_: int) -> Row:
    place = due(note.position, ord_)
    return card_id(note.id, ord_), note.id, deck, ord_, note.modified, place


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def due(position: int, ord: int) -> int:  # noqa: A002 - Anki's own name for it
    """Where a new card stands in its deck's queue: at 20 a day, each day another card of a note.

    The notes stand in blocks of 20. After the first cards of a block come the second ones of the
    block before, the third ones of the one before that, and so on: so the first cards of 20 others
    lie between any two of a note, however many cards each has. A package cannot tell Anki to bury
    siblings; only their order keeps them apart. At the end of a deck, where no further block comes,
    and in a deck of fewer than 20 notes, no order could.
    """
    block, place = divmod(position, A_DAY)
    return min(((block + ord) * (SLOTS + 1) + ord) * A_DAY + place, HIGHEST_DUE)

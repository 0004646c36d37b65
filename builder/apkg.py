"""Anki packages: a deck as the bytes of an .apkg file (the only home of genanki).

The format is the one that every Anki since 2.1.40 reads: a zip with `collection.anki2` (SQLite,
schema 11), `media` (JSON) and the media files by number. genanki knows the schema, the `col` row
and the JSON of decks and note types; what it does note by note or deck by deck is done here in
bulk, with ids and times that are given, so that the same deck makes the same bytes.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

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
from builder.model import SLOTS, Deck, Media, Note, NoteType

HIGHEST_DUE = 999_999  # Check Database rewrites the position of a new card beyond it
NOTES_AT_ONCE = 500
COMPRESSED = (".avif", ".gif", ".jpeg", ".jpg", ".mp3", ".mp4", ".ogg", ".png", ".webm", ".webp")
WRITER = ((24, 4), (92, 8))
"""Where the header of a database counts its writes and names the SQLite that wrote it.

See https://www.sqlite.org/fileformat2.html#the_database_header: a cache of other programs depends
on it, which a file that is not written again does not have. A database in memory has zeros there.
"""
SAFE_NAME = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)\.)[a-z0-9_-]{1,90}\.[a-z0-9]{1,9}")
"""Names that no file system and no version of Anki changes."""

Row = tuple[int | str, ...]


def package(deck: Deck) -> bytes:
    """The deck as an .apkg file, made in memory; see `write` for one of any size."""
    file = BytesIO()
    with closing(sqlite3.connect(":memory:")) as database:
        _fill(database, deck, deck.notes)
        _zip(file, BytesIO(database.serialize()), deck.media)
    return file.getvalue()


def write(deck: Deck, notes: Iterable[Note], file: BinaryIO, scratch: Path) -> None:
    """Writes the deck with these notes, in place of its own, to a file as `package` would.

    The notes are asked for once and not kept. `scratch` is a folder with room for the database
    in the making (about ten times the size of the package), which is taken away at the end.
    Raises OSError where there is no room.
    """
    collection = scratch / "collection.anki2"
    try:
        with closing(sqlite3.connect(collection)) as database:
            _fill(database, deck, notes)
        with collection.open("r+b") as content:
            for start, length in WRITER:
                content.seek(start)
                content.write(bytes(length))
            content.seek(0)
            _zip(file, content, deck.media)
    except sqlite3.OperationalError as error:
        raise OSError(f"{collection}: {error}") from error
    finally:
        collection.unlink(missing_ok=True)


def refused_name(name: str) -> str | None:
    """Why a package must not have this file name, or None if it may.

    Anki takes some names for a backup of a whole collection, and replaces everything that the
    member has by it (`ColpkgImporter.can_import` in qt/aqt/import_export/importing.py).
    """
    if re.fullmatch(r"(?i)collection\.apkg|backup-.*\.apkg|.*\.colpkg", name, re.DOTALL):
        return f"Anki would replace a member's whole collection by a file named {name}"
    return None


def due(position: int, ord: int) -> int:  # noqa: A002 - Anki's own name for it
    """Where a new card stands in its deck's queue: at 20 a day, each day another card of a note.

    The first 20 notes show their first cards, then the same 20 their second ones, and so on for
    all `SLOTS + 1` cards before the next 20 notes begin. A package cannot tell Anki to bury
    siblings, so the order itself keeps the cards of a note apart.
    """
    block, place = divmod(position, 20)
    return min((block * (SLOTS + 1) + ord) * 20 + place, HIGHEST_DUE)


def _fill(database: sqlite3.Connection, deck: Deck, notes: Iterable[Note]) -> None:
    # Nobody reads the database before it is whole, so it needs no journal; secure_delete
    # overwrites what is freed, so that no leftovers make the bytes of equal decks differ.
    database.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA secure_delete = ON;"
    )
    genanki.Package(_Rows(deck, notes)).write_to_db(database.cursor(), 0.0, iter(()))
    database.commit()


class _Rows(genanki.Deck):  # type: ignore[misc]
    """All decks of a package, written at once: genanki would write `col` anew for each."""

    def __init__(self, deck: Deck, notes: Iterable[Note]) -> None:
        super().__init__(deck_id(deck.uid, deck.name), deck.name)
        self.deck = deck
        self.given = iter(notes)
        self.types = {type_.kind: (type_.id, card_rule(type_)) for type_ in deck.note_types}
        self.decks: dict[str, _Deck] = {}
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
            while number in {deck.deck_id for deck in self.decks.values()}:
                number += 1
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
    assert not any(set(" \u3000") & set(tag) for tag in note.tags), (
        f"a tag with a space: {note.tags}"
    )
    tags = f" {shown_tags(note.tags)} " if note.tags else ""
    joined = SEPARATOR.join(fields)
    return note.id, note.guid, type_id, note.modified, tags, joined, key, checksum(key)


def _card_row(note: Note, deck: int, ord_: int) -> Row:
    place = due(note.position, ord_)
    return card_id(note.id, ord_), note.id, deck, ord_, note.modified, place


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _zip(file: BinaryIO, collection: BinaryIO, media: Iterable[Media]) -> None:
    files = sorted(media, key=lambda each: each.name)
    names = {str(number): each.name for number, each in enumerate(files)}
    assert len(set(names.values())) == len(files), "two media files have the same name"
    for name in names.values():
        assert SAFE_NAME.fullmatch(name), f"not a safe name for media: {name}"
    with ZipFile(file, "w") as archive:
        with archive.open(_entry("collection.anki2"), "w", force_zip64=True) as entry:
            shutil.copyfileobj(collection, entry, 1 << 20)
        archive.writestr(_entry("media"), _json(names))
        for number, each in enumerate(files):
            archive.writestr(_entry(str(number), each.name), each.content)


def _entry(name: str, holds: str = "") -> ZipInfo:
    """A zip entry without a trace of the day and the machine it was written on."""
    entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_STORED if holds.endswith(COMPRESSED) else ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry

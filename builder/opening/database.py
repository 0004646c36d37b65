"""From a database of Anki's, that a stranger may have made, to its notes."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from builder.opening.values import NotAPackage, Opened, OpenedNote

MOST_NOTES = 1_000_000
MOST_CARDS = 5_000_000
MOST_NAMES = 100_000
"""Decks, note types and fields, each."""

LARGEST_TEXT = 1 << 30
"""Bytes of all notes; and a file can hold a text once and give it for many."""

LARGEST_VALUE = 1 << 28
LARGEST_JSON = 1 << 25
LARGEST_HEAP = 1 << 30
"""Bytes of memory that SQLite may take in this process, from the first package opened."""

STEPS = 1_000_000
MOST_STEPS = 500 * STEPS
"""Instructions of SQLite's machine; a million notes with five million cards take a tenth."""

# How the tables that are read must look: in the collections of before and after 2021.
NOTES = {
    "notes": ("id", "guid", "mid", "mod", "tags", "flds"),
    "cards": ("nid", "did", "odid", "due"),
}
JSON_NAMES = {"col": ("models", "decks")}
TABLE_NAMES = {
    "notetypes": ("id", "name"),
    "fields": ("ntid", "ord", "name"),
    "decks": ("id", "name"),
}

UNKNOWN = "holds a collection of no known version"

_ID = re.compile(r"-?[0-9]{1,19}")

NoteTypes = Mapping[int, tuple[str, tuple[str, ...]]]
"""The name of each note type and those of its fields."""


def read_notes(path: Path) -> Opened:
    """The notes of a database. Raises `NotAPackage`."""
    try:
        with _reading(path) as connection:
            return _opened(connection)
    except MemoryError as error:
        raise NotAPackage("holds a collection that takes too much memory") from error
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # its messages quote the file
        raise NotAPackage("holds a damaged collection") from error


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The database, read only, its own code off, its time and sizes limited."""
    steps = 0

    def stop() -> bool:
        nonlocal steps
        steps += STEPS
        return steps > MOST_STEPS

    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.set_progress_handler(stop, STEPS)
        connection.execute(f"PRAGMA hard_heap_limit = {LARGEST_HEAP}")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA query_only = ON")
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        yield connection


def _opened(connection: sqlite3.Connection) -> Opened:
    tables = _tables(connection)
    _demand(NOTES, tables, connection)
    if "notetypes" in tables:
        _demand(TABLE_NAMES, tables, connection)
        types, decks = _names_in_tables(connection)
    else:
        _demand(JSON_NAMES, tables, connection)
        types, decks = _names_in_json(connection)
    cards, where = _cards(connection)
    return Opened(_notes(connection, types, decks, where), cards)


# The schema: plain tables with plain columns, so that reading runs no code of the file ------------


def _tables(connection: sqlite3.Connection) -> set[str]:
    """Names of ordinary tables, in lower case; views and virtual tables have no page of theirs."""
    ordinary = "SELECT lower(name) FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
    return {name for (name,) in connection.execute(ordinary)}


def _demand(
    wanted: Mapping[str, tuple[str, ...]], tables: set[str], connection: sqlite3.Connection
) -> None:
    for table, columns in wanted.items():
        if table not in tables:
            raise NotAPackage("holds no collection of Anki's")
        info = connection.execute(f"PRAGMA table_xinfo({table})")
        stored = {str(name).lower() for _, name, _, _, _, _, hidden in info if hidden == 0}
        if not set(columns) <= stored:
            raise NotAPackage(UNKNOWN)


# The rows --------------------------------------------------------------------------------------


def _cards(connection: sqlite3.Connection) -> tuple[int, dict[int, tuple[int, int]]]:
    """How many cards there are, and the home deck of the first card of each note and its place."""
    rows = _at_most(
        MOST_CARDS,
        "cards",
        connection,
        "SELECT nid, CASE WHEN odid THEN odid ELSE did END, CAST(due AS INTEGER) FROM cards",
    )
    where: dict[int, tuple[int, int]] = {}
    cards = 0
    for note, deck, due in rows:
        cards += 1
        where.setdefault(note, (deck, due or 0))
    return cards, where


def _notes(
    connection: sqlite3.Connection,
    types: NoteTypes,
    decks: Mapping[int, str],
    where: Mapping[int, tuple[int, int]],
) -> dict[str, OpenedNote]:
    """Notes by guid, in the order in which the file has them: that of their ids."""
    rows = _at_most(
        MOST_NOTES,
        "notes",
        connection,
        "SELECT id, mid, CAST(mod AS INTEGER), CAST(guid AS TEXT), CAST(tags AS TEXT),"
        " CAST(flds AS TEXT) FROM notes",
    )
    notes: dict[str, OpenedNote] = {}
    size = 0
    for number, type_id, modified, *texts in rows:
        guid, tags, joined = (text or "" for text in texts)
        size += len(guid) + len(tags) + len(joined)
        if size > LARGEST_TEXT:
            raise NotAPackage(f"holds notes of more than {LARGEST_TEXT >> 20:,} MB")
        name, fields = types.get(type_id, ("", ()))
        deck, due = where.get(number, (0, 0))
        note = OpenedNote(
            guid=guid,
            note_type=name,
            names=fields,
            joined=joined,
            tags=tuple(tags.split()),
            deck=decks.get(deck, ""),
            due=due,
            modified=modified or 0,
        )
        notes.setdefault(guid, note)
    return notes


def _at_most(most: int, what: str, connection: sqlite3.Connection, query: str) -> Iterator[Any]:
    rows = connection.execute(f"{query} LIMIT {most + 1}")
    for number, row in enumerate(rows):
        if number == most:
            raise NotAPackage(f"holds more than {most:,} {what}")
        yield row


# Names of note types and decks -------------------------------------------------------------------


def _names_in_tables(connection: sqlite3.Connection) -> tuple[NoteTypes, dict[int, str]]:
    def names(table: str, *columns: str) -> Iterator[Any]:
        listed = ", ".join((*columns, "CAST(name AS TEXT)"))
        return _at_most(MOST_NAMES, table, connection, f"SELECT {listed} FROM {table}")  # noqa: S608

    found: dict[int, list[tuple[int, str]]] = {}
    for type_id, ord_, name in names("fields", "ntid", "CAST(ord AS INTEGER)"):
        found.setdefault(type_id, []).append((ord_ or 0, name or ""))
    types = {
        type_id: (name or "", tuple(field for _, field in sorted(found.get(type_id, []))))
        for type_id, name in names("notetypes", "id")
    }
    decks = {number: (name or "").replace("\x1f", "::") for number, name in names("decks", "id")}
    return types, decks


def _names_in_json(connection: sqlite3.Connection) -> tuple[NoteTypes, dict[int, str]]:
    row = connection.execute("SELECT CAST(models AS TEXT), CAST(decks AS TEXT) FROM col").fetchone()
    if row is None:
        raise NotAPackage(UNKNOWN)
    models, decks = map(_objects, row)
    types = {
        number: (_name(model), tuple(map(_name, _list(model.get("flds")))))
        for number, model in models.items()
    }
    return types, {number: _name(deck) for number, deck in decks.items()}


def _objects(text: str | None) -> dict[int, dict[str, Any]]:
    """A JSON object of objects by their ids."""
    if text is None or len(text) > LARGEST_JSON:
        raise NotAPackage(UNKNOWN)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAPackage("holds a damaged collection") from error
    if not isinstance(found, dict):
        raise NotAPackage(UNKNOWN)
    known = {key: value for key, value in found.items() if isinstance(value, dict)}
    return {int(key): value for key, value in known.items() if _ID.fullmatch(key)}


def _list(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _name(value: Mapping[str, Any]) -> str:
    name = str(value.get("name", ""))
    return name.encode("utf-8", "replace").decode()  # JSON can spell half a character

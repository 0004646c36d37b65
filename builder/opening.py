"""A package of Anki's as values, whoever made it.

Nothing in the file is trusted: not its sizes, not its names, not its database. All formats that
Anki has used are read (rslib/src/import_export/package/meta.rs): `collection.anki2`,
`collection.anki21`, and `collection.anki21b`, which is compressed with Zstandard.
"""

from __future__ import annotations

import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Protocol

LARGEST = 1 << 30
"""Bytes of a database; AnkiWeb takes no collection above a quarter of that."""

MOST_ENTRIES = 200_000
"""Files in a package."""

MOST_STEPS = 2_000
"""Times a million instructions of SQLite's machine that reading may take: minutes, not hours."""

FORMATS = ("collection.anki21b", "collection.anki21", "collection.anki2")


class NotAPackage(ValueError):  # noqa: N818 - it says what the file is
    """The file cannot be read as a package. Its text is a phrase that says why."""


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A note of a package: its fields by name, the name of its note type, the deck of its cards."""

    guid: str
    note_type: str
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    deck: str
    modified: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A package: its notes by guid. Of two notes with one guid the first counts, as for Anki."""

    notes: Mapping[str, OpenedNote]
    cards: int


def open_package(path: Path, scratch: Path) -> Opened:
    """Reads a package. `scratch` is a folder with room for its database. Raises `NotAPackage`."""
    database = scratch / "opened.anki2"
    try:
        with zipfile.ZipFile(path) as archive:
            _unpack(archive, database)
        with _reading(database) as connection:
            return _opened(connection)
    except zipfile.BadZipFile as error:
        raise NotAPackage("is not a zip file, or a damaged one") from error
    except (sqlite3.DatabaseError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise NotAPackage(f"holds a damaged collection: {error}") from error
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        if isinstance(error, NotAPackage):
            raise
        raise NotAPackage("holds a collection of no known version") from error
    finally:
        database.unlink(missing_ok=True)


# From the zip to a database ---------------------------------------------------------------------


def _unpack(archive: zipfile.ZipFile, target: Path) -> None:
    names = archive.namelist()
    if len(names) > MOST_ENTRIES:
        raise NotAPackage(f"holds more than {MOST_ENTRIES:,} files")
    name = next((name for name in FORMATS if name in names), None)
    if name is None:
        raise NotAPackage("holds no collection of Anki's")
    try:
        with archive.open(name) as packed, target.open("wb") as unpacked:
            _copy(_zstd(packed) if name.endswith("b") else packed, unpacked)
    except (NotImplementedError, RuntimeError, EOFError) as error:
        raise NotAPackage(f"cannot be unpacked: {error}") from error


class _Reader(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _zstd(packed: IO[bytes]) -> _Reader:
    import zstandard  # noqa: PLC0415 - old formats do without

    return zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(packed)


def _copy(packed: _Reader, unpacked: BinaryIO) -> None:
    """Copies until the end or `LARGEST`, whatever size the zip claims."""
    import zstandard  # noqa: PLC0415

    size = 0
    try:
        while block := packed.read(1 << 20):
            size += len(block)
            if size > LARGEST:
                raise NotAPackage(f"holds a collection of more than {LARGEST >> 20} MB")
            unpacked.write(block)
    except (zlib.error, zstandard.ZstdError) as error:
        raise NotAPackage("is a damaged zip file") from error


# From the database to values --------------------------------------------------------------------


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The database of a stranger: read only, its own code off, its time and sizes limited."""
    steps = 0

    def stop() -> int:
        nonlocal steps
        steps += 1
        return int(steps > MOST_STEPS)

    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1 << 28)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.set_progress_handler(stop, 1_000_000)
        connection.create_collation("unicase", _unicase)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA query_only = ON")
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        yield connection


def _unicase(one: str, other: str) -> int:
    one, other = one.casefold(), other.casefold()
    return (one > other) - (one < other)


def _opened(connection: sqlite3.Connection) -> Opened:
    for table in ("notes", "cards", "col"):
        kind = connection.execute(
            "SELECT type FROM sqlite_master WHERE name = ? COLLATE NOCASE", (table,)
        ).fetchone()
        if kind != ("table",):
            raise NotAPackage("holds no collection of Anki's")
    types, decks = _names(connection)
    where = dict(connection.execute("SELECT nid, did FROM cards ORDER BY ord DESC"))
    notes: dict[str, OpenedNote] = {}
    rows = connection.execute("SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id")
    for note_id, guid, type_id, modified, tags, values in rows:
        name, fields = types.get(type_id, ("?", []))
        texts = str(values).split("\x1f")
        known = [*fields, *(f"Field {n}" for n in range(len(fields) + 1, len(texts) + 1))]
        note = OpenedNote(
            guid=str(guid),
            note_type=name,
            fields=dict(zip(known, texts, strict=False)),
            tags=tuple(str(tags).split()),
            deck=decks.get(where.get(note_id, 0), "?"),
            modified=int(modified),
        )
        notes.setdefault(note.guid, note)
    return Opened(notes, len(where) and _count(connection))


def _count(connection: sqlite3.Connection) -> int:
    (cards,) = connection.execute("SELECT count(*) FROM cards").fetchone()
    return int(cards)


_Types = dict[int, tuple[str, list[str]]]


def _names(connection: sqlite3.Connection) -> tuple[_Types, dict[int, str]]:
    """Names and fields of note types, and names of decks, by id."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if "notetypes" in tables:
        types: _Types = {
            number: (name, [])
            for number, name in connection.execute("SELECT id, name FROM notetypes")
        }
        for number, name in connection.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
            types[number][1].append(name)
        decks = connection.execute("SELECT id, name FROM decks")
        return types, {number: name.replace("\x1f", "::") for number, name in decks}
    models, decks_json = connection.execute("SELECT models, decks FROM col").fetchone()
    types = {
        int(number): (str(model["name"]), [str(field["name"]) for field in model["flds"]])
        for number, model in json.loads(models).items()
    }
    return types, {int(n): str(deck["name"]) for n, deck in json.loads(decks_json).items()}

"""Anki packages: a deck as the bytes of an .apkg file.

The format is the one that every Anki since 2.1.40 reads: a zip with `collection.anki2` (SQLite,
schema 11), `media` (JSON) and the media files by number. The same deck makes the same bytes.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from io import BytesIO
from itertools import groupby, islice
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

from builder.ankiweb import Sizes
from builder.apkg.archive import Entry, entry, write_archive
from builder.apkg.batched import Spread
from builder.keeping import Keep, anew
from builder.model import Batch, Deck, Media, Note

COLLECTION = "collection.anki2"
COMPRESSED = (".avif", ".flac", ".gif", ".jpg", ".mp3", ".mp4", ".ogg", ".png", ".webm", ".webp")

SAFE_NAME = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)\.)[a-z0-9_-]{1,90}\.[a-z0-9]{1,9}")
"""Names of media that no file system and no version of Anki changes."""

WRITER = ((24, 4), (92, 8))
"""Where a database counts its changes and names the SQLite that wrote it: offset, length.

Both serve readers that watch a file being changed (https://www.sqlite.org/fileformat2.html,
"File change counter"). Ours never is, so they are zeroed, as in a database that was in memory.
"""


AT_ONCE = 500
"""The most notes of a batch that is made of notes as they come."""


def batches(notes: Iterable[Note]) -> Iterator[Batch]:
    """Notes as batches, of which each must be used before the next is asked for."""
    for deck, group in groupby(notes, lambda note: note.deck):
        while part := tuple(islice(group, AT_ONCE)):
            yield Batch(deck, part)


def package(deck: Deck) -> bytes:
    """The deck as an .apkg file, made in memory; see `write` for one of any size."""
    from builder.apkg.rows import fill  # noqa: PLC0415 - genanki takes 70 ms

    file = BytesIO()
    with closing(sqlite3.connect(":memory:")) as database:
        fill(database, deck, batches(deck.notes), BytesIO())
        write_archive(file, _files(BytesIO(database.serialize()), deck.media))
    return file.getvalue()


def write(
    deck: Deck,
    notes: Iterable[Batch],
    file: BinaryIO,
    scratch: Path,
    keep: Keep = anew,
    spread: Spread = map,
) -> int:
    """Writes the deck with these notes, in place of its own, to a file as `package` would; tells
    how many cards they have.

    The notes are asked for once and not kept, unless `keep` does: it is given a key, and what
    makes the bytes for it, which may be those of an earlier time. `spread` may do several batches
    at a time. `scratch` is an empty folder with room for the database in the making (about fifteen
    times the size of the package), which is taken away at the end. Raises OSError where there is no
    room.
    """
    from builder.apkg.rows import fill  # noqa: PLC0415 - genanki takes 70 ms

    collection, rows = scratch / COLLECTION, scratch / "rows"
    try:
        with closing(sqlite3.connect(collection)) as database, rows.open("w+b") as waiting:
            cards = fill(database, deck, notes, waiting, keep, spread)
        with collection.open("r+b") as content:
            for start, length in WRITER:
                content.seek(start)
                content.write(bytes(length))
            write_archive(file, _files(content, deck.media), keep)
        return cards
    except sqlite3.OperationalError as error:
        raise OSError(f"{collection}: {error}") from error
    finally:
        collection.unlink(missing_ok=True)
        rows.unlink(missing_ok=True)


def sizes(package: Path) -> Sizes:
    """How large a package of ours is, and what is in it."""
    whole = package.stat().st_size
    with ZipFile(package) as archive:
        collection = archive.getinfo(COLLECTION)
    return Sizes(whole, collection.file_size, collection.compress_size)


def refused_name(name: str) -> str | None:
    """Why a package must not have this file name, or None if it may.

    Anki takes some names for a backup of a whole collection, and replaces everything that the
    member has by it (`ColpkgImporter.can_import` in qt/aqt/import_export/importing.py).
    """
    if re.fullmatch(r"(?i)collection\.apkg|backup-.*\.apkg|.*\.colpkg", name, re.DOTALL):
        return f"Anki would replace a member's whole collection by a file named {name}"
    return None


def _files(collection: BinaryIO, media: Iterable[Media]) -> Iterator[Entry]:
    """The entries of the package; media are numbered, and `media` tells their names."""
    files = {str(number): each for number, each in enumerate(sorted(media, key=_name))}
    names = {number: each.name for number, each in files.items()}
    assert len(set(names.values())) == len(names), "two media files have the same name"
    for name in names.values():
        assert SAFE_NAME.fullmatch(name), f"not a safe name for media: {name}"
    yield Entry(COLLECTION, collection)
    yield entry("media", json.dumps(names, sort_keys=True).encode())
    for number, each in files.items():
        yield entry(number, each.content, compressed=not each.name.endswith(COMPRESSED))


def _name(media: Media) -> str:
    return media.name

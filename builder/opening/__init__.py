"""Packages of Anki's as values, whoever made them.

Nothing in the file is trusted: not its sizes, not its names, not its database. Whatever it holds,
opening it ends with a value or with `NotAPackage`, and takes no more than this:

- a gigabyte of the disk (`unpacking.LARGEST`);
- a million notes and five million cards (`database.MOST_NOTES`, `MOST_CARDS`) of a gigabyte of
  text, and a gigabyte for SQLite: a hostile file can reach four gigabytes of memory, an honest
  one takes two or three times the size of its database;
- half a billion steps of SQLite's machine (`database.MOST_STEPS`): five to thirty seconds.
"""

from __future__ import annotations

from pathlib import Path

from builder.opening.database import read_notes
from builder.opening.unpacking import unpack
from builder.opening.values import NotAPackage, Opened, OpenedNote

__all__ = ["NotAPackage", "Opened", "OpenedNote", "open_package"]


def open_package(path: Path, scratch: Path) -> Opened:
    """Reads a package. `scratch` is a folder with room for its database.

    Raises `NotAPackage`, and OSError where the disk fails.
    """
    database = scratch / "opened.anki2"
    try:
        unpack(path, database)
        return read_notes(database)
    finally:
        database.unlink(missing_ok=True)

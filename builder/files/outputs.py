"""What a build writes: all of a file or nothing, and several together or none of them."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from glob import escape
from pathlib import Path
from typing import BinaryIO

from builder.files.disk import told

ABANDONED = 3600.0  # seconds; no build takes so long to write one file
LONGEST_NAME = 200  # bytes; file systems take 255, and there is an ending to come
_DEVICE = re.compile(r"(?i)con|prn|aux|nul|com\d|lpt\d|collection|backup.*")


def file_name(deck: str) -> str:
    """The name of a deck as the name of a file on any system, without an ending."""
    name = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]+', "-", unicodedata.normalize("NFC", deck))
    name = re.sub(r"\s+", " ", name).strip(" .-")
    while len(name.encode()) > LONGEST_NAME:
        name = name[:-1]
    return f"{name}-deck" if _DEVICE.fullmatch(name) else name or "deck"


def remove(path: Path) -> None:
    with told(path, "remove"):
        path.unlink()


Fill = Callable[[BinaryIO], object]
"""Writes the content of a file that is open for it."""


def write(path: Path, fill: Fill) -> bool:
    """Puts a file in place whole, or leaves what was there; says whether anything changed."""
    return write_together({path: fill})[path]


def write_together(wanted: Mapping[Path, Fill]) -> dict[Path, bool]:
    """Puts files in place, all or none; says of each whether it changed.

    Each content is written beside its place and flushed to the disk; only when all are whole are
    they renamed, in the order given, so that neither a full disk nor a kill leaves half a file.
    A content that is there already is left alone, with its time.
    """
    parts: dict[Path, Path] = {}
    try:
        for path, fill in wanted.items():
            with told(path, "write"):
                path.parent.mkdir(parents=True, exist_ok=True)
                parts[path] = part = _part(path)
                _sweep(part, path)
                with part.open("wb") as file:
                    fill(file)
                    file.flush()
                    os.fsync(file.fileno())
        changed = {path: not _same(part, path) for path, part in parts.items()}
        for path, part in parts.items():
            if changed[path]:
                with told(path, "write"):
                    part.replace(path)
                    _sync_folder(path.parent)
        return changed
    finally:
        for part in parts.values():
            with told(part, "remove"):
                part.unlink(missing_ok=True)


def write_bytes(path: Path, text: bytes) -> bool:
    """As `write`, for a content that is at hand."""
    return write(path, content(text))


def content(text: bytes) -> Fill:
    """Fills a file with a content that is at hand."""

    def fill(file: BinaryIO) -> None:
        file.write(text)

    return fill


def _part(path: Path) -> Path:
    """A new file beside a path, with the rights that a file made by `open` has."""
    number = 0
    while True:
        part = path.with_name(f".{path.name[:80]}.{os.getpid()}-{number}.part")
        try:
            part.touch(exist_ok=False)
        except FileExistsError:
            number += 1
        else:
            return part


def _sweep(part: Path, path: Path) -> None:
    """Takes away what builds that were killed long ago left beside a path."""
    now = part.stat().st_mtime
    for left in path.parent.glob(f".{escape(path.name[:80])}.*.part"):
        with suppress(FileNotFoundError):
            if now - left.stat().st_mtime > ABANDONED:
                left.unlink()


def _same(one: Path, other: Path) -> bool:
    with told(other, "read"):
        if not other.is_file() or one.stat().st_size != other.stat().st_size:
            return False
        with one.open("rb") as first, other.open("rb") as second:
            while block := first.read(1 << 20):
                if block != second.read(1 << 20):
                    return False
        return True


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

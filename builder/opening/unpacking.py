"""From a package to the database in it.

All formats that Anki has used are read, and chosen as Anki chooses them
(rslib/src/import_export/package/meta.rs, `from_archive`): the file `meta` names the newest one,
which is compressed with Zstandard; without it the package is of a format from before 2022.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, BinaryIO, Protocol

from builder.opening.values import NotAPackage

LARGEST = 1 << 30
"""Bytes of a database; AnkiWeb takes no collection above a quarter of that."""

LARGEST_DIRECTORY = 1 << 24
"""Bytes that the list of files in a zip may take, enough for 200,000 of them."""

LARGEST_WINDOW = 1 << 27
"""Bytes that a Zstandard stream may ask for; its command line tool allows as many."""

NAMES: Mapping[bytes, str] = {
    b"\x08\x01": "collection.anki2",
    b"\x08\x02": "collection.anki21",
    b"\x08\x03": "collection.anki21b",
}
"""The collection's name by how `meta` begins: a protobuf message whose first field is a number."""

ENCRYPTED = 0x1 | 0x40
PATCHED = 0x20


def unpack(package: Path, target: Path) -> None:
    """Writes the package's database to a file. Raises `NotAPackage`, and OSError of the disk."""
    with package.open("rb") as file, _archive(_Bounded(file)) as archive:
        name = _collection(archive)
        with _entry(archive, name) as packed, target.open("wb") as unpacked:
            if name == "collection.anki21b":
                _copy(_zstd(packed), unpacked)
            else:
                _copy(packed, unpacked)


class _Bounded:
    """A file for `zipfile`, which takes sizes and places in a zip at their word.

    It reads the list of a zip's files in one piece, however large, and goes to places that no
    file can have; both are the zip's fault and no fault of the disk.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = file.seek(0, 2)
        self.tell = file.tell
        self.seekable = file.seekable

    def read(self, size: int = -1) -> bytes:
        if size > LARGEST_DIRECTORY:
            raise NotAPackage("claims to hold too many files")
        return self._file.read(size if size >= 0 else LARGEST_DIRECTORY)

    def seek(self, offset: int, whence: int = 0) -> int:
        if whence == 0 and not 0 <= offset <= self._size:
            raise zipfile.BadZipFile("a place outside of the file")
        return self._file.seek(offset, whence)


def _archive(file: _Bounded) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)  # it asks no more of a file
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError) as error:
        raise NotAPackage("is not a zip file, or a damaged one") from error


def _collection(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "meta" in names:
        with _entry(archive, "meta") as meta:
            name = NAMES.get(_read(meta, 2), "")
        if not name:
            raise NotAPackage("is of a version of Anki that is not known yet")
    else:
        name = "collection.anki21" if "collection.anki21" in names else "collection.anki2"
    if name not in names:
        raise NotAPackage("holds no collection of Anki's")
    return name


def _entry(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """A file of the archive. Anki stores or deflates; bzip2 and LZMA could ask for any memory."""
    entry = archive.getinfo(name)
    if entry.flag_bits & ENCRYPTED:
        raise NotAPackage("is encrypted")
    known = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if entry.flag_bits & PATCHED or entry.compress_type not in known:
        raise NotAPackage("is compressed in a way that Anki does not use")
    try:
        return archive.open(entry)
    except (zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise NotAPackage("is a damaged zip file") from error


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _zstd(packed: IO[bytes]) -> _Readable:
    import zstandard  # noqa: PLC0415 - older formats do without

    return zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW).stream_reader(packed)


def _copy(packed: _Readable, unpacked: BinaryIO) -> None:
    """Copies until the end or `LARGEST`, whatever size the zip claims."""
    size = 0
    while block := _read(packed, 1 << 20):
        size += len(block)
        if size > LARGEST:
            raise NotAPackage(f"holds a collection of more than {LARGEST >> 20:,} MB")
        unpacked.write(block)


def _read(packed: _Readable, size: int) -> bytes:
    import zstandard  # noqa: PLC0415

    try:
        return packed.read(size)
    except (zipfile.BadZipFile, zlib.error, EOFError, zstandard.ZstdError) as error:
        raise NotAPackage("is a damaged zip file") from error

"""A zip archive without a trace of the day and the machine it was made on."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from hashlib import sha256
from io import BytesIO
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from builder.keeping import Keep, anew
from builder.values import Record

UNIX = 3
READABLE = 0o644 << 16
CHUNK = 1 << 18
"""Bytes that are compressed by themselves: most are the same in the next package of a deck."""

THREADS = 4
"""That compress at the same time; those which find no processor wait."""

LEVEL = 5
"""Of compression: half the time of 6, and a file that is larger by a twentieth."""


class Entry(Record):
    """A file to be archived; `content` is read from its start. Compress what is not yet so."""

    name: str
    content: BinaryIO
    compressed: bool = True


def entry(name: str, content: bytes, compressed: bool = True) -> Entry:
    """A file to be archived whose content is at hand."""
    return Entry(name, BytesIO(content), compressed)


def write_archive(file: BinaryIO, entries: Iterable[Entry], keep: Keep = anew) -> None:
    """Writes the entries in their order, each with the same date and rights.

    `keep` is called in several threads.
    """
    # zlib lets other threads run while it compresses
    with ZipFile(file, "w") as archive, ThreadPoolExecutor(THREADS) as threads:
        for each in entries:
            info = ZipInfo(each.name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED if each.compressed else ZIP_STORED
            info.create_system = UNIX
            info.external_attr = READABLE
            info.file_size = each.content.seek(0, 2)  # decides whether the entry needs zip64
            each.content.seek(0)
            with archive.open(info, "w") as target:
                if each.compressed:  # `zipfile` has no other way for what it offers no level for
                    target._compressor = _Chunks(keep, threads)  # type: ignore[attr-defined]
                shutil.copyfileobj(each.content, target, 1 << 20)


class _Chunks:
    """Compresses as an object of `zlib.compressobj` does, but each chunk by itself."""

    def __init__(self, keep: Keep, threads: Executor) -> None:
        self._keep, self._rest, self._threads = keep, b"", threads

    def compress(self, data: bytes) -> bytes:
        self._rest += data
        whole = len(self._rest) // CHUNK * CHUNK
        chunks = [self._rest[at : at + CHUNK] for at in range(0, whole, CHUNK)]
        self._rest = self._rest[whole:]
        return b"".join(self._threads.map(self._known, chunks))

    def flush(self) -> bytes:
        return _deflated(self._rest, zlib.Z_FINISH)

    def _known(self, chunk: bytes) -> bytes:
        about = f"{zlib.ZLIB_RUNTIME_VERSION} {LEVEL} ".encode()
        key = sha256(about + chunk).hexdigest()
        return self._keep(key, lambda: _deflated(chunk, zlib.Z_FULL_FLUSH))


def _deflated(content: bytes, end: int) -> bytes:
    raw = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return raw.compress(content) + raw.flush(end)

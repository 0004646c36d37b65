"""What a build needs for its own time: its turn in a folder, and places to put things aside."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import IO

from builder.files.disk import told
from builder.files.source import Folder

IN_MEMORY = 1 << 24  # bytes of a spool; more goes to the disk


@contextmanager
def turn(folder: Folder) -> Iterator[None]:
    """Waits until no other build of a folder is under way, and keeps others waiting.

    The system ends the claim with the process, however that ends. Where it knows no such claims
    (some network disks), nobody waits: each file is still written whole.
    """
    handle = None
    with suppress(OSError):
        handle = os.open(_claim(folder.root.resolve()), os.O_RDONLY)
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415

            msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _claim(root: Path) -> Path:
    """What is locked: the folder itself, or on Windows, which locks files only, a file for it."""
    if sys.platform == "win32":
        name = sha256(os.path.normcase(root).encode()).hexdigest()[:16]
        file = Path(tempfile.gettempdir(), f"build-deck-{name}.lock")
        file.touch()
        return file
    return root


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for the time of a build."""
    with told(Path(tempfile.gettempdir()), "write"), tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


class Spool:
    """Bytes put aside for the time of a build: in memory as long as they are few."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def put(self, content: bytes) -> Callable[[], bytes]:
        """Puts bytes aside; gives how to get them back."""
        with told(Path(tempfile.gettempdir()), "write"):
            start = self.file.seek(0, os.SEEK_END)
            self.file.write(content)
        return partial(self._get, start, len(content))

    def _get(self, start: int, size: int) -> bytes:
        self.file.seek(start)
        return self.file.read(size)


@contextmanager
def spool() -> Iterator[Spool]:
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
        yield Spool(file)

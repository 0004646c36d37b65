"""Results of earlier builds on the disk: never needed, and trusted only when whole.

What is kept is believed: it goes on the cards as it is. So the folder must be the user's own, and
one that others could write to is not used. Builds may share it at one time: an entry appears whole,
and what one build takes away another makes anew.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

MOST = 1_000_000_000
"""Bytes of all entries; when they are more, those not used for longest go."""

KEPT = 0.75
"""The share of them that is left then."""

ABANDONED = 3600.0  # seconds; nobody takes so long to write an entry
_FOLDER = "results"
_ENTRY = re.compile(r"[0-9a-f]{64}")
_PART = re.compile(r"[0-9a-f]{64}\.\d+\.part")
_DIGEST = 32


class Cache:
    """Contents by key. What the disk refuses is as if it had never been kept."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self.folder = folder / _FOLDER
        self.most = most
        self.has_grown = False

    def get(self, key: str) -> bytes | None:
        """The content as it was put, or None."""
        path = self.folder / key
        with suppress(OSError):
            if not _is_ours(self.folder):
                return None
            raw = memoryview(path.read_bytes())
            if sha256(raw[_DIGEST:]).digest() == raw[:_DIGEST]:
                os.utime(path)
                return bytes(raw[_DIGEST:])
            path.unlink()
        return None

    def put(self, key: str, content: bytes) -> None:
        part = self.folder / f"{key}.{os.getpid()}.part"
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                part.write_bytes(sha256(content).digest() + content)
                part.replace(self.folder / key)
                self.has_grown = True
            finally:
                part.unlink(missing_ok=True)

    def trim(self) -> None:
        """Keeps the folder within its bound, if this build put anything there."""
        if not self.has_grown:
            return
        entries = sorted(self._entries())
        size = sum(each for _, each, _ in entries)
        if size <= self.most:
            return
        for _, each, path in entries:
            with suppress(OSError):
                path.unlink()
            size -= each
            if size <= KEPT * self.most:
                break

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """When each entry was used last, its size, and where it is; sweeps up what is abandoned."""
        with suppress(OSError), os.scandir(self.folder) as found:
            for each in found:
                with suppress(OSError):
                    about = each.stat()
                    if _ENTRY.fullmatch(each.name):
                        yield about.st_mtime, about.st_size, Path(each.path)
                    elif _PART.fullmatch(each.name) and _is_old(about.st_mtime):
                        Path(each.path).unlink()


def _is_ours(folder: Path) -> bool:
    """Whether nobody else can write there, as far as the system tells."""
    if sys.platform == "win32":
        return True
    about = folder.stat()
    return about.st_uid == os.geteuid() and not about.st_mode & 0o022


def _is_old(modified: float) -> bool:
    return time.time() - modified > ABANDONED


def key_of(*parts: bytes | str) -> str:
    """A key for these parts together."""
    whole = sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(len(raw).to_bytes(8, "big") + raw)
    return whole.hexdigest()


def fingerprint() -> str:
    """What results depend on besides their input: our own files, Python and installed packages."""
    return _fingerprint(sys.version, tuple(sys.path))


@cache  # a process goes on with the files that it has loaded
def _fingerprint(version: str, path: tuple[str, ...]) -> str:
    here = Path(__file__).parent
    templates = here / "templates" if (here / "templates").is_dir() else here.parent / "templates"
    whole = sha256(version.encode())
    for file in sorted((*_below(here), *_below(templates))):
        whole.update(os.fsencode(file) + file.read_bytes())
    for folder in path:
        with suppress(OSError), os.scandir(folder or ".") as found:
            names = sorted(each.name for each in found if each.name.endswith(".dist-info"))
            whole.update(os.fsencode("\n".join(names)))
    return whole.hexdigest()


def _below(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (Path(root, name) for name in names)

"""The disk: what a build reads, and writing all of an output or nothing."""

from __future__ import annotations

import os
import re
import stat
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from glob import escape
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, BinaryIO
from urllib.parse import unquote

from builder.diagnostics import StopError
from builder.media import TOO_LARGE

FILE_NAME, LOCK_NAME = "deck.toml", "deck.lock"
ABANDONED = 3600.0  # seconds; no build takes so long to write one file
IN_MEMORY = 1 << 24  # bytes of a spool; more goes to the disk
LARGEST = 1 << 23  # bytes of a quiz file; 3,000 questions with reasons have half of that
MOST_LINES = 200_000  # of a quiz file; reading takes a few milliseconds for each in the worst case
LARGEST_LOCK = 1 << 28  # bytes
LONGEST_NAME = 200  # bytes; file systems take 255, and there is an ending to come
_DEVICE = re.compile(r"(?i)con|prn|aux|nul|com\d|lpt\d|collection|backup.*")

SUFFIXES = (".md", ".markdown", ".mdown", ".txt", ".gift", ".aiken")


class DiskError(StopError):
    """Something could not be read or written."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The sources of one deck.

    `files` are paths below `root`, with forward slashes, in the order in which people count
    ("9.md" before "10.md"). `shown` is what to put before them to make a path that the user can
    open. `alone` says that one file was named, not a folder. `seen` are hashes of what was read of
    it or written to it, "" of a file that is not there.
    """

    root: Path
    shown: str
    files: tuple[str, ...]
    alone: bool = False
    seen: dict[Path, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def name(self) -> str:
        return unicodedata.normalize("NFC", self.root.resolve().name)

    def path(self, file: str) -> Path:
        return self.root / file

    def read(self, path: Path) -> bytes:
        """All of a quiz file, as `read`; the same each time, or `DiskError`."""
        content = read(path)
        self._compare(path, content)
        return content

    def read_if_there(self, path: Path) -> bytes | None:
        """Settings, or a lock; the same each time, or `DiskError`."""
        content = read_if_there(path)
        self._compare(path, content)
        return content

    def _compare(self, path: Path, content: bytes | None) -> None:
        """Nothing right can be made of two states of a file."""
        digest = _digest(content)
        if self.seen.setdefault(path, digest) != digest:
            raise DiskError(f"“{path}” was changed while it was read; start again")

    def replaced(self, path: Path, content: bytes) -> None:
        """Remembers what takes the place of a file from now on."""
        self.seen[path] = _digest(content)


def find(path: Path) -> Folder:
    """The quiz files at a path: a file itself, or all below a folder but hidden ones."""
    with _told(path, "read"):
        if path.is_file():
            return Folder(path.parent, _shown(path.parent), (path.name,), alone=True)
        if not path.is_dir():
            raise DiskError(f"there is no file or folder “{path}”")
        found = [PurePosixPath(file.relative_to(path)) for file in _quizzes(path)]
        for file in found:
            _stay_below(path, path / file)
    return Folder(path, _shown(path), tuple(map(str, sorted(found, key=_counting))))


def _quizzes(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.lower().endswith(SUFFIXES) and not name.startswith("."):
                yield Path(folder, name)


def _stay_below(root: Path, file: Path) -> None:
    """A stranger's link could put any file of the maintainer's machine on the cards."""
    if file.is_symlink() and not file.resolve().is_relative_to(root.resolve()):
        raise DiskError(f"“{file}” is a link that leads out of “{root}”; put the file itself there")


def _counting(path: PurePosixPath) -> list[list[tuple[int, int, str]]]:
    return [
        [(0, int(run), run) if run.isdecimal() else (1, 0, run) for run in _RUNS.findall(part)]
        for part in (unicodedata.normalize("NFC", part).casefold() for part in path.parts)
    ]


_RUNS = re.compile(r"\d+|\D+")


def _shown(folder: Path) -> str:
    text = folder.as_posix()
    return "" if text == "." else text.rstrip("/") + "/"


def _raise(error: OSError) -> None:
    raise error


def read(path: Path) -> bytes:
    """All of a quiz file. Raises `DiskError`, also where there is too much of it.

    What the largest file takes is measured by tests/bench/growth.py.
    """
    with _told(path, "read"):
        content = _whole(path, LARGEST)
    if max(content.count(b"\n"), content.count(b"\r")) > MOST_LINES:
        raise DiskError(f"“{path}” has more than {MOST_LINES:,} lines; split it")
    return content


def read_if_there(path: Path) -> bytes | None:
    with _told(path, "read"), suppress(FileNotFoundError):
        return _whole(path, LARGEST_LOCK)
    return None


def digest(path: Path) -> str:
    """A hash of a file, "" where there is none or none that ends."""
    with _told(path, "read"), suppress(FileNotFoundError):
        if stat.S_ISREG(path.stat().st_mode):
            with path.open("rb") as file:
                return file_digest(file, "sha256").hexdigest()
    return ""


def _digest(content: bytes | None) -> str:
    return "" if content is None else sha256(content).hexdigest()


def remove(path: Path) -> None:
    with _told(path, "remove"):
        path.unlink()


def _whole(path: Path, most: int) -> bytes:
    found = path.stat()
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
        raise DiskError(f"“{path}” is no ordinary file; it might never end")
    with path.open("rb") as file:
        content = file.read(most + 1) if found.st_size <= most else b""
    if found.st_size > most or len(content) > most:
        raise DiskError(f"“{path}” is larger than {most >> 20} MB; split it")
    return content


def saved(path: Path) -> tuple[int, int] | None:
    """When a file was last saved, in nanoseconds, and its size; None where there is none."""
    with suppress(OSError):
        found = path.stat()
        return found.st_mtime_ns, found.st_size
    return None


def settings_path(folder: Folder) -> Path:
    return folder.root / FILE_NAME


def lock_path(folder: Folder) -> Path:
    """Where the lock of a folder stands; a file that is built alone has one of its own."""
    if folder.alone:
        return folder.root / f"{PurePosixPath(folder.files[0]).stem}.{LOCK_NAME}"
    return folder.root / LOCK_NAME


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz file of a folder: its path below that."""

    folder: Folder
    name: str

    @property
    def shown(self) -> str:
        """The path that the user can open."""
        return self.folder.shown + self.name

    @property
    def content(self) -> bytes:
        """Read anew each time. Raises `DiskError`, also where it was changed meanwhile."""
        return self.folder.read(self.folder.path(self.name))


def quizzes(folder: Folder) -> tuple[Quiz, ...]:
    """The files of a folder."""
    return tuple(Quiz(folder, name) for name in folder.files)


@dataclass(frozen=True, slots=True)
class MediaBelow:
    """Finds what a file names, as long as it stands below a folder, whose path is resolved.

    The name is that of a web page: forward slashes, `%20` for a space, relative to the file. Of a
    file that is too large only so much is read as shows it.
    """

    root: Path

    def __call__(self, file: str, name: str) -> bytes | None:
        path = unquote(name.partition("?")[0].partition("#")[0])
        if "\0" in path or "\\" in path or PureWindowsPath(path).anchor:
            return None  # on no system a drive, a share or a root
        with suppress(OSError):
            found = (Path(file).parent / path).resolve()
            if found.is_relative_to(self.root) and found.is_file():
                with found.open("rb") as opened:
                    return opened.read(TOO_LARGE)
        return None


def media_below(folder: Folder) -> MediaBelow:
    return MediaBelow(folder.root.resolve())


def file_name(deck: str) -> str:
    """The name of a deck as the name of a file on any system, without an ending."""
    name = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]+', "-", unicodedata.normalize("NFC", deck))
    name = re.sub(r"\s+", " ", name).strip(" .-")
    while len(name.encode()) > LONGEST_NAME:
        name = name[:-1]
    return f"{name}-deck" if _DEVICE.fullmatch(name) else name or "deck"


@cache
def templates() -> Mapping[str, str]:
    """The text of each template, by its path below `templates/`."""
    here = Path(__file__).parent
    # An installed wheel carries the templates inside the package; a checkout has them beside it.
    root = here / "templates" if (here / "templates").is_dir() else here.parent / "templates"
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


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
            with _told(path, "write"):
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
                with _told(path, "write"):
                    part.replace(path)
                    _sync_folder(path.parent)
        return changed
    finally:
        for part in parts.values():
            with _told(part, "remove"):
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
    with _told(other, "read"):
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
    with _told(Path(tempfile.gettempdir()), "write"), tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


class Spool:
    """Bytes put aside for the time of a build: in memory as long as they are few."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def put(self, content: bytes) -> Callable[[], bytes]:
        """Puts bytes aside; gives how to get them back."""
        with _told(Path(tempfile.gettempdir()), "write"):
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


_SAID: Mapping[type[OSError], str] = {
    PermissionError: "you have no right to {deed} “{path}”",
    FileNotFoundError: "“{path}” is not there",
    IsADirectoryError: "“{path}” is a folder",
    NotADirectoryError: "a part of “{path}” is a file, not a folder",
}


@contextmanager
def _told(path: Path, deed: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        said = _SAID.get(type(error), "cannot {deed} “{path}”: {reason}")
        where = error.filename2 or error.filename or path
        raise DiskError(said.format(deed=deed, path=where, reason=error.strerror)) from error

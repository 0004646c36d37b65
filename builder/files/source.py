"""What a build reads: the quiz files of a folder, what they name, and the templates."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import unquote

from builder.files.disk import DiskError, told
from builder.media import TOO_LARGE
from builder.values import Record, field

FILE_NAME, LOCK_NAME = "deck.toml", "deck.lock"
LARGEST = 1 << 23  # bytes of a quiz file; 3,000 questions with reasons have half of that
MOST_LINES = 200_000  # of a quiz file; reading takes a few milliseconds for each in the worst case
LARGEST_LOCK = 1 << 28  # bytes

SUFFIXES = (".md", ".markdown", ".mdown", ".mdx", ".qmd", ".rmd", ".txt", ".gift", ".aiken")


class Folder(Record, eq=False):
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
    seen: dict[Path, str] = field(default_factory=dict)

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
        self._same(path, _digest(content))

    def check(self, path: Path) -> None:
        """Raises `DiskError` if a file is no more what was read of it."""
        self._same(path, digest(path))

    def _same(self, path: Path, digest: str) -> None:
        if self.seen.setdefault(path, digest) != digest:
            raise DiskError(f"“{path}” was changed while it was read; start again")

    def replaced(self, path: Path, content: Iterable[bytes]) -> None:
        """Remembers what takes the place of a file from now on, in pieces."""
        whole = sha256()
        for piece in content:
            whole.update(piece)
        self.seen[path] = whole.hexdigest()


def find(path: Path) -> Folder:
    """The quiz files at a path: a file itself, or all below a folder but hidden ones."""
    with told(path, "read"):
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
    with told(path, "read"):
        content = _whole(path, LARGEST)
    if max(content.count(b"\n"), content.count(b"\r")) > MOST_LINES:
        raise DiskError(f"“{path}” has more than {MOST_LINES:,} lines; split it")
    return content


def read_if_there(path: Path) -> bytes | None:
    with told(path, "read"), suppress(FileNotFoundError):
        return _whole(path, LARGEST_LOCK)
    return None


def digest(path: Path) -> str:
    """A hash of a file, "" where there is none or none that ends."""
    with told(path, "read"), suppress(FileNotFoundError):
        if stat.S_ISREG(path.stat().st_mode):
            with path.open("rb") as file:
                return file_digest(file, "sha256").hexdigest()
    return ""


def _digest(content: bytes | None) -> str:
    return "" if content is None else sha256(content).hexdigest()


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


class Quiz(Record):
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


class MediaBelow(Record):
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


@cache
def templates() -> Mapping[str, str]:
    """The text of each template, by its path below `templates/`."""
    here = Path(__file__).parent.parent
    # An installed wheel carries the templates inside the package; a checkout has them beside it.
    root = here / "templates" if (here / "templates").is_dir() else here.parent / "templates"
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }

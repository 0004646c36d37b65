"""A folder of generated files: those that are no longer made go, and nothing else ever does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath

from builder import files

LIST = "files.sha256"
"""What an earlier build wrote there; `sha256sum -c` reads it too."""


def renew(folder: Path, made: Mapping[str, bytes], first: Mapping[Path, files.Fill]) -> int:
    """Puts files in place, all or none, and takes away what an earlier build put there.

    Names are relative, with forward slashes. A file that somebody else wrote or changed stays.
    `first` are files elsewhere that belong with them. Gives how many were written or taken away.
    """
    now = {name: sha256(content).hexdigest() for name, content in made.items()}
    stale = {name: known for name, known in _listed(folder).items() if name not in now}
    wanted = dict(first) | {folder / name: files.content(content) for name, content in made.items()}
    # What is to go stays on the list until it is gone: a build that is killed loses sight of none
    list_of_all = files.content(_list(now | stale))
    changed = files.write_together(wanted | {folder / LIST: list_of_all})
    gone = [name for name, known in stale.items() if _take_away(folder, name, known)]
    if stale:
        files.write_bytes(folder / LIST, _list(now))
    changed.pop(folder / LIST)
    return sum(changed.values()) + len(gone)


def _listed(folder: Path) -> dict[str, str]:
    """The hashes of what an earlier build wrote, by name."""
    text = files.read_if_there(folder / LIST) or b""
    lines = (line.partition("  ") for line in text.decode(errors="replace").splitlines())
    return {name: known for known, _, name in lines if _inside(name)}


def _inside(name: str) -> bool:
    """Whether a name on a list, which anybody may have written, leads to a place in its folder."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not PurePosixPath(name).is_absolute() and ".." not in parts


def _list(hashes: Mapping[str, str]) -> bytes:
    return "".join(f"{known}  {name}\n" for name, known in sorted(hashes.items())).encode()


def _take_away(folder: Path, name: str, known: str) -> bool:
    path = folder / name
    # A folder that is a link leads elsewhere
    if not path.resolve().is_relative_to(folder.resolve()) or path.is_symlink():
        return False
    with suppress(files.DiskError):
        if known and files.digest(path) == known:
            files.remove(path)
            _clear(folder, path.relative_to(folder).parents)
            return True
    return False


def _clear(folder: Path, emptied: Iterable[Path]) -> None:
    """Takes away the folders that hold nothing more, from the inside out."""
    with suppress(OSError):
        for each in emptied:
            if each != Path():
                (folder / each).rmdir()

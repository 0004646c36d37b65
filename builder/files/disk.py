"""What the disk refuses, in words that a user can act on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from builder.diagnostics import StopError


class DiskError(StopError):
    """Something could not be read or written."""


_SAID: Mapping[type[OSError], str] = {
    PermissionError: "you have no right to {deed} “{path}”",
    FileNotFoundError: "“{path}” is not there",
    IsADirectoryError: "“{path}” is a folder",
    NotADirectoryError: "a part of “{path}” is a file, not a folder",
}


@contextmanager
def told(path: Path, deed: str) -> Iterator[None]:
    """Raises `DiskError` for what fails while something is done to a path."""
    try:
        yield
    except OSError as error:
        said = _SAID.get(type(error), "cannot {deed} “{path}”: {reason}")
        where = error.filename2 or error.filename or path
        raise DiskError(said.format(deed=deed, path=where, reason=error.strerror)) from error

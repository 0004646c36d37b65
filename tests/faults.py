"""The real command under faults of the disk: which of its calls fails, which limit it meets.

    python tests/faults.py CALL N [ARGUMENT ...]

runs `build-deck` with its N-th call that changes the disk failing with CALL's usual error
("open", "write", "fsync", "replace", "unlink", "mkdir" or "any"), and prints on the last line of
its errors how many such calls there were.
"""

import errno
import io
import os
import sys
from pathlib import Path

ERRORS = {
    "open": errno.EACCES,
    "write": errno.ENOSPC,
    "fsync": errno.EIO,
    "replace": errno.EACCES,
    "mkdir": errno.EROFS,
    "touch": errno.ENOSPC,
    "read": errno.EIO,
}


class Calls:
    """Counts the calls to the disk below the folder of this run, and fails one of them."""

    def __init__(self, kind: str, number: int) -> None:
        self.kind, self.number, self.count = kind, number, 0

    def __call__(self, kind: str, path: object = None) -> None:
        if self.kind not in (kind, "any") or (path is not None and not _ours(path)):
            return
        self.count += 1
        if self.count == self.number:
            code = ERRORS[kind]
            raise OSError(code, os.strerror(code), None if path is None else str(path))


def _ours(path: object) -> bool:
    """Whether a path is below this folder: what Python itself reads is left alone."""
    return isinstance(path, (str, Path)) and Path(path).absolute().is_relative_to(Path.cwd())


class FailingWriter(io.FileIO):
    """A file whose writing may fail; see `Calls`."""

    calls: Calls

    def write(self, content):
        self.calls("write", self.name)
        return super().write(content)


def install(calls: Calls) -> None:
    """Puts the counting before every call of the standard library that reaches the disk."""
    FailingWriter.calls = calls
    real_open, real_replace, real_fsync = Path.open, Path.replace, os.fsync
    real_mkdir, real_touch, real_read = Path.mkdir, Path.touch, Path.read_bytes

    def opened(self, mode="r", *given, **named):
        calls("open", self)
        if mode == "wb" and _ours(self):
            return io.BufferedWriter(FailingWriter(str(self), "w"))
        return real_open(self, mode, *given, **named)

    def before(kind, real):
        def call(self, *given, **named):
            calls(kind, self if isinstance(self, Path) else None)
            return real(self, *given, **named)

        return call

    Path.open = opened
    Path.replace = before("replace", real_replace)
    Path.mkdir = before("mkdir", real_mkdir)
    Path.touch = before("touch", real_touch)
    Path.read_bytes = before("read", real_read)
    os.fsync = before("fsync", real_fsync)


def main(kind: str, number: str, *arguments: str) -> None:
    calls = Calls(kind, int(number))
    install(calls)
    from builder.cli import main as build_deck

    sys.argv = ["build-deck", *arguments]
    try:
        build_deck()
    finally:
        print(f"calls: {calls.count}", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])

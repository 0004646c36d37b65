"""The real command under faults of the disk: which of its calls fails.

    python tests/faults.py EVERY [ARGUMENT ...]

runs `build-deck` in a copy of this folder, named 0, and again in a copy for each call to the disk
that the first run made, named by the number of the call, which fails with its usual error. Each
copy keeps what was said in the file `said`; printed is a line for each run, the number of the call
and the exit status. EVERY is 1 for all calls, 3 for every third.

Calls that Python tells of to audit hooks (https://docs.python.org/3/library/audit_events.html) are
failed there, whoever makes them; what it does not tell of is put before the calls themselves.
"""

import errno
import io
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

ERRORS = {
    "open": errno.EACCES,
    "read": errno.EIO,
    "write": errno.ENOSPC,
    "fsync": errno.EIO,
    "stat": errno.EIO,
    "scandir": errno.EACCES,
    "rename": errno.EACCES,
    "remove": errno.EROFS,
    "rmdir": errno.EBUSY,
    "mkdir": errno.EROFS,
    "utime": errno.EROFS,
    "mkdtemp": errno.ENOSPC,
    "flock": errno.ENOLCK,
}

TOLD = {
    "open": "open",
    "os.scandir": "scandir",
    "os.listdir": "scandir",
    "os.rename": "rename",
    "os.remove": "remove",
    "os.rmdir": "rmdir",
    "os.mkdir": "mkdir",
    "os.utime": "utime",
    "tempfile.mkdtemp": "mkdtemp",
    "fcntl.flock": "flock",
}


def fail(kind: str, path: object) -> None:
    raise OSError(ERRORS[kind], os.strerror(ERRORS[kind]), str(path))


class Calls:
    """Counts the calls to the disk below a folder, and does something before one of them."""

    def __init__(self, deed: Callable[[str, object], None]) -> None:
        self.deed = deed
        self.home, self.count, self.chosen = "/dev/null", 0, 0

    def __call__(self, kind: str, path: object) -> None:
        if self.is_ours(path):
            self.count += 1
            if self.count == self.chosen:
                self.deed(kind, path)

    def is_ours(self, path: object) -> bool:
        """Whether a path is below this folder: what Python itself reads is left alone."""
        if isinstance(path, int):
            path = Path(f"/proc/self/fd/{path}").readlink()
        if not isinstance(path, str | Path):
            return False
        return os.path.abspath(path).startswith(self.home)  # noqa: PTH100 - asks no disk

    def audit(self, event: str, given: tuple[object, ...]) -> None:
        if event in TOLD:
            self(TOLD[event], given[0])


class FailingFile(io.FileIO):
    """A file whose reading and writing may fail; see `Calls`."""

    calls: Calls

    def write(self, content):
        self.calls("write", self.name)
        return super().write(content)

    def readinto(self, target):
        self.calls("read", self.name)
        return super().readinto(target)

    def readall(self):
        self.calls("read", self.name)
        return super().readall()


def install(calls: Calls) -> None:
    FailingFile.calls = calls
    real_open, real_stat, real_fsync = Path.open, Path.stat, os.fsync

    def opened(self, mode="r", *given, **named):
        if mode in ("rb", "wb") and calls.is_ours(self):
            raw = FailingFile(str(self), mode[0])
            return io.BufferedReader(raw) if mode == "rb" else io.BufferedWriter(raw)
        return real_open(self, mode, *given, **named)

    def stat(self, **named):
        calls("stat", self)
        return real_stat(self, **named)

    def fsync(handle):
        calls("fsync", handle)
        return real_fsync(handle)

    Path.open, Path.stat, os.fsync = opened, stat, fsync
    Path.read_bytes = lambda self: self.open("rb").read()
    sys.addaudithook(calls.audit)


def run(calls: Calls, folder: str, number: int, arguments: Sequence[str]) -> int:
    """The exit status of the command in a folder, where the call of a number is chosen."""
    from builder.cli import main as build_deck

    said, kept = os.open(f"{folder}/said", os.O_CREAT | os.O_WRONLY | os.O_APPEND), os.dup(2)
    os.dup2(said, 2)
    os.chdir(folder)
    tempfile.tempdir = str(Path.cwd() / "temporary")
    sys.argv = ["build-deck", *arguments]
    calls.home, calls.count, calls.chosen = str(Path.cwd()), 0, number
    try:
        return build_deck()
    finally:
        calls.home = "/dev/null"
        os.chdir("..")
        os.dup2(kept, 2)


def copies(
    calls: Calls,
    arguments: Sequence[str],
    more: Callable[[str], None] = lambda _: None,
    every: int = 1,
) -> None:
    """Runs the command in a copy of this folder for each call that it makes, then does more."""
    install(calls)
    inside = [path.name for path in Path().iterdir()]
    number = last = 0
    while number <= last:
        folder = str(number)
        Path(folder, "temporary").mkdir(parents=True)
        subprocess.run(["cp", "-r", *inside, folder], check=True)
        if number == 0:  # all that is imported late is imported for those that follow
            status = run(calls, folder, 0, arguments)
            last = calls.count
            more(folder)
        elif child := os.fork():
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        else:
            try:
                status = run(calls, folder, number, arguments)
                more(folder)
            except BaseException:  # or the copy of this process would go on with the others
                traceback.print_exc()
                os._exit(1)
            os._exit(status)
        print(number, status, flush=True)
        number += every


if __name__ == "__main__":
    copies(Calls(fail), sys.argv[2:], every=int(sys.argv[1]))

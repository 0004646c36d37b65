"""The real command under faults of the disk: which of its calls fails.

    python tests/faults.py [ARGUMENT ...]

runs `build-deck` in a copy of this folder, named 0, and again in a copy for each call to the disk
that the first run made, named by the number of the call, which fails with its usual error. Each
copy keeps what was said in the file `said`; printed is a line for each run, its exit status.

Calls that Python tells of to audit hooks (https://docs.python.org/3/library/audit_events.html) are
failed there, whoever makes them; what it does not tell of is put before the calls themselves.
"""

import errno
import io
import os
import subprocess
import sys
import tempfile
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


class Calls:
    """Counts the calls to the disk below a folder, and fails one of them."""

    def __init__(self) -> None:
        self.home, self.count, self.failing = "/dev/null", 0, 0

    def __call__(self, kind: str, path: object) -> None:
        if self.is_ours(path):
            self.count += 1
            if self.count == self.failing:
                raise OSError(ERRORS[kind], os.strerror(ERRORS[kind]), str(path))

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


def run(calls: Calls, number: int, arguments: list[str]) -> int:
    """The exit status of the command in a copy of this folder."""
    from builder.cli import main as build_deck

    said, kept = os.open(f"{number}/said", os.O_CREAT | os.O_WRONLY), os.dup(2)
    os.dup2(said, 2)
    os.chdir(str(number))
    tempfile.tempdir = str(Path.cwd() / "temporary")
    sys.argv = ["build-deck", *arguments]
    calls.home, calls.count, calls.failing = str(Path.cwd()), 0, number
    try:
        build_deck()
    except SystemExit as leaving:
        return int(leaving.code or 0)
    finally:
        calls.home = "/dev/null"
        os.chdir("..")
        os.dup2(kept, 2)
    raise AssertionError("the command did not leave")


def main(*arguments: str) -> None:
    calls = Calls()
    install(calls)
    inside = [path.name for path in Path().iterdir()]
    number = last = 0
    while number <= last:
        Path(str(number), "temporary").mkdir(parents=True)
        subprocess.run(["cp", "-r", *inside, str(number)], check=True)
        if number == 0:  # all that is imported late is imported for those that follow
            status = run(calls, 0, list(arguments))
            last = calls.count
        elif child := os.fork():
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        else:
            os._exit(run(calls, number, list(arguments)))
        print(status, flush=True)
        number += 1


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The work of a command, by all processors of a machine where there is enough to do."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self, TypeVar

from builder.diagnostics import StopError
from builder.packing import Parts, pack
from builder.preparing import File, Plan, prepare
from builder.rendering import FindMedia
from builder.values import Record

if TYPE_CHECKING:  # what is needed only where processes are started is loaded there
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.context import BaseContext

ENOUGH = 300_000
"""Bytes of source; with less to do, a process would start only to end."""

AHEAD = 2
"""Parts of the work for each process that are under way."""

Item = TypeVar("Item")
Made = TypeVar("Made")


class WorkerError(StopError):
    """A process ended before its work."""


class _Job(Record):
    """A file as a process gets it."""

    name: str
    shown: str
    content: bytes


_SAMPLE = _Job("", "", b"# What is ReLU?\n\n- [x] max(0, x)\n- [ ] x\n\n## Why\n\n- one\n  - two\n")
"""A question for which nearly all must be loaded that others need."""

_BEGINNING = 10_000
"""Bytes of a file that show most of what is special to a deck, as the languages of its code."""

Packed = tuple[str, bytes, Parts]
"""The name of a file, its SHA-256, and what it was prepared to."""


def _packed(job: _Job, plan: Plan, find_media: FindMedia) -> Packed:
    return job.name, sha256(job.content).digest(), pack(prepare(job, plan, find_media))


class Crew:
    """Processes that share the work of a command: started where there is enough of it, and there
    for all that comes after.

    `most` is how many: 0 for as many as pay off. No result depends on their number.
    """

    def __init__(self, most: int = 0) -> None:
        self.most = most
        self._number = 1
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def packed(
        self, files: Collection[File], plan: Plan, find_media: FindMedia
    ) -> Iterator[Packed]:
        """Each file as it was prepared and packed, in any order."""
        work = partial(_packed, plan=plan, find_media=find_media)
        self._begin(min(self.most, len(files)) if self.most else _worth(files), plan, files)
        jobs = (_Job(file.name, file.shown, file.content) for file in files)
        return self.spread(work, jobs)

    def spread(self, function: Callable[[Item], Made], items: Iterable[Item]) -> Iterator[Made]:
        """Does something with each of many, in any order, where processes are at work already;
        else in this one.

        The function, the items and what is made of them must be such as can be sent.
        """
        if not self._pool:
            yield from map(function, items)
            return
        from concurrent.futures import FIRST_COMPLETED, wait  # noqa: PLC0415
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

        sent = pickle.dumps(function)
        under_way: set[Future[Made]] = set()
        try:
            for item in items:
                with _undisturbed():
                    under_way.add(self._pool.submit(_done, sent, pickle.dumps(item)))
                if len(under_way) > AHEAD * self._number:
                    done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                    yield from (each.result() for each in done)
            while under_way:
                done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                yield from (each.result() for each in done)
        except BrokenProcessPool as error:
            raise WorkerError(
                "a process that did a part of the work was ended from outside, perhaps for want of "
                "memory; nothing was written. Try again, or build with --jobs 1"
            ) from error

    def _begin(self, number: int, plan: Plan, files: Collection[File]) -> None:
        if number < 2 or self._pool:
            return
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

        context = _context()
        if context.get_start_method() == "fork":
            for job in (_SAMPLE, _beginning(next(iter(files)))):  # loads what the work needs:
                _packed(job, plan, lambda *_: None)  # once, not once in each copy
        self._number = number
        self._pool = ProcessPoolExecutor(number, context, _enlist, (gc.get_threshold(),))


def _beginning(file: File) -> _Job:
    end = file.content.rfind(b"\n", 0, _BEGINNING) + 1
    return _Job(file.name, file.shown, file.content[:end])


def _worth(files: Collection[File]) -> int:
    """How many processes pay off: one where there is little to read."""
    number = min(_processors(), len(files))
    if number < 2:
        return 1
    size = 0
    for file in files:
        size += len(file.content)
        if size > ENOUGH:
            return number
    return 1


def _processors() -> int:
    """Those that this process may use."""
    mine = getattr(os, "sched_getaffinity", None)
    return len(mine(0)) if mine else os.cpu_count() or 1


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Lets Ctrl-C wait: a process that is just being started would not know what to do with it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _context() -> BaseContext:
    """A copy of this process knows all that it needs; where threads run, none can be made."""
    from multiprocessing import get_context  # noqa: PLC0415

    forks = sys.platform == "linux" and threading.active_count() == 1
    return get_context("fork" if forks else "spawn")


# In a worker ---------------------------------------------------------------------------------


def _enlist(collects: tuple[int, int, int]) -> None:
    """A worker leaves Ctrl-C to the process that started it, and ends with it however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*collects)
    gc.freeze()  # what is there stays, and need not be looked through
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    from multiprocessing import parent_process  # noqa: PLC0415

    parent = parent_process()
    assert parent
    parent.join()
    os._exit(1)


def _done(function: bytes, item: bytes) -> Any:  # noqa: ANN401 - what the function gives
    return _known(function)(pickle.loads(item))  # noqa: S301 - ours


@lru_cache(maxsize=1)  # one is sent with each of its items
def _known(function: bytes) -> Callable[[Any], Any]:
    found: Callable[[Any], Any] = pickle.loads(function)  # noqa: S301 - ours
    return found

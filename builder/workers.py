"""Files prepared by all processors of a machine, where there is enough to do."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from builder.diagnostics import StopError
from builder.packing import Parts, pack
from builder.preparing import File, Plan, prepare
from builder.rendering import FindMedia

if TYPE_CHECKING:  # what is needed only where processes are started is loaded there
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.context import BaseContext

ENOUGH = 300_000
"""Bytes of source; with less to do, a process would start only to end."""

AHEAD = 2
"""Files for each process that are under way or done before their turn."""


class WorkerError(StopError):
    """A process ended before its work."""


@dataclass(frozen=True, slots=True)
class _Job:
    """A file as a process gets it."""

    name: str
    shown: str
    content: bytes


Packed = tuple[bytes, Parts]
"""The SHA-256 of a file, and what it was prepared to."""


def _packed(job: _Job, plan: Plan, find_media: FindMedia) -> Packed:
    return sha256(job.content).digest(), pack(prepare(job, plan, find_media))


def packed(
    files: Collection[File], plan: Plan, find_media: FindMedia, workers: int = 0
) -> Iterator[Packed]:
    """Each file as it was prepared and packed, in the order given.

    `workers` is how many processes share the work: 0 for as many as pay off. The result is the
    same whatever their number.
    """
    number = workers or _worth(files)
    if number < 2:
        for file in files:
            yield _packed(_Job(file.name, file.shown, file.content), plan, find_media)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    task = plan, find_media, gc.get_threshold()
    with ProcessPoolExecutor(number, _context(), _enlist, task) as pool:
        try:
            yield from _in_turn(pool, files, number)
        except BrokenProcessPool as error:
            raise WorkerError(
                "a process that read the files was ended from outside, perhaps for want of memory; "
                "nothing was written. Try again, or build with --jobs 1"
            ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


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


def _in_turn(pool: ProcessPoolExecutor, files: Collection[File], number: int) -> Iterator[Packed]:
    under_way: deque[Future[Packed]] = deque()
    for file in files:
        job = _Job(file.name, file.shown, file.content)
        with _undisturbed():
            under_way.append(pool.submit(_work, job))
        if len(under_way) > AHEAD * number:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


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

_task: tuple[Plan, FindMedia]


def _enlist(plan: Plan, find_media: FindMedia, collects: tuple[int, int, int]) -> None:
    """A worker leaves Ctrl-C to the process that started it, and ends with it however that ends."""
    global _task  # noqa: PLW0603 - a process has no other memory from one job to the next
    _task = plan, find_media
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


def _work(job: _Job) -> Packed:
    return _packed(job, *_task)

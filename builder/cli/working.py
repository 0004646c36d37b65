"""How a command prepares files: with all processors, showing how far it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from builder.cli.terminal import progress

if TYPE_CHECKING:
    from builder.pipeline import Work
    from builder.preparing import File, Plan, Prepared
    from builder.rendering import FindMedia


@contextmanager
def working(quiet: bool, jobs: int = 0) -> Iterator[Work]:
    """Work whose results can be used for as long as the block lasts."""
    from builder import files as disk
    from builder import packing, workers

    with disk.spool() as spool:

        def work(files: Collection[File], plan: Plan, find_media: FindMedia) -> Iterator[Prepared]:
            with progress(len(files), quiet) as step:
                for packed in workers.packed(files, plan, find_media, jobs):
                    light, shown = packing.parts(packed)
                    yield packing.unpack(light, spool.put(shown))
                    step()

        yield work

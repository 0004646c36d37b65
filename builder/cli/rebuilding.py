"""A source that is built again whenever one of its files is saved."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from builder import files
from builder.cli.building import deck_of
from builder.cli.inputs import read_settings
from builder.cli.ledgers import read_ledger
from builder.media import digest
from builder.preparing import prepare
from builder.values import Record, field

if TYPE_CHECKING:
    from builder.files import Folder
    from builder.pipeline import Built
    from builder.preparing import File, Plan, Prepared
    from builder.rendering import FindMedia
    from builder.settings import Settings

REST = 0.04
"""Seconds between two looks at the times of the files; more where there are many files."""

Signature = dict[Path, tuple[int, int] | None]
"""When files were saved, in nanoseconds, and their sizes; None for one that is not there."""


class Remembered:
    """Prepares only what changed since the last build.

    A file is known by its content, by what it was prepared with, and by the media that it names.
    `seen` is how those were when a build looked at them last.
    """

    def __init__(self) -> None:
        self.known: dict[str, tuple[bytes, Plan, Prepared]] = {}
        self.seen: Signature = {}

    def prepare(
        self, sources: Collection[File], plan: Plan, find_media: FindMedia
    ) -> Iterator[Prepared]:
        for file in sources:
            content = file.content
            known = self.known.get(file.name)
            if not (known and known[:2] == (content, plan) and self._look(known[2], find_media)):
                made = prepare(file, plan, find_media)
                self.known[file.name] = known = content, plan, made
                self._look(made, find_media)
            yield known[2]

    def _look(self, file: Prepared, find_media: FindMedia) -> bool:
        """Whether the media of a file are as they were when it was prepared."""
        same = True
        for sought in file.media:
            if "\0" not in sought.name:
                path = Path(file.path).parent / unquote(sought.name)
                before = files.saved(path)  # before it is read, or a save might be missed
                is_same = digest(find_media(file.path, sought.name)) == sought.digest
                self.seen[path] = before if is_same else (0, 0)
                same &= is_same
        return same


class Draft(Record):
    """A build that is shown and not shipped: deck.lock stays as it is."""

    folder: Folder
    settings: Settings
    built: Built


class Watched(Record):
    """A source, and what of it is known from earlier builds."""

    path: Path
    memory: Remembered = field(default_factory=Remembered)

    def build(self) -> Draft:
        """The source as it is now. Raises `DiskError` and what click ends a command with."""
        self.memory.seen.clear()
        folder = files.find(self.path)
        settings = read_settings(folder)
        built = deck_of(folder, settings, read_ledger(folder), self.memory.prepare)
        return Draft(folder, settings, built)

    def signature(self) -> Signature:
        """What tells whether the source was saved; it never fails, whatever is gone."""
        try:
            folder = files.find(self.path)
        except files.DiskError:
            return {self.path: None}
        paths = {folder.path(file) for file in folder.files}
        paths |= {files.settings_path(folder), files.lock_path(folder)}
        return {path: files.saved(path) for path in paths}

    def wait(self, known: Signature) -> None:
        """Returns when the source or its media were saved, and whoever saves them is done."""
        media = dict(self.memory.seen)
        looks = self._looks(media)
        seen = next(looks)
        while seen == known | media:
            seen = next(looks)
        # An editor may empty a file before it writes it
        while (again := next(looks)) != seen:
            seen = again

    def _looks(self, media: Iterable[Path]) -> Iterator[Signature]:
        """The signature and how media are, again and again, at rest most of the time."""
        rest = REST
        while True:
            time.sleep(rest)
            began = time.perf_counter()
            seen = self.signature() | {path: files.saved(path) for path in media}
            rest = max(REST, 10 * (time.perf_counter() - began))
            yield seen

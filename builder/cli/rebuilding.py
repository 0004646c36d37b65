"""A source that is built again whenever one of its files is saved."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from builder import files, pipeline
from builder.cli.inputs import contents, now, read_ledger, read_settings
from builder.cli.terminal import silent
from builder.pipeline import Work

if TYPE_CHECKING:
    from builder.files import Folder
    from builder.pipeline import Built, File
    from builder.prose import Labels
    from builder.reading import Reading
    from builder.rendering import FindMedia, Rendered
    from builder.rules import Rule
    from builder.settings import Settings

REST = 0.04
"""Seconds between two looks at the times of the files; more where there are many files."""

Signature = dict[Path, tuple[int, int] | None]
"""When files were saved, in nanoseconds, and their sizes; None for one that is not there."""


class Remembered(Work):
    """Reads and renders only what changed since the last build.

    A file is known by its content and the settings, what it shows also by the media it asked for.
    `seen` is how those were when a build looked at them last.
    """

    def __init__(self) -> None:
        self.settings: Settings | None = None
        self.readings: dict[str, tuple[bytes, Reading]] = {}
        self.rendered: dict[str, _Shown] = {}
        self.seen: Signature = {}

    def read(self, file: File, settings: Settings, rules: Sequence[Rule]) -> Reading:
        if settings != self.settings:
            self.settings = settings
            self.readings.clear()
        known = self.readings.get(file.shown)
        if known and known[0] == file.content:
            return known[1]
        made = super().read(file, settings, rules)
        self.readings[file.shown] = file.content, made
        return made

    def render(self, reading: Reading, find_media: FindMedia, labels: Labels) -> Rendered:
        asked: dict[tuple[str, str], bytes | None] = {}

        def find(file: str, name: str) -> bytes | None:
            if "\0" not in name:
                path = Path(file).parent / unquote(name)
                self.seen[path] = files.saved(path)  # before it is read, or a save might be missed
            asked[file, name] = find_media(file, name)
            return asked[file, name]

        path = reading.source.path
        known = self.rendered.get(path)
        if known and known.holds(reading, labels, find):
            return known.rendered
        made = super().render(reading, find, labels)
        self.rendered[path] = _Shown(reading, labels, made, asked)
        return made


@dataclass(frozen=True, slots=True)
class _Shown:
    reading: Reading
    labels: Labels
    rendered: Rendered
    asked: dict[tuple[str, str], bytes | None]

    def holds(self, reading: Reading, labels: Labels, find_media: FindMedia) -> bool:
        same = reading is self.reading and labels == self.labels
        return same and all(find_media(*name) == found for name, found in self.asked.items())


@dataclass(frozen=True, slots=True)
class Draft:
    """A build that is shown and not shipped: deck.lock stays as it is."""

    folder: Folder
    settings: Settings
    built: Built


@dataclass(frozen=True, slots=True)
class Watched:
    """A source, and what of it is known from earlier builds."""

    path: Path
    memory: Remembered = field(default_factory=Remembered)

    def build(self) -> Draft:
        """The source as it is now. Raises `DiskError` and what click ends a command with."""
        self.memory.seen.clear()
        folder = files.find(self.path)
        settings = read_settings(folder)
        built = pipeline.build(
            folder.name,
            contents(folder, silent),
            settings,
            files.templates(),
            files.media_below(folder),
            pipeline.Release(now(), read_ledger(folder).lock),
            work=self.memory,
        )
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

"""A build that nothing has changed since: it is not made again, and says what it would say.

It is known by hashes of all that it was made of and of what it wrote. Without a cache, every build
is made.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from builder import cache, files
from builder.cli import working
from builder.media import digest

if TYPE_CHECKING:
    from builder.cache import Cache
    from builder.files import Folder
    from builder.preparing import Prepared


def memory_of(folder: Folder, options: str) -> Memory | None:
    """None where the command that runs has no cache."""
    kept = working.cache()
    return Memory(kept, folder, options) if kept else None


@dataclass(frozen=True, slots=True)
class Said:
    """What a build printed, with its colours, and its exit status."""

    err: str
    out: str
    status: int


@dataclass(frozen=True)
class Memory:
    """What is remembered of the last build of a folder with the same options, on this machine."""

    cache: Cache
    folder: Folder
    options: str

    @cached_property
    def _key(self) -> str:
        where = (str(self.folder.root.resolve()), str(Path.cwd()))
        return cache.key_of("build", cache.fingerprint(), *where, self.options)

    def recall(self) -> Said | None:
        """What the last build would say now; None if anything is no more as it was."""
        content = self.cache.get(self._key)
        if content is None:
            return None
        known = json.loads(content)
        if known["inputs"] != self._inputs():
            return None
        if known["media"] != _digests(self.folder, (tuple(each[:2]) for each in known["media"])):
            return None
        if known["package"] != files.digest(Path(known["target"])):
            return None
        return Said(*known["said"])

    def keep(self, said: Said, target: Path, prepared: Collection[Prepared]) -> None:
        """Remembers a build that is whole."""
        sought = {(file.path, each.name) for file in prepared for each in file.media}
        known = {
            "inputs": self._inputs(),
            "media": _digests(self.folder, sorted(sought)),
            "target": str(target),
            "package": files.digest(target),
            "said": [said.err, said.out, said.status],
        }
        self.cache.put(self._key, json.dumps(known).encode("utf-8", "surrogatepass"))

    def _inputs(self) -> str:
        """A hash of files, settings and lock as they are now."""
        paths = [self.folder.path(name) for name in self.folder.files]
        paths += [files.settings_path(self.folder), *files.lock_paths(self.folder)]
        digests = (f"{path}\0{files.digest(path)}" for path in paths)
        return cache.key_of(*digests)


def _digests(folder: Folder, sought: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Media as files name them, with hashes of their contents."""
    find = files.media_below(folder)
    return [[file, name, digest(find(file, name))] for file, name in sought]

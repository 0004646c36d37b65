"""A build that nothing has changed since: it is not made again, and says what it would say.

It is known by hashes of all that it was made of and of what it wrote. Without a cache, every build
is made.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from builder import cache, files
from builder.cli import working
from builder.media import digest
from builder.values import CachingRecord, Record, cached_property

if TYPE_CHECKING:
    from builder.cache import Cache
    from builder.files import Folder
    from builder.preparing import Prepared


def memory_of(folder: Folder, options: str) -> Memory | None:
    """None where the command that runs has no cache."""
    kept = working.cache()
    return Memory(kept, folder, options) if kept else None


class Said(Record):
    """What a build printed, with its colours, and its exit status."""

    err: str
    out: str
    status: int


class Memory(CachingRecord):
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
        if known["files"] != list(self.folder.files):
            return None
        if any(files.digest(Path(path)) != digest for path, digest in known["read"]):
            return None
        if known["media"] != _digests(self.folder, (tuple(each[:2]) for each in known["media"])):
            return None
        if known["package"] != files.digest(Path(known["target"])):
            return None
        return Said(*known["said"])

    def keep(self, said: Said, target: Path, prepared: Collection[Prepared]) -> None:
        """Remembers a build that is whole, and what it read: by now that may have changed."""
        sought = {(file.path, each.name, each.digest) for file in prepared for each in file.media}
        known = {
            "files": self.folder.files,
            "read": [(str(path), digest) for path, digest in self.folder.seen.items()],
            "media": sorted(sought),
            "target": str(target),
            "package": files.digest(target),
            "said": [said.err, said.out, said.status],
        }
        self.cache.put(self._key, json.dumps(known).encode("utf-8", "surrogatepass"))


def _digests(folder: Folder, sought: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Media as files name them, with hashes of their contents."""
    find = files.media_below(folder)
    return [[file, name, digest(find(file, name))] for file, name in sought]

"""What a command knows of the questions from the lock beside a source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder import files, ledger
from builder.cache import fingerprint, key_of
from builder.cli.terminal import UNUSABLE, print_findings
from builder.ledger import known
from builder.source import Source
from builder.values import Record, replace

if TYPE_CHECKING:
    from builder.cache import Cache
    from builder.files import Folder
    from builder.ledger import Lock, Settled, Still


class Ledger(Record):
    """What the lock beside a source says, and where it is to be written.

    A file that is built alone though its folder has a lock is a part of that deck: it takes its
    identities from there, and nothing is written. `still` is that of `ledger.settle`.
    """

    path: Path
    lock: Lock | None
    partial: bool = False
    still: Mapping[str, Still] | None = None


def read_ledger(folder: Folder, cache: Cache | None = None) -> Ledger:
    """The lock of a source. One that is damaged ends the command with its place and a hint.

    A cache tells of one that `remember` was given.
    """
    own = files.lock_path(folder)
    whole = files.lock_path(replace(folder, alone=False))
    lock = _lock(folder, own, cache)
    if folder.alone and lock is None and (shared := _lock(folder, whole)):
        mine = tuple(entry for entry in shared.entries if entry.path == folder.files[0])
        return Ledger(whole, replace(shared, entries=mine), partial=True)
    kept = cache.get(_key_of_files(own)) if cache and lock else None
    return Ledger(own, lock, still=known.unpacked_files(kept) if kept else None)


def remember(settled: Settled, folder: Folder, locks: Iterable[Path], cache: Cache | None) -> None:
    """Keeps for the next build what is known of the lock, which was just written."""
    for path in locks:
        if cache is not None:
            cache.put(_key(folder, path), known.packed(settled.lock))
            cache.put(_key_of_files(path), known.packed_files(settled.still))


def _key(folder: Folder, path: Path) -> str:
    return key_of("lock", fingerprint(), folder.seen[path])


def _key_of_files(path: Path) -> str:
    """One for all states of a lock: a `git pull` changes it, and leaves most of its files alone."""
    return key_of("files of a lock", fingerprint(), str(path.resolve()))


def _lock(folder: Folder, path: Path, cache: Cache | None = None) -> Lock | None:
    content = folder.read_if_there(path)
    if content is None:
        return None
    if cache is not None and (kept := cache.get(_key(folder, path))):
        return known.unpacked(kept, content)
    return _parsed(path, content)


def _parsed(path: Path, content: bytes) -> Lock:
    from builder import decoding

    source = decoding.decode(path.as_posix(), content, "utf-8")
    if not isinstance(source, Source):
        raise click.ClickException(f"{path}: {source.reason}")
    lock, found = ledger.read_lock(source)
    if found:
        print_findings(found, {source.path: source}, verbose=True, quiet=False)
    if lock is None:
        raise click.exceptions.Exit(UNUSABLE)
    return lock

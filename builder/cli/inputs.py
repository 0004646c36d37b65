"""What a command works on: files, settings, the time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli.terminal import UNUSABLE, print_findings

if TYPE_CHECKING:
    from builder.cache import Cache
    from builder.files import Folder
    from builder.ledger import Lock, Settled, Still
    from builder.settings import Settings


def default_source(quiet: bool) -> Path:
    """The folder “source”, or, where there is none, the one quiz file of this folder."""
    source = Path("source")
    if source.is_dir():
        return source
    quizzes = [path for path in Path().iterdir() if path.suffix.lower() in (".md", ".markdown")]
    if len(quizzes) != 1:
        raise click.UsageError("there is no folder “source” here; name a file or a folder")
    if not quiet:
        click.echo(f"There is no folder “source” here, so “{quizzes[0]}” is built.")
    return quizzes[0]


def read_settings(folder: Folder) -> Settings:
    from builder import decoding, files, language, settings
    from builder.dialects import dialects
    from builder.rules import rules
    from builder.source import Source

    path = files.settings_path(folder)
    content = folder.read_if_there(path)
    if content is None:
        return settings.Settings()
    source = decoding.decode(path.as_posix(), content)
    if not isinstance(source, Source):
        raise click.ClickException(f"{path}: {source.reason}")
    languages = language.available(files.templates())
    chosen, found = settings.parse(source, languages, tuple(dialects()), tuple(rules()))
    if found:
        print_findings(found, {source.path: source}, verbose=True, quiet=False)
        raise click.exceptions.Exit(UNUSABLE)
    return chosen


def now() -> int:
    """Seconds since the epoch: SOURCE_DATE_EPOCH (https://reproducible-builds.org) or the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return int(time.time())
    if not (epoch.isascii() and epoch.isdigit() and int(epoch) < 1 << 33):
        raise click.ClickException(f"SOURCE_DATE_EPOCH is “{epoch}”, not a number of seconds")
    return int(epoch)


@dataclass(frozen=True, slots=True)
class Ledger:
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
    from builder import files

    own = files.lock_path(folder)
    whole = files.lock_path(replace(folder, alone=False))
    lock, still = _lock(folder, own, cache)
    if folder.alone and lock is None and (shared := _lock(folder, whole)[0]):
        mine = tuple(entry for entry in shared.entries if entry.path == folder.files[0])
        return Ledger(whole, replace(shared, entries=mine), partial=True)
    return Ledger(own, lock, still=still)


def remember(settled: Settled, folder: Folder, locks: Iterable[Path], cache: Cache | None) -> None:
    """Keeps for the next build what is known of the lock, which was just written."""
    from builder.ledger import known

    for path in locks:
        if cache is not None:
            cache.put(_key(folder, path), known.packed(settled.lock, settled.still))


def _key(folder: Folder, path: Path) -> str:
    from builder.cache import fingerprint, key_of

    return key_of("lock", fingerprint(), folder.seen[path])


def _lock(
    folder: Folder, path: Path, cache: Cache | None = None
) -> tuple[Lock | None, Mapping[str, Still] | None]:
    from builder.ledger import known

    content = folder.read_if_there(path)
    if content is None:
        return None, None
    if cache is not None and (kept := cache.get(_key(folder, path))):
        return known.unpacked(kept, content)
    return _parsed(path, content), None


def _parsed(path: Path, content: bytes) -> Lock:
    from builder import decoding, ledger
    from builder.source import Source

    source = decoding.decode(path.as_posix(), content, "utf-8")
    if not isinstance(source, Source):
        raise click.ClickException(f"{path}: {source.reason}")
    lock, found = ledger.read_lock(source)
    if found:
        print_findings(found, {source.path: source}, verbose=True, quiet=False)
    if lock is None:
        raise click.exceptions.Exit(UNUSABLE)
    return lock

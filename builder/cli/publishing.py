"""A built deck as a site: which questions stand in which topic, what is new, what is wrong."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from builder.diagnostics import Diagnostic
from builder.sharing import HowTo
from builder.site import Download, Item, Site, Topic
from builder.versions import Version

if TYPE_CHECKING:
    from builder.ledger import Lock
    from builder.model import Identity, Note
    from builder.pipeline import Built
    from builder.preparing import Prepared
    from builder.settings import Settings
    from builder.words import Words


def site_of(
    built: Built,
    settings: Settings,
    package: Download | None = None,
    updates: tuple[Download, ...] = (),
    build: str = "",
) -> Site:
    """The site of a deck that was built. A file without questions is no topic.

    The package, the texts to update from, and `build` are those of `Site`.
    """
    lock = built.settled.lock
    own = built.gathered.own
    newest = _newest(lock)
    notes = iter(zip(built.deck.notes, built.settled.identities, strict=False))
    findings = _by_file(built.diagnostics)
    topics = []
    for file in built.files:
        items = tuple(_items(file, notes, findings, newest))
        if items:
            name = _below(file, built)
            topics.append(Topic(name, file.title or PurePosixPath(name).stem, items))
    shown = {finding for topic in topics for item in topic.items for finding in item.findings}
    return Site(
        deck=built.deck,
        words=own,
        topics=tuple(topics),
        version=version(lock),
        first=lock.release <= 1,
        description=settings.description,
        report=settings.repository,
        package=package,
        updates=updates,
        how=_how_to(built, own, package, updates) if package else None,
        retired=tuple(stone.identity.guid for stone in built.settled.tombstones),
        withdrawn=sum(stone.identity.guid in newest for stone in built.settled.tombstones),
        findings=tuple(found for found in built.diagnostics if found not in shown),
        build=build,
    )


def version(lock: Lock) -> str:
    """What the last release is called."""
    last = lock.release
    return max({head.version for head in lock.heads if head.release == last}, default="")


def _how_to(built: Built, own: Words, package: Download, updates: Sequence[Download]) -> HowTo:
    last = built.settled.lock.latest
    assert last, "a deck without questions has no site"
    released = Version(last.version, last.modified)
    texts = tuple(text.name for text in updates)
    return HowTo(built.deck.name, package.name, "", texts, released, own)


def _newest(lock: Lock) -> set[str]:
    """The guids that the last release brought or changed; none of the first release."""
    last = lock.release
    return {head.guid for head in lock.heads if head.release == last} if last > 1 else set()


def _items(
    file: Prepared,
    notes: Iterator[tuple[Note, Identity]],
    findings: Mapping[str, Sequence[Diagnostic]],
    newest: set[str],
) -> Iterator[Item]:
    questions = tuple(file.shown)
    starts = [shown.line for shown in questions]
    mine: dict[int, list[Diagnostic]] = defaultdict(list)
    for finding in findings.get(file.path, ()):
        assert finding.place
        at = bisect_right(starts, finding.place.line) - 1
        if at >= 0 and finding.place.line <= questions[at].end_line:
            mine[at].append(finding)
    for at, shown in enumerate(questions):
        note, identity = next(notes)
        fresh = note.guid in newest
        changed = fresh and identity.answer_changed == identity.version != ""
        where = f"{file.path}:{shown.line}"
        yield Item(shown.question, note, where, tuple(mine[at]), fresh, changed)


def _by_file(found: Sequence[Diagnostic]) -> Mapping[str, Sequence[Diagnostic]]:
    by_file: dict[str, list[Diagnostic]] = defaultdict(list)
    for finding in found:
        if finding.place:
            by_file[finding.place.path].append(finding)
    return by_file


def _below(file: Prepared, built: Built) -> str:
    """The path of a file without the folders that all files have in common."""
    paths = [PurePosixPath(each.path) for each in built.files]
    common = min((len(path.parts) - 1 for path in paths), default=0)
    first = paths[0].parts
    while common and any(path.parts[:common] != first[:common] for path in paths):
        common -= 1
    return str(PurePosixPath(*PurePosixPath(file.path).parts[common:]))

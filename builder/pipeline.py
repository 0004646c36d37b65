"""The whole program: bytes of quiz files to questions, to notes, to a deck."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath

from builder import collection, preparing
from builder.bundling import bundled
from builder.diagnostics import Diagnostic, Severity
from builder.gathering import Gathered, Work, gather, one_by_one
from builder.keeping import Keep, anew
from builder.ledger import Lock, Settled, Sheet, Still, settle
from builder.model import Batch, Deck, Look, Note, RenderedQuestion
from builder.note_types import broken_schemas, look_of, note_types, schema_of
from builder.notes import Filling, Placed, fill_notes, subdeck
from builder.packing import Packed
from builder.preparing import Prepared, Shown
from builder.rendering import FindMedia
from builder.rules import wanted
from builder.settings import Settings
from builder.source import Source
from builder.values import Record, replace
from builder.versions import Version, description
from builder.words import Words


class File(Record):
    """A quiz file whose content is at hand; see `preparing.File`."""

    name: str
    shown: str
    content: bytes


class Release(Record):
    """The build that is under way: its time in seconds, and what it goes on from.

    `rerender`, `resend` and `still` are those of `ledger.settle`.
    """

    now: int
    lock: Lock | None = None
    rerender: bool = False
    resend: int = 0
    still: Mapping[str, Still] | None = None


class Built(Record):
    """A deck, what each file gave to it, who is who, and all that is to be told.

    `broken_schemas` are the kinds of note type that members have with other fields or card
    templates, and whose notes Anki would therefore leave as they are. `unreadable` are the files
    that could not be decoded and whose questions members have: their notes would be withdrawn.
    """

    deck: Deck
    gathered: Gathered
    settled: Settled
    diagnostics: tuple[Diagnostic, ...]
    broken_schemas: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[Prepared, ...]:
        return self.gathered.files

    @property
    def sources(self) -> Mapping[str, Source]:
        return self.gathered.sources

    @property
    def batches(self) -> Iterator[Batch]:
        """The notes of the deck; those of a file have a key if it was prepared and packed."""
        assert isinstance(self.deck.notes, _Notes)
        return self.deck.notes.batches()

    @property
    def lost_lines(self) -> int:
        """How many lines of text are on no card."""
        return sum(file.lost_lines for file in self.files)

    @property
    def left_out(self) -> bool:
        """Whether anything of the source is not on a card as it should be."""
        errors = any(found.severity is Severity.ERROR for found in self.diagnostics)
        return errors or self.lost_lines > 0

    @property
    def faulty(self) -> bool:
        return any(found.severity is not Severity.INFO for found in self.diagnostics)

    @property
    def questions(self) -> int:
        return sum(len(file.asked) for file in self.files)

    @property
    def options(self) -> int:
        return sum(file.options for file in self.files)

    @property
    def decks(self) -> int:
        """How many decks have a note."""
        titles = {file.name: file.title for file in self.files}
        names = {file.name for file in self.files if file.asked}
        names |= {stone.path for stone in self.settled.tombstones}
        return len({subdeck(self.deck.name, name, titles.get(name, "")) for name in names})

    @property
    def media_files(self) -> int:
        return len({each.bundled for file in self.files for each in file.media} - {""})


def build(
    folder: str,
    files: Collection[preparing.File],
    settings: Settings,
    templates: Mapping[str, str],
    find_media: FindMedia,
    release: Release,
    least: Severity = Severity.WARNING,
    work: Work = one_by_one,
    keep: Keep = anew,
) -> Built:
    """A deck from the quiz files of a folder of that name.

    Rules whose findings weigh less than `least` are not run. `keep` is that of `note_types`.
    """
    rules = wanted(settings.levels, least)
    gathered = gather(files, settings, templates, find_media, rules, work)
    found = gathered.diagnostics(rules, settings.levels)

    last, own = release.lock, gathered.own
    name = deck_name(folder, gathered.files, settings, last)
    uid = settings.uid or (last.uid if last else uid_of(name))
    disputed = any(file.disputed for file in gathered.files)
    look = Look(own.language, settings.shuffle, disputed, settings.repository)
    types = note_types(name, uid, templates, own, look, keep)
    settled = settle(
        [Sheet(file.name, file.asked, _digest(file.asked)) for file in gathered.files],
        last,
        uid=uid,
        now=release.now,
        version=settings.version or _date(release.now),
        name=name,
        looks={kind: look_of(note_type) for kind, note_type in types.items()},
        schemas={kind: schema_of(note_type) for kind, note_type in types.items()},
        rerender=release.rerender,
        resend=release.resend,
        still=release.still,
    )
    filling = Filling(name, own, settings.tags)
    used = {head.kind for head in settled.lock.heads}
    deck = Deck(
        name=name,
        uid=uid,
        note_types=tuple(
            replace(types[stamp.kind], modified=stamp.modified)
            for stamp in settled.lock.stamps
            if stamp.kind in used
        ),
        notes=_Notes(gathered.files, settled, filling),
        media=bundled(gathered.files, find_media, templates),
        descriptions={name: _description(settings, settled.lock, own)},
    )
    broken, unreadable = broken_schemas(last, types), tuple(_unreadable(last, gathered.files))
    return Built(deck, gathered, settled, found, broken, unreadable)


class _Notes(Collection[Note]):
    """The notes of a deck, filled anew each time that they are asked for, one by one."""

    def __init__(self, files: Sequence[Prepared], settled: Settled, filling: Filling) -> None:
        self.files, self.settled, self.filling = files, settled, filling

    def batches(self) -> Iterator[Batch]:
        titles = {file.name: file.title for file in self.files if file.asked}
        return fill_notes(self._placed(), self.settled.tombstones, titles, self.filling)

    def _placed(self) -> Iterator[Placed]:
        for file, people in zip(self.files, self.settled.sheets, strict=True):
            digest = _digest(file.shown)
            yield Placed(_Questions(file.shown), people, file.name, file.title, digest)

    def __iter__(self) -> Iterator[Note]:
        return (note for batch in self.batches() for note in batch.notes)

    def __len__(self) -> int:
        return sum(map(len, self.settled.sheets)) + len(self.settled.tombstones)

    def __contains__(self, note: object) -> bool:
        return any(note == each for each in self)


class _Questions(Record):
    shown: Iterable[Shown]

    def __iter__(self) -> Iterator[RenderedQuestion]:
        return (each.question for each in self.shown)


def _digest(questions: Collection[object]) -> str:
    return questions.digest if isinstance(questions, Packed) else ""


def deck_name(folder: str, files: Sequence[Prepared], settings: Settings, last: Lock | None) -> str:
    """The name that was set, or the last one, the title of the only quiz, or the folder's, as Anki
    keeps it."""
    asking = [file for file in files if file.asked]
    only = asking[0] if len(asking) == 1 else None
    stem = PurePosixPath(only.path).stem if only else ""
    was = last.name if last else ""
    name = settings.name or was or (only and only.title) or stem or folder
    return collection.deck_name(name)


def name_of(
    folder: str,
    files: Collection[preparing.File],
    templates: Mapping[str, str],
    last: Lock | None,
) -> str:
    """What a deck without settings is called."""
    gathered = gather(files, Settings(), templates, lambda _file, _name: None, ())
    return deck_name(folder, gathered.files, Settings(), last)


def uid_of(name: str) -> str:
    """The identity of a deck that was given none."""
    return re.sub(r"\s+", "-", name)[:64]


def _description(settings: Settings, lock: Lock, own: Words) -> str:
    """What Anki shows below the deck's name; it moves only when a note did."""
    last = lock.latest
    if last is None:
        return settings.description
    return description(settings.description, Version(last.version, last.modified), own)


def _unreadable(last: Lock | None, files: Iterable[Prepared]) -> Iterator[str]:
    known = {head.path for head in last.heads if not head.retired} if last else set()
    for file in files:
        if file.name in known and any(each.rule == "undecodable" for each in file.diagnostics):
            yield file.path


def _date(now: int) -> str:
    return datetime.fromtimestamp(now, UTC).date().isoformat()

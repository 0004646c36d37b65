"""The whole program: bytes of quiz files to questions, to notes, to a deck."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePosixPath

from builder import collection, kinds, language, preparing, words
from builder.allowing import told
from builder.diagnostics import Diagnostic, Severity, StopError, in_source_order
from builder.language import Letters
from builder.ledger import Lock, Settled, settle
from builder.media import IN_ALL, digest
from builder.model import Deck, Look, Media, Note, NoteType
from builder.notes import Filling, Placed, fill_notes, subdeck
from builder.preparing import Plan, Prepared, prepare, read_source
from builder.rendering import FindMedia, Sought
from builder.rules import Levels, Rule, check_source, wanted
from builder.settings import Settings
from builder.sharing import Version, description
from builder.source import Source
from builder.words import Words


@dataclass(frozen=True, slots=True)
class File:
    """A quiz file whose content is at hand; see `preparing.File`."""

    name: str
    shown: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Release:
    """The build that is under way: its time in seconds, and what it goes on from.

    `rerender` and `resend` are those of `ledger.settle`.
    """

    now: int
    lock: Lock | None = None
    rerender: bool = False
    resend: int = 0


Work = Callable[[Collection[preparing.File], Plan, FindMedia], Iterable[Prepared]]
"""Prepares files, in their order: one by one, by several processes, or from an earlier build."""


def one_by_one(
    files: Collection[preparing.File], plan: Plan, find_media: FindMedia
) -> Iterator[Prepared]:
    return (prepare(file, plan, find_media) for file in files)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What all files give to a deck, and the tool's words in the language that they are in."""

    files: tuple[Prepared, ...]
    own: Words
    sources: Mapping[str, Source]

    def diagnostics(self, rules: Iterable[Rule], levels: Levels) -> tuple[Diagnostic, ...]:
        """What is to be told of the files, each by itself and all together."""
        found = [each for file in self.files for each in file.diagnostics]
        found += check_source([each for file in self.files for each in file.compared], rules)
        allowed = {file.path: file.allowed for file in self.files}
        return tuple(in_source_order(told(found, allowed, levels)))


@dataclass(frozen=True, slots=True)
class Built:
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
        return sum(len(question.options) for file in self.files for question in file.asked)

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
) -> Built:
    """A deck from the quiz files of a folder of that name.

    Rules whose findings weigh less than `least` are not run.
    """
    rules = wanted(settings.levels, least)
    gathered = gather(files, settings, templates, find_media, rules, work)
    found = gathered.diagnostics(rules, settings.levels)

    last, own = release.lock, gathered.own
    name = deck_name(folder, gathered.files, settings, last)
    uid = settings.uid or (last.uid if last else uid_of(name))
    types = _note_types(name, uid, templates, own, _look(gathered, settings))
    settled = settle(
        [question for file in gathered.files for question in file.asked],
        last,
        uid=uid,
        now=release.now,
        version=settings.version or _date(release.now),
        name=name,
        looks={kind: _hash_of(note_type) for kind, note_type in types.items()},
        schemas={kind: schema_of(note_type) for kind, note_type in types.items()},
        rerender=release.rerender,
        resend=release.resend,
    )
    filling = Filling(name, own, settings.tags)
    used = {entry.kind for entry in settled.lock.entries}
    deck = Deck(
        name=name,
        uid=uid,
        note_types=tuple(
            replace(types[stamp.kind], modified=stamp.modified)
            for stamp in settled.lock.stamps
            if stamp.kind in used
        ),
        notes=_Notes(gathered.files, settled, filling),
        media=_media(gathered.files, find_media, templates),
        descriptions={name: _description(settings, settled.lock, own)},
    )
    broken, unreadable = _broken_schemas(last, types), tuple(_unreadable(last, gathered.files))
    return Built(deck, gathered, settled, found, broken, unreadable)


def gather(
    files: Collection[preparing.File],
    settings: Settings,
    templates: Mapping[str, str],
    find_media: FindMedia,
    rules: Iterable[Rule],
    work: Work = one_by_one,
) -> Gathered:
    """All files as they are prepared; they are asked for more than once.

    The language of a deck is that of all its files, and each file is prepared in it. So it is
    guessed from the first one; a wrong guess costs time only.
    """
    known = language.available(templates)
    heads = (read_source(file, settings.encoding).text for file in files)
    first = Letters.of(next(heads, ""))
    chosen = settings.language or first.language(known)
    names = tuple(rule.name for rule in rules)
    while True:
        own = words.parse(templates[f"words/{chosen}.toml"])
        made = tuple(work(files, _plan(settings, own, names), find_media))
        right = settings.language or sum((f.letters for f in made), Letters()).language(known)
        if right == chosen:
            return Gathered(made, own, _Sources(files, settings.encoding))
        chosen = right


def _plan(settings: Settings, own: Words, rules: tuple[str, ...]) -> Plan:
    return Plan(
        own,
        rules,
        settings.dialect,
        settings.encoding,
        settings.tags,
        settings.cards,
        settings.shuffle,
    )


class _Sources(Mapping[str, Source]):
    """The text of each file by its path, decoded anew when it is asked for."""

    def __init__(self, files: Collection[preparing.File], encoding: str) -> None:
        self.files = {file.shown: file for file in files}
        self.read = lru_cache(maxsize=8)(lambda path: self._read(path, encoding))

    def _read(self, path: str, encoding: str) -> Source:
        return read_source(self.files[path], encoding)

    def __getitem__(self, path: str) -> Source:
        return self.read(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


class _Notes(Collection[Note]):
    """The notes of a deck, filled anew each time that they are asked for, one by one."""

    def __init__(self, files: Sequence[Prepared], settled: Settled, filling: Filling) -> None:
        self.files, self.settled, self.filling = files, settled, filling

    def __iter__(self) -> Iterator[Note]:
        placed = (
            Placed(shown.question, file.name, file.title)
            for file in self.files
            for shown in file.shown
        )
        titles = {file.name: file.title for file in self.files if file.asked}
        identities, tombstones = self.settled.identities, self.settled.tombstones
        return fill_notes(placed, identities, tombstones, titles, self.filling)

    def __len__(self) -> int:
        return len(self.settled.identities) + len(self.settled.tombstones)

    def __contains__(self, note: object) -> bool:
        return any(note == each for each in self)


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
    last = max(lock.entries, key=lambda entry: (entry.release, entry.modified), default=None)
    if last is None:
        return settings.description
    return description(settings.description, Version(last.version, last.modified), own)


def _look(gathered: Gathered, settings: Settings) -> Look:
    disputed = any(file.disputed for file in gathered.files)
    return Look(gathered.own.language, settings.shuffle, disputed, settings.repository)


def _note_types(
    name: str, uid: str, templates: Mapping[str, str], own: Words, look: Look
) -> dict[str, NoteType]:
    return {
        kind: kinds.note_type(kind, name, uid, templates, own, look, modified=0)
        for kind in kinds.kinds()
    }


def _hash_of(note_type: NoteType) -> str:
    """A hash of what a newer time of the note type would bring to members."""
    sides = [[template.name, template.front, template.back] for template in note_type.templates]
    text = json.dumps([note_type.name, sides, note_type.css], ensure_ascii=False)
    return sha256(text.encode()).hexdigest()[:16]


def schema_of(note_type: NoteType) -> str:
    """A hash of what Anki compares before it takes over a note type or any of its notes.

    Fields and card templates must be as many, and each must have the same id or name
    (`equal_schema` in rslib/src/import_export/package/apkg/import/notes.rs); the sort field is
    the first. test_updates_in_anki.py::test_a_new_schema_stops_every_update shows what else
    happens.
    """
    parts = (note_type.fields, note_type.templates)
    text = json.dumps([[[part.id, part.name] for part in some] for some in parts])
    return sha256(text.encode()).hexdigest()[:16]


def _broken_schemas(last: Lock | None, types: Mapping[str, NoteType]) -> tuple[str, ...]:
    """The kinds of note type that members have with another schema."""
    known = {stamp.kind: stamp.schema for stamp in last.stamps if stamp.schema} if last else {}
    return tuple(
        kind for kind, schema in known.items() if kind in types and schema_of(types[kind]) != schema
    )


def _unreadable(last: Lock | None, files: Iterable[Prepared]) -> Iterator[str]:
    known = {entry.path for entry in last.entries if not entry.retired} if last else set()
    for file in files:
        if file.name in known and any(each.rule == "undecodable" for each in file.diagnostics):
            yield file.path


def _media(
    files: Sequence[Prepared], find_media: FindMedia, templates: Mapping[str, str]
) -> tuple[Media, ...]:
    found = {kinds.USER_STYLE: kinds.user_style(templates)}
    left = IN_ALL
    for file in files:
        for sought in file.media:
            if sought.bundled and sought.bundled not in found:
                media = _found(sought, find_media(file.path, sought.name))
                found[sought.bundled] = media
                left -= len(media.content)
                if left < 0:
                    raise MediaError(
                        f"pictures, sound and film come to more than {IN_ALL >> 20} MB"
                    )
    return tuple(found[name] for name in sorted(found))


def _found(sought: Sought, content: bytes | None) -> Media:
    if content is None or digest(content) != sought.digest:
        raise MediaError(f"“{sought.name}” was changed while it was read; build again")
    return Media(sought.bundled, content)


class MediaError(StopError):
    """Pictures, sound or film that no package can be made of."""


def _date(now: int) -> str:
    return datetime.fromtimestamp(now, UTC).date().isoformat()

"""The whole program: bytes of quiz files to questions, to notes, to a deck."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import PurePosixPath

from builder import collection, kinds, language, words
from builder.allowing import told
from builder.card_html import card_rule
from builder.decoding import Undecodable, decode
from builder.diagnostics import Diagnostic, Place, Severity, in_source_order
from builder.identity import asked
from builder.items import Quiz
from builder.ledger import Asked, Lock, Settled, settle
from builder.model import Deck, Look, Media, NoteType, Verdict
from builder.notes import Filling, Placed, authors_tags, fill_notes
from builder.pinning import places
from builder.prose import Labels
from builder.reading import NAVIGATION, Reading, read
from builder.rendering import FindMedia, Rendered, render_questions
from builder.rules import Rule, check_source, wanted
from builder.settings import Settings
from builder.sharing import Version, description
from builder.source import Source
from builder.words import Words


@dataclass(frozen=True, slots=True)
class File:
    """A quiz file: its path below the source folder, the path the user knows, its content."""

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


@dataclass(frozen=True, slots=True)
class Built:
    """A deck, what each file gave to it, who is who, and all that is to be told.

    `broken_schemas` are the kinds of note type that members have with other fields or card
    templates, and whose notes Anki would therefore leave as they are.
    """

    deck: Deck
    files: tuple[Rendered, ...]
    settled: Settled
    diagnostics: tuple[Diagnostic, ...]
    broken_schemas: tuple[str, ...] = ()

    @property
    def lost_lines(self) -> int:
        """How many lines of text are on no card."""
        lost = (u for f in self.files for u in f.reading.unread if u.reason != NAVIGATION)
        return sum(unread.last - unread.first + 1 for unread in lost)

    @property
    def left_out(self) -> bool:
        """Whether anything of the source is not on a card as it should be."""
        errors = any(found.severity is Severity.ERROR for found in self.diagnostics)
        return errors or self.lost_lines > 0

    @property
    def faulty(self) -> bool:
        return any(found.severity is not Severity.INFO for found in self.diagnostics)

    @property
    def sources(self) -> dict[str, Source]:
        return {file.reading.source.path: file.reading.source for file in self.files}

    @property
    def questions(self) -> int:
        return sum(len(file.questions) for file in self.files)

    @property
    def options(self) -> int:
        return sum(len(question.options) for file in self.files for question in file.questions)

    @property
    def media_files(self) -> int:
        return len({item.name for file in self.files for item in file.media})

    @property
    def cards(self) -> int:
        rules = {item.kind: card_rule(item) for item in self.deck.note_types}
        return sum(len(rules[note.kind](note.fields)) for note in self.deck.notes)


class Work:
    """What a build does for each file by itself."""

    def read(self, file: File, settings: Settings, rules: Sequence[Rule]) -> Reading:
        return read_file(file, settings, rules)

    def render(self, reading: Reading, find_media: FindMedia, labels: Labels) -> Rendered:
        return render_questions(reading, find_media, labels)


def build(
    folder: str,
    files: Iterable[File],
    settings: Settings,
    templates: Mapping[str, str],
    find_media: FindMedia,
    release: Release,
    least: Severity = Severity.WARNING,
    work: Work | None = None,
) -> Built:
    """A deck from the quiz files of a folder of that name.

    Rules whose findings weigh less than `least` are not run. `work` may remember what it did for
    an earlier build.
    """
    rules = wanted(settings.levels, least)
    work = work or Work()
    readings = [(file.name, work.read(file, settings, rules)) for file in files]
    own = own_words([reading for _, reading in readings], settings, templates)
    labels = wide_labels(own)
    rendered = [(name, work.render(r, find_media, labels)) for name, r in readings]

    last = release.lock
    name = deck_name(folder, [reading for _, reading in readings], settings, last)
    uid = settings.uid or (last.uid if last else uid_of(name))
    placed = [Placed(q, path, f.reading.title) for path, f in rendered for q in f.questions]
    types = _note_types(name, uid, templates, own, _look(placed, own, settings))
    settled = settle(
        _asked(rendered, own, settings),
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
    filling = Filling(name, own, settings.cards, settings.tags)
    notes = fill_notes(placed, settled.identities, settled.tombstones, filling)
    used = {note.kind for note in notes}
    found = [each for _, file in rendered for each in file.diagnostics]
    found += check_source([Quiz(r.source, r.questions) for _, r in readings], rules)
    sources = {reading.source.path: reading.source for _, reading in readings}
    deck = Deck(
        name=name,
        uid=uid,
        note_types=tuple(
            replace(types[stamp.kind], modified=stamp.modified)
            for stamp in settled.lock.stamps
            if stamp.kind in used
        ),
        notes=notes,
        media=_media([file for _, file in rendered], templates),
        descriptions={name: _description(settings, settled.lock, own)},
    )
    files_read = tuple(file for _, file in rendered)
    heeded = told(found, sources, settings.levels)
    broken = _broken_schemas(last, types)
    return Built(deck, files_read, settled, tuple(in_source_order(heeded)), broken)


def read_file(file: File, settings: Settings, rules: Iterable[Rule] | None = None) -> Reading:
    """A file as it was read and checked; see `reading.read`."""
    source = decode(file.shown, file.content, settings.encoding or None)
    if isinstance(source, Undecodable):
        place = Place(file.shown, source.line, 1, source.line, 1)
        found = Diagnostic("undecodable", Severity.ERROR, source.reason, place, source.hint)
        return Reading(Source(file.shown, ""), "", "", (), (), (found,))
    return read(source, settings.dialect, rules)


def deck_name(
    folder: str, readings: Sequence[Reading], settings: Settings, last: Lock | None
) -> str:
    """The name that was set, or the last one, the title of the only quiz, or the folder's, as Anki
    keeps it."""
    asking = [reading for reading in readings if reading.questions]
    only = asking[0] if len(asking) == 1 else None
    stem = PurePosixPath(only.source.path).stem if only else ""
    was = last.name if last else ""
    name = settings.name or was or (only and only.title) or stem or folder
    return collection.deck_name(name)


def name_of(folder: str, files: Iterable[File], last: Lock | None) -> str:
    """What a deck without settings is called."""
    return deck_name(folder, [read_file(file, Settings()) for file in files], Settings(), last)


def uid_of(name: str) -> str:
    """The identity of a deck that was given none."""
    return re.sub(r"\s+", "-", name)[:64]


def own_words(
    readings: Sequence[Reading], settings: Settings, templates: Mapping[str, str]
) -> Words:
    """The tool's words in the language that was set, or in that of the text."""
    texts = (reading.source.text[:20_000] for reading in readings)
    chosen = settings.language or language.detect(texts, language.available(templates))
    return words.parse(templates[f"words/{chosen}.toml"])


def wide_labels(own: Words) -> Labels:
    """What screen readers call the boxes in which wide things scroll."""
    return Labels(code=own["wide.code"], table=own["wide.table"], formula=own["wide.formula"])


def _description(settings: Settings, lock: Lock, own: Words) -> str:
    """What Anki shows below the deck's name; it moves only when a note did."""
    last = max(lock.entries, key=lambda entry: (entry.release, entry.modified), default=None)
    if last is None:
        return settings.description
    return description(settings.description, Version(last.version, last.modified), own)


def _asked(rendered: Sequence[tuple[str, Rendered]], own: Words, settings: Settings) -> list[Asked]:
    return [
        asked(
            path,
            written,
            shown,
            tags=authors_tags(shown, path, settings.tags),
            ordered=not settings.shuffle or places(shown, own).fixed,
            cards=settings.cards,
        )
        for path, file in rendered
        for written, shown in zip(file.reading.questions, file.questions, strict=True)
    ]


def _look(placed: Sequence[Placed], own: Words, settings: Settings) -> Look:
    disputed = any(
        option.verdict is Verdict.DISPUTED for item in placed for option in item.question.options
    )
    return Look(own.language, settings.shuffle, disputed, settings.repository)


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


def _media(files: Sequence[Rendered], templates: Mapping[str, str]) -> tuple[Media, ...]:
    bundled = {item.name: item for file in files for item in file.media}
    style = kinds.user_style(templates)
    return tuple(sorted([*bundled.values(), style], key=lambda item: item.name))


def _date(now: int) -> str:
    return datetime.fromtimestamp(now, UTC).date().isoformat()

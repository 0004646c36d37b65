"""The whole program: bytes of quiz files to questions, to notes, to a deck."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from builder import kinds, language, words
from builder.card_html import card_rule
from builder.decoding import Undecodable, decode
from builder.diagnostics import Diagnostic, Place, Severity, in_source_order
from builder.ids import note_id, question_guid
from builder.model import SLOTS, Deck, Identity, Look, Media, Verdict
from builder.notes import Asked, fill_notes
from builder.prose import Labels
from builder.reading import NAVIGATION, Reading, read
from builder.rendering import FindMedia, Rendered, render_questions
from builder.settings import Settings
from builder.source import Source
from builder.words import Words


@dataclass(frozen=True, slots=True)
class File:
    """A quiz file: its path below the source folder, the path the user knows, its content."""

    name: str
    shown: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Built:
    """A deck, what each file gave to it, and all that is to be told."""

    deck: Deck
    files: tuple[Rendered, ...]
    identities: tuple[Identity, ...]
    diagnostics: tuple[Diagnostic, ...]

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
    def options(self) -> int:
        return sum(len(question.options) for file in self.files for question in file.questions)

    @property
    def media_files(self) -> int:
        return len({item.name for file in self.files for item in file.media})

    @property
    def cards(self) -> int:
        rules = {item.kind: card_rule(item) for item in self.deck.note_types}
        return sum(len(rules[note.kind](note.fields)) for note in self.deck.notes)


def build(
    folder: str,
    files: Iterable[File],
    settings: Settings,
    templates: Mapping[str, str],
    find_media: FindMedia,
    now: int,
) -> Built:
    """A deck from the quiz files of a folder of that name, at a time in seconds."""
    readings = [(file.name, _read(file, settings)) for file in files]
    own = own_words([reading for _, reading in readings], settings, templates)
    labels = Labels(code=own["wide.code"], table=own["wide.table"], formula=own["wide.formula"])
    rendered = [(name, render_questions(r, find_media, labels)) for name, r in readings]
    asked = [Asked(q, name, f.reading.title) for name, f in rendered for q in f.questions]
    deck = deck_name(folder, [reading for _, reading in readings], settings)
    uid = settings.uid or uid_of(deck)
    identities = _identify(asked, uid, now)
    notes = fill_notes(asked, identities, deck, own, settings.cards, settings.tags)
    used = sorted({note.kind for note in notes})
    look = _look(asked, own, settings)
    types = [kinds.note_type(kind, deck, uid, templates, own, look, now) for kind in used]
    found = [told for _, file in rendered for told in file.diagnostics]
    return Built(
        Deck(
            name=deck,
            uid=uid,
            note_types=tuple(types),
            notes=notes,
            media=_media([file for _, file in rendered], templates),
            descriptions={deck: settings.description} if settings.description else {},
        ),
        tuple(file for _, file in rendered),
        tuple(identities),
        tuple(in_source_order(found)),
    )


def _read(file: File, settings: Settings) -> Reading:
    source = decode(file.shown, file.content, settings.encoding or None)
    if isinstance(source, Undecodable):
        place = Place(file.shown, source.line, 1, source.line, 1)
        told = Diagnostic("undecodable", Severity.ERROR, source.reason, place, source.hint)
        return Reading(Source(file.shown, ""), "", "", (), (), (told,))
    return read(source, settings.dialect)


def deck_name(folder: str, readings: Sequence[Reading], settings: Settings) -> str:
    """The name that was set, or the title of the only file with questions, or the folder's."""
    asking = [reading for reading in readings if reading.questions]
    only = asking[0] if len(asking) == 1 else None
    stem = PurePosixPath(only.source.path).stem if only else ""
    return settings.name or (only and only.title) or stem or folder


def name_of(folder: str, files: Iterable[File]) -> str:
    """What a deck without settings is called."""
    return deck_name(folder, [_read(file, Settings()) for file in files], Settings())


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


def _identify(asked: Sequence[Asked], uid: str, now: int) -> list[Identity]:
    identities: list[Identity] = []
    taken: set[int] = set()
    seen: set[str] = set()
    for item in asked:
        content = [item.question.stem.text]
        while (guid := question_guid(uid, *content)) in seen:
            content.append("again")
        seen.add(guid)
        number = note_id(guid, taken)
        taken.add(number)
        slots = tuple(range(1, min(SLOTS, len(item.question.options)) + 1))
        identities.append(Identity(guid, number, now, slots))
    return identities


def _look(asked: Sequence[Asked], own: Words, settings: Settings) -> Look:
    disputed = any(
        option.verdict is Verdict.DISPUTED for item in asked for option in item.question.options
    )
    return Look(own.language, settings.shuffle, disputed, settings.repository)


def _media(files: Sequence[Rendered], templates: Mapping[str, str]) -> tuple[Media, ...]:
    bundled = {item.name: item for file in files for item in file.media}
    style = kinds.user_style(templates)
    return tuple(sorted([*bundled.values(), style], key=lambda item: item.name))

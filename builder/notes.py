"""Questions to notes: which deck, which tags, which fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from builder import kinds
from builder.collection import deck_name
from builder.html import shown
from builder.ledger import Tombstone
from builder.model import ANSWER_CHANGED, RETIRED, Identity, Note, RenderedQuestion, Rich
from builder.words import Words


@dataclass(frozen=True, slots=True)
class Placed:
    """A question and where it stands: its file below the source folder, and that file's title."""

    question: RenderedQuestion
    file: str
    title: str


@dataclass(frozen=True, slots=True)
class Filling:
    """What all notes of a deck are filled with: its name, words and tags."""

    deck: str
    words: Words
    tags: tuple[str, ...]


def fill_notes(
    placed: Iterable[Placed],
    identities: Iterable[Identity],
    tombstones: Iterable[Tombstone],
    titles: Mapping[str, str],
    filling: Filling,
) -> Iterator[Note]:
    """A note for each question, and after them one for each that left the source.

    The place of a note in its deck is the order in which they come. `titles` are those of the
    files.
    """
    places: Counter[str] = Counter()
    for item, identity, kind in _all(placed, identities, tombstones, titles):
        name = subdeck(filling.deck, item.file, item.title)
        yield Note(
            id=identity.note_id,
            guid=identity.guid,
            kind=kind,
            fields=kinds.fill(item.question, identity, filling.words, identity.cards, kind),
            tags=note_tags(item, kind, identity, filling.tags),
            deck=name,
            position=places[name],
            modified=identity.modified,
        )
        places[name] += 1


def _all(
    placed: Iterable[Placed],
    identities: Iterable[Identity],
    tombstones: Iterable[Tombstone],
    titles: Mapping[str, str],
) -> Iterator[tuple[Placed, Identity, str]]:
    for item, identity in zip(placed, identities, strict=True):
        yield item, identity, item.question.kind
    for stone in tombstones:
        question = RenderedQuestion(stone.title, Rich(shown(stone.stem), stone.stem))
        yield Placed(question, stone.path, titles.get(stone.path, "")), stone.identity, stone.kind


def subdeck(deck: str, file: str, title: str) -> str:
    """The full name of a file's deck: its folders and its title below the whole deck.

    The title of a file that is called as the whole deck adds no level.
    """
    path = PurePosixPath(file)
    levels = [*path.parts[:-1], title or path.stem]
    if levels == [deck]:
        levels = []
    return deck_name(deck, *(re.sub(r"::+", ":", level) for level in levels))


def authors_tags(question: RenderedQuestion, file: str, tags: Iterable[str]) -> set[str]:
    """The file's topic ("networks::cnn"), the author's tags and those of the deck."""
    return {topic(file), *map(_tag, question.tags), *map(_tag, tags)} - {""}


def note_tags(item: Placed, kind: str, identity: Identity, tags: Iterable[str]) -> tuple[str, ...]:
    """The author's tags, the kind, and what the ledger knows."""
    own = {kind, *authors_tags(item.question, item.file, tags)}
    if identity.retired:
        own.add(RETIRED)
    if identity.answer_changed:
        own.add(f"{ANSWER_CHANGED}::{_tag(identity.answer_changed)}")
    return tuple(sorted(own))


def topic(file: str) -> str:
    """The path of a file as a tag."""
    path = PurePosixPath(file)
    return "::".join(_level(level) for level in (*path.parts[:-1], path.stem))


def _tag(text: str) -> str:
    """An author's text as a tag, with its levels ("networks::cnn")."""
    return "::".join(filter(None, map(_level, text.split("::"))))


def _level(text: str) -> str:
    """A text as one level of a tag: no spaces, no quotes, no level of its own by accident."""
    return re.sub(r"\s+", "_", re.sub(r"::+", ":", text.strip().strip(":").replace('"', "")))

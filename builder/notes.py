"""Questions to notes: which deck, which tags, which fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from builder import kinds
from builder.collection import deck_name
from builder.model import Identity, Note, RenderedQuestion
from builder.words import Words


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the file below the source folder that asks it, and that file's title."""

    question: RenderedQuestion
    file: str
    title: str


def fill_notes(
    asked: Sequence[Asked],
    identities: Sequence[Identity],
    deck: str,
    words: Words,
    cards: str,
    tags: Iterable[str],
) -> tuple[Note, ...]:
    """A note for each question; its place in its deck is the order in which they come."""
    places: Counter[str] = Counter()
    notes = []
    for item, identity in zip(asked, identities, strict=True):
        name = subdeck(deck, item.file, item.title)
        note = Note(
            id=identity.note_id,
            guid=identity.guid,
            kind=item.question.kind,
            fields=kinds.fill(item.question, identity, words, cards),
            tags=note_tags(item, tags),
            deck=name,
            position=places[name],
            modified=identity.modified,
        )
        places[name] += 1
        notes.append(note)
    return tuple(notes)


def subdeck(deck: str, file: str, title: str) -> str:
    """The full name of a file's deck: its folders and its title below the whole deck.

    The title of a file that is called as the whole deck adds no level.
    """
    path = PurePosixPath(file)
    levels = [*path.parts[:-1], title or path.stem]
    if levels == [deck]:
        levels = []
    return deck_name(deck, *(re.sub(r"::+", ":", level) for level in levels))


def note_tags(item: Asked, tags: Iterable[str]) -> tuple[str, ...]:
    """The file's topic ("networks::cnn"), the kind, the author's tags and those of the deck."""
    path = PurePosixPath(item.file)
    topic = "::".join(_tag(level) for level in (*path.parts[:-1], path.stem))
    own = map(_tag, item.question.tags)
    return tuple(sorted({topic, item.question.kind, *own, *tags} - {""}))


def _tag(text: str) -> str:
    """A text as a tag: no spaces, and no level of its own by accident."""
    return re.sub(r"\s+", "_", re.sub(r"::+", ":", text.strip().strip(":")).replace('"', ""))

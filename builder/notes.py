"""Questions to notes: which deck, which tags, which fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePosixPath

from builder import kinds
from builder.collection import deck_name
from builder.html import shown
from builder.ledger import Identities, Tombstone
from builder.model import (
    ANSWER_CHANGED,
    RETIRED,
    Batch,
    Identity,
    Note,
    RenderedQuestion,
    Rich,
)
from builder.values import Record
from builder.words import Words


class Placed(Record):
    """Questions with who they are, and where they stand: their file below the source folder, and
    that file's title.

    `digest` is equal where the questions are; "" says nothing.
    """

    questions: Iterable[RenderedQuestion]
    identities: Identities
    file: str
    title: str
    digest: str = ""


class Filling(Record):
    """What all notes of a deck are filled with: its name, words and tags."""

    deck: str
    words: Words
    tags: tuple[str, ...]


def fill_notes(
    placed: Iterable[Placed],
    tombstones: Iterable[Tombstone],
    titles: Mapping[str, str],
    filling: Filling,
) -> Iterator[Batch]:
    """The notes of each file, and after them one for each question that left the source.

    The place of a note in its deck is the order in which they come. `titles` are those of the
    files.
    """
    places: Counter[str] = Counter()
    look = repr(filling)
    for part in placed:
        deck = subdeck(filling.deck, part.file, part.title)
        start = places[deck]
        yield Batch(deck, _Notes(part, deck, start, filling), _key(part, deck, start, look))
        places[deck] += len(part.identities)
    for stone in tombstones:
        deck = subdeck(filling.deck, stone.path, titles.get(stone.path, ""))
        yield Batch(deck, (_tombstone(stone, deck, places[deck], filling),))
        places[deck] += 1


class _Notes(Record):
    """The notes of a file, filled anew each time that they are asked for."""

    part: Placed
    deck: str
    start: int
    filling: Filling

    def __iter__(self) -> Iterator[Note]:
        pairs = zip(self.part.questions, self.part.identities, strict=True)
        for position, (question, identity) in enumerate(pairs, self.start):
            tags = authors_tags(question, self.part.file, self.filling.tags)
            yield _note(question, identity, question.kind, tags, self.deck, position, self.filling)


def _tombstone(stone: Tombstone, deck: str, position: int, filling: Filling) -> Note:
    question = RenderedQuestion(stone.title, Rich(shown(stone.stem), stone.stem))
    tags = authors_tags(question, stone.path, filling.tags)
    return _note(question, stone.identity, stone.kind, tags, deck, position, filling)


def _note(
    question: RenderedQuestion,
    identity: Identity,
    kind: str,
    tags: Set[str],
    deck: str,
    position: int,
    filling: Filling,
) -> Note:
    return Note(
        id=identity.note_id,
        guid=identity.guid,
        kind=kind,
        fields=kinds.fill(question, identity, filling.words, identity.cards, kind),
        tags=note_tags(tags, kind, identity),
        deck=deck,
        position=position,
        modified=identity.modified,
    )


def _key(part: Placed, deck: str, start: int, look: str) -> str:
    """What the notes of a file are made of."""
    if not part.digest:
        return ""
    about = part.digest, part.file, part.title, deck, str(start), look
    whole = sha256("\0".join(about).encode("utf-8", "surrogatepass"))
    whole.update(part.identities.packed)
    return whole.hexdigest()


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


def note_tags(authors: Set[str], kind: str, identity: Identity) -> tuple[str, ...]:
    """The author's tags, the kind, and what the ledger knows."""
    own = {kind, *authors}
    if identity.retired:
        own.add(RETIRED)
    if identity.answer_changed:
        own.add(f"{ANSWER_CHANGED}::{_tag(identity.answer_changed)}")
    return tuple(sorted(own))


@lru_cache(maxsize=64)
def topic(file: str) -> str:
    """The path of a file as a tag."""
    path = PurePosixPath(file)
    return "::".join(_level(level) for level in (*path.parts[:-1], path.stem))


@lru_cache(maxsize=4096)
def _tag(text: str) -> str:
    """An author's text as a tag, with its levels ("networks::cnn")."""
    return "::".join(filter(None, map(_level, text.split("::"))))


def _level(text: str) -> str:
    """A text as one level of a tag: no spaces, no quotes, no level of its own by accident."""
    return re.sub(r"\s+", "_", re.sub(r"::+", ":", text.strip().strip(":").replace('"', "")))

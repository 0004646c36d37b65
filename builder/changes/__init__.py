"""What is new for learners between two packages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.changes.fields import correct, differences
from builder.changes.texts import printable, titles_of
from builder.changes.values import Change, Changed, Comparison, News
from builder.model import ANSWER_CHANGED, RETIRED
from builder.opening import Opened, OpenedNote
from builder.values import Record

__all__ = ["Change", "Changed", "Comparison", "News", "compare"]

MOST_COMPARED = 100_000_000
"""Characters of all notes that are compared field by field: a minute of honest text.

Of further notes it is only said that they changed.
"""


class _Pair(Record):
    """A note as it was and as it is; one of them may be missing."""

    old: OpenedNote | None
    new: OpenedNote | None

    @property
    def note(self) -> OpenedNote:
        note = self.new or self.old
        assert note, "a pair of nothing"
        return note

    @property
    def new_tags(self) -> set[str]:
        before = self.old.tags if self.old else ()
        return set(self.new.tags if self.new else ()) - set(before)

    @property
    def answer_tags(self) -> set[str]:
        return {tag for tag in self.new_tags if tag.startswith(f"{ANSWER_CHANGED}::")}


def compare(old: Opened, new: Opened) -> Comparison:
    """What is new in a package; tags, styles and whatever else a learner never reads is not."""
    found = sorted(_all_changes(old, new), key=lambda each: _place(each[0].note))
    titles = titles_of([pair.note for pair, _ in found], (old, new))
    return Comparison(
        deck=_root(note.deck for note in new.notes.values()),
        before=_alive(old),
        after=_alive(new),
        questions=tuple(
            Changed(pair.note.guid, printable(pair.note.deck), title, changes)
            for (pair, changes), title in zip(found, titles, strict=True)
        ),
        answer_tags=tuple(sorted({tag for pair, _ in found for tag in pair.answer_tags})),
    )


def _place(note: OpenedNote) -> tuple[str, int, str]:
    return note.deck.casefold(), note.due, note.guid


def _alive(package: Opened) -> int:
    return sum(RETIRED not in note.tags for note in package.notes.values())


def _root(decks: Iterable[str]) -> str:
    """The name of the deck that all these are below of; of one deck alone, that above it."""
    names = [deck.split("::") for deck in set(decks)]
    if len(names) == 1:
        return printable("::".join(names[0][:-1] or names[0]))
    root = []
    for levels in zip(*names, strict=False):
        if len(set(levels)) > 1:
            break
        root.append(levels[0])
    return printable("::".join(root))


def _all_changes(old: Opened, new: Opened) -> Iterator[tuple[_Pair, tuple[Change, ...]]]:
    order = list(News)
    compared = 0
    for guid in dict.fromkeys([*new.notes, *old.notes]):
        pair = _Pair(old.notes.get(guid), new.notes.get(guid))
        if pair.old and pair.new and pair.old.joined != pair.new.joined:
            compared += len(pair.old.joined) + len(pair.new.joined)
        found = _changes(pair, in_detail=compared < MOST_COMPARED)
        if changes := tuple(sorted(found, key=lambda change: order.index(change.news))):
            yield pair, changes


def _changes(pair: _Pair, *, in_detail: bool) -> Iterator[Change]:
    old, new = pair.old, pair.new
    if new is None:
        yield Change(News.LEFT_OUT)
    elif old is None:
        if RETIRED not in new.tags:
            yield Change(News.ADDED)
    elif RETIRED in new.tags:
        if RETIRED not in old.tags:
            yield Change(News.WITHDRAWN)
    elif RETIRED in old.tags:
        yield Change(News.RETURNED)
        if pair.answer_tags:  # a withdrawn question shows no key to compare with
            yield Change(News.ANSWER_CHANGED, "", correct(new.fields))
    else:
        if old.deck != new.deck:
            yield Change(News.MOVED, printable(old.deck), printable(new.deck))
        if (old.joined, old.names) != (new.joined, new.names):
            yield from differences(old.fields, new.fields) if in_detail else [Change(News.CHANGED)]

"""A package of Anki's as values."""

from __future__ import annotations

from collections.abc import Mapping

from builder.collection import SEPARATOR
from builder.values import Record

MOST_FIELDS = 1_000
"""Fields of a note that are told apart; more stay together in the last one."""


class NotAPackage(ValueError):  # noqa: N818 - it says what the file is
    """The file cannot be read as a package. Its text is a phrase that says why."""


class OpenedNote(Record):
    """A note of a package, as it is stored.

    `names` are those of the fields of its note type, `joined` the HTML of the fields in that
    order with `SEPARATOR` between, `deck` is that of its first card ("" if it has none) and
    `due` the place of that card in the deck as long as it is new; `modified` is in seconds since
    the epoch.
    """

    guid: str
    note_type: str
    names: tuple[str, ...]
    joined: str
    tags: tuple[str, ...]
    deck: str
    due: int
    modified: int

    @property
    def fields(self) -> Mapping[str, str]:
        """The fields by name; those without a name are called "Field 3", by their number."""
        texts = self.joined.split(SEPARATOR, MOST_FIELDS)
        more = (f"Field {n}" for n in range(len(self.names) + 1, len(texts) + 1))
        return dict(zip((*self.names, *more), texts, strict=False))

    @property
    def first(self) -> str:
        """The HTML of the first field."""
        return self.joined.partition(SEPARATOR)[0]


class Opened(Record):
    """A package: its notes by guid, and how many cards it has.

    Of two notes with one guid the first counts, as for Anki.
    """

    notes: Mapping[str, OpenedNote]
    cards: int

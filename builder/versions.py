"""What a release is called, and how that is told."""

from __future__ import annotations

from datetime import UTC, datetime

from builder.escaping import escaped
from builder.values import Record
from builder.words import Words


class Version(Record):
    """What a release is called, and when its last change was made, in seconds."""

    name: str
    released: int


def description(own: str, version: Version, words: Words) -> str:
    """What Anki shows below a deck's name, as Markdown: the author's words, version and date."""
    return "\n\n".join(part for part in (own, escaped(version_line(version, words))) if part)


def version_line(version: Version, words: Words) -> str:
    """A version and its date; a version that is called by a date needs no other."""
    moment = datetime.fromtimestamp(version.released, UTC)
    if not version.name or version.name == moment.date().isoformat():
        return words.fill("share.version", version=version.name or _date(moment, words))
    return words.fill("share.version_of", version=version.name, date=_date(moment, words))


def _date(moment: datetime, words: Words) -> str:
    month = words.all("share.months")[moment.month - 1]
    return words.fill("share.date", day=moment.day, month=month, year=moment.year)

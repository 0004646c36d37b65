"""What fields say to a reader, and titles for notes."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import unescape

from builder.html import clean, images, plain
from builder.model import SLOTS
from builder.opening import Opened, OpenedNote

LONGEST_FIELD = 1_000_000
"""Characters of a field that are compared; Anki's own editor gives up long before."""

LONGEST_TITLE = 160

_INLINE = re.compile(r"\\[()]")
_DISPLAY = re.compile(r"\\[\[\]]")


def said(fields: Mapping[str, str], name: str) -> str:
    """What a field says, in one line; formulas stand between dollars, as authors write them."""
    html = fields.get(name, "")[:LONGEST_FIELD]
    marked = "<" in html
    html = _DISPLAY.sub("$$", _INLINE.sub("$", clean(html).html if marked else html))
    return printable(plain(html) if marked else " ".join(unescape(html).split()))


def printable(text: str) -> str:
    """Text without what a terminal would obey, and without half characters."""
    if text.isprintable():
        return text
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cs"))


def pictures(fields: Iterable[str]) -> set[str]:
    """The names of the pictures and other media of fields."""
    marked = (html[:LONGEST_FIELD] for html in fields if "<" in html)
    return {name for html in marked for name in images(clean(html).html)}


def titles_of(notes: Sequence[OpenedNote], packages: Iterable[Opened]) -> list[str]:
    """A title for each note that no other of them has.

    That is what its first field says; where other notes of the packages begin with the same, also
    what its author called it, or its options, or at last its guid.
    """
    alike: Counter[str] = Counter()
    for package in packages:
        alike |= Counter(note.first for note in package.notes.values())
    titles = [
        _with(_first_text(note), _name(note) or _options(note))
        if alike[note.first] > 1
        else _first_text(note)
        for note in notes
    ]
    for detail in (_options, _guid):
        same = Counter(titles)
        titles = [
            _with(title, detail(note)) if same[title] > 1 else title
            for note, title in zip(notes, titles, strict=True)
        ]
    return titles


def _first_text(note: OpenedNote) -> str:
    fields = note.fields
    return _shortened(next(filter(None, (said(fields, name) for name in fields)), "?"))


def _name(note: OpenedNote) -> str:
    return _shortened(said(note.fields, "Title"))


def _options(note: OpenedNote) -> str:
    fields = note.fields
    return _shortened(
        " / ".join(filter(None, (said(fields, f"Option {slot}") for slot in range(1, SLOTS + 1))))
    )


def _guid(note: OpenedNote) -> str:
    return printable(note.guid)


def _with(title: str, detail: str) -> str:
    return f"{title} ({detail})" if detail and detail != title else title


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TITLE else f"{text[: LONGEST_TITLE - 1].rstrip()}…"

"""What a build recognised, to be told in one line each."""

from __future__ import annotations

from enum import StrEnum
from os.path import commonprefix

from builder.values import Record

LONGEST = 60  # characters of a text that are shown


class Event(StrEnum):
    """What became of a question, an option or an answer."""

    NEW = "new"
    MOVED = "moved"
    REWORDED = "reworded"
    PUT_OTHERWISE = "put otherwise"  # another stem, but options or answer stayed
    EDITED = "edited"  # an explanation, a reason, a tag: neither stem nor options
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    KIND_CHANGED = "kind changed"  # a new note: Anki never changes the note type of one
    OPTION_ADDED = "option added"
    OPTION_REMOVED = "option removed"
    OPTION_REWORDED = "option reworded"
    OPTION_RETURNED = "option returned"
    NO_SLOT = "option without a card"
    ANSWER_CHANGED = "answer changed"
    RENDERED_ANEW = "rendered anew"  # the same source; ships with the next change


class Change(Record):
    """One event. `before` and `after` are what was changed: files, stems, options, or answers."""

    event: Event
    guid: str
    path: str
    stem: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        about = f"{self.event}: {self.path}"
        if self.after != self.stem:
            about += f": “{_short(self.stem)}”"
        at = _where_they_part(self.before, self.after)
        told = " → ".join(f"“{_short(text, at)}”" for text in (self.before, self.after) if text)
        return f"{about}: {told}" if told else about


def _where_they_part(before: str, after: str) -> int:
    """Where texts that say the same at first are to be shown from: some words above."""
    same = len(commonprefix((before, after)))  # noqa: RUF071 - of characters
    if not before or same <= LONGEST // 2:
        return 0
    return before.rfind(" ", 0, same - LONGEST // 3) + 1


def _short(text: str, start: int = 0) -> str:
    if len(text) <= LONGEST:
        return text
    shown = "…" * bool(start) + text[start:]
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1].rstrip()}…"

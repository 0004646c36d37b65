"""What is new about questions, as values."""

from __future__ import annotations

from enum import StrEnum

from builder.values import Record


class News(StrEnum):
    """A sort of change, the ones to act upon first."""

    ANSWER_CHANGED = "answer-changed"
    ADDED = "added"
    RETURNED = "returned"
    REWORDED = "reworded"
    OPTION_ADDED = "option-added"
    OPTION_REMOVED = "option-removed"
    OPTION_REWORDED = "option-reworded"
    DISPUTED = "disputed"
    ANSWER_REWORDED = "answer-reworded"
    EXPLAINED = "explained"
    PICTURES = "pictures"
    CHANGED = "changed"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    LEFT_OUT = "left-out"


class Change(Record):
    """One change. Texts are plain and whole; `about` is the option or the field that changed."""

    news: News
    before: str = ""
    after: str = ""
    about: str = ""


class Changed(Record):
    """A question and all that is new about it, the most important first.

    `title` tells it from all other questions of both packages.
    """

    guid: str
    deck: str
    title: str
    changes: tuple[Change, ...]

    @property
    def news(self) -> News:
        return self.changes[0].news


class Comparison(Record):
    """What is new from one package to another: questions by deck and in the order of their decks.

    `deck` is the name that all decks of the new package begin with, "" if there is none. `before`
    and `after` count questions without those withdrawn. `answer_tags` are the tags by which
    members find the questions whose answer changed.
    """

    deck: str
    before: int
    after: int
    questions: tuple[Changed, ...]
    answer_tags: tuple[str, ...] = ()

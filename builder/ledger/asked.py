"""What identity needs to know of a question of the source."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby

from builder.model import Verdict
from builder.values import Record


class AskedOption(Record):
    """An option: plain text, and a hash of what would ship in the fields of its slot."""

    text: str
    verdict: Verdict
    rendering: str = ""


class Asked(Record):
    """One question of the source. Texts are plain; their place in a file is the order given.

    `explanation` is all that explains or, in an open question, answers: it recognises a question
    whose stem was reworded; its `trace` does as well, and is smaller. `source` is a hash of what
    the author wrote, the tags included, the place and a title of mere numbering ("Задание 7")
    left out. `rendering` is a hash of what would ship outside of the option slots, tags included;
    left out are numbering, place, and what the ledger gives (version, verdicts withdrawn, cards).
    `cards` are those that are asked for: "both", "questions" or "options".
    """

    path: str
    stem: str
    options: tuple[AskedOption, ...] = ()
    title: str = ""
    explanation: str = ""
    key: str = ""
    source: str = ""
    rendering: str = ""
    trace: str = ""
    cards: str = "both"

    @property
    def kind(self) -> str:
        return "choice" if self.options else "open"


class Sheet(Record):
    """The questions of a file, which may be read from a disk each time that they are asked for.

    `seal` is equal where they are; "" says nothing.
    """

    path: str
    asked: Collection[Asked]
    seal: str = ""


def by_file(questions: Iterable[Asked]) -> tuple[Sheet, ...]:
    """Questions as sheets, in their order."""
    runs = groupby(questions, lambda question: question.path)
    return tuple(Sheet(path, tuple(run)) for path, run in runs)

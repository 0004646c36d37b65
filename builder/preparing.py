"""One quiz file from bytes to all that a deck takes from it: no file's result depends on another's.

So files can be prepared in any order, by several processes, or in an earlier build.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from builder.accounting import NAVIGATION
from builder.allowing import Allowance, allowances
from builder.decoding import Undecodable, decode
from builder.diagnostics import Diagnostic, Place, Severity
from builder.identity import asked
from builder.items import Quiz
from builder.language import Letters
from builder.ledger import Asked
from builder.model import Question, RenderedQuestion, Verdict
from builder.notes import authors_tags
from builder.pinning import places
from builder.prose import Labels
from builder.reading import Reading, Unread, read
from builder.remembering import has_read
from builder.rendering import FindMedia, Rendered, Sought, render_questions
from builder.rules import Rule, rules
from builder.rules.entries import Compared, compared
from builder.source import Source
from builder.values import Record, replace
from builder.words import Words


class File(Protocol):
    """A quiz file: its path below the source folder, the path the user knows, its content."""

    @property
    def name(self) -> str: ...

    @property
    def shown(self) -> str: ...

    @property
    def content(self) -> bytes: ...


class Plan(Record):
    """What all files of a deck are prepared with; see `Settings` for what is not told here.

    `rules` are the names of those that are run; `own` the tool's words in the deck's language.
    """

    own: Words
    rules: tuple[str, ...]
    dialect: str = ""
    encoding: str = ""
    tags: tuple[str, ...] = ()
    cards: str = "both"
    shuffle: bool = True


class Shown(Record):
    """A question as cards show it, and where it stands: its first and last line, those of its
    options."""

    question: RenderedQuestion
    line: int
    end_line: int
    option_lines: tuple[int, ...] = ()


class Prepared(Record):
    """What one file gives to a deck.

    `asked` and `shown` may be read from a disk each time that they are asked for. `options` is how
    many there are, `disputed` whether one of them is. `media` are the files that the questions
    name, there or not.
    `diagnostics` are those of the file alone, before settings and comments are heeded.
    """

    name: str
    path: str
    title: str
    dialect: str
    encoding: str
    lines: int
    letters: Letters
    asked: Collection[Asked]
    options: int
    disputed: bool
    shown: Collection[Shown]
    media: tuple[Sought, ...]
    compared: Collection[Compared]
    unread: tuple[Unread, ...]
    allowed: tuple[Allowance, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def lost_lines(self) -> int:
        """How many lines of text are on no card."""
        lost = (unread for unread in self.unread if unread.reason != NAVIGATION)
        return sum(unread.last - unread.first + 1 for unread in lost)


def prepare(file: File, plan: Plan, find_media: FindMedia) -> Prepared:
    """Reads, checks and renders a file."""
    reading = read_file(file, plan.dialect, plan.encoding, [rules()[name] for name in plan.rules])
    found = render_questions(reading, find_media, wide_labels(plan.own))
    prepared = _prepared(file.name, found, plan)
    has_read(len(reading.source.text))
    return prepared


def read_file(
    file: File, dialect: str = "", encoding: str = "", chosen: Sequence[Rule] | None = None
) -> Reading:
    """A file as it was read and checked; see `reading.read`."""
    source = decode(file.shown, file.content, encoding or None)
    if isinstance(source, Undecodable):
        place = Place(file.shown, source.line, 1, source.line, 1)
        found = Diagnostic("undecodable", Severity.ERROR, source.reason, place, source.hint)
        nothing = Source(file.shown, "")
        return Reading(nothing, "", "", (), (), (found,), Quiz(nothing, ()))
    return read(source, dialect, chosen)


def read_source(file: File, encoding: str = "") -> Source:
    """The text of a file; none of one that cannot be decoded."""
    source = decode(file.shown, file.content, encoding or None)
    return source if isinstance(source, Source) else Source(file.shown, "")


def wide_labels(own: Words) -> Labels:
    """What screen readers call the boxes in which wide things scroll."""
    return Labels(code=own["wide.code"], table=own["wide.table"], formula=own["wide.formula"])


def _prepared(name: str, rendered: Rendered, plan: Plan) -> Prepared:
    reading = rendered.reading
    source = reading.source
    verdicts = [option.verdict for question in reading.questions for option in question.options]
    found = (replace(shown, places=places(shown, plan.own)) for shown in rendered.questions)
    pairs = list(zip(reading.questions, found, strict=True))
    return Prepared(
        name=name,
        path=source.path,
        title=reading.title,
        dialect=reading.dialect,
        encoding=source.encoding,
        lines=len(source.starts),
        letters=reading.quiz.manuscript.letters,
        asked=tuple(_asked(name, written, shown, plan) for written, shown in pairs),
        options=len(verdicts),
        disputed=Verdict.DISPUTED in verdicts,
        shown=tuple(_shown(source, written, shown) for written, shown in pairs),
        media=rendered.media,
        compared=compared(reading.quiz),
        unread=reading.unread,
        allowed=allowances(source),
        diagnostics=rendered.diagnostics,
    )


def _asked(name: str, written: Question, shown: RenderedQuestion, plan: Plan) -> Asked:
    return asked(
        name,
        written,
        shown,
        tags=authors_tags(shown, name, plan.tags),
        ordered=not plan.shuffle or bool(shown.places and shown.places.fixed),
        cards=plan.cards,
    )


def _shown(source: Source, written: Question, shown: RenderedQuestion) -> Shown:
    lines = source.line_range(written.span)
    options = [source.line(option.span.start) for option in written.options]
    return Shown(shown, lines[0], lines[-1], tuple(options))

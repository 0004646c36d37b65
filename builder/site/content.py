"""What a site shows: topics of questions, their notes, findings and news."""

from __future__ import annotations

from builder.diagnostics import Diagnostic
from builder.model import Deck, Note, RenderedQuestion, Verdict
from builder.sharing import HowTo
from builder.values import CachingRecord, Record, cached_property
from builder.words import Words


class Item(CachingRecord):
    """A question, its note, and what `check` finds about it.

    `place` is its file and line ("quiz.md:12"). `fresh` says that the last release brought or
    changed it, `answer_changed` that its key changed then.
    """

    question: RenderedQuestion
    note: Note
    place: str
    findings: tuple[Diagnostic, ...] = ()
    fresh: bool = False
    answer_changed: bool = False

    @cached_property
    def disputed(self) -> bool:
        return any(option.verdict is Verdict.DISPUTED for option in self.question.options)

    @cached_property
    def unkeyed(self) -> bool:
        """Whether the question has options and none of them a verdict."""
        options = self.question.options
        return bool(options) and all(each.verdict is Verdict.UNKNOWN for each in options)


class Topic(CachingRecord):
    """The questions of one file."""

    file: str
    title: str
    items: tuple[Item, ...]

    @property
    def disputed(self) -> int:
        return sum(item.disputed for item in self.items)

    @property
    def fresh(self) -> int:
        return sum(item.fresh for item in self.items)


class Download(Record):
    """A file beside the start page: its name, and its size in bytes where that is known."""

    name: str
    size: int = 0


class Site(CachingRecord):
    """Everything that the pages show.

    `retired` are guids of questions that left the source, `withdrawn` how many did in the last
    release. `first` says that there was none before. `updates` are texts for those who keep notes
    of their own, `how` tells how to import them and the package. `findings` concern no question.
    `build` is what a server calls this build, so that pages know when there is another.
    """

    deck: Deck
    words: Words
    topics: tuple[Topic, ...]
    version: str = ""
    first: bool = True
    description: str = ""
    report: str = ""
    package: Download | None = None
    updates: tuple[Download, ...] = ()
    how: HowTo | None = None
    retired: tuple[str, ...] = ()
    withdrawn: int = 0
    findings: tuple[Diagnostic, ...] = ()
    build: str = ""

    @cached_property
    def traits_field(self) -> int:
        """Where the field `Traits` stands in a note of the kind `choice`."""
        (choice,) = (kind for kind in self.deck.note_types if kind.kind == "choice")
        return [field.name for field in choice.fields].index("Traits")

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for topic in self.topics for item in topic.items)

"""What the author wrote (questions) and what Anki gets (notes)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

from builder.source import Span
from builder.values import Record, field

SLOTS = 12
"""Option slots of a `choice` note: each has a card of its own. Frozen from the first release."""

RETIRED = "retired"
"""The tag of a question that left the source."""

ANSWER_CHANGED = "answer-changed"
"""The tag, with a version below it, of a question whose key changed. It stays: taking it off would
be a change of the note, and cost every member their edits."""


class Verdict(StrEnum):
    """Whether an option answers its question.

    Disputed options are never counted against a learner. Only the ledger gives `withdrawn`:
    an option that left the source and still holds its slot.
    """

    CORRECT = "correct"
    WRONG = "wrong"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


VERDICTS = {verdict.value: verdict for verdict in Verdict}
"""The verdicts by their texts."""

TEXT_OF_VERDICT = {verdict: text for text, verdict in VERDICTS.items()}
"""The same the other way round: sooner found than `Verdict.value`."""


class Passage(Record):
    """A Markdown fragment as the author wrote it, dedented, and the places it came from."""

    markdown: str
    spans: tuple[Span, ...]


class Option(Record):
    """One answer to choose from.

    `summary` is the one line that stands beside the option's name in its own section ("does not
    update"), `why` the rest of that section. `label` is the letter or number that the author
    gave the option, without punctuation ("Б", "3"), or "".
    """

    text: Passage
    verdict: Verdict
    span: Span
    summary: Passage | None = None
    why: Passage | None = None
    label: str = ""


class Question(Record):
    """One question of a source file. Without options it is an open one: `explanation` answers.

    `span` covers the question whole. `labels` are the places of what is not shown on a card but
    belongs to the question: headings such as "Explanation", rules between its parts.
    `key` is the explicit identity that the author typed, if any.
    """

    span: Span
    title: str
    stem: Passage
    options: tuple[Option, ...] = ()
    instruction: Passage | None = None
    explanation: Passage | None = None
    labels: tuple[Span, ...] = ()
    tags: tuple[str, ...] = ()
    key: str = ""

    @property
    def kind(self) -> str:
        return "choice" if self.options else "open"


class Rich(Record):
    """A passage as it is shown: clean HTML, and the same as plain text with single spaces."""

    html: str = ""
    text: str = ""


NOTHING = Rich()


class RenderedOption(Record):
    """An option ready for its fields; see `Option`."""

    text: Rich
    verdict: Verdict
    summary: Rich = NOTHING
    why: Rich = NOTHING
    label: str = ""

    @property
    def reason(self) -> Rich:
        """Summary and reason in one, the summary as a paragraph of its own."""
        if not self.summary.html:
            return self.why
        html = f"<p>{self.summary.html}</p>\n{self.why.html}".rstrip()
        return Rich(html, f"{self.summary.text} {self.why.text}".rstrip())


class Places(Record):
    """What the author's order means to a question.

    `pinned` are the indices of options that stay last ("all of the above"). `fixed` says that no
    option may move, `labels` by which letters the text speaks of them then: one per option, or ""
    where none is to be shown.
    """

    labels: tuple[str, ...]
    fixed: bool = False
    pinned: tuple[int, ...] = ()

    @property
    def lettered(self) -> bool:
        return any(self.labels)


class RenderedQuestion(Record):
    """A question ready for its fields; see `Question`. `media` are names of bundled files.

    `places` is what `pinning` finds, where that is known already.
    """

    title: str
    stem: Rich
    options: tuple[RenderedOption, ...] = ()
    instruction: Rich = NOTHING
    explanation: Rich = NOTHING
    tags: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    key: str = ""
    places: Places | None = None

    @property
    def kind(self) -> str:
        return "choice" if self.options else "open"


class Identity(Record):
    """Who a question is, for as long as members study it.

    `slots` gives the slot (1 to `SLOTS`) of each option in source order, 0 where none was left.
    `withdrawn` holds the options that left the source: slot and plain text as last shipped.
    `modified` is when the note's content last changed, in seconds since the epoch; `version` the
    release in which it did; `answer_changed` the last one in which its key did, or "". `carded`
    are slots whose cards members hold, which therefore must not become empty. `cards` are those
    that are made: "both", "questions" or "options".
    """

    guid: str
    note_id: int
    modified: int
    slots: tuple[int, ...] = ()
    withdrawn: tuple[tuple[int, str], ...] = ()
    retired: bool = False
    version: str = ""
    answer_changed: str = ""
    carded: tuple[int, ...] = ()
    cards: str = "both"


class Look(Record):
    """What all cards of a deck have in common, and so stands in templates, not in fields.

    `report` is the address that a report about a question goes to, or "". `ask_disputed` says
    that an option's card offers "disputed" as an answer.
    """

    language: str = "en"
    shuffle: bool = True
    ask_disputed: bool = False
    report: str = ""


class Field(Record):
    """A field of a note type. `id` is stable for ever, so that Anki can follow a rename.

    Quiet fields are collapsed in Anki's editor and left out of unqualified searches.
    """

    name: str
    id: int
    quiet: bool = False


class Template(Record):
    """A card template of a note type. `id` is stable for ever."""

    name: str
    id: int
    front: str
    back: str


class NoteType(Record):
    """A note type as Anki stores it. The first field is the sort field.

    `modified` is in seconds since the epoch and moves only with templates and style.
    """

    kind: str
    id: int
    name: str
    fields: tuple[Field, ...]
    templates: tuple[Template, ...]
    css: str
    modified: int


class Note(Record):
    """A note as Anki stores it. `fields` are HTML, in the order of the note type's fields.

    `id` is in milliseconds since the epoch and a multiple of 16; the card of template n has the
    id `id + n`. `modified` is in seconds since the epoch. `position` counts the notes of a deck
    from 0.
    """

    id: int
    guid: str
    kind: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    deck: str
    position: int
    modified: int


class Batch(Record):
    """Notes of one deck that follow each other.

    `notes` are made anew each time that they are asked for. Batches with the same `key` have the
    same notes; "" says nothing.
    """

    deck: str
    notes: Iterable[Note]
    key: str = ""


class Media(Record):
    """A file that travels with the deck; `name` is made of the hash of its content."""

    name: str
    content: bytes


class Deck(Record):
    """Everything that one package holds.

    Deck names are Anki's, parts joined by "::"; `descriptions` gives the text shown under a deck.
    `uid` is the stable identity from which deck ids come. `notes` may be made anew each time that
    they are asked for.
    """

    name: str
    uid: str
    note_types: tuple[NoteType, ...]
    notes: Collection[Note]
    media: tuple[Media, ...] = ()
    descriptions: dict[str, str] = field(default_factory=dict)

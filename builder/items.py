"""Questions as test theory sees them: a stem, keys and distractors, each with its words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from builder.diagnostics import Place, place_of
from builder.language import HEAD, Letters
from builder.model import Option, Passage, Question, Verdict
from builder.remembering import remembered
from builder.source import Source, Span
from builder.values import CachingRecord, Record, cached_property
from builder.wordings import Wording, prose_of

_ENGLISH_WORDS = "the of is and which what are that it with does not how you"
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_ENOUGH_ENGLISH = 0.1
_SHORT = 60
"""A file of fewer words is English if it has two of those words."""

_CORRECT, _WRONG = Verdict.CORRECT, Verdict.WRONG  # an `Enum` is slow to look them up


class Choice(Record):
    """An option of an item, with its words."""

    option: Option
    wording: Wording

    @property
    def verdict(self) -> Verdict:
        return self.option.verdict

    @property
    def span(self) -> Span:
        return self.wording.span


class Manuscript(CachingRecord, eq=False):
    """The text of a file, as the rules look at the questions in it."""

    source: Source

    @cached_property
    def letters(self) -> Letters:
        return Letters.of(self.source.text)

    @cached_property
    def language(self) -> str:
        """ "ru" or "en" if the file is mostly in that language, else ""."""
        if self.letters.language(["ru"], default=""):
            return "ru"
        text = self.source.text[:HEAD]
        words = [word.casefold() for word in re.findall(r"[^\W\d_]+", prose_of(text))]
        known = sum(word in _ENGLISH for word in words)
        enough = 2 if len(words) < _SHORT else _ENOUGH_ENGLISH * len(words)
        latin = sum(word.isascii() for word in words)
        return "en" if known >= enough and 2 * latin > len(words) else ""

    def wording(self, passage: Passage) -> Wording:
        return Wording(passage, self.source.text)

    def locate(self, passage: Passage, start: int, end: int) -> Span:
        """Where a part of a passage's Markdown stands in the source.

        Where the source says the passage otherwise (it is dedented), the part is looked for by its
        text; what the source spells otherwise is where the passage is.
        """
        if _is_verbatim(self.source.text, passage):
            return Span(passage.spans[0].start + start, passage.spans[0].start + end)
        wanted = passage.markdown[start:end]
        own = _places(passage.markdown, (Span(0, len(passage.markdown)),), wanted)
        there = _places(self.source.text, passage.spans, wanted)
        nth = bisect_right(own, start - len(wanted))
        if nth < len(there):
            return Span(there[nth], there[nth] + len(wanted))
        return passage.spans[0]

    def place(self, span: Span) -> Place:
        return place_of(self.source, span)


@remembered(64)  # what is told of a passage is often told of the same words again and again
def _places(text: str, spans: tuple[Span, ...], wanted: str) -> tuple[int, ...]:
    """Where words stand in parts of a text, without overlapping themselves."""
    assert wanted, "nothing stands anywhere"
    found = []
    for span in spans:
        at = text.find(wanted, span.start, span.end)
        while at >= 0:
            found.append(at)
            at = text.find(wanted, at + len(wanted), span.end)
    return tuple(found)


@remembered(1)
def _is_verbatim(text: str, passage: Passage) -> bool:
    """Whether a text says a passage in one place, letter by letter."""
    whole = passage.spans[0]
    same_length = whole.end - whole.start == len(passage.markdown)
    return same_length and text.startswith(passage.markdown, whole.start)


class Item(CachingRecord, eq=False):
    """A question of a quiz, with the words of its parts."""

    manuscript: Manuscript
    question: Question

    @cached_property
    def stem(self) -> Wording:
        return self.manuscript.wording(self.question.stem)

    @property
    def head(self) -> Span:
        """The first line of the stem."""
        start, end = self.stem.span.start, self.stem.span.end
        line_end = self.manuscript.source.text.find("\n", start, end)
        return Span(start, line_end if line_end >= 0 else end)

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        text, options = self.manuscript.source.text, self.question.options
        return tuple([Choice(option, Wording(option.text, text)) for option in options])

    @cached_property
    def keys(self) -> tuple[Choice, ...]:
        """The right options."""
        return tuple([each for each in self.choices if each.option.verdict is _CORRECT])

    @cached_property
    def distractors(self) -> tuple[Choice, ...]:
        """The wrong options."""
        return tuple([each for each in self.choices if each.option.verdict is _WRONG])

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All parts of the question."""
        question = self.question
        parts = [question.stem, question.instruction, question.explanation]
        for option in question.options:
            parts += (option.text, option.summary, option.why)
        return tuple([part for part in parts if part])


class Quiz(CachingRecord, eq=False):
    """The questions of a file.

    No item knows its quiz: what holds no circles is freed without being looked for.
    """

    source: Source
    questions: Sequence[Question]

    @cached_property
    def manuscript(self) -> Manuscript:
        return Manuscript(self.source)

    @property
    def language(self) -> str:
        """See `Manuscript.language`."""
        return self.manuscript.language

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple([Item(self.manuscript, question) for question in self.questions])

    def place(self, span: Span) -> Place:
        return place_of(self.source, span)

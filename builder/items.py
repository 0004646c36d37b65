"""Questions as test theory sees them: a stem, keys and distractors, each with its words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from builder.diagnostics import Place, place_of
from builder.language import HEAD, Letters
from builder.model import Option, Passage, Question, Verdict
from builder.phrases import Phrases, heads
from builder.remembering import remembered
from builder.signals import bare
from builder.similarity import normal
from builder.source import Source, Span
from builder.values import CachingRecord, Record, cached_property

_NOT_PROSE = re.compile(
    r"""
      ^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(?P<fence>`{3,}|~{3,})[^\n]*
        (?:\n.*?)??(?:\n[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)
    | <!--.*?(?:-->|\Z)
    | (?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)
    | \$\$.+?\$\$ | \\\((?:(?!\\\().)+?\\\) | \\\[(?:(?!\\\[).)+?\\\]
    | \$(?=[^\s$])[^$\n]*?(?<![\s\\])\$(?!\d)
    | !\[[^\]\[]*+\]\([^()]*+\)
    | (?<=\])\((?:[^()\s]++|\([^()\s]*+\))*+(?:\s+"[^"\n]{0,300}")?\) | (?<=\])\[[^\]\[\n]*+\]
    | \b(?:https?|ftp)://[^\s<>]+
    | </?[A-Za-z][^<>\n]*>
    | &\#?\w+;
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_CODE = re.compile(r"(?P<ticks>`(?<!``)`*+).+?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_BESIDES_CODE = re.compile(
    r"[$<&`~\]:\\](?:(?<=\$)\S|(?<=<)[!/A-Za-z]|(?<=&)[\#\w]|(?<=`)``|(?<=~)~~|(?<=[\]\\])[(\[]"
    r"|(?<=:)//)"
)
"""What all that is no prose but code holds: found soon, as one set has all first characters."""
_PROSE = re.compile(r"[^\W\d_]++(?:(?:[ ,:;!?\"'«»“”’()–—]|(?<=\w)[.-](?=\s?\w))++[^\W\d_]++)*+\)?")
_INVISIBLE = re.compile(
    r"(?:&(?:shy|nbsp|zwnj|zwj|\#173|\#8203);|[\s\u00ad\u200b-\u200f\ufeff*_~])*+"
)
_FULL_STOP = re.compile(r"(?<=[^\W_])[.;,]\s*$")
_ENGLISH_WORDS = "the of is and which what are that it with does not how you"
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_ENOUGH_ENGLISH = 0.1
_SHORT = 60
"""A file of fewer words is English if it has two of those words."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*[+#]*")


_CORRECT, _WRONG = Verdict.CORRECT, Verdict.WRONG  # an `Enum` is slow to look them up


def prose_of(text: str) -> str:
    """A text of the same length with blanks for code, formulas, pictures, addresses and tags."""
    if _BESIDES_CODE.search(text):
        return _NOT_PROSE.sub(blank, text)
    return _CODE.sub(blank, text) if "`" in text else text


def blank(found: re.Match[str]) -> str:
    """As many blanks as what was found has characters, in as many lines."""
    text = found[0]
    if "\n" not in text:
        return " " * len(text)
    return "\n".join([" " * len(line) for line in text.split("\n")])


class Wording(CachingRecord, eq=False):
    """The words of a passage, and where each stands in the source."""

    passage: Passage
    source: str

    @cached_property
    def pieces(self) -> tuple[tuple[int, str], ...]:
        """The prose of each span, as long as the span, and where it begins.

        What is no prose is blank.
        """
        text = self.source
        return tuple([(at.start, prose_of(text[at.start : at.end])) for at in self.passage.spans])

    @cached_property
    def plain(self) -> str:
        """The passage without inline markup, code included, in one line."""
        return bare(self.passage.markdown)

    @cached_property
    def normal(self) -> str:
        """`plain` as far as comparing names goes."""
        return normal(self.plain)

    @cached_property
    def exact(self) -> str:
        """The passage as far as two can be called the same.

        Every character counts, save emphasis around it and a full stop; in prose of several
        words, or of Cyrillic letters, case does not. What shows nothing is "".
        """
        text = " ".join(self.passage.markdown.split()).strip("*_ ")
        if not text[:1].isalnum() and _INVISIBLE.fullmatch(text):
            return ""
        if text[-1] in ".;,":
            text = _FULL_STOP.sub("", text)
        is_wordy = text.count(" ") > 1 or not text.isascii()
        if is_wordy and (text.replace(" ", "").isalpha() or _PROSE.fullmatch(text)):
            return text.casefold().replace("ё", "е")
        return text

    @property
    def prose(self) -> str:
        return "\n".join([piece for _, piece in self.pieces])

    @cached_property
    def besides(self) -> str:
        """All that is no prose: code, formulas, pictures, addresses."""
        text = self.passage.markdown
        if "`" not in text and not _BESIDES_CODE.search(text):
            return ""
        return " ".join([found[0] for found in _NOT_PROSE.finditer(text)])

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the prose, in lower case."""
        return tuple(word.casefold() for _, piece in self.pieces for word in _WORD.findall(piece))

    @cached_property
    def heads(self) -> frozenset[str]:
        """What the words begin with, for `Phrases.may_occur`."""
        return heads(self.prose)

    def find_phrases(self, wanted: Phrases) -> Iterator[tuple[str, Span]]:
        """Where any of some phrases occur."""
        if wanted.may_occur(self.heads):
            for match, span in self.find(wanted.pattern):
                yield match[0], span

    def says(self, wanted: Phrases) -> Span | None:
        """Where one of some phrases occurs first."""
        return self.first(wanted.pattern) if wanted.may_occur(self.heads) else None

    def is_only(self, wanted: Phrases) -> bool:
        """Whether the passage is nothing but one of some `whole` phrases."""
        return wanted.may_occur(self.heads) and bool(wanted.pattern.fullmatch(self.plain))

    @property
    def span(self) -> Span:
        """From the first to the last character."""
        spans = self.passage.spans
        return spans[0] if len(spans) == 1 else Span(spans[0].start, spans[-1].end)

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Span]]:
        """Where a pattern occurs in the prose. A match never runs from one piece to the next."""
        for offset, piece in self.pieces:
            for match in pattern.finditer(piece):
                yield match, Span(offset + match.start(), offset + match.end())

    def before(self, offset: int) -> str:
        """The prose of the same piece that stands before a place of the source, stripped."""
        for start, piece in self.pieces:
            if start <= offset <= start + len(piece):
                return piece[: offset - start].rstrip(" \t*_\"'«“(>#-")
        return ""

    def first(self, pattern: re.Pattern[str]) -> Span | None:
        return next((span for _, span in self.find(pattern)), None)


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

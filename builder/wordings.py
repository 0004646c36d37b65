"""The words of a passage of Markdown, and which of its text is prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.model import Passage
from builder.phrases import Phrases, heads
from builder.signals import bare
from builder.similarity import normal
from builder.source import Span
from builder.values import CachingRecord, cached_property

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
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*[+#]*")


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

"""The text of a file in Moodle's GIFT format: its comments, its escapes, its entries.

The specification is https://docs.moodle.org/en/GIFT_format and what Moodle itself does, in
question/format/gift/format.php.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from builder.gift.escapes import COMMENT, as_markdown, shape_of, unescaped, without_comments
from builder.model import Passage
from builder.patterns import late
from builder.scan import Line
from builder.source import Span
from builder.values import Draft, Record

_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
CATEGORY = re.compile(r"[ \t]*\$CATEGORY:")
TITLED = re.compile(r"[ \t]*::[^\n]*?::")
_HEAD = re.compile(rf"{TITLED.pattern}|{CATEGORY.pattern}")
_LIKELY = late(
    r"\s*(?:[=~]|%-?\d|\#{4}|\#\s*[=\d.+-]|(?:T|F|TRUE|FALSE)\s*(?:\#|\Z))", re.IGNORECASE
)


class Braces(Record):
    """A pair of braces: where the opening and the closing one stand."""

    opening: int
    closing: int


class Entry(Record):
    """A stretch of a file: a question, a category, or comments.

    `unclosed` is where a brace opens that nothing closes.
    """

    start: int
    end: int
    unclosed: int | None = None


class _Stretch(Draft):
    """Lines that hang together, as far as they are read; `depth` counts braces still open."""

    start: int
    end: int = 0
    opening: int = 0
    depth: int = 0
    titled: bool = False
    filled: bool = False
    answered: bool = False

    @property
    def entry(self) -> Entry:
        return Entry(self.start, self.end, self.opening if self.depth else None)


class Sheet:
    """A text and its shape, which is as long.

    In the text comments are made of `COMMENT`; in the shape the signs of the format stand alone.
    """

    def __init__(self, text: str) -> None:
        self.text = without_comments(text)
        self.shape = shape_of(self.text)
        self._braces = [match.start() for match in re.finditer(r"[{}]", self.shape)]

    # Entries

    def entries(self, lines: Sequence[Line]) -> Iterator[Entry]:
        """What the lines of the text hold, in order.

        Blank lines part it, except within braces or between a title and its answers. So do titles
        and categories, whatever stands above. Where answers stand in one stretch more than once,
        each ends its question with its line.
        """
        heads = [line.offset for line in lines if _HEAD.match(line.text)]
        stretch: _Stretch | None = None
        for line in lines:
            begins = bool(stretch and stretch.filled and _HEAD.match(line.text))
            if stretch and (begins or (line.blank and not self._goes_on(stretch, line, heads))):
                yield from self._parted(stretch.entry)
                stretch = None
            if line.blank:
                continue
            if CATEGORY.match(line.text):
                start = stretch.start if stretch else line.offset
                stretch = None
                yield Entry(start, line.end)
                continue
            stretch = stretch or _Stretch(line.offset)
            self._add(stretch, line)
        if stretch:
            yield from self._parted(stretch.entry)

    def _add(self, stretch: _Stretch, line: Line) -> None:
        stretch.end = line.end
        if self.shape[line.offset : line.end].strip():
            stretch.titled = stretch.titled or bool(TITLED.match(line.text))
            stretch.filled = True
        for at in self._braces_in(line.offset, line.end):
            if not stretch.depth:
                stretch.opening = at
            stretch.answered = True
            stretch.depth = max(0, stretch.depth + (1 if self.shape[at] == "{" else -1))

    def _goes_on(self, stretch: _Stretch, blank: Line, heads: Sequence[int]) -> bool:
        """Whether a stretch goes on below a blank line, before anything else begins.

        Between braces it does if the next brace closes; below a title, until answers come.
        """
        if not stretch.depth and (stretch.answered or not stretch.titled):
            return False
        at = bisect_left(self._braces, blank.offset)
        if at == len(self._braces):
            return False
        brace, head = self._braces[at], bisect_left(heads, blank.offset)
        if head < len(heads) and heads[head] < brace:
            return False
        return self.shape[brace] == ("}" if stretch.depth else "{")

    def _braces_in(self, start: int, end: int) -> Sequence[int]:
        return self._braces[bisect_left(self._braces, start) : bisect_left(self._braces, end)]

    def _parted(self, entry: Entry) -> Iterator[Entry]:
        """The questions of a stretch: answers at the end of a line end one, if others follow."""
        answers = [pair for pair in self.pairs(entry.start, entry.end) if self.likely(pair)]
        start = entry.start
        for pair in answers[:-1]:
            line_end = self.text.find("\n", pair.closing)
            if line_end >= 0 and not self.shape[pair.closing + 1 : line_end].strip():
                yield Entry(start, line_end)
                start = line_end + 1
        yield Entry(start, entry.end, entry.unclosed)

    def pairs(self, start: int, end: int) -> list[Braces]:
        """The braces of a stretch that stand in no others."""
        found, depth, opening = [], 0, start
        for at in self._braces_in(start, end):
            if self.shape[at] == "{":
                opening = at if not depth else opening
                depth += 1
            elif depth:
                depth -= 1
                if not depth:
                    found.append(Braces(opening, at))
        return found

    def likely(self, pair: Braces) -> bool:
        """Whether braces hold something that only answers look like."""
        return bool(_LIKELY.match(self.shape, pair.opening + 1, pair.closing))

    def comments(self, start: int, end: int) -> list[Span]:
        """The places of the comments in a stretch."""
        found = re.compile(COMMENT + "+").finditer(self.text, start, end)
        return [Span(match.start(), match.end()) for match in found]

    # Texts

    def trimmed(self, start: int, end: int) -> Span:
        """A stretch without the space and the comments at its ends."""
        text = self.text[start:end]
        kept = text.rstrip(f" \t\n{COMMENT}")
        lead = len(kept) - len(kept.lstrip(f" \t\n{COMMENT}"))
        return Span(start + lead, start + max(lead, len(kept)))

    def split_format(self, span: Span, default: str) -> tuple[str, Span]:
        """The format of a text, such as "[html]", and the text without it."""
        match = _FORMAT.match(self.text, span.start, span.end)
        return (match[1].lower(), self.trimmed(match.end(), span.end)) if match else (default, span)

    def passage(self, start: int, end: int, default: str) -> Passage | None:
        """A text as Markdown, from its own format or the default one; None if it is empty."""
        style, span = self.split_format(self.trimmed(start, end), default)
        markdown = as_markdown(self.unescaped(span), style)
        return Passage(markdown, (span,)) if markdown else None

    def unescaped(self, span: Span) -> str:
        return unescaped(self.text[span.start : span.end])

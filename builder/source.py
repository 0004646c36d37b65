"""Text that remembers where it came from."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from builder.values import CachingRecord, Record, cached_property


class Span(Record, order=True):
    """A half-open range of character offsets in the text of a `Source`."""

    start: int
    end: int


class Repair(Record):
    """Damaged text that was put right while it was decoded.

    `span` lies in the repaired text. `cause` says what had happened to it ("UTF-8 read as
    mac_roman"); `before` and `after` show the first damaged words. `certain` is false where
    characters were guessed, or could not be restored and were replaced by U+FFFD.
    """

    span: Span
    cause: str
    before: str
    after: str
    certain: bool = True


class Source(CachingRecord):
    """The text of one file, with LF line ends, and the way back to its lines and columns.

    `path` is what a reader of a diagnostic sees: relative, with forward slashes. Lines and
    columns count from 1; a column is a number of code points, not of bytes or screen cells.
    LF, CRLF and CR end a line; U+0085 and U+2028 do not.
    """

    path: str
    text: str
    encoding: str = "utf-8"
    repairs: tuple[Repair, ...] = ()

    def __post_init__(self) -> None:
        assert "\r" not in self.text, "line ends are normalised before a Source is made"

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset of the first character of each line."""
        return tuple(accumulate([len(line) + 1 for line in self.lines[:-1]], initial=0))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines, without their ends; joined by LF they are the text but for a final LF, which
        ends the last line and does not begin another."""
        return tuple(self.text.removesuffix("\n").split("\n"))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset; the end of the text counts as a place."""
        assert 0 <= offset <= len(self.text), f"offset {offset} is outside {self.path}"
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line(self, offset: int) -> int:
        """The number of the line that holds an offset."""
        assert 0 <= offset <= len(self.text), f"offset {offset} is outside {self.path}"
        return bisect_right(self.starts, offset)

    def bounds(self, span: Span) -> tuple[int, int, int, int]:
        """Line and column of both ends; a span that ends with a line end stops before it."""
        start, end, starts = span.start, span.end, self.starts
        assert 0 <= start <= end <= len(self.text), f"{span} is outside {self.path}"
        line = bisect_right(starts, start)
        begin = starts[line - 1]
        if line == len(starts) or end < starts[line]:
            return line, start - begin + 1, line, end - begin + 1
        end_line = bisect_right(starts, end)
        if end == starts[end_line - 1]:
            end, end_line = end - 1, end_line - 1
        return line, start - begin + 1, end_line, end - starts[end_line - 1] + 1

    def line_span(self, first: int, last: int | None = None) -> Span:
        """Lines `first` to `last`, both included, without the end of the last one."""
        last = first if last is None else last
        assert 1 <= first <= last <= len(self.starts), f"no lines {first}..{last} in {self.path}"
        start = self.starts[first - 1]
        return Span(start, start + sum(map(len, self.lines[first - 1 : last])) + last - first)

    def line_range(self, span: Span) -> range:
        """The numbers of the lines that a span touches; an empty span touches one."""
        first, last = self.line(span.start), self.line(max(span.start, span.end - 1))
        return range(first, last + 1)

"""Lines that know where they stand, and pieces of them."""

from __future__ import annotations

from builder.source import Span
from builder.values import Record, replace


class Line(Record):
    """A line of a source, or what is left of it inside a list item or a quote.

    `offset` is where `text` begins in the text of the source, but for the first `added` characters,
    which do not stand there: the rest of a tab, or words that were put in.
    """

    number: int
    offset: int
    text: str
    added: int = 0

    @property
    def end(self) -> int:
        return self.offset + len(self.text) - self.added

    @property
    def span(self) -> Span:
        return Span(self.offset, self.end)

    @property
    def blank(self) -> bool:
        return not self.text or self.text.isspace()

    def showing(self, text: str) -> Line:
        """Another text in the same place; by how much it is longer is taken for put in."""
        return Line(self.number, self.offset, text, max(0, len(text) - self.end + self.offset))

    def behind(self, at: int) -> Line:
        """The line from a character on."""
        left = self.added - at
        if left <= 0:
            return Line(self.number, self.offset - left, self.text[at:])
        return Line(self.number, self.offset, self.text[at:], left)


def cut(line: Line, start: int, end: int | None = None) -> Line:
    """A part of a line, counted in characters, without white space at its ends."""
    whole = line.text
    part = whole[start:end]
    begun = part.lstrip()
    text = begun.rstrip()
    if len(text) == len(whole):
        return line
    at = start + len(part) - len(begun)
    if line.added:
        return replace(line.behind(at), text=text)
    return Line(line.number, line.offset + at, text)


def indent_of(text: str) -> int:
    """How many columns of white space a line begins with; a tab reaches to a multiple of four."""
    if text[:1] not in (" ", "\t"):
        return 0
    columns = 0
    for char in text:
        if char == " ":
            columns += 1
        elif char == "\t":
            columns += 4 - columns % 4
        else:
            break
    return columns


def dedent(line: Line, columns: int) -> Line:
    """A line without up to `columns` columns of white space."""
    at = gone = 0
    text = line.text
    while gone < columns and at < len(text) and text[at] in " \t":
        gone += 4 - gone % 4 if text[at] == "\t" else 1
        at += 1
    left = " " * max(0, gone - columns)  # of a tab
    rest = line.behind(at)
    return replace(rest, text=left + rest.text, added=len(left) + rest.added) if left else rest

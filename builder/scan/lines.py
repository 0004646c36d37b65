"""Lines that know where they stand, and pieces of them."""

from __future__ import annotations

from typing import NamedTuple

from builder.source import Span


class Line(NamedTuple):
    """A line of a source, or what is left of it inside a list item or a quote.

    `offset` is where `text` begins in the text of the source.
    """

    number: int
    offset: int
    text: str

    @property
    def end(self) -> int:
        return self.offset + len(self.text)

    @property
    def span(self) -> Span:
        return Span(self.offset, self.end)

    @property
    def blank(self) -> bool:
        return not self.text or self.text.isspace()


def cut(line: Line, start: int, end: int | None = None) -> Line:
    """A part of a line, counted in characters, without white space at its ends."""
    part = line.text[start:end]
    begun = part.lstrip()
    text = begun.rstrip()
    if len(text) == len(line.text):
        return line
    return Line(line.number, line.offset + start + len(part) - len(begun), text)


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
    return Line(line.number, line.offset + at, " " * max(0, gone - columns) + text[at:])

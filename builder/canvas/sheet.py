"""A quiz of text2qti as the signs at the beginning of its lines part it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.model import Passage
from builder.scan import Line, cut, dedent, passage, trimmed
from builder.source import Span
from builder.values import Draft, field

_PARTS = {
    "question": r"\d+\.[ \t]+(?=\S)",
    "right": r"(?:\*[a-zA-Z]\)|\[\*\])[ \t]*(?=\S)",
    "wrong": r"(?:[a-zA-Z]\)|\[ ?\])[ \t]*(?=\S)",
    "short": r"\*[ \t]+(?=\S)",
    "number": r"=[ \t]+(?=[-+.\d\[])",
    "said": r"\.\.\.[ \t]+(?=\S)",
    "said_if_right": r"\+[ \t]+(?=\S)",
    "said_if_wrong": r"-[ \t]+(?=\S)",
    "solution": r"![ \t]+(?=\S)",
    "blank": r"(?:_{3,}|\^{3,})\s*$",
    "title": r"[Tt]itle:[ \t]+(?=\S)",
    "points": r"[Pp]oints:[ \t]",
    "text": r"[Tt]ext(?:[ ][Tt]itle)?:[ \t]|[Qq]uiz [Dd]escription:[ \t]",
    "setting": r"[Qq]uiz [Tt]itle:[ \t]|(?:END_)?GROUP\s*$|(?:[Ss]olutions )?[Pp]ick:[ \t]"
    r"|[Pp]oints per question:[ \t]|[Ss]huffle answers:|[Ss]how correct answers:"
    r"|[Oo]ne question at a time:|[Cc]an't go back:|[Ff]eedback is solution:"
    r"|[Ss]olutions (?:sample|randomize) groups:|%",
}
"""How lines begin that begin something, by what that is."""

_BEGINS = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PARTS.items()))

ABOVE = frozenset(("title", "points", "text"))
"""What stands above the question that it belongs to, and ends the one before."""


class Part(Draft):
    """What a line begins, without the sign that stands at `sign`, and the lines that go on."""

    name: str
    sign: Line
    lines: list[Line]
    column: int

    @property
    def span(self) -> Span:
        return Span(self.sign.offset, trimmed(self.lines)[-1].end)

    @property
    def passage(self) -> Passage:
        first, *rest = self.lines
        found = passage([first, *(dedent(line, self.column) for line in rest)])
        assert found is not None  # text follows each sign that is shown
        return found


class Entry(Draft):
    """A question, what stands above it, and what belongs to it below."""

    above: list[Part] = field(default_factory=list)
    question: Part | None = None
    below: list[Part] = field(default_factory=list)

    @property
    def is_sure(self) -> bool:
        """Whether it has an answer that only this way marks so."""
        return self.question is not None and any(
            part.name in ("right", "number") for part in self.below
        )

    @property
    def parts(self) -> Sequence[Part]:
        return (*self.above, *([self.question] if self.question else []), *self.below)


class Sheet(Draft):
    """The questions of a file, and how many of its lines this way of writing does not know."""

    entries: list[Entry]
    strange: int = 0


def read_lines(lines: Sequence[Line]) -> Sheet:
    sheet = Sheet([Entry()])
    part: Part | None = None
    near = commented = fenced = False
    for line in lines:
        text = line.text
        if text.startswith("```"):
            fenced = not fenced
        indented = text[:1] in (" ", "\t")
        begun = None if indented else _BEGINS.match(text)
        if commented or text.rstrip() == "COMMENT":
            commented = text.rstrip() != "END_COMMENT"
            _add(sheet.entries, Part("setting", line, [line], 0))
        elif fenced or text.startswith("```"):
            part = None
            sheet.strange += 1
        elif begun and begun.lastgroup:
            part = Part(begun.lastgroup, line, [cut(line, begun.end())], begun.end())
            _add(sheet.entries, part)
        elif part and (line.blank or indented or near):
            part.lines.append(line)
            sheet.strange += not (line.blank or indented)
        elif not line.blank:
            part = None
            sheet.strange += 1
        near = not line.blank
    return sheet


def _add(entries: list[Entry], part: Part) -> None:
    """Adds a part to the last question, or to the next one, if it begins that or stands above."""
    last = entries[-1]
    if last.question and (part.name == "question" or part.name in ABOVE):
        last = Entry()
        entries.append(last)
    if part.name == "question":
        last.question = part
    else:
        (last.below if last.question else last.above).append(part)

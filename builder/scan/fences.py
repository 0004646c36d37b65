"""Fenced code, also where its author closed it wrongly or never."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.scan import shape as Shape  # noqa: N812 - read like an enum
from builder.scan.lines import Line, cut
from builder.scan.markup import FENCE
from builder.scan.shapes import Block, trimmed

_HEADING = re.compile(r"[ \t]*#{2,6}[ \t]+\S")
_OPTION = re.compile(r"[ \t]*[-*+][ \t]?\\?\[[ xX]?\\?\][ \t]*\S")

FARTHEST = 300
"""How many lines below a line of a quiz the end of a fence that holds it is looked for."""


def read_fence(lines: Sequence[Line], at: int) -> Block | None:
    """The fence that begins at a line.

    By CommonMark a fence that is not closed reaches to the end or to the next one, and marks with
    a word behind them close nothing. Either swallows the questions below. So where headings or
    options of a quiz stand in such a fence, it ends above them, or at the marks with a word, and
    `closed` is false. A fence that says what it holds and is closed may hold a quiz.
    """
    line = lines[at]
    if not (match := FENCE.match(line.text)):
        return None
    info = cut(line, match.start(2))
    end, closed = _end(lines, at + 1, match[1], named=not info.blank)
    return Block(Shape.FENCE, trimmed(lines[at:end]), info, match[1], closed=closed)


def _end(lines: Sequence[Line], at: int, marker: str, named: bool) -> tuple[int, bool]:
    """Just past the last line of a fence, and whether its author closed it there."""
    opened_again = quiz = None
    headings = options = 0
    for here in range(at, len(lines)):
        text = lines[here].text
        kind = _fence_line(text, marker) if marker[0] in text else ""
        if kind == "closes" and (named or not (headings and options > 1)):
            return here + 1, True
        if kind == "opens" and opened_again is None:
            opened_again = here
        elif not kind and text[:1] in "#-*+ \t":
            heading = bool(_HEADING.match(text))
            option = not heading and bool(_OPTION.match(text))
            headings, options = headings + heading, options + option
            if quiz is None and (heading or option):
                quiz = here
        if quiz is not None and (opened_again is not None or kind == "closes"):
            return (
                quiz if opened_again is None or quiz < opened_again else opened_again + 1
            ), False
        if quiz is not None and here - quiz > FARTHEST:
            break
    return (len(lines) if quiz is None else quiz), False


def _fence_line(text: str, marker: str) -> str:
    """Whether a line closes a fence, looks as if it opened another, or does neither ("")."""
    head = text.lstrip(" ")
    if len(text) - len(head) > 3 or not head.startswith(marker):
        return ""
    rest = head.lstrip(marker[0])
    if not rest.strip(" \t"):
        return "closes"
    return "" if marker[0] in rest else "opens"

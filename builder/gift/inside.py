"""The answers between two braces of GIFT, each for itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builder.diagnostics import Report
from builder.gift.sheet import Sheet
from builder.model import Option, Passage
from builder.source import Span
from builder.values import Record

FULL = 100.0
"""The weight, in percent, of an answer that is right alone."""

_MARK = re.compile(r"~=?|=")
_COMPARES = re.compile(r"(?<=[!<>=])=|=(?=[=>])")
_WEIGHT = re.compile(r"%(-?\d+(?:[.,]\d*)?)%")


class Answers(Record):
    """What braces give to a question; `asked` is what its stem must show of them."""

    options: tuple[Option, ...] = ()
    asked: Passage | None = None
    explanation: Passage | None = None
    labels: tuple[Span, ...] = ()


class Answer(Record):
    """One answer: "=" or "~" or "", its weight in percent, where its text stands, its feedback.

    `span` is the whole of it.
    """

    mark: str
    weight: float
    text: Span
    why: Passage | None
    span: Span


class Inside(Record):
    """The answers as text: from `start` to `end`, without the general feedback."""

    sheet: Sheet
    start: int
    end: int
    style: str
    language: str
    report: Report

    @property
    def shape(self) -> str:
        return self.sheet.shape[self.start : self.end]

    def passage(self, span: Span) -> Passage | None:
        return self.sheet.passage(span.start, span.end, self.style)


def single_answers(inside: Inside) -> list[Answer]:
    """The answers in their order; text before the first mark is one without a mark."""
    marks = list(_marks(inside))
    starts = [inside.start, *(match.start() for match in marks)]
    ends = [*starts[1:], inside.end]
    signs = ["", *(match[0] for match in marks)]
    found = map(_answer, [inside] * len(signs), signs, starts, ends)
    return [answer for answer in found if answer.mark or answer.text.start < answer.text.end]


def _answer(inside: Inside, sign: str, start: int, end: int) -> Answer:
    sheet = inside.sheet
    mark = "=" if sign.endswith("=") else sign
    text = sheet.trimmed(start + len(sign), end)
    span = Span(start if sign else text.start, text.end)
    weight = 0.0 if mark == "~" else FULL
    if match := _WEIGHT.match(sheet.text, text.start, text.end):
        weight = float(match[1].replace(",", "."))
        text = sheet.trimmed(match.end(), text.end)
    why = None
    at = sheet.shape.find("#", text.start, text.end)
    if at >= 0:
        why = sheet.passage(at + 1, text.end, inside.style)
        text = sheet.trimmed(text.start, at)
    return Answer(mark, weight, text, why, span)


def _marks(inside: Inside) -> Iterator[re.Match[str]]:
    """The signs that begin an answer.

    Among answers that have a line each, "=" in the midst of one is text, as in "x=1"; in all of
    them, where it compares. Moodle would begin an answer there, so it is told.
    """
    shape = inside.sheet.shape
    marks = list(_MARK.finditer(shape, inside.start, inside.end))
    ends = [inside.start, *(mark.end() for mark in marks)]
    above = [shape[end : mark.start()] for end, mark in zip(ends, marks, strict=False)]
    leading = [_ends_with_new_line(text, first=not at) for at, text in enumerate(above)]
    a_line_each = sum(leading) > 1
    for mark, leads in zip(marks, leading, strict=True):
        at = mark.start()
        apart = shape[at - 1].isspace() and not shape[at + 1 : at + 2].isspace()
        compares = _COMPARES.match(shape, at, inside.end)
        if mark[0] == "=" and not leads and (compares or (a_line_each and not apart)):
            place = Span(at, at + 1)
            hint = "write “\\=” for a sign of the text"
            inside.report.warning("unescaped-sign", place, "taken as a part of the answer", hint)
        else:
            yield mark


def _ends_with_new_line(text: str, first: bool) -> bool:
    """Whether what follows a text begins a line, or is the first thing at all."""
    return not text.rpartition("\n")[2].strip() and (first or "\n" in text)


def split(inside: Inside, sign: str, most: int) -> list[Span]:
    """The parts between signs, no more than `most`."""
    starts, at = [inside.start], inside.start
    while len(starts) < most and (at := inside.sheet.shape.find(sign, at, inside.end)) >= 0:
        at += len(sign)
        starts.append(at)
    ends = [*(start - len(sign) for start in starts[1:]), inside.end]
    return [inside.sheet.trimmed(start, end) for start, end in zip(starts, ends, strict=True)]


def together(passages: Sequence[Passage], between: str) -> Passage | None:
    """Several passages as one; None if there are none."""
    if not passages:
        return None
    spans = tuple(span for passage in passages for span in passage.spans)
    return Passage(between.join(passage.markdown for passage in passages), spans)

"""What an author is told: a rule, a place, a sentence, and what to type."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum

from builder.source import Source, Span
from builder.values import Record, field


class StopError(Exception):
    """What keeps a command from going on. Its text is a sentence for the user."""


class Severity(StrEnum):
    """How much a finding matters: an error leaves something out or wrong on a card."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def weight(self) -> int:
        """The greater, the graver."""
        return ("info", "warning", "error").index(self)


class Place(Record, order=True):
    """Where a finding stands. Lines and columns count from 1; `end_column` is just past it."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


class Related(Record):
    """A second place of a finding, such as "first asked here"."""

    place: Place
    message: str


class Diagnostic(Record):
    """One finding. `message` is a short phrase without a full stop, `hint` what to type.

    `place` is None where the finding concerns the whole build and no line of a file.
    """

    rule: str
    severity: Severity
    message: str
    place: Place | None = None
    hint: str = ""
    related: tuple[Related, ...] = ()


def place_of(source: Source, span: Span) -> Place:
    """The place of a span; one that ends with a line end stops before it."""
    return Place(source.path, *source.bounds(span))


class Report(Record):
    """Collects the findings about one source, so that reading can go on after each."""

    source: Source
    found: list[Diagnostic] = field(default_factory=list)

    def error(self, rule: str, span: Span, message: str, hint: str = "") -> None:
        self._add(rule, Severity.ERROR, span, message, hint)

    def warning(self, rule: str, span: Span, message: str, hint: str = "") -> None:
        self._add(rule, Severity.WARNING, span, message, hint)

    def info(self, rule: str, span: Span, message: str, hint: str = "") -> None:
        self._add(rule, Severity.INFO, span, message, hint)

    def _add(self, rule: str, severity: Severity, span: Span, message: str, hint: str) -> None:
        place = place_of(self.source, span)
        self.found.append(Diagnostic(rule, severity, message, place, hint))


def in_source_order(found: list[Diagnostic]) -> list[Diagnostic]:
    """Sorted by file and place, findings without a place last, each said once."""
    nowhere = Place("\U0010ffff", 0, 0, 0, 0)
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda d: (d.place or nowhere, d.rule, d.message))


# As text ---------------------------------------------------------------------------------------

Styled = tuple[str, str]
"""A piece of text and its style: a severity, "place", "source", "caret", "hint" or ""."""

LONGEST_LINE = 120


def one_line(finding: Diagnostic) -> str:
    """A finding as `path:line:column: severity: message [rule]`."""
    place = finding.place
    where = f"{place.path}:{place.line}:{place.column}: " if place else ""
    return f"{where}{finding.severity}: {finding.message} [{finding.rule}]"


def with_source(finding: Diagnostic, sources: Mapping[str, Source]) -> Iterator[Styled]:
    """A finding with its source line and a caret under the place, as compilers show it.

    `sources` are the files that places lie in, by path; of others no line is shown.
    """
    yield finding.severity, finding.severity
    yield "", f": {finding.message} [{finding.rule}]\n"
    if finding.place:
        yield from _shown(finding.place, sources.get(finding.place.path))
    for other in finding.related:
        yield "", f"  {other.message}\n"
        yield from _shown(other.place, sources.get(other.place.path))
    if finding.hint:
        yield "hint", f"  = {finding.hint}\n"


def _shown(place: Place, source: Source | None) -> Iterator[Styled]:
    yield "place", f"  --> {place.path}:{place.line}:{place.column}\n"
    if source is None or place.line > len(source.lines):
        return
    line = source.lines[place.line - 1]
    if not line.strip():
        return
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    start = max(0, min(place.column - 1, len(line)))
    cut = max(0, start - LONGEST_LINE // 2)
    visible = line[cut : cut + LONGEST_LINE].replace("\t", " ")
    number = str(place.line)
    yield "place", f" {number} | "
    yield "source", f"{visible}\n"
    under = visible[start - cut : max(start + 1, end) - cut]
    yield "place", f" {' ' * len(number)} | "
    yield "caret", f"{' ' * _cells(visible[: start - cut])}{'^' * max(1, _cells(under))}\n"


def _cells(text: str) -> int:
    """How many cells of a terminal a text takes; East Asian letters and emoji take two."""
    return sum(
        0 if unicodedata.combining(c) or c in "\u200b\u200d\ufe0e\ufe0f"
        else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )  # fmt: skip

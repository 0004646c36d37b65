"""What an author is told: a rule, a place, a sentence, and what to type."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from builder.source import Source, Span


class Severity(StrEnum):
    """How much a finding matters: an error leaves something out or wrong on a card."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a finding stands. Lines and columns count from 1; `end_column` is just past it."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Related:
    """A second place of a finding, such as "first asked here"."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
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
    line, column = source.place(span.start)
    end_line, end_column = source.place(span.end)
    if end_line > line and end_column == 1:
        end_line, end_column = source.place(span.end - 1)
    return Place(source.path, line, column, end_line, end_column)


@dataclass(frozen=True, slots=True)
class Report:
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

"""Ways of writing a quiz, one per module; a module here needs no entry in any list.

A dialect of Markdown has a constant `WAY`: how its options say which of them are right. All else,
such as where questions begin and what explains, is the same for all of them (`anatomy`), and a
file may mix them. A dialect that is no Markdown has two functions instead:

    recognises(page)    how much evidence of this way of writing a page shows; 0 is none
    read(page, report)  its questions in source order; what is wrong goes to the report

Evidence is two for each question that is surely written so, one for each that may be.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Protocol, cast

from builder.anatomy.sketch import read_page, sketch
from builder.anatomy.ways import Way
from builder.diagnostics import Report
from builder.model import Question
from builder.scan import Page
from builder.values import Record


class Dialect(Protocol):
    def recognises(self, page: Page, /) -> int: ...

    def read(self, page: Page, report: Report, /) -> list[Question]: ...


class Markdown(Record):
    """A dialect of Markdown."""

    way: Way

    def recognises(self, page: Page) -> int:
        sure = 1 if is_plain_text(page) else 2
        return sure * sketch(page, ways()).written[self.way.name]

    def read(self, page: Page, report: Report) -> list[Question]:
        return read_page(page, report, ways(), self.way.name)


def is_plain_text(page: Page) -> bool:
    """Whether a file says by its name that it is no Markdown."""
    return page.source.path.lower().endswith(".txt")


@cache
def dialects() -> dict[str, Dialect]:
    """All dialects by name, in the order of their names."""
    return {name: _dialect(module) for name, module in _modules().items()}


@cache
def ways() -> tuple[Way, ...]:
    """All ways of writing options, the evident ones first."""
    found = [module.WAY for module in _modules().values() if hasattr(module, "WAY")]
    return tuple(sorted(found, key=lambda way: (not way.evident, way.name)))


@cache
def _modules() -> dict[str, ModuleType]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: import_module(f"{__name__}.{name}") for name in names}


def _dialect(module: ModuleType) -> Dialect:
    return Markdown(module.WAY) if hasattr(module, "WAY") else cast("Dialect", module)

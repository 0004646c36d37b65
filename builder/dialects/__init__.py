"""Ways of writing a quiz, one per module.

A dialect is a module with two functions, and needs no entry in any list:

    recognises(page)    how much evidence of this way of writing a page shows; 0 is none
    read(page, report)  its questions in source order; what is wrong goes to the report
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from builder.diagnostics import Report
from builder.model import Question
from builder.scan import Page


class Dialect(Protocol):
    __name__: str

    def recognises(self, page: Page, /) -> int: ...

    def read(self, page: Page, report: Report, /) -> list[Question]: ...


@cache
def dialects() -> dict[str, Dialect]:
    """All dialects by name, in the order of their names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: cast("Dialect", import_module(f"{__name__}.{name}")) for name in names}


def name_of(dialect: Dialect) -> str:
    return dialect.__name__.rpartition(".")[2]

"""Checks of what was read. A public function of a module here is a rule, its docstring its page.

A rule takes the page, its questions and a report, and is named as its function, with dashes. It
needs no entry in any list.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module

from builder.diagnostics import Report
from builder.model import Question
from builder.scan import Page

Rule = Callable[[Page, Sequence[Question], Report], None]


@cache
def rules() -> dict[str, Rule]:
    """All rules by name, in the order of their names."""
    found: dict[str, Rule] = {}
    for module in pkgutil.iter_modules(__path__):
        members = vars(import_module(f"{__name__}.{module.name}"))
        for name, member in members.items():
            own = getattr(member, "__module__", "") == f"{__name__}.{module.name}"
            if own and inspect.isfunction(member) and not name.startswith("_"):
                found[name.replace("_", "-")] = member
    return dict(sorted(found.items()))

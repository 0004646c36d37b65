"""Values that are made and looked at a thousand times for each question.

A frozen dataclass takes three times as long to make as one that is not frozen, a field of a named
tuple three times as long to read as a slot. So what every line of a file goes through is neither:
that nothing is assigned to it is for mypy to prove, which it does for all of the tool.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

Kind = TypeVar("Kind")


@dataclass_transform(frozen_default=True)
def value(kind: type[Kind]) -> type[Kind]:
    """A dataclass with slots, compared by its fields, which never change; its hash is its own."""
    return dataclass(slots=True)(kind)

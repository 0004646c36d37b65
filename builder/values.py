"""Values that are made, or looked at, for each question or each line.

A frozen dataclass takes three times as long to make as one that is not frozen, a field of a named
tuple three times as long to read as a slot. So these are neither: that nothing is assigned to them
is for mypy to prove, which it does for all of the tool.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

Kind = TypeVar("Kind")


@dataclass_transform(frozen_default=True)
def value(kind: type[Kind]) -> type[Kind]:
    """A dataclass with slots that is compared and hashed by its fields, which never change."""
    return dataclass(slots=True, unsafe_hash="__hash__" not in vars(kind))(kind)

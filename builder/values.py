"""Values that are made, found or looked at for each question or each line.

A frozen dataclass takes three times as long to make as one that is not frozen, a field of a named
tuple three times as long to read as a slot. So these are neither: that nothing is assigned to them
is for mypy to prove, which it does for all of the tool.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar, dataclass_transform, overload

Kind = TypeVar("Kind")
Found = TypeVar("Found")


@dataclass_transform(frozen_default=True)
def value(kind: type[Kind]) -> type[Kind]:
    """A dataclass with slots that is compared and hashed by its fields, which never change."""
    return dataclass(slots=True, unsafe_hash="__hash__" not in vars(kind))(kind)


class cached_property(Generic[Found]):  # noqa: N801 - named as what it stands for
    """What `functools` has under this name, without the lock that Python 3.11 takes each time.

    Should two threads ask at once, it is found twice.
    """

    def __init__(self, find: Callable[[Any], Found]) -> None:
        self.find = find
        self.__doc__ = find.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type) -> Found: ...

    def __get__(self, instance: object, owner: type) -> Self | Found:
        if instance is None:
            return self
        found = instance.__dict__[self.name] = self.find(instance)
        return found

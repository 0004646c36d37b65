"""Records: what is made, found or looked at for each question or each line, and never changes; and
drafts, which do. And values as JSON, or as bytes.

They are msgspec's structs: made in an eighth of the time of a frozen dataclass or a named tuple, a
field read in a sixth of a named tuple's, and a module that declares them is loaded sooner. Its JSON
is that of Python's own `json`, in a tenth of the time.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, dataclass_transform, overload

from msgspec import Struct, field, json
from msgspec.structs import astuple, replace

__all__ = [
    "CachingRecord", "Draft", "Record", "as_bytes", "as_json", "as_spaced_json", "astuple",
    "cached_property", "field", "replace",
]  # fmt: skip

as_json: Callable[[object], bytes] = json.Encoder().encode
"""A value as JSON in UTF-8, without a space and without `\\u` for a letter.

Raises `UnicodeEncodeError` for half a character.
"""


def as_spaced_json(value: object) -> bytes:
    """As `as_json`, with a space after each comma and colon."""
    return json.format(as_json(value), indent=0)


def as_bytes(value: Any) -> bytes:  # noqa: ANN401 - what `marshal` takes
    """Texts, numbers, bytes and tuples of them for `marshal.loads`; equal ones give equal bytes.

    They do in the second version of the format, and in none after it: later ones write what is one
    object once.
    """
    return marshal.dumps(value, 2)


Found = TypeVar("Found")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Record(Struct, frozen=True, gc=False):
    """Fields that are compared and hashed, and never assigned to; see `msgspec.Struct`.

    The garbage collector does not look at it: a record is made after all that it holds, so it is
    part of no cycle.
    """


class CachingRecord(Record, dict=True, gc=True):
    """A record with cached properties."""


class Draft(Struct):
    """Fields that are filled in while a text is read."""


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

"""Who the questions of a file are, in few bytes."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Sequence
from itertools import starmap
from operator import attrgetter
from typing import Any, overload

from builder.model import Identity
from builder.values import as_bytes

_ALL = attrgetter(*Identity.__struct_fields__)


class Identities(Sequence[Identity]):
    """Identities in the order of the questions, made anew each time that they are asked for."""

    def __init__(self, packed: bytes, number: int) -> None:
        self.packed, self.number = packed, number

    @staticmethod
    def of(identities: Iterable[Identity]) -> Identities:
        rows = tuple(map(_ALL, identities))
        return Identities(as_bytes(rows), len(rows))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identities) and self.packed == other.packed

    __hash__ = None  # type: ignore[assignment]

    @overload
    def __getitem__(self, at: int) -> Identity: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Identity, ...]: ...
    def __getitem__(self, at: int | slice) -> Identity | tuple[Identity, ...]:
        return tuple(self)[at]

    def __iter__(self) -> Iterator[Identity]:
        rows: Any = marshal.loads(self.packed)  # noqa: S302 - ours
        return starmap(Identity, rows)

    def __len__(self) -> int:
        return self.number

"""Sightings of many questions, of which most are never needed whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast

from builder.ledger.sighting import Brief, Sighting

AT_HAND = 1000
"""Questions: often all that are looked at, and enough where they are looked at in their order."""


About = tuple[str, str, str, bool]
"""What is at hand of each: its kind, its key, its file, and whether it is retired."""


class Shelf:
    """Where sightings are read from by their numbers.

    The last ones are at hand, and those that were needed whole, if it `keeps` these.
    """

    def __init__(self, read: Callable[[int], Sighting], *, keeps: bool) -> None:
        self.at_hand = lru_cache(AT_HAND)(read)
        self.whole = lru_cache(None)(self.at_hand) if keeps else self.at_hand

    def sighting(self, number: int, about: About, unchanged: bytes = b"") -> Sighting:
        """One that may not be needed whole; `unchanged` is given where it is known."""
        return cast("Sighting", _Shelved(self, number, about, unchanged))


class _Shelved:
    """A sighting whose texts are not there before they are asked for, as of most they never are.

    Its hashes are found without keeping the texts. It is small, as there may be many.
    """

    __slots__ = "_brief", "_number", "_shelf", "_unchanged", "key", "kind", "path", "retired"

    def __init__(self, shelf: Shelf, number: int, about: About, unchanged: bytes) -> None:
        self.kind, self.key, self.path, self.retired = about
        self._shelf, self._number, self._unchanged = shelf, number, unchanged
        self._brief: Brief | None = None

    @property
    def whole(self) -> Sighting:
        """All of it, at hand from now on."""
        return self._shelf.whole(self._number)

    @property
    def at_once(self) -> Sighting:
        """All of it, to be looked at now and not kept."""
        return self._shelf.at_hand(self._number)

    @property
    def unchanged(self) -> bytes:
        return self._unchanged or self.at_once.unchanged

    @property
    def brief(self) -> Brief:
        self._brief = self._brief or self.at_once.brief
        return self._brief

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - what `Sighting` has of that name
        return getattr(self.whole, name)

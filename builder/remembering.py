"""What was found of a line or a word is kept for when it is asked again, and let go in time.

A cache that only drops what was not used for longest is full for ever: of what it holds each thing
keeps a page of memory, and all that is made lies scattered between them. With some ten such caches
reading takes a tenth longer after a few files. So they are emptied now and then, all at once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from functools import _lru_cache_wrapper

ENOUGH = 300_000
"""Characters: so much of a deck may say the same again and again, and is soon read."""

Found = TypeVar("Found")


def remembered(most: int) -> Callable[[Callable[..., Found]], _lru_cache_wrapper[Found]]:
    """`lru_cache` of so many answers, for what the text of a quiz gives: see `has_read`."""

    def cached(function: Callable[..., Found]) -> _lru_cache_wrapper[Found]:
        found = lru_cache(maxsize=most)(function)
        _MEMORY.caches.append(found)
        return found

    return cached


def has_read(characters: int) -> None:
    """A file of this length is done with: all is forgotten, if others before were long enough."""
    _MEMORY.characters += characters
    if _MEMORY.characters >= ENOUGH:
        forget()


def forget() -> None:
    """Nothing is remembered any more."""
    _MEMORY.characters = 0
    for each in _MEMORY.caches:
        each.cache_clear()


class _Memory:
    def __init__(self) -> None:
        self.caches: list[_lru_cache_wrapper[Any]] = []
        self.characters = 0


_MEMORY = _Memory()

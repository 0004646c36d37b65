"""Repairs of one kind that follow each other, told as one."""

from __future__ import annotations

from collections.abc import Iterable

from builder.source import Repair, Span
from builder.values import replace

EXCERPT = 30
"""How many characters, about, a `Repair` shows of what is there now."""


def joined(text: str, repairs: Iterable[Repair]) -> tuple[Repair, ...]:
    """Repairs in the order of the text; one takes in the next if all between them is ASCII."""
    told: list[Repair] = []
    for repair in repairs:
        last = told[-1] if told else None
        if last and _alike(last, repair) and text[last.span.end : repair.span.start].isascii():
            told[-1] = replace(last, span=Span(last.span.start, repair.span.end))
        else:
            told.append(repair)
    return tuple(told)


def _alike(one: Repair, other: Repair) -> bool:
    return (one.cause, one.certain) == (other.cause, other.certain)


def excerpts(before: str, after: str) -> tuple[str, str]:
    """The first words of what was and of what is now, the same ones of both."""
    number = max(1, f"{after} "[: EXCERPT + 1].count(" "))
    return _words(before, number), _words(after, number)


def _words(text: str, number: int) -> str:
    words = " ".join(text.split(" ", number)[:number])
    return words if len(words) <= 3 * EXCERPT else words[: 3 * EXCERPT] + "…"

"""Letters that name options, of the Latin and the Cyrillic alphabet."""

from __future__ import annotations

from collections.abc import Sequence

LATIN, CYRILLIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"

_LOOKS = str.maketrans("АВЕКМНОРСТХ", "ABEKMHOPCTX")
"""Cyrillic letters typed for the Latin ones that look the same."""


def look(letter: str) -> str:
    """What a letter looks like, the same for a Cyrillic one and the Latin one it resembles."""
    return letter.upper().translate(_LOOKS)


def stands_at(letter: str, index: int) -> bool:
    """Whether a letter can name the option with an index (from 0), by its place or by its look."""
    upper = letter.upper()
    return bool(upper) and (
        upper in (LATIN[index : index + 1], CYRILLIC[index : index + 1])
        or look(letter) == LATIN[index : index + 1]
    )


def named_option(letter: str, labels: Sequence[str]) -> int | None:
    """The index of the option that a letter names: the one with this letter, whatever the case.

    Of another alphabet, it is the one whose letter looks the same, or else has the same place.
    """
    upper, found = letter.upper(), [label.upper() for label in labels]
    if upper in found:
        return found.index(upper)
    looks = list(map(look, labels))
    if look(letter) in looks:
        return looks.index(look(letter))
    alphabet = LATIN if upper in LATIN else CYRILLIC
    foreign = not any(label in alphabet for label in found)
    place = alphabet.find(upper)
    return place if foreign and 0 <= place < len(labels) else None

"""How alike two texts are."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")


def normal(text: str) -> str:
    """A text as far as comparing goes: one case, one kind of space, no punctuation.

    A text of punctuation alone stays as it is, so that "+" and "-" differ.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return _NOT_WORD.sub(" ", folded).strip() or " ".join(folded.split())


def similarity(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (the same but for case, spaces and punctuation)."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - only needed where texts differ

    one, other = normal(one), normal(other)
    return 1.0 if one == other else fuzz.token_sort_ratio(one, other) / 100

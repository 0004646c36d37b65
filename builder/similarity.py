"""How alike two texts are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from builder.remembering import remembered

_NOT_WORD = re.compile(r"[\W_]+")


@remembered(4096)
def normal(text: str) -> str:
    """A text as far as comparing goes: one case, one kind of space, no punctuation.

    A text of punctuation alone stays as it is, so that "+" and "-" differ.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    if folded.replace(" ", "").isalnum():
        return " ".join(folded.split()) if "  " in folded else folded.strip(" ")
    return _NOT_WORD.sub(" ", folded).strip() or " ".join(folded.split())


def similarity(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (the same but for case, spaces and punctuation)."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - only needed where texts differ

    one, other = normal(one), normal(other)
    return 1.0 if one == other else fuzz.token_sort_ratio(one, other) / 100


def in_order(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of two rows of words that stands in both in the same order, from 0 to 1."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415 - only needed where texts differ

    return Indel.normalized_similarity(one, other)


def opcodes(
    one: Sequence[str], other: Sequence[str]
) -> Iterator[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """The parts, by start and end in each, that stayed as they were (True) or did not."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415 - only needed where texts differ

    for part in Indel.opcodes(one, other):
        yield (
            part.tag == "equal",
            (part.src_start, part.src_end),
            (part.dest_start, part.dest_end),
        )


def slips(one: str, other: str, most: int) -> int:
    """How many slips of the pen lie between two words; `most` + 1 if they are more than that.

    A slip is a letter too many, too few, wrong, or swapped with its neighbour.
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only needed where texts differ

    return OSA.distance(one, other, score_cutoff=most)

"""A few bytes that tell whether two explanations are mostly the same."""

from __future__ import annotations

from base64 import b64decode, b64encode
from zlib import crc32

from builder.ledger.wording import spelt

SIZE, WIDTH = 12, 3  # numbers kept, and bytes of each


def traced(text: str) -> str:
    """The least hashes of its words (a bottom-k sketch: A. Broder, 1997); "" of an empty text."""
    words = " ".join(spelt(text)).encode().split()  # no word holds a space
    least = sorted({number >> 8 for number in map(crc32, words)})[:SIZE]
    return b64encode(b"".join([number.to_bytes(WIDTH, "big") for number in least])).decode()


def numbers(trace: str) -> frozenset[int]:
    """The hashes that a trace holds; none of a damaged one."""
    try:
        raw = b64decode(trace, validate=True)
    except ValueError:
        return frozenset()
    return frozenset(int.from_bytes(raw[i : i + WIDTH], "big") for i in range(0, len(raw), WIDTH))


def overlap(one: frozenset[int], other: frozenset[int]) -> float | None:
    """About the share of words in common (Jaccard's index); None where there is nothing to say."""
    if not one or not other:
        return None
    least = sorted(one | other)[:SIZE]
    return sum(h in one and h in other for h in least) / len(least)

"""The code page of legacy Cyrillic, told from how its letters follow each other.

A wrong code page turns Cyrillic into Cyrillic that nobody writes: letters that never meet, capitals
behind small letters, signs inside words. So each byte outside ASCII is weighed between its two
neighbours, once for every code page, and a code page is named only when its sum is good in itself
and clearly better than that of every other reading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from builder.decoding.spelling import LEAST_LETTERS, LETTERS, style, weight

CODE_PAGES = ("cp1251", "koi8-r", "koi8-u", "cp866", "mac_cyrillic", "iso8859-5")

LEAST_LEAD = 3
"""By how much the best reading must lead; one capital behind a small letter makes seven."""

NEAR = 10
"""Readings this near to the best, twins such as cp1251 and mac_cyrillic, are compared in style."""

LEAST_WEIGHT = 0.2
"""What a letter must weigh on average; in good Russian it weighs 0.6."""

BLOCK = 4096
"""Bytes, about, that must agree with the whole: a file may be glued of two."""

MOST_KINDS = 100_000
"""More different triples of bytes than this are no text."""

Triples = Counter[tuple[int, int, int]]
"""How often each byte stands between which two others."""


def recognise(data: bytes) -> str | None:
    """The codec of a text in Cyrillic, or None where the evidence does not suffice to name one."""
    blocks: list[Triples] = []
    whole: Triples = Counter()
    for block in map(_triples, _blocks(data)):
        blocks.append(block)
        whole.update(block)
        if len(whole) > MOST_KINDS:
            return None
    codec = _best(data, whole)
    if codec is None or any(_another_reads_better(block, codec) for block in blocks):
        return None
    return codec


def _blocks(data: bytes) -> Iterator[bytes]:
    for match in re.finditer(rb"(?s).{1,%d}[^\r\n]{0,%d}" % (BLOCK, BLOCK), data):
        yield match.group()


def _triples(data: bytes) -> Triples:
    framed = b"\n" + data + b"\n"
    return Counter(t for t in zip(framed, framed[1:], framed[2:], strict=False) if t[1] > 0x7F)


def _best(data: bytes, triples: Triples) -> str | None:
    """The reading that is good and leads clearly over those that give another text."""
    used = bytes(sorted({byte for _, byte, _ in triples}))
    texts = {codec: text for codec in CODE_PAGES if (text := _decoded(used, codec)) is not None}
    sums = {codec: _weigh(triples, codec) for codec in texts}
    top = max(sums.values(), default=0)
    near = [codec for codec in sums if top - sums[codec] < NEAR]
    if len({texts[codec] for codec in near}) > 1:
        sums |= {codec: sums[codec] + style(data.decode(codec)) for codec in near}
    best = max(sums, key=sums.__getitem__, default=None)
    if best is None or not _convinces(triples, best):
        return None
    rivals = (codec for codec in texts if texts[codec] != texts[best])
    return best if all(sums[best] - sums[codec] >= LEAST_LEAD for codec in rivals) else None


def _another_reads_better(block: Triples, codec: str) -> bool:
    return not _convinces(block, codec) and any(
        _convinces(block, other) for other in CODE_PAGES if other != codec
    )


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _convinces(triples: Triples, codec: str) -> bool:
    characters = _characters(codec)
    letters = sum(n for (_, byte, _), n in triples.items() if characters[byte] in LETTERS)
    return letters >= LEAST_LETTERS and _weigh(triples, codec) >= LEAST_WEIGHT * letters


def _weigh(triples: Triples, codec: str) -> int:
    weights = _weights(codec)
    return sum(n * weights[triple] for triple, n in triples.items())


@cache
def _characters(codec: str) -> str:
    return bytes(range(256)).decode(codec, "replace")


class _Weights(dict[tuple[int, int, int], int]):
    """The weight of a byte between two others, in one code page."""

    def __init__(self, codec: str) -> None:
        super().__init__()
        self.characters = _characters(codec)

    def __missing__(self, triple: tuple[int, int, int]) -> int:
        left, character, right = (self.characters[byte] for byte in triple)
        self[triple] = found = weight(left, character, right)
        return found


_weights = cache(_Weights)

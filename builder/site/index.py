"""Words of questions and where they stand, in pieces small enough to fetch while someone types."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
"""A run of letters and digits; of Chinese and Japanese, which set no spaces, each character."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def normal(text: str) -> str:
    """Text as it is compared: no case, no difference between ё and е, no ligatures.

    `normal` of templates/site/search.js does the same: test_site_in_browser.py.
    """
    return unicodedata.normalize("NFKC", text).lower().replace("ё", "е")


def words_of(text: str) -> list[str]:
    return _WORD.findall(normal(text))


def index(texts: Iterable[str]) -> Mapping[str, str]:
    """For each first letter the words that begin with it, sorted, and the texts that hold them.

    A line is a word, a space, and the numbers of its texts (from 0) with commas between them: each
    but the first as its distance from the one before, in base 36. Lines are in the order in which
    JavaScript compares strings.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for word in set(words_of(text)):
            places[word].append(number)
    pieces: dict[str, list[str]] = defaultdict(list)
    for word in sorted(places, key=_units):
        pieces[word[0]].append(f"{word} {_distances(places[word])}")
    return {letter: "\n".join(lines) for letter, lines in sorted(pieces.items())}


def _units(word: str) -> bytes:
    return word.encode("utf-16-be")


def _distances(numbers: list[int]) -> str:
    before = 0
    said = []
    for number in numbers:
        said.append(_base36(number - before))
        before = number
    return ",".join(said)


def _base36(number: int) -> str:
    digits = _DIGITS[number % 36]
    while number := number // 36:
        digits = _DIGITS[number % 36] + digits
    return digits

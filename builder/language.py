"""The language that a quiz is written in, as far as the tool has words for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from builder.values import Record

_CYRILLIC = re.compile(r"[\u0400-\u04ff][\u0400-\u04ff]*+")  # sooner found than by "+"
_NOT_RUSSIAN = re.compile(r"[іїєґўјљњћђџѓќѕІЇЄҐЎЈЉЊЋЂЏЃЌЅ]")
_LETTERS = re.compile(r"[^\W\d_][a-zA-Zа-яА-Я]*+[^\W\d_]*+")  # most letters are found sooner

ENOUGH = 0.2
"""A Russian quiz about programming is mostly code: a fifth of Cyrillic letters settles it."""

HEAD = 20_000
"""Characters of a file that are looked at."""


class Letters(Record):
    """How many letters some texts hold, and how many of what alphabet."""

    all: int = 0
    cyrillic: int = 0
    not_russian: int = 0

    @classmethod
    def of(cls, text: str) -> Letters:
        """Those at the beginning of a text."""
        head = text[:HEAD]
        letters = sum(map(len, _LETTERS.findall(head)))
        if head.isascii():
            return cls(letters)
        cyrillic = "".join(_CYRILLIC.findall(head))
        return cls(letters, len(cyrillic), len(_NOT_RUSSIAN.findall(cyrillic)))

    def __add__(self, other: Letters) -> Letters:
        return Letters(
            self.all + other.all,
            self.cyrillic + other.cyrillic,
            self.not_russian + other.not_russian,
        )

    def language(self, known: Collection[str], default: str = "en") -> str:
        """Returns "ru" for texts mostly in Russian, else the default, if there are words for it."""
        russian = self.cyrillic > ENOUGH * self.all and self.not_russian < 0.01 * self.cyrillic
        return "ru" if russian and "ru" in known else default


def available(templates: Iterable[str]) -> list[str]:
    """The languages that the tool has words in, from the paths of its templates."""
    return sorted(path[6:-5] for path in templates if re.fullmatch(r"words/[^/]+\.toml", path))


def detect(texts: Iterable[str], known: Collection[str], default: str = "en") -> str:
    """The language of some texts; see `Letters.language`."""
    return sum(map(Letters.of, texts), Letters()).language(known, default)

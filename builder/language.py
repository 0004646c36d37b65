"""The language that a quiz is written in, as far as the tool has words for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_NOT_RUSSIAN = re.compile(r"[іїєґўјљњћђџѓќѕ]", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")

ENOUGH = 0.2
"""A Russian quiz about programming is mostly code: a fifth of Cyrillic letters settles it."""


def available(templates: Iterable[str]) -> list[str]:
    """The languages that the tool has words in, from the paths of its templates."""
    return sorted(path[6:-5] for path in templates if re.fullmatch(r"words/[^/]+\.toml", path))


def detect(texts: Iterable[str], known: Collection[str], default: str = "en") -> str:
    """Returns "ru" for texts mostly in Russian, else the default, if there are words for it."""
    letters = cyrillic = foreign = 0
    for text in texts:
        letters += len(_LETTER.findall(text))
        cyrillic += len(_CYRILLIC.findall(text))
        foreign += len(_NOT_RUSSIAN.findall(text))
    russian = cyrillic > ENOUGH * letters and foreign < 0.01 * cyrillic
    return "ru" if russian and "ru" in known else default

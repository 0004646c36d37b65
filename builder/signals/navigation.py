"""Lines that only lead around a file."""

from __future__ import annotations

import re

_TARGET = r"\((?:[^()]++|\([^()]*+\))*+\)"
_LINK = rf"!?\[(?:!?\[[^\]\[]*+\](?:{_TARGET})?|[^\]\[])*+\]{_TARGET}"
_ONLY_LINKS = re.compile(
    rf"(?:\W*{_LINK}|\W*<a\s[^<>]*>[^<>]*</a>|\W*\[[^\]\[]+\]:\s*\S.*)+\W*", re.IGNORECASE
)


def only_links(text: str) -> bool:
    """Whether a line holds links and nothing else: contents, badges, "back to top"."""
    return ("[" in text or "<" in text) and bool(_ONLY_LINKS.fullmatch(text))


_ONLY_HASHTAGS = re.compile(r"\s*(?:#(?=[^\s#]*[^\W\d_])[\w/-]+\s*)+")


def only_hashtags(text: str) -> bool:
    """Whether a line holds tags of notes and nothing else: "#flashcards #cv/layers"."""
    return "#" in text and bool(_ONLY_HASHTAGS.fullmatch(text))

"""Patterns for what people say, written as they say it."""

from __future__ import annotations

import re

_OPTIONAL, _ANY_WORDS = "?", "…"


def phrases(*lists: str) -> re.Pattern[str]:
    """A pattern for any of some phrases, one on a line, in any case.

    In a phrase, `a|b` stands for one of several words, `word?` for a word that may be left out,
    `word*` for a word with any ending and `…` for up to three words of any kind; "е" also means
    "ё". Between words may stand any white space. What is found begins and ends with a word.
    """
    found = [_phrase(line.split()) for text in lists for line in text.splitlines() if line.split()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)", re.IGNORECASE)


def _phrase(tokens: list[str]) -> str:
    """The pattern of a phrase, whose first word is never optional."""
    first, *rest = tokens
    return _word(first) + "".join(map(_after_space, rest))


def _after_space(token: str) -> str:
    if token == _ANY_WORDS:
        return r"(?:\s+\w+){0,3}?"
    if token.endswith(_OPTIONAL):
        return rf"(?:\s+{_word(token.removesuffix(_OPTIONAL))})?"
    return rf"\s+{_word(token)}"


def _word(token: str) -> str:
    spelt = (re.escape(word).replace(r"\*", r"\w*") for word in token.split("|"))
    return f"(?:{'|'.join(spelt)})".replace("е", "[её]")


def whole(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """A pattern for a text that is nothing but what another finds, and punctuation."""
    return re.compile(rf"\W*{pattern.pattern}\W*\Z", pattern.flags)

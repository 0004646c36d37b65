"""Patterns for what people say, written as they say it."""

from __future__ import annotations

import re
from collections.abc import Collection

from builder.remembering import remembered
from builder.values import CachingRecord, cached_property

_OPTIONAL, _ANY_WORDS = "?", "…"
_HEAD = re.compile(r"([^\W_]{1,3})[a-zа-я]*+[^\W_]*+")  # most letters are found sooner
"""The letters of a word that tell whether a phrase may begin with it."""


class Phrases(CachingRecord, eq=False):
    """A pattern for any of some phrases, and the first letters of the words they begin with."""

    source: str
    heads: frozenset[str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Made when it is first needed: few files hold any of the phrases."""
        return re.compile(self.source, re.IGNORECASE)

    def may_occur(self, heads: Collection[str]) -> bool:
        """Whether a text whose words begin so can hold one of the phrases."""
        return not self.heads.isdisjoint(heads)


def phrases(*lists: str) -> Phrases:
    """A pattern for any of some phrases, one on a line, in any case.

    In a phrase, `a|b` stands for one of several words, `word?` for a word that may be left out,
    `word*` for a word with any ending and `…` for up to three words of any kind; "е" also means
    "ё". Between words may stand any white space. What is found begins and ends with a word.
    """
    found = [line.split() for text in lists for line in text.splitlines() if line.split()]
    patterns = "|".join(map(_phrase, found))
    beginnings = heads(" ".join(first.replace("|", " ") for first, *_ in found))
    letters = "".join(sorted({head[0] for head in beginnings})).replace("е", "её")
    return Phrases(rf"\b(?=[{letters}])(?:{patterns})(?!\w)", beginnings)


@remembered(1024)
def heads(text: str) -> frozenset[str]:
    """What the words of a text begin with, by which it is known before any pattern is tried."""
    return frozenset(_HEAD.findall(text.casefold().replace("ё", "е")))


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


def whole(found: Phrases) -> Phrases:
    """The same for a text that is nothing but one of the phrases, and punctuation."""
    return Phrases(rf"\W*{found.source}\W*\Z", found.heads)

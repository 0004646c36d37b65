"""Which options must keep their place when the others are shuffled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from builder.model import RenderedQuestion
from builder.words import Words

ALPHABETS = ("ABCDEFGHIJKLM", "АБВГДЕЖЗИКЛМ")
"""Letters as lists use them: Russian ones leave out Ё and Й."""


@dataclass(frozen=True, slots=True)
class Places:
    """What the author's order means to a question.

    `pinned` are the indices of options that stay last ("all of the above"). `fixed` says that no
    option may move, `labels` by which letters the text speaks of them then: one per option, or ""
    where none is to be shown.
    """

    labels: tuple[str, ...]
    fixed: bool = False
    pinned: tuple[int, ...] = ()

    @property
    def lettered(self) -> bool:
        return any(self.labels)


def places(question: RenderedQuestion, words: Words) -> Places:
    """What must not move, by what the options say of each other and the reasons say of them.

    When in doubt an option keeps its place: a shuffle that is missed costs little.
    """
    options = [_plain(option.text.text) for option in question.options]
    own = [option.label for option in question.options]
    letters = own if all(own) else _implied(options, words)
    if letters and (_name_each_other(options, letters, words) or _mentioned(question, own, words)):
        return Places(labels=tuple(letters), fixed=True)
    unseen = ("",) * len(options)
    speaks_of_all = _any_of(words.all("order.pinned"))
    pinned = tuple(i for i, text in enumerate(options) if speaks_of_all.search(text))
    last = tuple(range(len(options) - len(pinned), len(options)))
    return Places(unseen, pinned=pinned) if pinned == last else Places(unseen, fixed=True)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.casefold().replace("ё", "е")).strip(" .,;:!()[]«»\"'")


@lru_cache(maxsize=8)
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


@lru_cache(maxsize=64)
def _plain_words(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_plain, words))


def _implied(options: Sequence[str], words: Words) -> list[str]:
    """The letters by which an option names others, though the author wrote none before them."""
    for alphabet in ALPHABETS:
        letters = list(alphabet[: len(options)])
        if len(letters) == len(options) and _name_each_other(options, letters, words):
            return letters
    return []


def _name_each_other(options: Sequence[str], letters: Sequence[str], words: Words) -> bool:
    """Whether an option is nothing but letters of others: "both A and C"."""
    own = _plain_words(tuple(letters))
    if not own.isdisjoint(options):
        return False  # the letters are names of something, and here it stands
    known = own | _plain_words(words.all("order.joining"))
    for text in options:
        parts = set(re.findall(r"[^\W_]+", text))
        if len(parts & own) >= 2 and parts <= known:
            return True
    return False


def _mentioned(question: RenderedQuestion, letters: Sequence[str], words: Words) -> bool:
    """Whether the explanation or a reason calls an option by its letter: "answer: B", "(c)".

    A small letter alone may be a word ("вариант в"), a number in brackets may be anything.
    """
    if not all(letters):
        return False
    cue = rf"(?<!\w)(?i:{'|'.join(words.all('order.mention'))})\w*\s?[:№#—–-]?\s?"
    great = "|".join(re.escape(letter.upper()) for letter in letters)
    small = "|".join(re.escape(letter.lower()) for letter in letters)
    patterns = [rf"{cue}[«\"'(]?(?:{great})(?!\w)", rf"{cue}[«\"'(]?(?:{small})[»\"')]"]
    if letters[0].isalpha():
        patterns.append(rf"(?<![\w(])\(?(?i:{great})\)")
    mention = re.compile("|".join(patterns))
    return any(mention.search(text) for text in _said(question))


def _said(question: RenderedQuestion) -> list[str]:
    reasons = (part for option in question.options for part in (option.summary, option.why))
    return [part.text for part in (question.stem, question.explanation, *reasons)]

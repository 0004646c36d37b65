"""Which options must keep their place when the others are shuffled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from builder.letters import look
from builder.model import Places, RenderedQuestion
from builder.words import Words

ALPHABETS = ("ABCDEFGHIJKLM", "АБВГДЕЖЗИКЛМ")
"""Letters as lists use them: Russian ones leave out Ё and Й."""


def places(question: RenderedQuestion, words: Words) -> Places:
    """What must not move, by what the options say of each other and the reasons say of them.

    When in doubt an option keeps its place: a shuffle that is missed costs little.
    """
    options = [_plain(option.text.text) for option in question.options]
    own = [option.label for option in question.options if option.label]
    own = own if len(own) == len(options) else []
    letters = _named(question, own, words)
    if own and not letters and _mentioned(question, own, words):
        letters = own
    if letters:
        return Places(labels=tuple(letters), fixed=True)
    unseen = ("",) * len(options)
    placed, pinning = words.all("order.placed"), words.all("order.pinned")
    speaking = any_of(placed + pinning).match
    if not any(map(speaking, options)):
        return Places(unseen)
    if any(map(any_of(placed).match, options)):
        return Places(unseen, fixed=True)
    speaks_of_all = any_of(pinning)
    pinned = tuple(i for i, text in enumerate(options) if speaks_of_all.match(text))
    last = tuple(range(len(options) - len(pinned), len(options)))
    return Places(unseen, pinned=pinned) if pinned == last else Places(unseen, fixed=True)


def _plain(text: str) -> str:
    return _lower(text).strip(" .,;:!()[]«»\"'")


def _lower(text: str) -> str:
    return text.casefold().replace("ё", "е")


_BEFORE = {"^": "", r"\b": r"(?:\w*+\W++)*?", "": r"(?s:.)*?"}
"""What may stand before a pattern that is bound so: nothing, whole words, anything."""


@lru_cache(maxsize=8)
def any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that matches from its start on each text in which one of some is found; those bound
    to where a text or a word begins are tried there alone."""
    bound: dict[str, list[str]] = {each: [] for each in _BEFORE}
    for pattern in patterns:
        begin = next(each for each in bound if pattern.startswith(each))
        bound[begin].append(f"(?:{pattern.removeprefix(begin)})")
    return re.compile("|".join(f"{_BEFORE[b]}(?:{'|'.join(p)})" for b, p in bound.items() if p))


@lru_cache(maxsize=64)
def _plain_words(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_plain, words))


_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile(r"""[^\w\s,.;:&/+()«»"'–—-]""")
"""Signs that do not stand between names of options: "a = b" is an assignment."""


def _named(question: RenderedQuestion, own: list[str], words: Words) -> list[str]:
    """The letters by which an option names others ("both A and C"), or none if no option does.

    They are the author's own, or those of the places; read as typed, or else as capitals look.
    Options of which each is but letters ("A, B") speak of what the stem lists, not of each other.
    """
    texts = [option.text.text for option in question.options]
    joining = _plain_words(words.all("order.joining"))
    pointing = {i: set(_WORD.findall(t)) for i, t in enumerate(texts) if _may_name(t, joining)}
    if not pointing or any(len(_plain(text)) == 1 for text in texts):
        return []  # where a letter is an option, letters are names of something else
    alone = _plain_words(words.all("order.alone"))
    alphabets = [list(each[: len(texts)]) for each in ALPHABETS if len(texts) <= len(each)]
    for read in (str.casefold, _look):
        for letters in [own, *alphabets]:
            names = {read(letter.upper()): i for i, letter in enumerate(letters)}
            for parts in pointing.values():
                named = {names[read(part)] for part in parts if read(part) in names}
                rest = {_plain(part) for part in parts if read(part) not in names}
                enough = 1 if alone & set(map(_plain, parts)) else 2
                if len(named) >= enough and rest <= joining and not named & pointing.keys():
                    return letters
    return []


def _may_name(text: str, joining: frozenset[str]) -> bool:
    """Whether a text is nothing but letters and numbers, and words that join such."""
    parts = 0
    for word in _WORD.finditer(text):
        part = word[0]
        if len(part) > 1 and not part.isdigit() and _lower(part) not in joining:
            return False
        parts += 1
    return parts > 1 and not _CODE.search(text)


def _look(letter: str) -> str:
    return look(letter) if letter.isupper() else letter


def _mentioned(question: RenderedQuestion, letters: Sequence[str], words: Words) -> bool:
    """Whether the explanation or a reason calls an option by its letter: "answer: B", "(c)".

    A small letter alone may be a word ("вариант в"), a number in brackets may be anything.
    """
    mentioned = _mention(tuple(letters), words.all("order.mention"), words.all("order.judged"))
    return any(mentioned.search(text) for text in _said(question))


@lru_cache(maxsize=64)
def _mention(
    letters: tuple[str, ...], mention: tuple[str, ...], judged: tuple[str, ...]
) -> re.Pattern[str]:
    cue = rf"(?<!\w)(?i:{'|'.join(mention)})\w*\s?[:№#—–-]?\s?"
    great = "|".join(re.escape(letter.upper()) for letter in letters)
    small = "|".join(re.escape(letter.lower()) for letter in letters)
    patterns = [rf"{cue}[«\"'(]?(?:{great})(?!\w)", rf"{cue}[«\"'(]?(?:{small})[»\"')]"]
    if letters[0].isalpha():
        verdict = rf"(?<!\w)(?i:{'|'.join(judged)})(?!\w)"
        patterns += [
            rf"(?<![\w(])\(?(?i:{great})\)",
            rf"(?<!\w)(?:{great}) (?:is|are|[—–-]) {verdict}",
            rf"(?<!\w)(?![AА])(?:{great}) {verdict}",  # "a true friend" is none
            rf"{verdict}(?::| [—–-])? (?:{great})(?!\w)",
            rf"^(?:{great})(?:[:.]| [—–-])\s",
        ]
    return re.compile("|".join(patterns))


def _said(question: RenderedQuestion) -> list[str]:
    reasons = (part for option in question.options for part in (option.summary, option.why))
    return [part.text for part in (question.stem, question.explanation, *reasons)]

"""How many answers the wording of a question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from builder.items import Item
from builder.model import Verdict
from builder.patterns import late
from builder.phrases import Phrases, heads, phrases
from builder.remembering import remembered
from builder.rules import WARNING, Finding, each_question
from builder.source import Span
from builder.values import Record
from builder.wordings import Wording

_ONE = phrases(
    """
    which one
    only one answer|option
    which of the|these|those … is|was|does|has
    choose|select|pick|mark|tick|check the? only? one|single … answer|option|choice
    choose|select|pick|mark|tick|check the? best|correct|right … answer|option|choice
    choose|select|pick|mark|tick|check the? correct|right|true statement
    the single best|correct|right answer|option
    """,
    """
    какой|какая|какое из
    кто из
    который|которая|которое из
    выбер*|отмет*|укаж* только? один|одну|одно|единственн*
    выбер*|отмет*|укаж* правильный|правильное|правильную|верный|верное|верную
    один правильный|верный? ответ|вариант
    """,
)
_WHICH = phrases("какой|какая|какое")
_SEVERAL = phrases(
    """
    select|choose|check|mark|pick|tick all that|which|of|options|answers
    select|choose|check|mark|pick|tick all the? correct|right|true|valid
    all that apply
    which ones
    select|choose|check|mark|pick|tick several|multiple answers|options|choices|responses|correct
    select|choose|check|mark|pick|tick several
    multiple|several correct|right? answers|choices|options
    """,
    """
    какие|каких|какими из
    которые из
    выбер*|отмет*|укаж* все|несколько
    несколько правильных|верных? ответов|вариантов
    """,
)
_WHICH_ARE = phrases("which of the|these|those … are|were")
_OF_SOMETHING_ELSE = phrases(
    """
    which of the|these|those … are|were the|you|we|they|there
    in|on|at|for|from|of|to|with|by|under which of the|these|those … are|were
    """
)
"""Where "are" is not of the answers: "Which of these are the missing arguments?", "In which of
these classes are objects made?"."""

_ANY_NUMBER = phrases(
    """
    one or more|several|two
    at least one
    more than one
    may|can be several|multiple
    several|multiple … may|can be
    any of
    """,
    """
    один|одна|одно|одну|одного или
    хотя бы
    как минимум
    может|могут быть несколько
    возможно несколько
    несколько … могут|может
    любые
    """,
)
_OPEN_NUMBER = late(r"\w\(s\)|\w\((?:-?[ыиае]|и/или)\)")
_NUMBERS = {
    **dict.fromkeys(("1", "one", "один", "одну", "одно"), 1),
    **dict.fromkeys(("2", "two", "два", "две", "двух"), 2),
    **dict.fromkeys(("3", "three", "три", "трёх", "трех"), 3),
    **dict.fromkeys(("4", "four", "четыре", "четырёх", "четырех"), 4),
    **dict.fromkeys(("5", "five", "пять", "пяти"), 5),
}
_CHOOSE = phrases("choose|select|pick|mark|tick|check", "выбер*|отмет*|укаж*")
_COUNT = re.compile(
    rf"""(?:^|[.?!:;(,*_]\s*|\bplease\s)(?:choose|select|pick|mark|tick|check|выбер\w+|отмет\w+|укаж\w+)
    \s(?:the\s|any\s|ровно\s)?(?P<number>{"|".join(_NUMBERS)})\b
    (?!\s*(?:or|или|-|–|of|из)\b)(?!\s+(?:or|или)\b)""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)


_BEGINNINGS = frozenset().union(
    *(each.heads for each in (_CHOOSE, _ANY_NUMBER, _SEVERAL, _WHICH_ARE, _ONE))
)


@each_question(WARNING)
def too_many_correct(item: Item) -> Iterator[Finding]:
    """More options marked correct than the wording of the question asks for.

    "Which one", "Какой из", "choose two" promise a number; a learner who trusts it cannot answer
    right. Either the wording or a mark is wrong. (Haladyna, Downing and Rodriguez 2002, guideline
    19: only one choice is the right answer, where one is asked for.)

    Example: `Какой из слоёв имеет веса?` with two options marked ✅.

    Instead: `Какие из слоёв имеют веса?`, or one ✅ less.
    """
    asked = _asked(item) if len(item.keys) > 1 else None
    if asked and len(item.keys) > asked.most:
        yield Finding(
            item.manuscript.place(asked.span),
            f"asks for {_number(asked.most)}, but {len(item.keys)} options are marked correct",
            "ask for several, or take a mark away",
        )


@each_question(WARNING)
def too_few_correct(item: Item) -> Iterator[Finding]:
    """Fewer options marked correct than the wording of the question asks for.

    "Select all", "Какие из", "choose two" make a learner look for another right option that is
    not there. Disputed options count as possible answers, and a right option that lists several
    things, or says "all of these", as several.

    Example: `Какие из слоёв имеют веса?` with one option marked ✅.

    Instead: `Какой из слоёв имеет веса?`, or mark the one that was forgotten.
    """
    asked = _asked(item) if item.keys else None
    if not asked or (len(item.keys) == 1 and _stands_for_several(item)):
        return
    possible = sum(each.verdict in (Verdict.CORRECT, Verdict.DISPUTED) for each in item.choices)
    if possible < asked.least:
        marked = "one option is" if len(item.keys) == 1 else f"{len(item.keys)} options are"
        yield Finding(
            item.manuscript.place(asked.span),
            f"asks for {_number(asked.least, asked.most)}, but {marked} marked correct",
            "ask for one, or mark the other right options",
        )


_LIST = re.compile(r"[,;/&]|\b(?:and|or|и|или)\b", re.IGNORECASE)
_ALL = phrases("all|both|any|every", "все|оба|обе|любой|любые")
_LETTERS = re.compile(r"[A-HА-Ж](?:(?:[\s,;/&]|and|or|и|или)*[A-HА-Ж]){1,5}")


def _stands_for_several(item: Item) -> bool:
    """Whether the only right option is "all of them", or one list of things among others."""
    texts = [choice.wording.plain for choice in item.choices]
    key = item.keys[0].wording
    lists = sum(bool(_LIST.search(text)) for text in texts)
    if any(map(_LETTERS.fullmatch, texts)):  # letters of statements in the stem: "A, C"
        return True
    return bool(key.says(_ALL)) or (2 * lists > len(texts) and bool(_LIST.search(key.plain)))


class _Asked(Record):
    """How many answers a wording asks for, and the words that say so."""

    least: int
    most: int
    span: Span


_NO_LIMIT = 1_000


@lru_cache(maxsize=1)
def _asked(item: Item) -> _Asked | None:
    """What the stem and the instruction ask for; None if they leave it open or disagree, or ask
    for one where one is right."""
    parts = [item.stem]
    if item.question.instruction:
        parts.append(item.manuscript.wording(item.question.instruction))
    said = [[(at, said) for at, text in part.pieces if (said := _said(text))] for part in parts]
    texts = [text for part in said for text in part]
    if not texts:
        one = _which_at_start(item.stem) if len(item.keys) > 1 else None
        return _Asked(1, 1, one) if one else None
    if any(text.leaves_open for _, text in texts):
        return None
    for at, text in texts:
        if text.number:
            number, where = text.number
            return _Asked(number, number, _moved(where, at))
    several = _first((text.several, at) for at, text in texts) or _first(
        (text.which_are, at)
        for part, found in zip(parts, said, strict=True)
        for at, text in found
        if text.which_are and not part.says(_OF_SOMETHING_ELSE)
    )
    one = _first((text.one, at) for at, text in texts) or _which_at_start(item.stem)
    if bool(one) == bool(several):
        return None
    return _Asked(1, 1, one) if one else _Asked(2, _NO_LIMIT, several or item.head)


class _Said(NamedTuple):
    """What a text says of the number of answers, and where; see the phrases of these names."""

    leaves_open: bool
    number: tuple[int, Span] | None
    several: Span | None
    which_are: Span | None
    one: Span | None


@remembered(1024)
def _said(text: str) -> _Said | None:
    """None if it says nothing. Most questions of a file say “Choose all that apply” alike."""
    beginnings = heads(text)
    if _BEGINNINGS.isdisjoint(beginnings) and "(" not in text:
        return None

    def first(wanted: Phrases) -> Span | None:
        found = wanted.pattern.search(text) if wanted.may_occur(beginnings) else None
        return Span(*found.span()) if found else None

    count = _COUNT.search(text) if first(_CHOOSE) else None
    said = _Said(
        leaves_open=bool(first(_ANY_NUMBER) or ("(" in text and _OPEN_NUMBER.search(text))),
        number=(_NUMBERS[count["number"].casefold()], Span(*count.span())) if count else None,
        several=first(_SEVERAL),
        which_are=first(_WHICH_ARE),
        one=first(_ONE),
    )
    return said if any(said) else None


def _first(found: Iterable[tuple[Span | None, int]]) -> Span | None:
    """The first of some places, each behind the start of its text."""
    return next((_moved(where, at) for where, at in found if where), None)


def _moved(where: Span, by: int) -> Span:
    return Span(where.start + by, where.end + by)


def _which_at_start(stem: Wording) -> Span | None:
    """Where a sentence of a stem begins with "Какой"."""
    for _, span in stem.find_phrases(_WHICH):
        before = stem.before(span.start)
        if not before or before[-1] in ".?!\n":
            return span
    return None


def _number(least: int, most: int = 0) -> str:
    if most == _NO_LIMIT:
        return "several answers"
    return "one answer" if least == 1 else f"{least} answers"

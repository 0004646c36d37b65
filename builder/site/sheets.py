"""A quiz on paper: questions with boxes to tick, and the key at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase

from builder.model import RenderedOption, Verdict
from builder.site.content import Item, Site, Topic
from builder.site.formulas import typeset
from builder.site.records import shape
from builder.values import Record

_ALPHABETS = {"ru": "абвгдежзиклмнопрстуфхцчшщэюя"}
_PICTURE = re.compile(r'(\s(?:src|poster)=")(bd-[0-9a-f]{20}\.\w+")')


class PaperOption(Record):
    """An option in the order of the author; `reason` says why it fits or not."""

    letter: str
    text: str
    reason: str


class PaperQuestion(Record):
    """HTML for a page that stands where `root` leads to the start page's folder."""

    number: int
    shape: str
    stem: str
    hint: str
    options: tuple[PaperOption, ...]
    right: str
    disputed: str
    explanation: str


class PaperTopic(Record):
    title: str
    questions: tuple[PaperQuestion, ...]


def paper(site: Site, topics: tuple[Topic, ...], root: str) -> tuple[PaperTopic, ...]:
    """The topics as paper shows them, their questions numbered on from one to the next."""
    number = 0
    found = []
    for topic in topics:
        questions = []
        for item in topic.items:
            number += 1
            questions.append(_question(site, item, number, root))
        found.append(PaperTopic(topic.title, tuple(questions)))
    return tuple(found)


def _question(site: Site, item: Item, number: int, root: str) -> PaperQuestion:
    question = item.question
    letters = _ALPHABETS.get(site.words.language, ascii_lowercase)
    named = list(zip(_letters(letters, len(question.options)), question.options, strict=True))

    def shown(html: str) -> str:
        return typeset(_PICTURE.sub(rf"\1{root}cards/\2", html))

    return PaperQuestion(
        number=number,
        shape=shape(site, item),
        stem=shown(question.stem.html),
        hint=shown(question.instruction.html),
        options=tuple(
            PaperOption(letter, shown(option.text.html), shown(option.reason.html))
            for letter, option in named
        ),
        right=_named(named, Verdict.CORRECT),
        disputed=_named(named, Verdict.DISPUTED),
        explanation=shown(question.explanation.html),
    )


def _letters(alphabet: str, number: int) -> Iterator[str]:
    """The letters of an alphabet, and after its last one two at a time."""
    for at in range(number):
        tens, ones = divmod(at, len(alphabet))
        yield (alphabet[tens - 1] if tens else "") + alphabet[ones]


def _named(options: list[tuple[str, RenderedOption]], verdict: Verdict) -> str:
    return ", ".join(letter for letter, option in options if option.verdict is verdict) or "–"

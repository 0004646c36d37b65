"""Stems that are hard to understand for what they do not say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.items import Item
from builder.patterns import late
from builder.phrases import phrases
from builder.rules import INFO, Finding, each_question
from builder.rules.statements import is_statement
from builder.signals import asks, instructs
from builder.source import Span

_TURN = "if|when|that|because|so|since|while|whether|why|how|but|who|whom|whose|which|what"
_CLAUSE_EN = rf"(?:(?!\b(?:{_TURN})\b)[^.?!;:,\n(])*?"
_CLAUSE_RU = r"(?:(?!\b(?:если|когда|чтобы|почему|зачем|как)\b)[^.?!;:,\n(])*?"
_SENTENCE = r"[^.?!\n]*?"
_ASKED_EN = (
    r"(?:^|[.?!:;(]|,(?=\s*(?:what|who|which\s+(?:of|one|\w+\s+(?:is|are|was|does|do|can)))\b)"
    r"|\b(?:of|in|to|for|from|by|with|at|on|and))\W*\b(?:which|what|who)\b"
)
_ASKED_RU = (
    r"(?:\bкак(?:ой|ая|ое|ие|ого|их|ому|им|ими|ую)\b|\bкто\b|\bчего\b|\bкотор\w+\sиз\b"
    r"|(?<!,\s)(?<!то,\s)\bчто\b)"
)
_CLAIM = r"\b(?:statement|option|sentence|answer|assertion|claim)s?\b"
_PICK_EN = (
    r"(?:^|[.?!:;]\s|\bplease\s)\W*(?:select|choose|identify|pick|find|name|mark|indicate)\b"
    r"[^.?!,\n]*?"
)
_PICK_RU = rf"\b(?:назов|укаж|выбер|найд|отмет|определ)\w*\b{_SENTENCE}"
_NEGATIVES = (
    rf"{_ASKED_EN}{_CLAUSE_EN}(?<!or )\b(?P<a>not(?!\s+to\b)|never|cannot|[a-z]+n['’]t)\b",
    rf"{_CLAIM}{_CLAUSE_EN}\b(?P<b>false|incorrect|untrue)\b",
    rf"\b(?:all|each|any|every|everything|anything)\b{_SENTENCE}\b(?P<c>except)\b",
    r"\b(?P<d>except)\b[\s:.?…_*]*$",
    r"\b(?:is|are|does|do|can|should|would|will|may|must)\s+(?P<e>not)\b[\s:.?…_*]*$",
    rf"{_ASKED_RU}{_CLAUSE_RU}\b(?P<f>не|нет|нельзя|неверн\w+|неправильн\w+)\b",
    rf"\b(?:все|всё|любой|любая|любое)\b{_SENTENCE}\b(?P<g>кроме|за\s+исключением)\b",
    r"\b(?P<h>кроме|за\s+исключением)\b[^.?!\n]{0,40}$",
    rf"{_PICK_EN}\b(?:that|which|who)\s+(?:\w+\s+){{0,2}}?(?P<i>not|cannot|[a-z]+n['’]t)\b",
    rf"{_PICK_EN}(?<!or )\b(?P<j>false|incorrect|untrue|wrong)\b",
    r"\b(?P<k>not|cannot)\s+(?:\w+\s+){0,3}\w+\s*(?::|\.{3}|…)[\s*_]*$",
    rf"{_PICK_RU},\s+котор\w+\s+(?:\w+\s+){{0,2}}?(?P<l>не|нельзя)\b",
    rf"{_PICK_RU}\b(?P<m>неверн\w+|неправильн\w+|ложн\w+|ошибочн\w+)\b",
    r"\b(?P<n>не)\s+(?:\w+\s+){0,3}\w+\s*(?::|\.{3}|…)[\s*_]*$",
    r"(?:^|[.?!]\s)\W*(?P<o>не)\s+(?:явля|относ|вход|име|содерж|принадлеж)\w*",
)
_NEGATIVE = late("|".join(_NEGATIVES), re.IGNORECASE | re.MULTILINE)
_QUOTED = late(r"[\"'“‘«]\w+[\"'”’»]")
_HINTS = late(
    r"not|never|n['’]t|except|false|incorrect|untrue|wrong"
    r"|\bн(?:е|ет|ельзя|еверн|еправильн)|кроме|исключен|ложн|ошибочн",
    re.IGNORECASE,
)
_EMPHASIS = (
    r"(?:\*{{1,3}}|_{{1,3}}|<(?:b|i|u|em|strong|ins|mark)>)"
    r"[^*_<\n]{{0,30}}?\b{word}\b[^*_<\n]{{0,30}}?(?:\*|_|</)"
)


@each_question(INFO)
def negative_stem(item: Item) -> Iterator[Finding]:
    """A stem that asks for what does not fit, with a "not" that is easy to overlook.

    Whoever reads past the "не" answers the opposite, though they know the matter. Capitals or
    bold type make it stand out; a stem that is bold as a whole does not.

    Source: Haladyna, Downing and Rodriguez (2002), guideline 17: "word the stem positively, avoid
    negatives such as NOT or EXCEPT"; a negative word should be "capitalized and boldface". One of
    the flaws in Tarrant et al. (2006). Flawed questions cost the best students most: Tarrant and
    Ware (2008).

    Example: `Какие слои не обновляются?`

    Instead: `Какие слои **НЕ** обновляются?`, or `Какие слои остаются без изменений?`
    """
    if not item.choices or not _HINTS.search(item.stem.prose):
        return
    for match, span in item.stem.find(_NEGATIVE):
        group = match.lastgroup or ""
        word, start = match[group], span.start + match.start(group) - match.start()
        if word.isupper() and not item.stem.prose.isupper():
            continue
        if _QUOTED.fullmatch(item.manuscript.source.text, start - 1, start + len(word) + 1):
            continue
        if re.search(_EMPHASIS.format(word=re.escape(word)), item.question.stem.markdown):
            continue
        yield Finding(
            item.manuscript.place(Span(start, start + len(word))),
            f"“{word}” is easy to overlook",
            f"write **{word.upper()}**, or ask for what does fit",
        )
        return


_GAP = re.compile(
    r"_{2,}|(?<=\s)\*\*(?=[\s.])|\*_|_\*|\.{3}|…|\[\s*\]|\(\s*\)|\\_|\b(?:this|these)\b",
    re.IGNORECASE,
)
_QUESTION = late(r"[?？؟]")
_REQUEST = phrases(
    """
    what|which|who|whom|whose|why|how|when|where
    name|define|list|describe|explain|complete|fill|find|give|calculate|compute|determine|identify
    arrange|match|order|state|suppose|consider|guess|predict|evaluate*
    select|choose|pick|mark|tick|check|point
    output|print*|return*
    true or false
    """,
    """
    что|как*|кто|кому|чем|чему|чего|почему|зачем|где|куда|когда|сколько|котор*|чей|чья|ли
    выбер*|отмет*|укаж*|назов*|опиш*|найд*|вычисл*|определ*|дополн*|сопостав*|соотнес*
    расположи*|перечисл*|вставь*|продолж*|заверш*|верно
    """,
)
_FINISHED = re.compile(r"[.!][\s*_\"'”»)]*$")
_BARELY_BEGUN = 4
"""A stem of fewer words names a subject at most."""


@each_question(INFO)
def unfocused_stem(item: Item) -> Iterator[Finding]:
    """A stem that asks nothing.

    It names a subject, and what is asked has to be guessed from the options. Found where there is
    neither a question nor a request nor a gap to fill, and the sentence is over or has barely
    begun. Statements to be called true or false are let pass.

    Source: Haladyna, Downing and Rodriguez (2002), guidelines 14, clear directions in the stem,
    and 15, "include the central idea in the stem instead of the choices"; one of the flaws in
    Tarrant et al. (2006).

    Example: `Свёрточные слои.` with four statements to choose from.

    Instead: `Что делает свёрточный слой?`
    """
    if not _is_readable(item) or not item.choices or is_statement(item):
        return
    text = item.stem.plain
    sentence_over = _FINISHED.search(text) or len(item.stem.words) < _BARELY_BEGUN
    if item.stem.words and sentence_over and not _asks(item):
        yield Finding(
            item.manuscript.place(item.head),
            "asks nothing",
            "ask a question: “What …?”, “Какой …?”",
        )


_KNOWN_LETTER = late(r"[A-Za-z\u0400-\u04ff]")
_LETTER = re.compile(r"[^\W\d_]")


def _is_readable(item: Item) -> bool:
    """Whether a stem is in a language whose questions and requests are known here."""
    said = item.stem.prose
    known = len(_KNOWN_LETTER.findall(said))
    return bool(item.manuscript.language) and 2 * known > len(_LETTER.findall(said))


def _asks(item: Item) -> bool:
    """Whether there is a question, a request, a gap, or code or a picture to be judged."""
    if item.question.instruction or item.stem.besides or _GAP.search(item.question.stem.markdown):
        return True
    text = item.stem.plain
    said = _QUESTION.search(text) or item.stem.says(_REQUEST)
    return bool(said) or asks(text) or instructs(text)

"""How authors ask, instruct, conclude, and what else stands around a quiz."""

from __future__ import annotations

import re

from builder.model import Verdict
from builder.patterns import late
from builder.remembering import remembered
from builder.values import Record

QUESTION_MARKS = ("?", "？", "؟")

_INSTRUCTION = re.compile(
    r"""[\W_]*(?:(?:выбер|отмет|укаж|обер|познач)\w+ | вариант\w*(?:\ ответ\w*)?
      | возможно\ несколько | можно\ выбрать | (?:один|несколько)\ (?:правильн|верн)\w+
      | select | choose | mark | pick | tick | check\ all | options? | there\ (?:is|are)
      | only\ one | one\ or\ more | more\ than\ one | multiple\ answers | single\ answer
      | wähle\w* | kreuze\w* | seleccion\w* | elige | escolha | selecion\w* | choisi\w+
      | cochez | scegli\w* | wybierz | 选择 | 選択 | 选项 | 選項)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKS = re.compile(
    r"""[\W\d_]*(?:что | как(?:ой|ая|ое|ие|ов\w*|им|ую)? | почему | зачем | где | когда | кто | чем
      | сколько | в\ ч[её]м | дайте
      | (?:объясни|опиши|назови|перечисли|расскажи|сравни|приведи)(?:те)?
      | what | which | why | how | when | where | who
      | explain | describe | define | name | list | compare | give
      | was | wie | warum | welche\w? | qué | cuál | por\ qué | cómo | quelle?s? | pourquoi
      | comment | що | як\w* | чому | навіщо | co | dlaczego)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_CHATTER = re.compile(
    r"""[\W_]*(?:(?:sure|certainly|absolutely|of\ course|great)[!,.:]
        .{0,60}\b(?:here|questions?|quiz|below|let) | here\ (?:are|is)\ (?:\d+|the|your|an?|some)\b
        .{0,60}\b(?:questions?|quiz(?:zes)?)\b.{0,40}[:.]$ | i\ hope\ (?:this|these|that)\b
      | let\ me\ know\ if\b | as\ an\ ai\b | would\ you\ like\ me\ to\b | feel\ free\ to\ ask
      | (?:конечно|разумеется|хорошо|отлично)[!,.:].{0,60}\b(?:вот|вопрос\w*|тест\w*)
      | вот\ (?:\d+|ещё|еще|ваш\w*|несколько|тест\w*)\b.{0,60}\bвопрос\w*.{0,40}[:.]$
      | надеюсь,?\ (?:это|эти|вам)\b | если\ (?:хочешь|хотите|нужно),?\ (?:я\ )?мо(?:гу|жем)\b
      | дайте\ знать,?\ если\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_DISPUTED = late(
    r"с\ оговорк|оговорк|спорн|зависит|неоднозначн|частично|отчасти|не\ совсем|условно"
    r"|disputed|debatable|depends|partly|partially|arguabl|with\ reservations",
    re.IGNORECASE,
)
_NOT = late(
    r"\bне\s?(?:подход|верн|правильн|корректн|явля|относ|входит|выбира)|\bневерн"
    r"|\bложь|\bложн|\bнет\b"
    r"|\bошибочн|\bincorrect|\bwrong|\bfalse|\bnot\b|\bno\b|n['’]t\b|\bневірн|\bне\ підход|❌",
    re.IGNORECASE,
)
_FITS = re.compile(
    r"\bподход|\bверн|\bправильн|\bкорректн|\bистин|\bправда\b|\bда\b"
    r"|\bcorrect|\bright\b|\btrue\b|\byes\b"
    r"|\bfits\b|\bsuitable|\bappropriate|\bвірн|\bпідход|✅|✔",
    re.IGNORECASE,
)
_VERDICT = late(
    r"[^\w(\[<`$]{0,8}(?:вывод|итог|вердикт|заключение|результат|ответ|висновок|verdict|conclusion"
    r"|result|status|fazit|conclusión)[*_]{0,3}\s{0,3}(?:[:：]|[-–—]\s)[*_]{0,3}\s*(?P<says>.+)$",
    re.IGNORECASE,
)


@remembered(4096)
def instructs(text: str) -> bool:
    """Whether a paragraph tells how to answer rather than what is asked."""
    return bool(_INSTRUCTION.match(text)) and "?" not in text


@remembered(4096)
def asks(text: str) -> bool:
    """Whether a heading reads as a question or a request."""
    return text.rstrip("*_ ").endswith(("?", "？", "؟", ":", "：", "___", "…")) or bool(
        _ASKS.match(text)
    )


def chatters(text: str) -> bool:
    """Whether a paragraph is what a chatbot says around the quiz it was asked for."""
    return bool(_CHATTER.match(text))


def verdict_in_words(text: str) -> Verdict | None:
    """The verdict of a line such as "**Вывод:** не подходит"; None if it gives none."""
    if not (match := _VERDICT.match(text)):
        return None
    says = match["says"]
    for pattern, verdict in (
        (_DISPUTED, Verdict.DISPUTED),
        (_NOT, Verdict.WRONG),
        (_FITS, Verdict.CORRECT),
    ):
        if pattern.search(says):
            return verdict
    return None


_JUDGED = late(
    r"""[\W_]*(?:(?:this|it|that|это|вариант|ответ|option|answer)\s)?(?:is|are|was|является)?\s?
    (?:the\s)?(?P<no>not\s|не\s|isn['’]t\s|aren['’]t\s)?(?:the\s)?
    (?:(?P<right>correct|right|true|вер[ен]н\w*|верно|правильн\w+|正[确確])
      |incorrect|wrong|false|неверн\w+|неправильн\w+|[错錯][误誤]|不正[确確])
    (?=\W*$|\s?[.,:;!—–，。、：]|\s[-]|\s(?:because|since|as|answers?|options?|choices?|so|так|потому
      |поскольку|ведь|ответ\w*|вариант\w*|и|and)\b)""",
    re.IGNORECASE | re.VERBOSE,
)


def judged(text: str) -> Verdict | None:
    """What a reason says first of its option: "Incorrect. It …", "is correct because it …"."""
    if not (match := _JUDGED.match(text)):
        return None
    return Verdict.CORRECT if bool(match["right"]) is not bool(match["no"]) else Verdict.WRONG


_LINK = re.compile(r"!?\[([^\]\[]*+)\]\((?:[^()]++|\([^()]*+\))*+\)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKUP = re.compile(
    r"""[*`~_\\<](?:(?<=[*`])(?<!\\.)[*`]* | (?<=~)(?<!\\.)~
      | (?<=_)(?:(?<![\w\\].)_* | (?<!\\.)_*(?!\w)) | (?<=\\)(?=[^\w\s])
      | (?<=<)/?(?:b|i|u|em|strong|code|mark|(?:span|font|small)\b[^<>]*)>)""",
    re.VERBOSE,
)
"""What first characters can be stands first, so that all others are passed over at once."""


@remembered(4096)
def bare(markdown: str) -> str:
    """A line of Markdown without its inline markup, for comparing and for titles."""
    if not _is_intricate(markdown):
        return _spaced(markdown.replace("*", "").replace("`", ""))
    if "<!--" in markdown:
        end = (
            markdown.rfind("-->") + 3
        )  # beyond it, each look for an end would go on to the last sign
        markdown = _COMMENT.sub("", markdown[:end]) + markdown[end:]
    linked = _LINK.sub(r"\1", markdown) if "](" in markdown else markdown
    return _spaced(_MARKUP.sub("", linked))


def _spaced(text: str) -> str:
    """A text with nothing but single spaces between its words."""
    if "  " not in text and text.isprintable():  # as a space is, and no other white space
        return text.strip(" ")
    return " ".join(text.split())


def _is_intricate(text: str) -> bool:
    """Whether a text may hold more than stars and backticks, or some that are none by a "\\"."""
    return "_" in text or "<" in text or "\\" in text or "~" in text or "](" in text


_METADATA = re.compile(
    r"""[*_]{0,3}(?:(?P<tags>tags?|теги?|метки|topics?|темы?|category|категори[яи]|section|раздел)
    | points?|score|marks?|баллы?|балл|очки|вес|weight|type|тип|điểm|loại
    | question\stype|тип\sвопроса
    | difficulty|сложность|level|уровень|id|uid|time|время|author|автор|date|дата|language|язык
    | shuffle|single|multiple|bloom|objective|module|модуль|chapter|глава|week|неделя|year|год)
    [*_]{0,3}\s{0,2}[:：=][*_]{0,3}\s*(?P<value>.*)$""",
    re.IGNORECASE | re.VERBOSE,
)


class Metadata(Record):
    """What a line says about a question and not to the learner; its tags, if it gives any."""

    tags: tuple[str, ...]


def metadata(text: str) -> Metadata | None:
    """What lines such as "Points: 2" and "**Tags:** cnn, pooling" say; None for other lines."""
    if ":" not in text[:32] and "：" not in text[:32] and "=" not in text[:32]:
        return None
    if not (match := _METADATA.match(text)):
        return None
    values = re.split(r"[,;]", match["value"]) if match["tags"] else ()
    return Metadata(tuple(tag for value in values if (tag := value.strip(" *_`#[]\"'"))))

"""The words by which authors announce the parts of a question."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from builder.model import Verdict


class Part(StrEnum):
    """What a line announces."""

    ANSWER = "answer"
    EXPLANATION = "explanation"
    REMARK = "remark"


_ANSWER = r"""
    (?:(?:show|see|view|reveal|click\s(?:here\s)?(?:to\s(?:see|show|reveal|view)|for))\s)?
    (?:(?:the|your|la|die|das|el|il)\s)?
    (?:(?:correct|right|final|expected|sample|model|suggested|richtige\w*|bonne|doğru|sahih)\s)?
    (?:answers?|ans|correct(?=[*_]{0,3}\s?[:：])|solutions?|key|answer\skey|correct\s(?:options?|choices?)|right\soption)
    (?:\s(?:is|are|key|choice|option))?
  | (?:(?:показать|посмотреть|узнать|открыть|раскрыть|смотреть|нажмите?,?\sчтобы\s\w+)\s)?
    (?:итогов\w+\s|окончательн\w+\s|полн\w+\s|примерн\w+\s|кратк\w+\s)?
    (?:правильн\w+\s|верн\w+\s)?ответ[ыа]?
  | (?:правильн|верн)\w+\s(?:вариант\w*(?:\sответ\w+)?|выбор|утверждени\w+)
  | (?:правильно|верно)(?=[*_]{0,3}\s?[:：]) | ключи?
  | (?:правильн\w+\s)?відповід[ьі] | (?:правильн\w+\s)?адказ
  | (?:richtige\s)?antwort(?:en)? | lösung(?:en)? | réponses?(?:\scorrectes?)?
  | respuestas?(?:\scorrectas?)? | solución | respostas?(?:\scorretas?)? | gabarito
  | rispost[ae](?:\s(?:corrett[ae]|esatt[ae]))? | (?:poprawna\s)?odpowiedź | odpověď | odgovor
  | răspuns(?:ul)?(?:\scorect)? | cevap | yanıt | jawaban | đáp\sán | trả\slời | antwoord | svar
  | vastaus | përgjigj[ae] | (?:正[确確])?(?:参考)?答案 | 正解 | 解答 | 答え | 回答 | 答
  | 정답 | 답변? | คำตอบ
  | (?:ال)?[إا]جاب[ةه](?:\s(?:ال)?صحيحة)? | (?:ال)?جواب | (?:सही\s)?उत्तर | תשובה | απάντηση"""
_EXPLANATION = r"""
    (?:(?:detailed|full|brief|short)\s)?
    (?:explanations?|explained|rationale|reasoning|reasons?|why|discussion|justification|feedback
      |analysis)
    (?:\s(?:of\sthe\sanswers?|why))?
  | (?:подробн\w+\s|полн\w+\s|кратк\w+\s)?
    (?:объяснени[ея]|пояснени[ея]|разбор|обосновани[ея]|комментари[йи]|решение|почему|разъяснение)
  | пояснення | обґрунтування | розбір | erklärung | begründung | explicaci[óo]n | justificación
  | explications? | explicação | justificativa | spiegazione | wyjaśnienie | vysvětlení
  | obrazloženje | objašnjenje | explicație | açıklama | penjelasan | giải\sthích | uitleg
  | 解析 | 解[释釋] | [说說説]明 | 解[説说說] | 詳解 | 理由
  | 설명 | 해설 | คำอธิบาย | (?:ال)?شرح | (?:ال)?تفسير
  | व्याख्या | स्पष्टीकरण | הסבר"""
_REMARK = r"""
    notes? | n\.?b\.? | hints? | tips? | references? | sources? | links? | see\salso | read\smore
  | more\s(?:info|information|details|resources) | further\sreading | examples? | documentation
  | comments? | proof | from\s\w+
  | примечани[ея] | замечани[ея] | подсказк[аи] | источники? | ссылк[аи] | подробнее | литература
  | примітк[аи] | посилання | підказк[аи] | джерел[ао] | hinweis | nota | remarque | quelle
  | 参考(?:资料)?
  | 注意 | 备注 | 註 | 注 | 例 | संदर्भ | ध्यान\sदें | ملاحظة"""

_MORE = (
    r"(?:\s(?:(?:и|с|and|with|with\san?|&|\+|/)\s(?:объяснени\w+|пояснени\w+|ответ\w*|разбор\w*"
    r"|решени\w+|explanations?|answers?|rationale)|ответ\w*|вариант\w*|по\sвариантам|решени\w+"
    r"|(?:к|на|for|to|of)\s.{1,30}|№?\s?\d{1,4}))?"
)
_CLOSE = r"(?:[*_)\]]|</b>|</strong>){0,4}"
_ANNOUNCED = re.compile(
    rf"""(?:[^\w(\[<`$]|<b>|<strong>){{0,8}}
    (?:(?P<answer>{_ANSWER})|(?P<explanation>{_EXPLANATION})|(?P<remark>{_REMARK})){_MORE}
    {_CLOSE}\s{{0,3}}
    (?:(?:[:：=]|[-–—.](?=\s|$|\*))\s{{0,3}}[-–—]?|(?(answer)(?:is|are|это|є)\b[:：]?|(?!))|$)
    {_CLOSE}\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_BARE_KEY = re.compile(
    rf"(?:[^\w(\[<`$]|<b>){{0,8}}(?:{_ANSWER}){_CLOSE}\s{{1,3}}(?=[(*]{{0,3}}(?:[^\W\d_]|\d{{1,2}})[)*.]{{0,4}}$)",
    re.IGNORECASE | re.VERBOSE,
)


class Announced(NamedTuple):
    """What a line announces, and where that which it says itself begins, if it does."""

    part: Part
    end: int


def announced(text: str) -> Announced | None:
    """What a line of Markdown announces: "**Answer:** B", "### Explanation", "Ответ Б"."""
    if match := _ANNOUNCED.match(text):
        return Announced(next(part for part in Part if match[part.value]), match.end())
    if match := _BARE_KEY.match(text):
        return Announced(Part.ANSWER, match.end())
    return None


ASKED = re.compile(
    r"[*_]{0,3}(?P<word>Q|question|В|вопрос|F|frage|P|問|问)\d{0,3}\s?[:：][*_]{0,3}(?=\s|$)\s*",
    re.IGNORECASE,
)
"""How a line begins that an `ANSWERED` one answers."""

ANSWERED = re.compile(r"[*_]{0,3}(?:A|О|А|R|答)\d{0,3}[*_]{0,3}\s?[:：.][*_]{0,3}(?=\s|$)\s*")
"""What answers a line that begins with "Q:" or "В:"; two of these letters are Cyrillic."""

_INSTRUCTION = re.compile(
    r"""[\W_]*(?:(?:выбер|отмет|укаж|обер|познач)\w+ | вариант\w*(?:\ ответ\w*)?
      | возможно\ несколько | можно\ выбрать | (?:один|несколько)\ (?:правильн|верн)\w+
      | select | choose | mark | pick | tick | check\ all | options? | there\ (?:is|are)
      | only\ one | one\ or\ more | more\ than\ one | multiple\ answers | single\ answer
      | wähle\w* | kreuze\w* | seleccion\w* | elige | escolha | selecion\w* | choisi\w+
      | cochez | scegli\w* | wybierz | 选择 | 選択)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKS = re.compile(
    r"""[\W_]*(?:что | как(?:ой|ая|ое|ие|ов\w*|им|ую)? | почему | зачем | где | когда | кто | чем
      | сколько | в\ ч[её]м | (?:объясн|опиш|назов|перечисл|расскаж|сравн|привед)\w+ | дайте
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
_DISPUTED = re.compile(
    r"с\ оговорк|оговорк|спорн|зависит|неоднозначн|частично|отчасти|не\ совсем|условно"
    r"|disputed|debatable|depends|partly|partially|arguabl|with\ reservations",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\bне\s?(?:подход|верн|правильн|корректн|явля|относ|входит|выбира)|\bневерн|\bложь|\bложн|\bнет\b"
    r"|\bошибочн|\bincorrect|\bwrong|\bfalse|\bnot\b|\bno\b|n['’]t\b|\bневірн|\bне\ підход|❌",
    re.IGNORECASE,
)
_FITS = re.compile(
    r"\bподход|\bверн|\bправильн|\bкорректн|\bистин|\bправда\b|\bда\b|\bcorrect|\bright\b|\btrue\b|\byes\b"
    r"|\bfits\b|\bsuitable|\bappropriate|\bвірн|\bпідход|✅|✔",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"[^\w(\[<`$]{0,8}(?:вывод|итог|вердикт|заключение|результат|ответ|висновок|verdict|conclusion"
    r"|result|status|fazit|conclusión)[*_]{0,3}\s{0,3}(?:[:：]|[-–—]\s)[*_]{0,3}\s*(?P<says>.+)$",
    re.IGNORECASE,
)


def instructs(text: str) -> bool:
    """Whether a paragraph tells how to answer rather than what is asked."""
    return bool(_INSTRUCTION.match(text)) and "?" not in text


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


_LINK = re.compile(r"!?\[([^\]\[]*+)\]\((?:[^()]++|\([^()]*+\))*+\)")
_MARKUP = re.compile(
    r"(?<!\\)(?:[*`]+|~~)|(?<![\w\\])_+|(?<!\\)_+(?!\w)|\\(?=[^\w\s])|</?(?:b|i|u|em|strong|code|mark)>"
)


_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def bare(markdown: str) -> str:
    """A line of Markdown without its inline markup, for comparing and for titles."""
    if "<!--" in markdown:
        markdown = _COMMENT.sub("", markdown)
    return " ".join(_MARKUP.sub("", _LINK.sub(r"\1", markdown)).split())


_METADATA = re.compile(
    r"""[*_]{0,3}(?:(?P<tags>tags?|теги?|метки|topics?|темы?|category|категори[яи]|section|раздел)
    | points?|score|marks?|баллы?|балл|очки|вес|weight|type|тип|question\stype|тип\sвопроса
    | difficulty|сложность|level|уровень|id|uid|time|время|author|автор|date|дата|language|язык
    | shuffle|single|multiple|bloom|objective|module|модуль|chapter|глава|week|неделя|year|год)
    [*_]{0,3}\s{0,2}[:：=][*_]{0,3}\s*(?P<value>.*)$""",
    re.IGNORECASE | re.VERBOSE,
)


class Metadata(NamedTuple):
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

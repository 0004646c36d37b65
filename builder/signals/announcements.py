"""The words by which authors announce an answer, an explanation, a remark."""

from __future__ import annotations

import re
from enum import StrEnum

from builder.patterns import late
from builder.remembering import remembered
from builder.values import Record


class Part(StrEnum):
    """What a line announces."""

    ANSWER = "answer"
    EXPLANATION = "explanation"
    REMARK = "remark"


_ANSWER = r"""
    (?:(?:show|see|view|reveal|click\s(?:here\s|on\sthis\s|the\sbutton\s)?(?:to\s(?:see|show|reveal|view)|for))\s)?
    (?:(?:the|your|quiz|exam|test|la|die|das|el|il)\s)?
    (?:(?:correct|right|good|best|final|expected|sample|model|suggested|richtige\w*|bonne|doğru|sahih)\s)?
    (?:answers?(?:\(s\))?|ans|(?:correct[aeo]?s?|corret[ao]s?)(?=[*_]{0,3}\s?[:：])
      |solutions?|(?:answer\s)?key
      |correct\s(?:options?|choices?)|right\soption)
    (?:\s(?:is|are|key|choice|option))?
  | (?:(?:показать|посмотреть|узнать|открыть|раскрыть|смотреть|нажми(?:те)?,?\sчтобы\s\w+)\s)?
    (?:итогов\w+\s|окончательн\w+\s|полн\w+\s|примерн\w+\s|кратк\w+\s)?
    (?:правильн\w+\s|верн\w+\s)?ответ(?:[ыа]|\(ы\))?
  | (?:правильн|верн)\w+\s(?:вариант\w*(?:\sответ\w+)?|выбор|утверждени\w+)
  | (?:правильн|верн)(?:о|ый|ая|ое|ые)(?=[*_]{0,3}\s?[:：]) | ключи?
  | (?:правильн\w+\s)?відповід[ьі] | (?:правильн\w+\s)?адказ
  | (?:die\s)?(?:richtige\s)?antwort(?:en)? | lösung(?:en)?
  | (?:la\s)?(?:bonne\s)?réponses?(?:\scorrectes?)? | (?:la\s)?respuestas?(?:\scorrectas?)?
  | solución | respostas?(?:\scorretas?)? | gabarito
  | rispost[ae](?:\s(?:corrett[ae]|esatt[ae]))? | (?:poprawn[aey]\s)?odpowied(?:ź|zi)
  | poprawn[aey](?=[*_]{0,3}(?:\s?[:：]|\s(?-i:[A-H])\W*$)) | odpověď | odgovor
  | răspuns(?:ul)?(?:\scorect)? | (?:doğru\s)?cevap | yanıt | jawaban | đáp\sán
  | trả\slời | antwoord | svar | vastaus | përgjigj[ae] | (?:正[确確])?(?:参考)?答案
  | 正解 | 解答 | 答え | 回答 | 答 | 정답 | 답변? | คำตอบ
  | (?:ال)?[إا]جاب[ةه](?:\s(?:ال)?صحيحة)? | (?:ال)?جواب | (?:सही\s)?उत्तर | תשובה | απάντηση"""
_EXPLANATION = r"""
    (?:(?:detailed|full|brief|short)\s)?
    (?:explanations?|explained|rationales?|reasoning|reasons?|why|discussion|justifications?
      |feedback|analysis)
    (?:\s(?:of\sthe\sanswers?|why))?
  | (?:подробн\w+\s|полн\w+\s|кратк\w+\s)?
    (?:объяснени[ея]|пояснени[ея]|разбор|обосновани[ея]|комментари[йи]|решение|почему|разъяснение)
  | пояснення | обґрунтування | розбір | erklärung | begründung | explicaci[óo]n | justificación
  | por\squé
  | explications? | explicação | justificativa | spiegazione | wyjaśnienie | vysvětlení
  | obrazloženje | objašnjenje | explicație | açıklama | penjelasan | giải\sthích | uitleg
  | (?:答案)?解析 | 解[释釋] | [说說説]明 | 解[説说說] | 詳解 | 理由
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
_IS = (
    r"(?:(?:is|are)(?:\sthe)?|это|є|es(?:\s(?:la|el|las|los))?|est(?:\sla)?|è(?:\sla)?|é(?:\sa)?|ist"
    r"|lautet)"
)
_INLINE = r"(?:b|strong|i|em|u|span|font|mark|small)"
_OPEN = rf"(?:[^\w(\[<`$]|<{_INLINE}\b[^<>]{{0,80}}>){{0,8}}+"
_CLOSE = rf"(?:\\?[*_)\]]|</{_INLINE}>){{0,4}}"
_ANNOUNCED = re.compile(
    rf"""{_OPEN}
    (?:(?P<answer>{_ANSWER})|(?P<explanation>{_EXPLANATION})|(?P<remark>{_REMARK})){_MORE}
    {_CLOSE}\s{{0,3}}
    (?:(?:[:：=]|[-–—.](?=\s|$|\*))\s{{0,3}}[-–—]?|(?(answer){_IS}\b[:：]?|(?!))
      |(?<=[*_])(?=(?-i:[\u3041-\u9fff]))  # "i" would look up 24,000 letters when this is compiled
      |(?=[①-⑳❶-❿])|$)
    {_CLOSE}\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_RIGHT_ANSWER = (
    r"correct\s(?:answer|option)|правильный\sответ|верный\sответ|poprawn[aey](?:\sodpowiedź)?"
)
_FIRST = re.compile(r"[^\w(\[<`$]{0,8}+(?:|(?:<[^<>]{1,90}>[^\w(\[<`$]{0,8}+){1,8}+)(\w{1,4})")
"""How the first word begins, behind at least all that may open a line that announces."""
_STARTS = frozenset("""
    anal ans answ antw açık begr best bonn brie ceva clic comm corr das deta die disc docu doğr
    el erkl exam expe expl feed fina from full furt gaba giải good hint hinw il jawa just key la
    link lösu mode more n nb nota note obja obra odgo odpo penj popr por proo përg quel rati
    read reas refe rema resp reve rich righ risp répo răsp sahi samp see shor show solu sour
    spie sugg chos give my sele stud svar the tip tips user trả uitl vast view vysv why wyja
    yanı your đáp απάν адка верн відп джер ваш выбр данн заме исто итог ключ комм крат лите мой
    нажм обос объя обґр окон отве откр подр подс пока полн поси посм поче пояс прав прим підк
    разб разъ раск реше розб смот ссыл твой узна quiz test
""".split())  # fmt: skip
"""The first four letters of all announcing words in Latin, Greek and Cyrillic, so that most lines
need no closer look; `test_announcements.py` spells the words."""

_BARE_KEY = late(
    rf"{_OPEN}(?:(?:{_ANSWER}){_CLOSE}\s{{1,3}}(?=[(*]{{0,3}}(?:[^\W\d_]|\d{{1,2}})[)*.]{{0,4}}$)"
    rf"|(?:{_RIGHT_ANSWER}){_CLOSE}\s{{1,3}}(?=(?-i:[A-HА-Е])[\s.):]))",
    re.IGNORECASE | re.VERBOSE,
)


_TAKEN = late(
    rf"""{_OPEN}(?:(?:your|my|(?:the\s)?(?:student|user)(?:['’]?s)?|selected|chosen|given)\s
    (?:answers?|choices?|options?|response)|(?:ваш|мой|твой|выбранный|данный)\sответ|ответ\sстудента
    |(?:[我你您]的|学生|考生)答案){_CLOSE}\s?[:：]{_CLOSE}\s*""",
    re.IGNORECASE | re.VERBOSE,
)
"""What somebody answered, which need not be right."""
_WHOSE = frozenset("your my the stud user sele chos give ваш мой твой выбр данн отве".split())
"""The first four letters of these words."""
_BEHIND_TAKEN = late(rf"(?:{_RIGHT_ANSWER}|正[确確]答案){_CLOSE}\s?[:：]{_CLOSE}\s*", re.IGNORECASE)


_COUNTED = re.compile(r"(\*\*|__)A\d{1,3}[.:]?\1[.:]?$")
"""The answer to a question with a number: "**A1**"."""
_SHORT = 12
_SHORT_ANSWER = 100
"""So many characters behind what somebody answered the right answer is looked for."""


class Announced(Record):
    """What a line announces, and where that which it says itself begins, if it does."""

    part: Part
    end: int


@remembered(4096)
def announced(text: str) -> Announced | None:
    """What a line of Markdown announces: "**Answer:** B", "### Explanation", "Ответ Б"."""
    if len(text) < _SHORT and _COUNTED.match(text):
        return Announced(Part.ANSWER, len(text))
    first = _FIRST.match(text)
    head = first[1] if first else ""
    if not head or (head < "\u0530" and head.casefold() not in _STARTS):
        return None
    if (head.casefold() in _WHOSE or head >= "\u0530") and (taken := _TAKEN.match(text)):
        right = _BEHIND_TAKEN.search(text, taken.end(), taken.end() + _SHORT_ANSWER)
        return Announced(Part.ANSWER if right else Part.REMARK, (right or taken).end())
    if match := _ANNOUNCED.match(text):
        return Announced(next(part for part in Part if match[part.value]), match.end())
    if match := _BARE_KEY.match(text):
        return Announced(Part.ANSWER, match.end())
    return None


ASKED = re.compile(
    r"[*_]{0,3}(?P<word>Q|question|front|В|вопрос|F|frage|P|問|问)\d{0,3}[*_]{0,3}\s?"
    r"(?:[:：]|(?<=Q)\.)[*_]{0,3}(?=\s|$)\s*",
    re.IGNORECASE,
)
"""How a line begins that an `ANSWERED` one answers."""

ASKING = frozenset("*_QqВвFfPp問问")
"""The first characters of such a line, so that most lines need no closer look."""

ANSWERED = late(
    r"[*_]{0,3}(?:A|О|А|R|答|Back(?![*_]{0,3}\.))\d{0,3}[*_]{0,3}\s?[:：.][*_]{0,3}(?=\s|$)\s*"
)
"""What answers a line that begins with "Q:", "В:", "Front:"; two of these letters are Cyrillic."""

"""Letters and numbers that options and questions are called by."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from builder.patterns import late
from builder.remembering import remembered
from builder.signals.marks import SIGNS
from builder.values import Record

ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзиклмнопрстуфхцчшщэюя",
    "абвгдеёжзийклмнопрстуфхцчшщэюя",
    "абвгґдеєжзиіїйкл",
    "αβγδεζηθικλμ",
    "أبجدهوزح",
    "ابتثجحخد",
    "אבגדהוזחט",
    "कखगघङचछज",
    "กขคงจฉชซ",
    "가나다라마바사아",
    "アイウエオカキク",
    "あいうえおかきく",
    "甲乙丙丁戊己庚辛",
)
"""The letters that options are counted with, each in its own order."""

TWINS = dict(zip("авекмнорстухіј", "abekmhopctyxij", strict=True)) | {"в": "b"}
"""Cyrillic letters and the Latin ones that look the same on paper."""

_DIGITS = "①-⑳❶-❿➀-➓"
"""Digits in circles, which count as digits nowhere else."""

_DRAWN = rf"[{_DIGITS}Ⓐ-ⓩ🄰-🅉🅐-🅩🅰-🆉]\ufe0f?|[🇦-🇿](?![🇦-🇿])|\d\ufe0f?\u20e3|🔟"
"""Labels as pictures; two regional letters are a flag."""

_LAST_DRAWN = rf"[{_DIGITS}Ⓐ-ⓩ🄰-🆉🇦-🇿\ufe0f\u20e3🔟]"
_BEHIND_DRAWN = rf"(?:(?<={_LAST_DRAWN})|(?<={_LAST_DRAWN}\*\*))"

NUMBER_DRAWN = re.compile(rf"(?P<label>[{_DIGITS}]|\d\ufe0f?\u20e3|🔟)\ufe0f?[.):]?\s*(?=\S)")
"""A line that is counted by a picture, as Markdown counts by "1."."""

LABEL = re.compile(
    rf"""(?P<open>[(\[（]?)(?P<em>\*\*|__|`|)(?P<label>\d{{1,2}}|{_DRAWN}|[^\W\d_])(?P=em)\\?
    (?: {_BEHIND_DRAWN}[.):]? | [)\]）](?:\.|\s?:)?
      | [.:](?=[\s`"'*_«“\\]|[^\W\d_a-zа-яё]|$)(?!\w\.) | [：．、。]
      | \s{{0,2}}[-–—](?=\s) | [ \u3000]{{1,2}}(?=[\u3041-\u9fff]|\d[^A-Za-z]{{0,20}}$) ) \s*""",
    re.VERBOSE,
)
"""The label an option begins with: "A)", "б.", "(3)", "C -", "**D**:", "A 东", "🅰️"."""

INLINE_LABEL = re.compile(r"(?:(?<=\s)|^)\(?(?P<label>[^\W\d_]|\d)\)(?=\s|[^\W\d_])")
"""A label in the middle of a line."""

INLINE_DRAWN = re.compile(rf"(?:(?<=\s)|^)(?P<label>[{_DIGITS}])")
"""The same as a picture."""

_WORDS = (
    "вопрос|задание|задача|тест|пример|упражнение|билет|карточка|питання|завдання|запитання"
    "|question|task|exercise|problem|quiz|item|q|frage|aufgabe|pregunta|ejercicio|question"
    "|pergunta|questão|domanda|pytanie|pitanje|otázka|soru|câu hỏi|câu|pertanyaan|soal|vraag"
    "|întrebarea|întrebare|pyetja|问题|問題|题目|題目|质问|質問|문제|질문|प्रश्न|सवाल|คำถาม|ข้อ|سؤال|السؤال|שאלה"
)
_KNOWN_WORD = f"(?=[{''.join(sorted({word[0] for word in _WORDS.split('|')}))}])(?:{_WORDS})"
"""One of these words; most others differ in their first letter."""
_PICTURE = "(?![👍👎🔴🟢🟡🤔🚫🅰-🆉🔟🇦-🇿])[\U0001f1e0-\U0001faff❓❔⭐✏✍]"
"""What may decorate a number, and is neither a verdict nor a label."""
UNCOUNTED = frozenset(sign for sign in SIGNS if not re.match(_PICTURE, sign))
"""The signs with which no number begins, not even a decorated one."""

_COUNT = re.compile(
    rf"""(?P<picture>{_PICTURE}\ufe0f?\s?)?(?:[*_~\s]|<b>|<strong>){{0,3}}[(\[]?
    (?: (?P<word>(?:[^\W\d_]{{1,12}}\s)?{_KNOWN_WORD}|第|[^\W\d_][^\s\d.:：。)）(\[\]*_`]{{0,14}})
        [.\s]{{0,2}} (?P<sign>№|\#|n[o°º]\.?|number)? \s?
      | (?P<number_sign>[№\#]?) \s? )
    (?P<number>\d{{1,4}}(?:\.\d{{1,3}}){{0,3}}) (?:\s?[题題問问번])?
    (?(word)(?:\s?(?:/|(?:из|з|of|von|de|di)\s)\s?\d{{1,4}}(?!\d))?)
    (?P<delimiter>[*_]{{0,3}}\s{{0,2}}(?:\\?[:)\]：。．、）】]+|\\?\.(?!\d)-?|[-–—](?=\s)|$)[.:]?|)
    [*_]{{0,3}}(?P<gap>\s*)""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMBERED = re.compile(rf"(?=[\w\s*~<(\[№#]|{_PICTURE})\D{{0,57}}+\d")
"""How such a text begins: no more than two words and some marks stand before the number."""
_KNOWN = re.compile(rf"(?:\w+\s)?(?:{_WORDS}|第)", re.IGNORECASE)


_ONLY_WORD = late(rf"\W*(?:{_WORDS})\W*", re.IGNORECASE)


def names_question(text: str) -> bool:
    """Whether a line is nothing but a word for questions: "### Question", "**Вопрос:**"."""
    return bool(_ONLY_WORD.fullmatch(text))


class Count(Record):
    """How a question is counted: "Question", "12", and where the text behind that begins.

    `delimited` says that a full stop, a colon or the end of the line follows the number, `known`
    that the word is one for questions, or a number stands alone.
    """

    word: str
    number: str
    end: int
    delimited: bool = True
    known: bool = True


@remembered(4096)
def counted(text: str) -> Count | None:
    """The number that a question begins with: "Q5. What", "Задание 3", "**7)** Why"."""
    if not _NUMBERED.match(text) or not (match := _COUNT.match(text)):
        return None
    word = match["word"] or ""
    delimited = (
        match["delimiter"] or match["sign"] or match["number_sign"] or match.end() == len(text)
    )
    known = not word or bool(_KNOWN.fullmatch(word))
    if match["picture"] and not (word and known):
        return None
    if not delimited and not (match["gap"] and word and known):
        return None
    if not word and len(match["number"]) > 3:
        return None  # a year
    return Count(word, match["number"], match.end(), bool(delimited), known)


def split_label(text: str) -> tuple[str, str]:
    """A number and what follows it: "Задание 3. Что это?" is "Задание 3" and "Что это?"."""
    count = counted(text)
    return (
        (text[: count.end].strip(" *_.:)）。、："), text[count.end :].strip())
        if count
        else ("", text)
    )


def plain(label: str) -> str:
    """A label as it is compared: lower case, of normal width."""
    return unicodedata.normalize("NFKC", typed(label)).casefold()


def typed(label: str) -> str:
    """A label as one types it: "A" for "🅰️", "2" for "2️⃣" and "②"."""
    return label if label.isascii() else label.translate(_TYPED)


_TYPED = {
    **{first + n: chr(65 + n) for first in (0x24B6, 0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
       for n in range(26)},
    **{0x24D0 + n: chr(97 + n) for n in range(26)},
    **{first + n: str(n + 1) for first in (0x2460, 0x2776, 0x2780, 0x278A) for n in range(10)},
    **{0x246A + n: str(n + 11) for n in range(10)},
    ord("🔟"): "10",
    **dict.fromkeys((0xFE0F, 0x20E3)),
}  # fmt: skip


def places(label: str) -> list[tuple[int, int]]:
    """The places of a plain label: pairs of an alphabet's number, -1 for digits, and an index."""
    if label.isdecimal():
        return [(-1, int(label) - 1)]
    return [(n, order.index(label)) for n, order in enumerate(ALPHABETS) if label in order]


def counts_up(labels: Sequence[str]) -> bool:
    """Whether most of some labels stand at their own place in one alphabet; "" is a lost one."""
    if not any(labels):
        return False
    found: Counter[int] = Counter()
    for at, label in enumerate(labels):
        if label:
            found.update(alphabet for alphabet, place in places(plain(label)) if place == at)
    best = max(found.values(), default=0)
    return best > 1 and 2 * best >= len(labels)


_CALLED = (
    r"(?:(?:options?|choices?|variants?|letters?|numbers?|answers?|вариант\w*|букв[аы]|пункт\w*|номер\w*"
    r"|ответ\w*|под|№|both|only|только|обе?а?)\s{0,2}){0,2}"
)
_ONE = late(
    rf"{_CALLED}[*_`]{{0,3}}[(\[（]?[*_`]{{0,3}}(?P<label>{_DRAWN}|[^\W\d_]|\d{{1,2}})(?![^\W_])"
    r"[*_`]{0,3}(?P<close>[)\]）]?)[*_`]{0,3}",
    re.IGNORECASE,
)
_AND = late(
    r"\s{0,2}(?:[,;/+&、，؛،]|\b(?:and|or|и|та|й|y|e|et|und|oraz)\b|と)\s{0,2}(?:(?:and|и)\s)?",
    re.IGNORECASE,
)
_GLUED = re.compile(r"[*_`(]{0,3}(?P<all>[^\W\d_]{2,8})[*_`).]{0,4}\s*$")
_SPACED = re.compile(r"[A-HА-З](?:\s{1,2}[A-HА-З]){1,7}(?=\s*$)")
"""Capital letters side by side: "A D"."""
_DONE = re.compile(r"[\s*_`.)!。;,|]*$")
_THEN = late(
    rf"{_BEHIND_DRAWN}[.):]?(?:\s?[-–—](?=\s))?\s*(?=\S)|"
    r"\s{0,2}(?:[).:：,;]|[-–—](?=\s))(?:[*_`]{1,3}(?=\s|$))?\s*|\s+(?=\(.*\)\W*$|[\u3041-\u9fff])"
    r"|(?<=[A-Za-z])\s+(?=\d[^A-Za-z]{0,20}$)"
)


_TAGGED = re.compile(
    r"<(?P<tag>b|strong|i|em|code)>(?P<inner>[^<>\s]{1,8})</(?P=tag)>", re.IGNORECASE
)


def _are_glued(letters: str) -> bool:
    """Whether letters can be labels: all of one case, or in order, as in "Ac"."""
    if letters.isupper() or letters.islower():
        return True
    plain_ones = letters.casefold()
    return letters.istitle() and list(plain_ones) == sorted(set(plain_ones))


MOST_LABELS = 30


class Named(Record):
    """The labels that an answer names, and what it says besides, "" if nothing."""

    labels: tuple[str, ...]
    rest: str


def named(text: str) -> Named | None:
    """The options that an answer names by label: "B", "Б, Г", "2 и 3", "ABD", "b) the text"."""
    if text[:1] == "<" and (bold := _TAGGED.match(text)):
        text = bold["inner"] + text[bold.end() :]
    labels: list[str] = []
    at = end = 0
    closed = ""
    while (match := _ONE.match(text, at)) and len(labels) < MOST_LABELS:
        labels.append(match["label"])
        end, closed = match.end(), match["close"]
        if not (more := _AND.match(text, end)):
            break
        at = more.end()
    if labels and _DONE.match(text, end):
        return Named(tuple(labels), "")
    if labels and ((more := _THEN.match(text, end)) or closed):
        return Named(tuple(labels), text[more.end() if more else end :].strip())
    if match := _SPACED.match(text):
        return Named(tuple(match[0].split()), "")
    if (match := _GLUED.match(text)) and _are_glued(match["all"]):
        return Named(tuple(match["all"]), "")
    return None

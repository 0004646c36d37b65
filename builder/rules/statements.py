"""Statements to be judged: questions that are answered with yes or no."""

from __future__ import annotations

from builder.items import Item
from builder.patterns import late

_SIDES = """
true false yes no t f | да нет верно неверно правда ложь истина истинно ложно правильно неправильно
так ні правильна неправильна істина хибно | verdadero falso sí cierto | verdadeiro sim não
vrai faux oui non | richtig falsch wahr ja nein | waar onwaar juist onjuist nee | vero falso sì
tak nie prawda fałsz | ano ne pravda nepravda | istina neistina istinito lažno tačno netačno točno
netočno | adevărat fals da nu | doğru yanlış evet hayır | po jo | sant falskt nej
igen nem igaz hamis | ναι όχι
نعم لا صحيح صحيحة خطأ خاطئ خاطئة | بله خیر درست نادرست غلط | כן לא נכון
हाँ नहीं सही गलत सत्य असत्य | đúng sai có không | ya tidak benar salah | ใช่ ไม่ใช่ จริง ถูก ผิด
はい いいえ 正しい 誤り 間違い 本当 偽 真 假 是 否 对 错 對 錯 正确 错误 正確 錯誤
예 네 아니오 아니요 참 거짓
"""
SIDES = frozenset(_SIDES.replace("|", " ").split())
"""What people answer to a statement, in the languages that quizzes were met in."""

_PHRASES = frozenset({"e vërtetë", "e pavërtetë", "niet waar", "nu este", "không đúng"})
_WORDS = late(r"[^\W\d_]+(?:[\u0300-\u036f\u0900-\u0d7f\u0e31-\u0e4e]*[^\W\d_]*)*")


def is_side(text: str) -> bool:
    """Whether an option says yes or no, perhaps with a reason behind it."""
    words = _WORDS.findall(text.casefold()[:80])
    return bool(words) and (words[0] in SIDES or " ".join(words) in _PHRASES)


def is_statement(item: Item) -> bool:
    """Whether all options of a question are a yes or a no."""
    return bool(item.choices) and all(is_side(each.wording.plain) for each in item.choices)

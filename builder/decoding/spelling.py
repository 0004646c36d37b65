"""How well Cyrillic letters, and signs beside them, stand between their neighbours."""

from __future__ import annotations

from builder.patterns import late

LEAST_LETTERS = 20
"""Fewer letters outside ASCII are no evidence of any spelling."""

_FOLLOWERS = {
    "а": "бвгдеєжзїйклмнпрстўхцчшщюя",
    "б": "аеиіклнорсуъыьюя",
    "в": "адеиіклнопрстушыья",
    "г": "адеилнору",
    "ґ": "аеніору",
    "д": "авежзиіклнорсуыьюя",
    "е": "бвгдежзйклмнпрстўхцчшщю",
    "є": "вдкмнрстю",
    "ж": "адеинкую",
    "з": "авдеиімноруыья",
    "и": "абвгдежзийклмнопрстхцчшщюя",
    "і": "бвгдезїйклмнпрстўхцчюя",
    "ї": "внхмстй",
    "й": "дкностш",
    "к": "авеиілнорстуц",
    "л": "аеиікноуыьюя",
    "м": "аеиілнопуыья",
    "н": "адеиікностуцчыьюя",
    "о": "бвгдежзиіїйклмнпрстўфхцчшщюя",
    "п": "аеиілоруья",
    "р": "авгдежиімностуыьюя",
    "с": "авеиіклмнопрстуцчшъыьюя",
    "т": "авеиікнорсуыьюя",
    "у": "бвгджзклмнпрстўчшщю",
    "ў": "бвдіклмнпрстшцяэ",
    "ф": "аеиіору",
    "х": "аівинору",
    "ц": "аеиіоуыья",
    "ч": "аеиікнтуь",
    "ш": "аеиіклнтуь",
    "щ": "аеиіноу",
    "ъ": "еюяр",
    "ы": "бвдейклмнрстўхчш",
    "ь": "екмнсштюяз",
    "э": "вгдйклмнпрстўфх",
    "ю": "бдлстўщч",
    "я": "вгдезйклмнстўхчщ",
}
"""For each letter those that often follow it in Russian, Ukrainian and Belarusian (ё counts as е).

More than nine in ten neighbours of such a text are among these pairs, and about four in ten of a
text in a wrong code page.
"""

_PAIRS = frozenset(a + b for a, followers in _FOLLOWERS.items() for b in followers)
LETTERS = frozenset("".join(_FOLLOWERS) + "".join(_FOLLOWERS).upper() + "ёЁјљњћђѓќџѕЈЉЊЋЂЃЌЏЅ")
_WORDS_OF_ONE_LETTER = frozenset("аживкосуяйіюзєў")
_NO_FIRST_LETTER = frozenset("ьъы")
_SENTENCE = late(
    r"""(?mx)
    (?: \n\n\s{0,9} | [.!?]\s | ^\s{0,9} (?: [-*+\#]{1,6} | \d{1,3}[.)] ) \s )
    (?: \d{1,3}[.)] )? [ ]?
    ( [^\W\d_a-zA-Z] )"""
)
_CAPITAL_AMID = late(r"[^\W\d_A-ZА-Я],? [А-Я] [а-я]")
_FRAMES = frozenset(map(chr, range(0x2500, 0x25A0)))
_SIGNS = frozenset("»”—–‘’•·°§©®™±×…")
_SPACES = frozenset(" \t\n\r")
_OPENING = _SPACES | frozenset("'\"([{*_`")


def weight(left: str, character: str, right: str) -> int:
    """The evidence for a character outside ASCII between two others: good if above 0."""
    weigh = _letter if character in LETTERS else _sign
    return weigh(left, character, right)


def _letter(left: str, letter: str, right: str) -> int:
    """How well a Cyrillic letter stands between its neighbours."""
    if left not in LETTERS and right not in LETTERS:
        return _lone(letter, right) - _clash(left) - _clash(right)
    if right not in LETTERS:
        return -_clash(right)
    if letter.islower() and right.isupper():
        return -6
    if left in LETTERS:
        weight = -4 * (left.isupper() and letter.isupper() and right.islower())
    else:
        weight = -_clash(left) - 3 * (letter.lower() in _NO_FIRST_LETTER)
    joined = (letter + right).lower().replace("ё", "е") in _PAIRS
    return weight + (1 if joined else -2)


def _lone(letter: str, right: str) -> int:
    """How well a Cyrillic letter stands alone: as a word, a label, an initial."""
    if right in ").:":
        return 0
    if letter.lower() not in _WORDS_OF_ONE_LETTER:
        return -4
    return -letter.isupper()


def _clash(neighbour: str) -> int:
    """How ill it is for a Cyrillic letter to touch a character that is none."""
    if neighbour.isascii():  # a Latin i serves Ukrainian where the code page has no Cyrillic one
        return 3 * (neighbour.isalpha() and neighbour not in "iI")
    return 0 if neighbour in _SIGNS or neighbour in "«„“№\xa0" else 4


def _sign(left: str, sign: str, right: str) -> int:
    """How well a sign outside ASCII stands between its neighbours."""
    opens, closes = left in _OPENING, right in _SPACES
    if sign in _FRAMES:
        return 0 if left in _FRAMES or right in _FRAMES else -3
    if sign == "\xa0":
        return -3 * (opens or closes)
    if sign == "№":
        return 0 if closes or right.isdigit() or right == "\xa0" else -3
    if sign in "«„“":
        return -3 * (closes or left in LETTERS) - (right in LETTERS)
    if sign in _SIGNS:
        return -2 * (opens and right in LETTERS)
    return -4


def style(text: str) -> int:
    """How well capitals stand where sentences begin, and only there."""
    starts = _SENTENCE.findall(text)
    amid = _CAPITAL_AMID.findall(text)
    return 2 * sum(1 if letter.isupper() else -1 for letter in starts) - 2 * len(amid)

"""The code page of a text that says nothing about it, told from how its letters follow each other.

A wrong code page turns Cyrillic into Cyrillic that nobody writes: letters that never meet, capitals
behind small letters, signs inside words. So each byte outside ASCII is weighed between its two
neighbours, once for every code page, and a code page is named only when its sum is good in itself
and clearly better than that of every other reading. Why not a general detector: on Russian passages
of 200 to 400 bytes charset-normalizer refuses one in ten and is wrong, without a word, on up to
five in a hundred; on French and Spanish in cp1252 on one in four.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

CYRILLIC = ("cp1251", "koi8-r", "koi8-u", "cp866", "mac_cyrillic", "iso8859-5")

LEAST_LETTERS = 20
"""Fewer letters outside ASCII are no evidence."""

LEAST_LEAD = 3
"""By how much the best reading must lead; one capital behind a small letter makes seven."""

NEAR = 10
"""Readings this near to the best, twins such as cp1251 and mac_cyrillic, are compared in style."""

LEAST_WEIGHT = 0.2
"""What a letter must weigh on average; in good Russian it weighs 0.6."""

BLOCK = 4096
"""Bytes, about, that must agree with the whole: a file may be glued of two."""

MOST_KINDS = 100_000
"""More different triples of bytes than this are no text."""

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
    "э": "клнптсў",
    "ю": "бдлстўщч",
    "я": "вгдезйклмнстўхчщ",
}
"""For each letter those that often follow it in Russian, Ukrainian and Belarusian (ё counts as е).

More than nine in ten neighbours of such a text are among these pairs, and about four in ten of a
text in a wrong code page.
"""

_PAIRS = frozenset(a + b for a, followers in _FOLLOWERS.items() for b in followers)
_LETTERS = frozenset("".join(_FOLLOWERS) + "".join(_FOLLOWERS).upper() + "ёЁјљњћђѓќџѕЈЉЊЋЂЃЌЏЅ")
_WORDS_OF_ONE_LETTER = frozenset("аживкосуяйіюзєў")
_NO_FIRST_LETTER = frozenset("ьъы")
_FRAMES = frozenset(map(chr, range(0x2500, 0x25A0)))
_SIGNS = frozenset("»”—–‘’•·°§©®™±×…")
_SPACES = frozenset(" \t\n\r")

_LATIN_ALPHABETS = (
    ("éèà", "êëâçîïôœûùüÿæ"),  # French
    ("äöü", "ßé"),  # German
    ("áéíóñ", "úü¿¡ºª"),  # Spanish
    ("àèò", "éíïóúüç·"),  # Catalan
    ("ãç", "áâàéêíóôõúüºª"),  # Portuguese
    ("àèìòù", "éîó"),  # Italian
    ("ëé", "ïèöüóá"),  # Dutch
    ("åäöæø", "éü"),  # Danish, Norwegian, Swedish, Finnish
)
"""The letters outside ASCII of languages that cp1252 serves, those that give it away first.

Where cp1250, cp1254 or cp1257 has another letter at the same place, the languages that use it fall
out of each of these alphabets: Polish shows ³ and ¹ inside words, Czech ø and ý, Turkish þ and ð.
"""

_WESTERN_SIGNS = frozenset("€‚„…‹›‘’“”«»•–—™°©®·§±×½¼¾²³\xa0")

Triples = Counter[tuple[int, int, int]]
"""How often each byte stands between which two others."""


def recognise(data: bytes) -> str | None:
    """The codec of a legacy text, or None where the evidence does not suffice to name one."""
    return _cyrillic(data) or _western(data)


def _cyrillic(data: bytes) -> str | None:
    blocks: list[Triples] = []
    whole: Triples = Counter()
    for block in map(_triples, _blocks(data)):
        blocks.append(block)
        whole.update(block)
        if len(whole) > MOST_KINDS:
            return None
    codec = _best(data, whole)
    if codec is None or any(_another_reads_better(block, codec) for block in blocks):
        return None
    return codec


def _blocks(data: bytes) -> Iterator[bytes]:
    for match in re.finditer(rb"(?s).{1,%d}[^\r\n]{0,%d}" % (BLOCK, BLOCK), data):
        yield match.group()


def _triples(data: bytes) -> Triples:
    framed = b"\n" + data + b"\n"
    return Counter(t for t in zip(framed, framed[1:], framed[2:], strict=False) if t[1] > 0x7F)


def _best(data: bytes, triples: Triples) -> str | None:
    """The reading that is good and leads clearly over those that give another text."""
    used = bytes(sorted({byte for _, byte, _ in triples}))
    texts = {codec: text for codec in CYRILLIC if (text := _decoded(used, codec)) is not None}
    sums = {codec: _sum(triples, codec) for codec in texts}
    top = max(sums.values(), default=0)
    near = [codec for codec in sums if top - sums[codec] < NEAR]
    if len({texts[codec] for codec in near}) > 1:
        sums |= {codec: sums[codec] + _style(data.decode(codec)) for codec in near}
    best = max(sums, key=sums.__getitem__, default=None)
    if best is None or not _convinces(triples, best):
        return None
    rivals = (codec for codec in texts if texts[codec] != texts[best])
    return best if all(sums[best] - sums[codec] >= LEAST_LEAD for codec in rivals) else None


def _another_reads_better(block: Triples, codec: str) -> bool:
    return not _convinces(block, codec) and any(
        _convinces(block, other) for other in CYRILLIC if other != codec
    )


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _convinces(triples: Triples, codec: str) -> bool:
    letters = sum(n for (_, byte, _), n in triples.items() if _characters(codec)[byte] in _LETTERS)
    return letters >= LEAST_LETTERS and _sum(triples, codec) >= LEAST_WEIGHT * letters


def _sum(triples: Triples, codec: str) -> int:
    weights = _weights(codec)
    return sum(n * weights[triple] for triple, n in triples.items())


@cache
def _characters(codec: str) -> str:
    return bytes(range(256)).decode(codec, "replace")


class _Weights(dict[tuple[int, int, int], int]):
    """The weight of a byte between two others, in one code page."""

    def __init__(self, codec: str) -> None:
        super().__init__()
        self.characters = _characters(codec)

    def __missing__(self, triple: tuple[int, int, int]) -> int:
        left, character, right = (self.characters[byte] for byte in triple)
        weigh = _letter if character in _LETTERS else _sign
        self[triple] = weight = weigh(left, character, right)
        return weight


_weights = cache(_Weights)


def _letter(left: str, letter: str, right: str) -> int:
    """How well a Cyrillic letter stands between its neighbours."""
    if left not in _LETTERS and right not in _LETTERS:
        return _lone(letter, right) - _clash(left) - _clash(right)
    if right not in _LETTERS:
        return -_clash(right)
    if letter.islower() and right.isupper():
        return -6
    if left in _LETTERS:
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
    if neighbour.isascii():
        return 3 * neighbour.isalpha()
    return 0 if neighbour in _SIGNS or neighbour in "«„“№\xa0" else 4


def _sign(left: str, sign: str, right: str) -> int:
    """How well a sign outside ASCII stands between its neighbours."""
    opens, closes = left in _SPACES, right in _SPACES
    if sign in _FRAMES:
        return 0 if left in _FRAMES or right in _FRAMES else -3
    if sign == "\xa0":
        return -3 * (opens or closes)
    if sign == "№":
        return 0 if closes or right.isdigit() or right == "\xa0" else -3
    if sign in "«„“":
        return -3 * (closes or left in _LETTERS) - (right in _LETTERS)
    if sign in _SIGNS:
        return -2 * (opens and right in _LETTERS)
    return -4


def _style(text: str) -> int:
    """How well capitals stand where sentences begin, which tells near twins apart."""
    starts = re.findall(r"(?m)(?:^[-#*\d.) ]*|[.!?] )([^\W\d_a-zA-Z])", text)
    amid = re.findall(r"[^\W\d_A-ZА-Я],? [А-Я] [а-я]", text)
    return 2 * sum(1 if letter.isupper() else -1 for letter in starts) - 2 * len(amid)


def _western(data: bytes) -> str | None:
    """cp1252, where its letters stand inside Latin words and are those of one language."""
    text = _decoded(data, "cp1252")
    if text is None:
        return None
    foreign = Counter(c.lower() for c in text if not c.isascii() and c not in _WESTERN_SIGNS)
    letters = foreign.total()
    inside = len(re.findall(r"(?i)(?<=[a-z])[^\W\d_a-z]|[^\W\d_a-z](?=[a-z])", text))
    behind_small = len(re.findall(r"(?<=[a-z])[À-ÖØ-Þ]", text))
    sound = inside >= 0.8 * letters and behind_small <= 0.01 * letters
    known = any(
        foreign.keys() <= {*often, *seldom} and sum(foreign[c] for c in often) >= letters / 4
        for often, seldom in _LATIN_ALPHABETS
    )
    return "cp1252" if letters >= LEAST_LETTERS and sound and known else None

"""Texts as words, and how alike two of them are."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from math import log
from sys import intern

from builder.patterns import late
from builder.similarity import in_order, slips
from builder.values import Record

UNSPACED = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"  # no spaces between words
_LETTERS = rf"[a-zа-я]*+[^\W_{UNSPACED}]*+"  # most are found sooner
WORD = re.compile(
    rf"[a-gi-zа-я]{_LETTERS}"  # as most begin: tried first, they need no other look
    r"|(?=[^\s.,:;()])(?:"
    r"https?://[^\s)>\]]+"
    rf"|[{UNSPACED}]"  # a character each
    r"|(?<![^\W_])[-−]?\d+(?:[.,]\d+)*(?![^\W_])"
    rf"|[^\W_{UNSPACED}]{_LETTERS}"
    r"|[\u2190-\u21ff\u2600-\u27bf\U0001f300-\U0001faff]"  # arrows and pictures
    r"|[<>=^%&|~+]+|!(?=[=\w])"
    r")"
)
SPACED = late(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")
SIGNS = ".,:;!?…\"'«»“”„()"
TOKEN = late(rf"{WORD.pattern}|[^\w\s]|_")
NEGATED = re.compile("n['’]t", re.IGNORECASE)
HINGES = frozenset(
    "not no none never nor neither without except cannot incorrect true false least all always "
    "only не нет ни никогда без кроме нельзя верно неверно неверные неправильно ложно истина ложь "
    "наименее все всегда только 不 没 無 无 非".split()
)
"""Words on which the sense turns: two questions that differ in one of them are two questions."""

HINGE = 2.0  # how many common words a hinge weighs
MOST_CHANGED = 0.4  # of the words of a text; if more are others, it says something else
MISSPELT, INFLECTED = 0.9, 0.5  # what a word counts that is the same but for its letters


class Wording(Record):
    """A text as lower-case words; numbers, operators and `HINGES` stand in `hinges` as well."""

    words: tuple[str, ...]
    counts: Counter[str]
    hinges: tuple[str, ...]


def single_spaced(text: str) -> str:
    """The text as it is compared for equality: NFC, runs of white space as one space."""
    found = " ".join(unicodedata.normalize("NFC", text).split())
    return text if found == text else found  # most are so already, and many are kept


def spelt(text: str) -> tuple[str, ...]:
    """The words of a text, in lower case."""
    return tuple(WORD.findall(_folded(text)))


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text in their case and its signs of punctuation, one each.

    In code these tell.
    """
    return tuple(TOKEN.findall(_plain(text)))


def spaced(text: str) -> Counter[str]:
    """How often each word occurs that stands between spaces, without the signs around it.

    So an author counts words: a piece of code is one.
    """
    return Counter(intern(word.strip(SIGNS) or word) for word in SPACED.findall(_folded(text)))


def changed(one: Counter[str], other: Counter[str]) -> float:
    """The share of words that are others, in any order."""
    most = max(one.total(), other.total())
    return 1 - (one & other).total() / most if most else 0.0


def mostly_others(one: Counter[str], other: Counter[str]) -> bool:
    """Whether too many words are others, slips and endings aside."""
    most = MOST_CHANGED * max(one.total(), other.total())
    gone, came = list((one - other).elements()), list((other - one).elements())
    if max(len(gone), len(came)) <= most:
        return False
    for word in list(gone):
        if slip := next((near for near in came if _akin(word, near)), None):
            gone.remove(word)
            came.remove(slip)
    return max(len(gone), len(came)) > most


def _folded(text: str) -> str:
    return _plain(text).casefold()


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).replace("ё", "е").replace("Ё", "Е")
    return NEGATED.sub(" not", plain) if "'" in plain or "’" in plain else plain


def wording(text: str) -> Wording:
    """The words of a text; those that many texts have stand in memory once."""
    words = tuple(map(intern, spelt(text)))
    hinges = tuple(word for word in words if is_hinge(word))
    return Wording(words, Counter(word for word in words if not is_hinge(word)), hinges)


def is_hinge(word: str) -> bool:
    """Whether a word is a number, an operator or one of `HINGES`."""
    return word in HINGES or not word.isalpha()


class Rarity:
    """How much a word tells, from how many of the texts hold it."""

    def __init__(self, texts: int, holding: Mapping[str, int]) -> None:
        self._unseen = log(1 + texts)
        self._weights = {word: log(1 + texts / count) for word, count in holding.items()}

    def weight(self, word: str) -> float:
        return self._weights.get(word, self._unseen)


def by_length(word: str) -> float:
    """What a word tells if nothing is known of others: little words are in any text."""
    return min(1.0, len(word) / 4)


def likeness(one: Wording, other: Wording, weight: Callable[[str], float] = by_length) -> float:
    """From 0 to 1: the share of words in common, by weight and by order, hinges above all.

    0 where one of them holds no words.
    """
    if not one.words or not other.words:
        return 0.0
    content = (one.counts.total() + other.counts.total()) / 2
    hinges = HINGE * (len(one.hinges) + len(other.hinges)) / 2
    turned = in_order(one.hinges, other.hinges)
    if not content:
        return turned
    share, kin = _shared(one, other, weight)
    words = [kin.get(word, word) for word in one.words]
    shared = (share + in_order(words, other.words)) / 2
    return (content * shared + hinges * min(shared, turned)) / (content + hinges)


def tells_apart(one: Wording, own: Wording, other: Wording) -> bool:
    """Whether a text has words that show it to come from its own and not from the other.

    If all words of its own are in the other too, then it may have no word besides, unless it is
    one of them misspelt: another could stand for the word that it lacks.
    """
    here, ours, theirs = (Counter(text.words) for text in (one, own, other))
    if telling := ours - theirs:
        more = here - theirs
        return any(a in more or any(_kinship(a, b) for b in here) for a in telling)
    besides = here.keys() - ours.keys()
    return all(any(_kinship(a, b) == MISSPELT for b in ours) for a in besides)


def says_rather(one: Wording, this: Wording, other: Wording) -> bool:
    """Whether a text has each word that this one has over the other, and none the other way round.

    Where this one only lacks a word of the other, no hinge may stand in for it.
    """
    here, ours, theirs = (Counter(text.words) for text in (one, this, other))
    if ours == theirs or (theirs - ours) & (here - ours):
        return False
    if telling := ours - theirs:
        return telling <= here - (theirs & ours)
    return not any(map(is_hinge, here - ours))


def _shared(
    one: Wording, other: Wording, weight: Callable[[str], float]
) -> tuple[float, dict[str, str]]:
    """Dice's coefficient of two bags of words, and which words are others misspelt.

    A word misspelt or inflected counts in part.
    """
    here, mass, common = _without(one, other, weight)
    there, their_mass, _ = _without(other, one, weight)
    kin: dict[str, str] = {}
    for word in here:
        nearest, degree = "", 0.0
        for near in there:
            if near[0] in word[:2] and (closer := _kinship(word, near)) > degree:
                nearest, degree = near, closer
        if degree:
            common += degree * (weight(word) + weight(nearest)) / 2
            there.remove(nearest)
            if degree == MISSPELT:
                kin[word] = nearest
    mass = (mass + their_mass) / 2
    return (common / mass if mass else 1.0), kin


def _without(
    one: Wording, other: Wording, weight: Callable[[str], float]
) -> tuple[list[str], float, float]:
    """The words of one that the other lacks, the weight of all its words, and of those shared."""
    lacking: list[str] = []
    mass = common = 0.0
    for word, count in one.counts.items():
        times = other.counts.get(word, 0)
        heavy = weight(word)
        mass += heavy * count
        common += heavy * min(count, times)
        if times < count:
            lacking.append(word)
    return lacking, mass, common


def kin(one: str, other: str) -> bool:
    """Whether two words are one but for a slip of the pen or an ending."""
    return one == other or _kinship(one, other) > 0


def misspelt(one: str, other: str) -> bool:
    """Whether two words that are no hinges are one but for a slip of the pen."""
    return _akin(one, other) == MISSPELT


def _akin(one: str, other: str) -> float:
    """The kinship of two words that are no hinges."""
    hinges = is_hinge(one) or is_hinge(other)
    return 0.0 if one == other or hinges else _kinship(one, other)


def _kinship(one: str, other: str) -> float:
    """Whether two words are one but for a slip or an ending; not so if they begin differently.

    A changed beginning changes the sense (linear, nonlinear; синхронный, асинхронный).
    """
    short, long = sorted((len(one), len(other)))
    if short < 4 or (one[0] != other[0] and one[:2] != other[1::-1]):
        return 0.0
    allowed = 2 if short >= 9 else 1
    if (short >= 5 or sorted(one) == sorted(other)) and slips(one, other, allowed) <= allowed:
        return MISSPELT
    begun = next((i for i in range(short) if one[i] != other[i]), short)
    most = 3 if begun > 3 else 1
    return INFLECTED if begun >= 3 and long - begun <= most else 0.0

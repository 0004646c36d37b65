"""Which questions of a quiz a reader could take for one another, reworded."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from quizzes import Raw

MOST = 0.4  # of the words of a text an author changes at once
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
WORD = re.compile(CJK.pattern + r"|[^\s\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
TELLING = re.compile(r"[^\W\d_]{4,}")
TELLING_WORDS = 3  # of that length: options that tell
SENTENCE = 6  # words
SIGNS = ".,:;!?…\"'«»“”„()"


def distinct(raws: Iterable[Raw]) -> tuple[list[Raw], Counter[str]]:
    """Without questions that may be an edit of one before them, and how many are so in which way.

    Whoever puts the one in the place of the other may have meant either: the first keeps its guid
    by its words, and another question is there by intent.
    """
    raws = list(raws)
    common = Counter(word for raw in raws for word in _words(raw.stem))
    having: dict[str, list[Raw]] = defaultdict(list)
    saying: dict[tuple[str, bool], list[Raw]] = defaultdict(list)
    kept: list[Raw] = []
    ways: Counter[str] = Counter()
    for raw in raws:
        # Who shares none of the rarest words has too few in common.
        rarest = sorted(_words(raw.stem), key=lambda word: (common[word], word))
        rarest = rarest[: int(MOST * _words(raw.stem).total()) + 1]
        others = {id(other): other for word in rarest for other in having[word]}
        said = _options(raw) or {(raw.explanation, True)}
        others |= {id(other): other for option in said for other in saying[option]}
        if way := next(filter(None, (reworded(other, raw) for other in others.values())), ""):
            ways[way] += 1
        else:
            kept.append(raw)
            for option in said:
                saying[option].append(raw)
            for word in rarest:
                having[word].append(raw)
    return kept, ways


def reworded(one: Raw, other: Raw) -> str:
    """In which way one of two questions may be an edit of the other; "" if it may not.

    It may be one if it differs no more than the `Author` changes a question in one go, and calls
    it reworded: in up to `MOST` of the words of its stem, and so of each option, but for one that
    was put in, taken out or replaced; or, without options, of the answer. To the very same stem
    half of the options may be others, or all the answer. Any option may be correct. Words stand in
    any order; neither case nor spaces nor signs around a word make it another. Or all of the stem
    was put otherwise and hardly anything else touched, if that is enough to know a question by.
    """
    stem = _changed(one.stem, other.stem)
    if stem > MOST:
        return "stem quite other, the rest alike" if known_by_the_rest(one, other) else ""
    if bool(one.options) != bool(other.options):
        return ""
    how = "same stem" if stem == 0 else "stem up to 40 % other"
    if not one.options:
        told = [raw.explanation for raw in (one, other) if raw.explanation]
        alike = not stem or len(told) < 2 or _changed(*told) <= MOST
        return f"{how}, no options" if alike else ""
    pairs = _paired(one, other)
    left = max(len(one.options), len(other.options)) - len(pairs)
    if not pairs or left > (len(pairs) if stem == 0 else 1):
        return ""
    turned = any(one.options[i][1] != other.options[j][1] for i, j in pairs)
    return f"{how}, {'not all options' if left else 'options'} alike{', answer turned' * turned}"


def known_by_the_rest(one: Raw, other: Raw) -> bool:
    """Whether two are one whatever their stems say: so tells an answer of a sentence, or so do
    options that are no mere values, of which one at most is another, but not the correct one.

    Yes and no, numbers and the like are asked of many things.
    """
    told = [raw.explanation for raw in (one, other) if raw.explanation]
    if len(told) == 2 and not alike(*told):
        return False
    explained = len(told) == 2 and min(_words(text).total() for text in told) >= SENTENCE
    if explained and _options(one) == _options(other):
        return True
    shared = _options(one) & _options(other)
    right = [text for text, ok in shared if ok]
    most = max(len(one.options), len(other.options))
    if len(shared) < max(2, most - 1) or not right:
        return False
    telling = {word for text, _ in shared for word in TELLING.findall(text)}
    return len(telling) >= TELLING_WORDS


def _options(raw: Raw) -> frozenset[tuple[str, bool]]:
    return frozenset((" ".join(text.casefold().split()), ok) for text, ok in raw.options)


def alike(one: str, other: str) -> bool:
    """Whether no more words of a text are others than an author changes in one go."""
    return _changed(one, other) <= MOST


def words_of(text: str) -> list[str]:
    """Its words; where a script puts no spaces between words, each character is one."""
    return WORD.findall(text)


def _paired(one: Raw, other: Raw) -> list[tuple[int, int]]:
    """The options of which one may be the other, by their indices, the most alike first."""
    ours, theirs = ([text for text, _ in raw.options] for raw in (one, other))
    places = product(range(len(ours)), range(len(theirs)))
    shares = sorted((_changed(ours[i], theirs[j]), i, j) for i, j in places)
    found: dict[int, int] = {}
    for share, i, j in shares:
        if share <= MOST and i not in found and j not in found.values():
            found[i] = j
    return list(found.items())


def _changed(one: str, other: str) -> float:
    """The share of words that are others."""
    if "".join(one.casefold().split()) == "".join(other.casefold().split()):
        return 0.0
    ours, theirs = _words(one), _words(other)
    most = max(ours.total(), theirs.total())
    return (most - (ours & theirs).total()) / most if most else 0.0


@lru_cache(maxsize=65536)
def _words(text: str) -> Counter[str]:
    """How often each word occurs, in one case and code, and without the signs around it."""
    words = words_of(unicodedata.normalize("NFC", text).casefold())
    return Counter(word.strip(SIGNS) or word for word in words)

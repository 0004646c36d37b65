"""Pairs of questions that ask the same, found without comparing each with each."""

from __future__ import annotations

import marshal
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TypeVar

from builder.diagnostics import Place
from builder.items import Item, Quiz
from builder.model import Verdict
from builder.rules.statements import SIDES
from builder.similarity import in_order, slips

ALIKE = 0.75
"""From here on the share of words in the same order makes two stems alike."""

CANDIDATES = 0.5
"""Questions that share less of all their words and options are not looked at."""

OUTLINE = 1024
"""Bits in which features leave their mark; few have one together."""

MOST_HOLDERS = 64
"""A word that so many different questions have brings none together, so comparing stays linear."""

_TOKEN = re.compile(r"(?:(?<![\w-])[-+])?[^\W_]+(?:[-'’][^\W_]+)*[+#]*")
_SIGN = re.compile(r"[()\[\]{}<>=*/^|&%]")
_DIGIT_OR_SIGN = re.compile(r"\d|[+#]$")
_LITTLE_WORDS = """
a an the of in on at to for from by with and or is are was were be do does did will would can
could following below these this that it its you your we i please which what
в во на из от до для по с со и или а же ли ниже это этот эта эти следующих следующие следующий
следующее перечисленных перечисленного приведенных вы ваш какой какая какое какие что
"""
_LITTLE = frozenset(_LITTLE_WORDS.split())
_TURNING_WORDS = """
not no never except without least false incorrect invalid wrong cannot can't don't doesn't isn't
aren't не нет ни никогда кроме без неверно неверные неверное неправильно нельзя наименее
"""
_TURNING = frozenset(_TURNING_WORDS.split())
"""Words that turn the meaning of a stem around: two stems without the same of them differ."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What of a question is compared with all others of a source, small enough to keep of each.

    `identity` and `features` are hashes of what `_Said` has of the same names; `identity` is 0
    where a question says too little to be told from others. `keyed` is where the author gave it
    the key, if there is one.
    """

    path: str
    key: str
    keyed: Place | None
    identity: int
    features: bytes
    packed: bytes

    def __hash__(self) -> int:
        return self.identity


def compared(quiz: Quiz) -> tuple[Compared, ...]:
    """The questions of a file as they are compared with those of others."""
    return tuple(_compared(item) for item in quiz.items)


def _compared(item: Item) -> Compared:
    places = [item.quiz.place(span) for span in (item.head, *(c.span for c in item.choices))]
    stem = item.stem.prose.casefold().replace("ё", "е"), item.stem.besides
    names = tuple([choice.wording.exact for choice in item.choices])
    packed = marshal.dumps(
        (
            *stem,
            names,
            tuple([choice.verdict.value for choice in item.choices]),
            tuple([(p.line, p.column, p.end_line, p.end_column) for p in places]),
        )
    )
    path, key = item.quiz.source.path, item.question.key
    said = _Said.of(*stem, names)
    return Compared(
        path,
        key,
        item.quiz.place(item.stem.span) if key else None,
        _hash(repr(said.identity)) if said.says_enough else 0,
        array("Q", map(_hash, sorted(said.features))).tobytes(),
        packed,
    )


def _hash(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") or 1


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """What the texts of a question say, as far as questions are compared.

    `all_words` holds the signs of its stem, too; `words` are those that count, `code` is what is
    code or a picture there. `options` maps the text of an option to its number.
    """

    all_words: tuple[str, ...]
    words: tuple[str, ...]
    code: str
    options: Mapping[str, int]
    is_statement: bool

    @classmethod
    def of(cls, prose: str, code: str, names: Sequence[str]) -> _Said:
        words = _TOKEN.findall(prose)
        options: dict[str, int] = {}
        for number, name in enumerate(names):
            options.setdefault(name, number)
        return cls(
            all_words=(*words, *_SIGN.findall(prose)),
            words=tuple([word for word in words if word not in _LITTLE]),
            code=code,
            options=options,
            is_statement=not SIDES.isdisjoint([name.casefold() for name in options]),
        )

    @property
    def features(self) -> frozenset[str]:
        code = (f"code {self.code}",) if self.code else ()
        return frozenset((*self.words, *code, *[f"option {name}" for name in self.options]))

    @property
    def says_enough(self) -> bool:
        """Whether it can be told from others: options that are but labels say nothing."""
        if self.options:
            return any(len(name) > 1 or not name.isalpha() for name in self.options)
        return len(self.words) > 2 or bool(self.code)

    @property
    def identity(self) -> tuple[object, ...]:
        words = self.all_words if self.is_statement else self.words
        return (words, self.code, tuple(sorted(self.options)))


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A question as it is compared.

    `turns` are the words that turn its meaning, `keys` the texts of options that are right. The
    first of `places` is that of the stem, the others are those of the options.
    """

    said: _Said
    turns: tuple[str, ...]
    keys: frozenset[str]
    verdicts: tuple[Verdict, ...]
    places: tuple[Place, ...]

    @property
    def options(self) -> Mapping[str, int]:
        return self.said.options

    @property
    def stem(self) -> Place:
        return self.places[0]

    def verdict(self, number: int) -> Verdict:
        return self.verdicts[number]

    def place(self, number: int) -> Place:
        return self.places[number + 1]


@lru_cache(maxsize=1024)
def _opened(path: str, packed: bytes) -> Entry:
    prose, code, names, values, spots = marshal.loads(packed)  # noqa: S302 - made by `_compared`
    verdicts = tuple(map(Verdict, values))
    said = _Said.of(prose, code, names)
    right = (name for name, n in said.options.items() if verdicts[n] is Verdict.CORRECT)
    return Entry(
        said=said,
        turns=tuple(sorted(filter(_turns, said.words))),
        keys=frozenset(right),
        verdicts=verdicts,
        places=tuple(Place(path, *spot) for spot in spots),
    )


def _turns(word: str) -> bool:
    """Whether stems that ask the same must both have a word: numbers and negations."""
    return word in _TURNING or (not word.isalpha() and bool(_DIGIT_OR_SIGN.search(word)))


# Pairs --------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def twins(questions: tuple[Compared, ...]) -> tuple[tuple[Entry, Entry], ...]:
    """Each question that was asked before, behind the first that asked it."""
    first_of: dict[int, int] = {}
    seen: dict[int, int] = {}
    distinct: list[int] = []
    for number, question in enumerate(questions):
        if not question.identity:
            continue
        first = seen.setdefault(question.identity, number)
        if first == number:
            distinct.append(number)
        else:
            first_of[number] = first
    features = [(number, memoryview(questions[number].features).cast("Q")) for number in distinct]
    for one, other in candidates(features):
        if other not in first_of and _same(_entry(questions[one]), _entry(questions[other])):
            first_of[other] = first_of.get(one, one)
    pairs = ((questions[first], questions[at]) for at, first in sorted(first_of.items()))
    return tuple((_entry(first), _entry(second)) for first, second in pairs)


def _entry(question: Compared) -> Entry:
    return _opened(question.path, question.packed)


_Feature = TypeVar("_Feature", int, str)


def candidates(
    sets: Sequence[tuple[int, Collection[_Feature]]],
) -> Iterator[tuple[int, int]]:
    """Pairs, in order, that share `CANDIDATES` of their features (as Jaccard counts it).

    Such two have one of their rarest features in common: the prefix filter of Bayardo, Ma and
    Srikant (2007), "Scaling up all pairs similarity search". Most that have share little more,
    which their outlines tell at once: features in common are bits in common, but for those that
    have a bit together with another.
    """
    features_of = dict(sets)
    frequency: Counter[_Feature] = Counter()
    for _, features in sets:
        frequency.update(features)
    holders: defaultdict[_Feature, list[int]] = defaultdict(list)
    outlines: dict[int, int] = {}
    for number, features in sets:
        ranked = sorted(sorted(features), key=frequency.__getitem__)
        needed = -int(-len(ranked) * CANDIDATES // 1)
        earlier: set[int] = set()
        for feature in ranked[: len(ranked) - needed + 1]:
            if frequency[feature] > 1 and len(holders[feature]) < MOST_HOLDERS:
                earlier.update(holders[feature])
                holders[feature].append(number)
        own, outline = frozenset(ranked), _outline(ranked)
        outlines[number], lone = outline, outline.bit_count()
        for other in sorted(earlier):
            theirs = features_of[other]
            both = len(own) + len(theirs)
            most = (outline & outlines[other]).bit_count() + len(own) - lone
            if most >= CANDIDATES * (both - most):
                common = len(own.intersection(theirs))
                if common >= CANDIDATES * (both - common):
                    yield other, number


def _outline(features: Collection[_Feature]) -> int:
    """A bit for each feature; two may have the same."""
    outline = 0
    for feature in features:
        outline |= 1 << (hash(feature) % OUTLINE)
    return outline


def _same(one: Entry, other: Entry) -> bool:
    """Whether two questions ask the same."""
    first, second = one.said, other.said
    if first.code != second.code or bool(one.options) != bool(other.options):
        return False
    if one.turns != other.turns:
        return False
    if first.is_statement or second.is_statement:
        return first.all_words == second.all_words
    shared = len(one.options.keys() & other.options.keys())
    if _but_for_slips(first.words, second.words):
        few = min(len(one.options), len(other.options))
        return not one.options or 2 * shared >= few or _specific(one.keys & other.keys)
    many = max(len(one.options), len(other.options))
    if shared < many or one.keys != other.keys:
        return False
    return _specific(one.keys) and many > 2 and in_order(first.words, second.words) >= ALIKE


def _specific(keys: frozenset[str]) -> bool:
    return any(len(key) > 2 and key.casefold() not in SIDES for key in keys)


def _but_for_slips(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two rows of words are the same, but for a letter in words that are long enough."""
    if len(one) != len(other):
        return False
    return all(a == b or (min(len(a), len(b)) > 4 and slips(a, b, 1) < 2)
               for a, b in zip(one, other, strict=True))  # fmt: skip


def clash(first: Entry, second: Entry) -> tuple[int, int] | None:
    """An option of two questions that is right in one and wrong in the other, by its numbers.

    "None of these" may be right here and wrong there, as long as the other options differ. So the
    options must be the same, or each question must have what is right in the other.
    """
    settled = {Verdict.CORRECT, Verdict.WRONG}
    mutual = first.keys <= second.options.keys() and second.keys <= first.options.keys()
    if first.options.keys() != second.options.keys() and not mutual:
        return None
    for name, number in second.options.items():
        other = first.options.get(name)
        if other is not None and {first.verdict(other), second.verdict(number)} == settled:
            return other, number
    return None

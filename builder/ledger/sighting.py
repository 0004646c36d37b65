"""A question as it is compared, whether it stands in the source or in the lock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import pairwise
from typing import Any, NamedTuple

from builder.ledger.asked import Asked, AskedOption
from builder.ledger.lock import Entry, HeldOption
from builder.ledger.trace import numbers, traced
from builder.ledger.wording import Wording, single_spaced, spaced, spelt, wording
from builder.model import Verdict
from builder.values import CachingRecord, as_bytes, cached_property


class Brief(NamedTuple):
    """Enough to tell whether two questions say the same: hashes of `Sighting.text` and of the stem
    in it, and the hash of the source."""

    text: bytes
    stem: bytes
    source: str


class Sighting(CachingRecord):
    """The texts of a question, and where it was seen."""

    kind: str
    key: str
    path: str
    source: str
    title: str
    stem: str
    options: tuple[str, ...]
    correct: frozenset[int] = frozenset()  # indices of `options`
    explanation: str = ""
    known_trace: str = ""
    retired: bool = False

    @property
    def whole(self) -> Sighting:
        """Itself; see `shelf` for others."""
        return self

    at_once = whole

    @property
    def unchanged(self) -> bytes:
        """Equal for a question and itself in the lock if nothing of it was touched."""
        where = self.kind, self.path, self.source
        return _hash((*where, self.title, self.stem, tuple(sorted(self.options))))

    @cached_property
    def brief(self) -> Brief:
        return Brief(_hash(self.text), _hash((self.kind, self.text[2])), self.source)

    @cached_property
    def text(self) -> tuple[str, str, str, tuple[str, ...]]:
        """Equal for two questions that a reader would not tell apart; options in any order."""
        options = tuple(sorted(single_spaced(option) for option in self.options))
        return self.kind, telling(self.title, self.stem), single_spaced(self.stem), options

    @cached_property
    def words(self) -> Wording:
        return wording(f"{self.text[1]} {self.stem}")

    @cached_property
    def spaced(self) -> Counter[str]:
        """How often each word of the stem occurs, as an author counts words."""
        return spaced(self.stem)

    @cached_property
    def folded_options(self) -> frozenset[str]:
        return frozenset(_folded(option) for option in self.text[3])

    @cached_property
    def option_words(self) -> Mapping[str, tuple[str, ...]]:
        """The words of each of `folded_options`, in the order of the alphabet."""
        return {text: wording(text).words for text in sorted(self.folded_options)}

    @cached_property
    def option_spaced(self) -> Mapping[str, Counter[str]]:
        """How often each word occurs in each of `folded_options`, as an author counts words."""
        return {text: spaced(text) for text in self.folded_options}

    @cached_property
    def option_counts(self) -> Counter[str]:
        """In how many options each word stands."""
        return Counter(word for words in self.option_words.values() for word in set(words))

    @cached_property
    def folded_answers(self) -> frozenset[str]:
        """The correct ones of `folded_options`."""
        answers = (single_spaced(self.options[i]) for i in self.correct)
        return frozenset(answer.casefold() for answer in answers)

    @cached_property
    def hashes(self) -> frozenset[int]:
        return numbers(self.known_trace or traced(self.explanation))

    def features(self) -> Iterator[str]:
        """Words, pairs of neighbours, options and hashes: what it can be found by, each once."""
        words = self.words.words
        yield from dict.fromkeys(words)
        yield from dict.fromkeys(f"{a} {b}" for a, b in pairwise(words))
        yield from map(option_feature, sorted(self.folded_options))
        yield from (f"\t{number}" for number in sorted(self.hashes))


def _hash(value: Any) -> bytes:  # noqa: ANN401 - tuples of texts
    return blake2b(as_bytes(value), digest_size=16).digest()


def _folded(text: str) -> str:
    folded = text.casefold()
    return text if folded == text else folded  # many are kept


def option_feature(folded: str) -> str:
    return f"\n{folded}"


def telling(title: str, stem: str) -> str:
    """The title without its numbering; "" where the stem says the same, or nothing is left."""
    if not title or title in stem:
        return ""
    words = [word for word in spelt(title) if word.isalpha()]
    return "" if set(words) <= set(spelt(stem)) else " ".join(words)


def of_asked(question: Asked) -> Sighting:
    return Sighting(
        question.kind,
        question.key,
        question.path,
        question.source,
        question.title,
        question.stem,
        tuple(option.text for option in question.options),
        _correct(question.options),
        explanation=question.explanation,
        known_trace=question.trace,
    )


def of_entry(entry: Entry) -> Sighting:
    live = [option for option in entry.options if not option.withdrawn]
    return Sighting(
        entry.kind,
        entry.key,
        entry.path,
        entry.source,
        entry.title,
        entry.stem,
        tuple(option.text for option in live),
        _correct(live),
        known_trace=entry.trace,
        retired=entry.retired,
    )


def _correct(options: Iterable[AskedOption | HeldOption]) -> frozenset[int]:
    return frozenset(i for i, one in enumerate(options) if one.verdict is Verdict.CORRECT)

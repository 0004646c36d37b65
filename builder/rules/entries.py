"""Questions as they are compared with all others of a source."""

from __future__ import annotations

import marshal
import re
from array import array
from collections.abc import Mapping
from hashlib import blake2b
from zlib import crc32

from builder.diagnostics import Place
from builder.items import Item, Quiz
from builder.model import TEXT_OF_VERDICT, Verdict
from builder.remembering import remembered
from builder.rules.statements import SIDES
from builder.values import CachingRecord, Record, as_bytes, cached_property

_TOKEN = re.compile(r"(?:[^\W_]|(?<![\w-])[-+][^\W_])[a-zа-я]*+[^\W_]*+(?:[-'’][^\W_]++)*+[+#]*+")
"""Words, as tried for where most begin and with what most go on."""
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


_ANY = ("utf-8", "surrogatepass")
Identity = tuple[tuple[str, ...], str, tuple[str, ...]]
"""The words of a stem, the code in it, and the options."""


class Compared(Record):
    """What of a question is compared with all others of a source, small enough to keep of each.

    `identity` and `features` are hashes of what `Said` has of the same names; `identity` is 0
    where a question says too little to be told from others. Should two features have the same,
    a pair more is looked at. `keyed` is where the author gave it the key, if there is one.
    """

    path: str
    key: str
    keyed: Place | None
    identity: int
    features: bytes
    packed: bytes

    def __hash__(self) -> int:
        return self.identity

    @property
    def marks(self) -> memoryview[int]:
        """The features as numbers, in order."""
        return memoryview(self.features).cast("I")


def compared(quiz: Quiz) -> tuple[Compared, ...]:
    """The questions of a file as they are compared with those of others."""
    return tuple(_compared(item) for item in quiz.items)


def _compared(item: Item) -> Compared:
    source, choices = item.manuscript.source, item.choices
    stem = item.stem.prose.casefold().replace("ё", "е"), item.stem.besides
    names = tuple([choice.wording.exact for choice in choices])
    verdicts = tuple([TEXT_OF_VERDICT[choice.option.verdict] for choice in choices])
    spans = [item.head, *[choice.wording.span for choice in choices]]
    packed = as_bytes((*stem, names, verdicts, tuple(map(source.bounds, spans))))
    key = item.question.key
    said = Said(*stem, names)
    return Compared(
        source.path,
        key,
        item.manuscript.place(item.stem.span) if key else None,
        _hash(said.identity) if said.says_enough else 0,
        array("I", sorted(set(map(crc32, said.features)))).tobytes(),
        packed,
    )


def _hash(value: Identity) -> int:
    digest = blake2b(as_bytes(value), digest_size=8).digest()
    return int.from_bytes(digest, "big") or 1


class Said(CachingRecord, eq=False):
    """What the texts of a question say, as far as questions are compared.

    `prose` and `code` are its stem: its text, and what is code or a picture there. `names` are the
    texts of its options.
    """

    prose: str
    code: str
    names: tuple[str, ...]

    @cached_property
    def options(self) -> Mapping[str, int]:
        """The texts of options with their numbers."""
        options: dict[str, int] = {}
        for number, name in enumerate(self.names):
            options.setdefault(name, number)
        return options

    @cached_property
    def _tokens(self) -> list[str]:
        return _TOKEN.findall(self.prose)

    @cached_property
    def all_words(self) -> tuple[str, ...]:
        """The words of the stem, and its signs."""
        return (*self._tokens, *_SIGN.findall(self.prose))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Those that count."""
        return tuple([word for word in self._tokens if word not in _LITTLE])

    @cached_property
    def turns(self) -> tuple[str, ...]:
        """The words that turn its meaning."""
        return tuple(sorted(filter(_turns, self.words)))

    @cached_property
    def is_statement(self) -> bool:
        return not SIDES.isdisjoint(map(str.casefold, self.options))

    @property
    def features(self) -> list[bytes]:
        """By these it is found among others. All but the code stand in one line each."""
        lines = "\n".join([*self.words, *[f"option {name}" for name in self.options]])
        code = [f"code {self.code}".encode(*_ANY)] if self.code else []
        return lines.encode(*_ANY).split(b"\n") + code if lines else code

    @property
    def says_enough(self) -> bool:
        """Whether it can be told from others: options that are but labels say nothing."""
        if self.options:
            return any(len(name) > 1 or not name.isalpha() for name in self.options)
        return len(self.words) > 2 or bool(self.code)

    @property
    def identity(self) -> Identity:
        words = self.all_words if self.is_statement else self.words
        return (words, self.code, tuple(sorted(self.options)))


class Entry(CachingRecord, eq=False):
    """A question as it is compared. The first of `spots` is where the stem stands, the others are
    those of the options: lines and columns of `Place`."""

    path: str
    said: Said
    verdicts: tuple[str, ...]
    spots: tuple[tuple[int, int, int, int], ...]

    @property
    def options(self) -> Mapping[str, int]:
        return self.said.options

    @cached_property
    def keys(self) -> frozenset[str]:
        """The texts of options that are right."""
        return frozenset(
            n for n, at in self.options.items() if self.verdicts[at] == Verdict.CORRECT
        )

    @property
    def stem(self) -> Place:
        return Place(self.path, *self.spots[0])

    def verdict(self, number: int) -> Verdict:
        return Verdict(self.verdicts[number])

    def place(self, number: int) -> Place:
        return Place(self.path, *self.spots[number + 1])


def entry(question: Compared) -> Entry:
    """A question with all that is compared of it."""
    return _entry(question.path, question.packed)


@remembered(1024)
def _entry(path: str, packed: bytes) -> Entry:
    prose, code, names, verdicts, spots = marshal.loads(packed)  # noqa: S302 - made by `_compared`
    return Entry(path, Said(prose, code, names), verdicts, spots)


def _turns(word: str) -> bool:
    """Whether stems that ask the same must both have a word: numbers and negations."""
    return word in _TURNING or (not word.isalpha() and bool(_DIGIT_OR_SIGN.search(word)))

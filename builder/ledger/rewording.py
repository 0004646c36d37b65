"""How likely it is that the words of an option became those of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import inf, lgamma, log

from builder.ledger.wording import (
    HINGES,
    Wording,
    by_length,
    changed,
    is_hinge,
    likeness,
    misspelt,
    mostly_others,
    spaced,
    tokens,
    wording,
)
from builder.similarity import in_order, opcodes
from builder.values import CachingRecord, cached_property

# What these numbers keep, and that they confuse nothing, is measured by tests/bench/identity.py.
ALIKE = 0.6  # from here on, two options are one, by words and order, hinges above all
WRITTEN = 0.58  # or by what stands between spaces, where the sense was not turned
ALIKE_TURNED, WRITTEN_TURNED = 0.7, 0.8  # the same where one is correct and the other is not
HARDLY_WRITTEN = 0.2  # below it, they must be as much alike too: all was typed anew

# In nats, how much less likely it is that an author did this than that the word was kept.
RECASED, MISSPELT, MOVED, TURNED, TOUCHED = 1.5, 1.5, 4.0, 2.5, 1.0
RETYPED = 1.0  # each of what stands between spaces, of code as of prose
KEPT, CHANGED = 4.0, 1.0  # words that an author keeps and changes, before any was seen
# Words that must have stayed, also where a value or operator came or went, or is another.
STAYED, VALUE_CAME, VALUE_CHANGED = 1, 2, 6
FEW_CHANGED = 0.15  # of the words between spaces: then a value may be another, however few stayed
SIGN = 0.3  # of a word that a sign of punctuation counts

PICTURES = "\u2600"  # from here on

VALUES = frozenset(
    "true false верно неверно неверные неправильно incorrect истина ложь ложно".split()
)
"""Hinges that state a value; all others turn the sense of the words around them."""
QUANTITIES = frozenset("all none always only все всегда только".split())
"""Hinges that are put otherwise or misspelt: "None of these", "Neither of these"."""


class Phrase(CachingRecord):
    """The text of an option as words, and as words and signs of punctuation."""

    text: str

    @cached_property
    def words(self) -> Wording:
        return wording(self.text)

    @cached_property
    def spaced(self) -> Counter[str]:
        return spaced(self.text)

    @cached_property
    def written(self) -> tuple[str, ...]:
        return tokens(self.text)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        return tuple(map(str.casefold, self.written))


@lru_cache(maxsize=4096)
def phrase(text: str) -> Phrase:
    return Phrase(text)


def one_option(before: Phrase, now: Phrase, *, turned: bool = False) -> bool:
    """Whether two texts may be one option, reworded, rather than two.

    `turned` says that one of them is correct and the other is not.
    """
    if mostly_others(before.spaced, now.spaced) and not _gained_a_word(before, now):
        return False
    words, new_words = before.words.words, now.words.words
    if not words or not new_words:
        return words == new_words and in_order(before.tokens, now.tokens) >= ALIKE
    kept, gone, came = _compared(words, new_words)
    stayed = sum(not _is_sign(word) for word in kept)
    slip_alone = max(len(gone), len(came)) == 1 and not turned
    if not kept and not slip_alone:
        return False
    of_values = not before.words.counts and not now.words.counts
    alike = 0.0 if of_values else likeness(before.words, now.words)
    # A piece of code is many words to a reader and one to the author who puts it in.
    pieces = before.text.split(), now.text.split()
    written = in_order(*pieces)
    strange = written < HARDLY_WRITTEN and min(map(len, pieces)) > 2
    if alike >= (ALIKE_TURNED if turned or strange else ALIKE):
        return True
    least = _least_kept(gone, came)
    enough = stayed >= least or (least < inf and changed(before.spaced, now.spaced) <= FEW_CHANGED)
    return enough and written >= (WRITTEN_TURNED if turned else WRITTEN)


def evidence(before: Phrase, now: Phrase) -> float:
    """In nats, how much likelier the text now is as the one before reworded than as another.

    Each word kept tells as much as it is rare; against it stands how seldom authors change so
    large a share of the words of an option.
    """
    kept, gone, came = _compared(before.tokens, now.tokens)
    told = sum(map(_rarity, kept)) - RECASED * _recased(before, now)
    weight = sum(map(_weight, kept))
    altered = 0.0
    for word in list(gone):
        if is_hinge(word):
            continue
        if slip := next((other for other in came if misspelt(word, other)), None):
            told += _rarity(word) - MISSPELT
            weight += 1
        elif word in came:
            slip = word
            told += _rarity(word) / 2 - MOVED
            weight, altered = weight + 0.5, altered + 0.5
        else:
            continue
        gone.remove(word)
        came.remove(slip)
    altered += max(sum(map(_weight, gone)), sum(map(_weight, came)))
    told -= RETYPED * _retyped(before.spaced, now.spaced)
    return told - _turning(gone, came) - _surprise(weight, altered)


def _gained_a_word(before: Phrase, now: Phrase) -> bool:
    """Whether all that happened is that to one word another came; if it went, less is said."""
    words = set(now.tokens)
    return (
        len(before.tokens) == 1
        and len(now.tokens) == len(words) == 2
        and words.issuperset(before.tokens)
        and by_length(before.tokens[0]) == 1
        and not any(map(is_hinge, words))
    )


def _compared(before: Sequence[str], now: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """The words that stayed in their order, those that went, and those that came."""
    kept: list[str] = []
    gone: list[str] = []
    came: list[str] = []
    for same, (start, end), (new_start, new_end) in opcodes(before, now):
        (kept if same else gone).extend(before[start:end])
        came += () if same else now[new_start:new_end]
    return kept, gone, came


def _recased(before: Phrase, now: Phrase) -> int:
    """How many words that stayed are written in another case: in code this tells."""
    return sum(
        word != other
        for same, (start, end), (new_start, new_end) in opcodes(before.tokens, now.tokens)
        for word, other in zip(before.written[start:end], now.written[new_start:new_end])  # noqa: B905
        if same
    )


def _retyped(before: Counter[str], now: Counter[str]) -> int:
    """How many words between spaces are others."""
    return max(before.total(), now.total()) - (before & now).total()


def _least_kept(gone: Sequence[str], came: Sequence[str]) -> float:
    """How many words must have stayed if these changed; endless if that turned the sense."""
    went, new = ([word for word in words if is_hinge(word)] for words in (gone, came))
    put_otherwise = not new and len(gone) == len(came) and QUANTITIES.issuperset(gone)
    if not put_otherwise and any(word in HINGES - VALUES for word in (*went, *new)):
        return inf
    return VALUE_CHANGED if went and new else VALUE_CAME if went or new else STAYED


def _turning(gone: Iterable[str], came: Iterable[str]) -> float:
    went, new = (any(is_hinge(w) and not _is_sign(w) for w in words) for words in (gone, came))
    return TURNED if went and new else TOUCHED if went or new else 0.0


def _surprise(kept: float, changed: float) -> float:
    """How unlikely it is that just these words were changed and just those kept.

    The share that an author changes is not known: small ones are likelier (a beta distribution).
    """
    prior = lgamma(CHANGED) + lgamma(KEPT) - lgamma(CHANGED + KEPT)
    both = lgamma(CHANGED + changed) + lgamma(KEPT + kept)
    return prior - both + lgamma(CHANGED + KEPT + changed + kept)


def _is_sign(word: str) -> bool:
    """Whether it is punctuation or an operator, and no word, number or picture."""
    return not any(letter.isalnum() or letter >= PICTURES for letter in word)


def _weight(word: str) -> float:
    return SIGN if _is_sign(word) else 1.0


@lru_cache(maxsize=4096)
def _rarity(word: str) -> float:
    """How much it tells, in nats, that another text has this word too: short ones are in many."""
    if _is_sign(word):
        return -log(0.2)
    if len(word) == 1 and ord(word) > 0x2FFF:  # a character in a script without spaces
        return -log(0.04)
    return -log(max(0.002, 0.1 * 4.0 ** (1 - len(word))))

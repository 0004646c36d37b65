"""Who a question is by all that it says besides its stem, which may be put quite otherwise."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence, Set

from builder.ledger.assignment import Pair
from builder.ledger.evidence import FREQUENT, NOTHING
from builder.ledger.sighting import Sighting
from builder.ledger.trace import overlap
from builder.ledger.wording import HINGES, by_length, is_hinge, kin

STAYED = 0.7  # of an explanation, if it is there before and now
SENTENCE = 6  # words of one that stayed as it was: they tell whatever else is the same
PAIR_ENOUGH, OPTIONS_ENOUGH = 3.0, 2.0  # words of two options, of more: no chance gives them
ANOTHER_SCRIPT = 0.2  # of the letters


def of_same_rest(
    asked: Sequence[Sighting],
    shipped: Sequence[Sighting],
    unknown: Sequence[int],
    waiting: Sequence[int],
) -> Iterator[Pair]:
    """The pairs of an unknown question and one waiting that say the same, as no other does.

    All others are looked at only if there is such a pair; those withdrawn never are.
    """
    pairs = list(_alike(asked, shipped, unknown, waiting)) if unknown else []
    if not pairs:
        return
    live = (old for old, entry in enumerate(shipped) if not entry.retired)
    shared = {said for new, old in pairs for said in _said(asked[new]) & _said(shipped[old])}
    now, before = _Said(asked, range(len(asked)), shared), _Said(shipped, live, shared)
    for new, old in pairs:
        one, other = asked[new].whole, shipped[old].whole
        if now.say_as_much(one, other) == [new] and before.say_as_much(one, other) == [old]:
            yield new, old


def _alike(
    asked: Sequence[Sighting],
    shipped: Sequence[Sighting],
    unknown: Sequence[int],
    waiting: Sequence[int],
) -> Iterator[Pair]:
    said = _Said(shipped, waiting)
    for new in unknown:
        for old in said.sharing(_said(asked[new])):
            if _says_the_same(asked[new].whole, shipped[old].whole):
                yield new, old


class _Said:
    """Finds questions by what they say besides their stems; only by some of that, if given."""

    def __init__(
        self,
        sightings: Sequence[Sighting],
        members: Iterable[int],
        only: Set[Hashable] | None = None,
    ) -> None:
        self._sightings = sightings
        self._saying: dict[Hashable, list[int]] = defaultdict(list)
        for i in members:
            said = _said(sightings[i].at_once)
            for one in said if only is None else said & only:
                self._saying[one].append(i)

    def sharing(self, said: Iterable[Hashable]) -> list[int]:
        """Those that say any of it which is not frequent."""
        each = (self._saying.get(one, ()) for one in said)
        return sorted({i for saying in each if len(saying) <= FREQUENT for i in saying})

    def say_as_much(self, one: Sighting, other: Sighting) -> list[int]:
        """Those that have enough of what two say in common to be one of them."""
        shared = _said(one) & _said(other)
        found = ((i, self._sightings[i].at_once) for i in self.sharing(shared))
        return [i for i, third in found if _says_as_much(third, one, other)]


def _said(one: Sighting) -> set[Hashable]:
    return {*one.folded_options, *([one.hashes] if one.hashes else [])}


def _says_the_same(one: Sighting, other: Sighting) -> bool:
    """Whether two questions may be one, whatever their stems say, by all else that they say.

    So tells an answer or explanation of a sentence which stayed as it was, or so do options that
    no chance gives to both. A translation into another script is another question, and so is one
    that has got a key: thus an author says so.
    """
    if (one.kind, one.key) != (other.kind, other.key):
        return False
    same = _same_options if one.options else _same_sentence
    return same(one, other) and _script(one.stem) == _script(other.stem)


def _same_options(one: Sighting, other: Sighting) -> bool:
    """Whether all options stayed, or all but one, and tell; the answer, or a word of it, stayed.

    "True" and "False", or numbers, may be those of any question: these only tell together with a
    sentence that explains.
    """
    shared = one.folded_options & other.folded_options
    most = max(len(one.folded_options), len(other.folded_options))
    if len(shared) < max(2, most - 1) or not _is_explained_so(one, other, STAYED):
        return False
    if one.folded_answers & shared != other.folded_answers & shared:
        return False
    words = {word for option in shared for word in one.option_words[option]}
    telling = (w for w in words if w not in HINGES and any(map(str.isalpha, w)))
    enough = PAIR_ENOUGH if most == 2 else OPTIONS_ENOUGH
    tell = sum(map(by_length, telling)) >= enough or _same_sentence(one, other)
    return tell and _answers_are_kin(one, other)


def _says_as_much(third: Sighting, one: Sighting, other: Sighting) -> bool:
    """Whether a question has enough of what two others share: the sentence, or half the options.

    One that is explained otherwise has not, be its options the same: so is a translation.
    """
    if _same_sentence(one, other):
        return third.hashes == one.hashes and third.kind == one.kind
    shared = one.folded_options & other.folded_options
    halves = 2 * len(shared & third.folded_options) >= len(shared)
    return halves and _is_explained_so(third, one, NOTHING)


def _same_sentence(one: Sighting, other: Sighting) -> bool:
    return len(one.hashes) >= SENTENCE and one.hashes == other.hashes


def _is_explained_so(one: Sighting, other: Sighting, least: float) -> bool:
    told = overlap(one.hashes, other.hashes)
    return told is None or told >= least


def _answers_are_kin(one: Sighting, other: Sighting) -> bool:
    """Whether a correct option stayed, or a word of one did."""
    if not one.folded_answers or not one.folded_answers.isdisjoint(other.folded_answers):
        return True
    ours, theirs = (
        {word for answer in side.folded_answers for word in side.option_words[answer]}
        for side in (one, other)
    )
    return any(len(a) > 3 and not is_hinge(a) and kin(a, b) for a in ours for b in theirs)


def _script(text: str) -> str:
    """The script of a text by Unicode's names: not Latin, in which code is, if some is another."""
    letters = Counter(unicodedata.name(c, "").partition(" ")[0] for c in text if c.isalpha())
    kana = letters.pop("HIRAGANA", 0) + letters.pop("KATAKANA", 0)
    if kana:  # Japanese, be there ever so much Chinese among it
        letters["KANA"] = kana + letters.pop("CJK", 0)
    total, _ = letters.total(), letters.pop("LATIN", 0)
    name, many = max(letters.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return name if many >= ANOTHER_SCRIPT * total > 0 else "LATIN"

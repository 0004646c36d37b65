"""Options that are not independent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from math import inf, nextafter

from builder.diagnostics import Related
from builder.items import Choice, Item
from builder.patterns import late
from builder.phrases import phrases
from builder.rules import INFO, Finding, each_question
from builder.similarity import normal
from builder.values import Record


@each_question(INFO)
def option_overlap(item: Item) -> Iterator[Finding]:
    """Options of which one holds another.

    If the smaller one is right the larger is right too, so a learner can argue for both, and
    whoever sees the pattern need not know the answer. Found for ranges of numbers, and for an
    option that joins others ("ReLU и Dropout", "both A and B").

    Source: Haladyna, Downing and Rodriguez (2002), guideline 22: "keep choices independent;
    choices should not be overlapping".

    Example: `1–5`, `5–10`, `10–20`: five is in two of them.

    Instead: `1–4`, `5–9`, `10–20`.
    """
    yield from _overlapping_ranges(item)
    yield from _joined_options(item)


# Ranges -------------------------------------------------------------------------------------

_NUMBER = r"(?P<{}>(?<![\w.,])-?\d+(?:[.,]\d+)?(?![\w]))"
_MORE = phrases("more|greater|over|above than?\nat least", "более|больше|свыше чем?\nне менее\nот")
_LESS = phrases("less|fewer|under|below than?\nat most\nup to", "менее|меньше чем?\nне более\nдо")
_DIGIT = re.compile(r"\d")
_BETWEEN = late(
    rf"(?:(?:from|between|от|с)\s+)?{_NUMBER.format('low')}\s*(?:-|–|—|\.\.|to|до)\s*"
    + _NUMBER.format("high"),
    re.IGNORECASE,
)
_RANGES = (
    _BETWEEN,
    late(rf"(?:{_MORE.source}|(?<![=-])>=?|≥)\s*{_NUMBER.format('low')}", re.IGNORECASE),
    late(rf"(?:{_LESS.source}|<=?(?!>)|≤)\s*{_NUMBER.format('high')}", re.IGNORECASE),
)
_WITH_ENDS = re.compile(r"[≥≤]|[<>]=|at |up to|не |\b(?:от|до)\b")
_ASKS_FOR_RANGE = phrases(
    "range|interval|ranges|intervals|between|limit|limits|maximum|minimum|most|least",
    "диапазон*|интервал*|между|максим*|минимал*|предел*|наибольш*|наименьш*",
)
_LIMIT = phrases("up to\nat most", "до\nне более")
"""Options that are all of this kind name limits, of which one can be right."""

_FEW_WORDS = 3
"""An option that says more than this besides its numbers is no range, but speaks of one."""


class _Range(Record):
    """Numbers that an option speaks of; `about` is what it says besides ("слоёв")."""

    low: float
    high: float
    about: str

    def overlaps(self, other: _Range) -> bool:
        return self.about == other.about and (
            max(self.low, other.low) <= min(self.high, other.high)
            and (self.low, self.high) != (other.low, other.high)  # told as the same option
        )


def _overlapping_ranges(item: Item) -> Iterator[Finding]:
    found = [(each, numbers) for each in item.choices if (numbers := _range(each))]
    if item.stem.says(_ASKS_FOR_RANGE) or all(each.wording.says(_LIMIT) for each, _ in found):
        return
    for (first, one), (second, other) in combinations(found, 2):
        if one.overlaps(other):
            yield Finding(
                item.manuscript.place(second.span),
                f"overlaps with “{first.wording.plain}”",
                "make ranges that have no number in common",
                (Related(item.manuscript.place(first.span), "the other range"),),
            )
            return


def _range(choice: Choice) -> _Range | None:
    if not _DIGIT.search(choice.wording.prose):
        return None
    text = " ".join(choice.wording.prose.split())
    for pattern in _RANGES:
        if match := pattern.search(text):
            ends = match.groupdict()
            low, high = _value(ends.get("low"), -inf), _value(ends.get("high"), inf)
            if pattern is not _BETWEEN and not _WITH_ENDS.search(match[0]):  # "more than 5"
                low, high = nextafter(low, inf), nextafter(high, -inf)
            about = normal(f"{text[: match.start()]} {text[match.end() :]}")
            if low < high and not _DIGIT.search(about) and about.count(" ") < _FEW_WORDS:
                return _Range(low, high, about)
    return None


def _value(number: str | None, otherwise: float) -> float:
    return float(number.replace(",", ".")) if number else otherwise


# Options that join others ---------------------------------------------------------------------

LONGEST = 60
"""No option that is but letters of others is longer."""

_AND = re.compile(r"\s*(?:,\s*(?:(?:and|и)\b)?|\band\b|\bи\b|&|\+)\s*", re.IGNORECASE)
_BOTH = re.compile(r"^\W*(?:both|и|как)\s+", re.IGNORECASE)
_BY_LETTER = late(
    r"""\W*(?:(?i:both|оба|options?|answers?|варианты?|ответы?|и)\s+)?
    (?:(?:[A-F1-6]|[А-Е])[.)]?\s*(?:,|\band\b|\bи\b|&)\s*){1,3}(?:[A-F1-6]|[А-Е])[.)]?
    (?:\s+(?:are|верны|правильны)\b[\w\s]*)?\W*""",
    re.VERBOSE,
)


_WORD = re.compile(r"[^\W\d_]{3}")


def _joined_options(item: Item) -> Iterator[Finding]:
    joining = [choice for choice in item.choices if _AND.search(choice.wording.exact)]
    by_name = {_name(each.wording.exact): each for each in item.choices} if joining else {}
    for choice in joining:
        text = choice.wording.plain
        parts = {_name(part) for part in _AND.split(_BOTH.sub("", choice.wording.exact))}
        held = [by_name[part] for part in sorted(parts) if part in by_name]
        if choice in held or len(parts) < 2 or len(held) < len(parts) or not choice.wording.words:
            held = []
        if held or _names_letters(item, text):
            yield Finding(
                item.manuscript.place(choice.span),
                f"“{text}” holds other options",
                "ask for all that fit, and take it out",
                tuple(Related(item.manuscript.place(each.span), "held by it") for each in held),
            )
            return


def _name(text: str) -> str:
    return text.strip(" .`*_").casefold()


def _names_letters(item: Item, text: str) -> bool:
    """Whether an option is but letters or numbers of others, which say more than it does."""
    if len(item.choices) < 3 or len(text) > LONGEST or not _BY_LETTER.fullmatch(text):
        return False
    labels = re.findall(r"\b[A-F1-6А-Е]\b", text)
    in_order = labels == sorted(set(labels)) and not item.stem.besides
    others = [each.wording.plain for each in item.choices if each.wording.plain != text]
    says = (_WORD.search(other) and not _BY_LETTER.fullmatch(other) for other in others)
    return in_order and all(says)

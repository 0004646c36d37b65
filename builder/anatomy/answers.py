"""What an answer names: options by letter, number or text, be it misspelt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.anatomy.faces import closed
from builder.diagnostics import Report
from builder.model import Option, Verdict
from builder.scan import Line, cut
from builder.signals.labels import TWINS, Named, named, places, plain
from builder.signals.phrases import bare
from builder.similarity import normal, similarity
from builder.values import Record, cached_property

ALIKE = 0.75
"""From here on an answer is taken for an option that it does not repeat exactly."""

CLEARLY = 0.05
"""How much more alike the best option must be than the second."""

MOST_COMPARED = 200
"""Options that an answer is compared with; reading stays linear however many there are."""


class Answer(Record):
    """The options that an answer names, by number.

    `rest` is what it says behind them, `whole` whether that and all else of it must be kept.
    """

    right: frozenset[int]
    rest: Line | None = None
    whole: bool = False


_UNKNOWN = Verdict.UNKNOWN


def is_judged(option: Option) -> bool:
    """Whether something says if an option is right."""
    return option.verdict is not _UNKNOWN


def shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


class AnswerReader:
    """Reads answers to one list of options."""

    def __init__(self, options: Sequence[Option], report: Report) -> None:
        self.options = options
        self.report = report

    @cached_property
    def settled(self) -> bool:
        """Whether something else says which options are right."""
        return any(map(is_judged, self.options))

    @cached_property
    def names(self) -> list[str]:
        return [normal(bare(option.text.markdown)) for option in self.options]

    @cached_property
    def labels(self) -> list[str]:
        return [plain(option.label) for option in self.options]

    def repeats(self, said: Line) -> bool:
        """Whether a line is the text of an option."""
        return normal(bare(said.text)) in self.names

    def read(self, said: Line) -> Answer | None:
        """What a line names: labels of options, the text of one, places, texts that are alike."""
        called = named(said.text)
        name = normal(bare(said.text))
        if " " in name and name in self.names:  # "[1, 2]" is no list of labels then
            return Answer(frozenset((self.names.index(name),)))
        if called and all(plain(label) in self.labels for label in called.labels):
            return self._by_labels(called, said)
        if name and name in self.names:
            return Answer(frozenset((self.names.index(name),)))
        if called and (found := self._by_labels(called, said)):
            return found
        return None if self.settled or not name else self._by_texts(said)

    # By label ------------------------------------------------------------------------------

    def _by_labels(self, called: Named, said: Line) -> Answer | None:
        more = tuple(match[1] for match in _MORE.finditer(called.rest)) if called.rest else ()
        right = self.places((*called.labels, *more), said) or self.places(called.labels, said)
        if not right:
            return None
        if not called.rest or more:
            return Answer(right)
        text = normal(bare(called.rest))
        if len(right) == 1 and text in self.names and self.names[min(right)] != text:
            self.report.warning(
                "contradicting-answer",
                said.span,
                "the letter names one option, the text another",
                "correct one of them; the letter was believed",
            )
        if any(own.startswith(text) for own in self.names):
            return Answer(right)
        at = len(said.text.rstrip()) - len(called.rest)
        label = said.text[:at].strip("*_ ")  # the words above it may have taken "**" for theirs
        return Answer(right, closed(f"**{label}", cut(said, at)))

    def places(self, labels: Sequence[str], said: Line) -> frozenset[int]:
        """The options that labels name; nothing if one of them names none."""
        found = [self._place(plain(label), said) for label in labels]
        if None in found or len(set(found)) < len(found):
            return frozenset()
        return frozenset(at for at in found if at is not None)

    def _place(self, label: str, said: Line) -> int | None:
        """The option that a label names: as typed, as it looks, by its place in its alphabet."""
        if label in self.labels:
            return self.labels.index(label)
        twins = [twin for twin in _looks_like(label) if twin in self.labels]
        if twins:
            at = self.labels.index(twins[0])
            return self._taken("foreign-letter", said, at, "a letter of another alphabet")
        own = {alphabet for at, other in enumerate(self.labels) if other
               for alphabet, place in places(other) if place == at}  # fmt: skip
        inside = [(a, at) for a, at in places(label) if at < len(self.options)]
        for alphabet, at in inside:
            if alphabet in own:
                return at
        if not inside:
            return None
        if not own:
            return self._taken("answer-by-place", said, inside[0][1], "the options have no labels")
        if label.isdecimal():
            return self._taken("answer-by-place", said, inside[0][1], "a number for a letter")
        return self._taken("foreign-letter", said, inside[0][1], "a letter of another alphabet")

    def _taken(self, rule: str, said: Line, at: int, why: str) -> int:
        name = shortened(bare(self.options[at].text.markdown))
        self.report.info(rule, said.span, f"{why}, taken for “{name}”", "repeat the option's label")
        return at

    # By text -------------------------------------------------------------------------------

    def _by_texts(self, said: Line) -> Answer | None:
        """The options whose texts a line nearly repeats, or begins with."""
        text = bare(said.text)
        if joined := self._joined(normal(text)):
            return Answer(joined)
        if (one := self._similar(text, said)) is not None:
            return Answer(frozenset((one,)))
        parts = [part for part in _PARTS.split(text) if part.strip()]
        several = [self._similar(part, said) for part in parts] if len(parts) > 1 else [None]
        if None not in several:
            return Answer(frozenset(at for at in several if at is not None))
        name = normal(text)
        begun = [n for n, own in enumerate(self.names) if own and _begins_one(name, own)]
        if len(begun) != 1:
            return None
        own = self.names[begun[0]]
        if not name.startswith(own):
            self._say_similar(said, begun[0], similarity(own, name))
        return Answer(frozenset(begun), whole=True)

    def _joined(self, name: str) -> frozenset[int]:
        """The options whose texts one after another make a name, commas in them or not."""
        if len(self.names) > MOST_COMPARED:
            return frozenset()
        rest, found = f" {name} ", set()
        for number in sorted(range(len(self.names)), key=lambda n: -len(self.names[n])):
            own = f" {self.names[number]} "
            if own.strip() and own in rest:
                rest = rest.replace(own, "  ", 1)
                found.add(number)
        left = set(rest.split()) - {"and", "и", "та", "y", "et", "und"}
        return frozenset() if left else frozenset(found)

    def _similar(self, text: str, said: Line) -> int | None:
        """The one option that a text clearly resembles; all numbers in both must be the same."""
        name = normal(text)
        if name in self.names:
            return self.names.index(name)
        if len(self.names) > MOST_COMPARED or not name:
            return None
        scores = [similarity(own, name) for own in self.names]
        at = max(range(len(scores)), key=scores.__getitem__)
        second = max(scores[:at] + scores[at + 1 :], default=0.0)
        if scores[at] < ALIKE or scores[at] - second < CLEARLY:
            return None
        if _NUMBERS.findall(self.names[at]) != _NUMBERS.findall(name):
            return None
        self._say_similar(said, at, scores[at])
        return at

    def _say_similar(self, said: Line, at: int, score: float) -> None:
        self.report.warning(
            "misspelt-answer",
            said.span,
            f"taken for the option “{shortened(bare(self.options[at].text.markdown))}”,"
            f" similarity {score:.0%}",
            "repeat the option's text, or its letter",
        )


_NUMBERS = re.compile(r"\d+")
_MORE = re.compile(r"(?:[;,]|\bи\b|\band\b)\s*\(?([^\W\d_]|\d)[).](?=\s)")
_PARTS = re.compile(r"\s*(?:[,;/+]|\bи\b|\band\b|\bта\b|、)\s*")


def _begins_one(one: str, other: str) -> bool:
    """Whether one of two texts is the beginning of the other, in whole words."""
    return f"{one} ".startswith(f"{other} ") or f"{other} ".startswith(f"{one} ")


def _looks_like(label: str) -> list[str]:
    """Letters of other alphabets that look like a label."""
    latin = [TWINS[label]] if label in TWINS else []
    return [*latin, *(letter for letter, twin in TWINS.items() if twin == label)]

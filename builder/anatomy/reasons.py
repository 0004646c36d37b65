"""What is said of each option, and of the question as a whole."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from builder.anatomy.answers import ALIKE, shortened
from builder.anatomy.faces import Face, face
from builder.anatomy.head import compose, unwrapped
from builder.diagnostics import Report
from builder.model import Option, Passage, Verdict
from builder.scan import Block, Line, Shape, blocks, cut, inside
from builder.signals.announcements import Part, announced
from builder.signals.labels import plain
from builder.signals.marks import SIGNS, ticks
from builder.signals.phrases import bare, judged, verdict_in_words
from builder.similarity import normal, similarity
from builder.source import Span

MOST_PAIRS = 10_000
"""Reading stays linear: more sections times options than this are matched by equal text only."""


class _Reading(NamedTuple):
    """A way to split a line into the name of an option, which is also given as names are compared,
    and a summary of what is said of it."""

    name: str
    normal: str
    summary: Line | None


@dataclass(slots=True)
class Section:
    """A part of an explanation that speaks of one option: by name, by label, or by a mark.

    `summary` is what the first line says of the option, if it says anything besides its name.
    """

    block: Block
    shown: Face
    summary: Line | None = None
    below: list[Block] = field(default_factory=list)
    _read: Sequence[_Reading] = ()

    @property
    def readings(self) -> Sequence[_Reading]:
        """The ways to read its first line."""
        if not self._read:
            self._read = _readings(self.shown.text)
        return self._read

    @property
    def verdict(self) -> Verdict | None:
        """What the section says of its option: by its mark, or in its last words."""
        if self.shown.sign in SIGNS:
            return SIGNS[self.shown.sign]
        if self.shown.box is not None:
            return ticks(self.shown.box)
        lines = [line for block in self.below for line in block.lines]
        said = [verdict for line in lines if (verdict := verdict_in_words(line.text.strip()))]
        return said[-1] if said else None


@dataclass(frozen=True, slots=True)
class Explained:
    """Options with their reasons, and the blocks that speak of the question as a whole."""

    options: tuple[Option, ...]
    general: tuple[Block, ...]
    labels: tuple[Span, ...]


def explain(
    options: Sequence[Option], below: Sequence[Block], keyed: bool, report: Report
) -> Explained:
    """Sorts the blocks below the options: reasons to their options, the rest to the question.

    A section speaks of an option if it begins with a mark or repeats the option's text or letter.
    If headings do, only headings begin sections; else paragraphs, else the items of a list.
    Where nothing else is `keyed` as right, the first words of the reasons say it.
    """
    names = _Names(options)
    shapes = {block.shape for block in below} if options else set()
    for shape in (Shape.HEADING, Shape.PARAGRAPH, Shape.ITEM):
        if shape not in shapes:
            continue
        sections, general = _sections(below, shape, names)
        if len(sections) > (shape is not Shape.HEADING):
            break
    else:
        return Explained(tuple(options), tuple(below), ())
    matched, strays = _match(sections, names, report, shape)
    general += [block for stray in strays for block in (stray.block, *stray.below)]
    general.sort(key=lambda block: block.first)
    explained = tuple(
        _with_reason(option, matched.get(number), report) for number, option in enumerate(options)
    )
    if not keyed:
        explained = _judged(explained, matched)
    spans = tuple(section.block.span for section in matched.values())
    return Explained(explained, tuple(general), spans)


def _judged(options: tuple[Option, ...], matched: Mapping[int, Section]) -> tuple[Option, ...]:
    """Options with what their reasons say first, if one is said to be right: the rest are not."""
    if any(option.verdict is not Verdict.UNKNOWN for option in options):
        return options
    said = {number: judged((section.summary or section.shown.text).text)
            for number, section in matched.items()}  # fmt: skip
    if Verdict.CORRECT not in said.values():
        return options
    return tuple(
        option._replace(verdict=said.get(number) or Verdict.WRONG)
        for number, option in enumerate(options)
    )


class _Names:
    """What the options of a question are called."""

    def __init__(self, options: Sequence[Option]) -> None:
        self.labels = {plain(o.label): n for n, o in enumerate(options) if o.label}
        self.lines = [option.text.markdown.partition("\n")[0] for option in options]
        self.typed = _numbers_of(self.lines)
        """The numbers of the options by their text as it was typed."""

    @cached_property
    def texts(self) -> list[str]:
        return [bare(line) for line in self.lines]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The same as names are compared."""
        return _numbers_of([normal(text) for text in self.texts])

    def label(self, shown: Face) -> int | None:
        return self.labels.get(plain(shown.label)) if shown.label else None


def _numbers_of(names: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        found.setdefault(name, []).append(number)
    return found


# Finding sections --------------------------------------------------------------------------


def _sections(
    below: Sequence[Block], shape: Shape, names: _Names
) -> tuple[list[Section], list[Block]]:
    """The sections that begin with a block of some shape, and the blocks of none."""
    sections: list[Section] = []
    general: list[Block] = []
    current: Section | None = None
    for block in below:
        if block.shape is shape:
            if current and shape is Shape.HEADING and block.level > current.block.level:
                current.below.append(block)
                continue
            section = _section(block, names)
            if section:
                sections.append(section)
                current = section if shape is not Shape.ITEM else None
                continue
            if shape is Shape.HEADING or _ends_sections(block, shape):
                current = None
        elif current and (block.shape is Shape.HEADING or _ends_sections(block, shape)):
            current = None
        (current.below if current else general).append(block)
    for section in sections:
        while section.below and section.below[-1].shape is Shape.RULE:
            general.append(section.below.pop())  # it parts sections, and is not shown
    return sections, general


def _ends_sections(block: Block, shape: Shape) -> bool:
    """Whether a block speaks of the question again: the final answer, the explanation, sources."""
    if block.shape is not Shape.PARAGRAPH:
        return False
    if shape is not Shape.HEADING and all(_SOURCE.match(line.text) for line in block.lines):
        return True
    said = announced(block.text.text)
    return bool(said and said.part is not Part.REMARK)


_SOURCE = re.compile(r"\s*(?:<?https?://\S+|\[[^\]\[]*\]\([^()]*\))\s*$")


_CALLED = re.compile(
    r"(?:options?|choice|answer|вариант|ответ|пункт)?\s?[*_(\"«]{0,3}(?P<label>[^\W\d_]|\d)[*_)\"»]{0,3}\s"
    r"(?=(?:is|are|was|isn't|incorrect|correct|wrong|right|не|неверн\w+|верн\w+|подходит|это)\b|[—–-]\s)",
    re.IGNORECASE,
)


_LOUD = re.compile(
    r"[*_`<(\u2190-\U0001ffff]|\w{1,2}[).:\s]|(?:options?|choice|answer|вариант|ответ|пункт)\b",
    re.IGNORECASE,
)
"""How a paragraph begins that may speak of an option: not as running text does."""


def _section(block: Block, names: _Names) -> Section | None:
    if block.shape is Shape.PARAGRAPH and not _LOUD.match(block.text.text):
        return None
    shown = face(block.text)
    if not shown.label and (match := _CALLED.match(block.text.text)):
        shown = shown._replace(label=match["label"], text=cut(block.text, match.end()))
    section = Section(block, shown)
    if shown.text.text in names.typed or names.label(shown) is not None:
        return section
    marked = shown.sign in SIGNS and bool(shown.sign)
    if marked and block.shape is Shape.HEADING:
        return section
    named = any(reading.normal in names.places for reading in section.readings)
    return section if named or (marked and _resembles(section.readings, names)) else None


def _alike(one: str, own: str) -> float:
    """How much a section's name resembles an option's: a part of it counts as nearly the same."""
    other = normal(own)
    if len(one) > 2 and (f" {other} ".find(f" {one} ") >= 0 or f" {one} ".find(f" {other} ") >= 0):
        return max(PART, similarity(one, other))
    return similarity(one, other)


PART = 0.8
"""What a shortened name is worth, beside names that merely resemble each other."""


def _resembles(readings: Sequence[_Reading], names: _Names) -> bool:
    if len(names.texts) > MOST_PAIRS // 100:
        return False
    return any(_alike(reading.normal, own) >= ALIKE for reading in readings for own in names.texts)


_DASH = re.compile(r"\s+[—–-]+\s+|\s*[:：]\s*(?=[*_]{0,3}\s|$)|\s+->\s+|\s+→\s+|(?<=\*\*)\s+(?=\()")
_DASHES = re.compile(r"[—–:：→-]|\*\*\s")
"""What such a place has in it."""
MOST_READINGS = 6


def _readings(text: Line) -> list[_Reading]:
    """The ways to split a line into a name and a summary, the whole as a name first."""
    found = [_reading(text.text, None)]
    if not _DASHES.search(text.text):
        return found
    for match in islice(_DASH.finditer(text.text), MOST_READINGS):
        rest = cut(text, match.end())
        found.append(_reading(text.text[: match.start()], None if rest.blank else rest))
    return found


def _reading(name: str, summary: Line | None) -> _Reading:
    return _Reading(name, normal(bare(name)), summary)


# Matching them to options ------------------------------------------------------------------


def _match(
    sections: Sequence[Section], names: _Names, report: Report, shape: Shape
) -> tuple[dict[int, Section], list[Section]]:
    """Which section speaks of which option, and the sections that speak of none.

    Texts that are typed alike first, then equal names, then labels, then the most similar pairs
    above `ALIKE`, which are said.
    """
    matched: dict[int, Section] = {}
    strays: list[Section] = []
    free = {name: list(numbers) for name, numbers in names.typed.items()}
    for section in sections:
        number = _taken(free.get(section.shown.text.text), matched)
        if number is None:
            strays.append(section)
        else:
            matched[number] = section
    if not strays:
        return matched, strays
    free = {name: list(numbers) for name, numbers in names.places.items()}
    for section in list(strays):
        for reading in section.readings:
            number = _taken(free.get(reading.normal), matched)
            if number is not None:
                section.summary = reading.summary
                matched[number] = section
                strays.remove(section)
                break
    for section in list(strays):
        number = names.label(section.shown)
        if number is not None and number not in matched:
            section.summary = section.shown.text
            matched[number] = section
            strays.remove(section)
    for section, number, score in _similar(tuple(strays), matched, names):
        matched[number] = section
        strays.remove(section)
        report.info(
            "similar-section",
            section.block.text.span,
            f"taken as the reason of “{shortened(names.texts[number])}”, similarity {score:.0%}",
            "repeat the option's text where its reason begins",
        )
    for stray in strays if shape is Shape.HEADING else ():
        report.warning(
            "unmatched-section",
            stray.block.text.span,
            f"no option is called “{shortened(bare(stray.readings[-1].name))}”",
            "repeat the option's text in the heading; the section stays in the explanation",
        )
    return matched, strays


def _taken(free: list[int] | None, matched: Container[int]) -> int | None:
    """Takes the first of some numbers that has no section yet."""
    while free:
        number = free.pop(0)
        if number not in matched:
            return number
    return None


def _similar(
    sections: Sequence[Section], matched: dict[int, Section], names: _Names
) -> Iterator[tuple[Section, int, float]]:
    """The best pairs of sections and options, best first; too many to compare are not compared."""
    numbers = [n for n in range(len(names.texts)) if n not in matched]
    if len(sections) * len(numbers) > MOST_PAIRS:
        return
    pairs = []
    for place, section in enumerate(sections):
        for number in numbers:
            scores = [_alike(reading.normal, names.texts[number]) for reading in section.readings]
            best = max(range(len(scores)), key=scores.__getitem__)
            if scores[best] >= ALIKE:
                pairs.append((-scores[best], place, number, best))
    taken: set[int] = set()
    placed: set[int] = set()
    for score, place, number, reading in sorted(pairs):
        if place not in placed and number not in taken:
            placed.add(place)
            taken.add(number)
            sections[place].summary = sections[place].readings[reading].summary
            yield sections[place], number, -score


# Giving them to options --------------------------------------------------------------------


def _with_reason(option: Option, section: Section | None, report: Report) -> Option:
    if section is None:
        return option
    said, verdict = section.verdict, option.verdict
    if said is not None and verdict is Verdict.UNKNOWN:
        verdict = said
    elif said not in (None, verdict) and section.shown.sign:
        report.error(
            "contradicting-marks",
            section.block.text.span,
            f"marked {said} here, {verdict} in the list of options",
            "use the same mark in both places; the list was believed",
        )
    summary, why = _texts(section)
    return Option(
        option.text,
        verdict,
        option.span,
        summary=summary or option.summary,
        why=compose(why) or option.why,
        label=option.label,
    )


def _texts(section: Section) -> tuple[Passage | None, list[Block]]:
    """The summary and the reason of a section; a summary with nothing below it is the reason."""
    block = section.block
    if block.shape is Shape.HEADING:
        lines: Sequence[Line] = ()
        below = section.below
    else:
        lines = (inside(block) if block.shape is Shape.ITEM else block.lines)[1:]
        below = [*blocks(lines), *section.below]
    if section.summary is None:
        return None, below
    if not below or (lines and not lines[0].blank):
        first = Block(Shape.PARAGRAPH, (section.summary, *lines), section.summary)
        return None, [first, *section.below]
    return unwrapped(compose([Block(Shape.PARAGRAPH, (section.summary,), section.summary)])), below

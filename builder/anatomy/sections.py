"""The parts of an explanation that speak of one option each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from builder.anatomy.answers import ALIKE
from builder.anatomy.faces import Face, closed, face
from builder.model import Option, Verdict
from builder.patterns import late
from builder.scan import Block, Line, Shape, cut
from builder.signals.announcements import Part, announced
from builder.signals.labels import plain
from builder.signals.marks import SIGNS, ticks
from builder.signals.phrases import bare, verdict_in_words
from builder.similarity import normal, similarity
from builder.values import Draft, Record, cached_property, field, replace

MOST_NAMES = 100
"""Reading stays linear: of more options than this a section must repeat one to be marked."""


class Reading(Record):
    """A way to split a line into the name of an option, which is also given as names are compared,
    and a summary of what is said of it."""

    name: str
    normal: str
    summary: Line | None


class Section(Draft, dict=True):
    """A part of an explanation that speaks of one option: by name, by label, or by a mark.

    `summary` is what the first line says of the option, if it says anything besides its name.
    """

    block: Block
    shown: Face
    summary: Line | None = None
    below: list[Block] = field(default_factory=list)

    @cached_property
    def readings(self) -> Sequence[Reading]:
        """The ways to read its first line."""
        return _readings(self.shown.text)

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


class Names:
    """What the options of a question are called."""

    def __init__(self, options: Sequence[Option]) -> None:
        self.options = options
        self.lines = [_first_line(option.text.markdown) for option in options]
        self.typed = _numbers_of(self.lines)
        """The numbers of the options by their text as it was typed."""

    @cached_property
    def labels(self) -> dict[str, int]:
        return {plain(o.label): n for n, o in enumerate(self.options) if o.label}

    @cached_property
    def texts(self) -> list[str]:
        return [bare(line) for line in self.lines]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The same as names are compared."""
        return _numbers_of([normal(text) for text in self.texts])

    @cached_property
    def letters(self) -> str:
        """The letters they begin with as names are compared; "" if that takes a closer look."""
        found = _LETTER.findall("\n".join(["", *self.lines]))
        return "".join(found).casefold() if len(found) == len(self.lines) else ""

    def repeated(self, section: Section) -> bool:
        """Whether a section begins with one of them, as names are compared."""
        begun = _LETTER.match(f"\n{section.shown.text.text}")
        if begun and self.letters and begun[1].casefold() not in self.letters:
            return False
        return any(reading.normal in self.places for reading in section.readings)

    def label(self, shown: Face) -> int | None:
        return self.labels.get(plain(shown.label)) if shown.label else None


def _first_line(markdown: str) -> str:
    """The first line that a reader sees: of code, the first one in the fence."""
    if "\n" not in markdown:
        return markdown
    first, _, below = markdown.partition("\n")
    return below.partition("\n")[0] if below and first.startswith(("```", "~~~")) else first


_LETTER = re.compile(r"\n[*`]*([A-Za-zА-Яа-я])(?=[^\W_]|[ =:.,;()+\n-]|$)")
"""A letter that a line begins with, and that nothing behind it changes."""


def _numbers_of(names: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        found.setdefault(name, []).append(number)
    return found


def find_sections(
    below: Sequence[Block], shape: Shape.OneOf, names: Names
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
    parting: list[Block] = []  # rules between sections, which are not shown
    for section in sections:
        while section.below and section.below[-1].shape is Shape.RULE:
            parting.append(section.below.pop())
    return sections, sorted([*general, *parting], key=place_of) if parting else general


def place_of(block: Block) -> int:
    """The line in which a block begins, by which blocks are put in order."""
    return block.first


def _ends_sections(block: Block, shape: Shape.OneOf) -> bool:
    """Whether a block speaks of the question again: the final answer, the explanation, sources."""
    if block.shape is not Shape.PARAGRAPH:
        return False
    if shape is not Shape.HEADING and all(_SOURCE.match(line.text) for line in block.lines):
        return True
    said = announced(block.text.text)
    return bool(said and said.part is not Part.REMARK)


_SOURCE = re.compile(r"\s*(?:<?https?://\S+|\[[^\]\[]*\]\([^()]*\))\s*$")


_CALLED = re.compile(
    r"(?=[\w\s*(\"«])(?:options?|choice|answer|вариант|ответ|пункт)?\s?[*_(\"«]{0,3}(?P<label>[^\W\d_]|\d)[*_)\"»]{0,3}\s"
    r"(?=(?:is|are|was|isn't|incorrect|correct|wrong|right|не|неверн\w+|верн\w+|подходит|это)\b|[—–-]\s)",
    re.IGNORECASE,
)


_LOUD = late(
    r"[*_`<(\u2190-\U0001ffff]|\w{1,2}[).:\s]|(?i:options?|choice|answer|вариант|ответ|пункт)\b"
)
"""How a paragraph begins that may speak of an option: not as running text does."""


def _section(block: Block, names: Names) -> Section | None:
    if block.shape is Shape.PARAGRAPH and not _LOUD.match(block.text.text):
        return None
    shown = face(block.text)
    if not shown.label and (match := _CALLED.match(block.text.text)):
        said = closed(match[0], cut(block.text, match.end()))
        shown = replace(shown, label=match["label"], text=said)
    section = Section(block, shown)
    if shown.text.text in names.typed or names.label(shown) is not None:
        return section
    marked = shown.sign in SIGNS and bool(shown.sign)
    if marked and block.shape is Shape.HEADING:
        return section
    if names.repeated(section) or (marked and _resembles(section.readings, names)):
        return section
    return None


def alike(one: str, own: str) -> float:
    """How much a section's name resembles an option's: a part of it counts as nearly the same."""
    other = normal(own)
    if len(one) > 2 and (f" {other} ".find(f" {one} ") >= 0 or f" {one} ".find(f" {other} ") >= 0):
        return max(PART, similarity(one, other))
    return similarity(one, other)


PART = 0.8
"""What a shortened name is worth, beside names that merely resemble each other."""


def _resembles(readings: Sequence[Reading], names: Names) -> bool:
    if len(names.texts) > MOST_NAMES:
        return False
    return any(alike(reading.normal, own) >= ALIKE for reading in readings for own in names.texts)


_DASH = re.compile(r"\s+[—–-]+\s+|\s*[:：]\s*(?=[*_]{0,3}\s|$)|\s+->\s+|\s+→\s+|(?<=\*\*)\s+(?=\()")
_DASHES = re.compile(r"[—–:：→-]|\*\*\s")
"""What such a place has in it."""
MOST_READINGS = 6


def _readings(text: Line) -> list[Reading]:
    """The ways to split a line into a name and a summary, the whole as a name first."""
    found = [_reading(text.text, None)]
    if not _DASHES.search(text.text):
        return found
    for match in islice(_DASH.finditer(text.text), MOST_READINGS):
        rest = cut(text, match.end())
        found.append(_reading(text.text[: match.start()], None if rest.blank else rest))
    return found


def _reading(name: str, summary: Line | None) -> Reading:
    return Reading(name, normal(bare(name)), summary)

"""What is said of each option, and of the question as a whole."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from builder.anatomy.answers import ALIKE, is_judged, shortened
from builder.anatomy.head import compose, unwrapped
from builder.anatomy.sections import Names, Section, alike, find_sections, place_of
from builder.diagnostics import Report
from builder.model import Option, Passage, Verdict
from builder.scan import Block, Line, Shape, blocks, inside
from builder.signals.phrases import bare, judged
from builder.source import Span
from builder.values import Record, replace

MOST_PAIRS = 10_000
"""Reading stays linear: more sections times options than this are matched by equal text only."""


class Explained(Record):
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
    names = Names(options)
    for shape in (Shape.HEADING, Shape.PARAGRAPH, Shape.ITEM) if options and below else ():
        sections, general = find_sections(below, shape, names)
        if len(sections) > (shape is not Shape.HEADING):
            break
    else:
        return Explained(tuple(options), tuple(below), ())
    matched, strays = _match(sections, names, report, shape)
    if strays:
        general += [block for stray in strays for block in (stray.block, *stray.below)]
        general.sort(key=place_of)
    explained = tuple(
        [_with_reason(option, matched.get(number), report) for number, option in enumerate(options)]
    )
    if not keyed:
        explained = _judged(explained, matched)
    spans = tuple([section.block.span for section in matched.values()])
    return Explained(explained, tuple(general), spans)


def _judged(options: tuple[Option, ...], matched: Mapping[int, Section]) -> tuple[Option, ...]:
    """Options with what their reasons say first, if one is said to be right: the rest are not."""
    if any(map(is_judged, options)):
        return options
    said = {number: judged((section.summary or section.shown.text).text)
            for number, section in matched.items()}  # fmt: skip
    if Verdict.CORRECT not in said.values():
        return options
    return tuple(
        replace(option, verdict=said.get(number) or Verdict.WRONG)
        for number, option in enumerate(options)
    )


# Matching them to options ------------------------------------------------------------------


def _match(
    sections: Sequence[Section], names: Names, report: Report, shape: Shape.OneOf
) -> tuple[dict[int, Section], list[Section]]:
    """Which section speaks of which option, and the sections that speak of none.

    Texts that are typed alike first, then equal names, then labels, then the most similar pairs
    above `ALIKE`, which are said.
    """
    matched: dict[int, Section] = {}
    strays = _typed(sections, names, matched)
    if not strays:
        return matched, strays
    strays = _labelled(_named(strays, names, matched), names, matched)
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


def _typed(sections: Sequence[Section], names: Names, matched: dict[int, Section]) -> list[Section]:
    """Matches the sections that repeat an option as it was typed; gives those that do not."""
    strays: list[Section] = []
    for section in sections:
        number = _taken(names.typed.get(section.shown.text.text), matched)
        if number is None:
            strays.append(section)
        else:
            matched[number] = section
    return strays


def _named(sections: Sequence[Section], names: Names, matched: dict[int, Section]) -> list[Section]:
    strays: list[Section] = []
    for section in sections:
        for reading in section.readings:
            number = _taken(names.places.get(reading.normal), matched)
            if number is not None:
                section.summary = reading.summary
                matched[number] = section
                break
        else:
            strays.append(section)
    return strays


def _labelled(
    sections: Sequence[Section], names: Names, matched: dict[int, Section]
) -> list[Section]:
    strays: list[Section] = []
    for section in sections:
        number = names.label(section.shown)
        if number is None or number in matched:
            strays.append(section)
        else:
            section.summary = section.shown.text
            matched[number] = section
    return strays


def _taken(free: list[int] | None, matched: Container[int]) -> int | None:
    """Takes the first of some numbers that has no section yet."""
    while free:
        number = free.pop(0)
        if number not in matched:
            return number
    return None


def _similar(
    sections: Sequence[Section], matched: dict[int, Section], names: Names
) -> Iterator[tuple[Section, int, float]]:
    """The best pairs of sections and options, best first; too many to compare are not compared."""
    numbers = [n for n in range(len(names.texts)) if n not in matched]
    if len(sections) * len(numbers) > MOST_PAIRS:
        return
    pairs = []
    for place, section in enumerate(sections):
        for number in numbers:
            scores = [alike(reading.normal, names.texts[number]) for reading in section.readings]
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
    if said is not None and said is not verdict:
        if not is_judged(option):
            verdict = said
        elif section.shown.sign:
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

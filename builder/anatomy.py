"""The parts of a question: title, stem, instruction, reasons, explanation.

What most ways of writing a quiz share, whatever marks their right answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from builder.diagnostics import Report
from builder.model import Option, Passage, Verdict
from builder.scan import Block, Line, Shape, cut, passage
from builder.signals import bare, heads_explanation, instructs, leading_mark, split_label
from builder.similarity import normal, similarity
from builder.source import Span

ALIKE = 0.75
"""From here on a section's name is taken for an option that it does not repeat exactly."""

MOST_PAIRS = 10_000
"""Reading stays linear: more sections times options than this are matched by equal text only."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the options."""

    title: str
    stem: Passage | None
    instruction: Passage | None
    labels: tuple[Span, ...]


def compose(blocks: Iterable[Block]) -> Passage | None:
    """The Markdown of some blocks as one passage."""
    return passage([line for block in blocks for line in block.lines])


def read_head(heading: Block | None, above: Sequence[Block]) -> Head:
    """Title, stem and instruction from a heading and the blocks between it and the options.

    A heading such as "Задание 3" only counts; one that asks ("3. Что такое ReLU?") is the stem,
    or its beginning. The last paragraph is an instruction if it tells how to answer.
    """
    labels = [block.span for block in above if block.shape is Shape.RULE]
    blocks = [block for block in above if block.shape is not Shape.RULE]
    label, rest = split_label(bare(heading.text.text)) if heading else ("", "")
    instruction = None
    if len(blocks) > bool(label and not rest) and instructs(bare(blocks[-1].text.text)):
        instruction = compose([blocks.pop()])
    if heading is None or not blocks or not rest:
        asked = None
    else:
        asked = rest if rest.endswith(("?", "？", ":")) else None
    if heading is not None and (asked or not blocks) and rest:
        stem = passage([_after_label(heading.text), *(ln for b in blocks for ln in b.lines)])
        return Head(label, stem, instruction, (heading.span, *labels))
    if heading is not None:
        labels.insert(0, heading.span)
    title = label if not rest else f"{label}. {rest}" if label else rest
    return Head(title, unwrapped(compose(blocks)), instruction, tuple(labels))


def _after_label(text: Line) -> Line:
    """The part of a heading that asks, as the author wrote it."""
    plain_label, rest = split_label(bare(text.text))
    if not plain_label:
        return text
    start = text.text.find(rest[:1], 0) if rest else 0
    for at in range(len(text.text)):
        if bare(text.text[at:]) == rest:
            start = at
    return cut(text, start)


_STRONG = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1).)+?)(?<=\S)\1[ \t]*", re.DOTALL)


def unwrapped(stem: Passage | None) -> Passage | None:
    """A passage whose first paragraph was all bold, without the bold: a card shows it so anyway."""
    if stem is None:
        return None
    first, gap, rest = stem.markdown.partition("\n\n")
    match = _STRONG.fullmatch(first)
    return replace(stem, markdown=match[2] + gap + rest) if match else stem


# Reasons -----------------------------------------------------------------------------------


@dataclass(slots=True)
class Section:
    """A part of an explanation that speaks of one option."""

    name: str
    verdict: Verdict | None
    heading: Block
    summary: Passage | None = None
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Explained:
    """Options with their reasons, and what is said of the question as a whole."""

    options: tuple[Option, ...]
    explanation: Passage | None
    labels: tuple[Span, ...]


_DASH = re.compile(r"\s+[—–-]+\s+|\s*[:：]\s+|\s+->\s+|\s+→\s+")


def explain(options: Sequence[Option], below: Sequence[Block], report: Report) -> Explained:
    """Sorts the blocks below the options: reasons to their options, the rest to the explanation.

    A section speaks of an option if its heading begins with a mark or repeats the option's text;
    it ends at the next heading that is not below it.
    """
    general: list[Block] = []
    labels: list[Span] = []
    sections: list[Section] = []
    current: Section | None = None
    for block in below:
        if block.shape is Shape.RULE:
            labels.append(block.span)
        elif block.shape is Shape.HEADING:
            if current and block.level > current.heading.level:
                current.blocks.append(block)
                continue
            current = _section(block, options)
            if current:
                sections.append(current)
            elif heads_explanation(bare(block.text.text)):
                labels.append(block.span)
            else:
                general.append(block)
        else:
            (current.blocks if current else general).append(block)
    matched, strays = match_sections(options, sections, report)
    labels += [section.heading.span for section in matched.values()]
    for stray in strays:
        general += [stray.heading, *stray.blocks]
    general.sort(key=lambda block: block.first)
    explained = tuple(
        _with_reason(option, matched.get(number), report) for number, option in enumerate(options)
    )
    return Explained(explained, compose(general), tuple(labels))


def _section(heading: Block, options: Sequence[Option]) -> Section | None:
    marked = leading_mark(heading.text.text)
    text = marked.text if marked else heading.text.text
    names = {normal(bare(option.text.markdown)) for option in options}
    if marked is None and not any(normal(name) in names for name, _ in _readings(text)):
        return None
    return Section(text, marked.verdict if marked else None, heading)


def _readings(text: str) -> list[tuple[str, str]]:
    """The ways to split a heading into a name and a summary, the whole as a name first."""
    cuts = [(bare(text[: m.start()]), text[m.end() :].strip()) for m in _DASH.finditer(text)]
    return [(bare(text), ""), *cuts]


def match_sections(
    options: Sequence[Option], sections: Sequence[Section], report: Report
) -> tuple[dict[int, Section], list[Section]]:
    """Which section speaks of which option (by number), and the sections that speak of none.

    Equal texts first, then the most similar pairs above `ALIKE`, which are said.
    """
    names = [bare(option.text.markdown) for option in options]
    free: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        free.setdefault(normal(name), []).append(number)
    matched: dict[int, Section] = {}
    strays: list[Section] = []
    for section in sections:
        for reading, summary in _readings(section.name):
            if numbers := free.get(normal(reading)):
                section.summary = _summary(section, summary)
                matched[numbers.pop(0)] = section
                break
        else:
            strays.append(section)
    unmatched = [number for number in range(len(names)) if number not in matched]
    for section, number, score in _similar(strays, unmatched, names):
        matched[number] = section
        strays.remove(section)
        report.info(
            "similar-section",
            section.heading.text.span,
            f"taken as the reason of the option “{names[number]}”, similarity {score:.0%}",
            "repeat the option's text in the heading of its section",
        )
    for stray in strays:
        report.warning(
            "unmatched-section",
            stray.heading.text.span,
            f"no option is called “{_readings(stray.name)[-1][0]}”",
            "repeat the option's text in the heading; the section stays in the explanation",
        )
    return matched, strays


def _similar(
    sections: Sequence[Section], numbers: Sequence[int], names: Sequence[str]
) -> list[tuple[Section, int, float]]:
    """The best pairs of sections and options, best first; too many to compare are not compared."""
    if len(sections) * len(numbers) > MOST_PAIRS:
        return []
    pairs = []
    for place, section in enumerate(sections):
        for number in numbers:
            score, summary = max(
                (similarity(reading, names[number]), summary)
                for reading, summary in _readings(section.name)
            )
            if score >= ALIKE:
                pairs.append((-score, place, number, summary))
    best, taken, placed = [], set(), set()
    for score, place, number, summary in sorted(pairs):
        if place not in placed and number not in taken:
            placed.add(place)
            taken.add(number)
            sections[place].summary = _summary(sections[place], summary)
            best.append((sections[place], number, -score))
    return best


def _summary(section: Section, summary: str) -> Passage | None:
    if not summary:
        return None
    line = section.heading.text
    at = line.text.rfind(summary)
    return unwrapped(Passage(summary, (Span(line.offset + at, line.offset + at + len(summary)),)))


def _with_reason(option: Option, section: Section | None, report: Report) -> Option:
    if section is None:
        return option
    verdict = option.verdict
    if section.verdict is not None and verdict is Verdict.UNKNOWN:
        verdict = section.verdict
    elif section.verdict not in (None, verdict):
        report.error(
            "contradicting-marks",
            section.heading.text.span,
            f"marked {section.verdict} here, {verdict} in the list of options",
            "use the same mark in both places; the list was believed",
        )
    return replace(option, verdict=verdict, summary=section.summary, why=compose(section.blocks))

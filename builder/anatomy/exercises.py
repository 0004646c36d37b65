"""Exercises of R/exams: sections that are called alike in every file, and one question in them.

    Question                         Solution
    ========                         ========
    Which layer has no weights?      It only compares.

    Answerlist                       Answerlist
    ----------                       ----------
    * Convolution                    * False. It has a kernel.
    * MaxPooling                     * True.

                                     Meta-information
                                     ================
                                     exsolution: 01

The digits say which options are right, or else the words with which their reasons begin. R code
that would make options is not run.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from builder.anatomy.boxed import boxed
from builder.anatomy.wrappers import framed
from builder.scan import OPENED, Block, Line, Shape, cut, inside

_QUESTION, _SOLUTION, _META = "question", "solution", "meta-information"
_NEXT = {
    (_QUESTION, "answerlist"): "options",
    (_SOLUTION, "answerlist"): "reasons",
}
_SOLVED = re.compile(r"\s*exsolution:\s*(?P<said>\S.*?)\s*$")
_BITS = re.compile(r"[01]+(?:\|[01]+)*")
_TRUE = re.compile(
    r"[*_]{0,2}(?:true|correct|right|richtig|wahr|vrai|vero|verdadero|верно|правильно)\b",
    re.IGNORECASE,
)


def exercise(found: Sequence[Block]) -> Sequence[Block]:
    """The blocks of an exercise as a question with check boxes; those of others as they are."""
    if not any(block.text.text.startswith("Meta-") and _name(block) == _META for block in found):
        return found
    parts: defaultdict[str, list[Block]] = defaultdict(list)
    section = ""
    for block in found:
        name = _name(block) if block.shape is Shape.HEADING else ""
        if name in (_QUESTION, _SOLUTION, _META) or (section, name) in _NEXT:
            section = _NEXT.get((section, name), name)
            parts["frames"].append(block)
        elif section == _META or (block.shape is Shape.FENCE and block.text.text[:2] == "{r"):
            parts["frames"].append(block)
        else:
            parts[section].append(block)
    return list(_composed(parts))


def _name(heading: Block) -> str:
    return heading.text.text.strip().casefold()


def _composed(parts: Mapping[str, Sequence[Block]]) -> Iterator[Block]:
    question, options, reasons = parts[_QUESTION], parts["options"], parts["reasons"]
    yield from parts[""]
    for first in question[:1]:
        yield Block(Shape.HEADING, first.lines, first.text, "-", OPENED)
    yield from map(framed, [*parts["frames"], *filter(_only_says, reasons)])
    yield from question[1:]
    solved = next(filter(None, map(_solved, parts["frames"])), None)
    items = [block for block in options if block.shape is Shape.ITEM]
    right = _right(solved, reasons)
    for at, (item, reason) in enumerate(zip_longest(items, reasons[: len(items)])):
        yield _option(item, reason, at < len(right) and right[at] == "1")
    yield from (block for block in options if block.shape is not Shape.ITEM)
    if not items and solved:
        yield Block(Shape.PARAGRAPH, (solved,), solved)
    if told := [*parts[_SOLUTION], *reasons[len(items) :]]:
        label = told[0].text.showing("Explanation:")
        yield Block(Shape.PARAGRAPH, (label,), label)
        yield from told


def _solved(block: Block) -> Line | None:
    """What the line says that gives the solution, as an answer."""
    for line in block.lines:
        if match := _SOLVED.match(line.text):
            return cut(line, match.start("said")).showing(f"Answer: {match['said']}")
    return None


def _only_says(reason: Block) -> bool:
    """Whether a reason is nothing but "True." or "False."."""
    return len(reason.lines) == 1 and reason.text.text.strip("*_. ").isalpha()


def _right(solved: Line | None, reasons: Sequence[Block]) -> str:
    """A digit for each option, 1 for those that are right."""
    said = solved.text.removeprefix("Answer: ") if solved else ""
    if _BITS.fullmatch(said):
        return said.replace("|", "")
    return "".join(["1" if _TRUE.match(reason.text.text) else "0" for reason in reasons])


def _option(item: Block, reason: Block | None, right: bool) -> Block:
    why = inside(reason) if reason and not _only_says(reason) else ()
    return boxed(item.text, right, inside(item)[1:], why)

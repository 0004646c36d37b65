"""Which lines of a file are on no card, and why."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from builder.diagnostics import Report
from builder.model import Question
from builder.patterns import late
from builder.scan import Block, Line, Page, Shape
from builder.signals import asks, bare, split_label
from builder.signals.navigation import only_hashtags, only_links
from builder.source import Span
from builder.values import Record

NAVIGATION = "navigation"


class Unread(Record):
    """Lines that are on no card, and why: `NAVIGATION`, or what was found wrong with them."""

    first: int
    last: int
    reason: str


def account(page: Page, questions: Sequence[Question], report: Report) -> list[Unread]:
    """What of the page is on no card. Text, as opposed to navigation, is reported."""
    claimed = _claimed(page, questions)
    found: list[Unread] = []
    title = title_of(page.blocks)
    lost: dict[int, list[Line]] = {}
    for at, block in enumerate(page.blocks):
        for line in block.lines:
            if line.number not in claimed and not _empty(line):
                lost.setdefault(at, []).append(line)
    for at, lines in lost.items():
        block = page.blocks[at]
        reason = NAVIGATION if block is title or _navigates(page, at, lines) else "on no card"
        for line in lines:
            last = found[-1] if found else None
            if last and last.reason == reason and _near(page, last.last, line.number):
                found[-1] = Unread(last.first, line.number, reason)
            else:
                found.append(Unread(line.number, line.number, reason))
    for unread in found:
        if unread.reason != NAVIGATION:
            report.warning(
                "unread-text",
                page.source.line_span(unread.first, unread.last),
                "this text is on no card",
                "make it part of a question, or put it in a comment <!-- … -->",
            )
    return found


def _claimed(page: Page, questions: Sequence[Question]) -> set[int]:
    """The numbers of the lines that questions hold."""
    starts = page.source.starts
    numbers = dict(zip(starts, range(1, len(starts) + 1), strict=True))
    ends, claimed = (*starts, len(page.source.text) + 1), set()
    for question in questions:
        for span in places(question):
            start, end = span.start, span.end
            first = numbers.get(start) or bisect_right(starts, start)
            claimed.add(first)
            if end > ends[first]:
                claimed.update(range(first + 1, bisect_right(starts, end - 1) + 1))
    return claimed


def _empty(line: Line) -> bool:
    """Whether a line holds nothing, or nothing but the mark of a quote."""
    return not line.text.strip(" \t>") or line.blank


def _near(page: Page, last: int, number: int) -> bool:
    return all(line.blank for line in page.lines[last : number - 1])


def places(question: Question) -> list[Span]:
    """Every place of the source that is on a card of a question, or labels a part of it."""
    found = [*question.labels, *question.stem.spans]
    for part in (question.instruction, question.explanation):
        if part:
            found += part.spans
    for option in question.options:
        found += option.text.spans
        if option.summary:
            found += option.summary.spans
        if option.why:
            found += option.why.spans
    return found


_ONLY_TAGS = late(r"(?:\s*(?:<!--(?:(?!-->).)*-->|</?[a-z][^<>]*>))+\s*", re.IGNORECASE | re.DOTALL)

_HOLDS_LIST = re.compile(r"=\s*\{\s*\[")

_RULE = re.compile(r"[ \t>]*(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*")


def _navigates(page: Page, at: int, lines: Sequence[Line]) -> bool:
    """Whether those lines of a block that are on no card only lead around the file."""
    block = page.blocks[at]
    if all(_RULE.fullmatch(line.text) for line in lines):
        return True
    match block.shape:
        case Shape.RULE | Shape.FRONT_MATTER | Shape.DIRECTIVE:
            return True
        case Shape.HEADING:
            return not _lost_question(page.blocks, at)
        case Shape.HTML if _only_tags(block):
            return True
        case Shape.HTML:
            comment = block.text.text.lstrip().startswith("<!--")
            return not comment and all(_ONLY_TAGS.fullmatch(line.text) for line in lines)
        case Shape.TABLE:
            return all(line in block.lines[:2] or _lists_links(line) for line in lines)
        case Shape.ITEM | Shape.PARAGRAPH:
            return all(only_links(line.text) or only_hashtags(line.text) for line in lines)
    return False


def _only_tags(block: Block) -> bool:
    """Whether a block is nothing but tags and comments, each of which may have several lines.

    A component of MDX that holds a list says more than that.
    """
    text = "\n".join([line.text for line in block.lines])
    return bool(_ONLY_TAGS.fullmatch(text)) and not _HOLDS_LIST.search(text)


def _lists_links(row: Line) -> bool:
    """Whether a row of a table holds links and numbers only, as contents do."""
    cells = [cell.strip() for cell in row.text.strip(" |").split("|")]
    return all(cell.isdecimal() or only_links(cell) for cell in cells if cell)


def _lost_question(found: Sequence[Block], at: int) -> bool:
    """Whether a heading that is on no card asks or counts, with nothing but text below it."""
    label, rest = split_label(bare(found[at].text.text))
    if not (label or asks(rest)):
        return False
    below = found[at + 1] if at + 1 < len(found) else None
    return below is None or below.shape is not Shape.HEADING or below.level <= found[at].level


def title_of(found: Sequence[Block]) -> Block | None:
    """The first heading, if no other stands as high."""
    headings = [block for block in found if block.shape is Shape.HEADING]
    if not headings or any(other.level <= headings[0].level for other in headings[1:]):
        return None
    return headings[0]

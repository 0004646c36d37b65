"""One file from text to questions, with every line accounted for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from builder.diagnostics import Diagnostic, Report, Severity, in_source_order
from builder.dialects import dialects
from builder.items import Quiz
from builder.model import Passage, Question
from builder.rules import Rule, check_page, wanted
from builder.scan import Block, Page, Shape, scan
from builder.signals import asks, bare, split_label
from builder.source import Source, Span

NAVIGATION = "navigation"


@dataclass(frozen=True, slots=True)
class Unread:
    """Lines that are on no card, and why: `NAVIGATION`, or what was found wrong with them."""

    first: int
    last: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read of one file. `dialect` is "" where no way of writing was recognised."""

    source: Source
    dialect: str
    title: str
    questions: tuple[Question, ...]
    unread: tuple[Unread, ...]
    diagnostics: tuple[Diagnostic, ...]


def read(source: Source, dialect: str = "", chosen: Iterable[Rule] | None = None) -> Reading:
    """Reads a source in the dialect that it shows most evidence of, or in the one named.

    It is checked by the `chosen` rules, or by all whose findings are more than information.
    """
    page = scan(source)
    report = Report(source)
    _tell_repairs(source, report)
    name = dialect or _recognise(page, report)
    questions = dialects()[name].read(page, report) if name else []
    unread = _account(page, questions, report)
    rules = wanted({}, Severity.WARNING) if chosen is None else chosen
    report.found.extend(check_page(Quiz(source, questions), page, rules))
    found = tuple(in_source_order(report.found))
    return Reading(source, name, _title(page), tuple(questions), tuple(unread), found)


def _recognise(page: Page, report: Report) -> str:
    evidence = {name: dialect.recognises(page) for name, dialect in dialects().items()}
    ranked = sorted((-count, name) for name, count in evidence.items() if count > 0)
    if not ranked:
        return ""
    if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
        report.info(
            "two-dialects",
            page.blocks[0].span,
            f"read as “{ranked[0][1]}”, though it could be “{ranked[1][1]}”",
        )
    return ranked[0][1]


def _title(page: Page) -> str:
    """The first heading, if no other stands as high; else ""."""
    headings = [block for block in page.blocks if block.shape is Shape.HEADING]
    if not headings or any(other.level <= headings[0].level for other in headings[1:]):
        return ""
    return bare(headings[0].text.text)


def _tell_repairs(source: Source, report: Report) -> None:
    for repair in source.repairs:
        shown = f"“{repair.before}” is now “{repair.after}”"
        if repair.certain:
            message = f"damaged text repaired, {repair.cause}: {shown}"
            report.warning("repaired-text", repair.span, message, "save the file as UTF-8")
        else:
            message = f"damaged text could not be restored whole, {repair.cause}: {shown}"
            report.error("damaged-text", repair.span, message, "type the text anew")


# Accounting --------------------------------------------------------------------------------


def _account(page: Page, questions: Sequence[Question], report: Report) -> list[Unread]:
    """What of the page is on no card. Text, as opposed to navigation, is reported."""
    claimed = {
        number
        for question in questions
        for span in places(question)
        for number in page.source.line_range(span)
    }
    found: list[Unread] = []
    for at, block in enumerate(page.blocks):
        lines = [line for line in block.lines if not line.blank and line.number not in claimed]
        if not lines:
            continue
        reason = NAVIGATION if _navigates(page.blocks, at) else "on no card"
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


def _near(page: Page, last: int, number: int) -> bool:
    return all(line.blank for line in page.lines[last : number - 1])


def places(question: Question) -> Iterable[Span]:
    """Every place of the source that is on a card of a question, or labels a part of it."""
    yield from question.labels
    yield from _spans(question.stem, question.instruction, question.explanation)
    for option in question.options:
        yield from _spans(option.text, option.summary, option.why)


def _spans(*passages: Passage | None) -> Iterable[Span]:
    return (span for passage in passages if passage for span in passage.spans)


_ONLY_LINKS = re.compile(
    r"(?:\W*\[[^\]]*\]\([^)]*\)|\W*<a\s[^>]*>.*?</a>|\W*\[[^\]]+\]:\s*\S+.*)+\W*", re.IGNORECASE
)
_EMPTY_HTML = re.compile(r"(?:\s*(?:<!--.*?-->|</?[a-z][^>]*>))+\s*", re.IGNORECASE | re.DOTALL)


def _navigates(found: Sequence[Block], at: int) -> bool:
    """Whether a block that is on no card only leads around the file."""
    block = found[at]
    text = "\n".join(line.text for line in block.lines)
    match block.shape:
        case Shape.RULE | Shape.FRONT_MATTER:
            return True
        case Shape.HEADING:
            return not _lost_question(found, at)
        case Shape.HTML:
            return bool(_EMPTY_HTML.fullmatch(text))
        case Shape.ITEM | Shape.PARAGRAPH:
            return all(_ONLY_LINKS.fullmatch(line.text) for line in block.lines if not line.blank)
    return False


def _lost_question(found: Sequence[Block], at: int) -> bool:
    """Whether a heading that is on no card asks or counts, with nothing but text below it."""
    label, rest = split_label(bare(found[at].text.text))
    below = found[at + 1] if at + 1 < len(found) else None
    heads = below is not None and below.shape is Shape.HEADING and below.level > found[at].level
    return bool(label or asks(rest)) and not heads

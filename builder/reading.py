"""One file from text to questions, with every line accounted for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from builder import front_matter
from builder.accounting import NAVIGATION, Unread, account, places, title_of
from builder.diagnostics import Diagnostic, Report, Severity, in_source_order
from builder.dialects import Markdown, dialects, is_plain_text
from builder.front_matter import Value
from builder.items import Quiz
from builder.model import Question
from builder.rules import Rule, check_page, wanted
from builder.scan import Page, Shape, scan
from builder.signals import bare
from builder.source import Source
from builder.values import Record, replace

__all__ = ["NAVIGATION", "Reading", "Unread", "places", "read"]


class Reading(Record, eq=False):
    """All that was read of one file. `dialect` is "" where no way of writing was recognised.

    `quiz` is the source and its questions with what was found out of their words.
    """

    source: Source
    dialect: str
    title: str
    questions: tuple[Question, ...]
    unread: tuple[Unread, ...]
    diagnostics: tuple[Diagnostic, ...]
    quiz: Quiz


def read(source: Source, dialect: str = "", chosen: Iterable[Rule] | None = None) -> Reading:
    """Reads a source in the dialect that it shows most evidence of, or in the one named.

    Front matter may name a dialect too, and tags of all questions. The file is checked by the
    `chosen` rules, or by all whose findings are more than information.
    """
    page = scan(source)
    report = Report(source)
    _tell_repairs(source, report)
    fields = _front_matter(page, report)
    name = _named(fields, report) or dialect or _recognise(page, report)
    tags = fields["tags"].texts if "tags" in fields else ()
    found = dialects()[name].read(page, report) if name else []
    questions = tuple(_tagged(question, tags) for question in found)
    quiz = Quiz(source, questions)
    unread = account(page, questions, report)
    rules = wanted({}, Severity.WARNING) if chosen is None else chosen
    report.found.extend(check_page(quiz, page, rules))
    told = tuple(in_source_order(report.found))
    title = fields["title"].text if "title" in fields else _title(page)
    return Reading(source, name, title, questions, tuple(unread), told, quiz)


def _front_matter(page: Page, report: Report) -> dict[str, Value]:
    if not page.blocks or page.blocks[0].shape is not Shape.FRONT_MATTER:
        return {}
    matter = front_matter.parse(page.blocks[0])
    if matter.fault_line:
        report.error(
            "front-matter",
            matter.fault_line.span,
            f"this is no YAML: {matter.fault}",
            "put the value in quotes",
        )
    return matter.fields


def _named(fields: dict[str, Value], report: Report) -> str:
    """The dialect that front matter names, "" if it names none that exists."""
    if "dialect" not in fields or (name := fields["dialect"].text) in dialects():
        return fields["dialect"].text if "dialect" in fields else ""
    report.warning(
        "unknown-dialect",
        fields["dialect"].place.span,
        f"there is no dialect “{name}”",
        f"write one of {', '.join(dialects())}",
    )
    return ""


def _tagged(question: Question, tags: tuple[str, ...]) -> Question:
    both = tuple(dict.fromkeys((*tags, *question.tags)))
    return question if both == question.tags else replace(question, tags=both)


def _recognise(page: Page, report: Report) -> str:
    """The dialect of most evidence; of equals one of Markdown, unless the file is plain text.

    Dialects of Markdown are read together, so that between them there is nothing to choose.
    """
    evidence = {name: dialect.recognises(page) for name, dialect in dialects().items()}
    markdown = {name for name, found in dialects().items() if isinstance(found, Markdown)}
    first = markdown if not is_plain_text(page) else dialects().keys() - markdown
    ranked = sorted((-count, name not in first, name) for name, count in evidence.items() if count)
    if not ranked:
        return ""
    best, second = ranked[0], ranked[1] if len(ranked) > 1 else (0, False, "")
    if best[:2] == second[:2] and best[2] not in markdown:
        report.info(
            "two-dialects",
            page.blocks[0].span,
            f"read as “{best[2]}”, though it could be “{second[2]}”",
        )
    return best[2]


def _title(page: Page) -> str:
    """The heading that all others stand below, or ""."""
    heading = title_of(page.blocks)
    return _ANCHOR.sub("", bare(heading.text.text)) if heading else ""


_ANCHOR = re.compile(r"(?<=\S)\s*(?:\[\[[\w-]+\]\]|\{#[\w-]+\})$")
"""What a heading is called by links: "Quiz[[end-of-chapter-quiz]]", "Quiz {#quiz}"."""


def _tell_repairs(source: Source, report: Report) -> None:
    for repair in source.repairs:
        shown = f"{repair.cause}: “{repair.before}” is now “{repair.after}”"
        if "\ufffd" in source.text[repair.span.start : repair.span.end]:
            message = f"damaged text could not be restored whole, {shown}"
            report.error("damaged-text", repair.span, message, "type the text anew")
        elif repair.certain:
            message = f"damaged text repaired, {shown}"
            report.warning("repaired-text", repair.span, message, "save the file as UTF-8")
        else:
            message = f"damaged text read as well as it can be, {shown}"
            hint = "see whether that was meant, and save the file as UTF-8"
            report.warning("repaired-text", repair.span, message, hint)

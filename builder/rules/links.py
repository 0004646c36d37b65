"""Links that lead nowhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import unquote

from builder.diagnostics import Report
from builder.model import Question
from builder.scan import Block, Line, Page, Shape
from builder.signals import bare
from builder.source import Span

_TO_ANCHOR = re.compile(r"\]\(\s*<?#(?P<anchor>[^)\s>]+)")
_NAMED = re.compile(r"""<[a-z][^>]*?\s(?:id|name)\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_LITERAL = (Shape.FENCE, Shape.CODE)


def broken_anchor(page: Page, questions: Sequence[Question], report: Report) -> None:
    """A link to a section of the same file that does not exist.

    A table of contents often outlives its sections, or promises sections that were never
    written. The anchor of a heading is its text in lower case, without punctuation, with dashes
    for spaces, as GitHub makes it (https://docs.github.com/en/get-started/writing-on-github,
    "Section links").

    Example: `[Задание 2](#задание-2)` in a file without a heading `Задание 2`.
    """
    links = [
        (line, match)
        for block in page.blocks
        if block.shape not in _LITERAL
        for line in block.lines
        if "](" in line.text
        for match in _TO_ANCHOR.finditer(_CODE.sub(lambda m: " " * len(m[0]), line.text))
    ]
    if not links:
        return
    anchors = _anchors(page.blocks)
    for line, match in links:
        anchor = unquote(match["anchor"])
        if anchor.casefold() not in anchors:
            report.warning(
                "broken-anchor",
                _span(line, *match.span("anchor")),
                f"no section “{anchor}” in this file",
                "write the section, or take the link out",
            )


def _span(line: Line, start: int, end: int) -> Span:
    return Span(line.offset + start, line.offset + end)


def _anchors(blocks: Sequence[Block]) -> set[str]:
    """The anchors that GitHub gives the headings, and those that the author named in HTML."""
    seen: Counter[str] = Counter()
    anchors = set()
    for block in blocks:
        if block.shape is Shape.HEADING:
            slug = re.sub(r"[^\w\- ]", "", bare(block.text.text).casefold()).replace(" ", "-")
            anchors.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
            seen[slug] += 1
        elif block.shape not in _LITERAL:
            for line in block.lines:
                anchors.update(name.casefold() for name in _NAMED.findall(line.text))
    return anchors

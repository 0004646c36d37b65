"""HTML that only wraps Markdown: `<details>`, `<div dir="rtl">`, `<p>`, `<quiz>`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from builder.anatomy.blanks import quiz_blocks
from builder.scan import Block, Line, Shape, blocks, cut

SUMMARY, DETAILS, DETAILS_END = "<summary>", "<details>", "</details>"
QUIZ, QUIZ_END = "<quiz>", "</quiz>"
OPEN, CLOSE = "<div>", "</div>"
"""Markers of the blocks that `unwrap` makes of these tags."""

_NAMES = "details|summary|div|p|center|span|section|article|main|br|hr|quiz"
_TAG = re.compile(rf"\s*<(?P<name>/?(?:{_NAMES}))\b[^<>]*>", re.IGNORECASE)
_SUMMARY = re.compile(r"\s*<summary\b[^<>]*>(?P<text>.*?)(?:</summary\s*>|$)", re.IGNORECASE)
_CLOSED = re.compile(rf"</?(?:{_NAMES})\s?/?>$", re.IGNORECASE)
_MOST_CLOSED = 4


def framed(block: Block, marker: str = OPEN) -> Block:
    """A block that is not shown and only frames others."""
    return Block(Shape.HTML, block.lines, block.text, marker)


def unwrap(block: Block) -> Iterator[Block]:
    """The tags of an HTML block, one block each, and the blocks of what they wrap.

    A tag's block carries its name as marker; that of a summary also its text. HTML that is
    content of its own, such as a table, stays as it is.
    """
    if not _TAG.match(block.text.text):
        yield block
        return
    kept: list[Line] = []
    inside: Callable[[Sequence[Line]], Iterable[Block]] = blocks
    for line in _joined_summaries(block):
        tags, rest = _tags(line)
        if tags:
            yield from inside(kept)
            kept = []
            yield from tags
            inside = quiz_blocks if tags[-1].marker == QUIZ else blocks
        if rest:
            kept.append(rest)
    yield from inside(kept)


def _joined_summaries(block: Block) -> Iterator[Line]:
    """The lines of a block, without those that only open or close a summary of several lines."""
    open_summary = False
    for line in block.lines:
        lower = line.text.lower()
        if "<summary" in lower and "</summary" not in lower:
            open_summary = lower.rstrip().endswith(">")
        elif open_summary and not line.blank:
            open_summary = False
            text = line.text.strip()
            yield line.showing(f"<summary>{text}")
            continue
        yield line


def _tags(line: Line) -> tuple[list[Block], Line | None]:
    """The wrapping tags at the beginning of a line, and what stands behind them."""
    found, at, text = [], 0, line.text
    while at < len(text):
        if match := _SUMMARY.match(text, at):
            inner = cut(line, *match.span("text"))
            if not inner.blank:
                found.append(Block(Shape.HTML, (line,), inner, SUMMARY))
        elif match := _TAG.match(text, at):
            inner = cut(line, at, match.end())
            found.append(Block(Shape.HTML, (line,), inner, f"<{match['name'].lower()}>"))
        else:
            break
        at = match.end()
    rest = cut(line, at)
    for _ in range(_MOST_CLOSED):
        if not (match := _CLOSED.search(rest.text)):
            break
        rest = cut(rest, 0, match.start())
    return found, None if rest.blank else rest

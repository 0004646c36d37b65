"""The blocks of a Markdown file, each with its lines and columns.

Only as much structure as a quiz needs: which lines make a heading, an item of a list, a fence,
a paragraph. How a fragment looks in the end is the business of `prose`. The rules are those of
CommonMark 0.31 (https://spec.commonmark.org/0.31.2/), so that a quiz means here what it shows
on GitHub; `fences` says where we help an author who forgot to close one, and `markup` what else
begins a block on the pages of site generators.
"""

from __future__ import annotations

from collections.abc import Sequence

from builder.scan import shape as Shape  # noqa: N812 - read like an enum
from builder.scan.lines import Line, cut, dedent, indent_of
from builder.scan.reader import blocks, inside
from builder.scan.shapes import OPENED, Block, Page, passage, trimmed
from builder.source import Source

__all__ = [
    "OPENED", "Block", "Line", "Page", "Shape", "blocks", "cut", "dedent", "indent_of", "inside",
    "passage", "scan", "trimmed",
]  # fmt: skip


def scan(source: Source) -> Page:
    lines = tuple(map(Line, range(1, len(source.starts) + 1), source.starts, source.lines))
    front = _front_matter(lines)
    rest = blocks(lines[len(front.lines) if front else 0 :])
    return Page(source, lines, ((front, *rest) if front else rest))


def _front_matter(lines: Sequence[Line]) -> Block | None:
    if not lines or lines[0].text.rstrip() != "---" or len(lines) < 2 or lines[1].blank:
        return None
    for at in range(1, len(lines)):
        if lines[at].text.rstrip() in ("---", "..."):
            return Block(Shape.FRONT_MATTER, tuple(lines[: at + 1]), lines[0], "---")
    return None

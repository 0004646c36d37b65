"""The blocks of a Markdown file, each with its lines and columns.

Only as much structure as a quiz needs: which lines make a heading, an item of a list, a fence,
a paragraph. How a fragment looks in the end is the business of `prose`. The rules are those of
CommonMark 0.31 (https://spec.commonmark.org/0.31.2/), so that a quiz means here what it shows
on GitHub.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from builder.model import Passage
from builder.source import Source, Span


class Line(NamedTuple):
    """A line of a source, or what is left of it inside a list item or a quote.

    `offset` is where `text` begins in the text of the source.
    """

    number: int
    offset: int
    text: str

    @property
    def end(self) -> int:
        return self.offset + len(self.text)

    @property
    def span(self) -> Span:
        return Span(self.offset, self.end)

    @property
    def blank(self) -> bool:
        return not self.text or self.text.isspace()


class Shape(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    FENCE = "fence"
    CODE = "code"
    QUOTE = "quote"
    TABLE = "table"
    RULE = "rule"
    HTML = "html"
    FRONT_MATTER = "front matter"


@dataclass(frozen=True, slots=True)
class Block:
    """A block and its lines, without the blank ones at its end.

    `text` is what the first line holds besides its markup: a heading without "##", an item
    without its bullet. `marker` is that markup ("##", "-", "2."); `level` the rank of a heading,
    or the column where the content of an item begins. `closed` is false for a fence, a comment
    or front matter that runs to the end of the file.
    """

    shape: Shape
    lines: tuple[Line, ...]
    text: Line
    marker: str = ""
    level: int = 0
    closed: bool = True

    @property
    def first(self) -> int:
        return self.lines[0].number

    @property
    def last(self) -> int:
        return self.lines[-1].number

    @property
    def span(self) -> Span:
        return Span(self.lines[0].offset, self.lines[-1].end)


@dataclass(frozen=True, slots=True)
class Page:
    """A scanned file: its top-level blocks, in order. Every non-blank line is in one of them."""

    source: Source
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]


def scan(source: Source) -> Page:
    lines = tuple(map(Line, range(1, len(source.starts) + 1), source.starts, source.lines))
    front = _front_matter(lines)
    rest = blocks(lines[len(front.lines) if front else 0 :])
    return Page(source, lines, ((front, *rest) if front else rest))


def blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """The blocks that some lines make, as at the top level of a file."""
    found, at = [], 0
    while at < len(lines):
        if lines[at].blank:
            at += 1
            continue
        block = _block_at(lines, at)
        found.append(block)
        at += len(block.lines)
    return tuple(found)


def inside(block: Block) -> tuple[Line, ...]:
    """The lines of an item or a quote without the markup that makes them one."""
    if block.shape is Shape.ITEM:
        return (block.text, *(dedent(line, block.level) for line in block.lines[1:]))
    if block.shape is Shape.QUOTE:
        return tuple(_unquoted(line) for line in block.lines)
    return block.lines


def passage(lines: Sequence[Line]) -> Passage | None:
    """The Markdown that some lines make, blank ones at both ends dropped; None if nothing is left.

    Lines that are not neighbours are kept apart by a blank line.
    """
    kept = list(lines)
    while kept and kept[0].blank:
        kept.pop(0)
    while kept and kept[-1].blank:
        kept.pop()
    if not kept:
        return None
    text, spans = [kept[0].text], [Span(kept[0].offset, kept[0].end)]
    for previous, line in pairwise(kept):
        if line.number == previous.number + 1:
            spans[-1] = Span(spans[-1].start, line.end)
        else:
            text.append("")
            spans.append(Span(line.offset, line.end))
        text.append(line.text)
    return Passage("\n".join(text), tuple(spans))


def cut(line: Line, start: int, end: int | None = None) -> Line:
    """A part of a line, counted in characters, without white space at its ends."""
    part = line.text[start:end]
    stripped = part.lstrip()
    return Line(line.number, line.offset + start + len(part) - len(stripped), stripped.rstrip())


def indent_of(text: str) -> int:
    """How many columns of white space a line begins with; a tab reaches to a multiple of four."""
    columns = 0
    for char in text:
        if char == " ":
            columns += 1
        elif char == "\t":
            columns += 4 - columns % 4
        else:
            break
    return columns


def dedent(line: Line, columns: int) -> Line:
    """A line without up to `columns` columns of white space."""
    at = gone = 0
    text = line.text
    while gone < columns and at < len(text) and text[at] in " \t":
        gone += 4 - gone % 4 if text[at] == "\t" else 1
        at += 1
    return Line(line.number, line.offset + at, " " * max(0, gone - columns) + text[at:])


# The markup that begins a block ------------------------------------------------------------

ITEM = re.compile(r"( {0,3})([-*+]|\d{1,9}[.)])(?:([ \t]+)(?=\S)|[ \t]*$)")
_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)$")
_QUOTE = re.compile(r" {0,3}> ?")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_TABLE_RULE = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_RAW_HTML = re.compile(
    r" {0,3}<(?:(script|pre|style|textarea)(?=[\s>]|$)|(!--)|\?|![A-Z])", re.IGNORECASE
)
_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|"
    "dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|"
    "header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|"
    "param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_BLOCK_HTML = re.compile(rf" {{0,3}}</?(?:{_BLOCK_TAGS})(?=[\s/>]|$)", re.IGNORECASE)
_LONE_TAG = re.compile(
    r""" {0,3}<(?:[a-z][a-z0-9-]*"""
    r"""(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*"""
    r"""\s*/?|/[a-z][a-z0-9-]*\s*)>\s*$""",
    re.IGNORECASE,
)


def _front_matter(lines: Sequence[Line]) -> Block | None:
    if not lines or lines[0].text.rstrip() != "---" or len(lines) < 2 or lines[1].blank:
        return None
    for at in range(1, len(lines)):
        if lines[at].text.rstrip() in ("---", "..."):
            return Block(Shape.FRONT_MATTER, tuple(lines[: at + 1]), lines[0], "---")
    return None


def _block_at(lines: Sequence[Line], at: int) -> Block:
    text = lines[at].text
    head = text.lstrip(" ")
    if len(text) - len(head) < 4 and head[:1] != "\t":
        for reader in _READERS.get(head[0], ()):
            if block := reader(lines, at):
                return block
        return _table(lines, at) or _numbered(lines, at) or _paragraph(lines, at)
    return _indented_code(lines, at)


def _interrupts(line: Line) -> bool:
    """Whether a line begins a block even right under a paragraph."""
    text = line.text
    head = text.lstrip(" ")
    if not head or len(text) - len(head) > 3:
        return False
    match head[0]:
        case "#":
            return bool(_HEADING.match(text))
        case ">":
            return True
        case "`" | "~":
            return bool(_FENCE.match(text))
        case "<":
            return bool(_RAW_HTML.match(text) or _BLOCK_HTML.match(text))
        case "-" | "*" | "_" | "+":
            item = ITEM.match(text)
            return bool(_RULE.match(text) or (item and item[3]))
        case "1":
            item = ITEM.match(text)
            return bool(item and item[3] and item[2] in ("1.", "1)"))
    return False


def _heading(lines: Sequence[Line], at: int) -> Block | None:
    line = lines[at]
    if not (match := _HEADING.match(line.text)):
        return None
    text = line.text.rstrip()
    if (bare := text.rstrip("#")) != text and bare[-1:] in (" ", "\t"):
        text = bare  # "## Title ##"
    title = cut(line, match.end(), max(match.end(), len(text)))
    return Block(Shape.HEADING, (line,), title, match[1], len(match[1]))


def _rule(lines: Sequence[Line], at: int) -> Block | None:
    line = lines[at]
    return Block(Shape.RULE, (line,), line) if _RULE.match(line.text) else None


def _fence(lines: Sequence[Line], at: int) -> Block | None:
    line = lines[at]
    if not (match := _FENCE.match(line.text)):
        return None
    end = _end_of_fence(lines, at + 1, match[1])
    closed = end <= len(lines)
    kept = _trimmed(lines[at : min(end, len(lines))])
    return Block(Shape.FENCE, kept, cut(line, match.start(2)), match[1], closed=closed)


def _end_of_fence(lines: Sequence[Line], at: int, marker: str) -> int:
    """Just past the line that closes a fence; beyond the lines by one where none does."""
    closing = re.compile(rf" {{0,3}}{re.escape(marker)}{re.escape(marker[0])}*[ \t]*$")
    for end in range(at, len(lines)):
        if closing.match(lines[end].text):
            return end + 1
    return len(lines) + 1


def _quote(lines: Sequence[Line], at: int) -> Block | None:
    end = at + 1
    while end < len(lines) and not lines[end].blank:
        lazy = not _interrupts(lines[end]) and _continues(_unquoted(lines[end - 1]))
        if not (_QUOTE.match(lines[end].text) or lazy):
            break
        end += 1
    return Block(Shape.QUOTE, tuple(lines[at:end]), _unquoted(lines[at]), ">")


def _unquoted(line: Line) -> Line:
    match = _QUOTE.match(line.text)
    return Line(line.number, line.offset + match.end(), line.text[match.end() :]) if match else line


def _item(lines: Sequence[Line], at: int) -> Block | None:
    line = lines[at]
    if not (match := ITEM.match(line.text)):
        return None
    column = indent_of(line.text) + len(match[2])
    room = len((" " * column + (match[3] or " ")).expandtabs(4)) - column
    column += room if room < 5 else 1
    end = _end_of_item(lines, at, column)
    text = Line(line.number, line.offset + match.end(), line.text[match.end() :])
    if room >= 5:  # the item begins with indented code
        text = dedent(Line(line.number, line.offset + match.end(2), line.text[match.end(2) :]), 1)
    return Block(Shape.ITEM, _trimmed(lines[at:end]), text, match[2], column)


def _end_of_item(lines: Sequence[Line], at: int, column: int) -> int:
    fence, text, end = "", lines[at].text[column:], at + 1
    if match := _FENCE.match(text):
        fence = match[1]
    while end < len(lines):
        line = lines[end]
        if line.blank:
            end += 1
            continue
        inner = dedent(line, column).text
        if indent_of(line.text) < column:
            lazy = not (fence or lines[end - 1].blank or _interrupts(line) or _ordered(line))
            if not (lazy and _continues(lines[end - 1])):
                break
        elif fence:
            if re.match(rf" {{0,3}}{re.escape(fence)}{re.escape(fence[0])}*[ \t]*$", inner):
                fence = ""
        elif match := _FENCE.match(inner):
            fence = match[1]
        end += 1
    return end


def _ordered(line: Line) -> bool:
    """Whether a line is an item of an ordered list, which ends the item above it."""
    match = ITEM.match(line.text)
    return bool(match and match[3])


def _continues(line: Line) -> bool:
    """Whether a line can be followed by a lazy continuation: it looks like running text."""
    text = line.text
    return not (line.blank or _HEADING.match(text) or _RULE.match(text) or _FENCE.match(text))


def _numbered(lines: Sequence[Line], at: int) -> Block | None:
    return _item(lines, at) if lines[at].text.lstrip(" ")[:1].isdigit() else None


def _html(lines: Sequence[Line], at: int) -> Block | None:
    line = lines[at]
    if match := _RAW_HTML.match(line.text):
        end_mark = f"</{match[1].lower()}>" if match[1] else "-->" if match[2] else ">"
        for end in range(at, len(lines)):
            if end_mark in lines[end].text[match.end() if end == at else 0 :].lower():
                return Block(Shape.HTML, tuple(lines[at : end + 1]), line)
        return Block(Shape.HTML, _trimmed(lines[at:]), line, closed=False)
    if _BLOCK_HTML.match(line.text) or _LONE_TAG.match(line.text):
        end = at + 1
        while end < len(lines) and not lines[end].blank:
            end += 1
        return Block(Shape.HTML, tuple(lines[at:end]), line)
    return None


def _table(lines: Sequence[Line], at: int) -> Block | None:
    if at + 1 >= len(lines) or "|" not in lines[at].text:
        return None
    rule = lines[at + 1].text
    if "-" not in rule or not _TABLE_RULE.match(rule) or _cells(lines[at].text) != _cells(rule):
        return None
    end = at + 2
    while end < len(lines) and not lines[end].blank and not _interrupts(lines[end]):
        end += 1
    return Block(Shape.TABLE, tuple(lines[at:end]), lines[at])


def _cells(row: str) -> int:
    inner = re.sub(r"\\\|", "", row.strip())
    return inner.removeprefix("|").removesuffix("|").count("|") + 1


def _paragraph(lines: Sequence[Line], at: int) -> Block:
    end = at + 1
    while end < len(lines) and not lines[end].blank:
        if match := _UNDERLINE.match(lines[end].text):
            level = 1 if match[1][0] == "=" else 2
            return Block(
                Shape.HEADING, tuple(lines[at : end + 1]), cut(lines[at], 0), match[1], level
            )
        if _interrupts(lines[end]):
            break
        end += 1
    return Block(Shape.PARAGRAPH, tuple(lines[at:end]), cut(lines[at], 0))


def _indented_code(lines: Sequence[Line], at: int) -> Block:
    end = at + 1
    while end < len(lines) and (lines[end].blank or indent_of(lines[end].text) > 3):
        end += 1
    return Block(Shape.CODE, _trimmed(lines[at:end]), lines[at])


def _trimmed(lines: Sequence[Line]) -> tuple[Line, ...]:
    end = len(lines)
    while end > 1 and lines[end - 1].blank:
        end -= 1
    return tuple(lines[:end])


_Reader = Callable[[Sequence[Line], int], Block | None]
_READERS: dict[str, tuple[_Reader, ...]] = {
    "#": (_heading,),
    "-": (_rule, _item),
    "*": (_rule, _item),
    "_": (_rule,),
    "+": (_item,),
    "`": (_fence,),
    "~": (_fence,),
    ">": (_quote,),
    "<": (_html,),
}

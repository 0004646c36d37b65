"""Lines to blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from builder.scan import shape as Shape  # noqa: N812 - read like an enum
from builder.scan.fences import read_fence
from builder.scan.lines import Line, cut, dedent, indent_of
from builder.scan.markup import (
    BLOCK_HTML,
    COMPONENT,
    COMPONENT_END,
    DIRECTIVE,
    FENCE,
    HEADING,
    ITEM,
    LONE_TAG,
    QUOTE,
    RAW_HTML,
    RULE,
    TABLE_RULE,
    UNDERLINE,
    interrupts,
    is_bullet,
)
from builder.scan.shapes import Block, trimmed


def blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """The blocks that some lines make, as at the top level of a file."""
    found: list[Block] = []
    at = 0
    while at < len(lines):
        text = lines[at].text
        if not text or text.isspace():
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


def _block_at(lines: Sequence[Line], at: int) -> Block:
    text = lines[at].text
    first = text[0]
    if first in _INDENTS:
        head = text.lstrip(" ")
        first = head[0]
        if len(text) - len(head) > 3 or first == "\t":
            return _indented_code(lines, at)
    for reader in _READERS.get(first, ()):
        if block := reader(lines, at):
            return block
    return _table(lines, at) or (first.isdigit() and _item(lines, at)) or _paragraph(lines, at)


_INDENTS = frozenset(" \t")


def _heading(lines: Sequence[Line], at: int) -> Block | None:
    line = lines[at]
    if not (match := HEADING.match(line.text)):
        return None
    marker, title = match[1], cut(line, match.end())
    if "#" in title.text and (bare := line.text.rstrip().rstrip("#"))[-1:] in (" ", "\t"):
        title = cut(line, match.end(), max(match.end(), len(bare)))  # "## Title ##"
    return Block(Shape.HEADING, (line,), title, marker, len(marker))


def _rule(lines: Sequence[Line], at: int) -> Block | None:
    line = lines[at]
    if line.text[-1] not in _ENDS_OF_RULES or not RULE.match(line.text):
        return None
    return Block(Shape.RULE, (line,), line)


_ENDS_OF_RULES = frozenset("-*_ \t")


def _quote(lines: Sequence[Line], at: int) -> Block | None:
    end = at + 1
    while end < len(lines) and not lines[end].blank:
        lazy = not interrupts(lines[end]) and _continues(_unquoted(lines[end - 1]))
        if not (QUOTE.match(lines[end].text) or lazy):
            break
        end += 1
    return Block(Shape.QUOTE, tuple(lines[at:end]), _unquoted(lines[at]), ">")


def _unquoted(line: Line) -> Line:
    match = QUOTE.match(line.text)
    return line.behind(match.end()) if match else line


def _item(lines: Sequence[Line], at: int) -> Block | None:
    line = lines[at]
    if is_bullet(line.text):
        marker, column, text = line.text[0], 2, line.behind(2)
    elif match := ITEM.match(line.text):
        marker, column, text = _begun(line, match)
    else:
        return None
    own = tuple(lines[at : _end_of_item(lines, at, column)])
    return Block(Shape.ITEM, own, text, marker, column)


def _begun(line: Line, match: re.Match[str]) -> tuple[str, int, Line]:
    """What an item begins with, the column of its content, and what its first line holds of it."""
    indent, marker, gap = match.groups(" ")
    column = len(indent) + len(marker)
    room = 1 if gap == " " else len((" " * column + gap).expandtabs(4)) - column
    if room < 5:
        return marker, column + room, line.behind(match.end())
    return marker, column + 1, dedent(line.behind(match.end(2)), 1)  # it begins with indented code


def _end_of_item(lines: Sequence[Line], at: int, column: int) -> int:
    """Past the last line of an item that is not blank."""
    if at + 1 < len(lines) and is_bullet(lines[at + 1].text):
        return at + 1
    fence, text, end = "", lines[at].text, at + 1
    if ("`" in text or "~" in text) and (match := FENCE.match(text[column:])):
        fence = match[1]
    for here in range(at + 1, len(lines)):
        line = lines[here]
        text = line.text
        if not text or text.isspace():
            continue
        if text[0] not in _INDENTS or indent_of(text) < column:
            parted = fence or here > end
            if parted or interrupts(line) or _ordered(line) or not _continues(lines[end - 1]):
                break
        elif fence or "`" in text or "~" in text:
            inner = dedent(line, column).text
            if fence and re.match(
                rf" {{0,3}}{re.escape(fence)}{re.escape(fence[0])}*[ \t]*$", inner
            ):
                fence = ""
            elif not fence and (match := FENCE.match(inner)):
                fence = match[1]
        end = here + 1
    return end


def _ordered(line: Line) -> bool:
    """Whether a line is an item of an ordered list, which ends the item above it."""
    match = ITEM.match(line.text)
    return bool(match and match[3])


def _continues(line: Line) -> bool:
    """Whether a line can be followed by a lazy continuation: it looks like running text."""
    text = line.text
    return not (line.blank or HEADING.match(text) or RULE.match(text) or FENCE.match(text))


def _html(lines: Sequence[Line], at: int) -> Block | None:
    line = lines[at]
    if match := RAW_HTML.match(line.text):
        end_mark = f"</{match[1].lower()}>" if match[1] else "-->" if match[2] else ">"
        for end in range(at, len(lines)):
            if end_mark in lines[end].text[match.end() if end == at else 0 :].lower():
                return Block(Shape.HTML, tuple(lines[at : end + 1]), line)
        return Block(Shape.HTML, trimmed(lines[at:]), line, closed=False)
    if BLOCK_HTML.match(line.text) or LONE_TAG.match(line.text):
        end = at + 1
        while end < len(lines) and not lines[end].blank:
            end += 1
        return Block(Shape.HTML, tuple(lines[at:end]), line)
    return _component(lines, at) if COMPONENT.match(line.text) else None


FARTHEST = 300
"""How many lines below its beginning the end of a component of MDX is looked for."""


def _component(lines: Sequence[Line], at: int) -> Block | None:
    """A component of MDX up to where its tag is closed."""
    if COMPONENT_END.match(lines[at].text):
        return Block(Shape.HTML, (lines[at],), lines[at])
    for end in range(at + 1, min(len(lines), at + FARTHEST)):
        text = lines[end].text
        if COMPONENT_END.match(text):
            return Block(Shape.HTML, tuple(lines[at : end + 1]), lines[at])
        if HEADING.match(text) or COMPONENT.match(text):
            break
    return None


def _directive(lines: Sequence[Line], at: int) -> Block | None:
    line = lines[at]
    return Block(Shape.DIRECTIVE, (line,), line) if DIRECTIVE.match(line.text) else None


def _table(lines: Sequence[Line], at: int) -> Block | None:
    if at + 1 >= len(lines) or "|" not in lines[at].text:
        return None
    rule = lines[at + 1].text
    if "-" not in rule or not TABLE_RULE.match(rule) or _cells(lines[at].text) != _cells(rule):
        return None
    end = at + 2
    while end < len(lines) and not lines[end].blank and not interrupts(lines[end]):
        end += 1
    return Block(Shape.TABLE, tuple(lines[at:end]), lines[at])


def _cells(row: str) -> int:
    inner = re.sub(r"\\\|", "", row.strip())
    return inner.removeprefix("|").removesuffix("|").count("|") + 1


def _paragraph(lines: Sequence[Line], at: int) -> Block:
    end = at + 1
    while end < len(lines) and not lines[end].blank:
        if match := UNDERLINE.match(lines[end].text):
            level = 1 if match[1][0] == "=" else 2
            heading = tuple(lines[at : end + 1])
            return Block(Shape.HEADING, heading, cut(lines[at], 0), match[1], level)
        if interrupts(lines[end]):
            break
        end += 1
    return Block(Shape.PARAGRAPH, tuple(lines[at:end]), cut(lines[at], 0))


def _indented_code(lines: Sequence[Line], at: int) -> Block:
    end = at + 1
    while end < len(lines) and (lines[end].blank or indent_of(lines[end].text) > 3):
        end += 1
    return Block(Shape.CODE, trimmed(lines[at:end]), lines[at])


_Reader = Callable[[Sequence[Line], int], Block | None]
_READERS: dict[str, tuple[_Reader, ...]] = {
    "#": (_heading, _item),
    "-": (_rule, _item),
    "*": (_rule, _item),
    "_": (_rule,),
    "+": (_item,),
    "`": (read_fence,),
    "~": (read_fence,),
    ">": (_quote,),
    "<": (_html,),
    ":": (_directive,),
    "{": (_directive,),
}

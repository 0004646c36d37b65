"""The structure of Markdown blocks, found line by line as CommonMark's reference parser does."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from builder.prose.blocks import (
    Block,
    Container,
    Document,
    Fence,
    Formula,
    HtmlBlock,
    Indented,
    Item,
    Leaf,
    List,
    Paragraph,
    Quote,
    Rule,
    Table,
    Verbatim,
)
from builder.prose.formulas import opens_block
from builder.prose.links import Definition
from builder.prose.markup import Labels
from builder.prose.tables import alignments, cells
from builder.prose.tags import block_end

_TAB_STOP = 4
_DEEPEST = 50
"""Blocks within more blocks than this are text; no reader could tell them apart."""

_PREFIX = re.compile(r"[ \t>*+\-.)0-9]*")
_MARKER = re.compile(r"(?:([-*+])|([0-9]{1,9})([.)]))( *)(?=(.?))")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_UNDERLINE = re.compile(r"(?:=++|-++)[ \t]*$")
_RULE = re.compile(r"(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)$")
_FENCE = re.compile(r"(`{3,}+)([^`]*)$|(~{3,}+)(.*)$")
_TASK = re.compile(r"\[([ xX])\][ \t]+")


class Structure:
    """The blocks that are open, outermost first, and those that they become in a tree.

    `matched` counts the open blocks to which the current line belongs so far.
    """

    def __init__(self, root: Element, labels: Labels) -> None:
        self.stack: list[Block] = [Document(root)]
        self.labels = labels
        self.definitions: dict[str, Definition] = {}
        self.lines: list[str] = []
        self.number = 0
        self.matched = 1

    def read(self, lines: list[str]) -> None:
        """Add the blocks of all lines to the tree."""
        self.lines = lines
        for self.number, line in enumerate(lines, 1):
            self._line(_without_tabs(line) if "\t" in line and not self._in_fence() else line)
        self.close(1)

    def _in_fence(self) -> bool:
        block = self.stack[-1]
        return len(self.stack) == 2 and isinstance(block, Fence) and not block.indent

    def _line(self, rest: str) -> None:
        stack = self.stack
        self.matched = 1
        while self.matched < len(stack):
            block = stack[self.matched]
            left = block.goes_on(rest)
            if left is None:
                break
            rest = left
            self.matched += 1
            if block.is_marked:
                block.end = self.number
        top = self.top()
        if isinstance(top, Verbatim):
            self._add_verbatim(top, rest)
        else:
            self._open_blocks(rest)

    def _add_verbatim(self, block: Verbatim, rest: str) -> None:
        block.add(rest, self.number)
        if block.closed:
            self.close(self.matched - 1)

    def _open_blocks(self, rest: str) -> None:
        """Open the blocks that begin in the line, and give the last one what is left of it."""
        may_be_lazy = isinstance(self.stack[-1], Paragraph)
        while text := rest.lstrip(" "):
            indent = len(rest) - len(text)
            if indent > 3:
                if may_be_lazy:
                    break
                code = Indented(self.place(), self.number, self.labels)
                self.open(code, rest[4:])
                return
            left = self._begin(text, indent)
            if left is None:
                break
            if left == _TAKEN:
                return
            rest, may_be_lazy = left, False
        self._add_text(text)

    def _begin(self, text: str, indent: int) -> str | None:
        for begin in _BEGINNINGS.get(text[0], ()):
            left = begin(self, text, indent)
            if left is not None:
                return left
        return None

    def _add_text(self, text: str) -> None:
        stack = self.stack
        if text and self.matched < len(stack) and isinstance(stack[-1], Paragraph):
            stack[-1].add(text, self.number)  # a lazy continuation of the paragraph
            return
        self.close(self.matched)
        if not text:
            return
        last = stack[-1]
        if isinstance(last, Paragraph | Table):
            last.add(text, self.number)
        else:
            self.open(Paragraph(self.place(), self.number, self.definitions), text)

    def top(self) -> Block:
        """The innermost open block to which the line belongs so far."""
        return self.stack[self.matched - 1]

    def place(self, in_list: bool = False) -> Element:
        """The element where a new block goes; closes what cannot hold it."""
        self.close(self.matched)
        stack = self.stack
        while True:
            parent = stack[-1]
            if isinstance(parent, Container) and isinstance(parent, List) == in_list:
                break
            self.close(len(stack) - 1)
        if len(parent.element) and self.number > parent.end + 1:
            parent.gap = True
        return parent.element

    def open(self, block: Block, text: str | None = None) -> None:
        """Hold a new block open, with its first line of text if it has one."""
        self.stack.append(block)
        self.matched = len(self.stack)
        if text is not None and isinstance(block, Verbatim):
            self._add_verbatim(block, text)
        elif text is not None and isinstance(block, Leaf):
            block.add(text, self.number)

    def close(self, depth: int) -> None:
        """Close all open blocks but for the outermost `depth`."""
        stack = self.stack
        while len(stack) > depth:
            block = stack.pop()
            block.close()
            parent = stack[-1]
            parent.end = max(parent.end, block.end)
            if isinstance(block, Item) and isinstance(parent, List):
                parent.gap = parent.gap or block.gap
            elif isinstance(block, Paragraph) and not block.element.text:
                del parent.element[-1]
        self.matched = min(self.matched, len(stack))


_TAKEN = "\n"
"""What a beginning returns that has taken the whole line; no line holds it."""


def _quote(structure: Structure, text: str, _indent: int) -> str | None:
    if len(structure.stack) > _DEEPEST:
        return None
    structure.open(Quote(structure.place(), structure.number))
    return text[2:] if text.startswith("> ") else text[1:]


def _heading(structure: Structure, text: str, _indent: int) -> str | None:
    match = _HEADING.match(text)
    if match is None:
        return None
    title = text[match.end() :].rstrip(" \t")
    bare = title.rstrip("#")
    if not bare or bare.endswith((" ", "\t")):
        title = bare.rstrip(" \t")
    SubElement(structure.place(), f"h{len(match[1])}").text = title
    structure.top().end = structure.number
    return _TAKEN


def _fence(structure: Structure, text: str, indent: int) -> str | None:
    match = _FENCE.match(text)
    if match is None:
        return None
    fence, info = (match[1], match[2]) if match[1] else (match[3], match[4])
    structure.open(
        Fence(structure.place(), structure.number, structure.labels, fence, indent, info)
    )
    return _TAKEN


def _html(structure: Structure, text: str, indent: int) -> str | None:
    until = block_end(text, isinstance(structure.top(), Paragraph))
    if until is False:
        return None
    block = HtmlBlock(structure.place(), structure.number, structure.labels, until)
    structure.open(block, " " * indent + text)
    return _TAKEN


def _formula(structure: Structure, text: str, _indent: int) -> str | None:
    closing = opens_block(structure.lines, structure.number - 1, text)
    if closing is None:
        return None
    block = Formula(structure.place(), structure.number, structure.labels, closing)
    structure.open(block, text)
    return _TAKEN


def _underline(structure: Structure, text: str, _indent: int) -> str | None:
    """The line under a heading, whose text is the paragraph above it."""
    paragraph = structure.top()
    if not isinstance(paragraph, Paragraph) or not _UNDERLINE.match(text):
        return None
    if title := paragraph.text():
        structure.stack.pop()
        structure.matched -= 1
        paragraph.element.tag, paragraph.element.text = "h1" if text[0] == "=" else "h2", title
        structure.top().end = structure.number
    else:  # nothing but definitions of links
        paragraph.lines = [text]
    return _TAKEN


def _rule(structure: Structure, text: str, _indent: int) -> str | None:
    if not _RULE.match(text):
        return None
    structure.open(Rule(structure.place(), structure.number))
    return _TAKEN


def _item(structure: Structure, text: str, indent: int) -> str | None:
    match = _MARKER.match(text)
    if match is None or len(structure.stack) > _DEEPEST:
        return None
    bullet, number, dot, space, following = match.groups()
    if following and not space:
        return None
    container = structure.top()
    if isinstance(container, Paragraph) and (not following or int(number or 1) != 1):
        return None
    width = match.end() if following and len(space) < 5 else match.start(4) + 1
    marker = bullet or dot
    if isinstance(container, List) and container.marker == marker:
        structure.place(in_list=True)
    else:
        structure.open(List(structure.place(), structure.number, marker, number or ""))
    parent = structure.stack[-1].element
    structure.open(Item(parent, structure.number, indent + width))
    rest = text[width:]
    if task := _TASK.match(rest):
        rest = ("\u2610 " if task[1] == " " else "\u2611 ") + rest[task.end() :]
    return rest


def _table(structure: Structure, text: str, _indent: int) -> str | None:
    """The line under the header of a table, which is the last line of a paragraph."""
    paragraph = structure.top()
    if not isinstance(paragraph, Paragraph) or paragraph.no_table:
        return None
    aligned = alignments(text)
    if not aligned:
        return None
    header = cells(paragraph.lines[-1])
    if len(header) != len(aligned):
        paragraph.no_table = True  # as on GitHub
        return None
    paragraph.lines = [line.replace("\\|", "|") for line in paragraph.lines[:-1]]  # as GitHub
    structure.close(structure.matched - 1)
    parent = structure.place()
    structure.open(Table(parent, structure.number, structure.labels, aligned, header))
    return _TAKEN


_BEGINNINGS: dict[str, tuple[Callable[[Structure, str, int], str | None], ...]] = {
    ">": (_quote,),
    "#": (_heading,),
    "`": (_fence,),
    "~": (_fence,),
    "<": (_html,),
    "$": (_formula,),
    "\\": (_formula,),
    "=": (_underline,),
    "-": (_underline, _rule, _item, _table),
    "*": (_rule, _item),
    "+": (_item,),
    "_": (_rule,),
    "|": (_table,),
    ":": (_table,),
    **dict.fromkeys("0123456789", (_item,)),
}
"""What may begin with a character, in the order in which it is tried."""


def _without_tabs(line: str) -> str:
    """The line with spaces for the tabs that may decide about its structure."""
    if line.endswith("\t"):
        line = line.rstrip(" \t")
    match = _PREFIX.match(line)
    end = match.end() if match else 0
    return line[:end].expandtabs(_TAB_STOP) + line[end:]

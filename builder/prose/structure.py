"""The structure of Markdown blocks, found line by line as CommonMark's reference parser does."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from builder.prose.beginnings import BEGINNINGS, TAKEN
from builder.prose.blocks import (
    Block,
    Container,
    Document,
    Item,
    Leaf,
    List,
    Paragraph,
    Table,
)
from builder.prose.links import Definition
from builder.prose.markup import Labels
from builder.prose.verbatim import Fence, Indented, Verbatim

_TAB_STOP = 4
_PREFIX = re.compile(r"[ \t>*+\-.)0-9]*")


class Structure:
    """The blocks that are open, outermost first, and those that they become in a tree.

    `matched` counts the open blocks to which the current line belongs so far. Where only the
    definitions of links are wanted, what is taken as it is need not be shown.
    """

    def __init__(self, root: Element, labels: Labels, only_definitions: bool = False) -> None:
        self.stack: list[Block] = [Document(root)]
        self.labels = labels
        self.only_definitions = only_definitions
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
            if left == TAKEN:
                return
            rest, may_be_lazy = left, False
        self._add_text(text)

    def _begin(self, text: str, indent: int) -> str | None:
        for begin in BEGINNINGS.get(text[0], ()):
            left = begin(self, text, indent)
            if left is not None:
                return left
        return None

    def _add_text(self, text: str) -> None:
        stack = self.stack
        if text and self.matched < len(stack) and isinstance(stack[-1], Paragraph):
            stack[-1].add(text, self.number)  # a lazy continuation of the paragraph
            return
        if self.matched < len(stack):
            self.close(self.matched)
        if not text:
            return
        last = stack[-1]
        if isinstance(last, (Paragraph, Table)):
            last.add(text, self.number)
        else:
            self.open(Paragraph(self.place(), self.number, self.definitions), text)

    def top(self) -> Block:
        """The innermost open block to which the line belongs so far."""
        return self.stack[self.matched - 1]

    def place(self, in_list: bool = False) -> Element:
        """The element where a new block goes; closes what cannot hold it."""
        stack = self.stack
        if self.matched < len(stack):
            self.close(self.matched)
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
            if not (self.only_definitions and isinstance(block, Verbatim)):
                block.close()
            parent = stack[-1]
            parent.end = max(parent.end, block.end)
            if isinstance(block, Paragraph):
                if not block.element.text:
                    del parent.element[-1]
            elif isinstance(block, Item) and isinstance(parent, List):
                parent.gap = parent.gap or block.gap
        self.matched = min(self.matched, len(stack))


def _without_tabs(line: str) -> str:
    """The line with spaces for the tabs that may decide about its structure."""
    match = _PREFIX.match(line)
    end = match.end() if match else 0
    if end == len(line):
        return line.rstrip(" \t").expandtabs(_TAB_STOP)
    return line[:end].expandtabs(_TAB_STOP) + line[end:]

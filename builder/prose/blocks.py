"""The kinds of Markdown blocks: what of a line belongs to each, and the element that it becomes."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from builder.prose.links import Definition, definition_at
from builder.prose.markup import Labels
from builder.prose.tables import cells

NO_TAG = ""
"""The tag of an element that is its content only, such as a paragraph of a tight list."""

BLANK = " \t"


class Block:
    """An open block. `end` is the number of its last line so far that is not blank."""

    __slots__ = ("element", "end")
    tag = NO_TAG
    is_marked = False
    """Whether each line of it has a mark of its own, so that none of them is blank."""

    def __init__(self, parent: Element, number: int) -> None:
        self.element = SubElement(parent, self.tag)
        self.end = number

    def goes_on(self, rest: str) -> str | None:
        """What is left of a line for this block, or None if the block ends before the line."""
        raise NotImplementedError

    def close(self) -> None:
        """Finish the element."""


class Container(Block):
    """A block of blocks. `gap` tells that two of them have a blank line between them."""

    __slots__ = ("gap",)

    def __init__(self, parent: Element, number: int) -> None:
        super().__init__(parent, number)
        self.gap = False


class Document(Container):
    __slots__ = ()

    def __init__(self, element: Element) -> None:
        self.element, self.end, self.gap = element, 0, False


class Quote(Container):
    __slots__ = ()
    tag = "blockquote"
    is_marked = True

    def goes_on(self, rest: str) -> str | None:
        marked = rest.lstrip(" ")
        if not marked.startswith(">") or len(rest) - len(marked) > 3:
            return None
        return marked[2:] if marked.startswith("> ") else marked[1:]


class Rule(Block):
    """A thematic break. For GitHub, the blank lines after it are its own."""

    __slots__ = ()
    tag = "hr"
    is_marked = True

    def goes_on(self, rest: str) -> str | None:
        return rest


class List(Container):
    """Items with one kind of marker: a bullet character, or what ends a number."""

    __slots__ = ("marker",)

    def __init__(self, parent: Element, number: int, marker: str, start: str) -> None:
        super().__init__(parent, number)
        self.marker = marker
        self.element.tag = "ol" if start else "ul"
        if start and int(start) != 1:
            self.element.set("start", str(int(start)))

    def goes_on(self, rest: str) -> str | None:
        return rest

    def close(self) -> None:
        if not self.gap:
            for item in self.element:
                for child in item:
                    if child.tag == Paragraph.tag:
                        child.tag = NO_TAG


class Item(Container):
    """An item of a list; its lines are indented by the width of its marker."""

    __slots__ = ("indent",)
    tag = "li"

    def __init__(self, parent: Element, number: int, width: int) -> None:
        super().__init__(parent, number)
        self.indent = " " * width

    def goes_on(self, rest: str) -> str | None:
        if rest.startswith(self.indent):
            return rest[len(self.indent) :]
        return "" if len(self.element) and not rest.strip(BLANK) else None


class Leaf(Block):
    """A block of lines of text."""

    __slots__ = ("lines",)

    def __init__(self, parent: Element, number: int) -> None:
        super().__init__(parent, number)
        self.lines: list[str] = []

    def add(self, rest: str, number: int) -> None:
        """Take a line."""
        self.lines.append(rest)
        if rest.strip(BLANK):
            self.end = number


class Paragraph(Leaf):
    """`definitions` is where those of links go that stand at its start."""

    __slots__ = ("definitions", "no_table")
    tag = "p"

    def __init__(self, parent: Element, number: int, definitions: dict[str, Definition]) -> None:
        super().__init__(parent, number)
        self.definitions = definitions
        self.no_table = False

    def goes_on(self, rest: str) -> str | None:
        return rest if rest.strip(BLANK) else None

    def text(self) -> str:
        """The text after the definitions of links at its start, which are taken out."""
        text, at = "\n".join(self.lines), 0
        while text.startswith("[", at) and (found := definition_at(text, at)):
            label, definition, at = found
            self.definitions.setdefault(label, definition)
        return text[at:].rstrip(" \t\n")

    def close(self) -> None:
        self.element.text = self.text()


class Table(Leaf):
    """GitHub's table, in a box that scrolls sideways."""

    __slots__ = ("aligned", "table")
    tag = "div"

    def __init__(
        self, parent: Element, number: int, labels: Labels, aligned: list[str], header: list[str]
    ) -> None:
        super().__init__(parent, number)
        box = {"class": "bd-scroll bd-table", "tabindex": "0", "role": "group"}
        self.element.attrib |= box | {"aria-label": labels.table}
        self.aligned = aligned
        self.table = SubElement(self.element, "table")
        self._row(SubElement(self.table, "thead"), "th", header)

    def _row(self, parent: Element, tag: str, texts: list[str]) -> None:
        row = SubElement(parent, "tr")
        for index, align in enumerate(self.aligned):
            cell = SubElement(row, tag, {"align": align} if align else {})
            cell.text = texts[index] if index < len(texts) else None

    def goes_on(self, rest: str) -> str | None:
        return rest if cells(rest) else None

    def add(self, rest: str, number: int) -> None:
        self.end = number
        if len(self.table) == 1:
            SubElement(self.table, "tbody")
        self._row(self.table[1], "td", cells(rest))

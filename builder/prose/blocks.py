"""The kinds of Markdown blocks: what of a line belongs to each, and the element that it becomes."""

from __future__ import annotations

from re import Pattern
from xml.etree.ElementTree import Element, SubElement

from builder.prose.formulas import block_formula
from builder.prose.links import Definition, definition_at, unescape
from builder.prose.markup import Html, Labels, code_box, formula_html
from builder.prose.tables import cells
from builder.prose.tags import known_only

NO_TAG = ""
"""The tag of an element that is its content only, such as a paragraph of a tight list."""

_BLANK = " \t"


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
        return "" if len(self.element) and not rest.strip(_BLANK) else None


class Leaf(Block):
    """A block of lines of text."""

    __slots__ = ("lines",)

    def __init__(self, parent: Element, number: int) -> None:
        super().__init__(parent, number)
        self.lines: list[str] = []

    def add(self, rest: str, number: int) -> None:
        """Take a line."""
        self.lines.append(rest)
        if rest.strip(_BLANK):
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
        return rest if rest.strip(_BLANK) else None

    def text(self) -> str:
        """The text after the definitions of links at its start, which are taken out."""
        text, at = "\n".join(self.lines), 0
        while text.startswith("[", at) and (found := definition_at(text, at)):
            label, definition, at = found
            self.definitions.setdefault(label, definition)
        return text[at:].rstrip(" \t\n")

    def close(self) -> None:
        self.element.text = self.text()


class Verbatim(Leaf):
    """A block whose lines begin no other block. `closed` tells that it took its last line."""

    __slots__ = ("closed", "labels")

    def __init__(self, parent: Element, number: int, labels: Labels) -> None:
        super().__init__(parent, number)
        self.labels = labels
        self.closed = False


class Indented(Verbatim):
    __slots__ = ()

    def goes_on(self, rest: str) -> str | None:
        if rest.startswith("    "):
            return rest[4:]
        return None if rest.strip(_BLANK) else ""

    def close(self) -> None:
        while not self.lines[-1].strip(_BLANK):
            self.lines.pop()
        self.element.text = code_box("\n".join(self.lines), "", self.labels)


class Fence(Verbatim):
    """Code between fences; without a closing one it goes on to the end of what holds it."""

    __slots__ = ("fence", "indent", "info")
    is_marked = True

    def __init__(
        self, parent: Element, number: int, labels: Labels, fence: str, indent: int, info: str
    ) -> None:
        super().__init__(parent, number, labels)
        self.fence, self.indent, self.info = fence, indent, info

    def goes_on(self, rest: str) -> str | None:
        text = rest.lstrip(" ")
        indent = len(rest) - len(text)
        if text.startswith(self.fence) and indent < 4:
            self.closed = not text.lstrip(self.fence[0]).strip(_BLANK)
        return rest[min(indent, self.indent) :]

    def add(self, rest: str, number: int) -> None:
        self.end = number
        if not self.closed:
            self.lines.append(rest)

    def close(self) -> None:
        code = "\n".join(self.lines)
        language = (unescape(self.info.strip(_BLANK)).split() or [""])[0]
        if language == "math" and (tex := block_formula(f"$${code}$$")):
            self.element.text = formula_html(tex, True, self.labels)
        else:
            self.element.text = code_box(code, language, self.labels)


class HtmlBlock(Verbatim):
    """An author's HTML, to a pattern in a line or, where that is None, to a blank line."""

    __slots__ = ("until",)

    def __init__(
        self, parent: Element, number: int, labels: Labels, until: Pattern[str] | None
    ) -> None:
        super().__init__(parent, number, labels)
        self.until = until

    def goes_on(self, rest: str) -> str | None:
        return rest if self.until or rest.strip(_BLANK) else None

    def add(self, rest: str, number: int) -> None:
        super().add(rest, number)
        self.closed = bool(self.until and self.until.search(rest))

    def close(self) -> None:
        self.element.text = Html(known_only("\n".join(self.lines)))


class Formula(Verbatim):
    """A formula on lines of its own; lines that do not turn out to be one are a paragraph."""

    __slots__ = ("closing",)

    def __init__(self, parent: Element, number: int, labels: Labels, closing: str) -> None:
        super().__init__(parent, number, labels)
        self.closing = closing

    def goes_on(self, rest: str) -> str | None:
        return rest if rest.strip(_BLANK) else None

    def add(self, rest: str, number: int) -> None:
        super().add(rest.strip(_BLANK), number)
        self.closed = len(self.lines) > 1 and self.lines[-1].endswith(self.closing)

    def close(self) -> None:
        text = "\n".join(self.lines)
        if tex := block_formula(text):
            self.element.text = formula_html(tex, True, self.labels)
        else:
            self.element.tag, self.element.text = "p", text


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

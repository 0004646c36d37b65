"""Blocks of Markdown whose lines are taken as they are: code, an author's HTML, formulas."""

from __future__ import annotations

from re import Pattern
from xml.etree.ElementTree import Element

from builder.prose.blocks import BLANK, Leaf
from builder.prose.formulas import block_formula
from builder.prose.links import unescape
from builder.prose.markup import Html, Labels, code_box, formula_html
from builder.prose.tags import known_only


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
        return None if rest.strip(BLANK) else ""

    def close(self) -> None:
        while not self.lines[-1].strip(BLANK):
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
            self.closed = not text.lstrip(self.fence[0]).strip(BLANK)
        return rest[min(indent, self.indent) :]

    def add(self, rest: str, number: int) -> None:
        self.end = number
        if not self.closed:
            self.lines.append(rest)

    def close(self) -> None:
        code = "\n".join(self.lines)
        language = (unescape(self.info.strip(BLANK)).split() or [""])[0]
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
        return rest if self.until or rest.strip(BLANK) else None

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
        return rest if rest.strip(BLANK) else None

    def add(self, rest: str, number: int) -> None:
        super().add(rest.strip(BLANK), number)
        self.closed = len(self.lines) > 1 and self.lines[-1].endswith(self.closing)

    def close(self) -> None:
        text = "\n".join(self.lines)
        if tex := block_formula(text):
            self.element.text = formula_html(tex, True, self.labels)
        else:
            self.element.tag, self.element.text = "p", text

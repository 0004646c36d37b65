"""YAML front matter: settings of a file, or a question with its answer (the home of `yaml`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from builder.scan import Block, Line
from builder.values import Record, field

LONGEST = 100_000
MOST_SIGNS = 1_000
MOST_VALUES = 20_000
DEEPEST = 50
"""Front matter beyond these bounds is not read: nobody writes it, YAML nests by recursion, and a
few aliases can stand for a value of any size, or for one that holds itself."""

_NESTING = re.compile(r"[\[{&*]|[-?:](?=[ \t]+[-?:][ \t])")
"""What nests within a line; PyYAML 6.0.1 crashes on "- - -…", as it has no bound of its own."""


class Value(Record):
    """A value of front matter: lines of text, a list, or named values.

    `place` is where it begins. `true` says that it is YAML's word for yes.
    """

    place: Line
    lines: tuple[Line, ...] = ()
    items: tuple[Value, ...] = ()
    fields: dict[str, Value] = field(default_factory=dict)
    true: bool = False

    @property
    def text(self) -> str:
        """A text in one line."""
        return " ".join(line.text.strip() for line in self.lines).strip()

    @property
    def texts(self) -> tuple[str, ...]:
        """A list of texts, be it written as a list or in one line with commas."""
        found = [item.text for item in self.items] or re.split(r"[,;]", self.text)
        return tuple(text for one in found if (text := one.strip().lstrip("#")))


class FrontMatter(Record):
    """The values of a front matter by lower-case name; `fault` says what is wrong with it."""

    fields: dict[str, Value]
    fault: str = ""
    fault_line: Line | None = None


def parse(block: Block) -> FrontMatter:
    """The values of a front matter. A text that YAML would want quoted is read without quotes."""
    lines = block.lines[1:-1]
    text = "\n".join(line.text for line in lines)
    if len(text) > LONGEST or len(_NESTING.findall(text)) > MOST_SIGNS:
        return FrontMatter({}, "it is too large", block.lines[0])
    fault: tuple[str, Line | None] = ("", None)
    for attempt in (text, "\n".join(map(_quoted, lines))):
        try:
            return FrontMatter(_compose(attempt, lines))
        except _FaultError as wrong:
            fault = fault if fault[0] else (wrong.args[0], wrong.args[1])
    return FrontMatter({}, *fault)


class _FaultError(Exception):
    """What YAML does not understand, and the line."""


def _compose(text: str, lines: Sequence[Line]) -> dict[str, Value]:
    import yaml  # noqa: PLC0415 - only front matter waits for it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(text, Loader=loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        at = min(mark.line, len(lines) - 1) if mark and lines else 0
        raise _FaultError(
            getattr(error, "problem", "") or "it nests too deep", lines[at] if lines else None
        ) from None
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise _FaultError("it is no list of names and values", lines[0] if lines else None)
    return _Values(lines).fields(node, 0)


class _Values:
    """What the nodes of a YAML text stand for, as long as it is no more than somebody would write.

    An alias is the very node of its anchor, once more.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.left = MOST_VALUES

    def fields(self, node: Any, depth: int) -> dict[str, Value]:  # noqa: ANN401
        return {self.name(key): self.value(value, depth + 1) for key, value in node.value}

    def name(self, node: Any) -> str:  # noqa: ANN401
        if node.id != "scalar":
            raise _FaultError("a name must be text", self.line(node.start_mark.line))
        return str(node.value).strip().casefold()

    def value(self, node: Any, depth: int) -> Value:  # noqa: ANN401
        place = self.line(node.start_mark.line)
        self.left -= 1
        if depth > DEEPEST or not self.left:
            raise _FaultError("it nests too deep" if self.left else "it is too large", place)
        if node.id == "sequence":
            return Value(place, items=tuple(self.value(item, depth + 1) for item in node.value))
        if node.id == "mapping":
            return Value(place, fields=self.fields(node, depth))
        true = node.tag.endswith(":bool") and node.value.lower() in ("true", "yes", "on")
        return Value(place, tuple(self.texts(node)), true=true)

    def texts(self, node: Any) -> Iterator[Line]:  # noqa: ANN401
        first = node.start_mark.line + (node.style in ("|", ">"))
        for number, text in enumerate(node.value.split("\n"), first):
            yield _found_in(self.line(number), text)

    def line(self, number: int) -> Line:
        return self.lines[min(number, len(self.lines) - 1)]


def _found_in(line: Line, text: str) -> Line:
    """A text of a line, where it stands there; what YAML spells otherwise begins with the line."""
    return line.behind(max(0, line.text.find(text))).showing(text)


_PLAIN = re.compile(r"""(\s*(?:-\s+)?[\w .-]+:[ \t]+)(?!["'|>\[{&*!])(.*\S)\s*$""")


def _quoted(line: Line) -> str:
    """A line with its plain value in quotes: "question: What is this: x?" is no YAML without."""
    match = _PLAIN.match(line.text)
    return f"{match[1]}'{match[2].replace(chr(39), chr(39) * 2)}'" if match else line.text

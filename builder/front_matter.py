"""YAML front matter: settings of a file, or a question with its answer (the home of `yaml`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from builder.scan import Block, Line

LONGEST = 100_000
MOST_BRACKETS = 1_000
"""Front matter beyond these bounds is not read: nobody writes it, and YAML nests by recursion."""


@dataclass(frozen=True, slots=True)
class Value:
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


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values of a front matter by lower-case name; `fault` says what is wrong with it."""

    fields: dict[str, Value]
    fault: str = ""
    fault_line: Line | None = None


def parse(block: Block) -> FrontMatter:
    """The values of a front matter. A text that YAML would want quoted is read without quotes."""
    lines = block.lines[1:-1]
    text = "\n".join(line.text for line in lines)
    if len(text) > LONGEST or sum(map(text.count, "[{&*")) > MOST_BRACKETS:
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
    return _fields(node, lines)


def _fields(node: Any, lines: Sequence[Line]) -> dict[str, Value]:  # noqa: ANN401
    return {str(key.value).strip().casefold(): _value(value, lines) for key, value in node.value}


def _value(node: Any, lines: Sequence[Line]) -> Value:  # noqa: ANN401
    at = node.start_mark.line
    place = lines[min(at, len(lines) - 1)]
    if node.id == "sequence":
        return Value(place, items=tuple(_value(item, lines) for item in node.value))
    if node.id == "mapping":
        return Value(place, fields=_fields(node, lines))
    if node.style in ("|", ">"):
        at += 1
    texts = node.value.split("\n")
    own = tuple(
        Line(
            lines[min(at + n, len(lines) - 1)].number,
            lines[min(at + n, len(lines) - 1)].offset,
            text,
        )
        for n, text in enumerate(texts)
    )
    return Value(
        place, own, true=node.tag.endswith(":bool") and node.value.lower() in ("true", "yes", "on")
    )


_PLAIN = re.compile(r"""(\s*(?:-\s+)?[\w .-]+:[ \t]+)(?!["'|>\[{&*!])(.*\S)\s*$""")


def _quoted(line: Line) -> str:
    """A line with its plain value in quotes: "question: What is this: x?" is no YAML without."""
    match = _PLAIN.match(line.text)
    return f"{match[1]}'{match[2].replace(chr(39), chr(39) * 2)}'" if match else line.text

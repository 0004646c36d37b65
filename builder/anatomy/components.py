"""Options in a component of MDX, as in the courses of Hugging Face:

    <Question
        choices={[
            { text: "MaxPooling", explain: "Right, it has no weights.", correct: true },
            { text: "ReLU", explain: "It pools nothing." },
        ]}
    />

Each choice becomes an item with a check box, and its reason below it. The component may say what is
asked too: `<Quiz question="Which layer pools?" choices={[…]} />`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from builder.anatomy.boxed import boxed
from builder.anatomy.wrappers import framed
from builder.scan import OPENED, Block, Line, Shape

CHOICES = "<Question>"
"""The marker of what frames the options of a component."""

_CHOICES = re.compile(r"\s*<[A-Z][\w.]*\s[^{}]*?\b(?:choices|options|answers)\s*=\s*\{\s*\[")
_STRING = r""" "(?:[^"\\]|\\.)*+" | '(?:[^'\\]|\\.)*+' | `(?:[^`\\]|\\.)*+` """
_PART = re.compile(
    rf"""["']?(?P<key>[A-Za-z_]\w*)["']?\s*:\s*(?:(?P<string>{_STRING})|(?P<value>[\w.]+))
    | {_STRING} | (?P<brace>[{{}}])""",
    re.VERBOSE | re.DOTALL,
)
_ASKED = re.compile(
    rf"\b(?:question|prompt|stem|title)\s*=\s*\{{?\s*(?P<string>{_STRING})", re.VERBOSE | re.DOTALL
)
_ESCAPED = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_WHITE = frozenset("nrt\n")

_TEXT = frozenset(("text", "answer", "option", "label"))
_REASON = frozenset(("explain", "explanation", "feedback", "reason"))
_CORRECT = frozenset(("correct", "iscorrect", "is_correct", "right"))


def component_options(block: Block) -> Sequence[Block]:
    """The options that a component of MDX holds, below a block that frames them; none of others."""
    whole = "\n".join([line.text for line in block.lines])
    if not (start := _CHOICES.match(whole)):
        return ()
    starts = list(accumulate((len(line.text) + 1 for line in block.lines), initial=0))

    def line_of(match: re.Match[str]) -> Line:
        """What a string says, where it stands; of several lines, where it begins."""
        at = match.start("string") + 1
        number = bisect_right(starts, at) - 1
        begun = block.lines[number].behind(at - starts[number])
        return begun.showing(_unescaped(match["string"][1:-1]))

    items = list(map(_item, _choices(whole, start.end(), line_of)))
    if not items:
        return ()
    frame = framed(block, CHOICES)
    if asked := _ASKED.search(whole, 0, start.end()):
        said = line_of(asked)
        return (Block(Shape.HEADING, (said,), said, "-", OPENED), frame, *items)
    return (frame, *items)


class _Choice(NamedTuple):
    text: Line
    reason: Line | None
    correct: bool


def _choices(whole: str, at: int, line_of: Callable[[re.Match[str]], Line]) -> Iterator[_Choice]:
    """The objects of an array that hold a text."""
    text = reason = None
    correct = False
    for part in _PART.finditer(whole, at):
        key = (part["key"] or "").lower()
        if part["brace"] == "{":
            text, reason, correct = None, None, False
        elif part["brace"] and text:
            yield _Choice(text, reason, correct)
            text = None
        elif part["string"] and key in _TEXT:
            text = line_of(part)
        elif part["string"] and key in _REASON:
            reason = line_of(part)
        elif key in _CORRECT:
            correct = part["value"] == "true"


def _item(choice: _Choice) -> Block:
    reason = choice.reason if choice.reason and not choice.reason.blank else None
    return boxed(choice.text, choice.correct, reason=(reason,) if reason else ())


def _unescaped(string: str) -> str:
    """What a string of JavaScript says, in one line."""
    return " ".join(_ESCAPED.sub(_character, string).split())


def _character(escaped: re.Match[str]) -> str:
    code = escaped[1]
    if len(code) > 1:
        return chr(int(code[1:], 16))
    return " " if code in _WHITE else code

"""Options in a component of MDX, as in the courses of Hugging Face:

    <Question
        choices={[
            { text: "MaxPooling", explain: "Right, it has no weights.", correct: true },
            { text: "ReLU", explain: "It pools nothing." },
        ]}
    />

Each choice becomes an item with a check box, and its reason below it, as is all else that it says
in words, such as a hint. The component may say what is asked too, which one is right, and why:
`<Quiz question="Which layer pools?" options={["ReLU", "MaxPooling"]} answer="MaxPooling" />`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate

from builder.anatomy.boxed import boxed
from builder.anatomy.wrappers import framed
from builder.patterns import late
from builder.scan import OPENED, Block, Line, Shape
from builder.values import Record, replace

CHOICES = "<Question>"
"""The marker of what frames the options of a component."""

_CHOICES = re.compile(
    r"\s*<[A-Z][\w.]*\s(?:[^{}]|\{[^{}]*\})*?\b(?:choices|options|answers)\s*=\s*\{\s*\["
)
_STRING = r""" "(?:[^"\\]|\\.)*+" | '(?:[^'\\]|\\.)*+' | `(?:[^`\\]|\\.)*+` """
_PART = late(
    rf"""["']?(?P<key>[A-Za-z_]\w*)["']?\s*:\s*(?:(?P<string>{_STRING})|(?P<value>[\w.]+))
    | (?P<alone>{_STRING}) | (?P<bracket>[{{}}\[\]])""",
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = late(
    rf"""\b(?P<key>[A-Za-z_]\w*)\s*=\s*\{{?\s*(?:(?P<string>{_STRING})|(?P<value>\d+)\s*\}})""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_WHITE = frozenset("nrt\n")

_ASKED = ("question", "prompt", "stem", "title")
_TEXT = ("text", "content", "answer", "option", "title", "label", "value")
"""Of several such texts the first of these names is that of the choice: a label may be a letter."""
_REASON = ("explain", "explanation", "feedback", "reason", "rationale", "why")
_CORRECT = frozenset(("correct", "iscorrect", "is_correct", "right"))
_KEY = ("answer", "correct", "correctanswer", "correctoption", "correct_answer", "solution")
_INDEX = ("correctindex", "answerindex", "correctanswerindex", "correct_index")
_NOT_SAID = frozenset(
    "class classname style id key type src href image icon color name title heading".split()
)
"""What is no text for learners, though it may have spaces."""

Fields = dict[str, Line]
"""What strings say, by the names that they have in lower case."""


class _Choice(Record):
    fields: Fields
    correct: bool

    @property
    def text(self) -> Line | None:
        return next((self.fields[name] for name in _TEXT if name in self.fields), None)


def component_options(block: Block) -> Sequence[Block]:
    """The options that a component of MDX holds, below a block that frames them; none of others, or
    where one of them is no string."""
    whole = "\n".join([line.text for line in block.lines])
    if not (start := _CHOICES.match(whole)):
        return ()
    starts = list(accumulate((len(line.text) + 1 for line in block.lines), initial=0))

    def line_of(match: re.Match[str], group: str) -> Line:
        """What a string says, where it stands; of several lines, where it begins."""
        at = match.start(group) + 1
        number = bisect_right(starts, at) - 1
        begun = block.lines[number].behind(at - starts[number])
        return begun.showing(_unescaped(match[group][1:-1]))

    choices, end = _choices(whole, start.end(), line_of)
    texts = [choice.text for choice in choices]
    if not choices or any(text is None or text.blank for text in texts):
        return ()
    told, index = _told(whole, start.end(), end, line_of)
    if not any(choice.correct for choice in choices):
        right = _right(choices, told, index)
        choices = [replace(each, correct=at == right) for at, each in enumerate(choices)]
    parts = [framed(block, CHOICES), *map(_item, choices)]
    asked = next((told[name] for name in _ASKED if name in told), None)
    if asked:
        parts.insert(0, Block(Shape.HEADING, (asked,), asked, "-", OPENED))
    for said in _said(told, _ASKED):
        shown = said.showing(f"Explanation: {said.text}")
        parts.append(Block(Shape.PARAGRAPH, (shown,), shown))
    return parts


def _choices(
    whole: str, at: int, line_of: Callable[[re.Match[str], str], Line]
) -> tuple[list[_Choice], int]:
    """The objects and the strings of an array, and where it ends."""
    found: list[_Choice] = []
    fields: Fields = {}
    correct, depth = False, 0
    for part in _PART.finditer(whole, at):
        key, bracket = (part["key"] or "").lower(), part["bracket"]
        if bracket and bracket in "{[":
            depth += 1
            if depth == 1:
                fields, correct = {}, False
        elif bracket:
            if depth == 0:
                return found, part.end()
            depth -= 1
            if depth == 0:
                found.append(_Choice(fields, correct))
        elif part["alone"] and depth == 0:
            found.append(_Choice({_TEXT[0]: line_of(part, "alone")}, False))
        elif part["string"]:
            fields.setdefault(key, line_of(part, "string"))
        elif key in _CORRECT:
            correct = part["value"] == "true"
    return found, len(whole)


def _told(
    whole: str, start: int, end: int, line_of: Callable[[re.Match[str], str], Line]
) -> tuple[Fields, int | None]:
    """What a component says besides its choices, and the place of the right one, if it gives it."""
    told: Fields = {}
    index = None
    for match in (*_ATTRIBUTE.finditer(whole, 0, start), *_ATTRIBUTE.finditer(whole, end)):
        key = match["key"].lower()
        if match["string"]:
            told.setdefault(key, line_of(match, "string"))
        elif key in _INDEX:
            index = int(match["value"])
    return told, index


def _right(choices: Sequence[_Choice], told: Mapping[str, Line], index: int | None) -> int | None:
    """The place of the choice that an attribute names: by its place from 0, or by one of its texts.

    A mere number may count from 0 or from 1, and names none.
    """
    named = next((told[name].text for name in _KEY if name in told), None)
    if named is None:
        return index
    found = [at for at, choice in enumerate(choices)
             if any(line.text == named for line in choice.fields.values())]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _said(fields: Mapping[str, Line], shown: Sequence[str]) -> Iterator[Line]:
    """What strings explain, and then what else they say in words, but for those that are shown."""
    own = next((name for name in shown if name in fields), "")
    last = [name for name in fields if name not in _REASON and name not in (own, *_NOT_SAID)]
    for name in (*_REASON, *last):
        line = fields.get(name)
        if line and not line.blank and (name in _REASON or (" " in line.text and name not in _KEY)):
            yield line


def _item(choice: _Choice) -> Block:
    assert choice.text is not None
    return boxed(choice.text, choice.correct, reason=tuple(_said(choice.fields, _TEXT)))


def _unescaped(string: str) -> str:
    """What a string of JavaScript says, in one line."""
    return " ".join(_ESCAPED.sub(_character, string).split())


def _character(escaped: re.Match[str]) -> str:
    code = escaped[1]
    if len(code) > 1:
        return chr(int(code[1:], 16))
    return " " if code in _WHITE else code

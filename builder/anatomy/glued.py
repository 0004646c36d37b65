"""What stands glued to the end of another block: the first option, or the answer in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from builder.anatomy.faces import Face, face
from builder.patterns import late
from builder.scan import Block, Line, Shape, cut
from builder.signals.announcements import Part, announced
from builder.signals.labels import named, places, plain
from builder.values import replace

_TEXT = frozenset((Shape.HEADING, Shape.PARAGRAPH, Shape.ITEM))
_OPTIONS = frozenset((Shape.ITEM, Shape.PARAGRAPH))
_OPTION = late(r"\s(?:[-*+•](?=\s+(?:\W{0,4}[^\W_]\W|\\?\[))|(?=\(?[^\W\d_][).]\s))")
_ANSWER = re.compile(r"[(\[](?P<said>[^()\[\]]{3,80})[)\]][\s.*_]*$")
_WORDS = re.compile(r"[^\W\d_][*_]{0,2}\s?[:：]")
_BEFORE_WORDS = re.compile(r"(?<=[\w.!?;)»\"'`])[\s;,.]+(?=[*_]{0,2}[^\W\d_])")
LONGEST_ANSWER = 120
MOST_TRIED = 8
"""Places of a line at which an option may begin; reading stays linear."""


def unglued(stream: Sequence[Block]) -> list[Block]:
    """A stream in which what was glued stands alone.

    The first option is cut off a stem if the second stands below: "Which one? - A. this", then
    "- B. that". An answer in brackets is cut off a stem or the last option: "b) that (Answer: b)",
    and off the latter without brackets too: "b) that. Answer: b".
    """
    found: list[Block] = []
    for block, below in zip_longest(stream, stream[1:]):
        shape = block.shape
        if shape not in _TEXT:
            found.append(block)
            continue
        text = block.text.text if len(block.lines) == 1 else block.lines[-1].text
        if (
            shape is not Shape.ITEM
            and below
            and below.shape in _OPTIONS
            and (option := _first_option(block, below))
        ):
            stem, first = option
            found += _without_answer(_cut(block, stem), None)
            found.append(Block(Shape.ITEM, (first,), first, below.marker or "-", below.level))
        elif (")" in text or "]" in text) and text.rstrip(" .*_").endswith((")", "]")):
            found += _without_answer(block, below)
        elif (":" in text or "：" in text) and face(block.text).label.isalpha():
            found += _without_words(block, below)
        else:
            found.append(block)
    return found


def _cut(block: Block, end: int) -> Block:
    """A block whose last line ends earlier."""
    last = block.text if len(block.lines) == 1 else block.lines[-1]
    short = cut(last, 0, end)
    if len(block.lines) > 1:
        return replace(block, lines=(*block.lines[:-1], short))
    lines = block.lines if block.shape is Shape.HEADING else (short,)
    return replace(block, lines=lines, text=short)


def _last(block: Block) -> Line:
    return block.text if len(block.lines) == 1 else block.lines[-1]


# The first option --------------------------------------------------------------------------


def _first_option(block: Block, below: Block) -> tuple[int, Line] | None:
    """Where a stem ends, and the option behind it, if the block below is the second one."""
    second = face(below.text)
    if (second.box is None and not second.label) or not _is_stem(block):
        return None
    last = _last(block)
    for number, match in enumerate(_OPTION.finditer(last.text)):
        if number == MOST_TRIED:
            break
        text = cut(last, match.end())
        if last.text[: match.start()].strip() and _comes_before(face(text), second):
            return match.start(), text
    return None


def _is_stem(block: Block) -> bool:
    shown = face(block.text)
    return shown.box is None and not shown.sign


def _comes_before(first: Face, second: Face) -> bool:
    if second.box is not None:
        return first.box is not None and not first.round
    if not first.label:
        return False
    after = places(plain(second.label))
    return any((a, 1) in after for a, at in places(plain(first.label)) if a >= 0 and at == 0)


# The answer --------------------------------------------------------------------------------


def _without_answer(block: Block, below: Block | None) -> Iterator[Block]:
    """A block, and the answer that stands in brackets at its end."""
    text = _last(block).text
    match = _ANSWER.search(text)
    end = len(text[: match.start()].rstrip()) if match else 0
    if match and end and not _goes_on(block, below) and _answers(match["said"]):
        yield from _apart(block, end, *match.span("said"))
    else:
        yield block


def _without_words(option: Block, below: Block | None) -> Iterator[Block]:
    """An option, and the answer that stands at its end: "b) that. Answer: b"."""
    text = _last(option).text
    if _WORDS.search(text) and not _goes_on(option, below):
        for match in _BEFORE_WORDS.finditer(text, max(0, len(text) - LONGEST_ANSWER)):
            if _names_option(text[match.end() :]):
                yield from _apart(option, match.start(), match.end(), len(text.rstrip(" ;")))
                return
    yield option


def _apart(block: Block, end: int, start: int, stop: int) -> Iterator[Block]:
    answer = cut(_last(block), start, stop)
    yield _cut(block, end)
    yield Block(Shape.PARAGRAPH, (answer,), answer)


def _answers(text: str) -> bool:
    """Whether a text announces an answer and gives it."""
    said = announced(text)
    return said is not None and said.part is Part.ANSWER and bool(text[said.end :].strip())


def _names_option(text: str) -> bool:
    """Whether a text announces an answer with a colon, and names an option by its label."""
    said = announced(text)
    if said is None or said.part is not Part.ANSWER:
        return False
    words, rest = text[: said.end].rstrip(" *_"), text[said.end :]
    return words.endswith((":", "：")) and named(rest) is not None


def _goes_on(block: Block, below: Block | None) -> bool:
    """Whether a list goes on below one of its options."""
    if below is None or block.shape is Shape.HEADING:
        return False
    if block.shape is Shape.ITEM:
        return below.shape is Shape.ITEM and below.marker[-1:] == block.marker[-1:]
    one, other = face(block.text), face(below.text)
    return bool(one.label and other.label) and below.shape is Shape.PARAGRAPH

"""The older quizzes of MkDocs, which stand between processing instructions:

    <?quiz?>
    question: Which layer has no weights?
    answer: Convolution
    answer-correct: MaxPooling
    content:
    <p>It only compares.</p>
    <?/quiz?>

They become what those between `<quiz>` and `</quiz>` do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from builder.anatomy.boxed import boxed
from builder.anatomy.wrappers import QUIZ, QUIZ_END, framed
from builder.scan import Block, Line, Shape, blocks, cut

OPENING, _CLOSING = "<?quiz?>", "<?/quiz?>"
_FIELDS = frozenset(("question", "answer", "answer-correct", "content"))

FARTHEST = 100
"""Blocks below its beginning among which the end of a quiz is looked for."""


def older_quizzes(found: Sequence[Block]) -> Sequence[Block]:
    """Blocks with a question and items with check boxes in place of each such quiz."""
    if not any(block.shape is Shape.HTML and _opens(block) for block in found):
        return found
    parts: list[Block] = []
    at = 0
    while at < len(found):
        stop = _end(found, at) if _opens(found[at]) else at
        parts += _quiz(found[at:stop]) if stop > at else [found[at]]
        at = max(stop, at + 1)
    return parts


def _opens(block: Block) -> bool:
    return block.text.text.strip() == OPENING


def _end(found: Sequence[Block], start: int) -> int:
    """Past the block in which a quiz ends; where it begins, if it never does."""
    for at in range(start + 1, min(len(found), start + FARTHEST)):
        if any(_closes(line) for line in found[at].lines):
            return at + 1
        if _opens(found[at]):
            break
    return start


def _closes(line: Line) -> bool:
    return line.text.strip() == _CLOSING


def _quiz(found: Sequence[Block]) -> Iterator[Block]:
    opening, *inner, last = found
    stop = next(at for at, line in enumerate(last.lines) if _closes(line))
    yield framed(opening, QUIZ)
    yield from _said([*inner, *blocks(last.lines[:stop])])
    closing = last.lines[stop]
    yield framed(Block(Shape.HTML, (closing,), closing), QUIZ_END)
    yield from blocks(last.lines[stop + 1 :])


def _said(found: Sequence[Block]) -> Iterator[Block]:
    """What stands between the instructions: fields, and blocks below the last, the content."""
    for at, block in enumerate(found):
        starts = [n for n, line in enumerate(block.lines) if _field(line)]
        if not starts:
            yield block
            continue
        yield from blocks(block.lines[: starts[0]])
        for start, end in pairwise([*starts, len(block.lines)]):
            name, line = _field(block.lines[start]), block.lines[start]
            text, rest = cut(line, line.text.index(":") + 1), block.lines[start + 1 : end]
            if name == "content":
                yield from _content(text, block.lines[start + 1 :])
                yield from found[at + 1 :]
                return
            if name == "question":
                yield Block(Shape.PARAGRAPH, (text, *rest), text)
            else:
                yield boxed(text, name == "answer-correct", rest)


def _field(line: Line) -> str:
    """What a line gives: "answer-correct: MaxPooling"; "" if it is text."""
    name, colon, _ = line.text.partition(":")
    return name.strip() if colon and name.strip() in _FIELDS else ""


def _content(text: Line, below: Sequence[Line]) -> Iterator[Block]:
    """What is shown once the quiz is answered, below a word that announces it."""
    said = text.showing(f"Explanation: {text.text}".rstrip())
    yield Block(Shape.PARAGRAPH, (said,), said)
    yield from blocks([line for line in below if "".join(line.text.split()) != "<p></p>"])

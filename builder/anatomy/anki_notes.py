"""Notes as Obsidian_to_Anki has them, of the type Basic:

    START
    Basic
    What is ReLU?
    Back: The function max(0, x).
    Tags: activations
    END

    STARTI [Basic] What pools? Back: MaxPooling. ENDI

They become a question and its answer. Notes of other types stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from builder.anatomy.wrappers import QUIZ, QUIZ_END, framed
from builder.scan import Block, Line, Shape, blocks, cut

_INLINE = re.compile(
    r"\s*STARTI \[Basic[^\]]*\]\s(?:Front:\s)?(?P<front>.*?\S)\s+Back:\s(?P<back>.*\S)\s+ENDI\s*$"
)
_HIDDEN = re.compile(r"\s*<!--\s*ID:[^<>]*-->\s*$")

FARTHEST = 100
"""Blocks below its beginning among which the end of a note is looked for."""


def anki_notes(found: Sequence[Block]) -> Sequence[Block]:
    """Blocks with a question and its answer in place of each note."""
    if not any(block.text.text[:5] == "START" for block in found):
        return found
    parts: list[Block] = []
    at = 0
    while at < len(found):
        stop = _end(found, at)
        parts += _note(_lines(found[at:stop])) if stop > at else _inline(found[at])
        at = max(stop, at + 1)
    return parts


def _end(found: Sequence[Block], start: int) -> int:
    """Past the block with which a note ends that begins in another; where it begins, if none."""
    lines = found[start].lines
    if lines[0].text.strip() != "START" or len(lines) < 2 or lines[1].text[:5] != "Basic":
        return start
    for at in range(start, min(len(found), start + FARTHEST)):
        if found[at].lines[-1].text.strip() == "END":
            return at + 1
        if at > start and found[at].text.text[:5] == "START":
            break
    return start


def _lines(found: Sequence[Block]) -> list[Line]:
    """The lines of neighbouring blocks, with a blank one where some stand between them."""
    lines = [line for block in found for line in block.lines]
    kept = lines[:1]
    for above, line in pairwise(lines):
        if line.number > above.number + 1:
            kept.append(Line(above.number + 1, above.end, ""))
        kept.append(line)
    return kept


def _note(lines: Sequence[Line]) -> Iterator[Block]:
    frame, body, end = lines[:2], lines[2:-1], lines[-1:]
    told = [line for line in body if line.text.startswith("Tags:")]
    hidden = [line for line in body if _HIDDEN.match(line.text)]
    said = [line for line in body if line not in told and line not in hidden]
    back = next((at for at, line in enumerate(said) if line.text.startswith("Back:")), len(said))
    front = [_behind(line, "Front:") if not at else line for at, line in enumerate(said[:back])]
    yield _frame((*frame, *hidden), QUIZ)
    yield from blocks(front)
    if back < len(said):
        yield from _answer(_behind(said[back], "Back:"), said[back + 1 :])
    for line in told:
        tags = line.showing(f"Tags: {', '.join(line.text.removeprefix('Tags:').split())}")
        yield Block(Shape.PARAGRAPH, (tags,), tags)
    yield _frame(end, QUIZ_END)


def _frame(lines: Sequence[Line], marker: str) -> Block:
    return framed(Block(Shape.HTML, tuple(lines), lines[0]), marker)


def _behind(line: Line, word: str) -> Line:
    return cut(line, len(word)) if line.text.startswith(word) else line


def _answer(first: Line, below: Sequence[Line]) -> Iterator[Block]:
    said = first.showing("Answer:")
    yield Block(Shape.PARAGRAPH, (said,), said)
    yield from blocks([first, *below])


def _inline(block: Block) -> Iterator[Block]:
    """A block in which each line may be a note."""
    if block.shape is not Shape.PARAGRAPH or not all(_INLINE.match(ln.text) for ln in block.lines):
        yield block
        return
    for line in block.lines:
        match = _INLINE.match(line.text)
        assert match
        front, back = cut(line, *match.span("front")), cut(line, *match.span("back"))
        yield _frame((line,), QUIZ)
        yield Block(Shape.PARAGRAPH, (front,), front)
        yield from _answer(back, ())
        yield _frame((line,), QUIZ_END)

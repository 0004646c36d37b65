"""Lists that say the same of all their items, and so tell nothing apart: merits, proofs, tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from builder.anatomy.components import CHOICES
from builder.anatomy.outline import Outline
from builder.anatomy.runs import Run, attached
from builder.anatomy.tables import TABLE_CELL, TABLE_HEAD
from builder.anatomy.wrappers import QUIZ
from builder.model import Verdict
from builder.scan import Block, Shape
from builder.signals.phrases import QUESTION_MARKS, bare, instructs
from builder.values import replace

FARTHEST = 12
"""How many blocks above a list are looked at for the text that may ask for it."""


def without_tallies(seen: Outline, runs: Sequence[Run]) -> tuple[Outline, list[Run]]:
    """Lists without those that count something up, whose tables are put together again.

    "✅ fast, ✅ small" is no choice unless the text right above asks for one; so is a list of which
    nothing is right. Where more lists of a way are such than are not, it is that of notes, and all
    its lists must be asked for.
    """
    unasked = [run for run in runs if _marks(run) and not _asked(seen, run)]
    if not unasked:
        return seen, list(runs)
    tallies = {run.start for run in unasked if _counts_up(run)}
    of_notes = Counter(run.way.name for run in unasked if run.start in tallies)
    written = Counter(run.way.name for run in runs)
    tallies |= {run.start for run in unasked
                if 2 * of_notes[run.way.name] > written[run.way.name]}  # fmt: skip
    stream = list(seen.stream)
    for run in unasked:
        if run.start in tallies and stream[run.start - 1].marker == TABLE_HEAD:
            _put_together(stream, run)
    return replace(seen, stream=stream), [run for run in runs if run.start not in tallies]


def _counts_up(run: Run) -> bool:
    """Whether a list says the same of all its items, or that none is right."""
    said = set(run.verdicts)
    return run.settled and (len(said) == 1 or Verdict.CORRECT not in said)


def _put_together(stream: list[Block], run: Run) -> None:
    """Makes the table again of which a list was made; what was made of its rows only frames it."""
    head = stream[run.start - 1]
    rows = [stream[at].lines[0] for at in run.heads]
    stream[run.start - 1] = Block(Shape.TABLE, (*head.lines, *rows), head.text)
    stop = run.stop
    while stop < len(stream) and stream[stop].marker == TABLE_CELL:
        stop += 1
    for at in range(run.start, stop):
        block = stream[at]
        stream[at] = Block(Shape.HTML, block.lines, block.text, TABLE_HEAD)


def _marks(run: Run) -> bool:
    """Whether a list gives each of several items a sign or a box."""
    return len(run.faces) > 1 and all(face.marked for face in run.faces)


def _asked(seen: Outline, run: Run) -> bool:
    """Whether the text right above a list asks, instructs, or is counted as questions are.

    That of check boxes may bear a bare number too.
    """
    at = next(_texts_above(seen.stream, run.start), None)
    if at is None:
        return False
    block, count = seen.stream[at], seen.counts.get(at)
    if count and count.known and (count.word or run.faces[0].box is not None):
        return True
    return (
        block.marker in _ASKING
        or instructs(bare(block.text.text))
        or any(mark in line.text for line in block.lines for mark in _MARKS)
    )


_ASKING = ("---", QUIZ, CHOICES)
"""The markers of questions in front matter, in tags, in components."""

_MARKS = (*QUESTION_MARKS, "___")


def _texts_above(stream: Sequence[Block], start: int) -> Iterator[int]:
    for at in range(start - 1, max(-1, start - FARTHEST), -1):
        if not (attached(stream[at]) or stream[at].shape is Shape.RULE):
            yield at

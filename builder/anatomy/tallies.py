"""Lists that say the same of all their items, and so tell nothing apart: merits, proofs, tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from builder.anatomy.outline import Outline
from builder.anatomy.runs import Run, attached
from builder.anatomy.wrappers import QUIZ
from builder.scan import Block, Shape
from builder.signals.phrases import bare, instructs

FARTHEST = 12
"""How many blocks above a list are looked at for the text that may ask for it."""


def without_tallies(seen: Outline, runs: Sequence[Run]) -> list[Run]:
    """Lists without those that count something up.

    "✅ fast, ✅ small" is no choice unless the text right above asks for one. Where more lists of
    a way are such than are not, it is that of notes, and all its lists must be asked for.
    """
    unasked = [run for run in runs if _marks(run) and not _asked(seen, run)]
    if not unasked:
        return list(runs)
    tallies = {run.start for run in unasked if run.settled and len(set(run.verdicts)) == 1}
    of_notes = Counter(run.way.name for run in unasked if run.start in tallies)
    written = Counter(run.way.name for run in runs)
    tallies |= {run.start for run in unasked
                if 2 * of_notes[run.way.name] > written[run.way.name]}  # fmt: skip
    return [run for run in runs if run.start not in tallies]


def _marks(run: Run) -> bool:
    """Whether a list gives each of several items a sign or a box."""
    return len(run.faces) > 1 and all(face.sign or face.box is not None for face in run.faces)


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


_ASKING = ("---", QUIZ)
"""The markers of questions in front matter and in tags."""

_MARKS = ("?", "？", "؟", "___")


def _texts_above(stream: Sequence[Block], start: int) -> Iterator[int]:
    for at in range(start - 1, max(-1, start - FARTHEST), -1):
        if not (attached(stream[at]) or stream[at].shape is Shape.RULE):
            yield at

"""Which list of a piece holds its options."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builder.anatomy.cutting import Piece
from builder.anatomy.faces import face
from builder.anatomy.keys import answer_in
from builder.anatomy.runs import Run
from builder.anatomy.ways import Way
from builder.scan import Shape
from builder.signals.labels import named
from builder.signals.phrases import bare
from builder.similarity import normal
from builder.values import Record, replace


class Habits(Record):
    """What the questions of a page have in common.

    `way` is how most of their options are written, out of `ways`; `usual` how many options most
    of them have, 0 if that differs. Where options are `rare`, a list that says not which of it is
    right is an answer.
    """

    ways: tuple[Way, ...]
    way: Way | None = None
    usual: int = 0
    rare: bool = False

    def expects(self, run: Run) -> bool:
        """Whether a list that lacks marks holds options nevertheless: as many as others have."""
        return not self.rare and (run.way.evident or len(run.heads) == self.usual)


def candidates(piece: Piece, habits: Habits) -> Iterator[Run]:
    """The lists that may hold the options, likeliest first.

    A list above the explanation comes first: one of the file's way, one that says itself what is
    right, any that is options beyond doubt, the last plain list. Then lists below an answer that
    was given in advance, and sections that are options themselves.
    """
    limit = piece.explained_at
    own = [run for run in piece.runs if run.start]
    evident = [run for run in own if run.start < limit and run.way.evident]
    if not evident and _answered_first(piece, limit):
        evident = [run for run in own if run.way.evident]
    if evident:
        yield _joined(_best(evident, habits), own, limit)
        return
    above = [run for run in own if run.start < limit]
    plain = above[-1] if above else None
    if plain and habits.way and habits.way.accepts(plain.faces):
        plain = replace(plain, way=habits.way)
    if plain:
        yield plain
        yield from (run for run in own if run.way.evident and run.settled
                    and not _answers(piece, run, limit))  # fmt: skip
    else:
        yield from _sections(piece, habits)


def _best(evident: Sequence[Run], habits: Habits) -> Sequence[Run]:
    """Those of the file's way, else those that say themselves what is right, else all."""
    if len(evident) == 1:
        return evident
    usual = [run for run in evident if run.way is habits.way]
    return usual or [run for run in evident if run.settled] or evident


def _further(best: Sequence[Run], own: Sequence[Run], limit: int) -> Iterator[Run]:
    """Single options below the reason of the one above, such as one that was added to a list.

    A list that repeats options explains them.
    """
    for run in own:
        if run.start < limit or run.way is not best[0].way or not run.way.parted:
            continue
        if len(run.faces) > 1 or not _names(best).isdisjoint(_names([run])):
            return
        yield run


def _names(runs: Sequence[Run]) -> set[str]:
    names = (normal(bare(shown.text.text)) for run in runs for shown in run.faces)
    return {name for name in names if any(map(str.isalnum, name))}


def _joined(best: Sequence[Run], own: Sequence[Run], limit: int) -> Run:
    """The first list, with those of the same kind that go on with it."""
    first = best[0]
    if not first.way.parted:
        return first
    for run in (*best[1:], *_further(best, own, limit)):
        if run.way is first.way:
            first = first.with_more(run)
    return first


_OPTIONS = re.compile(
    r"\W*(?:answers|ответы|варианты|options|choices|відповіді)\W*$", re.IGNORECASE
)


def _answered_first(piece: Piece, limit: int) -> bool:
    """Whether the words that announce an answer stand above the options: "Answer: B", "Answers"."""
    if limit >= len(piece.blocks):
        return False
    said = answer_in(piece.blocks[limit])
    text = piece.blocks[limit].text.text
    return said is not None and bool(named(said.text) or _OPTIONS.match(text))


def _answers(piece: Piece, run: Run, limit: int) -> bool:
    """Whether a list is part of an answer: below text behind words that only announce it."""
    if run.start <= limit or limit >= len(piece.blocks):
        return False
    said = answer_in(piece.blocks[limit])
    return run.way.common or (said is not None and said.blank and run.start > limit + 1)


def _sections(piece: Piece, habits: Habits) -> Iterator[Run]:
    """Headings with signs, which are options with their reasons below, where there is no list."""
    shown = {at: face(block.text) for at, block in enumerate(piece.blocks)
             if at and block.shape is Shape.HEADING}  # fmt: skip
    heads = [at for at, one in shown.items() if one.sign]
    if not heads:
        return
    level = piece.blocks[heads[0]].level
    stop = next((at for at in shown if at > heads[-1] and piece.blocks[at].level <= level),
                len(piece.blocks))  # fmt: skip
    faces = tuple(shown[at] for at in heads)
    for way in habits.ways:
        if way.evident and len(heads) > 1 and way.claims(faces):
            yield Run(heads[0], stop, tuple(heads), faces, way)
            return

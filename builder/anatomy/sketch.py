"""A page taken apart: its blocks, its lists, its questions before they are read."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from builder.anatomy.beginnings import RARE
from builder.anatomy.choosing import Habits
from builder.anatomy.cutting import Piece, cut_up
from builder.anatomy.fields import holds_question, question_blocks
from builder.anatomy.outline import Outline, asked_for, asking, explains, outline
from builder.anatomy.question import read_question
from builder.anatomy.runs import Run, find_runs
from builder.anatomy.sheet import Sheet, take_sheets
from builder.anatomy.stream import unfold
from builder.anatomy.tallies import without_tallies
from builder.anatomy.ways import Way
from builder.anatomy.wrappers import SUMMARY
from builder.diagnostics import Report
from builder.model import Question, Verdict
from builder.scan import Block, Page
from builder.signals.phrases import asks, bare
from builder.values import Record, replace


class Sketch(Record):
    """A page before its questions are read. `written` counts the questions of each way."""

    pieces: tuple[Piece, ...]
    habits: Habits
    written: Counter[str]


@lru_cache(maxsize=4)
def sketch(page: Page, ways: tuple[Way, ...], prefer: str = "") -> Sketch:
    """Takes a page apart. The way that is preferred is believed to be that of its options."""
    above, rest, below = _fields(page.blocks)
    text = page.source.text
    stream, sheets = take_sheets([*above, *unfold(rest, text), *below])
    seen, runs = without_tallies(outline(stream), find_runs(stream, ways))
    evident = any(run.way.evident for run in runs)
    if not (evident or _has_answers(stream) or _asks_often(seen)):
        eager, sheets = take_sheets([*above, *unfold(rest, text, eager=True), *below])
        if len(eager) > len(stream):
            seen, runs = without_tallies(outline(eager), find_runs(eager, ways))
    asked = [run for run in runs if run.way.evident and not explains(seen, run)]
    way = _main_way(asked, ways, prefer)
    anchors = [run for run in asked if run.way is way or (run.settled and asked_for(seen, run))]
    pieces = _answered(cut_up(seen, runs, anchors), sheets)
    if way and way.common and 2 * sum(_tells(way, piece) for piece in pieces) < len(pieces):
        return sketch(page, tuple(other for other in ways if other is not way), prefer)
    rare = len(pieces) > RARE * len(asked)
    habits = Habits(ways, way, _usual(anchors, pieces), rare and bool(asked))
    written = Counter(_written(asked, pieces))
    written.update(piece.runs[0].way.name for piece in pieces if _plainly_listed(piece))
    return Sketch(tuple(pieces), habits, written)


def read_page(
    page: Page, report: Report, ways: tuple[Way, ...], prefer: str = ""
) -> list[Question]:
    """The questions of a page, in order."""
    drawn = sketch(page, ways)
    if prefer and prefer != (drawn.habits.way.name if drawn.habits.way else "open"):
        drawn = sketch(page, ways, prefer)
    found = (read_question(piece, drawn.habits, report) for piece in drawn.pieces)
    return [question for question in found if question]


def _fields(blocks: Sequence[Block]) -> tuple[list[Block], Sequence[Block], list[Block]]:
    """The blocks of a question in front matter, those of the text, and its answer from there."""
    if not blocks or not holds_question(blocks[0]):
        return [], blocks, []
    above, below = question_blocks(blocks[0])
    return above, blocks[1:], below


def _written(asked: Sequence[Run], pieces: Sequence[Piece]) -> Iterator[str]:
    """The ways of lists of options; a list below one that says itself what is right explains it."""
    starts = [piece.start for piece in pieces]
    told = -1
    for run in asked:
        here = bisect_right(starts, run.start)
        if here != told or run.settled:
            yield run.way.name
        if run.settled:
            told = here


def _tells(way: Way, piece: Piece) -> bool:
    """Whether a list of a piece, read in some way, says what is right."""
    return any(Verdict.CORRECT in way.verdicts(run.faces) for run in piece.runs)


def _plainly_listed(piece: Piece) -> bool:
    """Whether a question has a plain list only, and an answer below it."""
    if not piece.runs or any(run.way.evident for run in piece.runs):
        return False
    return 0 < piece.runs[0].start < piece.explained_at < len(piece.blocks)


def _asks_often(seen: Outline) -> bool:
    """Whether headings or the like ask, so that items need not."""
    sign = asking(seen)
    return sign is not None and len(seen.standing(sign)) > 1


def _has_answers(stream: Sequence[Block]) -> bool:
    return any(block.marker == SUMMARY for block in stream)


def _main_way(runs: Sequence[Run], ways: Sequence[Way], prefer: str) -> Way | None:
    """The way of most lists; one that names its right answers itself is worth two."""
    tally: Counter[str] = Counter()
    for run in runs:
        tally[run.way.name] += 1 + run.settled
    chosen = [way for way in ways if way.name == prefer] or list(ways)
    best = max(chosen, key=lambda way: tally[way.name])
    return best if tally[best.name] and prefer != "open" else None


def _usual(anchors: Sequence[Run], pieces: Sequence[Piece]) -> int:
    """How many options most questions have, 0 if that differs or if there are too few."""
    lists = anchors or [piece.runs[-1] for piece in pieces if piece.runs and _asks_only(piece)]
    if len(lists) < 2 or (not anchors and 2 * len(lists) < len(pieces)):
        return 0
    ((most, times),) = Counter(len(run.heads) for run in lists).most_common(1)
    return most if most > 2 and 10 * times >= 6 * len(lists) else 0


def _asks_only(piece: Piece) -> bool:
    """Whether a piece asks something and neither answers nor explains."""
    return piece.explained_at == len(piece.blocks) and (
        bool(piece.number) or any(asks(bare(block.text.text)) for block in piece.blocks[:2])
    )


def _answered(pieces: Sequence[Piece], sheets: Sequence[Sheet]) -> list[Piece]:
    """The pieces with what the next sheet below them says of their number, or of their place.

    A sheet answers the questions between it and the sheet above it.
    """
    if not sheets:
        return list(pieces)
    found: list[Piece] = []
    starts = [sheet.start for sheet in sheets]
    place, last = 0, None
    for piece in pieces:
        below = bisect_right(starts, piece.start)
        sheet = sheets[below] if below < len(sheets) else None
        place = place + 1 if sheet is last else 1
        last = sheet
        answer = sheet.answers.get(piece.number or str(place)) if sheet else None
        frame = sheet.frame if sheet and place == 1 else ()
        found.append(replace(piece, answer=answer, frame=frame))
    return found

"""A stream of blocks cut into questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.anatomy.beginnings import SPEAKS, starts
from builder.anatomy.callouts import CALLOUT, CALLOUT_END
from builder.anatomy.faces import face
from builder.anatomy.outline import Outline
from builder.anatomy.runs import Run
from builder.anatomy.wrappers import DETAILS, DETAILS_END, QUIZ, QUIZ_END, SUMMARY
from builder.scan import OPENED, Block, Shape
from builder.signals.announcements import Part, announced
from builder.signals.phrases import asks, bare
from builder.values import Record


class Piece(Record):
    """The blocks of one question, the lists among them, and its number in the file, or "".

    `answer` is what a sheet at the end of the file says of it, `frame` what only frames the sheet.

    The places of the lists count from the beginning of the piece.
    """

    blocks: Sequence[Block]
    runs: tuple[Run, ...]
    number: str = ""
    start: int = 0
    answer: Block | None = None
    frame: tuple[Block, ...] = ()

    @property
    def explained_at(self) -> int:
        """Where the piece begins to answer or to explain; its end if it does neither."""
        for at, block in enumerate(self.blocks):
            if at and (block.shape in SPEAKS or block.marker == SUMMARY):
                said = announced(block.text.text)
                if block.marker == SUMMARY or (said and said.part is not Part.REMARK):
                    return at
        return len(self.blocks)


def cut_up(seen: Outline, runs: Sequence[Run], anchors: Sequence[Run]) -> list[Piece]:
    """The questions of a stream. `anchors` are the lists that are options beyond doubt."""
    begun = starts(seen, anchors)
    ends = [*begun[1:], len(seen.stream)] if begun else []
    separated = _separated_by_rules(seen.stream, begun)
    pieces: list[Piece] = []
    at = 0
    for start, end in zip(begun, ends, strict=True):
        own = []
        while at < len(runs) and runs[at].start < end:
            if runs[at].start >= start:
                own.append(runs[at])
            at += 1
        pieces += _pieces(seen, start, end, own, separated)
    return pieces


def _pieces(
    seen: Outline, start: int, end: int, runs: Sequence[Run], separated: bool
) -> Iterator[Piece]:
    """What stands between two beginnings: a question, and open ones below headings that ask."""
    while start < end:
        stop = _end(seen.stream, start, end, runs, separated)
        yield _piece(seen, start, stop, [run for run in runs if run.start >= start])
        if stop == end or not _heading_asks(seen.stream[stop]):
            break
        start = stop


def _piece(seen: Outline, start: int, stop: int, runs: Sequence[Run]) -> Piece:
    inside = tuple([run.moved(-start) for run in runs if run.stop <= stop])
    number = seen.counts[start].number if start in seen.counts else ""
    return Piece(seen.stream[start:stop], inside, number, start)


def _heading_asks(block: Block) -> bool:
    return block.shape is Shape.HEADING and asks(bare(block.text.text))


def _separated_by_rules(stream: Sequence[Block], starts: Sequence[int]) -> bool:
    ruled = sum(1 for at in starts if at and stream[at - 1].shape is Shape.RULE)
    return len(starts) > 1 and 2 * ruled >= len(starts) - 1


def _end(
    stream: Sequence[Block], start: int, end: int, runs: Sequence[Run], separated: bool
) -> int:
    """Where a question ends before the next begins: at a heading of its rank, or a rule."""
    head = stream[start]
    if head.marker == CALLOUT:
        return _end_of_callout(stream, start, end)
    level = min(head.level, OPENED - 1) if head.shape is Shape.HEADING else OPENED - 1
    evident = [run for run in runs if run.way.evident and run.start >= start]
    if evident:
        last = _section_end(stream, start, evident[-1].stop, level)
        evident = [run for run in evident if run.start < last]
    folded = 0
    for at in range(max(start + 1, evident[-1].stop if evident else 0), end):
        block = stream[at]
        if block.shape is Shape.HTML:
            if head.marker == QUIZ and block.marker == QUIZ_END:
                return at + 1
            folded += (block.marker == DETAILS) - (block.marker == DETAILS_END)
        elif block.shape is Shape.HEADING and block.level <= level and folded < 1:
            if not (announced(block.text.text) or face(block.text).sign):
                return at
        elif separated and evident and block.shape is Shape.RULE:
            below = stream[at + 1] if at + 1 < end else None
            if not _goes_below(head, below):
                return at
    return end


def _section_end(stream: Sequence[Block], start: int, end: int, level: int) -> int:
    """Where the section of a heading ends that asks: no list of options below is its own."""
    if stream[start].shape is not Shape.HEADING or level == OPENED - 1:
        return end
    below = (at for at in range(start + 1, end) if stream[at].shape is Shape.HEADING
             and stream[at].level < level)  # fmt: skip
    return next(below, end)


def _end_of_callout(stream: Sequence[Block], start: int, end: int) -> int:
    """Where a callout that asks ends, or the folded answer that stands right below it."""
    ends = (at + 1 for at in range(start, end) if stream[at].marker == CALLOUT_END)
    below = next(ends, end)
    if below == end or stream[below].marker != DETAILS:
        return below
    folds = (at + 1 for at in range(below, end) if stream[at].marker == DETAILS_END)
    return next(folds, end)


def _goes_below(head: Block, block: Block | None) -> bool:
    """Whether what stands below a rule still belongs to the question above it.

    It does if it answers or explains, or is a heading of a lower rank than the question's own.
    """
    if block is None:
        return False
    if block.shape is Shape.HEADING and head.shape is Shape.HEADING and block.level > head.level:
        return True
    said = announced(block.text.text) if block.shape in SPEAKS else None
    return said is not None and said.part is not Part.REMARK

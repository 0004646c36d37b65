"""A stream of blocks cut into questions."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.anatomy.callouts import CALLOUT, CALLOUT_END
from builder.anatomy.faces import face
from builder.anatomy.outline import Outline, Sign, asking, gaps, learn
from builder.anatomy.runs import Run
from builder.anatomy.wrappers import DETAILS, DETAILS_END, QUIZ, QUIZ_END, SUMMARY
from builder.scan import OPENED, Block, Shape
from builder.signals.announcements import Part, announced
from builder.signals.phrases import asks, bare, instructs


@dataclass(frozen=True, slots=True)
class Piece:
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
            if at and (block.shape in _SPEAKS or block.marker == SUMMARY):
                said = announced(block.text.text)
                if block.marker == SUMMARY or (said and said.part is not Part.REMARK):
                    return at
        return len(self.blocks)


_SPEAKS = frozenset((Shape.PARAGRAPH, Shape.HEADING))


def cut_up(seen: Outline, runs: Sequence[Run], anchors: Sequence[Run]) -> list[Piece]:
    """The questions of a stream. `anchors` are the lists that are options beyond doubt."""
    starts = _starts(seen, anchors)
    ends = [*starts[1:], len(seen.stream)] if starts else []
    separated = _separated_by_rules(seen.stream, starts)
    pieces: list[Piece] = []
    at = 0
    for start, end in zip(starts, ends, strict=True):
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


# Beginnings --------------------------------------------------------------------------------


def _starts(seen: Outline, anchors: Sequence[Run]) -> list[int]:
    starts = {at for at, shown in seen.signs.items() for sign in shown if sign[0] == "opened"}
    between = gaps(anchors)
    answered = _above_answers(seen.stream)
    known = answered if len(answered) > RARE * len(between) else between
    sign = _sign(seen, known, bool(anchors))
    if sign is not None and (anchors or not _outweighed(seen, sign, starts)):
        starts |= _like(seen, sign, known)
    if not (anchors or starts or sign):
        starts = {at for gap in answered if (at := _asked_in(seen, *gap)) is not None}
    starts -= {at for run in anchors for at in range(run.start, run.stop)}
    ordered = sorted(starts)
    if anchors:
        level = _level(seen, sign)
        for number, (low, high) in enumerate(between):
            at = bisect_left(ordered, low)
            if at < len(ordered) and ordered[at] < high:
                continue
            if (heading := _last_heading(seen, level, low, high)) is not None:
                starts.add(heading)
                continue
            if number and sign and _goes_on(seen, anchors[number - 1], anchors[number]):
                continue
            start = _nearest(seen, low, high)
            if start is not None:
                starts.add(start)
    return sorted(starts)


def _sign(seen: Outline, between: Sequence[tuple[int, int]], anchored: bool) -> Sign | None:
    """The sign of what stands above options; of what asks, where options are rare."""
    learned, asked = (learn(seen, between) if between else None), asking(seen)
    many = len(seen.standing(asked)) if asked else 0
    if many > RARE * len(between) and (not learned or many >= len(seen.standing(learned))):
        return asked
    return learned if learned or anchored else asked


def _outweighed(seen: Outline, sign: Sign, opened: set[int]) -> bool:
    """Whether emphasis is more rarely a question than items are: "_Goal: …_" above their list."""
    return sign[0] == "strong" and len(opened) > len(seen.standing(sign))


RARE = 5
"""So many more places must ask than stand above options, before the options are an exception."""


def _above_answers(stream: Sequence[Block]) -> list[tuple[int, int]]:
    """What stands above each answer, in a page without options."""
    found, last = [], 0
    for at, block in enumerate(stream):
        if block.shape in _SPEAKS or block.marker == SUMMARY:
            said = announced(block.text.text)
            if said and said.part is Part.ANSWER:
                found.append((last, at))
                last = at + 1
    return found


_TEXTS = (Shape.PARAGRAPH, Shape.QUOTE)


def _asked_in(seen: Outline, low: int, high: int) -> int | None:
    """The text above an answer that asks, or else the last one, if nothing else asks there."""
    texts = [at for at in range(low, high) if seen.stream[at].shape in _TEXTS]
    asked = [at for at in texts if asks(bare(seen.stream[at].lines[-1].text))]
    return max(asked or texts, default=None)


def _like(seen: Outline, sign: Sign, between: Sequence[tuple[int, int]]) -> set[int]:
    """The places that show a sign; of numbers outside headings only those that count on."""
    found = seen.standing(sign)
    if sign[0] != "number" or sign[1] == Shape.HEADING:
        return found
    return _counting(seen, found, between)


def _counting(seen: Outline, found: set[int], between: Sequence[tuple[int, int]]) -> set[int]:
    """Of numbered lines, the last one above each list, and those that count up to it."""
    kept: set[int] = set()
    ordered = sorted(found)
    last = 0
    for low, high in [*between, (between[-1][1] if between else 0, len(seen.stream))]:
        here = ordered[bisect_left(ordered, low) : bisect_left(ordered, high)]
        if not here:
            continue
        owner = int(seen.counts[here[-1]].number.split(".")[0])
        if high == len(seen.stream) and owner != last + len(here):
            continue
        for at in here[:-1]:
            number = int(seen.counts[at].number.split(".")[0])
            if last < number < owner and number == last + 1:
                kept.add(at)
                last = number
        kept.add(here[-1])
        last = owner
    return kept


def _level(seen: Outline, sign: Sign | None) -> int:
    """The rank of the headings that begin most questions, 0 if it is not headings that do."""
    found = seen.standing(sign) if sign else ()
    levels = Counter(seen.stream[at].level for at in found
                     if seen.stream[at].shape is Shape.HEADING)  # fmt: skip
    return max(levels, key=lambda level: (levels[level], level), default=0)


def _last_heading(seen: Outline, level: int, low: int, high: int) -> int | None:
    """The last heading of a rank above a list, though it looks otherwise than most do.

    "### Select two" reads as an instruction elsewhere, "#### Question 5" stands among "#### Q4".
    """
    for at in range(high - 1, low - 1, -1) if level else ():
        if seen.stream[at].shape is Shape.HEADING and seen.stream[at].level == level:
            return at
    return None


def _goes_on(seen: Outline, above: Run, below: Run) -> bool:
    """Whether a list goes on behind text in a file whose questions show a sign, but not there."""
    complete = above.settled and len(above.heads) > 1
    asked = any(_begins(seen, at) for at in range(above.stop, below.start))
    return above.way.parted and not (complete and asked)


def _begins(seen: Outline, at: int) -> bool:
    """Whether a block begins a question by itself: it asks, or is counted as questions are."""
    block = seen.stream[at]
    if block.shape is Shape.HEADING:
        return at in seen.signs
    count = seen.counts.get(at)
    return _asks(block) or bool(count and count.word and count.known)


def _asks(block: Block) -> bool:
    text = block.lines[-1].text.rstrip("*_ ")
    return block.shape is Shape.PARAGRAPH and text.endswith(("?", "？", "؟"))


def _nearest(seen: Outline, low: int, high: int) -> int | None:
    """Where the question of a list begins that shows no sign of a question in this file."""
    stream = seen.stream
    for at in range(high - 1, low - 1, -1):
        if stream[at].shape is Shape.HEADING and at in seen.signs:
            return at if _heads_question(seen, at, high) else _first_text(stream, at + 1, high)
        if stream[at].shape is Shape.RULE and at + 1 < high:
            return _first_text(stream, at + 1, high)
    texts = [at for at in range(low, high) if stream[at].shape is Shape.PARAGRAPH]
    if not texts or low == 0:
        return _first_text(stream, low, high)
    counted = [at for at in texts if at in seen.counts]
    asked = [at for at in texts if asks(bare(stream[at].lines[-1].text))]
    plain = [at for at in texts if not instructs(bare(stream[at].text.text))]
    return (counted or asked or plain or texts)[-1]


def _heads_question(seen: Outline, at: int, high: int) -> bool:
    """Whether a heading above a list is its question, and not the title of what follows."""
    block = seen.stream[at]
    asked = at in seen.counts or asks(bare(block.text.text))
    return asked or at + 1 == high or block.level > 2


def _first_text(stream: Sequence[Block], low: int, high: int) -> int | None:
    found = (at for at in range(low, high) if not _empty(stream[at]))
    return next(found, None)


def _empty(block: Block) -> bool:
    frames = block.shape is Shape.HTML and bool(block.marker)
    return frames or block.shape in (Shape.RULE, Shape.FRONT_MATTER)


# Ends --------------------------------------------------------------------------------------


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
    last = _section_end(stream, start, end, level)
    evident = [run.stop for run in runs if run.way.evident and start <= run.start < last]
    folded = 0
    for at in range(max(start + 1, evident[-1] if evident else 0), end):
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
    said = announced(block.text.text) if block.shape in _SPEAKS else None
    return said is not None and said.part is not Part.REMARK

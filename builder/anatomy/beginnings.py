"""Where the questions of a stream begin."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from builder.anatomy.callouts import CALLOUT, CALLOUT_END
from builder.anatomy.outline import Outline, Sign, asking, gaps, learn
from builder.anatomy.runs import Run
from builder.anatomy.wrappers import SUMMARY
from builder.scan import Block, Shape
from builder.signals.phrases import QUESTION_MARKS, asks, bare, instructs

SPEAKS = frozenset((Shape.PARAGRAPH, Shape.HEADING))
"""The shapes of blocks that may announce something."""


def starts(seen: Outline, anchors: Sequence[Run]) -> list[int]:
    """The places of the blocks with which questions begin, in order.

    `anchors` are the lists that are options beyond doubt.
    """
    begun = {at for at, shown in seen.signs.items() for sign in shown if sign[0] == "opened"}
    between = gaps(anchors)
    answered = _above_answers(seen)
    known = answered if len(answered) > RARE * len(between) else between
    sign = _sign(seen, known, bool(anchors))
    if sign is not None and (anchors or not _outweighed(seen, sign, begun)):
        alike = _like(seen, sign, known)
        begun |= {at for at in alike if _heading_asks(seen, at)} if _framed(seen, known) else alike
    if not (anchors or begun or sign):
        begun = {at for gap in answered if (at := _asked_in(seen, *gap)) is not None}
    begun -= {at for run in anchors for at in range(run.start, run.stop)}
    ordered = sorted(begun)
    if anchors:
        level = _level(seen, sign)
        for number, (low, high) in enumerate(between):
            at = bisect_left(ordered, low)
            if at < len(ordered) and ordered[at] < high:
                continue
            if (heading := _last_heading(seen, level, low, high)) is not None:
                begun.add(heading)
                continue
            if number and sign and _goes_on(seen, anchors[number - 1], anchors[number]):
                continue
            start = _nearest(seen, low, high)
            if start is not None:
                begun.add(start)
    return sorted(begun)


def _sign(seen: Outline, between: Sequence[tuple[int, int]], anchored: bool) -> Sign | None:
    """The sign of what stands above options; of what asks, where options are rare."""
    learned = learn(seen, between) if between else None
    if (learned or anchored) and len(seen.signs) <= RARE * len(between):
        return learned  # what asks cannot be that much more often
    asked = asking(seen)
    many = len(seen.standing(asked)) if asked else 0
    if many > RARE * len(between) and (not learned or many >= len(seen.standing(learned))):
        return asked
    return learned if learned or anchored else asked


def _outweighed(seen: Outline, sign: Sign, opened: set[int]) -> bool:
    """Whether emphasis is more rarely a question than items are: "_Goal: …_" above their list."""
    return sign[0] == "strong" and len(opened) > len(seen.standing(sign))


def _framed(seen: Outline, between: Sequence[tuple[int, int]]) -> bool:
    """Whether most options or answers stand in callouts that ask, or right behind one, as in a
    lesson of which the rest is none."""
    stream = seen.stream
    begun = [at for at in seen.signs if stream[at].marker == CALLOUT]
    if not begun:
        return False
    ends = [at for at, block in enumerate(stream) if block.marker == CALLOUT_END]
    inside = 0
    for _, at in between if ends else ():
        end = ends[min(bisect_left(ends, at - NEAR), len(ends) - 1)]
        start = begun[max(bisect_left(begun, at) - 1, 0)]
        inside += start < at <= end + NEAR
    return 2 * inside > len(between)


NEAR = 3
"""How far behind the end of a callout that asks its answer may stand."""


def _heading_asks(seen: Outline, at: int) -> bool:
    return asks(bare(seen.stream[at].text.text))


RARE = 5
"""So many more places must ask than stand above options, before the options are an exception."""


def _above_answers(seen: Outline) -> list[tuple[int, int]]:
    """What stands above each answer, in a page without options."""
    found, last = [], 0
    for at in seen.answers:
        block = seen.stream[at]
        if block.shape in SPEAKS or block.marker == SUMMARY:
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
    return block.shape is Shape.PARAGRAPH and text.endswith(QUESTION_MARKS)


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

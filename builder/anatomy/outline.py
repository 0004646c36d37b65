"""Where questions may begin, and what the beginnings of a file have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from builder.anatomy.faces import embraced, face
from builder.anatomy.runs import Run
from builder.anatomy.wrappers import DETAILS_END, QUIZ, SUMMARY
from builder.scan import OPENED, Block, Shape, cut
from builder.signals.announcements import ASKED, ASKING, Announced, Part, announced
from builder.signals.labels import UNCOUNTED, Count, counted
from builder.signals.navigation import only_links
from builder.signals.phrases import QUESTION_MARKS, asks, bare, instructs
from builder.values import Record

Sign = tuple[str, str | int]
"""How beginnings are recognised: ("word", "question"), ("number", "heading"), ("level", 3), …"""

_STRENGTH = {"opened": 6, "word": 5, "number": 4, "strong": 2, "summary": 2, "level": 1}
"""Of two signs that stand above equally many lists, the more telling one is believed."""


class Outline(Record):
    """The blocks of a stream that may begin a question: the signs they show, their numbers.

    `answers` are the places of those that announce an answer.
    """

    stream: Sequence[Block]
    signs: dict[int, tuple[Sign, ...]]
    counts: dict[int, Count]
    answers: Sequence[int]

    def standing(self, sign: Sign) -> set[int]:
        """All places that show a sign."""
        return {at for at, shown in self.signs.items() if sign in shown}


def outline(stream: Sequence[Block]) -> Outline:
    signs: dict[int, tuple[Sign, ...]] = {}
    counts: dict[int, Count] = {}
    answers: list[int] = []
    title = _title(stream)
    summaries = Counter([block.text.text for block in stream if block.marker == SUMMARY])
    for at, block in enumerate(stream):
        reader = _SIGN_OF.get(block.shape)
        if reader is None or (reader is _of_item and not block.number):
            continue
        said = announced(block.text.text) if reader is not _of_item else None
        answered = said is not None and said.part is Part.ANSWER
        if answered:
            answers.append(at)
        if block.marker == SUMMARY and summaries[block.text.text] > 1:
            continue  # it announces the answer of each question
        count = count_of(block)
        if count and count.word and answered:
            continue  # "**A1**"
        sign = ("title", "") if block is title else reader(block, count, said)
        if sign is None:
            continue
        shown = (sign,) if sign is not _TEXT else ()
        if (
            count
            and (block is not title or not count.word or count.known)
            and (count.delimited or block.shape is Shape.HEADING)
        ):
            counts[at] = count
            word = count.word.casefold()
            shown = (("word", word) if word else ("number", block.shape), *shown)
        if shown:
            signs[at] = shown
    return Outline(stream, signs, counts, answers)


def _title(stream: Sequence[Block]) -> Block | None:
    """The heading that all others stand below, unless it asks something.

    One that is counted does, but for "# Лекция 3" above several others.
    """
    headings = [block for block in stream if block.shape is Shape.HEADING and block.level < OPENED]
    if not headings:
        return None
    first, *others = headings
    above = first.level < min([block.level for block in others], default=OPENED)
    text = bare(first.text.text)
    count = counted(text)
    lecture = count is not None and not count.known and first.level == 1 and len(others) > 1
    return first if above and not asks(text) and (lecture or not count) else None


def count_of(block: Block) -> Count | None:
    """The number of a question that a block begins with, or is the item of."""
    if (block.shape is Shape.ITEM or block.level == OPENED) and (number := block.number):
        return Count("", number, 0)
    text = block.text.text
    if not text or text[0] in UNCOUNTED:
        return None
    if text[0] in ASKING and (match := ASKED.match(text)):
        return Count(match["word"] + ":", "", match.end())
    return counted(text)


_TEXT: Sign = ("text", "")
"""What a paragraph shows that only looks like text: a number before it may be a question's."""


def _of_heading(block: Block, count: Count | None, said: Announced | None) -> Sign | None:
    if block.level == OPENED:
        return ("opened", block.marker[-1:])
    if count and count.known:
        return ("level", block.level)
    text = block.text.text
    signed = face(block.text).sign and text[-1] != "?"
    return None if said or signed or instructs(bare(text)) else ("level", block.level)


def _of_paragraph(block: Block, _: Count | None, said: Announced | None) -> Sign | None:
    text = block.text.text
    if only_links(text):
        return None
    if embraced(block.text)[1] and not said and not instructs(bare(text)):
        return ("strong", "")
    return _TEXT


def _of_item(_: Block, __: Count | None, ___: Announced | None) -> Sign | None:
    return ("item", "")


def _of_summary(block: Block, _: Count | None, said: Announced | None) -> Sign | None:
    if block.marker == QUIZ:
        return ("opened", QUIZ)
    return ("summary", "") if block.marker == SUMMARY and not said else None


_SIGN_OF = {
    Shape.HEADING: _of_heading,
    Shape.PARAGRAPH: _of_paragraph,
    Shape.ITEM: _of_item,
    Shape.HTML: _of_summary,
}
"""The sign of a block that may begin a question, by its shape; of items only those counted."""


def explains(seen: Outline, run: Run) -> bool:
    """Whether a list stands where an answer is explained: below words that announce that."""
    if run.way.parted:
        return False
    if _folded(seen, run.start):
        return True
    rank, labelled = OPENED, False
    for at in range(run.start - 1, max(-1, run.start - FARTHEST), -1):
        block = seen.stream[at]
        if block.marker == SUMMARY and at not in seen.signs:
            return True
        if block.shape not in (Shape.HEADING, Shape.PARAGRAPH, Shape.ITEM):
            continue
        said = announced(block.text.text) if block.shape is not Shape.ITEM else None
        if said and said.part is not Part.REMARK:
            if labelled and block.shape is not Shape.HEADING:
                return False
            if rank < OPENED:  # there are headings between, which may be parts of the answer
                return block.shape is Shape.HEADING and block.level < rank
            above = at + 1 == run.start
            told = block.shape is Shape.PARAGRAPH and not cut(block.text, said.end).blank
            return said.part is Part.EXPLANATION if above else not told
        if block.shape is Shape.HEADING and _parts(seen, at):
            rank = min(rank, block.level)
        elif _labels(block):
            labelled = True
        elif _begins(seen, at):
            return False
    return False


def asked_for(seen: Outline, run: Run) -> bool:
    """Whether several options stand right below a heading that asks."""
    above = seen.stream[run.start - 1] if run.start else None
    if above is None or above.shape is not Shape.HEADING or len(run.heads) < 2:
        return False
    return bare(above.text.text).endswith(QUESTION_MARKS)


def _labels(block: Block) -> bool:
    """Whether a line names what stands below it, as the parts of an answer do: "**1. Roles:**"."""
    text = bare(block.text.text)
    return block.shape is Shape.PARAGRAPH and text.endswith((":", "：")) and len(block.lines) == 1


def _parts(seen: Outline, at: int) -> bool:
    """Whether a heading may be one of the parts of an answer: it is not counted, and asks not."""
    text = bare(seen.stream[at].text.text)
    return at not in seen.counts and (text.endswith((":", "：")) or not asks(text))


def _folded(seen: Outline, start: int) -> bool:
    """Whether a place is inside `<details>` that do not begin a question themselves."""
    for at in range(start - 1, max(-1, start - FARTHEST), -1):
        block = seen.stream[at]
        if block.marker == SUMMARY:
            return at not in seen.signs
        counted = at in seen.counts and bool(seen.counts[at].word)
        if (
            block.marker == DETAILS_END
            or counted
            or (block.shape is Shape.HEADING and at in seen.signs)
        ):
            return False
    return False


def _begins(seen: Outline, at: int) -> bool:
    """Whether a block looks like the beginning of a question."""
    block = seen.stream[at]
    if block.shape is Shape.HEADING:
        return at in seen.signs
    asked = asks(bare(block.lines[-1].text))
    return asked if block.shape is Shape.ITEM else asked or at in seen.counts


FARTHEST = 40
"""How many blocks above a list are looked at."""


def gaps(runs: Sequence[Run]) -> list[tuple[int, int]]:
    """What stands between a list of options and the one before it."""
    stops = [0, *(run.stop for run in runs)]
    return [(stop, run.start) for stop, run in zip(stops, runs, strict=False)]


def learn(seen: Outline, between: Sequence[tuple[int, int]]) -> Sign | None:
    """The sign that stands in most gaps above options or answers, if it does so in half of them."""
    ordered = sorted(seen.signs)
    tally: Counter[Sign] = Counter()
    listed: Counter[Sign] = Counter()
    here = 0
    for start, stop in between:
        while here < len(ordered) and ordered[here] < start:
            here += 1
        found: dict[Sign, list[int]] = {}
        while here < len(ordered) and ordered[here] < stop:
            for sign in seen.signs[ordered[here]]:
                found.setdefault(sign, []).append(ordered[here])
            here += 1
        for sign, places in found.items():
            if sign[0] not in ("item", "title"):
                tally[sign] += 1
                if sign[0] == "number" and _are_options(seen, places):
                    listed[sign] += 1
    for sign, times in listed.items():
        if 2 * times > tally[sign]:
            del tally[sign]
    if not tally:
        return None
    best = max(tally, key=lambda sign: (tally[sign], _STRENGTH[sign[0]], str(sign[1])))
    strongest = [
        sign for sign in tally
        if 10 * tally[sign] >= 9 * tally[best] and _STRENGTH[sign[0]] > _STRENGTH[best[0]]
    ]  # fmt: skip
    best = max([best, *strongest], key=lambda sign: (_STRENGTH[sign[0]], tally[sign]))
    return best if 2 * tally[best] >= len(between) else None


def _are_options(seen: Outline, places: Sequence[int]) -> bool:
    """Whether numbered lines above an answer are what it chooses from: from 1 on, none asks."""
    numbers = [seen.counts[at].number for at in places if at in seen.counts]
    return (
        len(numbers) > 1
        and numbers == [str(number + 1) for number in range(len(numbers))]
        and seen.stream[places[0]].shape is not Shape.HEADING
        and not any(asks(bare(seen.stream[at].text.text)) for at in places)
    )


_ASKING = ("level", "summary", "strong", "word")
_NUMBERED: Sign = ("number", Shape.HEADING)


def asking(seen: Outline) -> Sign | None:
    """The sign of most blocks that ask something, in a page without any options or answers."""
    tally: Counter[Sign] = Counter()
    for at, shown in seen.signs.items():
        block = seen.stream[at]
        text = bare(block.text.text)
        if (at in seen.counts and seen.counts[at].known) or asks(text):
            for sign in shown:
                if sign[0] in _ASKING or sign == _NUMBERED:
                    tally[sign] += 1
    if not tally:
        return None
    return max(tally, key=lambda sign: (tally[sign], _STRENGTH[sign[0]], str(sign[1])))

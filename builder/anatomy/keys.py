"""Where the right answers are named that no option is marked with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import attrgetter

from builder.anatomy.answers import Answer, AnswerReader, shortened
from builder.anatomy.wrappers import SUMMARY
from builder.diagnostics import Report
from builder.model import Option, Verdict
from builder.patterns import late
from builder.scan import Block, Line, Shape, cut
from builder.signals.announcements import Part, announced
from builder.signals.labels import named
from builder.signals.phrases import bare
from builder.values import Record, replace


class Key(Record):
    """An answer that was found: the options it names, and the lines of blocks that do so.

    These lines are not shown; `rest` is what is shown instead, what the answer says besides.
    """

    right: frozenset[int]
    lines: tuple[Line, ...] = ()
    rest: Line | None = None


def find_key(
    blocks: Sequence[Block], given: Sequence[Block], options: Sequence[Option], report: Report
) -> Key | None:
    """The first answer among some blocks that names options, or that of a sheet, if `given`.

    An announced answer comes first ("Answer: B"), then a short line that ends with a label ("Der
    richtige ist: B"), then a sentence that calls an option the right one.
    """
    reader = AnswerReader(options, report)
    for block in given:
        if answer := reader.read(block.text):
            return _key(answer, block.lines[0])
    lost: Line | None = None
    for block, said, follows in _announced_answers(blocks):
        if not said.blank:
            if answer := reader.read(said):
                return _key(answer, block.lines[0])
            lost = lost or said
        elif key := _read_below(reader, follows):
            return key
    labelled = any(map(attrgetter("label"), options))
    if labelled and (alone := _read_alone(reader, blocks)):
        return alone
    for search in (_read_end, _read_prose) if labelled else ():
        for block in blocks:
            if block.shape in _TEXT and not _remarks(block) and (found := search(reader, block)):
                return found
    if lost is not None and not reader.settled:
        report.error(
            "unknown-answer",
            lost.span,
            f"no option is “{shortened(bare(lost.text))}”",
            "repeat the option's letter or text",
        )
    return None


def _remarks(block: Block) -> bool:
    said = announced(block.text.text)
    return said is not None and said.part is Part.REMARK


_TEXT = (Shape.HEADING, Shape.PARAGRAPH, Shape.ITEM, Shape.QUOTE)
MOST_BELOW = 30
"""Blocks below the words that announce an answer in which it is looked for."""


FENCED = 3
"""Lines of a fence around a single one."""


def _key(answer: Answer, line: Line) -> Key:
    return Key(answer.right) if answer.whole else Key(answer.right, (line,), answer.rest)


def answer_in(block: Block) -> Line | None:
    """What a block says behind words such as "Answer:"; None if it announces no answer."""
    if block.shape not in _TEXT and block.marker != SUMMARY:
        return None
    said = announced(block.text.text)
    return cut(block.text, said.end) if said and said.part is Part.ANSWER else None


def _announced_answers(blocks: Sequence[Block]) -> Iterator[tuple[Block, Line, Sequence[Block]]]:
    """The blocks that announce an answer, what they say themselves, and what stands below."""
    for at, block in enumerate(blocks):
        said = cut(block.text, 0, 0) if block.marker == SUMMARY else answer_in(block)
        if said is None:
            continue
        if said.blank and len(block.lines) > 1 and block.shape is not Shape.HEADING:
            rest = block.lines[1:]
            yield block, said, (replace(block, lines=rest, text=cut(rest[0], 0)),)
        else:
            yield block, said, blocks[at + 1 : at + 1 + MOST_BELOW]


def _read_below(reader: AnswerReader, blocks: Sequence[Block]) -> Key | None:
    """An answer below the words that announce it: a line, or a list of several."""
    texts = [block for block in blocks if not (block.shape is Shape.HTML and block.marker)]
    if not texts:
        return None
    first = texts[0]
    if first.shape is Shape.FENCE and len(first.lines) == FENCED:
        answer = reader.read(cut(first.lines[1], 0))
        return Key(answer.right, first.lines) if answer and not answer.rest else None
    if first.shape is not Shape.ITEM:
        answer = reader.read(first.text) if first.shape in _TEXT else None
        return _key(answer, first.lines[0]) if answer else None
    right: set[int] = set()
    lines: list[Line] = []
    for block in texts:
        answer = reader.read(block.text) if _names(block, reader) else None
        if answer is None:
            break
        right |= answer.right
        lines += [] if answer.rest or answer.whole else [block.lines[0]]
    return Key(frozenset(right), tuple(lines)) if right else None


def _names(item: Block, reader: AnswerReader) -> bool:
    """Whether an item may name an option; with more below it explains, unless it repeats one."""
    if item.shape is not Shape.ITEM:
        return False
    return len(item.lines) == 1 or bool(named(item.text.text)) or reader.repeats(item.text)


SHORT = 100
_ENDS = re.compile(r"[:：]\s*([^:：]{1,30})$")
_PROSE = late(
    r"""(?:correct|right|верн\w+|правильн\w+|нужн\w+|правильна)\s+
    (?:answers?|options?|choices?|ответ\w*|вариант\w*|відповідь|выбор)?\s*(?:ответ\w*\s*)?
    (?:is|are|:|—|-|–|это|является|будет|под\s\w+|under)?\s*
    (?:indeed\s|option\s|choice\s|вариант\s|буква\s|пункт\s)?
    (?:[*_`"'«(]){0,4}(?P<one>[^\W\d_])(?:[*_`"'»)]|\.?(?=[\s,;.]|$)){1,4}(?![^\W_])
    | (?:option|choice|answer|вариант|ответ|пункт)\s
    [*_`"'«(]{0,4}(?P<other>[^\W\d_])[*_`"'»)]{0,4}\s
    (?:is|—|-|–)?\s*(?:the\s)?(?:correct|right|верн|правильн)""",
    re.IGNORECASE | re.VERBOSE,
)


def _read_alone(reader: AnswerReader, blocks: Sequence[Block]) -> Key | None:
    """Labels and nothing else right below the options, or below a rule: "B", "**BD**"."""
    first = next((block for block in blocks if block.shape is not Shape.RULE), None)
    if first is None or first.shape is not Shape.PARAGRAPH or len(first.lines) > 1:
        return None
    found = named(first.text.text)
    right = reader.places(found.labels, first.text) if found and not found.rest else None
    return Key(right, first.lines) if right else None


def _read_end(reader: AnswerReader, block: Block) -> Key | None:
    """A short line in any language that ends with a colon and labels."""
    if len(block.text.text) > SHORT or not (match := _ENDS.search(block.text.text)):
        return None
    found = named(match[1])
    if not found or found.rest:
        return None
    right = reader.places(found.labels, block.text)
    return Key(right, (block.lines[0],)) if right else None


def _read_prose(reader: AnswerReader, block: Block) -> Key | None:
    """A sentence such as "The correct answer is b)" or "Верный ответ — Б"."""
    for line in block.lines:
        for match in _PROSE.finditer(line.text):
            if right := reader.places((match["one"] or match["other"],), line):
                return Key(right)
    return None


def apply(key: Key, options: Sequence[Option], report: Report) -> tuple[Option, ...]:
    """The options with the verdicts of a key, if the list itself gave none; else it is compared."""
    given = [option.verdict for option in options]
    if all(verdict is Verdict.UNKNOWN for verdict in given):
        return tuple(
            replace(o, verdict=Verdict.CORRECT if n in key.right else Verdict.WRONG)
            for n, o in enumerate(options)
        )
    listed = {n for n, verdict in enumerate(given) if verdict is Verdict.CORRECT}
    disputed = {n for n, verdict in enumerate(given) if verdict is Verdict.DISPUTED}
    if key.lines and not listed <= key.right <= listed | disputed:
        report.warning(
            "contradicting-answer",
            key.lines[0].span,
            "the answer given here is not the one that is marked in the list",
            "correct one of them; the list was believed",
        )
    return tuple(options)

"""Options from the blocks of a list: text, verdict, reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from builder.anatomy.head import compose
from builder.anatomy.runs import Run, attached, is_image
from builder.diagnostics import Report
from builder.model import Option, Passage
from builder.scan import Block, Line, Shape, blocks, inside
from builder.signals.labels import counts_up
from builder.signals.phrases import Part, announced


@dataclass(frozen=True, slots=True)
class Listed:
    """The options of a list, what of it speaks of all, and how many blocks below were taken."""

    options: tuple[Option, ...]
    loose: tuple[Block, ...]
    taken: int


def read_options(run: Run, stream: Sequence[Block], report: Report) -> Listed:
    """The options of a list that stands in a stream.

    Code and pictures below an option belong to its text, quotes and other text below it are its
    reason; links below the last one speak of the whole question.
    """
    verdicts = run.verdicts
    labelled = _labels(run, stream)
    ends = [*run.heads[1:], run.stop + _taken(run, stream)]
    options: list[Option] = []
    loose: list[Block] = []
    for number, (at, end) in enumerate(zip(run.heads, ends, strict=True)):
        block, shown = stream[at], run.faces[number]
        parts = _parts(block, shown.text if labelled[number] or not shown.label else shown.labelled)
        _attach(parts, stream[at + 1 : end])
        last = number == len(ends) - 1
        loose += parts.loose if last else ()
        reason = parts.reason if last else [*parts.reason, *parts.loose]
        text = compose(parts.text)
        if text is None:
            report.error("empty-option", block.span, "an option without text", "write it here")
            text = Passage("", (block.span,))
        options.append(
            Option(text, verdicts[number], block.span, why=compose(reason), label=labelled[number])
        )
    return Listed(tuple(options), tuple(loose), ends[-1] - run.stop)


def _labels(run: Run, stream: Sequence[Block]) -> list[str]:
    """The label of each option, if labels count up; "" for an option that lost its own."""
    shown = [face.label for face in run.faces]
    if counts_up(shown):
        return shown
    markers = [stream[at].marker[:-1] for at in run.heads]
    return [marker if marker.isdecimal() else "" for marker in markers]


def _taken(run: Run, stream: Sequence[Block]) -> int:
    """How many blocks below the last option belong to it."""
    between = [stream[n].shape for at, end in zip(run.heads, run.heads[1:], strict=False)
               for n in range(at + 1, end)]  # fmt: skip
    taken, last = 0, stream[run.heads[-1]].last
    bare = run.faces[-1].text
    for block in stream[run.stop :]:
        near = block.first == last + 1
        if not attached(block) or not (near or block.shape in between or _empty(bare)):
            break
        taken, last = taken + 1, block.last
    return taken


_NOTHING = re.compile(r"(?:&shy;|&nbsp;|&#\d+;|[\s:：.\u00ad\u200b])*$")


def _empty(text: Line) -> bool:
    """Whether an option's own line is nothing but a label for what stands below it."""
    return bool(_NOTHING.match(text.text)) or (len(text.text) < 3 and text.text.isalnum())


@dataclass(slots=True)
class _Parts:
    empty: bool
    text: list[Block]
    reason: list[Block]
    loose: list[Block]


_LINK = re.compile(r"\s*(?:\[[^\]]*\]\([^)]*\)|<?https?://\S+>?|\[[^\]]+\]:\s*\S+.*)\.?\s*$")


def _parts(block: Block, text: Line) -> _Parts:
    """What of a block is an option's text, what its reason, and what speaks of all options."""
    below = (inside(block) if block.shape is Shape.ITEM else block.lines)[1:]
    end = next((n for n, line in enumerate(below) if not _continues(line)), len(below))
    own = [line for line in (text, *below[:end]) if not line.blank]
    empty = _empty(text)
    parts = _Parts(empty, [Block(Shape.PARAGRAPH, tuple(own), own[0])] if own else [], [], [])
    for part in blocks(below[end:]):
        if part.shape is Shape.PARAGRAPH and _speaks_of_all(part):
            parts.loose.append(part)
        elif part.shape in (Shape.FENCE, Shape.CODE, Shape.TABLE) or is_image(part):
            (parts.reason or parts.text).append(part)
        elif empty and not parts.reason and part.shape is not Shape.QUOTE:
            parts.text.append(part)
        else:
            parts.reason.append(part)
    return parts


def _continues(line: Line) -> bool:
    """Whether a line goes on with the paragraph of the option above it."""
    if line.blank or _LINK.match(line.text) or announced(line.text.strip()):
        return False
    return blocks([line])[0].shape in (Shape.PARAGRAPH, Shape.CODE)


def _speaks_of_all(part: Block) -> bool:
    said = announced(part.text.text)
    return all(_LINK.match(line.text) for line in part.lines) or bool(
        said and said.part is not Part.REMARK
    )


def _attach(parts: _Parts, belongings: Sequence[Block]) -> None:
    """Adds the blocks below an option's own: quotes and text are reasons, the rest is text."""
    for block in belongings:
        text = block.shape in (Shape.FENCE, Shape.CODE, Shape.TABLE) or is_image(block)
        if (text or (parts.empty and block.shape is not Shape.QUOTE)) and not parts.reason:
            parts.text.append(block)
        elif block.shape is Shape.HTML and block.marker:
            continue
        else:
            parts.reason.append(block)

"""Options from the blocks of a list: text, verdict, reason."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.anatomy.faces import Face
from builder.anatomy.head import compose
from builder.anatomy.runs import Run, attached, is_image
from builder.diagnostics import Report
from builder.model import Option, Passage
from builder.scan import Block, Line, Shape, blocks, cut, inside, passage
from builder.signals.announcements import Part, announced
from builder.signals.labels import counts_up
from builder.source import Span
from builder.values import Draft, Record


class Listed(Record):
    """The options of a list, what of it speaks of all, and how many blocks below were taken.

    `labels` are the first lines of the options: some hold nothing but a box.
    """

    options: tuple[Option, ...]
    loose: tuple[Block, ...]
    taken: int
    labels: tuple[Span, ...]


def read_options(run: Run, stream: Sequence[Block], report: Report) -> Listed:
    """The options of a list that stands in a stream.

    Code and pictures below an option belong to its text, quotes and other text below it are its
    reason; links below the last one speak of the whole question.
    """
    ends = [*run.heads[1:], run.stop + _taken(run, stream)]
    each = zip(run.heads, ends, run.faces, _labels(run, stream), run.verdicts, strict=True)
    parted = _are_parted(run, stream)
    options: list[Option] = []
    loose: list[Block] = []
    labels: list[Span] = []
    spoken = 0  # options with words that speak of all of them elsewhere: here of their own
    for at, end, shown, label, verdict in each:
        block, number = stream[at], len(options)
        text = shown.labelled if shown.label and not label else run.way.text(shown)
        if parted and number < len(ends) - 1:
            text = cut(text, 0, -1)
        if end == at + 1 and len(block.lines) == 1:
            whole, why = passage((text,)), passage((shown.reason,)) if shown.reason else None
        else:
            parts = _parts(block, text, shown)
            _attach(parts, block, stream[at + 1 : end])
            of_all = number == len(ends) - 1 and not 0 < number == spoken
            spoken += bool(parts.loose)
            loose += parts.loose if of_all else ()
            whole = compose(parts.text)
            why = compose(parts.reason if of_all else [*parts.reason, *parts.loose])
        span = block.span
        labels.append(span if len(block.lines) == 1 else block.lines[0].span)
        if whole is None:
            report.error("empty-option", span, "an option without text", "write it here")
            whole = Passage("", (span,))
        options.append(Option(whole, verdict, span, why=why, label=label))
    return Listed(tuple(options), tuple(loose), ends[-1] - run.stop, tuple(labels))


def _labels(run: Run, stream: Sequence[Block]) -> list[str]:
    """The label of each option, if labels count up; "" for an option that lost its own."""
    shown = [face.label for face in run.faces]
    if counts_up(shown):
        return shown
    return [stream[at].number for at in run.heads]


def _are_parted(run: Run, stream: Sequence[Block]) -> bool:
    """Whether options in one line have a sign between them: "A) this; B) that; C) both"."""
    if len(run.heads) < 2 or stream[run.heads[0]].first != stream[run.heads[1]].first:
        return False
    if len({stream[at].first for at in run.heads}) > 1:
        return False
    ends = {shown.text.text[-1:] for shown in run.faces[:-1]}
    return ends in ({";"}, {","})


def _taken(run: Run, stream: Sequence[Block]) -> int:
    """How many blocks below the last option belong to it."""
    empty = _empty(run.faces[-1])
    if not empty and run.stop < len(stream) and not attached(stream[run.stop]):
        return 0
    between = [stream[n].shape for at, end in zip(run.heads, run.heads[1:], strict=False)
               for n in range(at + 1, end)]  # fmt: skip
    taken, last = 0, stream[run.heads[-1]].last
    for block in stream[run.stop :]:
        near = block.first == last + 1
        alike = block.shape in between
        if not (attached(block) or (empty and alike and not announced(block.text.text))):
            break
        if not (near or alike or empty):
            break
        if block.shape is Shape.QUOTE and announced(block.text.text):
            break
        taken, last = taken + 1, block.last
    return taken


_NOTHING = re.compile(r"(?:&shy;|&nbsp;|&#\d+;|[\s:：.\u00ad\u200b])*$")


def _empty(shown: Face) -> bool:
    """Whether an option's own line is nothing but a label for what stands below it."""
    text = shown.text.text
    letter = len(text) == 1 and text.isalpha() and not shown.label
    return letter or bool(_NOTHING.match(text))


class _Parts(Draft):
    empty: bool
    text: list[Block]
    reason: list[Block]
    loose: list[Block]


_LINK = re.compile(
    r"\s*(?:\[[^\]\[]*\]\((?:[^()]++|\([^()]*+\))*+\)|<?https?://\S+|\[[^\]\[]+\]:\s*\S.*)\.?\s*$"
)


def _parts(block: Block, text: Line, shown: Face) -> _Parts:
    """What of a block is an option's text, what its reason, and what speaks of all options."""
    empty = _empty(shown)
    below = _below(block)
    end = next((n for n, line in enumerate(below) if not _continues(line)), len(below))
    parts = _Parts(empty, [], [], [])
    if shown.reason:
        parts.text.append(_paragraph(text))
        parts.reason.append(_paragraph(shown.reason, *below[:end]))
    elif own := [line for line in (text, *below[:end]) if not line.blank]:
        parts.text.append(_paragraph(*own))
    for part in blocks(below[end:]):
        if part.shape is Shape.PARAGRAPH and _speaks_of_all(part):
            parts.loose.append(part)
        elif part.shape in (Shape.FENCE, Shape.CODE, Shape.TABLE) or is_image(part):
            (parts.reason or parts.text).append(part)
        elif empty and not parts.reason and part.shape is not Shape.QUOTE:
            parts.text.append(part)
        else:
            parts.reason.append(unquoted(part))
    return parts


def _below(block: Block) -> list[Line]:
    """The lines below the first one; those right below it are no code, however far they stand."""
    lines = list((inside(block) if block.shape is Shape.ITEM else block.lines)[1:])
    glued = next((n for n, line in enumerate(lines) if line.blank), len(lines))
    fenced = next((n for n, line in enumerate(lines[:glued]) if "```" in line.text), glued)
    return [cut(line, 0) if n < fenced else line for n, line in enumerate(lines)]


def _continues(line: Line) -> bool:
    """Whether a line goes on with the paragraph of the option above it."""
    if line.blank or _LINK.match(line.text) or announced(line.text.strip()):
        return False
    return blocks([line])[0].shape is Shape.PARAGRAPH


def _speaks_of_all(part: Block) -> bool:
    said = announced(part.text.text)
    return all(_LINK.match(line.text) for line in part.lines) or bool(
        said and said.part is not Part.REMARK
    )


def _attach(parts: _Parts, head: Block, belongings: Sequence[Block]) -> None:
    """Adds the blocks below an option's own: quotes and text are reasons, the rest is text.

    All that stands below a heading is the reason of the option that it is.
    """
    if head.shape is Shape.HEADING:
        parts.reason += belongings
        return
    for block in belongings:
        text = block.shape in (Shape.FENCE, Shape.CODE, Shape.TABLE) or is_image(block)
        if (text or (parts.empty and block.shape is not Shape.QUOTE)) and not parts.reason:
            parts.text.append(block)
        elif not (block.shape is Shape.HTML and block.marker):
            parts.reason.append(unquoted(block))


def unquoted(block: Block) -> Block:
    """A quote as the paragraph that it quotes; any other block as it is."""
    if block.shape is not Shape.QUOTE:
        return block
    return _paragraph(*inside(block))


def _paragraph(*lines: Line) -> Block:
    return Block(Shape.PARAGRAPH, lines, lines[0])

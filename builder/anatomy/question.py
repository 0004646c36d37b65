"""One question from its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from builder.anatomy.cutting import Piece
from builder.anatomy.head import Head, compose, is_comment, read_head
from builder.anatomy.keys import Key, answer_in, apply, find_key
from builder.anatomy.options import read_options
from builder.anatomy.outline import count_of
from builder.anatomy.reasons import explain
from builder.anatomy.runs import Run
from builder.anatomy.ways import Way
from builder.anatomy.wrappers import SUMMARY
from builder.diagnostics import Report
from builder.model import Option, Question, Verdict
from builder.scan import Block, Shape, cut
from builder.signals.phrases import Part, announced, bare, chatters, metadata
from builder.source import Span


@dataclass(frozen=True, slots=True)
class Habits:
    """What the questions of a page have in common.

    `way` is how most of their options are written; `usual` how many options most of them have,
    0 if that differs: a plain list of as many is taken for options whose marks are missing.
    """

    way: Way | None = None
    usual: int = 0


def read_question(piece: Piece, habits: Habits, report: Report) -> Question | None:
    """The question of a piece; None, and a diagnostic, if it asks nothing."""
    piece = _without_chatter(piece)
    run = _choose(piece, habits)
    if run is not None:
        return _choice(piece, run, habits, report)
    return _open(piece, report)


def _without_chatter(piece: Piece) -> Piece:
    """A piece without what a chatbot said behind the question."""
    end = len(piece.blocks)
    while end > 1 and _is_chatter(piece.blocks[end - 1]):
        end -= 1
    return replace(piece, blocks=piece.blocks[:end])


def _is_chatter(block: Block) -> bool:
    return block.shape is Shape.PARAGRAPH and chatters(block.text.text)


# Which list holds the options --------------------------------------------------------------


def _choose(piece: Piece, habits: Habits) -> Run | None:
    """The list of options: of the file's way, of another evident one, or a plain list."""
    limit = piece.explained_at
    above = [run for run in piece.runs if run.start < limit]
    evident = [run for run in above if run.way.evident] or [
        run for run in piece.runs if run.way.evident and run.settled
    ]
    own = [run for run in evident if run.way is habits.way]
    settled = [run for run in evident if run.settled]
    if found := own or settled or evident:
        return _joined(found)
    for run in reversed(above):
        if habits.way and habits.way.accepts(run.faces):
            return replace(run, way=habits.way)
    return above[-1] if above else None


def _joined(runs: Sequence[Run]) -> Run:
    """The first list, with those of the same kind that go on with it."""
    first = runs[0]
    for run in runs[1:]:
        if run.way is first.way and run.way.parted:
            first = first.with_more(run)
    return first


# Choice questions --------------------------------------------------------------------------


def _choice(piece: Piece, run: Run, habits: Habits, report: Report) -> Question | None:
    blocks = piece.blocks
    draft = Report(report.source)  # kept back until it is clear that the list holds options
    listed = read_options(run, blocks, draft)
    above, below = blocks[: run.start], [*listed.loose, *blocks[run.stop + listed.taken :]]
    given = [piece.answer] if piece.answer else []
    keyed = [block for block in above[1:] if answer_in(block)]
    key = find_key([*keyed, *below], given, listed.options, draft)
    explained = explain(listed.options, below, draft)
    options = apply(key, explained.options, draft) if key else explained.options
    unsettled = all(option.verdict is Verdict.UNKNOWN for option in options)
    if unsettled and not run.way.evident and len(run.heads) != habits.usual:
        return _answers(piece, run, report)
    report.found.extend(draft.found)
    head = read_head([block for block in above if block not in keyed])
    if head.stem is None:
        report.error(
            "no-stem",
            blocks[run.start].text.span,
            "the options answer no question",
            "write the question above the options",
        )
        return None
    return _question(
        piece, head, options, [*given, *keyed, *explained.general], key, explained.labels
    )


def _answers(piece: Piece, run: Run, report: Report) -> Question | None:
    """A question below which only right answers are listed: an open one."""
    head = read_head(piece.blocks[: run.start])
    if head.stem is None:
        return None
    report.info(
        "only-answers",
        piece.blocks[run.start].span,
        "taken as the answer, since nothing says which of these are wrong",
        "write all options and mark the right ones, to make it a choice",
    )
    return _question(piece, head, (), piece.blocks[run.start :], None, ())


def _question(
    piece: Piece, head: Head, options: Sequence[Option], general: Sequence[Block],
    key: Key | None, labels: Sequence[Span],
) -> Question:  # fmt: skip
    shown, hidden, tags = _explanation(general, key, not options)
    blocks = piece.blocks
    assert head.stem is not None
    return Question(
        span=Span(blocks[0].span.start, blocks[-1].span.end),
        title=head.title,
        stem=head.stem,
        options=tuple(options),
        instruction=head.instruction,
        explanation=compose(shown),
        labels=(*head.labels, *labels, *hidden),
        tags=tuple(dict.fromkeys((*head.tags, *tags))),
        key=head.key,
    )


# Open questions ----------------------------------------------------------------------------


def _open(piece: Piece, report: Report) -> Question | None:
    at = _answer_at(piece)
    head = read_head(piece.blocks[:at])
    if head.stem is None:
        report.error("no-stem", piece.blocks[0].text.span, "nothing is asked here",
                     "write the question between the heading and the answer")  # fmt: skip
        return None
    given = [piece.answer] if piece.answer else []
    if len(piece.blocks) == 1 and not given:
        report.warning(
            "no-answer",
            piece.blocks[0].text.span,
            "nothing stands below this question",
            "write options or an answer below it",
        )
        return None
    question = _question(piece, head, (), [*given, *piece.blocks[at:]], None, ())
    if question.explanation is None:
        report.warning(
            "no-answer",
            piece.blocks[0].text.span,
            "a question without options and without an answer",
            "write the answer below it, behind “Answer:” or “Ответ:”",
        )
    return question


def _answer_at(piece: Piece) -> int:
    """Where the answer of an open question begins."""
    blocks = piece.blocks
    for at in range(1, len(blocks)):
        block = blocks[at]
        if block.marker == SUMMARY or (at and _ANSWERED.match(block.text.text)):
            return at
        if block.shape in (Shape.PARAGRAPH, Shape.HEADING, Shape.QUOTE):
            said = announced(block.text.text)
            if said and said.part is not Part.REMARK:
                return at
    last = max((n for n, block in enumerate(blocks) if n and _asks(block)), default=0)
    first = blocks[0]
    count = count_of(first)
    only_counts = first.text.text[count.end if count else 0 :].strip("*_ ") == ""
    return max(last, 1 if only_counts and len(blocks) > 1 and not last else 0) + 1


_ANSWERED = re.compile(r"[*_]{0,3}(?:A|О|А|R|答)\d{0,3}[*_]{0,3}\s?[:：.][*_]{0,3}(?=\s|$)\s*")


def _asks(block: Block) -> bool:
    text = bare(block.lines[-1].text).rstrip()
    return block.shape is Shape.PARAGRAPH and text.endswith(("?", "？", "؟"))


# What remains explains ---------------------------------------------------------------------


def _explanation(
    blocks: Sequence[Block], key: Key | None, is_open: bool
) -> tuple[list[Block], list[Span], tuple[str, ...]]:
    """The blocks that explain, the places that only label them, and tags that stand there."""
    shown: list[Block] = []
    hidden: list[Span] = []
    tags: tuple[str, ...] = ()
    for block in _without_key(blocks, key, hidden):
        said = [metadata(line.text.strip(" -*+\t")) for line in block.lines]
        part = None if _only_frames(block) or _leads_back(block) else _unlabelled(block, is_open)
        if block.shape in (Shape.PARAGRAPH, Shape.ITEM) and all(said):
            tags += tuple(tag for one in said if one for tag in one.tags)
            hidden.append(block.span)
        elif part is None:
            hidden.append(block.span)
        else:
            if part is not block:
                hidden.append(block.lines[0].span)
            shown.append(part)
    return shown, hidden, tags


def _without_key(blocks: Sequence[Block], key: Key | None, hidden: list[Span]) -> Iterator[Block]:
    """The blocks without the lines that only name the right options."""
    keyed = {line.number for line in key.lines} if key else set()
    for block in blocks:
        rest = tuple(line for line in block.lines if line.number not in keyed)
        if len(rest) == len(block.lines):
            yield block
            continue
        hidden += [line.span for line in block.lines if line.number in keyed]
        if not all(line.blank for line in rest):
            yield replace(block, lines=rest, text=cut(rest[0], 0))


def _only_frames(block: Block) -> bool:
    return block.shape is Shape.RULE or (
        block.shape is Shape.HTML and (bool(block.marker) or is_comment(block))
    )


_BACK = re.compile(r"[\W_]*\[[^\]]*\]\(#[^)]*\)\W*$")


def _leads_back(block: Block) -> bool:
    """Whether a block is nothing but a link to another place of the file."""
    return block.shape is Shape.PARAGRAPH and all(_BACK.match(line.text) for line in block.lines)


def _unlabelled(block: Block, is_open: bool) -> Block | None:
    """A block without the words that announce it; None if it says nothing else."""
    if block.shape not in (Shape.PARAGRAPH, Shape.HEADING):
        return block
    text = block.text.text
    if is_open and (match := _ANSWERED.match(text)):
        end = match.end()
    else:
        said = announced(text)
        if not said or said.part is Part.REMARK:
            return block
        end = said.end
        if said.part is Part.ANSWER and not is_open and not cut(block.text, end).blank:
            return block
    rest = cut(block.text, end)
    lines = (rest, *block.lines[1:]) if not rest.blank else block.lines[1:]
    if block.shape is Shape.HEADING:
        return (
            block
            if not rest.blank and not is_open
            else None
            if rest.blank
            else replace(block, shape=Shape.PARAGRAPH, lines=(rest,), text=rest)
        )
    return replace(block, lines=lines, text=lines[0]) if lines else None

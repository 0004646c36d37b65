"""One question from its blocks."""

from __future__ import annotations

from collections.abc import Sequence

from builder.anatomy.answered import answers_itself
from builder.anatomy.answers import is_judged
from builder.anatomy.choosing import Habits, candidates
from builder.anatomy.cutting import Piece
from builder.anatomy.faces import embraced
from builder.anatomy.head import Head, compose, read_head
from builder.anatomy.keys import Key, answer_in, apply, find_key
from builder.anatomy.options import read_options
from builder.anatomy.outline import count_of
from builder.anatomy.reasons import explain
from builder.anatomy.remainder import read_remainder
from builder.anatomy.runs import Run
from builder.anatomy.unmarked import lined_up
from builder.anatomy.wrappers import SUMMARY
from builder.diagnostics import Diagnostic, Report
from builder.model import Option, Question
from builder.scan import OPENED, Block, Shape, cut
from builder.signals.announcements import ANSWERED, Part, announced
from builder.signals.phrases import QUESTION_MARKS, bare, chatters
from builder.source import Span
from builder.values import Record, field, replace


def read_question(piece: Piece, habits: Habits, report: Report) -> Question | None:
    """The question of a piece; None, and a diagnostic, if it asks nothing."""
    piece = _without_chatter(piece)
    first: _Draft | None = None
    for run in candidates(piece, habits):
        draft = _choice(piece, run, report)
        if draft.settled:
            return draft.accept(piece, habits, report)
        first = first or draft
    if first and habits.expects(first.run):
        return first.accept(piece, habits, report)
    if not first and (lined := lined_up(piece, habits.ways)):
        draft = _choice(*lined, report)
        if draft.settled:
            return draft.accept(lined[0], habits, report)
    return _open(piece, first.run if first else None, report)


def _without_chatter(piece: Piece) -> Piece:
    """A piece without what a chatbot said behind the question."""
    end = len(piece.blocks)
    while end > 1 and _is_chatter(piece.blocks[end - 1]):
        end -= 1
    return piece if end == len(piece.blocks) else replace(piece, blocks=piece.blocks[:end])


def _is_chatter(block: Block) -> bool:
    return block.shape is Shape.PARAGRAPH and chatters(block.text.text)


# Choice questions --------------------------------------------------------------------------


class _Draft(Record):
    """A reading of a piece by one of its lists, with what is to be told if it is accepted."""

    run: Run
    above: Sequence[Block]
    options: Sequence[Option]
    general: Sequence[Block]
    labels: Sequence[Span]
    key: Key | None
    found: list[Diagnostic] = field(default_factory=list)

    @property
    def settled(self) -> bool:
        return any(map(is_judged, self.options))

    def accept(self, piece: Piece, habits: Habits, report: Report) -> Question | None:
        report.found.extend(self.found)
        if habits.way and self.run.way is not habits.way:
            report.info(
                "other-way",
                self.options[0].span,
                f"read as “{self.run.way.name}”, unlike most of this file: “{habits.way.name}”",
            )
        if self.run.way.whole(self.run.faces):
            report.info(
                "boxes-left-out",
                self.options[0].span,
                "only some of these are marked, and as right; the others were taken as wrong",
                "write an empty box “[ ]” before the wrong ones",
            )
        head = read_head(self.above)
        if head.stem is None:
            report.error(
                "no-stem",
                piece.blocks[self.run.start].text.span,
                "the options answer no question",
                "write the question above the options",
            )
            return None
        if len(self.options) == 1:
            report.warning("no-distractor", self.options[0].span, *_alone(piece, self.run))
        return _question(piece, head, self.options, self.general, self.key, self.labels)


def _alone(piece: Piece, run: Run) -> tuple[str, str]:
    """What is told of a single option, and what to type."""
    below = piece.blocks[run.stop : run.stop + 1]
    if (
        below
        and below[0].shape is Shape.ITEM
        and below[0].first == piece.blocks[run.start].last + 1
    ):
        return "only one option of this list is marked", "mark the others in the same way"
    hint = "write the wrong ones too; an open question has its answer behind “Answer:”"
    return "only one option is listed", hint


def _choice(piece: Piece, run: Run, report: Report) -> _Draft:
    blocks, draft = piece.blocks, Report(report.source)
    listed = read_options(run, blocks, draft)
    above, below = blocks[: run.start], [*listed.loose, *blocks[run.stop + listed.taken :]]
    given = [piece.answer] if piece.answer else []
    keyed = [block for block in above[1:] if answer_in(block) is not None]
    if keyed:
        above = [block for block in above if block not in keyed]
    key = find_key([*keyed, *below], given, listed.options, draft)
    explained = explain(listed.options, below, key is not None, draft)
    options = apply(key, explained.options, draft) if key else explained.options
    return _Draft(
        run=run,
        above=above,
        options=options,
        general=[*given, *keyed, *explained.general],
        labels=[*listed.labels, *explained.labels],
        key=key,
        found=draft.found,
    )


def _question(
    piece: Piece, head: Head, options: Sequence[Option], general: Sequence[Block],
    key: Key | None = None, labels: Sequence[Span] = (),
) -> Question:  # fmt: skip
    assert head.stem is not None
    rest = read_remainder(general, key, is_open=not options)
    blocks = piece.blocks
    places = [*head.labels, *labels, *rest.hidden]
    places += [block.span for block in piece.frame]
    return Question(
        span=Span(blocks[0].lines[0].offset, blocks[-1].lines[-1].end),
        title=head.title,
        stem=head.stem,
        options=tuple(options),
        instruction=head.instruction,
        explanation=compose(rest.shown),
        labels=tuple(places),
        tags=tuple(dict.fromkeys((*head.tags, *rest.tags))),
        key=head.key,
    )


# Open questions ----------------------------------------------------------------------------


def _open(piece: Piece, run: Run | None, report: Report) -> Question | None:
    """An open question. A plain list in it is part of what is asked, or the answer."""
    piece = _answered_apart(piece)
    at = _answer_at(piece)
    head = read_head(piece.blocks[:at])
    first = piece.blocks[0]
    if head.stem is None or (len(piece.blocks) == 1 and not piece.answer):
        message = "nothing is asked here" if head.stem is None else "nothing stands below this"
        report.warning("no-answer", first.text.span, message, "write options or an answer below it")
        return None
    given = [piece.answer] if piece.answer else []
    question = _question(piece, head, (), [*given, *piece.blocks[at:]])
    if question.explanation is None:
        report.warning(
            "no-answer",
            first.text.span,
            "a question without options and without an answer",
            "write the answer below it, behind “Answer:” or “Ответ:”",
        )
    elif run and at == run.start:
        report.info(
            "only-answers",
            piece.blocks[at].text.span,
            "taken as the answer, since nothing says which of these are wrong",
            "write all options and mark the right ones, to make it a choice",
        )
    return question


def _answered_apart(piece: Piece) -> Piece:
    """A piece whose first block answers what it asks as two blocks, if no other answer is there."""
    first, *rest = piece.blocks
    lines = (first.text, *first.lines[1:])
    alone = first.shape is Shape.PARAGRAPH or first.level == OPENED
    if piece.answer or not alone or not answers_itself(lines):
        return piece
    if piece.explained_at < len(piece.blocks) or (rest and not embraced(first.text)[1]):
        return piece
    said = Block(Shape.PARAGRAPH, tuple(first.lines[1:]), cut(first.lines[1], 0))
    return replace(piece, blocks=[replace(first, lines=first.lines[:1]), said, *rest])


def _answer_at(piece: Piece) -> int:
    """Where the answer of an open question begins: where it is announced, else below the asking."""
    blocks = piece.blocks
    for at in range(1, len(blocks)):
        if blocks[at].marker == SUMMARY or ANSWERED.match(blocks[at].text.text):
            return at
        if blocks[at].shape in (Shape.PARAGRAPH, Shape.HEADING, Shape.QUOTE):
            said = announced(blocks[at].text.text)
            if said and said.part is not Part.REMARK:
                return at
    asked = max((at for at in range(1, len(blocks)) if _asks(blocks[at])), default=0)
    return asked + 1 if asked or not _only_counts(blocks[0]) else 2


def _asks(block: Block) -> bool:
    text = bare(block.lines[-1].text).rstrip()
    return block.shape is Shape.PARAGRAPH and text.endswith(QUESTION_MARKS)


def _only_counts(block: Block) -> bool:
    """Whether a block is nothing but a number, so that the question stands below it."""
    count = count_of(block)
    return not bare(block.text.text[count.end :] if count else block.text.text)

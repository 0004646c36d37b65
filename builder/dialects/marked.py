"""Options marked with ✅ ❌ ⚠️, a heading per question.

    ## Задание 1

    **Which layers have no weights?**

    Choose all that apply:

    * ✅ MaxPooling
    * ❌ Convolution

    ### Explanation

    What matters is whether there is anything to learn.

    #### ✅ **MaxPooling** — **has none**

    - It takes the maximum of a window.

The marks are those of `signals.MARKS`. A section without options is an open question if its
heading asks something or if it has an explanation, which is the answer then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from builder.anatomy import compose, explain, read_head
from builder.diagnostics import Report
from builder.model import Option, Passage, Question, Verdict
from builder.scan import Block, Line, Page, Shape, blocks, inside, passage
from builder.signals import asks, bare, heads_explanation, leading_mark, split_label, trailing_mark
from builder.source import Span


def recognises(page: Page) -> int:
    """How many lists of marked options and sections that ask something the page has."""
    lists = sum(1 for section in sections(page) if option_list(section.body))
    return 2 * lists + sum(1 for section in sections(page) if section.asks)


def read(page: Page, report: Report) -> list[Question]:
    found = []
    for section in sections(page):
        question = _choice(section, report) or _open(section, report)
        if question:
            found.append(question)
    return found


# Sections ----------------------------------------------------------------------------------


class Section:
    """A heading and what stands below it, up to the next heading of its rank."""

    def __init__(self, heading: Block | None, body: Sequence[Block]) -> None:
        self.heading = heading
        self.body = tuple(body)

    @property
    def span(self) -> Span:
        first = self.heading or self.body[0]
        last = self.body[-1] if self.body else first
        return Span(first.span.start, last.span.end)

    @property
    def asks(self) -> bool:
        """Whether it is an open question: it asks something and something answers."""
        if self.heading is None or not self.body:
            return False
        label, rest = split_label(bare(self.heading.text.text))
        if any(b.shape is Shape.HEADING and b.level <= self.heading.level for b in self.body):
            return False
        answered = _answer_at(self.body) is not None
        return answered or asks(rest) or bool(label and not rest and len(self.body) > 1)


def sections(page: Page) -> list[Section]:
    """The page cut at the headings of questions, which all have the same rank.

    The rank is that of most headings right above a list of marked options, or, without such a
    list, of most headings that ask something.
    """
    level = _question_level(page.blocks)
    if not level:
        return []
    cuts = [
        at for at, block in enumerate(page.blocks)
        if block.shape is Shape.HEADING and block.level <= level
    ]  # fmt: skip
    ends = [*cuts[1:], len(page.blocks)]
    return [
        Section(page.blocks[at], page.blocks[at + 1 : end])
        for at, end in zip(cuts, ends, strict=True)
        if page.blocks[at].level == level
    ]


def _question_level(found: Sequence[Block]) -> int:
    above: Counter[int] = Counter()
    asking: Counter[int] = Counter()
    heading: Block | None = None
    explaining = 0
    for block in found:
        if block.shape is Shape.HEADING:
            if explaining and block.level > explaining:
                continue
            explaining = block.level if heads_explanation(bare(block.text.text)) else 0
            if not explaining:
                heading = block
                asking[block.level] += asks(split_label(bare(block.text.text))[1])
        elif heading and block.shape is Shape.ITEM and _verdict_mark(block):
            above[heading.level] += 1
    best = above or +asking
    return max(best, key=lambda level: (best[level], level)) if best else 0


# Choice questions --------------------------------------------------------------------------


def _verdict_mark(item: Block) -> bool:
    text = item.text.text
    return bool(leading_mark(text) or trailing_mark(text))


def option_list(body: Sequence[Block]) -> range:
    """Where the first list with marked items stands in a body, before any explanation."""
    start = 0
    while start < len(body):
        if body[start].shape is Shape.HEADING and heads_explanation(bare(body[start].text.text)):
            break
        end = start
        while end < len(body) and body[end].shape is Shape.ITEM:
            end += 1
        if any(map(_verdict_mark, body[start:end])):
            return range(start, end)
        start = max(end, start + 1)
    return range(0)


def _choice(section: Section, report: Report) -> Question | None:
    where = option_list(section.body)
    if not where:
        return None
    head = read_head(section.heading, section.body[: where.start])
    options = [_option(block, report) for block in section.body[where.start : where.stop]]
    explained = explain(options, section.body[where.stop :], report)
    stem = head.stem
    if stem is None:
        report.error(
            "no-stem",
            (section.heading or section.body[0]).text.span,
            "the options answer no question",
            "write the question between the heading and the options",
        )
        return None
    return Question(
        span=section.span,
        title=head.title,
        stem=stem,
        options=explained.options,
        instruction=head.instruction,
        explanation=explained.explanation,
        labels=head.labels + explained.labels,
    )


def _option(item: Block, report: Report) -> Option:
    lines = inside(item)
    marked = leading_mark(lines[0].text) or trailing_mark(lines[0].text)
    verdict = marked.verdict if marked else Verdict.UNKNOWN
    first = lines[0]
    if marked:
        at = lines[0].text.find(marked.text.strip("*_ ")) if marked.text.strip("*_ ") else 0
        first = Line(first.number, first.offset + max(at, 0), marked.text)
    text, why = _split_reason((first, *lines[1:]))
    if text is None:
        report.error("empty-option", item.span, "an option without text", "write it after the mark")
        text = Passage("", (item.span,))
    return Option(text, verdict, item.span, why=why)


def _split_reason(lines: Sequence[Line]) -> tuple[Passage | None, Passage | None]:
    """The text of an option and the reason that hangs below it: nested items, a quote, paragraphs.

    Code and images below an option belong to its text.
    """
    parts = blocks(lines)
    own = 1
    while own < len(parts) and parts[own].shape in (Shape.FENCE, Shape.CODE, Shape.TABLE):
        own += 1
    if not parts or parts[0].shape is not Shape.PARAGRAPH:
        return passage(lines), None
    return compose(parts[:own]), compose(parts[own:])


# Open questions ----------------------------------------------------------------------------


def _answer_at(body: Sequence[Block]) -> int | None:
    for at, block in enumerate(body):
        if block.shape is Shape.HEADING and heads_explanation(bare(block.text.text)):
            return at
    return None


def _open(section: Section, report: Report) -> Question | None:
    if not section.asks or section.heading is None:
        return None
    _, rest = split_label(bare(section.heading.text.text))
    at = _answer_at(section.body)
    if at is None:
        at = 0 if rest else 1
    head = read_head(section.heading, section.body[:at])
    explained = explain((), section.body[at:], report)
    if head.stem is None or explained.explanation is None:
        missing = "question" if head.stem is None else "answer"
        report.error(
            f"no-{missing}",
            section.heading.text.span,
            f"an open question without {missing}" if missing == "answer" else "nothing is asked",
            "write the answer below a heading “Ответ” or “Answer”",
        )
        return None
    return Question(
        span=section.span,
        title=head.title,
        stem=head.stem,
        instruction=head.instruction,
        explanation=explained.explanation,
        labels=head.labels + explained.labels,
    )

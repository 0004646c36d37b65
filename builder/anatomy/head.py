"""What stands above the options: title, stem, instruction."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.anatomy.faces import embraced
from builder.anatomy.outline import count_of
from builder.anatomy.wrappers import SUMMARY
from builder.model import Passage
from builder.scan import OPENED, Block, Line, Shape, cut, passage
from builder.signals.labels import names_question
from builder.signals.phrases import asks, bare, instructs, metadata
from builder.source import Span
from builder.values import Draft, field, replace


class Head(Draft):
    """What stands above the options; `labels` are places that belong to it but are not shown."""

    title: str = ""
    stem: Passage | None = None
    instruction: Passage | None = None
    labels: list[Span] = field(default_factory=list)
    tags: tuple[str, ...] = ()
    key: str = ""


def compose(blocks: Sequence[Block]) -> Passage | None:
    """The Markdown of some blocks as one passage; None of none."""
    if len(blocks) == 1:
        return passage(blocks[0].lines)
    return passage([line for block in blocks for line in block.lines]) if blocks else None


def read_head(above: Sequence[Block]) -> Head:
    """Title, stem and instruction from the blocks between a question's beginning and its options.

    A heading such as "Задание 3" only counts; one that asks ("3. Что такое ReLU?") is the stem,
    or its beginning. The last paragraph is an instruction if it tells how to answer.
    """
    head = Head()
    blocks = _without_marks(above, head)
    if not blocks:
        return head
    blocks[-1] = _without_list_label(blocks[-1], head)
    lines = _beginning(blocks, head)
    if (lines or len(blocks) > 1) and blocks and _instructs(blocks[-1]):
        last = blocks.pop()
        if _ONLY_OPTIONS.match(bare(last.text.text)):
            head.labels.append(last.span)
        else:
            head.instruction = compose([last])
    for block in blocks:
        lines += block.lines
    head.stem = unwrapped(passage(lines))
    return head


def _instructs(block: Block) -> bool:
    return block.shape in (Shape.PARAGRAPH, Shape.HEADING) and instructs(bare(block.text.text))


def _without_list_label(block: Block, head: Head) -> Block:
    """A paragraph without a last line such as "Варианты ответа:"."""
    *above, last = block.lines
    if block.shape is not Shape.PARAGRAPH or not above or not _ONLY_OPTIONS.match(bare(last.text)):
        return block
    head.labels.append(last.span)
    return replace(block, lines=tuple(above))


_ONLY_OPTIONS = re.compile(
    r"\W*(?:варианты?(?:\sответ\w*)?|options?|(?:answer\s)?choices?|ответы|选项|選項|选择|選択肢)\W*$",
    re.IGNORECASE,
)


# Marks that are not shown ------------------------------------------------------------------

_KEY = re.compile(
    r"\s*(?:\{#(?P<braced>[\w.:-]+)\}|<!--\s*key\s*[:=]\s*(?P<comment>[\w.:-]+)\s*-->)\s*$",
    re.IGNORECASE,
)
_ENDS_OF_KEYS = ("}", ">")


def _without_marks(above: Sequence[Block], head: Head) -> list[Block]:
    """The blocks without rules, wrapping tags, metadata; a key is taken off the end of a block."""
    kept: list[Block] = []
    for whole in above:
        block = _without_key(whole, head)
        tags = metadata_tags(block) if kept else None
        if tags is not None:
            head.tags += tags
            head.labels.append(block.span)
        elif _not_shown(block) or (kept and _only_announces(block)):
            head.labels.append(block.span)
        else:
            kept.append(block)
    return kept


def metadata_tags(block: Block) -> tuple[str, ...] | None:
    """The tags that a block of metadata gives; None if it is no metadata."""
    if block.shape not in (Shape.PARAGRAPH, Shape.ITEM):
        return None
    first = block.lines[0].text
    if ":" not in first and "：" not in first and "=" not in first:
        return None
    tags: tuple[str, ...] = ()
    for line in block.lines:
        said = metadata(line.text.strip(" -*+\t"))
        if said is None:
            return None
        tags += said.tags
    return tags


def _not_shown(block: Block) -> bool:
    if block.shape is Shape.HTML:
        return is_comment(block) or block.marker not in ("", SUMMARY)
    return block.shape is Shape.RULE or (block.shape is Shape.PARAGRAPH and block.text.blank)


def _only_announces(block: Block) -> bool:
    """Whether a heading below the first only says that a question follows: "### Question"."""
    return block.shape is Shape.HEADING and names_question(block.text.text)


def is_comment(block: Block) -> bool:
    return block.shape is Shape.HTML and block.text.text.lstrip().startswith("<!--")


def _without_key(block: Block, head: Head) -> Block:
    if head.key or block.shape not in (Shape.HEADING, Shape.PARAGRAPH, Shape.HTML):
        return block
    last = block.text if block.shape is Shape.HEADING else block.lines[-1]
    if last.text.rstrip()[-1:] not in _ENDS_OF_KEYS or not (match := _KEY.search(last.text)):
        return block
    head.key = match["braced"] or match["comment"]
    if block.shape is Shape.HTML:
        return block
    if block.shape is Shape.HEADING:
        return replace(block, text=cut(block.text, 0, match.start()))
    lines = (*block.lines[:-1], cut(last, 0, match.start()))
    return replace(block, lines=lines, text=cut(lines[0], 0))


# The beginning -----------------------------------------------------------------------------


def _beginning(blocks: list[Block], head: Head) -> list[Line]:
    """The lines with which the stem begins in the first block, which is taken off the others."""
    first = blocks[0]
    count = count_of(first)
    text = _behind(first.text, count.end) if count else first.text
    title = bare(first.text.text[: count.end]).strip(" .:)）。、：-–—") if count else ""
    if first.shape is Shape.ITEM or first.level == OPENED:
        title = first.number or title
    if first.shape in (Shape.HEADING, Shape.ITEM) or first.marker == SUMMARY:
        blocks.pop(0)
        if text.blank or _only_title(text, blocks):
            head.title = title if text.blank else f"{title}. {bare(text.text)}".removeprefix(". ")
            head.labels.append(first.span)
            return _counted_below(blocks, head) if not title else []
        head.title = title
        return [text, *_lines_below(first)]
    return _counted_below(blocks, head)


def _lines_below(first: Block) -> Sequence[Line]:
    """The lines of a heading or an item below its first."""
    if first.shape is Shape.ITEM or first.level == OPENED:
        return first.lines[1:]
    return first.lines[1:-1] if first.marker[0] != "#" else ()


def _counted_below(blocks: list[Block], head: Head) -> list[Line]:
    """The same for a paragraph that is counted, such as "Q5. What" or "**Question 3**"."""
    first = blocks[0] if blocks else None
    if first is None or first.shape is not Shape.PARAGRAPH or not (count := count_of(first)):
        return []
    blocks.pop(0)
    title = bare(first.text.text[: count.end]).strip(" .:)）。、：-–—")
    head.title = f"{head.title}. {title}".removeprefix(". ")
    head.labels.append(first.lines[0].span)
    rest = _behind(first.text, count.end)
    return [*(() if rest.blank else (rest,)), *first.lines[1:]]


def _behind(line: Line, end: int) -> Line:
    """What stands behind a number, without the end of the bold that began before it."""
    rest, number = cut(line, end), line.text[:end].strip()
    bold = number[:2]
    if bold not in ("**", "__") or number.endswith(bold) or not rest.text.endswith(bold):
        return rest
    return rest if bold in rest.text[:-2] else cut(rest, 0, -2)


def _only_title(text: Line, below: Sequence[Block]) -> bool:
    """Whether a heading names the subject of a question that is asked in the text below it."""
    plain = bare(text.text)
    if asks(plain) or plain.endswith((".", "!", "…", ",")):
        return False
    return any(block.shape is Shape.PARAGRAPH and _asks(block) for block in below)


def _asks(block: Block) -> bool:
    return asks(bare(block.lines[-1].text)) or asks(bare(block.text.text))


def unwrapped(stem: Passage | None) -> Passage | None:
    """A passage whose first paragraph was all bold, without the bold: a card shows it so anyway."""
    if stem is None or stem.markdown[:1] not in ("*", "_", "<"):
        return stem
    first, gap, rest = stem.markdown.partition("\n\n")
    inner, emphasis = embraced(Line(1, 0, first))
    return replace(stem, markdown=inner.text + gap + rest) if emphasis in _BOLD else stem


_BOLD = ("**", "__", "<b>", "<strong>")

"""Answers in the callouts of MkDocs and Obsidian, which are folded there.

    ??? success "Answer"        > [!success]- Answer
        Paris                   > Paris

They become what a `<details>` becomes: a summary, and the blocks that it folds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builder.anatomy.wrappers import DETAILS, DETAILS_END, SUMMARY
from builder.scan import Block, Line, Shape, blocks, cut, dedent, indent_of, inside
from builder.signals.announcements import Part, announced

_MKDOCS = re.compile(
    r"(?:\?\?\?\+?|!!!)\s+(?P<kind>[\w-]+)(?:\s+[\"“«](?P<title>[^\"”»]*)[\"”»])?\s*$"
)
_OBSIDIAN = re.compile(r"\s*\[!(?P<kind>[\w-]+)\][-+]?\s*(?P<title>.*)$")


def opens_callout(text: str) -> bool:
    """Whether a line opens a callout of MkDocs that answers or explains."""
    return _title(_MKDOCS, Line(1, 0, text)) is not None


def unfolded(found: Sequence[Block]) -> Sequence[Block]:
    """Blocks with those of callouts that answer or explain in place of the callouts."""
    if any(_looks_like_callout(block) for block in found if block.shape in _OPENING):
        return list(_unfolded(found))
    return found


_OPENING = (Shape.PARAGRAPH, Shape.QUOTE)


def _looks_like_callout(block: Block) -> bool:
    return block.shape is Shape.QUOTE or block.text.text[:1] in ("?", "!")


def _unfolded(found: Sequence[Block]) -> Iterator[Block]:
    at = 0
    while at < len(found):
        block = found[at]
        at += 1
        if block.shape is Shape.QUOTE and (title := _title(_OBSIDIAN, block.text)):
            yield from _details(block.lines[0], title, inside(block)[1:])
        elif block.shape is Shape.PARAGRAPH and (title := _title(_MKDOCS, block.text)):
            below = next((n for n, line in enumerate(block.lines)
                          if n and indent_of(line.text) < 4), len(block.lines))  # fmt: skip
            body, rest = list(block.lines[1:below]), block.lines[below:]
            while not rest and at < len(found) and found[at].shape is Shape.CODE:
                body += [_blank(found[at].lines[0]), *found[at].lines]
                at += 1
            columns = 4 + indent_of(block.lines[0].text)
            yield from _details(block.lines[0], title, [dedent(line, columns) for line in body])
            yield from blocks(rest)
        else:
            yield block


def _title(opening: re.Pattern[str], line: Line) -> Line | None:
    """What a callout is called, or its kind, if that announces an answer or an explanation."""
    if not (match := opening.match(line.text)):
        return None
    title = cut(line, *match.span("title" if match["title"] else "kind"))
    said = announced(title.text)
    return title if said and said.part is not Part.REMARK else None


def _blank(below: Line) -> Line:
    """The blank line above a block."""
    return Line(below.number - 1, below.offset - 1, "")


def _details(opening: Line, title: Line, body: Sequence[Line]) -> Iterator[Block]:
    last = body[-1] if body else opening
    end = Line(last.number, last.end, "")
    yield Block(Shape.HTML, (opening,), cut(opening, 0, 0), DETAILS)
    yield Block(Shape.HTML, (opening,), title, SUMMARY)
    yield from blocks(body)
    yield Block(Shape.HTML, (end,), end, DETAILS_END)

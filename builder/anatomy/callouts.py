"""The callouts of MkDocs and Obsidian: answers, which are folded there, and questions.

    ??? success "Answer"        > [!success]- Answer      > [!question] Which one?
        Paris                   > Paris                   > - [x] This

An answer becomes what a `<details>` becomes: a summary, and the blocks that it folds. A question
becomes a heading and what stands below it, and ends where the callout does; so does a plain quote
that asks and holds marked options.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from builder.anatomy.faces import face
from builder.anatomy.splitting import split
from builder.anatomy.wrappers import DETAILS, DETAILS_END, SUMMARY
from builder.scan import OPENED, Block, Line, Shape, blocks, cut, dedent, indent_of, inside
from builder.signals.announcements import Part, announced
from builder.signals.labels import counted, names_question
from builder.signals.phrases import asks as asks_something
from builder.signals.phrases import bare

_MKDOCS = re.compile(
    r"(?:\?\?\?\+?|!!!)\s+(?P<kind>[\w-]+)(?:\s+[\w-]+)*(?:\s+[\"“«](?P<title>[^\"”»]*)[\"”»])?\s*$"
)
_OBSIDIAN = re.compile(r"\s*\[!(?P<kind>[\w-]+)\][-+]?\s*(?P<title>.*)$")


_ASKING = frozenset(("question", "quiz", "exercise", "challenge", "help", "faq"))
"""The kinds of callouts that ask."""

CALLOUT, CALLOUT_END = "[!question]", "[!/question]"
"""Markers of a callout that asks: of its heading, and what opens it, and of its end."""


def opens_callout(text: str) -> bool:
    """Whether a line opens a callout of MkDocs that answers or explains."""
    match = _MKDOCS.match(text)
    return match is not None and _named(match, Line(1, 0, text), asks=False) is not None


def unfolded(found: Sequence[Block]) -> Sequence[Block]:
    """Blocks with those of callouts that ask, answer or explain in place of the callouts."""
    if any(_looks_like_callout(block) for block in found if block.shape in _OPENING):
        return list(_unfolded(found, asking=_ASKING))
    return found


_OPENING = (Shape.PARAGRAPH, Shape.QUOTE)


def _looks_like_callout(block: Block) -> bool:
    return block.shape is Shape.QUOTE or block.text.text[:1] in ("?", "!")


def _unfolded(found: Sequence[Block], asking: Container[str]) -> Iterator[Block]:
    """Blocks with callouts opened; none asks in one that asks itself, so that this ends."""
    at = 0
    while at < len(found):
        block = found[at]
        at += 1
        opening = _OBSIDIAN if block.shape is Shape.QUOTE else _MKDOCS
        match = opening.match(block.text.text) if block.shape in _OPENING else None
        asks = match is not None and match["kind"].lower() in asking
        title = _named(match, block.text, asks) if match else None
        if title is None:
            yield from _quoted_question(block) if asking else (block,)
            continue
        body, rest = list(inside(block)[1:]), block.lines[:0]
        if block.shape is Shape.PARAGRAPH:
            below = next((n for n, line in enumerate(block.lines)
                          if n and indent_of(line.text) < 4), len(block.lines))  # fmt: skip
            body, rest = list(block.lines[1:below]), block.lines[below:]
            while not rest and at < len(found) and found[at].shape is Shape.CODE:
                body += [_blank(found[at].lines[0]), *found[at].lines]
                at += 1
            columns = 4 + indent_of(block.lines[0].text)
            body = [dedent(line, columns) for line in body]
        if asks:
            yield from _question(block.lines[0], title, body)
        else:
            yield from _details(block.lines[0], title, body)
        yield from blocks(rest)


def _quoted_question(block: Block) -> Iterator[Block]:
    """A quote that asks in its first paragraph and has marked options below, as a question."""
    held = blocks(inside(block)) if block.shape is Shape.QUOTE else ()
    if not any(map(_is_marked, held)) or held[0].shape is not Shape.PARAGRAPH:
        yield block
        return
    asked, *glued = split(held[0])
    if not (asks_something(bare(asked.text.text)) or counted(asked.text.text)):
        yield block
        return
    yield Block(Shape.HEADING, asked.lines, asked.text, CALLOUT, OPENED)
    yield from glued
    yield from held[1:]
    yield _end(block.lines[0], block.lines, CALLOUT_END)


def _is_marked(item: Block) -> bool:
    return item.shape is Shape.ITEM and face(item.text).marked


def _named(match: re.Match[str], line: Line, asks: bool) -> Line | None:
    """What a callout is called, or its kind, if that announces an answer or an explanation.

    What one that asks is called is what it asks, and may be nothing, or nothing but “Question”.
    """
    if asks:
        own = match["title"] and not names_question(match["title"])
        return cut(line, *match.span("title")) if own else cut(line, 0, 0)
    title = cut(line, *match.span("title" if match["title"] else "kind"))
    said = announced(title.text)
    return title if said and said.part is not Part.REMARK else None


def _blank(below: Line) -> Line:
    """The blank line above a block."""
    return Line(below.number - 1, below.offset - 1, "")


def _question(opening: Line, title: Line, body: Sequence[Line]) -> Iterator[Block]:
    """A callout that asks in its title or its first paragraph, as a heading and what is below."""
    below: Sequence[Block] = list(_unfolded(blocks(body), asking=()))
    if title.blank and below and below[0].shape is Shape.PARAGRAPH:
        first, *glued = split(below[0])
        below = [*glued, *below[1:]]
        yield Block(Shape.HEADING, first.lines, first.text, CALLOUT, OPENED)
        yield Block(Shape.HTML, (opening,), title, CALLOUT)
    else:
        yield Block(Shape.HEADING, (opening,), title, CALLOUT, OPENED)
    yield from below
    yield _end(opening, body, CALLOUT_END)


def _details(opening: Line, title: Line, body: Sequence[Line]) -> Iterator[Block]:
    yield Block(Shape.HTML, (opening,), cut(opening, 0, 0), DETAILS)
    yield Block(Shape.HTML, (opening,), title, SUMMARY)
    yield from blocks(body)
    yield _end(opening, body, DETAILS_END)


def _end(opening: Line, body: Sequence[Line], marker: str) -> Block:
    """A block without text behind a callout."""
    last = body[-1] if body else opening
    end = Line(last.number, last.end, "")
    return Block(Shape.HTML, (end,), end, marker)

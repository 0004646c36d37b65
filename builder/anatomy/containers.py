"""Containers of site generators: what folds an answer, asks a question, or only frames text.

    ::: details Answer       {% hint style="info" %}      {{< expand "Answer" >}}
    Paris                    Think of France              Paris
    :::                      {% endhint %}                {{< /expand >}}

What folds or answers becomes what a `<details>` becomes, what asks what a callout that asks does;
others only frame what they hold. A line that opens nothing is text, as it is on GitHub.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from builder.anatomy.callouts import CALLOUT, CALLOUT_END
from builder.anatomy.splitting import split
from builder.anatomy.wrappers import CLOSE, DETAILS, DETAILS_END, OPEN, SUMMARY, framed
from builder.scan import OPENED, Block, Line, Shape, blocks, cut
from builder.signals.directives import CLOSING, Directive, as_colons, directive, holds_markdown
from builder.signals.labels import counted
from builder.values import replace

_OPTION = re.compile(r"\s*:[\w-]+:(?=\s|$)")
_SETTING = re.compile(r"\s*[\w-]+:(?=\s|$)")
"""What MyST is told below a line that opens something: ":class: dropdown", or YAML."""

FARTHEST = 100
"""Blocks behind `{:else}` among which its end is looked for."""

DEEPEST = 3
"""How many fences within fences are opened; reading never recurses with its input."""


def opened(found: Sequence[Block]) -> Sequence[Block]:
    """Blocks with what containers hold in place of the containers."""
    for _ in range(DEEPEST):
        if not any(_is_container(block) for block in found if block.shape is Shape.FENCE):
            break
        found = [part for block in found for part in _unfenced(block)]
    if Shape.DIRECTIVE not in {block.shape for block in found}:
        return found
    found = [part for block in _first_branches(found) for part in _apart(block)]
    read = {at: said for at, block in enumerate(found)
            if block.shape is Shape.DIRECTIVE and (said := directive(block.text.text))}  # fmt: skip
    return list(_opened(found, read, _ends(read)))


# Lines apart -------------------------------------------------------------------------------


def _is_container(fence: Block) -> bool:
    return fence.text.text[:1] == "{" and holds_markdown(fence.text.text)


def _unfenced(block: Block) -> Iterator[Block]:
    """A fence that holds Markdown as what stands between two colon fences."""
    if block.shape is not Shape.FENCE or not _is_container(block):
        yield block
        return
    opening, *body = block.lines
    closing = [body.pop()] if body and block.closed else []
    yield _directive(opening)
    yield from blocks(body)
    yield from map(_directive, closing)


def _directive(fence: Line) -> Block:
    return Block(Shape.DIRECTIVE, (fence,), fence.showing(as_colons(fence.text)))


def _apart(block: Block) -> Sequence[Block]:
    """A block apart from what opens or closes a container in its line, or at its end."""
    if block.shape is not Shape.DIRECTIVE:
        return _without_closing(block)
    said = directive(block.text.text)
    rest = cut(block.text, said.stop) if said else block.text
    if said is None or rest.blank:
        return (block,)
    opening = cut(block.text, 0, said.stop)
    text = Block(Shape.PARAGRAPH, (rest,), rest)
    return (Block(Shape.DIRECTIVE, (opening,), opening), *_without_closing(text))


_HOLDERS = (Shape.PARAGRAPH, Shape.ITEM, Shape.HEADING)


def _without_closing(block: Block) -> Sequence[Block]:
    """A block apart from what closes a container at its end."""
    last = block.text if len(block.lines) == 1 else block.lines[-1]
    if block.shape not in _HOLDERS or last.text.rstrip()[-1:] != "}":
        return (block,)
    if not (match := CLOSING.search(last.text)):
        return (block,)
    closing, rest = cut(last, match.start()), cut(last, 0, match.start())
    end = Block(Shape.DIRECTIVE, (closing,), closing)
    if len(block.lines) > 1:
        return (replace(block, lines=(*block.lines[:-1], rest)), end)
    lines = (rest,) if block.shape is Shape.PARAGRAPH else block.lines
    return (replace(block, lines=lines, text=rest), end)


def _first_branches(found: Sequence[Block]) -> Iterator[Block]:
    """Blocks without what stands behind `{:else}` of Svelte, unless headings begin there.

    It says the same for another framework, and is left to be reported.
    """
    at = 0
    while at < len(found):
        stop = _end_of_branch(found, at) if _begins(found[at], "{:else") else at
        yield found[at]
        at = max(stop, at + 1)


def _end_of_branch(found: Sequence[Block], start: int) -> int:
    """Where another branch ends; where it begins, if it holds questions of its own."""
    for at in range(start + 1, min(len(found), start + FARTHEST)):
        if found[at].shape is Shape.HEADING:
            return start
        if _begins(found[at], "{/if"):
            return at
    return start


def _begins(block: Block, sign: str) -> bool:
    return block.shape is Shape.DIRECTIVE and block.text.text.lstrip().startswith(sign)


# What belongs together ---------------------------------------------------------------------


def _ends(read: Mapping[int, Directive]) -> dict[int, int]:
    """Where each container ends, by where it begins; what is never closed is not among them."""
    ends: dict[int, int] = {}
    begun: list[int] = []
    waiting: Counter[tuple[str, str]] = Counter()
    for at, one in read.items():
        if not one.closes:
            begun.append(at)
            waiting[one.key] += 1
        while one.closes and waiting[one.key]:
            start = begun.pop()
            key = read[start].key
            waiting[key] -= 1
            if key == one.key:
                ends[start] = at
                break
    return ends


# What becomes of them ----------------------------------------------------------------------

_TEXT = ""
"""The marker of what is text."""


def _opened(
    found: Sequence[Block], read: Mapping[int, Directive], ends: Mapping[int, int]
) -> Iterator[Block]:
    closing: dict[int, str] = {}
    at = 0
    while at < len(found):
        here, block, one = at, found[at], read.get(at)
        at += 1
        if one is None:
            yield _frame(block, _TEXT) if block.shape is Shape.DIRECTIVE else block
        elif one.closes:
            yield _frame(block, closing.get(here, CLOSE))
        elif one.literal or (here not in ends and one.way != ":" and not one.folds):
            closing[ends.get(here, here)] = _TEXT
            yield _frame(block, _TEXT)
        else:
            options, below, at = _options(found, at)
            title = cut(block.text, *one.title)
            asks = one.asks and not (here and _counts(found[here - 1]))
            below = [*options, *below]
            if one.folds or (not asks and _dropped_down(options)):
                closing[ends.get(here, here)] = DETAILS_END
                yield from _details(block, title)
            elif asks:
                closing[ends.get(here, here)] = CALLOUT_END
                if len(below) == len(options) and at < len(found) and at not in read:
                    below, at = [*below, found[at]], at + 1
                title = cut(title, 0, 0) if one.only_asks else title
                below = list(_question(block, title, below[: len(options)], below[len(options) :]))
            else:
                yield _frame(block, OPEN)
                if one.way == ":" and not title.blank:
                    yield Block(Shape.PARAGRAPH, (title,), title)
            yield from below


def _counts(above: Block) -> bool:
    """Whether a heading begins the question that stands in the container below."""
    return above.shape is Shape.HEADING and counted(above.text.text) is not None


def _options(found: Sequence[Block], at: int) -> tuple[list[Block], list[Block], int]:
    """The options below a line that opens something, what is left of their block, and where the
    next one stands."""
    first, second = (*found[at : at + 2], None, None)[:2]
    if first is None:
        return [], [], at
    if first.shape is Shape.RULE and second and second.shape is Shape.HEADING:
        told = all(_SETTING.match(line.text) for line in second.lines[:-1])
        return ([_frame(first, OPEN), _frame(second, OPEN)], [], at + 2) if told else ([], [], at)
    if first.shape is not Shape.PARAGRAPH or not _OPTION.match(first.text.text):
        return [], [], at
    end = next((n for n, line in enumerate(first.lines) if not _OPTION.match(line.text)),
               len(first.lines))  # fmt: skip
    told_by = replace(first, lines=first.lines[:end])
    return [_frame(told_by, OPEN)], list(blocks(first.lines[end:])), at + 1


def _dropped_down(options: Sequence[Block]) -> bool:
    """Whether options fold what stands below: ":class: tip, dropdown"."""
    return any("dropdown" in line.text for block in options for line in block.lines)


def _details(block: Block, title: Line) -> Iterator[Block]:
    yield _frame(block, DETAILS)
    if not title.blank:
        yield Block(Shape.HTML, block.lines, title, SUMMARY)


def _question(
    block: Block, title: Line, options: Sequence[Block], below: Sequence[Block]
) -> Iterator[Block]:
    """What asks: in its title, or else in the first paragraph or heading below."""
    first = below[0] if below else None
    if not title.blank or first is None or first.shape not in (Shape.PARAGRAPH, Shape.HEADING):
        yield Block(Shape.HEADING, block.lines, title, CALLOUT, OPENED)
        yield from options
        yield from below
        return
    asked, *glued = split(first)
    yield Block(Shape.HEADING, asked.lines, asked.text, CALLOUT, OPENED)
    yield _frame(block, CALLOUT)
    yield from options
    yield from glued
    yield from below[1:]


def _frame(block: Block, marker: str) -> Block:
    """A line that is not shown; without a marker it is text."""
    if marker == _TEXT:
        return Block(Shape.PARAGRAPH, block.lines, cut(block.lines[0], 0))
    return framed(block, marker)

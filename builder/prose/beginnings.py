"""What may begin a block of Markdown in a line, and the block that it begins."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.etree.ElementTree import SubElement

from builder.prose.blocks import Item, List, Paragraph, Quote, Rule, Table
from builder.prose.formulas import opens_block
from builder.prose.tables import alignments, cells
from builder.prose.tags import block_end
from builder.prose.verbatim import Fence, Formula, HtmlBlock

if TYPE_CHECKING:
    from builder.prose.structure import Structure

DEEPEST = 50
"""Blocks within more blocks than this are text; no reader could tell them apart."""

_MARKER = re.compile(r"(?:([-*+])|([0-9]{1,9})([.)]))( *)(?=(.?))")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_UNDERLINE = re.compile(r"(?:=++|-++)[ \t]*$")
_RULE = re.compile(r"(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)$")
_FENCE = re.compile(r"(`{3,}+)([^`]*)$|(~{3,}+)(.*)$")
_TASK = re.compile(r"\[([ xX])\][ \t]+")

TAKEN = "\n"
"""What a beginning returns that has taken the whole line; no line holds it."""


def _quote(structure: Structure, text: str, _indent: int) -> str | None:
    if len(structure.stack) > DEEPEST:
        return None
    structure.open(Quote(structure.place(), structure.number))
    return text[2:] if text.startswith("> ") else text[1:]


def _heading(structure: Structure, text: str, _indent: int) -> str | None:
    match = _HEADING.match(text)
    if match is None:
        return None
    title = text[match.end() :].rstrip(" \t")
    bare = title.rstrip("#")
    if not bare or bare.endswith((" ", "\t")):
        title = bare.rstrip(" \t")
    SubElement(structure.place(), f"h{len(match[1])}").text = title
    structure.top().end = structure.number
    return TAKEN


def _fence(structure: Structure, text: str, indent: int) -> str | None:
    match = _FENCE.match(text)
    if match is None:
        return None
    fence, info = (match[1], match[2]) if match[1] else (match[3], match[4])
    structure.open(
        Fence(structure.place(), structure.number, structure.labels, fence, indent, info)
    )
    return TAKEN


def _html(structure: Structure, text: str, indent: int) -> str | None:
    until = block_end(text, isinstance(structure.top(), Paragraph))
    if until is False:
        return None
    block = HtmlBlock(structure.place(), structure.number, structure.labels, until)
    structure.open(block, " " * indent + text)
    return TAKEN


def _formula(structure: Structure, text: str, _indent: int) -> str | None:
    closing = opens_block(structure.lines, structure.number - 1, text)
    if closing is None:
        return None
    block = Formula(structure.place(), structure.number, structure.labels, closing)
    structure.open(block, text)
    return TAKEN


def _underline(structure: Structure, text: str, _indent: int) -> str | None:
    """The line under a heading, whose text is the paragraph above it."""
    paragraph = structure.top()
    if not isinstance(paragraph, Paragraph) or not _UNDERLINE.match(text):
        return None
    if title := paragraph.text():
        structure.stack.pop()
        structure.matched -= 1
        paragraph.element.tag, paragraph.element.text = "h1" if text[0] == "=" else "h2", title
        structure.top().end = structure.number
    else:  # nothing but definitions of links
        paragraph.lines = [text]
    return TAKEN


def _rule(structure: Structure, text: str, _indent: int) -> str | None:
    if not _RULE.match(text):
        return None
    structure.open(Rule(structure.place(), structure.number))
    return TAKEN


def _item(structure: Structure, text: str, indent: int) -> str | None:
    match = _MARKER.match(text)
    if match is None or len(structure.stack) > DEEPEST:
        return None
    bullet, number, dot, space, following = match.groups()
    if following and not space:
        return None
    container = structure.top()
    if isinstance(container, Paragraph) and (not following or int(number or 1) != 1):
        return None
    width = match.end() if following and len(space) < 5 else match.start(4) + 1
    marker = bullet or dot
    if isinstance(container, List) and container.marker == marker:
        structure.place(in_list=True)
    else:
        structure.open(List(structure.place(), structure.number, marker, number or ""))
    parent = structure.stack[-1].element
    structure.open(Item(parent, structure.number, indent + width))
    rest = text[width:]
    if task := _TASK.match(rest):
        rest = ("\u2610 " if task[1] == " " else "\u2611 ") + rest[task.end() :]
    return rest


def _table(structure: Structure, text: str, _indent: int) -> str | None:
    """The line under the header of a table, which is the last line of a paragraph."""
    paragraph = structure.top()
    if not isinstance(paragraph, Paragraph) or paragraph.no_table:
        return None
    aligned = alignments(text)
    if not aligned:
        return None
    header = cells(paragraph.lines[-1])
    if len(header) != len(aligned):
        paragraph.no_table = True  # as on GitHub
        return None
    paragraph.lines = [line.replace("\\|", "|") for line in paragraph.lines[:-1]]  # as GitHub
    structure.close(structure.matched - 1)
    parent = structure.place()
    structure.open(Table(parent, structure.number, structure.labels, aligned, header))
    return TAKEN


BEGINNINGS: dict[str, tuple[Callable[[Structure, str, int], str | None], ...]] = {
    ">": (_quote,),
    "#": (_heading,),
    "`": (_fence,),
    "~": (_fence,),
    "<": (_html,),
    "$": (_formula,),
    "\\": (_formula,),
    "=": (_underline,),
    "-": (_underline, _rule, _item, _table),
    "*": (_rule, _item),
    "+": (_item,),
    "_": (_rule,),
    "|": (_table,),
    ":": (_table,),
    **dict.fromkeys("0123456789", (_item,)),
}
"""What may begin with a character, in the order in which it is tried."""

"""Links that lead nowhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from builder.items import Quiz
from builder.patterns import late
from builder.rules import WARNING, Finding, each_page
from builder.scan import Block, Line, Page, Shape
from builder.signals import bare
from builder.source import Span

_TO_ANCHOR = re.compile(r"\]\(\s*<?#(?P<anchor>[^)\s>]+)")
_MAY_LEAD_HERE = re.compile(r"\]\((?:[^\n#\]]|\](?!\())*+#")  # no look goes beyond the next link
_NAMED = late(r"""<[a-z][^>]*?\s(?:id|name)\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_LITERAL = (Shape.FENCE, Shape.CODE, Shape.FRONT_MATTER)


@each_page(WARNING)
def broken_anchor(quiz: Quiz, page: Page) -> Iterator[Finding]:
    """A link to a section of the same file that does not exist.

    A table of contents often outlives its sections, or promises sections that were never
    written. The anchor of a heading is its text in lower case, without punctuation, with dashes
    for spaces, as GitHub makes it (https://docs.github.com/en/get-started/writing-on-github,
    "Section links").

    Example: `[Задание 2](#задание-2)` in a file without a heading `Задание 2`.

    Instead: write the section, or take the link out.
    """
    if not _MAY_LEAD_HERE.search(quiz.source.text):
        return
    links = [
        (line, match)
        for line in _lines_with_links(page)
        for match in _TO_ANCHOR.finditer(_without_code(line.text))
    ]
    anchors = _anchors(page.blocks) if links else frozenset()
    for line, match in links:
        anchor = unquote(match["anchor"])
        if anchor.casefold() not in anchors:
            yield Finding(
                quiz.place(_span(line, *match.span("anchor"))),
                f"no section “{anchor}” in this file",
                "write the section, or take the link out",
            )


def _lines_with_links(page: Page) -> Iterator[Line]:
    for block in page.blocks:
        if block.shape not in _LITERAL:
            yield from (line for line in block.lines if "](" in line.text)


def _without_code(text: str) -> str:
    return _CODE.sub(lambda code: " " * len(code[0]), text)


def _span(line: Line, start: int, end: int) -> Span:
    return Span(line.offset + start, line.offset + end)


def _anchors(blocks: Sequence[Block]) -> frozenset[str]:
    """The anchors that GitHub gives the headings, and those that the author named in HTML."""
    seen: Counter[str] = Counter()
    anchors = set()
    for block in blocks:
        if block.shape is Shape.HEADING:
            slug = re.sub(r"[^\w\- ]", "", bare(block.text.text).casefold()).replace(" ", "-")
            anchors.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
            seen[slug] += 1
        elif block.shape not in _LITERAL:
            for line in block.lines:
                anchors.update(name.casefold() for name in _NAMED.findall(line.text))
    return frozenset(anchors)


_SPACED = re.compile(r"(?<!!)\[[^\[\]\n]+\]\((?P<target>https?://[^\s()\"'<>]+ +[^()\"'<>\n]*)\)")
_LABELLED = re.compile(
    r"(?<![\w\])\\])(?P<text>\[[^\[\]\n]{2,}\])\[(?P<label>[^\[\]\n]*[^\W\d_]{3}[^\[\]\n]*)\](?![\[(:])"
)
_MAY_LINK = re.compile(r"\](?=[(\[])")
_DEFINED = re.compile(r"^[ \t>]{0,8}\[([^\]\n]+)\]:[ \t]*\S", re.MULTILINE)


@each_page(WARNING)
def broken_link(quiz: Quiz, page: Page) -> Iterator[Finding]:
    """A link with a space in its address, or to a label that is defined nowhere.

    Instead of a link, a reader sees the brackets. A link without an address is told by
    removed-html.

    Example: `[docs](https://example.org/my page)`, `[docs][manual]` without a line
    `[manual]: https://…`.

    Instead: `[docs](https://example.org/my%20page)`.
    """
    text = quiz.source.text
    if not _MAY_LINK.search(text):
        return
    for start, prose in _running_text(page):
        for match in _SPACED.finditer(prose):
            where = Span(start + match.start("target"), start + match.end("target"))
            yield Finding(quiz.place(where), "a space in an address", "write %20 for the space")
        for match in _LABELLED.finditer(prose):
            label = " ".join(match["label"].split()).casefold()
            if label not in _defined(text):
                where = Span(start + match.start("label"), start + match.end("label"))
                yield Finding(
                    quiz.place(where),
                    f"no address is given for “{match['label']}”",
                    f"write a line [{match['label']}]: https://…",
                )


def _defined(text: str) -> frozenset[str]:
    return frozenset(" ".join(label.split()).casefold() for label in _DEFINED.findall(text))


_PROTECTED = re.compile(
    r"(`+)(?!`).*?(?<!`)\1(?!`)|\$[^$\n]+\$|^[ \t>]*(?:```|~~~).*?(?:```|~~~|\Z)",
    re.DOTALL | re.MULTILINE,
)


def _running_text(page: Page) -> Iterator[tuple[int, str]]:
    """Blocks that may hold links, with blanks for code and formulas, and where each begins."""
    for block in page.blocks:
        if block.shape in _LITERAL or not any(
            "](" in ln.text or "][" in ln.text for ln in block.lines
        ):
            continue
        span = block.span
        text = page.source.text[span.start : span.end]
        yield span.start, _PROTECTED.sub(lambda code: " " * len(code[0]), text)

"""Markup that does something else than its author meant."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from builder.items import Item, Quiz
from builder.model import Passage
from builder.patterns import late
from builder.prose.beginnings import DEEPEST
from builder.prose.tags import first_of, last_of, tag_end
from builder.remembering import remembered
from builder.rules import INFO, WARNING, Finding, each_page, each_question
from builder.scan import Block, Page, Shape, blocks, inside
from builder.wordings import blank

# Fences -------------------------------------------------------------------------------------

_HOLDERS = (Shape.ITEM, Shape.QUOTE)
_FENCES = [re.compile(sign) for sign in ("```", "~~~")]  # to look for both at a time is far slower
_NAMED_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*[A-Za-z][\w+#-]*[ \t]*$")


@each_page(WARNING)
def unclosed_block(quiz: Quiz, page: Page) -> Iterator[Finding]:
    """A fence of code, a comment or front matter without an end.

    It swallows what stands below: down to the end of the file or of the list item, or to the
    next fence, whose end is then taken for its own.

    Example: three backticks above some code, and none below it.

    Instead: close it with a line of the same signs.
    """
    fences = sorted([f.start() for sign in _FENCES for f in sign.finditer(quiz.source.text)])
    for block in _closable(page.blocks, fences):
        if not block.closed:
            message = f"this {block.shape} is never closed, so it reaches to the end"
        elif block.shape is Shape.FENCE and _opens_again(block):
            message = "another fence begins inside this one, so this one was not closed"
        else:
            continue
        end = block.marker or "-->"
        yield Finding(
            quiz.place(block.lines[0].span),
            message,
            f"write {end} on a line of its own where it ends",
        )


def _closable(found: tuple[Block, ...], fences: Sequence[int], depth: int = 0) -> Iterator[Block]:
    """Blocks that may be left open, those in lists and quotes too, as deep as cards show them.

    `fences` are the places, in these blocks, of all that may begin or end a fence.
    """
    left_open = {number for number, block in enumerate(found) if not block.closed}
    fenced = {bisect_right(found, at, key=_start) - 1 for at in fences}
    for block in [found[number] for number in sorted(left_open | fenced - {-1})]:
        if block.shape in _HOLDERS:
            if depth == DEEPEST:
                continue
            first, last = (bisect_left(fences, at) for at in (_start(block), block.lines[-1].end))
            yield from _closable(blocks(inside(block)), fences[first:last], depth + 1)
        elif block.shape is Shape.FENCE or not block.closed:
            yield block


def _start(block: Block) -> int:
    return block.lines[0].offset


def _opens_again(fence: Block) -> bool:
    """Whether a line inside begins a fence with a language, which cannot end this one."""
    inner = (_NAMED_FENCE.match(line.text.lstrip()) for line in fence.lines[1:])
    return any(match and match[1] == fence.marker for match in inner)


# Formulas and tags, which no code, comment or formula may hide --------------------------------

_LITERAL = re.compile(
    r"""
      ^[ \t>]*(?P<fence>`{3,}|~{3,}).*?(?:^[ \t>]*(?P=fence)|\Z)
    | (?<![`\\])(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)
    | <!--.*?(?:-->|\Z)
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)


def _with_blanks(passage: Passage) -> str:
    """The text of a part of a question, with blanks for code."""
    return _LITERAL.sub(blank, passage.markdown)


_TEX = re.compile(r"\\[A-Za-z]+|[\^_]\{|\^[A-Za-z0-9\\]|\b[A-Za-z]_[A-Za-z0-9]\b")
_BEGINS_TEX = re.compile(rf"[\w()+.-]{{0,6}}?(?:{_TEX.pattern})")
_DISPLAY = re.compile(r"(?<!\\)\$\$")
_BRACKET = re.compile(r"(?<!\\)\\([()\[\]])")
_DOLLAR = re.compile(r"(?<![\\$\w])\$(?![\s$`])")
_PAIR = re.compile(r"(?<![\\$])\$(?!\$)[^$\n]+?(?<!\\)\$(?!\$)")


@each_question(WARNING)
def unclosed_formula(item: Item) -> Iterator[Finding]:
    r"""A formula without an end.

    Its TeX is shown as it was typed. What looks like a price or a shell variable is let pass: a
    lone dollar counts only where TeX follows it in its line.

    Example: `$$ E = mc^2`, `\( x_1`, `$\frac{1}{2}`.

    Instead: `$$ E = mc^2 $$`, `\( x_1 \)`, `$\frac{1}{2}$`.
    """
    for passage in item.passages:
        if "$" not in passage.markdown and "\\" not in passage.markdown:
            continue
        for at, sign in _open_formulas(_with_blanks(passage)):
            closing = {"\\(": "\\)", "\\[": "\\]"}.get(sign, sign)
            yield Finding(
                item.manuscript.place(item.manuscript.locate(passage, at, at + len(sign))),
                "this formula is never closed",
                f"write {closing} where it ends",
            )


def _open_formulas(text: str) -> Iterator[tuple[int, str]]:
    doubles = [match.start() for match in _DISPLAY.finditer(text)]
    if len(doubles) % 2 and _TEX.search(text, doubles[-1]):
        yield doubles[-1], "$$"
    opened: re.Match[str] | None = None
    rest = _Rest(text)
    for match in _BRACKET.finditer(text):
        if match[1] in ")]":
            opened = None
        elif opened is None and rest.is_tex(match.end(), match[1]):
            opened = match
    if opened:
        yield opened.start(), opened[0]
    unpaired = _PAIR.sub(lambda pair: " " * len(pair[0]), text)
    for match in _DOLLAR.finditer(unpaired):
        if _BEGINS_TEX.match(unpaired, match.end()):
            yield match.start(), "$"


class _Rest:
    """What follows places of a text in their lines: asked from left to right, it looks once."""

    def __init__(self, text: str) -> None:
        self._text, self._end, self._tex = text, -1, -1

    def is_tex(self, at: int, bracket: str) -> bool:
        """Whether what follows an escaped bracket is TeX, and not a plain text in brackets."""
        if at > self._end:
            self._look(at)
        if -1 < self._tex < at:
            self._tex = self._find(at)
        closing = {"(": ")", "[": "]"}[bracket]
        return self._tex >= 0 and (self._last[closing] < at or self._last["\\"] >= at)

    def _look(self, at: int) -> None:
        end = self._text.find("\n", at)
        self._end = end if end >= 0 else len(self._text)
        self._last = {sign: self._text.rfind(sign, at, self._end) for sign in ")]\\"}
        self._tex = self._find(at)

    def _find(self, at: int) -> int:
        found = _TEX.search(self._text, at, self._end)
        return found.start() if found else -1


_MAY_BE_TAG = re.compile("<[/A-Za-z]")
_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+)"""
_TAG = late(
    rf"(?<!\\)<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*{_VALUE})?)*\s*)/?>"
)
_NAMES_IT = late(r"\b(?:the|an?|tags?|elements?|тег\w*|элемент\w*)[ \"'“«(]*$", re.IGNORECASE)
_LONGEST_NAME = 50  # characters of what names a tag before it
_NAMED = late(r"[ \"'”»)]*(?:html )?(?:tags?|elements?|тег\w*|элемент\w*)\b", re.IGNORECASE)
_BEGINS_LINE = late(r"^[^\S\n]*+<", re.MULTILINE)
_NEEDS_NO_END = "area br col hr img li p source td th tr track wbr dt dd"


@each_question(WARNING)
def vanishing_tag(item: Item) -> Iterator[Finding]:
    """A tag of HTML that does what it says, where its author seems to speak of it.

    A reader sees nothing of it: "What is the  tag for?". Found where "tag", "тег" and the like
    stand beside it, and for a block of HTML that begins with a tag and never ends it.

    Example: `Для чего нужен тег <br>?`

    Instead: ``Для чего нужен тег `<br>`?``
    """
    for passage, text in _with_tags(item):
        for tag in _TAG.finditer(text):
            if tag_end(text, tag.start()) and (_is_a_noun(text, tag) or _opens_for_good(text, tag)):
                yield Finding(
                    item.manuscript.place(item.manuscript.locate(passage, *tag.span())),
                    f"{tag[0]} is taken for HTML, so nobody sees it",
                    f"write `{tag[0]}`",
                )


def _with_tags(item: Item) -> Iterator[tuple[Passage, str]]:
    """The parts of a question that may hold a tag, and their text."""
    for part in item.passages:
        if "<" in part.markdown and _MAY_BE_TAG.search(part.markdown):
            yield part, _with_blanks(part)


def _is_a_noun(text: str, tag: re.Match[str]) -> bool:
    """Whether a tag stands where a noun would: "the <br> tag", "тег <br> нужен"."""
    line = text.rfind("\n", max(0, tag.start() - _LONGEST_NAME), tag.start()) + 1
    begin = line or max(0, tag.start() - _LONGEST_NAME)
    names_it = _NAMES_IT.search(text, begin, tag.start()) or _NAMED.match(text, tag.end())
    return bool(names_it) and not tag[3] and not _has_partner(text, tag)


def _has_partner(text: str, tag: re.Match[str]) -> bool:
    name = tag[2].lower()
    if tag[1]:
        return -1 < first_of(text, f"<{name}") < tag.start()
    return last_of(text, f"</{name}") >= tag.end()


def _opens_for_good(text: str, tag: re.Match[str]) -> bool:
    """Whether a tag begins a line, and with it a block of HTML, and has no end below."""
    name = tag[2].lower()
    if tag[1] or tag[3] or name in _NEEDS_NO_END.split() or _has_partner(text, tag):
        return False
    return tag.start() in _begins_lines(text)


@remembered(1)
def _begins_lines(text: str) -> frozenset[int]:
    """Where something stands that may be a tag, and nothing but spaces before it in its line."""
    return frozenset(found.end() - 1 for found in _BEGINS_LINE.finditer(text))


@each_question(INFO)
def tag_like_text(item: Item) -> Iterator[Finding]:
    """Text that looks like a tag, such as the `<int>` of `vector<int>`.

    On the cards it is shown as it was typed. On GitHub, and in most of what else shows the file,
    it vanishes.

    Example: `Что хранит vector<int>?`

    Instead: ``Что хранит `vector<int>`?``
    """
    for passage, text in _with_tags(item):
        for tag in _TAG.finditer(text):
            if not tag_end(text, tag.start()):
                yield Finding(
                    item.manuscript.place(item.manuscript.locate(passage, *tag.span())),
                    f"{tag[0]} is shown on cards, but not on GitHub",
                    f"write `{tag[0]}`",
                )

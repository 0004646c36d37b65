"""Cards as notes hold them: "question::answer", "- **Q:** asked — **A:** answered", a lone "?".

    What does ReLU do?::It zeroes what is negative.

    What does Dropout do?
    ?
    It zeroes at random.

    What does GELU do? #card        ## What is a loss?
    It is smooth.                   %
                                    What is made small.

The signs "::" and "?" mean much else, so they count in notes only that name flashcards: with the
tag that the plugins for Obsidian ask for, in a title, or in front matter; or with the comments in
which a plugin remembers reviews, "<!--SR:!2025-11-17,195,310-->". A tag behind what is asked, as
Logseq has it too, is not shown; nor are Logseq's properties, "card-last-interval:: 4". A "%" is how
mdanki parts a question from its answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile, zip_longest

from builder.patterns import late
from builder.scan import OPENED, Block, Line, Shape, cut
from builder.values import replace

_TAGGED = re.compile(r"flash-?cards?\b|#cards?\b|<!--SR:", re.IGNORECASE)
_SIGNS = ("lash", "LASH", "#c", "#C", "<!--SR:")
"""One of these stands in each of them; they are found sooner."""
_TAG = re.compile(r"\s+#(?:flash-?)?cards?(?:/[\w/-]*)?\s*$", re.IGNORECASE)
_PROPERTY = re.compile(r"\s*[\w-]+:: ")
_PAIR = re.compile(r"(?P<asked>[^\s:`](?:[^:`]|:(?!:)|`[^`]*`)*?)\s?:::?\s?(?=[^\s:])")
_INLINE = late(
    r"[*_]{0,3}Q\d{0,3}\s?[:.][*_]{0,3}\s{1,3}(?P<asked>\S.*?)\s{1,3}"
    r"(?:[-–—|]\s{1,3})?[*_]{0,3}A[:.][*_]{0,3}\s{1,3}"
)
_TURN = frozenset(("?", "??"))
_SHAPES = (Shape.PARAGRAPH, Shape.ITEM)
_SIDES = {
    "front": "back",
    "question side": "answer side",
    "лицо": "оборот",
    "лицевая сторона": "оборотная сторона",
    "vorderseite": "rückseite",
    "recto": "verso",
    "anverso": "reverso",
    "frente": "verso",
}
"""Headings above what is asked, and those above what answers it."""
_SIDE_STARTS = frozenset("*_: ").union(*(side[0] + side[0].upper() for side in _SIDES))
"""The first characters of the former, so that most headings need no closer look."""


def cards(found: Sequence[Block], text: str) -> Sequence[Block]:
    """Some blocks of a file with some text, in which cards are questions with an answer below."""
    headings = [block for block in found if block.shape is Shape.HEADING]
    if any(_side(block) in _SIDES for block in headings if block.text.text[:1] in _SIDE_STARTS):
        found = list(_turned(found))
    tagged = any(sign in text for sign in _SIGNS) and _name_cards(found)
    if not (tagged or "Q" in text or "%" in text):
        return found
    parts: list[Block] = []
    for block, below in zip_longest(found, found[1:]):
        if (tagged or "Q" in block.text.text[:4]) and block.shape in _SHAPES:
            glued = below is not None and below.first == block.last + 1
            parts += list(_cards(block, tagged, glued)) or (block,)
        elif tagged and block.shape is Shape.HEADING and _TAG.search(block.text.text):
            parts += untagged(replace(block, level=OPENED))
        elif block.shape is Shape.PARAGRAPH and block.text.text == "%" and len(block.lines) == 1:
            parts += _answer((block.text.showing(""),))
        else:
            parts.append(block)
    return parts


def untagged(asked: Block) -> Sequence[Block]:
    """What asks, without a tag that only calls it a card, and without Logseq's properties."""
    tag = _TAG.search(asked.text.text)
    if tag is None:
        return (asked,)
    below = asked.lines[1:]
    properties = tuple(takewhile(lambda line: _PROPERTY.match(line.text), below))
    lines = (asked.lines[0], *below[len(properties) :])
    own = replace(asked, text=cut(asked.text, 0, tag.start()), lines=lines)
    return (own, Block(Shape.HTML, properties, properties[0], "::")) if properties else (own,)


def _side(heading: Block) -> str:
    return heading.text.text.strip("*_: ").casefold()


def _turned(found: Sequence[Block]) -> Iterator[Block]:
    """Blocks in which "### Front" and "### Back" frame a question and announce its answer."""
    back, asks = "", False
    for block in found:
        name = _side(block) if block.shape is Shape.HEADING else ""
        if name in _SIDES:
            back, asks = _SIDES[name], True
            yield Block(Shape.HTML, block.lines, block.text, "front")
        elif name and name == back:
            back, asks = "", False
            yield from _answer((block.text.showing(""),))
        elif asks and block.shape is Shape.PARAGRAPH:
            asks = False
            yield _asked((block.text, *block.lines[1:]))
        else:
            yield block


def _name_cards(found: Sequence[Block]) -> bool:
    """Whether some blocks, those of code aside, say that they hold flashcards."""
    spoken = [block for block in found if block.shape is not Shape.FENCE]
    return bool(_TAGGED.search("\n".join([line.text for block in spoken for line in block.lines])))


def _cards(block: Block, tagged: bool, glued: bool) -> Iterator[Block]:
    """The cards of a block, nothing unless it begins with one.

    An answer may be a list or a fence `glued` to the block.
    """
    turn = _turn(block) if tagged and block.shape is Shape.PARAGRAPH else 0
    if 0 < turn < len(block.lines) - 1:
        yield _asked(block.lines[:turn])
        yield Block(Shape.HTML, (block.lines[turn],), block.lines[turn], "?")
        yield from _answer(block.lines[turn + 1 :])
        return
    if turn and glued:
        yield _asked(block.lines[:turn])
        yield from _answer((block.lines[turn].showing(""),))
        return
    lines = (block.text, *block.lines[1:])
    tag = _TAG.search(block.text.text) if tagged and block.shape is Shape.PARAGRAPH else None
    if tag and (len(lines) > 1 or glued):
        yield _asked((cut(block.text, 0, tag.start()),))
        yield from _answer(lines[1:] or (block.text.showing(""),))
        return
    found = [_split(line, tagged) for line in lines]
    if found[0] is None:
        return
    for line, match in zip(lines, found, strict=True):
        if match:
            yield _asked((cut(line, *match.span("asked")),))
            yield from _answer((cut(line, match.end()),))
        else:
            yield Block(Shape.PARAGRAPH, (line,), cut(line, 0))


def _turn(block: Block) -> int:
    """The place of the line that parts what is asked from the answer; 0 if there is none."""
    return next((at for at, line in enumerate(block.lines) if line.text.strip() in _TURN), 0)


def _split(line: Line, tagged: bool) -> re.Match[str] | None:
    if tagged and "::" in line.text and (match := _PAIR.match(line.text)):
        return match
    return _INLINE.match(line.text) if "Q" in line.text[:4] else None


def _asked(lines: Sequence[Line]) -> Block:
    return Block(Shape.HEADING, tuple(lines), cut(lines[0], 0), "-", OPENED)


def _answer(lines: Sequence[Line]) -> Iterator[Block]:
    first = lines[0]
    shown = first.showing(f"Answer: {first.text.strip()}")
    yield Block(Shape.PARAGRAPH, (shown, *lines[1:]), shown)

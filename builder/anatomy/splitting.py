"""Lines of a paragraph that are blocks of their own: options, answers, another question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from builder.scan import Block, Line, Shape, cut
from builder.signals.announcements import ANSWERED, ASKED, announced
from builder.signals.labels import (
    INLINE_DRAWN,
    INLINE_LABEL,
    LABEL,
    NUMBER_DRAWN,
    counted,
    places,
    plain,
    typed,
)
from builder.signals.marks import BOX, SIGN

BULLETS = "•◦‣▪·●🔹🔸🔷🔶"
"""Signs that begin an item, though Markdown knows them not."""
_DASHES = "-*+–—"
LONGEST_LINE = 2_000
"""Options are looked for inside lines up to this length."""


def split(block: Block) -> Sequence[Block]:
    """A paragraph cut where a line begins an option, an answer or another question."""
    if block.shape is not Shape.PARAGRAPH or _is_plain_line(block):
        return (block,)
    lines = [part for line in block.lines for part in inline_options(line)]
    cuts: set[int] = set()
    labels: list[tuple[int, str]] = []
    dashes: list[int] = []
    buttons: list[int] = []
    answered = _is_asked(block.text.text)
    for number, line in enumerate(lines):
        text = line.text.strip()
        if text[:1] == "(" and BOX.match(text):
            buttons.append(number)
        if answered and ANSWERED.match(text):
            cuts.add(number)
            labels.append((number, text.lstrip("*_")[0].casefold()))  # "A. one", "B. two"
        elif _opens_option(text) or _drawn(text) or (answered and ASKED.match(text)):
            cuts.add(number)
        elif match := LABEL.match(text) or LABEL.match(text.lstrip("*_")):
            labels.append((number, plain(match["label"])))
        elif text[:1] in _DASHES and text[1:2].isspace():
            dashes.append(number)
        elif _announces(text):
            cuts.add(number)
    cuts |= _run_of_labels(labels)
    if len(dashes) > 1 or (dashes and _boxed(lines[dashes[0]].text.strip()[1:].lstrip())):
        cuts.update(dashes)
    if len(buttons) > 1:
        cuts.update(buttons)
    if not cuts and (found := starred(lines)):
        return found
    bounds = [0, *sorted(cuts - {0}), len(lines)]
    if len(bounds) == 2 and 0 not in cuts:
        return (block,)
    return [_piece(lines[at:end]) for at, end in pairwise(bounds)]


def _is_asked(text: str) -> bool:
    """Whether a line asks what one that begins with "A:" or "A." answers: "Q:", "**Q1.** What"."""
    count = counted(text)
    return bool(ASKED.match(text)) or (count is not None and count.word.casefold() in _ASKERS)


_STAR = re.compile(r"\*(?=[^\s*])(?P<before>[^*]+)$|(?P<behind>[^*]*[^\s*])\*$")


def starred(lines: Sequence[Line]) -> Sequence[Block]:
    """A question and its options on lines of their own, of which a star marks the right ones."""
    if len(lines) < 3 or not (
        lines[0].text.rstrip().endswith(("?", ":")) or counted(lines[0].text)
    ):
        return ()
    stars = [_STAR.match(line.text.strip()) for line in lines[1:]]
    if not any(stars) or all(stars):
        return ()
    options = []
    for line, star in zip(lines[1:], stars, strict=True):
        text = cut(line, 0)
        if star:
            shown = cut(text, *star.span("before" if star["before"] else "behind"))
            text = shown.showing(f"✅ {shown.text}")
        options.append(Block(Shape.ITEM, (line,), text, "-", 2))
    return [_piece(lines[:1]), *options]


_ASKERS = frozenset(("q", "question", "в", "вопрос"))


def _opens_option(text: str) -> bool:
    return text[:1] in BULLETS or bool(SIGN.match(text)) or _boxed(text)


def _is_plain_line(block: Block) -> bool:
    """Whether a paragraph is one line that begins as text does, or bold, and names no options."""
    text = block.text.text
    if len(block.lines) > 1 or not (text[:1].isalnum() or text[:2] in _BOLD):
        return False
    return text.count(")") < 2 and "②" not in text and not _drawn(text)


_BOLD = ("**", "__")


def _drawn(text: str) -> re.Match[str] | None:
    """The number at the beginning of a line that is a picture: "1️⃣", "②"."""
    return None if text[:3].isascii() else NUMBER_DRAWN.match(text)


def _announces(text: str) -> bool:
    count = counted(text)
    return announced(text) is not None or bool(count and count.word)


def _boxed(text: str) -> bool:
    match = BOX.match(text)
    return match is not None and match["round"] is None


def _piece(lines: Sequence[Line]) -> Block:
    text = cut(lines[0], 0)
    if number := _drawn(text.text):
        marker = f"{typed(number['label'])}."
        return Block(Shape.ITEM, tuple(lines), cut(text, number.end()), marker, 2)
    if text.text[:1] in BULLETS + _DASHES and text.text[1:2].isspace():
        return Block(Shape.ITEM, tuple(lines), cut(text, 1), text.text[0], 2)
    return Block(Shape.PARAGRAPH, tuple(lines), text)


def _run_of_labels(labels: Sequence[tuple[int, str]]) -> set[int]:
    """The lines whose labels count up from the first letter or number."""
    found: set[int] = set()
    run: list[int] = []
    active: set[int] = set()
    for number, label in labels:
        at = places(label)
        if following := {alphabet for alphabet, place in at if place == len(run)} & active:
            active = following
            run.append(number)
            found.update(run[-2:])
        elif first := {alphabet for alphabet, place in at if place == 0}:
            active, run = first, [number]
    return found


def inline_options(line: Line) -> Sequence[Line]:
    """A line cut at its options: "Which one? A) this B) that C) both"."""
    drawn = "②" in line.text
    if not (drawn or line.text.count(")") > 1) or len(line.text) > LONGEST_LINE:
        return (line,)
    found = list((INLINE_DRAWN if drawn else INLINE_LABEL).finditer(line.text))
    labels = [(number, plain(match["label"])) for number, match in enumerate(found)]
    run = sorted(_run_of_labels(labels))
    if len(run) < (2 if run and not line.text[: found[run[0]].start()].strip() else 3):
        return (line,)
    bounds = [0, *(found[number].start() for number in run), len(line.text)]
    parts = [cut(line, at, end) for at, end in pairwise(bounds)]
    return [part for part in parts if not part.blank]

"""What an option shows of itself: boxes, ticks, letters, emphasis, and the text without them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from builder.scan import Line, cut
from builder.signals.labels import LABEL
from builder.signals.marks import BOX, SIGN, trailing


@dataclass(frozen=True, slots=True)
class Face:
    """What the first line of a block shows.

    `box` is what stands in a check box, "" in an empty one, None without a box; `round` says that
    it is a radio button. `sign` is one of `signals.marks`. `label` is the letter or number that
    `text` is called by, and `labelled` the text with it. `emphasis` is the markup that embraces
    all of the text, `bullet` that of an item.
    """

    text: Line
    labelled: Line
    box: str | None = None
    round: bool = False
    sign: str = ""
    label: str = ""
    emphasis: str = ""
    bullet: str = ""


_CLOSING = {"<b>": "</b>", "<strong>": "</strong>", "<u>": "</u>", "<mark>": "</mark>"}
_OPENING = re.compile(r"(\*{1,3}|_{1,3}|<(?:b|strong|u|mark)>|==)\s{0,3}", re.IGNORECASE)
_AFTER_SIGN = re.compile(r"[\s:.\-–—]*(?=\S|$)")
_GAP = re.compile(r"[\s\u200b\u200c\u2060\ufeff]*")


class _Front(NamedTuple):
    """What stands before the text: where the text begins, with and without its label."""

    at: int
    labelled: int
    box: str | None
    round: bool
    sign: str
    label: str
    opened: str


def face(line: Line) -> Face:
    """Takes the signs off both ends of a line, in whatever order they stand."""
    text = line.text
    front = _front(text)
    at, box, sign, end, emphasis = front.at, front.box, front.sign, len(text), front.opened
    if found := trailing(text[at:]):
        start, end_sign, inside, closed = found
        if (end_sign and sign in ("", end_sign)) or (inside is not None and box is None):
            sign, box, end = end_sign or sign, inside if box is None else box, at + start
            if closed and not emphasis and text.startswith(closed, at):
                at, emphasis = at + len(closed), closed
            elif closed != emphasis:
                end = at + start
            return _face(line, front, at, end, box, sign, emphasis if closed else "", closed)
    return _face(line, front, at, end, box, sign, "", "")


def _face(
    line: Line, front: _Front, at: int, end: int, box: str | None, sign: str,
    emphasis: str, closed: str,
) -> Face:  # fmt: skip
    text = cut(line, at, end)
    opened = front.opened
    if opened and not closed:  # "**A) ReLU**", or emphasis of the beginning alone
        closing = _CLOSING.get(opened, opened)
        if text.text.endswith(closing) and closing not in text.text[: -len(closing)]:
            text, emphasis = Line(text.number, text.offset, text.text[: -len(closing)]), opened
        elif opened == "*" and front.label and not sign:
            sign = "✅"  # "*b) ReLU", as quizzes in plain text mark the right one
        else:
            text = Line(text.number, text.offset, opened + text.text)
    elif not emphasis:
        text, emphasis = embraced(text)
    labelled = cut(line, front.labelled, end) if front.labelled >= 0 else text
    return Face(text, labelled, box, front.round, sign, front.label, emphasis)


def _front(text: str) -> _Front:
    at, labelled, box, rounded, sign, label, opened = 0, -1, None, False, "", "", ""
    for _ in range(7):
        at = _GAP.match(text, at).end()  # type: ignore[union-attr]
        char = text[at : at + 1]
        if not char:
            break
        if at == 0 and char in "-*+" and BOX.match(text, 1):
            at = 1  # "-[x]" lacks the space that would make it an item
            continue
        if opened and text.startswith(closing := _CLOSING.get(opened, opened), at):
            at, opened = at + len(closing), ""
            if sign or label:
                at = _AFTER_SIGN.match(text, at).end()  # type: ignore[union-attr]
        elif box is None and char in "[\\(［【" and (match := BOX.match(text, at)):
            rounded = match["round"] is not None
            box, at = (match["round"] if rounded else match["square"]), match.end()
        elif not sign and char > "\u2000" and (match := SIGN.match(text, at)):
            sign, at = match[1], match.end()
            if not opened:
                at = _AFTER_SIGN.match(text, at).end()  # type: ignore[union-attr]
        elif not label and (match := LABEL.match(text, at)):
            label, labelled, at = match["label"], at, match.end()
        elif not opened and char in "*_<=" and (match := _OPENING.match(text, at)):
            inner = match.end()
            if not any(sign.match(text, inner) for sign in (BOX, SIGN, LABEL)):
                break
            opened, at = match[1], inner
        else:
            break
    return _Front(at, labelled, box, rounded, sign, label, opened)


def embraced(line: Line) -> tuple[Line, str]:
    """A line without the emphasis that embraces all of it, and that emphasis."""
    text = line.text
    if text[:1] not in ("*", "_", "<", "=") or not (match := _OPENING.match(text)):
        return line, ""
    opening = match[1]
    closing = _CLOSING.get(opening, opening)
    whole = text.rstrip(" .;,")
    inner = whole[match.end() : -len(closing)]
    if not inner or not whole.endswith(closing) or closing in inner.replace("\\" + closing[0], ""):
        return line, ""
    return cut(line, match.end(), len(whole) - len(closing)), opening

"""What an option shows of itself: boxes, ticks, letters, emphasis, and the text without them."""

from __future__ import annotations

import re
from html import unescape

from builder.patterns import late
from builder.remembering import remembered
from builder.scan import Line, cut
from builder.scan.markup import BULLETS
from builder.signals.labels import LABEL, typed
from builder.signals.marks import BOX, EMPTY, FILLED, SIGN, SIGNS, trailing
from builder.values import Record, replace


class Face(Record):
    """What the first line of a block shows.

    `box` is what stands in a check box, "" in an empty one, None without a box; `round` says that
    it is a radio button. `sign` is one of `signals.marks`. `label` is the letter or number that
    `text` is called by, and `labelled` the text with it. `emphasis` is the markup that embraces
    all of the text, `bullet` a plus that makes the block an item; `bold` says that the label is.
    `reason` is what stands behind a sign at the end of the text.
    """

    text: Line
    labelled: Line
    box: str | None = None
    round: bool = False
    sign: str = ""
    label: str = ""
    emphasis: str = ""
    bullet: str = ""
    bold: bool = False
    reason: Line | None = None

    @property
    def marked(self) -> bool:
        """Whether it has a box or a sign."""
        return self.box is not None or bool(self.sign)

    @property
    def silent(self) -> bool:
        """Whether it shows nothing but its text."""
        shows = self.sign or self.label or self.emphasis or self.bullet or self.reason
        return self.box is None and not shows


_TAG = re.compile(r"<([a-z]{1,6})", re.IGNORECASE)
_OPENING = re.compile(
    r"(\*{1,3}|_{1,3}|<(?:b|strong|u|mark|(?:font|span)\s[^<>]{0,80}\bcolor\b[^<>]{0,80})>|==)\s{0,3}",
    re.IGNORECASE,
)
_AFTER_SIGN = re.compile(r"[\s:.\-–—]*(?=\S|$)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_GAP = re.compile(r"[\s\u200b\u200c\u2060\ufeff]+")
_WORD = re.compile(r"(?:(?![①-⑳❶-➓])[^\W\d_]{2}|`[^`]{4})")
"""How running text begins: with two letters, or with code too long for a label. No sign, label or
emphasis does."""
_RUNNING = re.compile(
    rf"(?:{SIGN.pattern}{_AFTER_SIGN.pattern}|(?:{BOX.pattern})\s*)?"
    rf"(?=(?:(?:\*{{1,3}}|_{{1,3}}|<(?:b|strong|u|mark)>|==)\s{{0,3}})?{_WORD.pattern})"
)
"""The same behind a sign or a box, emphasised or not."""
_DRAWN = frozenset([*SIGNS, *EMPTY, *FILLED])
"""The signs; most options begin with one of them, a space and two letters."""


def _closing(opening: str) -> str:
    """What ends the emphasis that something begins."""
    tag = _TAG.match(opening) if opening[:1] == "<" else None
    return f"</{tag[1]}>" if tag else opening


class _Front(Record):
    """What stands before the text: where the text begins, with and without its label.

    `opened` is emphasis that began before a sign or a label and goes on behind it.
    """

    at: int = 0
    labelled: int = -1
    box: str | None = None
    round: bool = False
    sign: str = ""
    label: str = ""
    opened: str = ""
    bold: bool = False


MOST_SIGNS = 7
"""Signs, labels, ends of emphasis that are taken off the beginning of a line."""


def _before_breaks(text: str) -> int:
    """Where the breaks of a line begin that stand at the end of a text, and the spaces before."""
    end = len(text)
    while text.endswith(">", 0, end):
        at = text.rfind("<", 0, end)
        if at < 0 or not _BREAK.fullmatch(text, at, end):
            break
        end = at
        while end and text[end - 1].isspace():
            end -= 1
    return end


@remembered(8192)  # the lines of a large file: several steps look at each of them
def face(line: Line) -> Face:
    """Takes the signs off both ends of a line, in whatever order they stand."""
    text = line.text.rstrip()  # two spaces at its end break the line, and hide no sign
    if text != line.text:
        line = replace(line, text=text)
    if text.endswith(">") and (end := _before_breaks(text)) < len(text):  # so does "<br>"
        line = cut(line, 0, end)
        text = line.text
    if len(text) > 1 and text[:2].isalpha() and not trailing(text):
        return Face(line, line)
    drawn, _, rest = text.partition(" ")
    if drawn in _DRAWN and len(rest) > 1 and rest[:2].isalpha() and not trailing(rest):
        own = line.behind(2)
        return Face(own, own, sign=drawn)
    if (running := _RUNNING.match(text)) and not trailing(text[running.end() :]):
        sign, square, rounded = running.groups()
        own, emphasis = embraced(line.behind(running.end()))
        box = square if rounded is None else rounded
        drawn = unescape(sign) if sign and "&" in sign else sign or ""
        return Face(own, own, box, rounded is not None, drawn, "", emphasis)
    front = _front(text)
    found = trailing(text[front.at :])
    if not found:
        return _face(line, front, len(text), closed="")
    start, sign, inside, closed = found
    end = front.at + start
    if sign and (front.sign == sign or front.sign not in SIGNS):  # "🔘 ReLU ✅"
        front = replace(front, sign=sign)
    elif inside is not None and front.box is None:
        front = replace(front, box=inside)
    else:
        return _face(line, front, len(text), closed="")
    if closed and not front.opened and text.startswith(closed, front.at):
        front = replace(front, at=front.at + len(closed), opened=closed)  # "**ReLU ✅**"
    return _face(line, front, end, closed)


def _face(line: Line, front: _Front, end: int, closed: str) -> Face:
    """A face without its text's emphasis; `closed` is emphasis that ends behind a trailing sign."""
    text, sign, opened = cut(line, front.at, end), front.sign, front.opened
    closing = _closing(opened)
    if not opened:
        text, emphasis = embraced(text)
    elif closed:
        emphasis = opened
    elif text.text.endswith(closing) and closing not in text.text[: -len(closing)]:
        text, emphasis = replace(text, text=text.text[: -len(closing)]), opened
    else:
        emphasis = ""
        if opened == "*" and front.label and not sign:
            sign = "✅"  # "*b) ReLU", as quizzes in plain text mark the right one
        else:
            text = text.showing(opened + text.text)
    labelled = cut(line, front.labelled, end) if front.labelled >= 0 else text
    if emphasis and labelled is not text and labelled.text.endswith(closing):
        labelled = cut(labelled, 0, -len(closing))
    box, rounded, label = front.box, front.round, front.label
    return Face(text, labelled, box, rounded, sign, label, emphasis, bold=front.bold)


def _front(text: str) -> _Front:
    at, labelled, box, rounded, sign, label, opened = 0, -1, None, False, "", "", ""
    bold = False
    if text[:1] in BULLETS and BOX.match(text, 1):
        at = 1  # without the space that would make it a bullet: "-[x]"
    for _ in range(MOST_SIGNS):
        if _WORD.match(text, at):
            break
        char = text[at : at + 1]
        if char in _SPACES and (match := _GAP.match(text, at)):
            at = match.end()
            char = text[at : at + 1]
        if opened and text.startswith(closing := _closing(opened), at):
            at = _behind(text, at + len(closing)) if sign or label else at + len(closing)
            bold = bold or (opened in _BOLD and bool(label))
            opened = ""
        elif box is None and char in _BOX_STARTS and (match := BOX.match(text, at)):
            if label and not text[match.end() :].strip():
                break  # "C: []" is an answer, a list without elements
            rounded = match["round"] is not None
            box, at = (match["round"] if rounded else match["square"]), match.end()
        elif not sign and (char > "\u2000" or char == "&") and (match := SIGN.match(text, at)):
            sign, at = unescape(match[1]), match.end() if opened else _behind(text, match.end())
        elif not label and (match := LABEL.match(text, at)):
            label, labelled, at = typed(match["label"]), at, match.end()
            bold = match["em"] in _BOLD
        elif not opened and char in _EMPHASIS_STARTS and (match := _OPENING.match(text, at)):
            inner = match.end()
            if not any(sign.match(text, inner) for sign in (BOX, SIGN, LABEL)):
                break
            opened, at = match[1], inner
        else:
            break
    return _Front(at, labelled, box, rounded, sign, label, opened, bold)


_BOLD = ("**", "__", "<b>", "<strong>")
_SPACES = frozenset(" \t\xa0\u200b\u200c\u2060\ufeff\u3000")
_BOX_STARTS = tuple("[\\(［【")
_EMPHASIS_STARTS = frozenset("*_<=")
_EMPHASIS_ENDS = frozenset("*_>=")


def _behind(text: str, at: int) -> int:
    """Where a text goes on behind a sign and the punctuation that follows it."""
    match = _AFTER_SIGN.match(text, at)
    return match.end() if match else at


def embraced(line: Line) -> tuple[Line, str]:
    """A line without the emphasis that embraces all of it, and that emphasis."""
    text = line.text
    if text[:1] not in _EMPHASIS_STARTS:
        return line, ""
    whole = text.rstrip(" .;,")
    if whole[-1] not in _EMPHASIS_ENDS or not (match := _OPENING.match(text)):
        return line, ""
    opening = match[1]
    closing = _closing(opening)
    inner = whole[match.end() : -len(closing)]
    if not inner or not whole.endswith(closing):
        return line, ""
    if closing in inner and closing in inner.replace("\\" + closing[0], ""):
        return line, ""
    return cut(line, match.end(), len(whole) - len(closing)), opening


_INLINE_TAG = late(r"<([a-z]{1,6})\b[^<>]*>", re.IGNORECASE)
_OPENED = re.compile(r"[^\w*_]*([*_]{1,3})(?=\w)")


def closed(label: str, rest: Line) -> Line:
    """A line without the end of an emphasis that began before its label: "*Why: because.*"."""
    if "<" in label and (tag := _INLINE_TAG.search(label)):
        ending = f"</{tag[1].lower()}>"
        if rest.text.lower().endswith(ending) and ending not in label.lower():
            return cut(rest, 0, -len(ending))
    opened = _OPENED.match(label)
    if not opened or label.count(opened[1]) > 1 or rest.text.count(opened[1]) % 2 == 0:
        return rest
    if rest.text.endswith(opened[1]):
        return cut(rest, 0, -len(opened[1]))
    return replace(rest, text=rest.text.replace(opened[1], "", 1))  # "**Answer: True** — it is."

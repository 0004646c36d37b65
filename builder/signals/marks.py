"""The signs that say whether an option is right: ticks, boxes, words in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from builder.model import Verdict

SIGNS = {
    **dict.fromkeys("✅✔✓☑🗸🟢👍", Verdict.CORRECT),
    **dict.fromkeys("❌✗✘✖✕☒❎⛔🚫🔴👎", Verdict.WRONG),
    **dict.fromkeys("⚠🟡🤔", Verdict.DISPUTED),
}
"""Signs of a verdict; each may be followed by an emoji variation selector."""

EMPTY = "☐⬜□▢◻🔲○◯⚪"
"""Boxes that are a sign of their own, and not ticked."""

FILLED = "☒■▣◼🔳●◉⚫🔘"
"""The same, ticked. ☒ alone means "wrong": only beside an `EMPTY` box it is a tick."""

TICKED = "xXхХ×✓✔✅☑√vV*•●"
"""What stands in a box that is ticked; two of these letters are Cyrillic."""

_SELECTOR = r"(?:[\ufe0e\ufe0f]|&\#(?:65039|[xX][fF][eE]0[fF]);)?"
_GAP = "[ \t\u00a0\u3000\u200b_]{0,3}"
_INSIDE = rf"[{TICKED}{''.join(SIGNS)}]{_SELECTOR}|[-+~?]"
_SQUARE = rf"\\?[\[［【]{_GAP}(?P<square>{_INSIDE}|){_GAP}\\?[\]］】]"


def _drawn(signs: Iterable[str]) -> str:
    """A pattern of signs, typed or as references to characters: "&#9989;", "&#x2705;"."""
    numbers = "|".join(f"{ord(sign)}|[xX](?i:{ord(sign):x})" for sign in signs)
    return rf"[{''.join(signs)}]|&\#(?:{numbers});"


SIGN = re.compile(rf"({_drawn([*SIGNS, *EMPTY, *FILLED])}){_SELECTOR}")
BOX = re.compile(rf"{_SQUARE}(?![(\[:])|\({_GAP}(?P<round>[{TICKED}]|){_GAP}\)(?=\s|$)")

_RIGHT = (
    r"(?:the\s)?(?:correct|right)(?:\s(?:answer|option|choice))?"
    r"|(?:это\s)?(?:правильн|верн)(?:о|ый|ая|ое)(?:\s(?:ответ|вариант|выбор))?"
    r"|правильна\sвідповідь|вірно|richtig|correct[aeo]|corretto|certo|正确(?:答案)?|正確(?:答案)?|正解"
)
_KEY = (
    r"(?:answer|ans|ответ|відповідь|jawaban|respuesta|resposta|réponse|antwort|risposta|cevap|答案)"
    r"(?:\s?[:：]\s?[^\W\d_])?"
)
"""What an arrow at an option says too: "← Answer: B"."""
_FALSE = (
    r"incorrect(?:\s(?:answer|option))?|wrong(?:\sanswer)?|not\scorrect"
    r"|(?:это\s)?не\s?(?:правильн|верн)(?:о|ый|ая|ое)(?:\s(?:ответ|вариант))?"
    r"|невірно|falsch|incorrect[ao]|errado|错误|錯誤|不正解"
)
_ENDS = (
    re.compile(rf"[(\[{{]?({_drawn(SIGNS)}){_SELECTOR}[)\]}}]?(?P<close>[*_]{{0,3}})\.?$"),
    re.compile(rf"(?<![!-~]){_SQUARE}\.?$"),
    re.compile(
        rf"[*_]{{0,3}}[\[(（【{{][*_\s]{{0,3}}(?:(?P<right>{_RIGHT})|{_FALSE})[*_\s!.]{{0,3}}"
        rf"[\])）】}}][*_]{{0,3}}$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:<[-=]{{1,3}}|[←⬅◀]\ufe0f?|👈)\s{{0,3}}[*_]{{0,3}}(?:(?P<right>{_RIGHT}|{_KEY})|{_FALSE})"
        r"[*_!.]{0,3}$",
        re.IGNORECASE,
    ),
)
_EXPLAINED = re.compile(
    rf"(?P<said>(?:[(\[]?(?:{_drawn(SIGNS)}){_SELECTOR}[)\]]?|[\[(](?:{_RIGHT}|{_FALSE})[\])])"
    r"[*_]{0,3})(?:[ \t]?[-–—:][ \t]+|[ \t]+(?=\())(?=\S)",
    re.IGNORECASE,
)
_MAY_SAY = re.compile(rf"[{''.join(SIGNS)}&(\[]")
_POLE = re.compile(r"\s[(\[]?(?P<sign>[-+–−])[)\]]?$")

LONGEST_END = 100
"""More characters than any of these takes."""
_ARRAY = re.compile(r"\[[^\]\[]*\](?!\()|[=(,:+<>!&|]\s{0,3}$|\breturn\s{0,3}$")
"""What makes a box behind it no box but an array: "[1, 2], []", "a = []"; so does "int[]"."""
_LAST = frozenset([*SIGNS, *"])］】）};"])


def ticks(inside: str) -> Verdict:
    """What a box says by what stands inside it, "" for an empty one."""
    if not inside or inside == "-":
        return Verdict.WRONG
    if inside in "?~":
        return Verdict.DISPUTED
    return SIGNS.get(inside[0], Verdict.CORRECT)


def pole(text: str) -> tuple[int, str] | None:
    """Where a plus or a minus begins that stands behind a text, and the sign that it may be.

    It is one only where all options of a list end with one, and both are among them.
    """
    found = _POLE.search(text) if text[-1:] in _POLES else None
    return (found.start(), "✅" if found["sign"] == "+" else "❌") if found else None


_POLES = tuple("+-–−)]")


def explained(text: str) -> tuple[int, int] | None:
    """Where a verdict ends, and where the reason behind it begins: "ReLU ✅ — it is".

    None where the text says so of something else before.
    """
    if not ("(" in text or ":" in text or "-" in text or "–" in text or "—" in text):
        return None
    found = _MAY_SAY.search(text)
    found = found and _EXPLAINED.search(text, found.start())
    if not found or not text[: found.start()].strip() or SIGN.search(text, 0, found.start()):
        return None
    return found.end("said"), found.end()


def trailing(text: str) -> tuple[int, str, str | None, str] | None:
    """Where a verdict at the end of a text begins, its sign or else what its box holds.

    The last part is emphasis that is closed behind the verdict: "**ReLU ✅**".
    """
    points = "<" in text or "←" in text or "⬅" in text or "◀" in text or "👈" in text
    if not points and text.rstrip("*_!.\ufe0e\ufe0f")[-1:] not in _LAST:
        return None
    start = max(0, len(text) - LONGEST_END)
    drawn, boxed, *spelt = _ENDS if points else _ENDS[:-1]
    if (not text.isascii() or "&" in text) and (sign := drawn.search(text, start)):
        return sign.start(), unescape(sign[1]), None, sign["close"]
    box = boxed.search(text, start)
    if box and box.start() and not _ARRAY.search(text, 0, box.start()):
        return box.start(), "", box["square"], ""
    for pattern in spelt:
        if word := pattern.search(text, start):
            return word.start(), "✅" if word["right"] else "❌", None, ""
    return None

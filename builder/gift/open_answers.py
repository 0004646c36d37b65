"""The answers of open questions in GIFT: short ones, numbers, and pairs to match."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from builder.gift.inside import FULL, Answer, Answers, Inside, single_answers, together
from builder.gift.sheet import Sheet
from builder.model import Passage
from builder.plain_text import from_text
from builder.source import Span
from builder.values import replace


def short_answers(inside: Inside) -> Answers:
    return Answers(explanation=_accepted(single_answers(inside), inside.passage))


def numbers(inside: Inside) -> Answers:
    """Numbers with a tolerance ("3:2") or as a range ("1..5"); "~#" begins what a miss is told."""
    sheet = inside.sheet
    start = sheet.shape.index("#", inside.start) + 1
    miss = sheet.shape.find("~", start, inside.end)
    hits = replace(inside, start=start, end=inside.end if miss < 0 else miss)
    accepted = _accepted(single_answers(hits), lambda span: _number(sheet, span))
    told = sheet.shape.find("#", miss, inside.end) if miss >= 0 else -1
    feedback = sheet.passage(told + 1, inside.end, inside.style) if told >= 0 else None
    return Answers(explanation=together([*filter(None, [accepted, feedback])], "\n\n"))


def _number(sheet: Sheet, span: Span) -> Passage | None:
    text = sheet.unescaped(span)
    first, dots, last = text.partition("..")
    value, colon, tolerance = text.partition(":")
    if dots:
        text = f"{first.strip()} … {last.strip()}"
    elif colon:
        exact = not tolerance.strip(" 0.")
        text = value.strip() if exact else f"{value.strip()} ± {tolerance.strip()}"
    return Passage(from_text(text), (span,)) if text else None


def _accepted(answers: Sequence[Answer], show: Callable[[Span], Passage | None]) -> Passage | None:
    """The answers that are accepted, each with its weight if that is not full, and its feedback."""
    lines = []
    for answer in answers:
        if text := show(answer.text):
            weight = "" if answer.weight == FULL else f" ({answer.weight:g} %)"
            named = replace(text, markdown=text.markdown + weight)
            lines.append(together([*filter(None, [named, answer.why])], " — ") or named)
    return _listed(lines) if len(lines) > 1 else together(lines, "")


def pairs(inside: Inside) -> Answers | None:
    """Pairs to match: the stem shows what there is to match, the explanation what belongs to what.

    A pair with nothing on its left only adds something to choose from.
    """
    answers = single_answers(inside)
    found = [pair for answer in answers if (pair := _pair(inside, answer))]
    matches = [(left, right) for left, right in found if left]
    if len(found) < len(answers) or not matches:
        strays = [answer.span for answer in answers if not _pair(inside, answer)]
        hint = "write “=this -> that” for each pair"
        inside.report.error("no-pair", (strays or [answers[0].span])[0], "this is no pair", hint)
        return None
    choices = {right.markdown: right for _, right in found}
    in_order = sorted(choices, key=lambda text: (text.casefold(), text))
    open_pairs = [replace(left, markdown=f"{left.markdown} → ?") for left, _ in matches]
    asked = [_listed(open_pairs), _listed([choices[text] for text in in_order], "*")]
    key = [joined for pair in matches if (joined := together(pair, " → "))]
    return Answers(asked=together(asked, "\n\n"), explanation=_listed(key))


def _pair(inside: Inside, answer: Answer) -> tuple[Passage | None, Passage] | None:
    """What stands before and behind an arrow; None without the arrow, or with nothing behind it."""
    sheet = inside.sheet
    arrow = sheet.shape.find("->", answer.text.start, answer.span.end)
    if arrow < 0:
        return None
    right = inside.passage(sheet.trimmed(arrow + 2, answer.span.end))
    left = inside.passage(sheet.trimmed(answer.text.start, arrow))
    return (left, right) if right else None


def _listed(items: Sequence[Passage], bullet: str = "-") -> Passage:
    """Passages as the items of a list."""
    rows = [f"{bullet} " + item.markdown.replace("\n", "\n  ") for item in items]
    return Passage("\n".join(rows), tuple(span for item in items for span in item.spans))

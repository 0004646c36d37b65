"""What stands in the braces of a question in Moodle's GIFT format.

- Where an option has full weight, one with a part of it is neither right nor wrong: disputed.
  Where none has, those with a weight above zero are right together.
- True or false is a choice of these two.
- Short answers, numbers, and pairs to match are answers of open questions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from builder.diagnostics import Report
from builder.gift.sheet import Braces, Sheet
from builder.model import Option, Passage, Verdict
from builder.plain_text import from_text
from builder.source import Span

FULL = 100.0

TRUE_FALSE = {"en": ("True", "False"), "ru": ("Верно", "Неверно")}

_MARK = re.compile(r"~=?|=")
_COMPARES = re.compile(r"(?<=[!<>=])=|=(?=[=>])")
_WEIGHT = re.compile(r"%(-?\d+(?:[.,]\d*)?)%")


@dataclass(frozen=True, slots=True)
class Answers:
    """What braces give to a question; `asked` is what its stem must show of them."""

    options: tuple[Option, ...] = ()
    asked: Passage | None = None
    explanation: Passage | None = None
    labels: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer: "=" or "~" or "", its weight in percent, where its text stands, its feedback.

    `span` is the whole of it.
    """

    mark: str
    weight: float
    text: Span
    why: Passage | None
    span: Span


@dataclass(frozen=True, slots=True)
class _Inside:
    """The answers as text: from `start` to `end`, without the general feedback."""

    sheet: Sheet
    start: int
    end: int
    style: str
    language: str
    report: Report

    @property
    def shape(self) -> str:
        return self.sheet.shape[self.start : self.end]

    def passage(self, span: Span) -> Passage | None:
        return self.sheet.passage(span.start, span.end, self.style)


def read_answers(
    sheet: Sheet, pair: Braces, style: str, language: str, report: Report
) -> Answers | None:
    """The answers between braces; None where there is nothing to learn, which is reported.

    `style` is the format of texts that name none.
    """
    start, end = pair.opening + 1, pair.closing
    general = sheet.shape.rfind("####", start, end)
    inside = _Inside(sheet, start, end if general < 0 else general, style, language, report)
    feedback = sheet.passage(general + 4, end, style) if general >= 0 else None
    found = _kind_of(inside)(inside)
    if found is None:
        return None
    explanation = together([*filter(None, [found.explanation, feedback])], "\n\n")
    if not found.options and explanation is None:
        place = Span(pair.opening, pair.closing + 1)
        hint = "write it between the braces, behind “####” in an essay"
        report.warning("no-answer", place, "an open question without an answer", hint)
        return None
    signs = (Span(start - 1, start), Span(end, end + 1))
    return replace(found, explanation=explanation, labels=(*signs, *found.labels))


def _kind_of(inside: _Inside) -> Callable[[_Inside], Answers | None]:
    """The reader of answers like these, told apart as Moodle does."""
    shape = inside.shape.strip()
    if not shape:
        return lambda _: Answers()  # an essay
    if shape.startswith("#"):
        return _numbers
    if "~" in shape:
        return _choice
    if "=" in shape and "->" in shape:
        return _pairs
    if shape.partition("#")[0].strip().upper() in ("T", "F", "TRUE", "FALSE"):
        return _true_or_false
    return _short_answers


# Single answers ----------------------------------------------------------------------------


def _answers(inside: _Inside) -> list[_Answer]:
    marks = list(_marks(inside))
    starts = [inside.start, *(match.start() for match in marks)]
    ends = [*starts[1:], inside.end]
    signs = ["", *(match[0] for match in marks)]
    found = map(_answer, [inside] * len(signs), signs, starts, ends)
    return [answer for answer in found if answer.mark or answer.text.start < answer.text.end]


def _answer(inside: _Inside, sign: str, start: int, end: int) -> _Answer:
    sheet = inside.sheet
    mark = "=" if sign.endswith("=") else sign
    text = sheet.trimmed(start + len(sign), end)
    weight = 0.0 if mark == "~" else FULL
    if match := _WEIGHT.match(sheet.text, text.start, text.end):
        weight = float(match[1].replace(",", "."))
        text = Span(match.end(), text.end)
    sign_of_why = sheet.shape.find("#", text.start, text.end)
    end_of_text = text.end if sign_of_why < 0 else sign_of_why
    why = sheet.passage(end_of_text + 1, text.end, inside.style) if sign_of_why >= 0 else None
    text = sheet.trimmed(text.start, end_of_text)
    return _Answer(mark, weight, text, why, sheet.trimmed(start, end))


def _marks(inside: _Inside) -> Iterator[re.Match[str]]:
    """The signs that begin an answer.

    Among answers that have a line each, "=" in the midst of one is text, as in "x=1"; in all of
    them, where it compares. Moodle would begin an answer there, so it is told.
    """
    shape = inside.sheet.shape
    found = list(_MARK.finditer(shape, inside.start, inside.end))
    ends = [inside.start, *(match.end() for match in found)]
    above = [shape[end : match.start()] for end, match in zip(ends, found, strict=False)]
    leading = [not text.rpartition("\n")[2].strip() and ("\n" in text or not n)
               for n, text in enumerate(above)]  # fmt: skip
    apart = sum(leading) > 1
    for match, leads in zip(found, leading, strict=True):
        at = match.start()
        loose = shape[at - 1].isspace() and not shape[at + 1 : at + 2].isspace()
        compares = _COMPARES.match(shape, at, inside.end)
        if match[0] == "=" and not leads and (compares or (apart and not loose)):
            place = Span(at, at + 1)
            hint = "write “\\=” for a sign of the text"
            inside.report.warning("unescaped-sign", place, "taken as a part of the answer", hint)
        else:
            yield match


# Choice ------------------------------------------------------------------------------------


def _choice(inside: _Inside) -> Answers:
    answers = _answers(inside)
    full = any(answer.weight >= FULL for answer in answers)
    return Answers(tuple(_option(answer, full, inside) for answer in answers))


def _option(answer: _Answer, full: bool, inside: _Inside) -> Option:
    text = inside.passage(answer.text)
    if text is None:
        hint = f"write it behind “{answer.mark}”"
        inside.report.error("empty-option", answer.span, "an option without text", hint)
        text = Passage("", (answer.span,))
    verdict = Verdict.CORRECT if answer.weight > 0 else Verdict.WRONG
    if not answer.mark:
        verdict = Verdict.UNKNOWN
    elif full and 0 < answer.weight < FULL:
        verdict = Verdict.DISPUTED
        message = f"worth {answer.weight:g} % of the points, so neither right nor wrong"
        inside.report.info("partial-credit", answer.text, message)
    return Option(text, verdict, answer.span, why=answer.why)


def _true_or_false(inside: _Inside) -> Answers:
    """True and false as options. The first feedback is for the wrong answer, as in Moodle."""
    parts = _split(inside, "#", 3)
    truth = inside.shape.strip()[:1].upper() == "T"
    feedback = [inside.passage(part) for part in parts[1:]] + [None, None]
    wrong, right = feedback[:2]
    options = tuple(
        Option(
            Passage(name, (parts[0],)),
            Verdict.CORRECT if value is truth else Verdict.WRONG,
            parts[0],
            why=right if value is truth else wrong,
        )
        for name, value in zip(TRUE_FALSE[inside.language], (True, False), strict=True)
    )
    return Answers(options)


def _split(inside: _Inside, sign: str, most: int) -> list[Span]:
    starts, at = [inside.start], inside.start
    while len(starts) < most and (at := inside.sheet.shape.find(sign, at, inside.end)) >= 0:
        at += len(sign)
        starts.append(at)
    ends = [*(start - len(sign) for start in starts[1:]), inside.end]
    return [inside.sheet.trimmed(start, end) for start, end in zip(starts, ends, strict=True)]


# Open --------------------------------------------------------------------------------------


def _short_answers(inside: _Inside) -> Answers:
    return Answers(explanation=_accepted(_answers(inside), inside.passage))


def _numbers(inside: _Inside) -> Answers:
    """Numbers with a tolerance ("3:2") or as a range ("1..5"); "~#" begins what a miss is told."""
    sheet = inside.sheet
    start = sheet.shape.index("#", inside.start) + 1
    miss = sheet.shape.find("~", start, inside.end)
    hits = replace(inside, start=start, end=inside.end if miss < 0 else miss)
    accepted = _accepted(_answers(hits), lambda span: _number(sheet, span))
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


def _accepted(answers: Sequence[_Answer], show: Callable[[Span], Passage | None]) -> Passage | None:
    """The answers that are accepted, each with its weight if that is not full, and its feedback."""
    lines = []
    for answer in answers:
        if text := show(answer.text):
            weight = "" if answer.weight == FULL else f" ({answer.weight:g} %)"
            named = replace(text, markdown=text.markdown + weight)
            lines.append(together([*filter(None, [named, answer.why])], " — ") or named)
    return _listed(lines) if len(lines) > 1 else together(lines, "")


def _pairs(inside: _Inside) -> Answers | None:
    """Pairs to match: the stem shows what there is to match, the explanation what belongs to what.

    A pair with nothing on its left only adds something to choose from.
    """
    lefts, rights, pairs = [], [], []
    for answer in _answers(inside):
        arrow = inside.sheet.shape.find("->", answer.span.start, answer.span.end)
        if arrow < 0:
            hint = "write “->” between what belongs together"
            inside.report.error("no-pair", answer.span, "this matches nothing", hint)
            return None
        left = inside.passage(inside.sheet.trimmed(answer.text.start, arrow))
        right = inside.passage(inside.sheet.trimmed(arrow + 2, answer.span.end))
        if right is None:
            hint = "write it behind “->”"
            inside.report.error("no-pair", answer.span, "nothing belongs to this", hint)
            return None
        rights.append(right)
        if left:
            lefts.append(left)
            pairs.append(together([left, right], " → ") or right)
    choices = sorted({right.markdown for right in rights}, key=lambda text: (text.casefold(), text))
    spans = tuple(span for right in rights for span in right.spans)
    asked = [_listed(lefts), Passage(" · ".join(choices), spans)]
    return Answers(asked=together(asked, "\n\n"), explanation=_listed(pairs))


def _listed(items: Sequence[Passage]) -> Passage:
    """Passages as the items of a list."""
    rows = ["- " + item.markdown.replace("\n", "\n  ") for item in items]
    return Passage("\n".join(rows), tuple(span for item in items for span in item.spans))


def together(passages: Sequence[Passage], between: str) -> Passage | None:
    """Several passages as one; None if there are none."""
    if not passages:
        return None
    spans = tuple(span for passage in passages for span in passage.spans)
    return Passage(between.join(passage.markdown for passage in passages), spans)

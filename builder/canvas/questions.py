"""Questions from the parts of a quiz of text2qti."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builder.canvas.sheet import Entry, Part
from builder.diagnostics import Report
from builder.gift.inside import together
from builder.model import Option, Passage, Question, Verdict
from builder.plain_text import from_text
from builder.signals.labels import counts_up
from builder.source import Span
from builder.values import replace

OPTIONS = frozenset(("right", "wrong"))
NOT_SHOWN = frozenset(("title", "points", "setting", "blank"))
SAID = {"said": "", "solution": "", "said_if_right": "✅ ", "said_if_wrong": "❌ "}
"""What speaks of the whole question, in the order in which it is shown, and the signs before it."""

_TOLERANCE = re.compile(r"\s*\+-\s*")
_RANGE = re.compile(r"\[\s*([^,\]]+?)\s*,\s*([^,\]]+?)\s*\]")


def question(entry: Entry, report: Report) -> Question | None:
    if not entry.question:
        _tell_options(entry.above, report)
        return None
    title = next((each for each in reversed(entry.above) if each.name == "title"), None)
    number = entry.question.sign.text.partition(".")[0]
    options = tuple(_options(entry.below))
    explanation = _explanation(entry.below)
    if not options and not explanation:
        message = "a question without options and without an answer"
        hint = "write the answer below it, behind “*” or “=”"
        report.warning("no-answer", entry.question.lines[0].span, message, hint)
    _tell_options(entry.above, report)
    parts = entry.parts
    return Question(
        span=Span(entry.question.span.start, parts[-1].span.end),
        title=" ".join(title.passage.markdown.split()) if title else number,
        stem=entry.question.passage,
        options=options,
        explanation=explanation,
        labels=tuple(each.span for each in parts if each.name in NOT_SHOWN),
    )


def _tell_options(above: Sequence[Part], report: Report) -> None:
    """Tells of options that stand above the question, or without one."""
    stray = next((each for each in above if each.name in OPTIONS), None)
    if stray:
        message, hint = "the options answer no question", "write it above them: “1. …”"
        report.error("no-stem", stray.sign.span, message, hint)


def _options(below: Sequence[Part]) -> Iterator[Option]:
    chosen = [each for each in below if each.name in OPTIONS]
    letters = [each.sign.text.strip("*")[0] for each in chosen]
    labels = letters if counts_up(letters) else [""] * len(letters)
    told = any(each.name == "right" for each in chosen)
    for part, label, why in zip(chosen, labels, _reasons(below), strict=True):
        wrong = Verdict.WRONG if told else Verdict.UNKNOWN
        verdict = Verdict.CORRECT if part.name == "right" else wrong
        yield Option(part.passage, verdict, part.span, why=why, label=label)


def _reasons(below: Sequence[Part]) -> list[Passage | None]:
    """The feedback that stands below each option."""
    found: list[list[Passage]] = []
    for part in below:
        if part.name in OPTIONS:
            found.append([])
        elif part.name == "said" and found:
            found[-1].append(part.passage)
    return [together(said, "\n\n") for said in found]


def _explanation(below: Sequence[Part]) -> Passage | None:
    """The answers of an open question, and what is said of the question as a whole."""
    found = [_answer(below)]
    first = next((at for at, each in enumerate(below) if each.name in OPTIONS), len(below))
    for name, sign in SAID.items():
        for at, part in enumerate(below):
            if part.name == name and (name != "said" or at < first):
                said = part.passage
                found.append(replace(said, markdown=f"{sign}{said.markdown}"))
    return together([each for each in found if each], "\n\n")


def _answer(below: Sequence[Part]) -> Passage | None:
    """What an open question accepts: plain text, or numbers with a tolerance or as a range."""
    found = []
    for part in below:
        if part.name == "number":
            said = _RANGE.sub(r"\1 … \2", _TOLERANCE.sub(" ± ", part.passage.markdown))
            found.append(replace(part.passage, markdown=said))
        elif part.name == "short":
            found.append(replace(part.passage, markdown=from_text(part.passage.markdown)))
    if len(found) < 2:
        return found[0] if found else None
    items = [replace(each, markdown="- " + each.markdown.replace("\n", "\n  ")) for each in found]
    return together(items, "\n")

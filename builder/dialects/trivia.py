"""Trivia in plain text: a question, its answer repeated, and lettered options.

    #Q What is the capital of Australia?
    ^ Canberra
    A Sydney
    B Canberra

So https://github.com/uberspot/OpenTriviaQA keeps its questions. A stem may take several lines.
The text behind "^" is that of the right option; a misspelt one is matched, and said. Several
right answers have a "^" each; without options the answer is that of an open question. Nothing in
such a file is Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from builder.diagnostics import Report
from builder.model import Option, Passage, Question, Verdict
from builder.plain_text import plain_passage
from builder.scan import Line, Page, cut
from builder.similarity import normal, similarity
from builder.source import Span
from builder.values import replace

ALIKE = 0.75
"""From here on an answer is taken for an option that it does not repeat exactly."""

MOST_PAIRS = 1_000
"""Reading stays linear: more answers times options than this are matched by equal text only."""

_QUESTION = re.compile(r"\s*#Q(?:\s+|$)")
_ANSWER = re.compile(r"\s*\^\s*")
_OPTION = re.compile(r"\s*([A-Z])(?:\s+|$)")


def recognises(page: Page) -> int:
    """Two for every "#Q" with an answer behind "^" below it."""
    if "#Q" not in page.source.text or "^" not in page.source.text:
        return 0
    return sum(2 for lines in _entries(page.lines) if any(_ANSWER.match(ln.text) for ln in lines))


def read(page: Page, report: Report) -> list[Question]:
    found = (_question(lines, report) for lines in _entries(page.lines))
    return [question for question in found if question]


def _entries(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The lines of each question, from its "#Q" to the next."""
    starts = [at for at, line in enumerate(lines) if _QUESTION.match(line.text)]
    for start, end in pairwise([*starts, len(lines)]):
        yield lines[start:end]


def _question(lines: Sequence[Line], report: Report) -> Question | None:
    """The question of an entry. Its options stand below the answer, or else above it."""
    answers = [at for at, line in enumerate(lines) if _ANSWER.match(line.text)]
    first_answer = answers[0] if answers else len(lines)
    options = _options(lines[answers[-1] + 1 :], report) if answers else []
    end_of_stem = first_answer if options else _start_of_list(lines[:first_answer])
    options = options or _options(lines[end_of_stem:first_answer], report)
    stem = plain_passage([_after(_QUESTION, lines[0]), *lines[1:end_of_stem]])
    keys = [key for at in answers if (key := _key(lines, at))]
    if stem is None or not (options or keys):
        missing = "stem" if stem is None else "answer"
        hint = "write the question after “#Q”, the answer after “^”"
        report.error(f"no-{missing}", lines[0].span, f"there is no {missing}", hint)
        return None
    verdicts, strays = _verdicts(options, keys, report)
    return Question(
        span=Span(lines[0].offset, max(line.end for line in lines if not line.blank)),
        title="",
        stem=stem,
        options=tuple(replace(o, verdict=v) for o, v in zip(options, verdicts, strict=True)),
        explanation=plain_passage([line for key in strays for line in key]),
        labels=(lines[0].span, *(line.span for key in keys for line in key)),
    )


def _after(mark: re.Pattern[str], line: Line) -> Line:
    """A line without the mark that it begins with."""
    match = mark.match(line.text)
    return cut(line, match.end()) if match else line


# Options -----------------------------------------------------------------------------------


def _start_of_list(lines: Sequence[Line]) -> int:
    """Where a line "A …" is followed by a line "B …"; past the end if nowhere."""
    letters = [match[1] if (match := _OPTION.match(line.text)) else "" for line in lines]
    pairs = pairwise(letters)
    return next((at for at, pair in enumerate(pairs) if pair == ("A", "B")), len(lines))


def _options(lines: Sequence[Line], report: Report) -> list[Option]:
    """Lettered options and the lines that continue them, up to text that belongs to none."""
    found: list[list[Line]] = []
    letters = ""
    for at, line in enumerate(lines):
        match = _OPTION.match(line.text)
        if match and _follows(match[1], letters[-1:], line, report):
            letters += match[1]
            found.append([cut(line, match.end(1))])
        elif found and not line.blank:
            if lines[at - 1].blank:
                break
            found[-1].append(line)
    return [_option(letter, rows) for letter, rows in zip(letters, found, strict=True)]


def _follows(letter: str, before: str, line: Line, report: Report) -> bool:
    """Whether a letter can be that of the next option; one lost or repeated is told."""
    expected = chr(ord(before) + 1) if before else "A"
    distance = ord(letter) - ord(expected)
    if distance and -1 <= distance <= 1:
        message = f"taken as the next option, though “{expected}” was to come"
        report.info("option-letter", cut(line, 0).span, message, f"write “{expected}”")
    return -1 <= distance <= 1


def _option(letter: str, lines: Sequence[Line]) -> Option:
    span = Span(lines[0].offset, lines[-1].end)
    text = plain_passage(lines) or Passage("", (span,))
    return Option(text, Verdict.WRONG, span, label=letter)


# The key -----------------------------------------------------------------------------------


def _key(lines: Sequence[Line], at: int) -> tuple[Line, ...]:
    """An answer without its mark, and the lines that continue it."""
    end = at + 1
    while end < len(lines) and not (lines[end].blank or _begins_part(lines[end])):
        end += 1
    first = _after(_ANSWER, lines[at])
    return (first, *lines[at + 1 : end]) if first.text else ()


def _begins_part(line: Line) -> bool:
    return bool(_OPTION.match(line.text) or _ANSWER.match(line.text))


def _verdicts(
    options: Sequence[Option], keys: Sequence[Sequence[Line]], report: Report
) -> tuple[list[Verdict], list[Sequence[Line]]]:
    """The verdict of each option, and the answers that are the text of none."""
    if not options:
        return [], list(keys)
    few = len(options) * len(keys) <= MOST_PAIRS
    right: set[int] = set()
    strays: list[Sequence[Line]] = []
    names = _by_text(options)
    for key in keys:
        numbers = names.get(_text(key)) or (_nearest(key, options, report) if few else [])
        if not numbers:
            message = f"no option reads “{_text(key)}”"
            hint = "repeat the text of the right option; until then no option is right"
            report.error("unknown-answer", key[0].span, message, hint)
            strays.append(key)
        right |= set(numbers)
    other = Verdict.UNKNOWN if strays or not keys else Verdict.WRONG
    return [Verdict.CORRECT if n in right else other for n in range(len(options))], strays


def _text(lines: Sequence[Line]) -> str:
    passage = plain_passage(lines)
    return passage.markdown if passage else ""


def _by_text(options: Sequence[Option]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, option in enumerate(options):
        found.setdefault(option.text.markdown, []).append(number)
    return found


def _nearest(key: Sequence[Line], options: Sequence[Option], report: Report) -> list[int]:
    """The option whose text is most like an answer, if one is enough; it is told."""
    text = _text(key)
    scores = [_likeness(text, option.text.markdown) for option in options]
    best = max(scores)
    if best < ALIKE or scores.count(best) > 1:
        return []
    number = scores.index(best)
    option = options[number]
    shown = f"option {option.label} “{option.text.markdown}”"
    if normal(text) == normal(option.text.markdown):
        report.info("differing-answer", key[0].span, f"taken for {shown}, but for case and signs")
    else:
        message = f"taken for {shown}, similarity {best:.0%}"
        report.warning("misspelt-answer", key[0].span, message, "repeat the option's text")
    return [number]


def _likeness(one: str, other: str) -> float:
    """How similar two texts are; not at all if their numbers differ."""
    return similarity(one, other) if _numbers(one) == _numbers(other) else 0.0


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)

"""Moodle's GIFT format.

    // a comment
    ::Capitals:: What is the capital of Australia? {
        =Canberra  # Since 1913.
        ~Sydney
        ~%50%Melbourne  # It was until 1927.
        ####It was built for the purpose.
    }

The specification is https://docs.moodle.org/en/GIFT_format; `gift.sheet` reads its signs,
`gift.answers` what stands in braces. What becomes of the rest:

- A name such as "Question 3" is the title. Any other is not shown: Moodle shows it to teachers
  only, and it often gives the answer away.
- A category becomes a tag ("$CATEGORY: $course$/Maps/Cities" is "Maps::Cities"), as does a
  "[tag:…]" in a comment.
- Text before and after the braces is the stem, with a blank in their place.
- An essay is read if its general feedback answers it. A description is no question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.diagnostics import Report
from builder.gift.answers import read_answers
from builder.gift.escapes import as_markdown
from builder.gift.inside import together
from builder.gift.sheet import CATEGORY, Braces, Entry, Sheet
from builder.language import detect
from builder.model import Passage, Question
from builder.scan import Page, Shape
from builder.signals import split_label
from builder.source import Span
from builder.values import replace

_SIGNS = re.compile(r"\{\s*(?:[=~#%]|(?:T|F|TRUE|FALSE)\s*[#}])", re.IGNORECASE)
_NAME = re.compile(r"\s*::(.*?)::", re.DOTALL)
_MARKED = re.compile(r"\s*[=~]\s*[^\s=~}]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\]\n])+)\]")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_BLANK = "_____"
"""What Moodle shows in the place of a missing word."""


def recognises(page: Page) -> int:
    """Two for every question with a name or with marked answers, outside fences of code.

    One more if the file says by its name that it is GIFT: some hold nothing but essays.
    """
    named = page.source.path.lower().endswith(".gift")
    if not _SIGNS.search(page.source.text):
        return int(named)
    sheet = Sheet(page.source.text)
    fences = [b.span for b in page.blocks if b.shape is Shape.FENCE and b.closed]
    code = {line for span in fences for line in page.source.line_range(span)}
    entries = sheet.entries([line for line in page.lines if line.number not in code])
    return named + sum(2 for entry in entries if _is_plain_to_see(sheet, entry))


def _is_plain_to_see(sheet: Sheet, entry: Entry) -> bool:
    """Whether an entry can be nothing but GIFT; "A^{T}" and "<p hidden={true}>" can."""
    pair = _answers_of(sheet, entry.start, entry.end)
    if pair is None or not sheet.likely(pair) or entry.unclosed is not None:
        return False
    if _MARKED.match(sheet.shape, pair.opening + 1, pair.closing):
        return True
    if _NAME.match(sheet.shape, entry.start, pair.opening):
        return True
    before = sheet.shape[pair.opening - 1 : pair.opening]
    behind = sheet.shape[pair.closing + 1 : entry.end]
    truth = sheet.shape[pair.opening + 1 : pair.closing].partition("#")[0]
    return truth.isupper() and before in tuple("?.: \n") and not behind.strip()


def read(page: Page, report: Report) -> list[Question]:
    sheet = Sheet(page.source.text)
    language = detect([page.source.text], ("ru", "en"))
    found: list[Question] = []
    waiting: list[Span] = []  # comments and categories, which belong to the next question
    category: tuple[str, ...] = ()
    for entry in sheet.entries(page.lines):
        comments = sheet.comments(entry.start, entry.end)
        body = sheet.trimmed(entry.start, entry.end)
        if CATEGORY.match(sheet.text, body.start, body.end):
            category = _category(sheet, body)
            waiting += body, *comments
        elif body.start == body.end:
            waiting += comments
        elif question := _question(sheet, entry, language, report):
            labels = (*waiting, *comments, *question.labels)
            tags = (*category, *_tags(page.source.text, comments))
            found.append(replace(question, labels=labels, tags=tags))
            waiting = []
    if found and waiting:
        found[-1] = replace(found[-1], labels=(*found[-1].labels, *waiting))
    return found


def _category(sheet: Sheet, line: Span) -> tuple[str, ...]:
    """The path of a category as a tag, without the contexts that only Moodle knows."""
    path = sheet.unescaped(line).partition(":")[2].strip()
    levels = [level.replace("//", "/").strip() for level in re.split(r"(?<!/)/(?!/)", path)]
    named = [level for level in levels if level and not re.fullmatch(r"\$\w+\$|top", level)]
    return ("::".join(re.sub(r"\s+", "_", level) for level in named),) if named else ()


def _tags(text: str, comments: Sequence[Span]) -> list[str]:
    found = (_TAG.findall(text[span.start : span.end]) for span in comments)
    return [tag.replace("\\]", "]").strip() for tags in found for tag in tags]


# Questions ---------------------------------------------------------------------------------


def _question(sheet: Sheet, entry: Entry, language: str, report: Report) -> Question | None:
    pair = _answers_of(sheet, entry.start, entry.end)
    if pair is None or entry.unclosed is not None:
        _tell_unread(sheet, entry, report)
        return None
    name = _NAME.match(sheet.shape, entry.start, pair.opening)
    start = name.end() if name else entry.start
    style, stem = _stem(sheet, start, pair, entry.end)
    body = sheet.trimmed(entry.start, entry.end)
    if stem is None and name:  # some authors write their question as the name
        stem = sheet.passage(name.start(1), name.end(1), "moodle")
    if stem is None:
        hint = "write the question before the braces"
        report.error("no-stem", Span(pair.opening, pair.opening + 1), "nothing is asked", hint)
        return None
    answers = read_answers(sheet, pair, style, language, report)
    if answers is None:
        return None
    asked = sheet.trimmed(start, pair.opening)
    if gap := _BLANK_LINE.search(sheet.text, asked.start, asked.end):
        place = Span(gap.start() + 1, gap.start() + 1)
        message = "the question goes on below this blank line"
        report.info("blank-line", place, message, "write “\\n” for a line end of the text")
    named = Span(body.start, name.end()) if name else None
    return Question(
        span=body,
        title=_title(sheet.unescaped(named)) if named else "",
        stem=together([*filter(None, [stem, answers.asked])], "\n\n") or stem,
        options=answers.options,
        explanation=answers.explanation,
        labels=(*filter(None, [named]), *answers.labels),
    )


def _answers_of(sheet: Sheet, start: int, end: int) -> Braces | None:
    """The braces that hold the answers: the first that look so, else empty ones, else the only."""
    pairs = sheet.pairs(start, end)
    likely = next(filter(sheet.likely, pairs), None)
    empty = next((p for p in pairs if not sheet.shape[p.opening + 1 : p.closing].strip()), None)
    return likely or empty or (pairs[0] if len(pairs) == 1 else None)


def _tell_unread(sheet: Sheet, entry: Entry, report: Report) -> None:
    place = sheet.trimmed(entry.start, entry.end)
    if entry.unclosed is not None:
        brace = Span(entry.unclosed, entry.unclosed + 1)
        hint = "write “}” behind the last answer, or “\\{” for a brace of the text"
        report.error("unclosed-brace", brace, "this brace is never closed", hint)
    elif sheet.pairs(entry.start, entry.end):
        hint = "write “\\{” and “\\}” for braces of the text"
        report.error("many-braces", place, "which braces hold the answers cannot be known", hint)
    else:
        hint = "write its answers in braces, {=right ~wrong}, or make it a comment with “//”"
        report.warning("description", place, "text without answers is no question", hint)


def _title(name: str) -> str:
    """A name without its colons if it only counts ("Q12", "Question 3", "7"), else ""."""
    name = name.strip(": \t\n")
    label, rest = split_label(name)
    return name if name.isdecimal() or (label and not rest) else ""


def _stem(sheet: Sheet, start: int, pair: Braces, end: int) -> tuple[str, Passage | None]:
    """The format of a stem, and the stem itself, with a blank where words follow the answers."""
    style, above = sheet.split_format(sheet.trimmed(start, pair.opening), "moodle")
    below = sheet.trimmed(pair.closing + 1, end)
    text = sheet.unescaped(above)
    spans = tuple(span for span in (above, below) if span.start < span.end)
    if below.start < below.end:
        blank = _BLANK.replace("_", "\\_") if style == "markdown" else _BLANK
        before = " " if sheet.text[pair.opening - 1 : pair.opening].isspace() else ""
        after = " " if below.start > pair.closing + 1 else ""
        text += before + blank + after + sheet.unescaped(below)
    markdown = as_markdown(text.strip(), style)
    return style, Passage(markdown, spans) if markdown else None

"""Moodle's Aiken format: a stem, lettered options, and a line that names the right letter.

    What is the capital of Australia?
    A) Sydney
    B) Canberra
    ANSWER: B

The specification is https://docs.moodle.org/en/Aiken_format. Beyond it, a stem and an option may
take several lines, blank lines may stand anywhere, and the key may name several letters. Below it
may stand "EXPLANATION: …", and the lines that Chamilo knows: "ANSWER_EXPLANATION: …", "SCORE: …",
"TAGS: …". Nothing in such a file is Markdown: where there is some, or where the file is called so,
other dialects that know letters and answers come first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.diagnostics import Report
from builder.letters import LATIN, named_option, stands_at
from builder.model import Option, Passage, Question, Verdict
from builder.patterns import late
from builder.plain_text import plain_passage
from builder.scan import Line, Page, Shape, cut
from builder.signals import asks
from builder.similarity import normal
from builder.source import Span
from builder.values import Draft, field

_OPTION = re.compile(r"\s*([^\W\d_])(?:\)\s*|\.(?:\s+|$))")
_SAID = (
    r"(?=[AПОВR])(?:ANSWERS?|(?:ПРАВИЛЬНЫЙ\s+)?ОТВЕТЫ?|ВІДПОВІДЬ|RESPUESTA|RÉPONSE|ANTWORT|RISPOSTA|RESPOSTA)"
    r"\s*[:：][ \t]*(?P<key>.*)"
)
_KEY = late(rf"\s*{_SAID}", re.IGNORECASE)
_ANY_KEY = re.compile(rf"\n[^\S\n]*+{_SAID}", re.IGNORECASE)
_STRICT_KEY = re.compile(r"\n[ \t]*(?:ANSWER|ОТВЕТ):[ \t]*[^\W\d_]")
"""How lines begin in a text, behind the end of the one above, which is found ten times as fast as
a beginning is."""
_LETTERS = re.compile(r"\(?[^\W\d_](?:(?:\s*[,;/&+]\s*|\s+(?:and|и)\s+)[^\W\d_])*(?![^\W_])")
_BELOW = late(
    r"\s*(?:(?P<why>(?:ANSWER[_ ])?EXPLANATION|FEEDBACK|RATIONALE|DESCRIPTION|ПОЯСНЕНИЕ|ОБЪЯСНЕНИЕ"
    r"|КОММЕНТАРИЙ)|(?P<tags>TAGS|ETIQUETAS)|SCORE|POINTS)\s*:\s*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*((?:(?:question|вопрос|q)\s*)?\d{1,3})[.):](?:\s+|$)", re.IGNORECASE)


def recognises(page: Page) -> int:
    """Two for every question with a key as Moodle wants it, and one for a file of nothing else."""
    text = f"\n{page.source.text}"
    if not _ANY_KEY.search(text):
        return 0
    strict = len(_STRICT_KEY.findall(text))
    keyed = sum(1 for entry in _entries(page.lines) if entry.key and entry.options)
    if strict < keyed or _is_markdown(page):
        return keyed
    return 2 * keyed + bool(keyed)


def _is_markdown(page: Page) -> bool:
    """Whether the file's name says so, or markup that plain text does not hold by accident."""
    if page.source.path.lower().endswith((".md", ".markdown")):
        return True
    shapes = {block.shape for block in page.blocks if block.marker[:1] not in ("=", "-")}
    bold = any(line.text.lstrip().startswith(("**", "__")) for line in page.lines)
    return bold or not shapes.isdisjoint({Shape.HEADING, Shape.FENCE, Shape.QUOTE})


def read(page: Page, report: Report) -> list[Question]:
    entries = _entries(page.lines)
    entries[0].stem = _without_title(entries[0].stem)
    found = (_question(entry, report) for entry in entries)
    return [question for question in found if question]


# Lines -------------------------------------------------------------------------------------


class _Row(Draft):
    """An option: its letter, and its lines, the first of them without it."""

    letter: str
    lines: list[Line]


class _Entry(Draft):
    """The lines of one question, by what they are.

    `rest` is text apart from the options above it: it continues the last one, or begins the next
    stem.
    """

    stem: list[Line] = field(default_factory=list)
    options: list[_Row] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)
    key: Line | None = None
    below: list[Line] = field(default_factory=list)

    def add_option(self, letter: str, line: Line) -> None:
        self.end_option()
        self.options.append(_Row(letter, [line]))

    def end_option(self) -> None:
        if self.options:
            self.options[-1].lines += self.rest
            self.rest = []

    def add_text(self, line: Line, apart: bool) -> None:
        if not self.options:
            self.stem.append(line)
        elif apart or self.rest:
            self.rest.append(line)
        else:
            self.options[-1].lines.append(line)


def _entries(lines: Sequence[Line]) -> list[_Entry]:
    """The questions of a file: each ends at its key, or where the next list of options begins."""
    found = [_Entry()]
    apart = False
    for line in lines:
        if line.blank:
            apart = True
            continue
        entry = found[-1]
        option = _OPTION.match(line.text) if entry.stem else None
        if _KEY.match(line.text) and entry.stem:
            entry.end_option()
            entry.key = line
            found.append(_Entry())
        elif not entry.stem and len(found) > 1 and _goes_below(found[-2], line, apart):
            found[-2].below.append(line)
        elif option and entry.rest and stands_at(option[1], 0):
            found.append(_Entry(entry.rest, [_Row(option[1], [cut(line, option.end())])]))
            entry.rest = []
        elif option and _near(option[1], len(entry.options)):
            entry.add_option(option[1], cut(line, option.end()))
        else:
            entry.add_text(line, apart)
        apart = False
    return found


def _goes_below(entry: _Entry, line: Line, apart: bool) -> bool:
    """Whether a line below the key still belongs to its question."""
    return bool(_BELOW.match(line.text)) or (bool(entry.below) and not apart)


def _near(letter: str, index: int) -> bool:
    """Whether a letter can be that of an option: the right one, or its neighbour by a slip."""
    return any(stands_at(letter, at) for at in ((0,) if not index else range(index - 1, index + 2)))


def _without_title(stem: list[Line]) -> list[Line]:
    """The first stem of a file without a line that looks like a title, apart from what asks."""
    apart = len(stem) > 1 and stem[1].number > stem[0].number + 1
    is_title = apart and stem[0].text.rstrip()[-1].isalnum() and asks(stem[-1].text)
    return stem[1:] if is_title else stem


def _numbered_part(stem: list[Line]) -> list[Line]:
    """A stem from its last numbered paragraph on: what stands above is no part of it."""
    for at in range(len(stem) - 1, 0, -1):
        if stem[at - 1].number < stem[at].number - 1 and _NUMBER.match(stem[at].text):
            return stem[at:]
    return stem


# Questions ---------------------------------------------------------------------------------


def _question(entry: _Entry, report: Report) -> Question | None:
    if not entry.options:
        if entry.key:
            message = "an answer without options"
            report.error("no-options", entry.key.span, message, "write them above it: A) …, B) …")
        return None
    entry.stem = _numbered_part(entry.stem)
    title, number, stem = _numbered_stem(entry.stem)
    if stem is None:
        hint = "write the question above its options"
        report.error("no-stem", entry.stem[0].span, "the options answer no question", hint)
        return None
    verdicts = _verdicts(entry, report)
    rows = zip(entry.options, verdicts, strict=True)
    options = tuple(_option(row, at, verdict, report) for at, (row, verdict) in enumerate(rows))
    last = [entry.stem[0], *entry.options[-1].lines, *filter(None, [entry.key]), *entry.below][-1]
    words = [Span(ln.offset, _after_word(ln).offset) for ln in entry.below if _BELOW.match(ln.text)]
    why, tags = _below_key(entry.below)
    return Question(
        span=Span(entry.stem[0].offset, last.end),
        title=title,
        stem=stem,
        options=options,
        explanation=plain_passage(why),
        labels=(*number, *((entry.key.span,) if entry.key else ()), *words),
        tags=tags,
    )


def _numbered_stem(lines: Sequence[Line]) -> tuple[str, tuple[Span, ...], Passage | None]:
    """The number of a stem ("Question 3: …", "3. …"), where it stands, and the stem without it."""
    match = _NUMBER.match(lines[0].text)
    if not match:
        return "", (), plain_passage(lines)
    label = Span(lines[0].offset, lines[0].offset + match.end())
    return match[1], (label,), plain_passage([cut(lines[0], match.end()), *lines[1:]])


def _option(row: _Row, index: int, verdict: Verdict, report: Report) -> Option:
    span = Span(row.lines[0].offset, row.lines[-1].end)
    if not stands_at(row.letter, index):
        message = f"taken as the next option, though “{LATIN[index]}” was to come"
        report.info("option-letter", span, message, f"write “{LATIN[index]}”")
    text = plain_passage(row.lines) or Passage("", (span,))
    return Option(text, verdict, span, label=row.letter)


def _below_key(lines: Sequence[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """The explanation and the tags among the lines below a key; scores are left out."""
    why: list[Line] = []
    tags: list[str] = []
    explains = False
    for line in lines:
        word = _BELOW.match(line.text)
        if word:
            explains = bool(word["why"])
        if word and word["tags"]:
            tags += [tag.strip() for tag in line.text[word.end() :].split(",") if tag.strip()]
        elif explains:
            why.append(_after_word(line))
    return why, tuple(tags)


def _after_word(line: Line) -> Line:
    match = _BELOW.match(line.text)
    return cut(line, match.end()) if match else line


# The key -----------------------------------------------------------------------------------


def _verdicts(entry: _Entry, report: Report) -> list[Verdict]:
    """The verdict of each option; all unknown where the key names none, or more than there are."""
    right = _right(entry, report)
    if right is None:
        return [Verdict.UNKNOWN] * len(entry.options)
    count = range(len(entry.options))
    return [Verdict.CORRECT if number in right else Verdict.WRONG for number in count]


def _right(entry: _Entry, report: Report) -> set[int] | None:
    if entry.key is None:
        return None
    match = _KEY.match(entry.key.text)
    assert match
    place = cut(entry.key, match.start("key"))
    found = (
        _by_letters(place, entry.options, report)
        or (_by_text(place.text, entry.options) if place.text else None)
        or _by_glued_letters(place.text, entry.options)
    )
    if not found:
        message = f"no option is called “{place.text}”" if place.text else "no answer is given"
        report.error("unknown-answer", place.span, message, "write the letter of the right option")
    return found or None


def _by_letters(key: Line, options: Sequence[_Row], report: Report) -> set[int]:
    """The options whose letters a key names ("B", "A, C", "B) Canberra"); none if one is amiss."""
    match = _LETTERS.match(key.text)
    letters = re.findall(r"(?<![^\W_])[^\W\d_](?![^\W_])", match[0]) if match else []
    labels = [row.letter for row in options]
    found: set[int] = set()
    for letter in letters:
        number = named_option(letter, labels)
        if number is None and letter == "и":
            continue
        if number is None:
            return set()
        if letter.upper() != labels[number].upper():
            message = f"“{letter}” is of another alphabet, taken for option {labels[number]}"
            report.info("foreign-letter", key.span, message, f"write “{labels[number]}”")
        found.add(number)
    return found


def _by_text(text: str, options: Sequence[_Row]) -> set[int]:
    """The option whose text a key repeats."""
    texts = [normal(" ".join(line.text for line in row.lines)) for row in options]
    return {number for number, other in enumerate(texts) if other == normal(text)}


def _by_glued_letters(text: str, options: Sequence[_Row]) -> set[int]:
    """The options that a key such as "BD" names."""
    labels = [row.letter for row in options]
    return set(map(labels.index, text)) if set(text) <= set(labels) else set()

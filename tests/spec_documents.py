"""Spec documents: Markdown that people read, in which each pair of fences is a test.

The first fence of a pair holds a source file, its info string the name of that file; the second,
with the info string `reads`, what is read from it:

    3 Question 7: What is asked?            the line, the title if there is one, the stem
      # how to answer
      + an option that is right             "-" wrong, "~" disputed, "?" unknown
        > why it is
      = the explanation, or the answer of an open question
      @ a tag
    5:3 warning name-of-a-finding           what reading found, in source order; no rules
    unread 5-6 on no card

Lines that continue a text are indented by two more. `python tests/spec_documents.py FILE …` writes
what is read today into the documents: read the difference before you commit it.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from builder.model import Question, Verdict
from builder.reading import Reading, read
from builder.source import Source

MARKS = {
    Verdict.CORRECT: "+",
    Verdict.WRONG: "-",
    Verdict.DISPUTED: "~",
    Verdict.UNKNOWN: "?",
}

PAIR = re.compile(
    r"^(?P<fence>`{3,}) *(?P<file>\S+)\n(?P<text>.*?)^(?P=fence)\n+"
    r"^(?P<reads>`{3,}) *reads\n(?P<expected>.*?)^(?P=reads)$",
    re.MULTILINE | re.DOTALL,
)
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


class Case(NamedTuple):
    """A pair of fences; `name` is the heading above, and the line."""

    name: str
    file: str
    text: str
    expected: str


def cases(document: Path) -> Iterator[Case]:
    text = document.read_text(encoding="utf-8")
    for match in PAIR.finditer(text):
        heading = HEADING.findall(text, 0, match.start())[-1]
        line = text.count("\n", 0, match.start()) + 1
        yield Case(f"{heading}, line {line}", match["file"], match["text"], match["expected"])


def described(reading: Reading) -> str:
    """What was read of a file, as the documents show it."""
    lines = [line for question in reading.questions for line in _question(reading, question)]
    for finding in reading.diagnostics:
        place = f"{finding.place.line}:{finding.place.column} " if finding.place else ""
        lines.append(f"{place}{finding.severity} {finding.rule}")
    lines += [f"unread {u.first}-{u.last} {u.reason}" for u in reading.unread]
    return "".join(f"{line}\n" for line in lines)


def _question(reading: Reading, question: Question) -> Iterator[str]:
    line, _ = reading.source.place(question.span.start)
    title = f"{question.title}: " if question.title else ""
    yield from _shown(f"{line} ", f"{title}{question.stem.markdown}")
    if question.instruction:
        yield from _shown("  # ", question.instruction.markdown)
    for option in question.options:
        label = f"{option.label}: " if option.label else ""
        yield from _shown(f"  {MARKS[option.verdict]} ", f"{label}{option.text.markdown}")
        for passage in filter(None, (option.summary, option.why)):
            yield from _shown("    > ", passage.markdown)
    if question.explanation:
        yield from _shown("  = ", question.explanation.markdown)
    for tag in question.tags:
        yield f"  @ {tag}"


def _shown(mark: str, text: str) -> Iterator[str]:
    first, *rest = text.split("\n")
    indent = " " * (len(mark) - len(mark.lstrip()) + 4)
    yield f"{mark}{first}".rstrip()
    yield from (f"{indent}{line}".rstrip() for line in rest)


def reads(case: Case) -> str:
    return described(read(Source(case.file, case.text), chosen=()))


def accept(document: Path) -> None:
    """Writes what is read today into a document."""

    def written(match: re.Match[str]) -> str:
        today = reads(Case("", match["file"], match["text"], ""))
        start, end = match.span("expected")
        return match[0][: start - match.start()] + today + match[0][end - match.start() :]

    text = document.read_text(encoding="utf-8")
    document.write_text(PAIR.sub(written, text), encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        accept(Path(name))

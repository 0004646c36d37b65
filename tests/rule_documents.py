"""Documents of rules: one per rule, called as the rule, in which people read what it finds.

A document shows first, below "Silent", what the rule lets pass, then, below "Found", what it
finds. An example is one or more fences with files, below one another; their info string is what
is in the file, such as `markdown`, `gift`, `toml`, and, where it matters, its name. `bytes` says
that escapes such as \\xcf stand for bytes. A file that is no quiz is `deck.toml`, `deck.lock` or
a picture beside the quiz. The fence below them, with the info string `text`, is what `build-deck
check --select RULE` prints of them; without it there is nothing to print.

`python tests/rule_documents.py FILE …` writes what is printed today into the documents: read the
difference before you commit it.
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from builder import settings
from builder.checking import check
from builder.decoding import decode
from builder.diagnostics import Diagnostic, with_source
from builder.dialects import dialects
from builder.files import FILE_NAME, LOCK_NAME, SUFFIXES, templates
from builder.ledger import read_lock
from builder.pipeline import File
from builder.rules import rules
from builder.source import Source

FOLDER = Path(__file__).parent / "spec" / "rules"

FENCE = re.compile(
    r"^(?P<fence>`{4,}) *(?P<info>[^\n]*)\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL
)
HEADING = re.compile(r"^## (Silent|Found)$", re.MULTILINE)


class Example(NamedTuple):
    """Files by name, what is said of them, and where the document has that."""

    name: str
    files: tuple[tuple[str, bytes], ...]
    expected: str
    end: int
    span: tuple[int, int] | None


def examples(document: Path) -> Iterator[Example]:
    text = document.read_text(encoding="utf-8")
    group: list[re.Match[str]] = []
    for fence in FENCE.finditer(text):
        if group and (group[-1]["info"] == "text" or text[group[-1].end() : fence.start()].strip()):
            yield _example(text, group)
            group = []
        group.append(fence)
    if group:
        yield _example(text, group)


def _example(text: str, group: list[re.Match[str]]) -> Example:
    heading = HEADING.findall(text, 0, group[0].start())[-1]
    line = text.count("\n", 0, group[0].start()) + 1
    inputs = [fence for fence in group if fence["info"] != "text"]
    files = tuple(_file(fence["info"], fence["body"]) for fence in inputs)
    said = group[-1] if group[-1]["info"] == "text" else None
    expected = said["body"] if said else ""
    span = said.span("body") if said else None
    return Example(f"{heading}, line {line}", files, expected, group[-1].end(), span)


def _file(info: str, body: str) -> tuple[str, bytes]:
    kind, _, name = info.partition(" ")
    content = body.encode()
    if kind == "bytes":
        content = content.decode("unicode_escape").encode("latin-1")
    return name or "quiz.md", content


def said(rule: str, files: tuple[tuple[str, bytes], ...]) -> str:
    """What `check --select RULE` prints of the files."""
    found = _beside(files) or _in_quizzes(rule, files)
    shown = (
        "".join(text for _, text in with_source(finding, sources))
        for finding, sources in found
        if finding.rule == rule
    )
    return "\n".join(shown)


Found = list[tuple[Diagnostic, Mapping[str, Source]]]


def _in_quizzes(rule: str, files: tuple[tuple[str, bytes], ...]) -> Found:
    pictures = {name: content for name, content in files if not name.endswith(SUFFIXES)}
    checked = check(
        [File(name, name, content) for name, content in files if name not in pictures],
        settings.Settings(),
        templates(),
        lambda _file, name: pictures.get(name),
        select=[rule],
    )
    return [(finding, checked.sources) for finding in checked.diagnostics]


def _beside(files: tuple[tuple[str, bytes], ...]) -> Found:
    """What is told of settings and locks; nothing if there are none."""
    found: Found = []
    for name, content in files:
        if name in READERS:
            source = decode(name, content, "utf-8")
            assert isinstance(source, Source), f"{name} is no text"
            found += [(finding, {name: source}) for finding in READERS[name](source)]
    return found


READERS: dict[str, Callable[[Source], tuple[Diagnostic, ...]]] = {
    FILE_NAME: lambda source: settings.parse(
        source, ["en", "ru"], tuple(dialects()), tuple(rules())
    )[1],
    LOCK_NAME: lambda source: read_lock(source)[1],
}


def accept(document: Path) -> None:
    """Writes what is printed today into the examples of a document, below "Found"."""
    text = document.read_text(encoding="utf-8")
    for example in reversed(list(examples(document))):
        today = said(document.stem, example.files)
        if example.span:
            start, end = example.span
            text = text[:start] + today + text[end:]
        elif today:
            text = f"{text[: example.end]}\n\n````text\n{today}````{text[example.end :]}"
    document.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        accept(Path(name))

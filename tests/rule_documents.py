"""Documents of rules: one per rule, called as the rule, in which people read what it finds.

A document shows first, below "Silent", what the rule lets pass, then, below "Found", what it
finds. An example is one or more fences with source files, below one another; their info string is
`markdown` and, where there are several or it matters, the name of the file. `bytes` in the place
of `markdown` says that escapes such as \\xcf stand for bytes. The fence below them, with the info
string `text`, is what `build-deck check --select RULE` prints of them; without it there is nothing
to print.

`python tests/rule_documents.py FILE …` writes what is printed today into the documents: read the
difference before you commit it.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from builder.checking import check
from builder.diagnostics import with_source
from builder.files import templates
from builder.pipeline import File
from builder.settings import Settings

FOLDER = Path(__file__).parent / "spec" / "rules"

FENCE = re.compile(
    r"^(?P<fence>`{4,}) *(?P<info>[^\n]*)\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL
)
HEADING = re.compile(r"^## (Silent|Found)$", re.MULTILINE)


class Example(NamedTuple):
    """Source files by name, what is said of them, and where the document has that."""

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
    if kind == "bytes":
        return name, body.encode().decode("unicode_escape").encode("latin-1")
    return name or "quiz.md", body.encode()


def said(rule: str, files: tuple[tuple[str, bytes], ...]) -> str:
    """What `check --select RULE` prints of the files."""
    checked = check(
        [File(name, name, content) for name, content in files],
        Settings(),
        templates(),
        lambda _file, _name: None,
        select=[rule],
    )
    shown = ("".join(text for _, text in with_source(finding, checked.sources))
             for finding in checked.diagnostics)  # fmt: skip
    return "\n".join(shown)


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

"""Documents of prose: Markdown that people read, in which each pair of fences is a test.

The first fence of a pair holds a fragment, the second, with the info string `html`, what a card
shows of it. GitHub shows the same unless the info string is `html, unlike GitHub`.
`python tests/prose_documents.py FILE …` writes the HTML of today into the documents: read the
difference before you commit it.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from builder.html import clean
from builder.prose import render

FOLDER = Path(__file__).parent / "spec" / "prose"

PAIR = re.compile(
    r"^(?P<fence>`{4,}) *markdown\n(?P<markdown>.*?)^(?P=fence)\n+"
    r"^(?P<shown>`{4,}) *html(?P<unlike>, unlike GitHub)?\n(?P<html>.*?)^(?P=shown)$",
    re.MULTILINE | re.DOTALL,
)
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


class Case(NamedTuple):
    """A pair of fences; `name` is the heading above, and the line."""

    name: str
    markdown: str
    html: str
    like_github: bool


def cases() -> Iterator[Case]:
    for document in sorted(FOLDER.glob("*.md")):
        text = document.read_text(encoding="utf-8")
        for match in PAIR.finditer(text):
            heading = HEADING.findall(text, 0, match.start())[-1]
            line = text.count("\n", 0, match.start()) + 1
            name = f"{document.name}, line {line}: {heading}"
            like_github = match["unlike"] is None
            yield Case(name, _typed(match["markdown"]), match["html"], like_github)


def _typed(markdown: str) -> str:
    """A fragment as an author types it: spaces at the end of a line and tabs stand as symbols."""
    return markdown.replace("·", " ").replace("→", "\t").removesuffix("\n")


def shown(markdown: str) -> str:
    html = clean(render(markdown)).html
    return f"{html}\n" if html else ""


def accept(document: Path) -> None:
    """Writes the HTML of today into a document."""

    def written(match: re.Match[str]) -> str:
        today = shown(_typed(match["markdown"]))
        start, end = match.span("html")
        return match[0][: start - match.start()] + today + match[0][end - match.start() :]

    text = document.read_text(encoding="utf-8")
    document.write_text(PAIR.sub(written, text), encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        accept(Path(name))

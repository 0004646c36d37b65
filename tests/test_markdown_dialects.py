"""Dialects of Markdown: what their documents say is what is read."""

from importlib import import_module
from pathlib import Path
from textwrap import dedent

import pytest
from spec_documents import cases, reads

from builder.dialects import dialects
from builder.reading import read
from builder.source import Source

DOCUMENTS = Path(__file__).parent / "spec" / "dialects"
NO_MARKDOWN = {"aiken", "gift", "trivia"}
CASES = [
    (document.stem, case)
    for document in sorted(DOCUMENTS.glob("*.md"))
    if document.stem not in NO_MARKDOWN
    for case in cases(document)
]


@pytest.mark.parametrize(
    "case", [case for _, case in CASES], ids=[f"{d}: {c.name}" for d, c in CASES]
)
def test_a_file_is_read_as_its_document_says(case):
    assert reads(case) == case.expected


def test_every_dialect_has_a_document():
    names = {document.stem for document in DOCUMENTS.glob("*.md")}
    assert set(dialects()) <= names


@pytest.mark.parametrize("name", sorted(set(dialects()) - NO_MARKDOWN))
def test_the_page_of_a_dialect_shows_a_quiz_that_is_read_in_it(name):
    page = import_module(f"builder.dialects.{name}").__doc__
    shown = [line for line in page.split("\n")[1:] if line.startswith("    ") or not line]
    quiz = dedent("\n".join(shown)).strip()
    assert read(Source("quiz.md", quiz)).dialect == name

"""Dialects of Markdown: what their documents say is what is read."""

import sys
from importlib import import_module
from pathlib import Path
from textwrap import dedent

import pytest
from spec_documents import cases, reads

import builder.dialects as package
from builder.anatomy.faces import face
from builder.dialects import dialects
from builder.model import Verdict
from builder.reading import read
from builder.scan import Line
from builder.source import Source

DOCUMENTS = Path(__file__).parent / "spec" / "dialects"
NO_MARKDOWN = {"aiken", "gift", "text2qti", "trivia"}
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


@pytest.mark.parametrize("way", [way for way in package.ways() if way.loud], ids=lambda w: w.name)
@pytest.mark.parametrize("number", [1, 2, 3, 7])
def test_a_loud_way_claims_nothing_where_all_is_silent(way, number):
    faces = tuple(face(Line(1, 0, "Convolution")) for _ in range(number))
    assert all(each.silent for each in faces)
    assert not way.claims(faces)
    assert not way.whole(faces)


COLOURS = '''"""Options with colours: `(green) right`, `(red) wrong`."""

from builder.anatomy.ways import Way
from builder.model import Verdict
from builder.scan import cut

COLOURS = {"(green)": Verdict.CORRECT, "(red)": Verdict.WRONG}


def colour(face):
    return face.text.text.partition(" ")[0]


WAY = Way(
    "colours",
    claims=lambda faces: all(colour(face) in COLOURS for face in faces),
    verdicts=lambda faces: [COLOURS[colour(face)] for face in faces],
    text=lambda face: cut(face.text, len(colour(face))),
)
'''


@pytest.fixture
def colours(tmp_path, monkeypatch):
    """A dialect that somebody adds: one file beside the others."""
    (tmp_path / "colours.py").write_text(COLOURS, encoding="utf-8")
    caches = (package.dialects, package.ways, package._modules)
    with monkeypatch.context() as patched:
        patched.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
        for cache in caches:
            cache.cache_clear()
        yield
    sys.modules.pop("builder.dialects.colours", None)
    for cache in caches:
        cache.cache_clear()


@pytest.mark.usefixtures("colours")
def test_a_dialect_is_one_file():
    reading = read(Source("quiz.md", "## Which one?\n\n- (red) this\n- (green) that\n"))
    (question,) = reading.questions
    options = [(option.text.markdown, option.verdict) for option in question.options]
    assert options == [("this", Verdict.WRONG), ("that", Verdict.CORRECT)]

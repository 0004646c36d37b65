"""Prose comes out as GitHub shows it, formulas as Anki shows them."""

import pytest
from github import github_outline, outline
from prose_documents import cases, shown

from builder.prose import render

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_fragment_is_shown_as_its_document_says(case):
    assert shown(case.markdown) == case.html


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.like_github], ids=[c.name for c in CASES if c.like_github]
)
def test_github_shows_the_same(case):
    assert outline(render(case.markdown)) == github_outline(case.markdown)

"""GIFT, Aiken and trivia: what the spec documents say, and what holds for any text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spec_documents import cases, reads

DOCUMENTS = Path(__file__).parent / "spec" / "dialects"
CASES = [case for name in ("gift", "aiken", "trivia") for case in cases(DOCUMENTS / f"{name}.md")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_is_read_as_its_document_says(case):
    assert reads(case) == case.expected

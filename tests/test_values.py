"""Values as JSON: what locks and hashes of earlier versions hold was written by Python's `json`."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model import Verdict
from builder.values import as_json, as_spaced_json

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SINGLE = st.booleans() | st.integers(0, 2**53) | st.sampled_from(Verdict) | TEXT
VALUES = st.recursive(
    SINGLE, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner) | st.tuples(inner)
)


@given(VALUES)
def test_json_is_what_the_json_of_python_writes(value):
    compact = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    assert as_json(value).decode() == compact
    assert as_spaced_json(value).decode() == json.dumps(value, ensure_ascii=False)


def test_every_sign_is_escaped_or_left_as_the_json_of_python_does():
    signs = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    assert as_json(signs).decode() == json.dumps(signs, ensure_ascii=False)


def test_half_a_character_is_refused():
    with pytest.raises(UnicodeEncodeError):
        as_json(["\ud800"])

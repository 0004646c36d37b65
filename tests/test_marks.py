"""Verdicts at the end of a line."""

import pytest

from builder.signals.marks import trailing

ENDS = [
    ("✅", "✅", None),
    ("**ReLU ❌**", "❌", None),
    ("(&#10060;&#65039;)***.", "❌", None),
    ("[x]", "", "x"),
    ("(correct)", "✅", None),
    ("**[ _The correct answer!_ ]**", "✅", None),
    ("(это не верный вариант)", "❌", None),
    ("<--- the correct answer!!!", "✅", None),
    ("👈   это правильный вариант***", "✅", None),
]


@pytest.mark.parametrize(("end", "sign", "box"), ENDS, ids=[end for end, _, _ in ENDS])
def test_a_verdict_is_found_however_long_the_line_is(end, sign, box):
    short, long = f"слово {end}", "слово " * 500 + end
    near, far = trailing(short), trailing(long)
    assert near is not None
    assert far is not None
    assert near[1:3] == far[1:3] == (sign, box)
    assert short[near[0] :] == long[far[0] :]


@pytest.mark.parametrize(
    "text", ["int[]", "[1, 2], []", "see [the docs](x)", "(correct) is one", ""]
)
def test_what_only_looks_like_a_verdict_is_none(text):
    assert trailing(text) is None

"""Places in a text: offsets, lines and columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.source import Source, Span

TEXTS = st.text(st.sampled_from("ab \n✅\u0085\u2028"), max_size=40)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a"]),
        ("a\n\nb", ["a", "", "b"]),
        ("\n", [""]),
        ("a\u0085b\u2028c\x0bd", ["a\u0085b\u2028c\x0bd"]),
    ],
)
def test_lf_alone_ends_a_line(text, lines):
    assert list(Source("x", text).lines) == lines


@given(TEXTS)
def test_joined_lines_are_the_text(text):
    assert "\n".join(Source("x", text).lines) == text.removesuffix("\n")


@given(TEXTS)
def test_a_place_leads_back_to_its_offset(text):
    source = Source("x", text)
    for offset in range(len(text) + 1):
        line, column = source.place(offset)
        assert source.starts[line - 1] + column - 1 == offset


@given(TEXTS, st.data())
def test_the_span_of_lines_holds_them_and_touches_no_other(text, data):
    source = Source("x", text)
    first = data.draw(st.integers(1, len(source.lines)))
    last = data.draw(st.integers(first, len(source.lines)))
    span = source.line_span(first, last)
    assert source.text[span.start : span.end] == "\n".join(source.lines[first - 1 : last])
    assert source.line_range(span)[0] == first


def test_a_span_that_ends_with_a_line_does_not_touch_the_next():
    assert list(Source("x", "ab\ncd\n").line_range(Span(0, 3))) == [1]


def test_columns_count_code_points():
    assert Source("x", "✅ я").place(2) == (1, 3)

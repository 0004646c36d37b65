"""What reading and showing cost grows with the size of a file, whatever is in it.

Counted are calls, which are the same on every machine; `bench/growth.py` measures time and memory,
which also tell of the time within a call.
"""

import sys

import pytest
from bench.growth import FILES

from builder.pipeline import File
from builder.preparing import read_file
from builder.prose import Labels
from builder.rendering import render_questions

SMALL, TIMES = 1_500, 4
STEEPEST = 1.15
FREE = 3_000
"""Calls that are no growth: what is read once, what is looked up for the first time."""


def calls(text):
    number = 0

    def count(_frame, event, _argument):
        nonlocal number
        number += event in ("call", "c_call")

    file = File("q.md", "q.md", text.encode())
    sys.setprofile(count)
    try:
        render_questions(read_file(file), lambda *_: None, Labels())
    finally:
        sys.setprofile(None)
    return number


@pytest.mark.parametrize("name", FILES)
def test_calls_grow_with_the_size(name):
    calls(FILES[name](SMALL))  # what is kept from one file to the next is there
    one, many = calls(FILES[name](SMALL)), calls(FILES[name](SMALL * TIMES))
    assert many <= one * TIMES**STEEPEST + FREE

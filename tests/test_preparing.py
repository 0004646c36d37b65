"""Files prepared apart from each other: by one process or several, and packed on the way."""

from dataclasses import replace

import pytest
from command import SEED
from hypothesis import given
from reviewer import ENGLISH
from test_whole import BYTES

from builder import packing, workers
from builder.diagnostics import Severity
from builder.files import MediaBelow
from builder.pipeline import File
from builder.preparing import Plan, prepare
from builder.rules import wanted

PLAN = Plan(ENGLISH, tuple(rule.name for rule in wanted({}, Severity.INFO)))
PICTURE = b"\x89PNG\r\n\x1a\n picture"


def found(_file, name):
    return PICTURE if name == "there.png" else None


def unpacked(packed):
    light, shown = packing.parts(packed)
    return packing.unpack(light, lambda: shown)


def whole(prepared):
    return replace(prepared, shown=tuple(prepared.shown))


@given(BYTES)
def test_what_was_packed_is_the_same_when_unpacked(content):
    prepared = prepare(File("a/0.md", "s/a/0.md", content), PLAN, found)
    assert whole(unpacked(packing.pack(prepared))) == whole(prepared)


@pytest.mark.parametrize("name", ["there.png", "missing.png"])
def test_media_are_remembered_by_what_they_hold(name):
    quiz = f"## 1\n\n![a]({name})?\n\n* ✅ a\n* ❌ b\n"
    prepared = prepare(File("0.md", "0.md", quiz.encode()), PLAN, found)
    (sought,) = unpacked(packing.pack(prepared)).media
    there = name == "there.png"
    assert (sought.name, bool(sought.digest), bool(sought.bundled)) == (name, there, there)


def many(number):
    seed = SEED.read_text(encoding="utf-8")
    texts = (seed.replace("Задание", f"Задание {n}.") for n in range(number))
    return [File(f"{n}.md", f"{n}.md", text.encode()) for n, text in enumerate(texts)]


def test_several_processes_give_what_one_gives_in_the_same_order(tmp_path):
    files = many(7)
    one, two, three = (
        [whole(unpacked(each)) for _, each in workers.packed(files, PLAN, MediaBelow(tmp_path), n)]
        for n in (1, 2, 3)
    )
    assert one == two == three

"""Files prepared apart from each other: by one process or several, and packed on the way."""

import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from command import ROOT, SEED
from hypothesis import given
from reviewer import ENGLISH
from test_whole import BYTES

from builder import identity, packing, workers
from builder.diagnostics import Severity
from builder.files import MediaBelow
from builder.model import Verdict
from builder.pipeline import File
from builder.preparing import Plan, prepare
from builder.rules import wanted
from builder.values import replace

NAMES = tuple(rule.name for rule in wanted({}, Severity.INFO))
PLAN = Plan(ENGLISH, NAMES, cards="questions")  # not the default, so that losing it would show
PICTURE = b"\x89PNG\r\n\x1a\n picture"


def found(_file, name):
    return PICTURE if name == "there.png" else None


def unpacked(parts):
    return packing.unpack(parts.light, *(partial(bytes, part) for part in parts[1:]))


def whole(prepared):
    heavy = {name: tuple(getattr(prepared, name)) for name in packing.Parts._fields[1:]}
    return replace(prepared, **heavy)


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


def test_what_was_read_of_a_file_is_freed_without_being_looked_for():
    """So Python need look for circles only seldom (`builder.__main__`)."""
    file = File("0.md", "0.md", SEED.read_bytes())
    prepare(file, PLAN, found)  # loads what is loaded once
    gc.collect()
    gc.disable()
    try:
        prepare(file, PLAN, found)
        assert gc.collect() == 0
    finally:
        gc.enable()


def many(number):
    seed = SEED.read_text(encoding="utf-8")
    texts = (seed.replace("Задание", f"Задание {n}.") for n in range(number))
    return [File(f"{n}.md", f"{n}.md", text.encode()) for n, text in enumerate(texts)]


def packed(files, find_media, number):
    with workers.Crew(number) as crew:
        return sorted(crew.packed(files, PLAN, find_media))


@pytest.mark.parametrize("text", ["", 'a "b", c', "\\", "я\n\x00", "\u2028", "a\ud800", "\udfff"])
def test_what_was_asked_is_hashed_as_python_writes_json(text):
    asked = [["", [text, Verdict.WRONG]], [text]]
    written = json.dumps(asked, ensure_ascii=False).encode("utf-8", "surrogatepass")
    assert identity._hash(asked) == sha256(written).hexdigest()[:16]


def test_several_processes_give_what_one_gives(tmp_path):
    one, two, three = (packed(many(7), MediaBelow(tmp_path), number) for number in (1, 2, 3))
    assert one == two == three


def square(number):
    return number * number, os.getpid()


def test_processes_that_are_there_do_what_comes_after(tmp_path):
    with workers.Crew(2) as crew:
        before = list(crew.spread(square, range(100)))
        list(crew.packed(many(3), PLAN, MediaBelow(tmp_path)))
        after = list(crew.spread(square, range(100)))
    squares = [number * number for number in range(100)]
    assert before == [(each, os.getpid()) for each in squares]
    assert sorted(each for each, _ in after) == squares
    assert os.getpid() not in {process for _, process in after}


def test_where_threads_run_workers_begin_anew_and_give_the_same(tmp_path):
    files, stop = many(3), threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        made = packed(files, MediaBelow(tmp_path), 2)
    finally:
        stop.set()
        thread.join()
    assert made == packed(files, MediaBelow(tmp_path), 1)


def deadly(_file, _name):
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_that_is_ended_is_told_in_a_sentence():
    quiz = "## 1\n\n![](a.png)?\n\n* ✅ a\n* ❌ b\n".encode()
    files = [File(f"{n}.md", f"{n}.md", quiz) for n in range(3)]
    with pytest.raises(workers.WorkerError, match="ended from outside"):
        packed(files, deadly, 2)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes as Linux shows them")
def test_ctrl_c_ends_all_processes_with_a_word_and_writes_nothing(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    for file in many(2_000):
        (source / file.name).write_bytes(file.content)
    running = subprocess.Popen(
        [sys.executable, "-m", "builder", "--no-cache", "--jobs", "2"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    while not (found := children.read_text().split()):
        assert running.poll() is None
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)
    _, err = running.communicate(timeout=120)
    left = [number for number in found if Path(f"/proc/{number}").exists()]
    assert (running.returncode, err.decode().strip()) == (
        130,
        "error: stopped; nothing was written",
    )
    assert (left, [path.name for path in tmp_path.iterdir()]) == ([], ["source"])

"""Faults of the disk, kills and races: what was there stays whole, and the next run is right."""

import ctypes
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import unicodedata
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from command import EPOCH, ROOT, build_deck, python
from conftest import lacking

from builder.cli.terminal import LEFT_OUT, OK, UNUSABLE
from builder.decoding import decode
from builder.ledger import read_lock

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": EPOCH}
RUN = [sys.executable, "-m", "builder", "-q", "-o", "deck.apkg", "source"]


def quiz(questions, option):
    return "# Слои\n\n" + "".join(
        f"## Вопрос {n}\n\nЧто делает слой {n}?\n\n* ✅ {option}\n* ❌ Другое\n\n"
        for n in range(questions)
    )


class Group:
    """A folder with a deck that was built, and a change of its source that was not."""

    def __init__(self, folder, questions=3):
        self.folder, self.questions = folder, questions
        self.source = folder / "source"
        self.source.mkdir()
        self.write("Одно")
        assert build_deck("-q", "-o", "deck.apkg", "source", cwd=folder).status == OK
        self.old = self.files()
        self.write("Новое")
        with tempfile.TemporaryDirectory() as elsewhere:
            subprocess.run(["cp", "-r", folder, elsewhere], check=True)
            twin = Path(elsewhere, folder.name)
            assert build_deck("-q", "-o", "deck.apkg", "source", cwd=twin).status == OK
            self.new = self.files(twin)
        assert self.old[0] != self.new[0]
        assert self.old[1] != self.new[1]

    def write(self, option):
        (self.source / "q.md").write_text(quiz(self.questions, option), encoding="utf-8")

    def files(self, folder=None):
        """The lock and the deck, here or in a copy of this folder."""
        names = ("source/deck.lock", "deck.apkg")
        return tuple(((folder or self.folder) / name).read_bytes() for name in names)

    def restore(self):
        for name, content in zip(("source/deck.lock", "deck.apkg"), self.old, strict=True):
            (self.folder / name).write_bytes(content)

    def assert_whole(self, folder=None):
        """Each file is the earlier one or the new one; a new deck never without its lock."""
        lock, deck = self.files(folder)
        assert lock in (self.old[0], self.new[0])
        assert deck in (self.old[1], self.new[1])
        assert deck == self.old[1] or lock == self.new[0]

    def assert_next_run_is_right(self):
        assert build_deck("-q", "-o", "deck.apkg", "source", cwd=self.folder).status == OK
        assert self.files() == self.new


@pytest.fixture
def group(tmp_path):
    return Group(tmp_path)


def test_every_call_to_the_disk_may_fail(group):
    program = ROOT / "tests" / "faults.py"
    arguments = ("-q", "--cache-dir", "cache", "-o", "deck.apkg", "source")
    done = python(program, 1, *arguments, cwd=group.folder)
    statuses = [tuple(map(int, line.split())) for line in done.out.splitlines()]
    assert len(statuses) > 60
    for number, status in statuses:
        folder = group.folder / str(number)
        said, files = (folder / "said").read_text(encoding="utf-8"), group.files(folder)
        assert status == OK or (status == UNUSABLE and "error: " in said), (number, said)
        if status == OK:
            assert files == group.new, (number, said)
        group.assert_whole(folder)
        assert number == 0 or not list(folder.glob("**/*.apkg.*.part")) or "remove" in said
        build = (
            build_deck("-q", "-o", "deck.apkg", "source", cwd=folder) if number % 10 == 1 else None
        )
        assert not build or (build.status, group.files(folder)) == (OK, group.new), number


@pytest.mark.parametrize(("command", "every"), [("share", 7), ("site", 17)])
def test_any_call_to_the_disk_may_fail_where_many_files_are_written(group, command, every):
    assert build_deck(command, "-q", "-o", "out", "source", cwd=group.folder).status == OK
    group.write("Третье")
    program = ROOT / "tests" / "faults.py"
    arguments = (every, command, "-q", "--cache-dir", "cache", "-o", "out", "source")
    done = python(program, *arguments, cwd=group.folder)
    statuses = [tuple(map(int, line.split())) for line in done.out.splitlines()]
    assert len(statuses) > 20
    for number, status in statuses:
        folder = group.folder / str(number)
        said = (folder / "said").read_text(encoding="utf-8")
        assert status == OK or (status == UNUSABLE and "error: " in said.lower()), (number, said)
        package, lock = folder / "out" / "Слои.apkg", folder / "source" / "deck.lock"
        with zipfile.ZipFile(package) as archive:
            assert archive.testzip() is None
        assert read_lock(decode("deck.lock", lock.read_bytes()))[0]


def test_a_full_disk_leaves_the_earlier_deck(group):
    import resource

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    done = subprocess.run(
        RUN, cwd=group.folder, env=ENVIRONMENT, preexec_fn=limit, capture_output=True, check=False
    )
    assert done.returncode == UNUSABLE, done.stderr
    assert group.files() == group.old
    group.assert_next_run_is_right()


@pytest.mark.parametrize("free", [0, 4, 16, 24])
def test_a_disk_that_fills_up_leaves_the_earlier_deck(tmp_path, free):
    disk = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", tmp_path]
    root = os.name == "posix" and os.geteuid() == 0
    if not root or subprocess.run(disk, check=False, capture_output=True).returncode:
        lacking("no disk can be mounted here: that takes root")
    try:
        group = Group(tmp_path, questions=60)
        filler = tmp_path / "filler"
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(bytes(1024)):
                pass
        os.truncate(filler, filler.stat().st_size - free * 1024)
        done = build_deck("-q", "-o", "deck.apkg", "source", cwd=tmp_path)
        assert (done.status, "No space left" in done.err) == (UNUSABLE, True), done.err
        assert group.files() == group.old
        filler.unlink()
        group.assert_next_run_is_right()
    finally:
        subprocess.run(["umount", "--lazy", tmp_path], check=True)


def without_privilege():
    """Takes from root the right to pass over permissions (linux/prctl.h, linux/capability.h)."""
    drop_from_bounding_set, override, read_search = 24, 1, 2
    for capability in (override, read_search):
        ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


@pytest.mark.parametrize("folder", ["source", "."])
def test_a_folder_without_the_right_to_write_leaves_the_earlier_deck(group, folder):
    (group.folder / folder).chmod(0o555)
    done = subprocess.run(
        RUN,
        cwd=group.folder,
        env=ENVIRONMENT,
        preexec_fn=without_privilege,
        capture_output=True,
        check=False,
    )
    (group.folder / folder).chmod(0o755)
    assert done.returncode == UNUSABLE, done.stderr
    assert "no right to write" in done.stderr.decode()
    assert group.files() == group.old
    group.assert_next_run_is_right()


def test_a_kill_at_any_moment_leaves_lock_and_deck_whole(tmp_path):
    group = Group(tmp_path, questions=400)
    for _ in killed(group, 8):
        group.assert_whole()
    group.assert_next_run_is_right()


def killed(group, times):
    """Builds that are killed at random moments: whether each was before it ended."""
    started = time.monotonic()
    group.assert_next_run_is_right()
    usual = time.monotonic() - started
    chance = random.Random(1)
    for _ in range(times):
        group.restore()
        running = subprocess.Popen(
            RUN, cwd=group.folder, env=ENVIRONMENT, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.1, 1.05) * usual)
        running.send_signal(signal.SIGKILL)
        yield running.wait() == -signal.SIGKILL


def test_builds_at_once_take_turns(tmp_path):
    group = Group(tmp_path, questions=100)
    running = [subprocess.Popen(RUN, cwd=tmp_path, env=ENVIRONMENT) for _ in range(3)]
    assert [each.wait() for each in running] == [OK] * 3
    assert group.files() == group.new


def test_a_build_waits_for_another_and_not_for_a_dead_one(group):
    import fcntl

    handle = os.open(group.source, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    running = subprocess.Popen(RUN, cwd=group.folder, env=ENVIRONMENT)
    with pytest.raises(subprocess.TimeoutExpired):
        running.wait(timeout=3)
    assert group.files() == group.old
    os.close(handle)  # as the system does for a process that ends
    assert running.wait() == OK
    assert group.files() == group.new


def test_a_source_that_vanished_is_said_and_changes_nothing(group):
    (group.source / "gone.md").symlink_to("nowhere.md")
    done = build_deck("-o", "deck.apkg", "source", cwd=group.folder)
    assert (done.status, "gone.md” is not there" in done.err) == (UNUSABLE, True)
    assert group.files() == group.old


@pytest.mark.parametrize("command", ["build", "share", "site"])
def test_a_file_that_became_unreadable_withdraws_no_question(group, command):
    (group.source / "other.md").write_text("# Б\n\n## 1\n\nЧто?\n\n* ✅ Да\n* ❌ Нет\n")
    (group.source / "q.md").write_bytes(bytes(100) + b"\xff")
    done = build_deck(command, "source", cwd=group.folder)
    assert (done.status, "which this build would withdraw" in done.err) == (UNUSABLE, True)
    assert group.files() == group.old


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("source/q.md", quiz(3, "Иное").encode()),
        ("source/q.md", None),
        ("source/more.md", b"# B\n\n## 1\n\nWhat?\n\n* \xe2\x9c\x85 Yes\n* \xe2\x9d\x8c No\n"),
        ("source/deck.toml", b'tags = ["later"]\n'),
        ("source/deck.lock", None),
        ("source/a.png", b"\x89PNG\r\n\x1a\n another"),
        ("source/a.png", None),
    ],
)
def test_a_file_that_somebody_saves_meanwhile_is_on_the_cards_or_waits(group, file, content):
    """Whatever the moment: no deck of two states, and nothing that a later run takes for new."""
    (group.source / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n picture")
    with (group.source / "q.md").open("a", encoding="utf-8") as quizzes:
        quizzes.write("## Вопрос 9\n\nЧто на схеме? ![](a.png)\n\n* ✅ Слой\n* ❌ Блок\n")
    if content is not None:
        (group.folder / f"{file}.next").write_bytes(content)
    arguments = (5, file, "build", "-q", "-o", "deck.apkg", "source")
    program = ROOT / "tests" / "meanwhile.py"
    # A build at the very time of the last one would not be remembered
    around = {"BUILD_DECK_CACHE_DIR": "cache", "SOURCE_DATE_EPOCH": str(int(EPOCH) + 100)}
    done = python(program, *arguments, cwd=group.folder, **around)
    statuses = [tuple(map(int, line.split())) for line in done.out.splitlines()]
    assert len(statuses) > 15
    for number, status in statuses:
        folder = group.folder / str(number)
        said = (folder / "said").read_text(encoding="utf-8")
        assert status in (OK, LEFT_OUT) or "error: " in said, (number, status, said)
        assert group.files(folder) == group.files(folder.with_suffix(".anew")), (number, said)


def test_a_lock_that_is_garbage_is_said_and_changes_nothing(group):
    lock = group.source / "deck.lock"
    for garbage in (b"", b"\x00\xff" * 100, b'{"a": ', group.old[0][: len(group.old[0]) // 2]):
        lock.write_bytes(garbage)
        done = build_deck("-o", "deck.apkg", "source", cwd=group.folder)
        assert (done.status, "restore it from git" in done.err) == (UNUSABLE, True), done.err
        assert lock.read_bytes() == garbage
        assert (group.folder / "deck.apkg").read_bytes() == group.old[1]


NAMES = [
    "имя с пробелами.md",
    "😀 emoji 🧠.md",
    "x" * 247 + ".md",
    "я" * 125 + ".md",
    "a\nb.md",
    "100%25 #1?.md",
    "-q.md",
    "[a](b)*.md",
    unicodedata.normalize("NFD", "ёжик.md"),
    "A.md",
    "a.md",
]


def test_files_of_any_name_are_built(tmp_path):
    source = tmp_path / "папка с 😀" / ("п" * 100)
    source.mkdir(parents=True)
    for number, name in enumerate(NAMES):
        (source / name).write_text(quiz(2, f"Одно {number}"), encoding="utf-8")
    done = build_deck("-q", "-o", "deck.apkg", source, cwd=tmp_path)
    assert done.status == OK, done.err
    with zipfile.ZipFile(tmp_path / "deck.apkg") as archive:
        assert archive.testzip() is None


def test_composed_and_decomposed_names_do_not_lose_a_question(tmp_path):
    composed, decomposed = (unicodedata.normalize(form, "ёжик.md") for form in ("NFC", "NFD"))
    (tmp_path / composed).write_text(quiz(2, "Одно"), encoding="utf-8")
    (tmp_path / decomposed).write_text(quiz(2, "Два").replace("слой", "блок"), encoding="utf-8")
    done = build_deck("-o", "deck.apkg", ".", cwd=tmp_path)
    assert (done.status, "4 questions" in done.out) == (OK, True), done.err
    again = build_deck("-o", "deck.apkg", ".", cwd=tmp_path)
    assert "(unchanged)" in again.out

"""Results of earlier builds: never needed, never believed when damaged, bounded."""

import json
import os
import shutil
import subprocess
import sys
from zipfile import ZipFile

import pytest
from command import EPOCH, ROOT, SEED, build_deck

from builder import cache as caches
from builder.cache import Cache, key_of
from builder.media import media

KEYS = [key_of(str(n)) for n in range(9)]
PICTURE = b"\x89PNG\r\n\x1a\n picture"


def test_what_was_put_is_got(tmp_path):
    cache = Cache(tmp_path)
    cache.put(KEYS[0], b"content")
    assert (cache.get(KEYS[0]), cache.get(KEYS[1])) == (b"content", None)


@pytest.mark.parametrize("garbage", [b"", b"x", bytes(32), bytes(100)])
def test_garbage_is_no_content_and_goes(tmp_path, garbage):
    cache = Cache(tmp_path)
    cache.put(KEYS[0], b"content")
    (path,) = (tmp_path / "results").iterdir()
    path.write_bytes(garbage)
    assert (cache.get(KEYS[0]), path.exists()) == (None, False)


def test_a_cut_or_altered_content_is_none(tmp_path):
    cache = Cache(tmp_path)
    cache.put(KEYS[0], b"content" * 9)
    (path,) = (tmp_path / "results").iterdir()
    whole = path.read_bytes()
    for damaged in (whole[:-1], whole + b"x", whole[:-1] + b"?"):
        path.write_bytes(damaged)
        assert cache.get(KEYS[0]) is None


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such rights")
def test_a_folder_that_others_can_write_to_is_not_believed(tmp_path):
    cache = Cache(tmp_path)
    cache.put(KEYS[0], b"content")
    (tmp_path / "results").chmod(0o777)
    assert cache.get(KEYS[0]) is None
    (tmp_path / "results").chmod(0o700)
    assert cache.get(KEYS[0]) == b"content"


def test_what_was_not_used_for_longest_goes_first(tmp_path):
    cache = Cache(tmp_path, most=500)
    for at, key in enumerate(KEYS):
        cache.put(key, bytes(68))
        os.utime(tmp_path / "results" / key, (at, at))
    assert cache.get(KEYS[0])
    cache.trim()
    left = {path.name for path in (tmp_path / "results").iterdir()}
    assert left == {KEYS[0], KEYS[7], KEYS[8]}


def test_parts_that_were_abandoned_go_and_files_of_others_stay(tmp_path):
    folder = tmp_path / "results"
    folder.mkdir()
    names = [f"{KEYS[0]}.1.part", "notes.txt"]
    for name in names:
        (folder / name).write_text("x")
        os.utime(folder / name, (0, 0))
    cache = Cache(tmp_path, most=10)
    cache.put(KEYS[1], b"x" * 99)
    cache.trim()
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path):
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file")
    cache.put(KEYS[0], b"x")
    cache.trim()
    assert cache.get(KEYS[0]) is None


# Builds ----------------------------------------------------------------------------------------


@pytest.fixture
def course(tmp_path):
    """Some files with a picture that is there, in a folder of their own."""
    source = tmp_path / "course" / "source"
    source.mkdir(parents=True)
    text = SEED.read_text(encoding="utf-8")
    for n in range(4):
        quiz = text.replace("слои", f"слои ({n}) ![]({n % 2}.png)", 1)
        (source / f"{n}.md").write_text(quiz, encoding="utf-8")
    (source / "0.png").write_bytes(PICTURE)
    return source.parent


def built(folder, *arguments, **environment):
    """What a build says, and the bytes that it leaves: the package and the lock."""
    done = build_deck("build", *arguments, cwd=folder, **environment)
    assert done.status in (0, 1), done.err
    outputs = [*folder.glob("dist/*.apkg"), folder / "source" / "deck.lock"]
    return done.err, [path.read_bytes() for path in outputs]


def results(folder):
    return set((folder / "cache" / "results").iterdir())


def anew(folder, *arguments):
    """The same without outputs and results of earlier builds."""
    shutil.rmtree(folder / "dist", ignore_errors=True)
    (folder / "source" / "deck.lock").unlink(missing_ok=True)
    return built(folder, *arguments)


def test_a_cache_and_the_number_of_processes_change_no_byte(course):
    cache = ["--cache-dir", "cache"]
    first = anew(course, *cache)
    assert list((course / "cache").rglob("*"))
    for arguments in (cache, ["--no-cache", "--jobs=1"], ["--no-cache", "--jobs=3"]):
        assert anew(course, *arguments) == first


def test_garbage_in_the_cache_changes_nothing(course):
    first = anew(course, "--cache-dir", "cache")
    for path in (course / "cache" / "results").iterdir():
        path.write_bytes(b"garbage")
    assert anew(course, "--cache-dir", "cache") == first


@pytest.mark.parametrize("every", [2, 3, 5])
def test_what_was_taken_out_of_the_cache_is_made_again(course, every):
    first = anew(course, "--cache-dir", "cache")
    for first_gone in range(every):
        for path in sorted((course / "cache" / "results").iterdir())[first_gone::every]:
            path.unlink()
        assert anew(course, "--cache-dir", "cache") == first


def test_no_cache_leaves_no_trace(course):
    built(course, "--no-cache", "--cache-dir", "cache")
    assert not (course / "cache").exists()


def test_a_picture_that_appears_or_changes_is_noticed(course):
    said, _ = built(course)
    assert said.count("[missing-media]") == 2
    for content in (PICTURE + b"1", PICTURE + b"2"):
        (course / "source" / "1.png").write_bytes(content)
        said, _ = built(course)
        assert "missing-media" not in said
        (package,) = course.glob("dist/*.apkg")
        with ZipFile(package) as archive:
            assert media(content).name in json.loads(archive.read("media")).values()


def test_a_change_makes_the_results_of_that_file_anew_and_no_others(course):
    built(course, "--cache-dir", "cache")
    before = results(course)
    quiz = course / "source" / "2.md"
    quiz.write_text(quiz.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    built(course, "--cache-dir", "cache")
    # Of each file what was prepared, in four parts, and its rows; the lock and who is who in the
    # files, the note types, a chunk of the package, what was said.
    assert len(before) == 4 * 5 + 5
    assert len(results(course) - before) == 4


def test_results_of_another_version_are_not_used(tmp_path, monkeypatch):
    mine = caches.fingerprint()
    monkeypatch.setattr(sys, "version", "4.0")
    assert caches.fingerprint() != mine


def test_two_builds_at_once_share_a_cache(course):
    first = anew(course, "--no-cache")
    other = course.parent / "other"
    shutil.copytree(course, other)
    for folder in (course, other):
        shutil.rmtree(folder / "dist")
        (folder / "source" / "deck.lock").unlink()
    command = [sys.executable, "-m", "builder", "--cache-dir", str(course / "cache")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": EPOCH}
    running = [subprocess.Popen(command, cwd=f, env=environment) for f in (course, other)]
    assert [process.wait() for process in running] == [1, 1]
    assert [built(folder, "--no-cache") for folder in (course, other)] == [first, first]


# Nothing has changed ---------------------------------------------------------------------------


def marks(folder):
    """The outputs with the times at which they were written."""
    outputs = [*folder.glob("dist/*"), folder / "source" / "deck.lock"]
    return {path: path.stat().st_mtime_ns for path in outputs}


def said(folder, *arguments):
    done = build_deck("build", *arguments, cwd=folder)
    return done.status, done.out, done.err


def test_a_build_without_a_change_says_the_same_however_it_is_known(course):
    anew(course)
    before = marks(course)
    assert said(course) == said(course, "--no-cache")
    assert marks(course) == before


@pytest.mark.parametrize("arguments", [["-v"], ["-q"], ["--locked"], ["--strict"]])
def test_options_are_heeded_where_nothing_has_changed(course, arguments):
    built(course)
    first = said(course, *arguments)
    assert first == said(course, *arguments) == said(course, *arguments, "--no-cache")


def touch_quiz(folder):
    path = folder / "source" / "3.md"
    path.write_text(path.read_text(encoding="utf-8").replace("ReLU", "ReLU6"), encoding="utf-8")


CHANGES = {
    "a quiz": touch_quiz,
    "a new quiz": lambda f: shutil.copy(SEED, f / "source" / "4.md"),
    "a quiz less": lambda f: (f / "source" / "3.md").unlink(),
    "the settings": lambda f: (f / "source" / "deck.toml").write_text('name = "Другое"'),
    "a picture": lambda f: (f / "source" / "0.png").write_bytes(PICTURE + b"1"),
    "a picture that was missing": lambda f: (f / "source" / "1.png").write_bytes(PICTURE),
    "the lock": lambda f: (f / "source" / "deck.lock").unlink(),
    "the package": lambda f: next(f.glob("dist/*.apkg")).write_bytes(b"other"),
    "no package": lambda f: next(f.glob("dist/*.apkg")).unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_is_noticed(course, change):
    built(course)
    twin = course.parent / "twin"
    shutil.copytree(course, twin)
    for folder in (course, twin):
        change(folder)
    assert built(course) == built(twin, "--no-cache")

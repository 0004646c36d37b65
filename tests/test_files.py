"""The disk: what is found, and outputs that are whole or not there."""

import os
import random
import signal
import subprocess
import sys
import time
import zipfile

import pytest
from command import ROOT, build_deck

from builder import files
from builder.cli.terminal import UNUSABLE
from builder.media import TOO_LARGE


def touch(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")


def test_files_come_in_the_order_in_which_people_count(tmp_path):
    touch(tmp_path, "10.md", "9.md", "а/2.MD", "а/10.md", "b.markdown", "readme.rst", "c.txt")
    assert files.find(tmp_path).files == (
        "9.md",
        "10.md",
        "b.markdown",
        "c.txt",
        "а/2.MD",
        "а/10.md",
    )


def test_hidden_files_and_folders_are_passed_over(tmp_path):
    touch(tmp_path, ".a.md", ".git/b.md", "c/.d/e.md", "f.md")
    assert files.find(tmp_path).files == ("f.md",)


def test_a_file_is_a_folder_of_one(tmp_path):
    touch(tmp_path, "a.md", "b.md")
    assert files.find(tmp_path / "a.md").files == ("a.md",)


def test_media_come_from_below_the_source_folder_only(tmp_path):
    touch(tmp_path, "secret.png", "source/a.md", "source/pics/один два.png")
    (tmp_path / "source" / "link.png").symlink_to(tmp_path / "secret.png")
    os.mkfifo(tmp_path / "source" / "pipe.png")
    find = files.media_below(files.find(tmp_path / "source"))
    path = f"{tmp_path}/source/a.md"
    assert find(path, "pics/%D0%BE%D0%B4%D0%B8%D0%BD%20два.png") == b"x"
    for name in ("../secret.png", f"{tmp_path}/secret.png", "link.png", "pipe.png", "no.png", "."):
        assert find(path, name) is None, name
    for name in ("a\0.png", "..\\secret.png", "C:\\x.png", "\\\\host\\x.png", "x" * 5000):
        assert find(path, name) is None, name


def test_media_are_looked_for_on_no_drive_and_no_other_machine(tmp_path, monkeypatch):
    touch(tmp_path, "source/a.md")
    find = files.media_below(files.find(tmp_path / "source"))
    looked = []
    monkeypatch.setattr(type(tmp_path), "resolve", lambda path: looked.append(path) or path)
    for name in ("%2F%2Fhost/x.png", "%5C%5Chost%5Cx.png", "C:/x.png", "c%3Ax.png", "/etc/passwd"):
        assert find(f"{tmp_path}/source/a.md", name) is None, name
    assert looked == []


def test_of_a_huge_file_no_more_is_read_than_shows_it(tmp_path):
    touch(tmp_path, "a.md")
    with (tmp_path / "huge.png").open("wb") as file:
        file.truncate(1 << 40)
    find = files.media_below(files.find(tmp_path))
    assert len(find(f"{tmp_path}/a.md", "huge.png")) == TOO_LARGE


def test_more_media_than_a_build_can_hold_are_refused(tmp_path):
    quiz = "# A\n\n## 1\n\nЧто верно?\n\n* ✅ Да\n* ❌ Нет\n\n### Объяснение\n\n"
    for number in range(12):
        with (tmp_path / f"{number}.gif").open("wb") as file:
            file.write(b"GIF89a%d" % number)
            file.truncate(TOO_LARGE - 1)
        quiz += f"![]({number}.gif)\n"
    (tmp_path / "a.md").write_text(quiz, encoding="utf-8")
    done = build_deck("-o", "deck.apkg", ".", cwd=tmp_path)
    assert (done.status, "more than 1024 MB" in done.err) == (UNUSABLE, True), done.err
    assert not (tmp_path / "deck.apkg").exists()


@pytest.mark.parametrize("command", ["build", "share", "site"])
def test_more_than_ankiweb_takes_of_a_file_is_said_of_a_package(tmp_path, command):
    quiz = "# A\n\n## 1\n\nWhat?\n\n* ✅ Yes\n* ❌ No\n\n### Explanation\n\n![](0.gif) ![](1.gif)\n"
    touch(tmp_path, "source/a.md")
    (tmp_path / "source" / "a.md").write_text(quiz, encoding="utf-8")
    for number in range(2):
        with (tmp_path / "source" / f"{number}.gif").open("wb") as file:
            file.write(b"GIF89a%d" % number)
            file.truncate(51 << 20)
    for _ in range(2):  # and again where nothing has changed
        done = build_deck(command, "source", cwd=tmp_path)
        assert (done.status, done.err.count("AnkiWeb's limit of 100 MB")) == (0, 1), done


@pytest.mark.parametrize("name", ["a.md", "deck.toml", "deck.lock"])
def test_what_might_never_end_is_refused(tmp_path, name):
    touch(tmp_path, "a.md")
    (tmp_path / name).unlink(missing_ok=True)
    os.mkfifo(tmp_path / name)
    for make in (None, lambda path: path.symlink_to("/dev/zero"), truncated):
        if make:
            (tmp_path / name).unlink()
            make(tmp_path / name)
        done = build_deck(tmp_path / "a.md" if name == "a.md" else tmp_path, cwd=tmp_path)
        assert (done.status, name in done.err, "bug" in done.err) == (UNUSABLE, True, False)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("\n" * 200_001, "more than 200,000 lines"),
        ("\r" * 200_001, "more than 200,000 lines"),
        ("x" * ((8 << 20) + 1), "larger than 8 MB"),
    ],
)
def test_a_quiz_that_is_too_much_is_refused(tmp_path, text, fault):
    (tmp_path / "a.md").write_bytes(text.encode())
    done = build_deck(".", cwd=tmp_path)
    assert (done.status, fault in done.err) == (UNUSABLE, True), done.err


def truncated(path):
    with path.open("wb") as file:
        file.truncate(1 << 40)


def test_a_quiz_that_is_a_link_out_of_the_folder_is_refused(tmp_path):
    touch(tmp_path, "secret.txt", "source/a.md")
    (tmp_path / "source" / "b.md").symlink_to("a.md")
    assert files.find(tmp_path / "source").files == ("a.md", "b.md")
    (tmp_path / "source" / "c.md").symlink_to("../secret.txt")
    with pytest.raises(files.DiskError, match=r"c\.md” is a link that leads out"):
        files.find(tmp_path / "source")


@pytest.mark.parametrize(
    ("deck", "name"),
    [
        ("DL+NLP+CV", "DL+NLP+CV"),
        ("Тесты: DL/NLP?", "Тесты- DL-NLP"),
        ("..", "deck"),
        ("con", "con-deck"),
        ("Collection", "Collection-deck"),
        ("backup-1", "backup-1-deck"),
        ("й" * 300, "й" * 100),
    ],
)
def test_a_deck_gives_a_file_name_that_any_system_takes(deck, name):
    assert files.file_name(deck) == name


def test_a_failed_write_leaves_what_was_there_and_nothing_beside_it(tmp_path):
    target = tmp_path / "deck.apkg"
    files.write_bytes(target, b"old")

    def fill(file):
        file.write(b"new")
        raise OSError(28, "No space left on device")

    with pytest.raises(files.DiskError, match="No space left"):
        files.write(target, fill)
    assert [path.name for path in tmp_path.iterdir()] == ["deck.apkg"]
    assert target.read_bytes() == b"old"


def test_an_equal_content_is_left_alone(tmp_path):
    target = tmp_path / "deck.apkg"
    assert files.write_bytes(target, b"same") is True
    before = target.stat()
    assert files.write_bytes(target, b"same") is False
    assert target.stat().st_mtime_ns == before.st_mtime_ns


def test_what_killed_builds_left_is_swept_up_after_an_hour(tmp_path):
    old, young = tmp_path / ".deck.apkg.1-0.part", tmp_path / ".deck.apkg.2-0.part"
    touch(tmp_path, old.name, young.name)
    os.utime(old, (1, 1))
    files.write_bytes(tmp_path / "deck.apkg", b"x")
    assert (old.exists(), young.exists()) == (False, True)


def test_a_kill_at_any_moment_leaves_a_whole_deck(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    quiz = "# Слои\n\n" + "".join(
        f"## Вопрос {n}\n\nЧто делает слой {n}?\n\n* ✅ Одно\n* ❌ Другое\n\n" for n in range(300)
    )
    (source / "q.md").write_text(quiz, encoding="utf-8")
    assert build_deck("-q", cwd=tmp_path).status == 0
    (package,) = (tmp_path / "dist").glob("*.apkg")
    chance = random.Random(1)
    for run in range(8):
        (source / "q.md").write_text(quiz.replace("Одно", f"Одно {run}"), encoding="utf-8")
        running = subprocess.Popen(
            [sys.executable, "-m", "builder", "-q"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        time.sleep(chance.uniform(0.2, 1.2))
        running.send_signal(signal.SIGKILL)
        running.wait()
        with zipfile.ZipFile(package) as archive:
            assert archive.testzip() is None
            assert "collection.anki2" in archive.namelist()

"""The command, as a person meets it."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile

import pytest
from command import ROOT, SEED, build_deck, python

from builder import __version__

QUIZ = """# Слои

## Вопрос 1

Что делает ReLU?

* ✅ Обнуляет отрицательное
* ❌ Обнуляет положительное
"""


@pytest.fixture
def quiz(tmp_path):
    """A folder with `source/слои.md`."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "слои.md").write_text(QUIZ, encoding="utf-8")
    return tmp_path


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def packages(folder):
    return sorted(path.name for path in (folder / "dist").glob("*"))


# Building ------------------------------------------------------------------------------------


def test_alone_it_builds_the_folder_source_and_says_what_was_made(quiz):
    done = build_deck(cwd=quiz)
    assert (done.status, done.err) == (0, "")
    assert re.sub(r"\d+ kB", "N kB", done.out) == (
        "dist/Слои.apkg: 1 question, 2 options, 3 cards, 1 deck, 0 media files, N kB\n"
        "1 day to learn at 20 new cards a day\n"
        "source/deck.lock remembers who each question is; commit it with the source\n"
    )
    assert packages(quiz) == ["Слои.apkg"]


@pytest.mark.parametrize("words", [["build", "source"], ["source"], ["source/слои.md"]])
def test_a_file_or_a_folder_may_be_named(quiz, words):
    assert build_deck(*words, cwd=quiz).status == 0
    assert packages(quiz) == ["Слои.apkg"]


def test_without_a_folder_source_the_one_file_here_is_built_and_that_is_said(tmp_path):
    (tmp_path / "a.md").write_text(QUIZ, encoding="utf-8")
    done = build_deck(cwd=tmp_path)
    assert done.out.startswith("There is no folder “source” here, so “a.md” is built.")
    assert packages(tmp_path) == ["Слои.apkg"]


def test_output_goes_where_it_is_sent(quiz):
    done = build_deck("-o", "out/exam.apkg", cwd=quiz)
    assert done.out.startswith("out/exam.apkg: ")
    assert zipfile.ZipFile(quiz / "out" / "exam.apkg").testzip() is None


def test_quiet_says_nothing(quiz):
    assert build_deck("-q", cwd=quiz).out == ""


def test_verbose_shows_the_line_and_a_caret_under_the_place(tmp_path):
    shutil.copy(SEED, tmp_path)
    done = build_deck("-v", SEED.name, cwd=tmp_path)
    assert done.err.startswith(
        "warning: no section “задание-2” in this file [broken-anchor]\n"
        "  --> dl-nlp-cv.md:4:16\n"
        " 4 | - [Задание 2](#задание-2)\n"
        "   |                ^^^^^^^^^\n"
        "  = write the section, or take the link out\n"
    )


def test_two_folders_and_two_hash_seeds_give_the_same_bytes(tmp_path):
    sums = set()
    for seed, folder in (("1", "one"), ("2", "два пробела")):
        shutil.copytree(ROOT / "source", tmp_path / folder / "source")
        assert build_deck(cwd=tmp_path / folder, PYTHONHASHSEED=seed).status == 0
        sums |= {sha256(path) for path in (tmp_path / folder / "dist").glob("*.apkg")}
    assert len(sums) == 1


def test_a_build_without_a_change_leaves_the_package_as_it_is(quiz):
    build_deck(cwd=quiz, SOURCE_DATE_EPOCH="")
    before = (quiz / "dist" / "Слои.apkg").stat()
    done = build_deck(cwd=quiz, SOURCE_DATE_EPOCH="")
    after = (quiz / "dist" / "Слои.apkg").stat()
    assert "(unchanged)" in done.out
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


@pytest.mark.parametrize("encoding", ["cp866", "cp1251", "ascii"])
@pytest.mark.parametrize("arguments", [["-v"], ["--help"], ["parse", "source"]])
def test_a_terminal_of_any_encoding_will_do(quiz, encoding, arguments):
    (quiz / "source" / "b.md").write_text(QUIZ + "\n## ✅ лишнее\n\n`≤` 🎯", encoding="utf-8")
    done = build_deck(*arguments, cwd=quiz, PYTHONIOENCODING=encoding)
    assert done.status in (0, 1)


def test_subfolders_and_files_become_subdecks_in_the_order_people_count(quiz):
    folder = quiz / "source" / "сети"
    folder.mkdir()
    for number in (10, 9):
        text = QUIZ.replace("# Слои", f"# Тема {number}").replace("ReLU", f"ReLU{number}")
        (folder / f"{number}.md").write_text(text, encoding="utf-8")
    (quiz / "source" / "deck.toml").write_text('name = "DL"\n', encoding="utf-8")
    read = json.loads(build_deck("parse", "source", cwd=quiz).out)
    assert [file["path"] for file in read["files"]] == [
        "source/сети/9.md",
        "source/сети/10.md",
        "source/слои.md",
    ]
    assert build_deck(cwd=quiz).out.startswith("dist/DL.apkg: 3 questions, 6 options, 9 cards, 3 d")


# What is wrong -------------------------------------------------------------------------------


def test_text_on_no_card_is_told_with_its_place_and_the_exit_status_is_one(quiz):
    with (quiz / "source" / "слои.md").open("a", encoding="utf-8") as file:
        file.write("\n## Заметки\n\nПереписать к осени.\n")
    done = build_deck(cwd=quiz)
    assert done.status == 1
    assert "source/слои.md:12:1: warning: this text is on no card [unread-text]\n" in done.err
    assert "left out: 1 line of text" in done.out


def test_strict_refuses_and_writes_nothing(quiz):
    with (quiz / "source" / "слои.md").open("a", encoding="utf-8") as file:
        file.write("\n[нет](#нигде)\n")
    done = build_deck("--strict", cwd=quiz)
    assert done.status == 1
    assert not (quiz / "dist").exists()


def test_a_folder_without_a_question_writes_nothing(tmp_path):
    (tmp_path / "a.md").write_text("# Заметки\n", encoding="utf-8")
    done = build_deck("a.md", cwd=tmp_path)
    assert done.status == 1
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.md"], "there is no file or folder “nowhere.md”"),
        (["-o", "deck.zip"], "“deck.zip” does not end with .apkg"),
        (["-o", "Collection.apkg"], "Anki would replace a member's whole collection"),
        (["-o", "backup-1.apkg"], "Anki would replace a member's whole collection"),
        (["--nonsense"], "No such option"),
        (["parse"], "Missing argument"),
    ],
)
def test_a_wrong_command_writes_nothing_and_exits_with_two(quiz, arguments, said):
    done = build_deck(*arguments, cwd=quiz)
    assert (done.status, said in done.err) == (2, True)
    assert not (quiz / "dist").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = DL", "source/deck.toml:1:8"),
        ('name = "DL"\nnmae = "x"', "source/deck.toml:2:1\n"),
        ('nmae = "x"', "= write name\n"),
        ('cards = "all"', 'cards must be one of "both", "options", "questions"'),
        ('tags = ["deep learning"]', "a tag has no spaces"),
        ('language = "xx"', 'language must be one of "en", "ru"'),
        ('repository = "our page"', "must be an address"),
        ("[name]", "name must be text"),
        ('encoding = "cp9999"', "must be the name of an encoding"),
    ],
)
def test_wrong_settings_are_told_with_place_and_hint_and_nothing_is_written(quiz, text, said):
    (quiz / "source" / "deck.toml").write_text(text, encoding="utf-8")
    done = build_deck(cwd=quiz)
    assert (done.status, said in done.err) == (2, True), done.err
    assert not (quiz / "dist").exists()


def test_an_earlier_deck_survives_a_full_disk(quiz):
    build_deck(cwd=quiz)
    before = sha256(quiz / "dist" / "Слои.apkg")
    (quiz / "source" / "слои.md").write_text(QUIZ.replace("ReLU", "GELU"), encoding="utf-8")
    assert hasattr(signal, "SIGXFSZ"), "this test needs a system with file size limits"
    done = python("-c", WITH_FILES_OF_4_KB, cwd=quiz)
    assert done.status == 2
    assert "cannot write" in done.err
    assert sha256(quiz / "dist" / "Слои.apkg") == before
    assert packages(quiz) == ["Слои.apkg"]


WITH_FILES_OF_4_KB = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
sys.argv = ["build-deck"]
from builder.cli import main
sys.exit(main())
"""


# The lock --------------------------------------------------------------------------------------


def lock_of(folder):
    return (folder / "source" / "deck.lock").read_text(encoding="utf-8")


def edit(folder, before, after):
    path = folder / "source" / "слои.md"
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")


def test_a_build_says_what_it_recognised(quiz):
    build_deck(cwd=quiz)
    edit(quiz, "Что делает ReLU?", "Что именно делает слой ReLU?")
    done = build_deck(cwd=quiz)
    assert done.out.startswith(
        "reworded: слои.md: “Что делает ReLU?” → “Что именно делает слой ReLU?”\n"
    )


def test_a_build_says_that_it_took_another_stem_for_the_same_question(quiz):
    build_deck(cwd=quiz)
    lock = lock_of(quiz)
    edit(quiz, "Что делает ReLU?", "Как преобразует вход популярная нелинейность?")
    done = build_deck("--dry-run", cwd=quiz)
    assert done.out.startswith(
        "put otherwise: слои.md: “Что делает ReLU?” → "
        "“Как преобразует вход популярная нелинейность?”\n"
        "a question that is put otherwise is the same one, since its options or its answer stayed; "
        "if it is\n"
        "another, write a key in it, <!-- key: name -->, and build it with the lock of before\n"
    )
    assert lock_of(quiz) == lock
    edit(quiz, "нелинейность?", "нелинейность?\n<!-- key: relu -->")
    done = build_deck(cwd=quiz)
    assert "new: слои.md" in done.out
    assert "withdrawn: слои.md" in done.out


def test_what_was_changed_far_into_a_text_is_shown(quiz):
    stem = "Что делает ReLU? Считайте, что слой стоит за свёрткой, а на входе "
    edit(quiz, "Что делает ReLU?", f"{stem}числа от нуля до единицы, кроме крайних?")
    build_deck(cwd=quiz)
    edit(quiz, "от нуля до единицы", "больше нуля")
    assert build_deck(cwd=quiz).out.startswith(
        "reworded: слои.md: “…свёрткой, а на входе числа от нуля до единицы, кроме крайн…” → "
        "“…свёрткой, а на входе числа больше нуля, кроме крайних?”\n"
    )


def test_a_clock_that_was_set_back_is_told_of(quiz):
    build_deck(cwd=quiz, SOURCE_DATE_EPOCH="1700000000")
    edit(quiz, "Что делает ReLU?", "Что именно делает слой ReLU?")
    done = build_deck(cwd=quiz, SOURCE_DATE_EPOCH="1699990000")
    assert done.status == 0
    assert "warning: the clock of this machine is behind that of an earlier build" in done.err


def test_two_changes_within_a_second_are_no_matter_of_the_clock(quiz):
    build_deck(cwd=quiz, SOURCE_DATE_EPOCH="1700000000")
    edit(quiz, "Что делает ReLU?", "Что именно делает слой ReLU?")
    assert "clock" not in build_deck(cwd=quiz, SOURCE_DATE_EPOCH="1700000000").err


def test_a_dry_run_only_says_it(quiz):
    build_deck(cwd=quiz)
    before = (lock_of(quiz), sha256(quiz / "dist" / "Слои.apkg"))
    edit(quiz, "ReLU", "слой ReLU")
    assert build_deck("--dry-run", cwd=quiz).out.startswith("reworded: ")
    assert (lock_of(quiz), sha256(quiz / "dist" / "Слои.apkg")) == before


def test_a_draft_leaves_the_lock_alone(quiz):
    assert build_deck("--draft", cwd=quiz).status == 0
    assert not (quiz / "source" / "deck.lock").exists()
    assert packages(quiz) == ["Слои.apkg"]


def test_locked_fails_if_the_lock_would_change(quiz):
    assert build_deck("--locked", cwd=quiz).status == 1
    assert not (quiz / "dist").exists()
    build_deck(cwd=quiz)
    assert build_deck("--locked", cwd=quiz).status == 0
    edit(quiz, "ReLU", "слой ReLU")
    assert build_deck("--locked", cwd=quiz).status == 1


def test_a_file_built_alone_has_a_lock_of_its_own_and_that_is_said_once(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.md").write_text(QUIZ.replace("ReLU", name), encoding="utf-8")
    assert "a.deck.lock remembers" in build_deck("a.md", cwd=tmp_path).out
    assert "remembers" not in build_deck("a.md", cwd=tmp_path).out
    assert "b.deck.lock remembers" in build_deck("b.md", cwd=tmp_path).out


def test_a_file_of_a_locked_folder_takes_its_identities_from_there(quiz):
    (quiz / "source" / "b.md").write_text(QUIZ.replace("ReLU", "GELU"), encoding="utf-8")
    build_deck(cwd=quiz)
    before = lock_of(quiz)
    whole = json.loads(build_deck("parse", "source", cwd=quiz).out)
    edit(quiz, "ReLU", "слой ReLU")
    build_deck("source/слои.md", cwd=quiz)
    alone = json.loads(build_deck("parse", "source/слои.md", cwd=quiz).out)
    assert lock_of(quiz) == before
    assert [q["guid"] for q in alone["files"][0]["questions"]] == [
        q["guid"] for q in whole["files"][1]["questions"]
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"kind":"choice"', '"kind":"cho', "source/deck.lock:4:1"),
        ('{"end":"deck.lock"}', "", "cut off"),
        ('{"deck.lock":1', '{"deck.lock":99', "newer build-deck"),
    ],
)
def test_a_damaged_lock_stops_the_build_and_nothing_is_written(quiz, before, after, said):
    build_deck(cwd=quiz)
    path = quiz / "source" / "deck.lock"
    damaged = path.read_text(encoding="utf-8").replace(before, after)
    path.write_text(damaged, encoding="utf-8")
    package = sha256(quiz / "dist" / "Слои.apkg")
    edit(quiz, "ReLU", "GELU")
    done = build_deck(cwd=quiz)
    assert (done.status, said in done.err) == (2, True), done.err
    assert path.read_text(encoding="utf-8") == damaged
    assert sha256(quiz / "dist" / "Слои.apkg") == package


def test_another_uid_than_that_of_the_lock_is_refused(quiz):
    build_deck(cwd=quiz)
    (quiz / "source" / "deck.toml").write_text('uid = "other"\n', encoding="utf-8")
    done = build_deck(cwd=quiz)
    assert done.status == 2
    assert "write uid = “Слои”" in done.err


def test_a_new_schema_is_refused_unless_asked_for(quiz):
    build_deck(cwd=quiz)
    path = quiz / "source" / "deck.lock"
    older = re.sub(r'"schema":"\w+"', '"schema":"0123456789abcdef"', lock_of(quiz))
    path.write_text(older, encoding="utf-8")
    done = build_deck(cwd=quiz)
    assert done.status == 2
    assert "“Merge note types”" in done.err
    assert lock_of(quiz) == older
    assert build_deck("--new-schema", cwd=quiz).status == 0
    assert lock_of(quiz) != older


def test_a_mark_that_is_taken_away_leaves_no_blank_card(quiz):
    build_deck(cwd=quiz)
    edit(quiz, "* ❌ Обнуляет", "* Обнуляет")
    for _ in range(2):
        assert "3 cards" in build_deck(cwd=quiz, SOURCE_DATE_EPOCH="1700000001").out


# Other commands ------------------------------------------------------------------------------


def test_init_writes_settings_that_change_nothing_and_never_overwrites_them(quiz):
    build_deck(cwd=quiz)
    before = sha256(quiz / "dist" / "Слои.apkg")
    assert build_deck("init", cwd=quiz).status == 0
    text = (quiz / "source" / "deck.toml").read_text(encoding="utf-8")
    assert 'name = "Слои"' in text
    build_deck(cwd=quiz)
    assert sha256(quiz / "dist" / "Слои.apkg") == before
    assert build_deck("init", cwd=quiz).status == 2
    assert (quiz / "source" / "deck.toml").read_text(encoding="utf-8") == text


def test_help_shows_examples_and_exit_status(tmp_path):
    done = build_deck("--help", cwd=tmp_path)
    assert done.status == 0
    assert "build-deck quiz.md" in done.out
    assert "Exit status" in done.out
    assert re.search(
        r"^  parse +What was read, as JSON or as a table of lines\.$", done.out, re.MULTILINE
    )


def test_help_loads_no_command(tmp_path):
    loaded = "import sys; from builder.cli import main; sys.argv[1:] = ['--help']; "
    loaded += "main(); print(*sys.modules)"
    out = subprocess.run(
        [sys.executable, "-c", loaded],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "builder.cli" in out.split()
    assert not [name for name in out.split() if name.startswith("builder.cli.commands.")]


def test_version_is_that_of_the_package(tmp_path):
    assert build_deck("--version", cwd=tmp_path).out == f"build-deck {__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_the_command(tmp_path, shell):
    assert "_BUILD_DECK_COMPLETE" in build_deck("completion", shell, cwd=tmp_path).out


INTERRUPTED = """
import sys, builder.__main__
class Finder:
    def find_spec(self, name, *rest):
        if name == "click":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Finder())
builder.__main__.main()
"""


def test_ctrl_c_while_the_program_is_still_being_loaded_ends_it_with_words():
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (130, "\nerror: stopped; nothing was written\n")

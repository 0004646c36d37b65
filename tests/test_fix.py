"""`build-deck check --fix`: what is certain is repaired, and no card changes by it."""

import pytest
from command import SEED, build_deck, python
from hypothesis import given
from hypothesis import strategies as st

from builder import fixes
from builder.files import templates
from builder.pipeline import File, Release, build
from builder.prose import ENGLISH
from builder.reading import read
from builder.rendering import render_questions
from builder.settings import Settings
from builder.source import Source

QUIZ = """\
# Слои

## Вопрос 1

Что делает ReLU?

* ✅ Обнуляет отрицательное
* ❌ Обнуляет положительное

### Объяснение

Считает `max(0, x)`.
"""


def show(source):
    return render_questions(read(source, chosen=()), lambda _file, _name: None, ENGLISH)


def fix(content):
    content = content.encode() if isinstance(content, str) else content
    return fixes.fix("a.md", "a.md", content, show)


def notes(content):
    """What Anki gets of a file: the notes, but not the path that names their deck."""
    built = build(
        "folder", [File("a.md", "a.md", content)], Settings(uid="x"), templates(),
        lambda _file, _name: None, Release(now=1),
    )  # fmt: skip
    return list(built.deck.notes)


# What is repaired ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "done"),
    [
        # marks
        ("* ✔ да\n* ✗ нет\n* ⚠ спорно\n", "* ✅ да\n* ❌ нет\n* ⚠️ спорно\n", {"mark": 3}),
        ("* ✅\ufe0f да\n* ❎ нет\n", "* ✅ да\n* ❌ нет\n", {"mark": 2}),
        ("* да ✓\n* нет ✘\n", "* да ✅\n* нет ❌\n", {"mark": 2}),
        ("- [X] да\n- [ ] нет\n", "- [x] да\n- [ ] нет\n", {"mark": 1}),
        ("- [×] да\n- [ ] нет\n", "- [x] да\n- [ ] нет\n", {"mark": 1}),
        # lists
        (
            "* ✅ да\n    - потому\n        - так\n* ❌ нет\n",
            "* ✅ да\n  - потому\n    - так\n* ❌ нет\n",
            {"indented line": 2},
        ),
        (
            "*\t✅ да\n\t- потому\n*\t❌ нет\n",
            "* ✅ да\n  - потому\n* ❌ нет\n",
            {"indented line": 3},
        ),
        (" * ✅ да\n * ❌ нет\n", "* ✅ да\n* ❌ нет\n", {"indented line": 2}),
        # spaces
        ("* ✅ да \n* ❌ нет\t\n", "* ✅ да\n* ❌ нет\n", {"trailing space": 2}),
        ("* ✅ да\n* ❌ нет\n   \n", "* ✅ да\n* ❌ нет\n\n", {"trailing space": 1}),
    ],
)
def test_marks_lists_and_spaces_are_repaired(before, after, done):
    above = "## Вопрос 1\n\nЧто верно?\n\n"
    fixed = fix(above + before)
    assert (fixed.after.decode(), fixed.done) == (above + after, done)


@pytest.mark.parametrize(
    ("content", "done"),
    [
        (QUIZ.encode("cp1251", "replace").replace(b"?", b"+"), {"encoding (cp1251)": 1}),
        (b"\xef\xbb\xbf" + QUIZ.encode(), {"byte order mark": 1}),
        (QUIZ.encode("utf-16"), {"encoding (utf-16-le)": 1}),
        (QUIZ.replace("\n", "\r\n").encode(), {"line end": 12}),
        (QUIZ.replace("\n", "\r").encode(), {"line end": 12}),
        (QUIZ.encode().decode("mac_roman").encode(), {"damaged passage": 1}),
    ],
    ids=["cp1251", "bom", "utf-16", "crlf", "cr", "mojibake"],
)
def test_a_file_is_saved_as_utf_8_with_plain_line_ends(content, done):
    fixed = fix(content)
    assert fixed.done == done
    assert b"\r" not in fixed.after
    assert "Обнуляет отрицательное" in fixed.after.decode()


@pytest.mark.parametrize(
    "text",
    [
        QUIZ,
        "## Вопрос 1\n\nСтрока  \nдругая\n\n* ✅ да\n* ❌ нет\n",
        "## Вопрос 1\n\nЧто?\n\n* ✅ да\n* ❌ нет\n\n### Объяснение\n\n```\nx = 1   \n\ty\n```\n",
        "## Вопрос 1\n\nЧто значит ✔?\n\n* ✅ знак ✓\n* ❌ нет\n",
        "# Заметки ✔\n\n✔ сделано\n",
    ],
    ids=["clean", "hard break", "code", "marks that are text", "no quiz"],
)
def test_what_is_meant_is_left_alone(text):
    fixed = fix(text)
    assert (fixed.changed, fixed.left) == (False, ())


def test_the_first_quiz_of_the_project_needs_no_repair():
    assert not fix(SEED.read_bytes()).changed


# What is not touched ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("Да".encode("cp1251"), "encoding"),
        ("## Что такое гра�иент?\r\n\r\nВектор.\r\n", "characters are lost; type them anew"),
    ],
    ids=["doubtful encoding", "lost characters"],
)
def test_what_cannot_be_restored_stays_as_it_is(content, why):
    fixed = fix(content)
    assert (fixed.changed, why in "".join(fixed.left)) == (False, True), fixed.left


def test_a_repair_that_would_change_a_card_is_left_and_said_and_others_are_made():
    def harmful(reading):
        yield from fixes.marks.edits(reading)
        at = reading.source.text.index("другого")
        yield fixes.Edit(fixes.Span(at, at + 1), "Д")

    text = "\n".join(
        f"## Вопрос {n}\n\nЧто верно для {word}?\n\n* ✔ да\n* ❌ нет\n"
        for n, word in ((1, "одного"), (2, "другого"))
    )
    fixed = fixes.fix("a.md", "a.md", text.encode(), show, repairs={"mark": harmful})
    assert fixed.after.decode() == text.replace("✔", "✅", 1)
    assert fixed.left == ("mark: 2, since a card would change",)


# Laws ------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["## Вопрос 1\n\n", "Что верно?", "* ✔ да", "* ✗ нет", "- [X] да", "- [ ] нет", "\t- потому",
     "    - так", "  ", "\t", "\n", "\n\n", "\r\n", "```\n", "> ", "1. ", "### Объяснение\n", "⚠",
     "`x`", "<!-- c -->", "| a |\n|---|\n", "    код\n", "---\n", "🙂", "Ответ: A\n", "A) да\n",
     "B) нет\n"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=24).map(lambda pieces: "".join(pieces) + "\n\nКонец.\n")


@given(TEXTS)
def test_a_second_repair_changes_nothing(text):
    once = fix(text)
    again = fix(once.after)
    assert (again.changed, again.after) == (False, once.after)


@given(TEXTS)
def test_the_deck_built_afterwards_is_the_same(text):
    before = text.encode()
    assert notes(fix(before).after) == notes(before)


@given(st.binary(max_size=80))
def test_any_bytes_are_repaired_or_left(content):
    fixed = fix(content)
    assert fixed.changed == bool(fixed.done)


@given(TEXTS)
def test_no_line_is_added_or_lost(text):
    lines = text.replace("\r\n", "\n").count("\n")
    assert fix(text).after.decode().count("\n") == lines


def test_edits_of_a_text_are_made_all_at_once():
    source = Source("a.md", "one two")
    edits = [fixes.Edit(fixes.Span(4, 7), "2"), fixes.Edit(fixes.Span(0, 3), "1")]
    assert fixes.applied(source, edits).text == "1 2"


# The command -----------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    """A folder with `source/a.md`, saved on Windows, and `source/b.md`, which is fine."""
    (tmp_path / "source").mkdir()
    damaged = QUIZ.replace("✅", "✔").replace("\n", "\r\n")
    (tmp_path / "source" / "a.md").write_bytes(b"\xef\xbb\xbf" + damaged.encode())
    other = QUIZ.replace("Что делает ReLU", "Что возвращает активация")
    (tmp_path / "source" / "b.md").write_text(other, encoding="utf-8")
    return tmp_path


def test_fix_writes_the_file_and_says_what_was_done(folder):
    done = build_deck("check", "--fix", cwd=folder)
    assert done.err == "source/a.md: repaired 1 byte order mark, 12 line ends, 1 mark\n"
    assert (folder / "source" / "a.md").read_text(encoding="utf-8") == QUIZ


def test_a_second_run_changes_nothing(folder):
    build_deck("check", "--fix", cwd=folder)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.md")}
    assert build_deck("check", "--fix", cwd=folder).err == ""
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.md")} == before


def test_diff_shows_what_would_be_done_and_writes_nothing(folder):
    before = (folder / "source" / "a.md").read_bytes()
    done = build_deck("check", "--fix", "--diff", cwd=folder)
    assert done.status == 1
    assert done.out.startswith("--- a/source/a.md\n+++ b/source/a.md\n@@ ")
    assert "\n-* ✔ Обнуляет отрицательное^M\n" in done.out
    assert "\n+* ✅ Обнуляет отрицательное\n" in done.out
    assert (folder / "source" / "a.md").read_bytes() == before


def test_without_anything_to_repair_a_diff_is_empty(folder):
    build_deck("check", "--fix", cwd=folder)
    done = build_deck("check", "--diff", cwd=folder)
    assert (done.status, done.out, done.err) == (0, "", "")


def test_what_is_left_is_said(folder):
    (folder / "source" / "c.md").write_bytes("## Что такое гра�иент?\r\n".encode())
    done = build_deck("check", "--diff", cwd=folder)
    assert "source/c.md: left as it is: characters are lost" in done.err


def test_the_package_built_before_and_after_is_the_same(folder):
    build_deck("--draft", "-o", "before.apkg", cwd=folder)
    build_deck("check", "--fix", cwd=folder)
    build_deck("--draft", "-o", "after.apkg", cwd=folder)
    assert (folder / "before.apkg").read_bytes() == (folder / "after.apkg").read_bytes()


def test_a_full_disk_leaves_the_file_as_it_was(folder):
    before = (folder / "source" / "a.md").read_bytes()
    done = python("-c", WITH_FILES_OF_64_BYTES, cwd=folder)
    assert (done.status, "cannot write" in done.err) == (2, True)
    assert (folder / "source" / "a.md").read_bytes() == before
    assert sorted(path.name for path in (folder / "source").iterdir()) == ["a.md", "b.md"]


WITH_FILES_OF_64_BYTES = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))
sys.dont_write_bytecode = True
sys.argv = ["build-deck", "check", "--fix"]
from builder.cli import main
sys.exit(main())
"""

"""`build-deck check` and `build-deck explain`, as a person meets them."""

import json
import re
import shutil

import pytest
from command import SEED, build_deck

from builder.formats import as_github
from builder.rules import rules

QUIZ = """\
# Слои

## Вопрос 1

Какой слой не имеет весов?

* ✅ ReLU
* ❌ Свёртка
* ❌ Линейный слой

### Объяснение

#### Свёртка

Имеет ядра.

#### Линейный слой

Имеет матрицу.
"""
SAME = QUIZ.replace("Какой слой", "Какой же слой")
CONTRADICTING = QUIZ.replace("✅ ReLU", "❌ ReLU").replace("❌ Свёртка\n*", "✅ Свёртка\n*")
CONTRADICTING = CONTRADICTING.replace("Имеет ядра", "Не имеет")


@pytest.fixture
def folder(tmp_path):
    """A folder with `source/a.md`, in which one thing could be better."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.md").write_text(QUIZ, encoding="utf-8")
    return tmp_path


def add(folder, text, name="b.md"):
    (folder / "source" / name).write_text(text, encoding="utf-8")


def findings(done):
    """The findings of `--format json`: path, line, column and rule."""
    return [
        (found["path"], found["line"], found["column"], found["rule"])
        for found in json.loads(done.out)["findings"]
    ]


# The quiz that this project began with -------------------------------------------------------

AS_A_CAREFUL_READER_FINDS = [
    # a table of contents with five sections that were never written …
    ("dl-nlp-cv.md", 4, 16, "broken-anchor"),
    ("dl-nlp-cv.md", 5, 16, "broken-anchor"),
    ("dl-nlp-cv.md", 6, 16, "broken-anchor"),
    ("dl-nlp-cv.md", 7, 16, "broken-anchor"),
    ("dl-nlp-cv.md", 8, 16, "broken-anchor"),
    # … and a "не" that is no bolder than the rest of its bold line
    ("dl-nlp-cv.md", 12, 43, "negative-stem"),
]


def test_in_the_first_quiz_it_finds_what_a_careful_reader_does_and_nothing_else(tmp_path):
    shutil.copy(SEED, tmp_path)
    done = build_deck("check", SEED.name, "--format", "json", cwd=tmp_path)
    assert (done.status, findings(done)) == (0, AS_A_CAREFUL_READER_FINDS)


# What is printed -----------------------------------------------------------------------------


def test_text_shows_the_line_a_caret_and_what_to_write(folder):
    done = build_deck("check", cwd=folder)
    assert (done.status, done.err) == (0, "")
    assert done.out == (
        "info: “не” is easy to overlook [negative-stem]\n"
        "  --> source/a.md:5:12\n"
        " 5 | Какой слой не имеет весов?\n"
        "   |            ^^\n"
        "  = write **НЕ**, or ask for what does fit\n"
        "\n"
        "1 question in 1 file: 1 note\n"
    )


def test_a_clash_shows_both_places_with_their_lines(folder):
    add(folder, CONTRADICTING)
    done = build_deck("check", "--select", "contradicting-keys", cwd=folder)
    assert done.status == 1
    assert done.out == (
        "error: wrong here, but correct where it was asked before [contradicting-keys]\n"
        "  --> source/b.md:7:5\n"
        " 7 | * ❌ ReLU\n"
        "   |      ^^^^\n"
        "  first asked here, marked correct\n"
        "  --> source/a.md:7:5\n"
        " 7 | * ✅ ReLU\n"
        "   |      ^^^^\n"
        "  = mend the wrong one of the two, and keep only one\n"
        "\n"
        "2 questions in 2 files: 1 error\n"
    )


def test_json_has_both_places_and_counts(folder):
    add(folder, SAME)
    done = build_deck("check", "--format", "json", "--select", "near-duplicate", cwd=folder)
    (found,) = json.loads(done.out)["findings"]
    place = {"line": 5, "column": 1, "end_line": 5}
    assert json.loads(done.out)["counts"] == {"error": 0, "warning": 1, "info": 0}
    assert found == {
        "rule": "near-duplicate",
        "severity": "warning",
        "message": "asked before, with the same answer",
        "hint": "keep one of the two",
        "path": "source/b.md",
        **place,
        "end_column": 30,
        "related": [
            {"message": "first asked here", "path": "source/a.md", **place, "end_column": 27}
        ],
    }


def test_annotations_say_file_line_and_columns_and_keep_signs_from_being_read_as_commands(folder):
    add(folder, SAME, "50%, b: c.md")
    done = build_deck("check", "--format", "github", "--ignore", "negative-stem", cwd=folder)
    assert done.out == (
        "::warning file=source/a.md,line=5,endLine=5,col=1,endColumn=27,title=near-duplicate"
        "::asked before, with the same answer%0A"
        "first asked here: source/50%25, b: c.md:5%0Akeep one of the two\n"
    )


def test_an_annotation_of_several_lines_has_no_columns(folder):
    add(folder, f"{QUIZ}\n## Заметки\n\nПереписать\nк осени.\n", "a.md")
    done = build_deck("check", "--format", "github", "--select", "unread-text", cwd=folder)
    assert done.out.startswith("::warning file=source/a.md,line=23,endLine=24,title=unread-text::")


def test_what_concerns_no_file_is_annotated_without_one():
    from builder.diagnostics import Diagnostic, Severity

    assert as_github([Diagnostic("x", Severity.ERROR, "a\nb")]) == "::error title=x::a%0Ab\n"


def test_quiet_shows_errors_only(folder):
    add(folder, CONTRADICTING)
    out = build_deck("check", "-q", cwd=folder).out
    assert re.findall(r"\[([a-z-]+)\]$", out, re.MULTILINE) == ["contradicting-keys"]
    assert "files" not in out


# Which rules ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "rules_found"),
    [
        ([], {"negative-stem", "near-duplicate"}),
        (["--select", "negative-stem"], {"negative-stem"}),
        (["--select", "longest-key,near-duplicate"], {"near-duplicate"}),
        (["--select", "quality"], {"negative-stem"}),
        (["--select", "form"], {"near-duplicate"}),
        (["--ignore", "quality"], {"near-duplicate"}),
        (["--ignore", "near-duplicate", "--ignore", "negative-stem"], set()),
        (["--select", "quality", "--ignore", "negative-stem"], set()),
    ],
)
def test_rules_are_selected_and_ignored_by_name_and_kind(folder, arguments, rules_found):
    add(folder, SAME)
    done = build_deck("check", "--format", "json", *arguments, cwd=folder)
    assert {rule for *_, rule in findings(done)} == rules_found


def test_an_unknown_rule_is_said_with_the_nearest_one(folder):
    done = build_deck("check", "--select", "negativestem", cwd=folder)
    assert (done.status, "did you mean negative-stem?" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("level", "status", "severity"),
    [("off", 0, None), ("info", 0, "info"), ("warning", 0, "warning"), ("error", 1, "error")],
)
def test_settings_weigh_a_rule(folder, level, status, severity):
    (folder / "source" / "deck.toml").write_text(f'[rules]\nnegative-stem = "{level}"\n')
    done = build_deck("check", "--format", "json", cwd=folder)
    found = [each["severity"] for each in json.loads(done.out)["findings"]]
    assert (done.status, found) == (status, [severity] if severity else [])


def test_a_rule_that_is_off_can_still_be_selected(folder):
    (folder / "source" / "deck.toml").write_text('[rules]\nnegative-stem = "off"\n')
    done = build_deck("check", "--select", "negative-stem", "--format", "json", cwd=folder)
    assert len(findings(done)) == 1


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ('negative-stm = "off"', "deck.toml:2:1\n", "= write negative-stem\n"),
        ('negative-stem = "no"', "deck.toml:2:17\n", 'must be one of "error", "info", "off", "wa'),
        ("negative-stem = false", "deck.toml:2:17\n", "negative-stem must be one of"),
    ],
)
def test_wrong_weights_are_told_with_place_and_hint(folder, text, place, said):
    (folder / "source" / "deck.toml").write_text(f"[rules]\n{text}\n")
    done = build_deck("check", cwd=folder)
    assert (done.status, place in done.err, said in done.err) == (2, True, True)


@pytest.mark.parametrize("allowed", ["beside", "above"])
def test_a_comment_allows_one_finding(folder, allowed):
    stem = "Какой слой не имеет весов?"
    comment = "<!-- allow: negative-stem -->"
    written = f"{stem} {comment}" if allowed == "beside" else f"{comment}\n{stem}"
    add(folder, QUIZ.replace(stem, written), "a.md")
    assert findings(build_deck("check", "--format", "json", cwd=folder)) == []


# Exit status ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "arguments", "status"),
    [
        (SAME, [], 0),
        (SAME, ["--strict"], 1),
        (CONTRADICTING, [], 1),
        (CONTRADICTING, ["--ignore", "contradicting-keys"], 0),
        ("# Заметки\n\nПереписать.\n", [], 1),
        ("# Заметки\n\nПереписать.\n", ["--ignore", "unread-text"], 0),
    ],
    ids=["warning", "strict", "error", "ignored", "text on no card", "text let be"],
)
def test_exit_status_is_one_for_errors_and_lost_text(folder, text, arguments, status):
    add(folder, text)
    assert build_deck("check", *arguments, cwd=folder).status == status


def test_a_folder_that_is_not_there_is_wrong_usage(folder):
    assert build_deck("check", "nowhere", cwd=folder).status == 2


def test_nothing_is_written(folder):
    before = sorted(folder.rglob("*"))
    build_deck("check", cwd=folder)
    assert sorted(folder.rglob("*")) == before


# Beside a build ------------------------------------------------------------------------------


def test_a_build_tells_what_is_wrong_in_all_files_together(folder):
    add(folder, CONTRADICTING)
    done = build_deck(cwd=folder)
    assert (done.status, "[contradicting-keys]" in done.err) == (1, True)


def test_a_build_keeps_advice_to_itself_unless_it_is_asked(folder):
    assert "negative-stem" not in build_deck(cwd=folder).err
    assert "[negative-stem]" in build_deck("-v", cwd=folder).err


def test_advice_that_is_weighed_as_a_warning_is_told_by_a_build(folder):
    (folder / "source" / "deck.toml").write_text('[rules]\nnegative-stem = "warning"\n')
    done = build_deck("--strict", cwd=folder)
    assert (done.status, "[negative-stem]" in done.err) == (1, True)


# Pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ["longest-key", "undecodable", "missing-media"])
def test_explain_prints_the_page_of_a_rule(tmp_path, rule):
    done = build_deck("explain", rule, cwd=tmp_path)
    assert done.status == 0
    assert done.out.startswith(f"{rule} (")
    assert done.out.endswith(f"{rules()[rule].page}\n")


def test_explain_alone_lists_all_rules(tmp_path):
    out = build_deck("explain", cwd=tmp_path).out
    assert [name for name in rules() if f"  {name} " not in out] == []


def test_explain_knows_no_other_rule(tmp_path):
    done = build_deck("explain", "longest-kye", cwd=tmp_path)
    assert (done.status, "did you mean longest-key?" in done.err) == (2, True)


def test_a_comment_beside_an_option_does_not_part_it_from_its_section(folder):
    add(folder, QUIZ.replace("* ❌ Свёртка", "* ❌ Свёртка <!-- allow: stem-echo -->"), "a.md")
    read = json.loads(build_deck("parse", "source", cwd=folder).out)
    option = read["files"][0]["questions"][0]["options"][1]
    assert (option["text"], option["why"]["text"]) == ("Свёртка", "Имеет ядра.")

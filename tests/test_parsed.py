"""`build-deck parse`: the JSON that other programs rely on."""

import json
import re

import pytest
from command import SEED, build_deck
from hypothesis import given
from hypothesis import strategies as st

from builder.parsed import indented

RICH = {"html": str, "text": str}
SCHEMA = {
    "version": int,
    "files": [
        {
            "path": str,
            "dialect": str,
            "encoding": str,
            "lines": int,
            "questions": [
                {
                    "guid": str,
                    "kind": str,
                    "line": int,
                    "end_line": int,
                    "title": str,
                    "stem": RICH,
                    "instruction": (RICH, None),
                    "options": [
                        {
                            "line": int,
                            "html": str,
                            "text": str,
                            "verdict": str,
                            "why": (RICH, None),
                        }
                    ],
                    "explanation": (RICH, None),
                    "tags": [str],
                    "media": [str],
                }
            ],
            "unread": [{"line": int, "end_line": int, "reason": str}],
            "diagnostics": [
                {
                    "rule": str,
                    "severity": str,
                    "line": int,
                    "column": int,
                    "end_line": int,
                    "end_column": int,
                    "message": str,
                    "hint": str,
                }
            ],
        }
    ],
}

QUIZ = """---
tags: [dl]
---
# Слои

## Вопрос 1

Что *делает* `ReLU(x)`?

* ✅ Обнуляет   отрицательное
  - и только его
* ❌ Ничего
* ⚠️ Зависит

Лишняя строка 🎯 объясняет.

## Что такое градиент?

Вектор частных производных.

## Заметки

Ни на какой карте.
"""


def mismatches(value, schema, where="$"):
    """Where a value differs from a schema: each key must be there, and no other."""
    if isinstance(schema, tuple):
        return [] if value is None else mismatches(value, schema[0], where)
    if isinstance(schema, dict):
        if not isinstance(value, dict) or list(value) != list(schema):
            return [f"{where}: {value!r:.80}"]
        return [m for key in schema for m in mismatches(value[key], schema[key], f"{where}.{key}")]
    if isinstance(schema, list):
        if not isinstance(value, list):
            return [f"{where}: {value!r:.80}"]
        return [m for i, v in enumerate(value) for m in mismatches(v, schema[0], f"{where}[{i}]")]
    return [] if type(value) is schema else [f"{where}: {value!r:.80}"]


def parsed(folder, *files):
    return json.loads(build_deck("parse", *files, "--format", "json", cwd=folder).out)


def test_the_schema_is_kept(tmp_path):
    (tmp_path / "a.md").write_text(QUIZ, encoding="utf-8")
    assert mismatches(parsed(tmp_path, "a.md", SEED), SCHEMA) == []


def test_every_kind_of_content_arrives(tmp_path):
    (tmp_path / "a.md").write_text(QUIZ, encoding="utf-8")
    (file,) = parsed(tmp_path, "a.md")["files"]
    choice, open_ = file["questions"]
    assert (choice["kind"], open_["kind"]) == ("choice", "open")
    assert (choice["line"], choice["end_line"]) == (6, 15)
    assert choice["stem"] == {
        "html": "Что <em>делает</em> <code>ReLU(x)</code>?",
        "text": "Что делает ReLU(x)?",
    }
    assert [(o["line"], o["text"], o["verdict"]) for o in choice["options"]] == [
        (10, "Обнуляет отрицательное", "correct"),
        (12, "Ничего", "wrong"),
        (13, "Зависит", "disputed"),
    ]
    assert choice["options"][0]["why"]["text"] == "и только его"
    assert choice["explanation"]["text"] == "Лишняя строка 🎯 объясняет."
    assert open_["explanation"]["text"] == "Вектор частных производных."
    assert [(u["line"], u["reason"] == "navigation") for u in file["unread"]] == [
        (1, True),
        (21, True),
        (23, False),
    ]


def test_guids_are_those_of_the_deck_whatever_else_is_built(tmp_path):
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "deck.toml").write_text('uid = "layers"\n', encoding="utf-8")
    for name in "ab":
        text = QUIZ.replace("ReLU", name).replace("градиент", name)
        (tmp_path / "source" / f"{name}.md").write_text(text, encoding="utf-8")
    whole = parsed(tmp_path, "source")["files"]
    alone = parsed(tmp_path, "source/a.md", "source/b.md")["files"]
    guids = [[q["guid"] for file in files for q in file["questions"]] for files in (whole, alone)]
    assert guids[0] == guids[1]
    assert len(set(guids[0])) == 4
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9]{11}", guid) for guid in guids[0])


def test_coverage_counts_the_lines_of_each_file_and_names_those_on_no_card(tmp_path):
    text = (
        "# Слои\n\n- [Вопрос 1](#вопрос-1)\n\n## Вопрос 1\n\nЧто?\n\n- ✅ Да\n- ❌ Нет\n\n"
        "## Заметки\n\nК осени.\n"
    )
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    (tmp_path / "b.md").write_text("## Что?\n\nТо.\n", encoding="utf-8")
    done = build_deck("parse", "a.md", "b.md", "--coverage", cwd=tmp_path)
    assert done.out.splitlines() == [
        "lines  on cards  lead around  on no card  file",
        "    8         4            3           1  a.md",
        "    2         2            0           0  b.md",
        "a.md:14: on no card",
    ]
    assert done.status == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_text_is_indented_as_a_whole(tmp_path, number):
    for n in range(number):
        (tmp_path / f"{n}.md").write_text(SEED.read_text(encoding="utf-8"), encoding="utf-8")
    out = build_deck("parse", ".", cwd=tmp_path).out
    document = json.loads(out)
    assert len(document["files"]) == number
    assert out == json.dumps(document, ensure_ascii=False, indent=1) + "\n"


TEXTS = st.text() | st.sampled_from(['"', "\\", "\n", "\x00", "\u2028", "\ud800"])
VALUES = st.recursive(
    TEXTS | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=20,
)


@given(VALUES)
def test_any_value_is_indented_as_by_json(value):
    assert indented(value) == json.dumps(value, ensure_ascii=False, indent=1)

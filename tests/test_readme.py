"""The README's commands do what it says."""

import re
import shlex
import shutil
from importlib import import_module

import pytest
from command import ROOT, build_deck

from builder.dialects import dialects
from builder.kinds import kinds
from builder.reading import read
from builder.rules import rules
from builder.source import Source

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
LINES = [line.partition("  #")[0].strip() for block in BLOCKS for line in block.splitlines()]
COMMANDS = [line for line in LINES if line.startswith("build-deck")]

QUIZ = "# Слои\n\n## Вопрос 1\n\nЧто делает ReLU?\n\n* ✅ Обнуляет\n* ❌ Ничего\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A place where all that the examples name is there."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "notes" / "deep").mkdir(parents=True)
    for place in ("quiz.md", "notes/a.md", "notes/deep/b.md"):
        (folder / place).write_text(QUIZ.replace("ReLU", place), encoding="utf-8")
    shutil.copytree(ROOT / "source", folder / "source")
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_works(folder, command):
    done = build_deck(*shlex.split(command)[1:], cwd=folder)
    assert done.status == 0, done.err


def test_there_are_commands_to_test():
    assert len(COMMANDS) > 3


@pytest.mark.parametrize("name", ["build", "test"])
def test_the_command_that_ci_runs_stands_in_the_readme(name):
    found = re.findall(rf"<!-- command: {name} -->\n```sh\n(.+)\n```\n", README)
    assert len(found) == 1


@pytest.mark.parametrize("target", re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README))
def test_a_picture_is_there(target):
    assert (ROOT / target).stat().st_size < 200_000


@pytest.mark.parametrize("folder", ["dialects", "rules", "kinds"])
def test_the_readme_names_what_can_be_added(folder):
    assert f"`{folder}/`" in README


@pytest.mark.parametrize("name", [*dialects(), *kinds(), *rules()])
def test_each_dialect_kind_and_rule_is_named(name):
    assert f"`{name}`" in README


def test_a_dialect_is_one_file_and_no_list_is_edited(tmp_path, monkeypatch):
    (code,) = re.findall(r"<!-- dialect: shouted -->\n```python\n(.*?)```", README, re.DOTALL)
    assert len(code.strip().splitlines()) <= 20
    (tmp_path / "shouted.py").write_text(code, encoding="utf-8")
    package = import_module("builder.dialects")
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    caches = (package.dialects, package.ways, package._modules)
    for cache in caches:
        cache.cache_clear()
    try:
        text = "## Which layer has no weights?\n\n- Dense\n- FLATTEN\n- Conv\n"
        reading = read(Source("a.md", text))
    finally:
        monkeypatch.undo()
        for cache in caches:
            cache.cache_clear()
    (question,) = reading.questions
    assert reading.dialect == "shouted"
    assert [option.verdict.value for option in question.options] == ["wrong", "correct", "wrong"]

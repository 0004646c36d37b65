"""The README's commands do what it says."""

import re
import shlex
import shutil

import pytest
from command import ROOT, build_deck

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

"""The workflow of GitHub and the hooks for pre-commit: what they run is here, and it works."""

import os
import re
import shlex
import subprocess
import sys

import pytest
import yaml
from command import ROOT, build_deck
from conftest import lacking

from builder.files import SUFFIXES

WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "deck.yml").read_text("utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
STEPS = ROOT / ".github" / "steps"
RUN = [step["run"] for job in WORKFLOW["jobs"].values() for step in job["steps"] if "run" in step]

QUIZ = """\
# Слои

## Вопрос 1

Что делает ReLU?

* ✅ Обнуляет отрицательное
* ❌ Обнуляет положительное
"""


# The workflow ----------------------------------------------------------------------------------


@pytest.mark.parametrize("command", RUN)
def test_a_step_is_one_script_of_the_repository(command):
    script = ROOT / command.split()[0]
    assert script.parent == STEPS
    assert os.access(script, os.X_OK)


def test_every_script_is_a_step_and_is_run_by_ci():
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert {command.split()[0].rpartition("/")[2] for command in RUN} == {
        script.name for script in STEPS.iterdir()
    }
    assert [
        script.name for script in STEPS.iterdir() if f".github/steps/{script.name}" not in ci
    ] == []


def test_no_text_of_a_stranger_becomes_a_command():
    assert not [command for command in RUN if "${{" in command]


def test_only_jobs_that_run_no_code_of_a_change_may_write():
    rights = {name: job.get("permissions", {}) for name, job in WORKFLOW["jobs"].items()}
    assert (WORKFLOW["permissions"], rights["build"]) == ({"contents": "read"}, {})
    for name in ("comment", "release"):
        commands = [step.get("run", "") for step in WORKFLOW["jobs"][name]["steps"]]
        assert not any("install" in command or "build " in command for command in commands)


# Its scripts -----------------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path):
    """A repository of a quiz with a tag, one change after it, and programs to run on it."""
    programs = tmp_path / "programs"
    programs.mkdir()
    script(programs / "build-deck", f'exec {sys.executable} -m builder "$@"')
    script(programs / "gh", 'printf "%s\\n" "$*" >> "$HOME/gh.log"; [ "$2" != view ]')
    folder = tmp_path / "repository"
    (folder / "source").mkdir(parents=True)
    git(folder, "init", "-q")
    write(folder, QUIZ)
    git(folder, "tag", "v1")
    write(folder, QUIZ + QUIZ.replace("# Слои\n", "").replace("ReLU", "GELU").replace("1", "2"))
    return folder


def script(path, line):
    path.write_text(f"#!/usr/bin/env bash\n{line}\n", encoding="utf-8")
    path.chmod(0o755)


def git(folder, *arguments):
    author = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *author, *arguments], cwd=folder, check=True, capture_output=True)


def write(folder, text):
    (folder / "source" / "a.md").write_text(text, encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "quiz")


def run(name, repository, *arguments, **environment):
    home = repository.parent
    return subprocess.run(
        [STEPS / name, *arguments],
        cwd=repository,
        env={
            "PATH": f"{home / 'programs'}:{os.environ['PATH']}",
            "HOME": str(home),
            "PYTHONPATH": str(ROOT),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_annotates_on_github_and_speaks_to_people_elsewhere(repository):
    write(repository, QUIZ.replace("✅", "❌"))
    there = run("check", repository, GITHUB_ACTIONS="true")
    here = run("check", repository)
    assert (there.returncode, here.returncode) == (1, 1)
    assert "::error file=source/a.md,line=7," in there.stdout
    assert "error: no option is marked correct" in here.stdout


def test_the_deck_is_built_and_compared_with_the_last_tag(repository):
    assert run("build", repository, "out").returncode == 0
    summary = repository.parent / "summary.md"
    done = run("compare", repository, "out", GITHUB_STEP_SUMMARY=str(summary))
    notes = (repository / "out" / "notes.md").read_text(encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "GELU" in notes
    assert "ReLU" not in notes
    assert summary.read_text(encoding="utf-8") == notes
    assert (repository / "out" / "deck.apkg").is_file()


def test_the_deck_of_a_change_is_compared_with_what_it_changes(repository):
    run("build", repository, "out")
    done = run("compare", repository, "out", BASE="HEAD")
    assert (done.returncode, "GELU" in done.stdout) == (0, False)


def test_the_first_deck_is_compared_with_nothing(repository):
    git(repository, "tag", "-d", "v1")
    run("build", repository, "out")
    assert run("compare", repository, "out").stdout == "The first deck.\n"


def test_comparing_leaves_the_repository_as_it_was(repository):
    run("build", repository, "out")
    run("compare", repository, "out")
    listed = subprocess.run(
        ["git", "worktree", "list"], cwd=repository, capture_output=True, text=True, check=True
    )
    assert len(listed.stdout.splitlines()) == 1


def test_a_tag_is_built_only_with_the_lock_that_was_committed(repository):
    tag = {"GITHUB_REF": "refs/tags/v2"}
    assert run("build", repository, "out", **tag).returncode == 1
    build_deck(cwd=repository)
    assert run("build", repository, "out", SOURCE_DATE_EPOCH="", **tag).returncode == 0


def test_notes_go_under_the_pull_request(repository):
    done = run("comment", repository, "out", PULL_REQUEST="https://example.org/pull/1")
    log = (repository.parent / "gh.log").read_text(encoding="utf-8")
    assert done.returncode == 0
    assert log.startswith("pr comment https://example.org/pull/1 --body-file out/notes.md ")


def test_the_deck_is_attached_to_the_release_of_a_tag(repository):
    assert run("release", repository, "out", TAG="v2").returncode == 0
    log = (repository.parent / "gh.log").read_text(encoding="utf-8").splitlines()
    assert [" ".join(line.split()[:3]) for line in log] == [
        "release view v2",
        "release create v2",
        "release upload v2",
    ]
    assert "out/deck.apkg" in log[2]


# The hooks -------------------------------------------------------------------------------------


def test_the_hooks_are_what_pre_commit_takes():
    try:
        from pre_commit.clientlib import load_manifest
    except ImportError:
        lacking("needs the package pre-commit")
    assert [hook["id"] for hook in load_manifest(ROOT / ".pre-commit-hooks.yaml")] == [
        "build-deck-check",
        "build-deck-fix",
    ]


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_runs_on_a_repository(repository, hook):
    program, *arguments = shlex.split(hook["entry"])
    assert program == "build-deck"
    assert build_deck(*arguments, cwd=repository).status == 0


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_hooks_run_when_a_quiz_changes(hook, suffix):
    assert re.search(hook["files"], f"source/a{suffix}")
    assert not re.search(hook["files"], f"source/a{suffix}.png")


def test_the_check_runs_when_settings_change():
    assert all(re.search(HOOKS[0]["files"], name) for name in ("deck.toml", "source/deck.toml"))

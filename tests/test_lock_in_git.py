"""Two authors work on branches, each builds, and git merges their locks."""

import shutil
import subprocess

import pytest
from conftest import lacking
from ledgers import ask, settled
from test_ledger_matching import quiz

from builder.ledger import lock_text, read_lock
from builder.source import Source

SHARED = quiz(40)
MINE = ask("Что такое градиент?", "Вектор производных", "Шаг обучения", path="a.md")
THEIRS = ask("Что такое эпоха?", "Проход по всей выборке", "Один шаг", path="b.md")


class Repository:
    """A git repository that holds nothing but a lock."""

    def __init__(self, folder):
        self.folder = folder
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.email", "author@example.org")
        self.git("config", "user.name", "Author")

    def git(self, *words):
        """Runs git; says whether all went well."""
        done = subprocess.run(["git", *words], cwd=self.folder, capture_output=True, check=False)
        return done.returncode == 0

    def commit(self, questions, last=None, now=1_000):
        """What an author's build leaves behind."""
        lock = settled(questions, last, now=now).lock
        (self.folder / "deck.lock").write_text(lock_text(lock), encoding="utf-8")
        assert self.git("add", "deck.lock")
        assert self.git("commit", "--quiet", "-m", "release")
        return lock

    def read(self):
        return read_lock(Source("deck.lock", (self.folder / "deck.lock").read_text("utf-8")))


@pytest.fixture
def repository(tmp_path):
    if not shutil.which("git"):
        lacking("merging needs git")
    return Repository(tmp_path)


def merged(repository, shared, mine, theirs):
    """Whether git merged what two authors made of the shared questions without a conflict."""
    base = repository.commit(shared)
    assert repository.git("checkout", "--quiet", "-b", "theirs")
    repository.commit(theirs, base, now=2_000)
    assert repository.git("checkout", "--quiet", "main")
    repository.commit(mine, base, now=3_000)
    return repository.git("merge", "--quiet", "-m", "merged", "theirs")


def test_what_two_authors_added_is_merged_by_git_alone(repository):
    assert merged(repository, SHARED, [*SHARED, MINE], [*SHARED, THEIRS])
    lock, told = repository.read()
    assert told == ()
    again = settled([*SHARED, MINE, THEIRS], lock, now=4_000)
    assert again.changes == ()
    assert len(again.lock.entries) == 42


def test_what_git_leaves_in_conflict_is_put_together(repository):
    """In a small lock the new lines of both stand side by side."""
    assert not merged(repository, [], [MINE], [THEIRS])
    assert "<<<<<<<" in (repository.folder / "deck.lock").read_text("utf-8")
    lock, told = repository.read()
    assert told == ()
    assert settled([MINE, THEIRS], lock, now=4_000).changes == ()


def test_of_two_rewordings_the_later_is_taken_and_the_guid_stays(repository):
    stem = SHARED[0].stem
    first, *rest = SHARED
    options = [option.text for option in first.options]
    mine = ask(f"Now: {stem}", *options, path=first.path)
    theirs = ask(f"{stem} Explain", *options, path=first.path)
    assert not merged(repository, SHARED, [mine, *rest], [theirs, *rest])
    lock, told = repository.read()
    assert [finding.rule for finding in told] == ["lock-merged"]
    assert len(lock.entries) == 40
    assert mine.stem in {entry.stem for entry in lock.entries}


def test_one_slot_given_to_two_options_is_an_error_and_nothing_is_guessed(repository):
    first, *rest = SHARED
    options = [option.text for option in first.options]
    mine, theirs = (
        ask(first.stem, *options, new, path=first.path) for new in ("Ни один", "Каждый из них")
    )
    assert not merged(repository, SHARED, [mine, *rest], [theirs, *rest])
    lock, (found,) = repository.read()
    assert lock is None
    assert "two branches gave slot 5" in found.message

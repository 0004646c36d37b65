"""What nobody would write ends soon, with a finding that says what is too much."""

import os
import resource
import subprocess
import sys

import pytest
from command import ROOT
from conftest import examples
from hypothesis import example, given
from hypothesis import strategies as st

from builder.cli.terminal import LEFT_OUT, OK, UNUSABLE
from builder.pipeline import File
from builder.preparing import read_file
from builder.settings import Settings, parse
from builder.source import Source

QUESTION = "# A\n\n## 1\n\nЧто верно?\n\n* ✅ Да\n* ❌ Нет\n"


def laughs(levels, breadth):
    """Aliases of aliases that stand for many values: breadth to the power of levels."""
    bombs = (f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * breadth)}]" for n in range(1, levels))
    return "\n".join(["a0: &a0 [x, x]", *bombs])


# Front matter -------------------------------------------------------------------------------------


def with_front_matter(text):
    content = f"---\n{text}\n---\n\n{QUESTION}".encode()
    return read_file(File("q.md", "q.md", content))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (laughs(9, 9), "too large"),
        ("a: &a [*a]", "too deep"),
        ("a: &a\n  b: *a", "too deep"),
        ("a: " + "[" * 900 + "]" * 900, "too deep"),
        ("a: 1\nb:\n" + "- " * 40_000 + "x", "too large"),
        ("? " * 40_000 + "a", "too large"),
        ("- : " * 20_000 + "a", "too large"),
        ("\n".join(" " * n + "a:" for n in range(400)), "too deep"),
        ("a: x\n" * 30_000, "too large"),
        (f"{laughs(9, 9)}\n? *a8\n: b", "too large"),
        ("? [a]\n: b", "must be text"),
    ],
)
def test_front_matter_that_is_too_much_is_told_and_the_quiz_is_read(text, fault):
    reading = with_front_matter(text)
    (found,) = [each for each in reading.diagnostics if each.rule == "front-matter"]
    assert fault in found.message
    assert len(reading.questions) == 1


YAML = r"""
a b : - ? & * ! | > [ ] { } , # ' " % @ ` ~ --- ... << &a *a !!map !!set a:\x20 -\x20 \n\x20\x20
title: tags: question: answer: options:\n-\x20a \n \n \t \x20 \x20\x20
"""


def texts(words):
    """Texts of words of a language, in which escapes stand for what would part them."""
    pieces = [word.encode().decode("unicode_escape") for word in words.split()]
    return st.one_of(st.lists(st.sampled_from(pieces), max_size=40).map("".join), st.text())


@examples(300)
@given(texts(YAML))
@example("a: &a [*a]\n? *a\n: b")
def test_any_front_matter_is_read_or_told_of(text):
    with_front_matter(text)


# Settings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "name = " + "[" * 10_000,
        "name = " + "[" * 10_000 + "]" * 10_000,
        "x = " + "{a=" * 10_000 + "1" + "}" * 10_000,
        "a" + ".a" * 40_000 + " = 1",
        "[a" + ".a" * 40_000 + "]",
        "name = " + "1" * 10_000,
        "tags = [" + '"a", ' * 100_000 + "]",
    ],
)
def test_settings_that_are_too_much_are_told(text):
    (found,) = parse(Source("deck.toml", text), (), ())[1]
    assert found.rule == "bad-settings"


TOML = r"""
name uid tags rules encoding = . , [ ] { } [[ ]] # ' " ''' \"\"\" \\ \\u0000 true 1 1e9 1979-05-27
\n \n \x20 \x00 encoding\x20=\x20"a\\u0000b"\n [rules]\n
"""


@examples(300)
@given(texts(TOML))
@example('encoding = "a\\u0000b"')
def test_any_settings_are_read_or_told_of(text):
    source = Source("deck.toml", text.replace("\r", ""))
    settings, found = parse(source, ("ru",), ("marked",), ("no-stem",))
    assert settings == Settings() or "=" in text
    assert all(each.place for each in found)


# Quizzes ------------------------------------------------------------------------------------------

DEEP = "\n".join("  " * n + "- a" for n in range(2_000))
MANY = "".join(f"* ❌ Ответ {n}\n" for n in range(1_000_000))


def limited(folder, text):
    """The exit status and what is said, with less time and memory than SECURITY.md states."""
    (folder / "q.md").write_text(QUESTION + text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "builder", "--no-cache", "-o", "deck.apkg", "q.md"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        preexec_fn=limit,
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stderr.decode()


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))


@pytest.mark.parametrize(
    "text",
    [
        *("[" * 100_000, "*" * 100_000, "- " * 100_000, "> " * 100_000, DEEP, "слово " * 700_000),
        *("\n" * 150_000, " " * 500_000, " \n" * 100_000),
    ],
    ids=[
        *("brackets", "stars", "lists in a line", "quotes", "deep lists", "a long line"),
        *("empty lines", "spaces", "blank lines"),
    ],
)
def test_what_nests_deeply_or_never_ends_is_built(tmp_path, text):
    status, said = limited(tmp_path, text)
    assert status in (OK, LEFT_OUT), said
    assert (tmp_path / "deck.apkg").is_file()


def test_more_options_than_cards_can_show_are_told(tmp_path):
    status, said = limited(tmp_path, MANY[: len(MANY) // 20])
    assert (status, "too-many-options" in said) == (OK, True), said


@pytest.mark.parametrize(
    ("text", "fault"), [("x" * 100_000_000, "larger than 8 MB"), (MANY, "larger than 8 MB")]
)
def test_what_is_too_much_to_read_is_refused(tmp_path, text, fault):
    status, said = limited(tmp_path, text)
    assert (status, fault in said) == (UNUSABLE, True), said

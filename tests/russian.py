"""Passages such as quizzes hold: Russian of many kinds, and some Ukrainian and Belarusian."""

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

_FOLDER = Path(__file__).parent / "passages"
PROSE, UKRAINIAN, BELARUSIAN, SHORT_WORDS, TERMS = (
    (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    for name in ("russian", "ukrainian", "belarusian", "short-words", "terms")
)

MARKDOWN = (
    "* ✅ {one}",
    "* ❌ **{one}**",
    "- [x] {one}",
    "- [ ] `f(x)`: {one}",
    "### {two}",
    "{number}. {two} [link](https://example.org/a?b=1#c) {one}",
    "```python\nfor i in range({number}):\n    print(i)  # {one}\n```",
    "> {two} *{one}*",
    "| x | {one} |\n|---|---|\n| {number} | {two} |",
    "<details><summary>{one}</summary>\n\n{two}\n\n</details>",
    "**Вывод:** {one} – $x^{{{number}}}$",
    "А) {one}\nБ) {two}",
)


_SENTENCES = [" ".join(sentence.split()) for sentence in re.findall(r"[^.!?]+[.!?]+", PROSE)]
_WORDS = sorted({*TERMS.split(), *re.findall("[А-яЁё-]+", PROSE)})


def _prose(chance: random.Random) -> str:
    return chance.choice(_SENTENCES)


def _short_words(chance: random.Random) -> str:
    return " ".join(chance.choices(SHORT_WORDS.split(), k=12))


def _loose_words(chance: random.Random) -> str:
    """Words as they come, in sentences of any length: more variety than the prose has."""
    words = chance.choices(_WORDS, k=chance.randrange(3, 12))
    return " ".join(words).lower().capitalize() + chance.choice(".?!:")


def _capitals(chance: random.Random) -> str:
    return _loose_words(chance).upper()


def _titles(chance: random.Random) -> str:
    return _loose_words(chance).title()


def _small(chance: random.Random) -> str:
    return _loose_words(chance).lower()


def _markdown(chance: random.Random) -> str:
    one, two = _loose_words(chance).rstrip(".?!:"), _prose(chance)
    return chance.choice(MARKDOWN).format(one=one, two=two, number=chance.randrange(100)) + "\n"


def _wrapped(chance: random.Random) -> str:
    """Lines that break anywhere, so that small letters begin them too."""
    return re.sub(" ", lambda _: chance.choice("   \n"), _prose(chance))


KINDS: tuple[Callable[[random.Random], str], ...] = (
    _prose,
    _loose_words,
    _short_words,
    _capitals,
    _titles,
    _small,
    _markdown,
    _wrapped,
)


def passages(number: int, least: int = 200) -> Iterator[str]:
    """Passages of `least` characters or a few more, kind after kind; always the same ones.

    Each begins where a sentence does and ends anywhere.
    """
    chance = random.Random(number)
    for turn in range(number):
        kind = KINDS[turn % len(KINDS)]
        parts = [kind(chance)]
        while sum(map(len, parts)) < least + 60:
            parts.append(kind(chance))
        yield " ".join(parts)[: least + chance.randrange(60)].replace("\n ", "\n")

"""The tool's own words in one language, parsed from TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from builder.values import Record

REQUIRED = ("language", "direction", "plural")


class WordsError(ValueError):
    """A file of words that cannot be used; the message names what is wrong in it."""


class Words(Record):
    """Texts by dotted name ("card.right"), as plain text.

    `language` is a BCP 47 tag, `direction` "ltr" or "rtl". A text may hold `{name}` places; one
    that depends on a number has a form per plural category of Unicode's CLDR instead
    ("one", "few", "many", "other").
    """

    language: str
    direction: str
    plural: str
    entries: Mapping[str, str | tuple[str, ...]]

    def __getitem__(self, name: str) -> str:
        text = self.entries[name]
        assert isinstance(text, str), f"{name} is a list"
        return text

    def all(self, name: str) -> tuple[str, ...]:
        """The texts of a list."""
        texts = self.entries[name]
        assert isinstance(texts, tuple), f"{name} is one text"
        return texts

    def forms(self, name: str) -> dict[str, str]:
        """The forms of a counted text by plural category; never without "other"."""
        found = {c: self[f"{name}.{c}"] for c in CATEGORIES if f"{name}.{c}" in self.entries}
        assert "other" in found, f"{name} has no form “other”"
        return found

    def fill(self, name: str, **values: object) -> str:
        """A text with its places filled; the values must be text of the same sort (no HTML)."""
        return self[name].format_map(values)

    def count(self, name: str, number: int, **values: object) -> str:
        """The form of a counted text for a number, which it shows as `{n}`."""
        forms = self.forms(name)
        form = forms.get(_PLURALS[self.plural](number), forms["other"])
        return form.format_map({"n": number, **values})


def parse(text: str) -> Words:
    """Words from the text of a TOML file. Raises `WordsError`."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WordsError(str(error)) from error
    if missing := [key for key in REQUIRED if not isinstance(table.get(key), str)]:
        raise WordsError(f"no {', '.join(missing)}")
    language, direction, plural = (table.pop(key) for key in REQUIRED)
    if direction not in ("ltr", "rtl"):
        raise WordsError(f"direction is “{direction}”, not “ltr” or “rtl”")
    if plural not in _PLURALS:
        raise WordsError(f"plural is “{plural}”, not one of {', '.join(_PLURALS)}")
    return Words(language, direction, plural, dict(_entries(table)))


def _entries(
    table: dict[str, Any], prefix: str = ""
) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for key, value in table.items():
        name = prefix + key
        if isinstance(value, dict):
            yield from _entries(value, name + ".")
        elif isinstance(value, str):
            yield name, value
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            yield name, tuple(value)
        else:
            raise WordsError(f"{name} is neither a text nor a list of texts")


# Rules for whole numbers, from Unicode's CLDR ("Language Plural Rules").

CATEGORIES = ("zero", "one", "two", "few", "many", "other")


def _east_slavic(n: int) -> str:
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    return "few" if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else "many"


def _polish(n: int) -> str:
    if n == 1:
        return "one"
    return "few" if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else "many"


def _czech(n: int) -> str:
    return {1: "one", 2: "few", 3: "few", 4: "few"}.get(n, "other")


def _arabic(n: int) -> str:
    if n < 3:
        return ("zero", "one", "two")[n]
    rest = n % 100
    return "other" if rest < 3 else "few" if rest <= 10 else "many"


_PLURALS: Mapping[str, Callable[[int], str]] = {
    "none": lambda _: "other",
    "one-other": lambda n: "one" if n == 1 else "other",
    "french": lambda n: "one" if n < 2 else "other",
    "east-slavic": _east_slavic,
    "polish": _polish,
    "czech": _czech,
    "arabic": _arabic,
}

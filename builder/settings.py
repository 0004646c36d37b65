"""What a maintainer may set in `deck.toml`."""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from difflib import get_close_matches
from typing import Any

from builder.diagnostics import Diagnostic, Report, Severity
from builder.source import Source, Span
from builder.values import Record

CARDS = ("both", "questions", "options")
OFF = "off"
LEVELS = (OFF, *(severity.value for severity in Severity))
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
_UID = re.compile(r"\S{1,64}")


class Settings(Record):
    """Settings of a deck; an empty text means "not set".

    `uid` is the identity of the deck, which must stay when `name` changes. `version` is what this
    release is called; without it, the date is. `repository` is the
    address where learners can report an error. `encoding` is what files that are not UTF-8 are
    written in. `rules` gives rules and what their findings weigh, one of `LEVELS`.
    """

    name: str = ""
    uid: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    cards: str = "both"
    shuffle: bool = True
    description: str = ""
    version: str = ""
    repository: str = ""
    dialect: str = ""
    encoding: str = ""
    rules: tuple[tuple[str, str], ...] = ()

    @property
    def levels(self) -> dict[str, Severity | None]:
        """What the findings of a rule weigh, where it is set; None says that they are not told."""
        return {name: None if level == OFF else Severity(level) for name, level in self.rules}


def parse(
    source: Source,
    languages: Collection[str],
    dialects: Collection[str],
    rules: Collection[str] = (),
) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """Settings from the text of a `deck.toml`; what is wrong with it comes as errors with places.

    A setting that is wrong keeps its default. `languages`, `dialects` and `rules` are those there
    are.
    """
    checks = {**_CHECKS, "language": _one_of(*languages), "dialect": _one_of(*dialects)}
    report = Report(source)
    try:
        table = _table(source.text)
    except ValueError as error:
        report.error("bad-settings", _place_of(error, source), _reason(error), _TOML_HINT)
        return Settings(), tuple(report.found)
    values: dict[str, Any] = {}
    known = Settings.__struct_fields__
    for key, value in table.items():
        if key not in known:
            close = get_close_matches(key, known, 1)
            hint = f"write {close[0]}" if close else f"settings are {', '.join(known)}"
            where = _key_span(source, key)
            report.error("unknown-setting", where, f"there is no setting “{key}”", hint)
        elif key == "rules" and isinstance(value, dict):
            values[key] = tuple(_levels(value, rules, source, report))
        elif wrong := checks[key](value):
            where = _value_span(source, key)
            report.error("bad-setting", where, f"{key} {wrong[0]}", wrong[1])
        else:
            values[key] = tuple(value) if isinstance(value, list) else value
    return Settings(**values), tuple(report.found)


LONGEST = 100_000
_LONG_NAME = re.compile(r"""(?<![\w"'.-])(?:["'\w-]++[ \t]*+\.[ \t]*+){30}""")
"""A name of so many parts, or a file so long, nobody writes; `tomllib` takes time squared."""


def _table(text: str) -> dict[str, Any]:
    """Raises ValueError with what is wrong."""
    if len(text) > LONGEST:
        raise ValueError("it is too long")
    if _LONG_NAME.search(text):
        raise ValueError("a name has too many parts")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("it nests too deep") from None
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as error:  # the message is Python's
        raise ValueError("a number is too long") from error


def _levels(
    table: Mapping[str, Any], rules: Collection[str], source: Source, report: Report
) -> Iterator[tuple[str, str]]:
    """The levels of rules that are right; the others are reported."""
    for rule, level in table.items():
        if rule not in rules:
            close = get_close_matches(rule, rules, 1)
            hint = f"write {close[0]}" if close else "“build-deck explain” lists the rules"
            where = _key_span(source, rule)
            report.error("unknown-setting", where, f"there is no rule “{rule}”", hint)
        elif wrong := _one_of(*LEVELS)(level):
            where = _value_span(source, rule)
            report.error("bad-setting", where, f"{rule} {wrong[0]}", wrong[1])
        else:
            yield rule, level


def template(name: str, uid: str) -> str:
    """The commented `deck.toml` that `build-deck init` writes."""
    quoted = {key: _quoted(value) for key, value in (("name", name), ("uid", uid))}
    return _TEMPLATE.format_map(quoted)


_TEMPLATE = """\
# Settings of the deck. All are optional.

# What the deck is called in Anki.
name = {name}

# Who the deck is, whatever it is called. Never change it once the deck is shared:
# everyone's cards hang on it.
uid = {uid}

# The language of the words that the cards add: "ru" or "en". Found out from the text if not set.
# language = "ru"

# Tags for every note.
# tags = ["dl", "exam-2026"]

# Which cards to make: "both", "questions" (one card per question) or "options" (one per option).
# Cards that members hold already stay, so a smaller choice made later is for new questions.
# cards = "both"

# Whether options come in another order each day.
# shuffle = true

# What Anki shows below the deck's name.
# description = "Exam questions of our group."

# What the next release is called. The date, if not set.
# version = "2.1"

# Where learners report an error: the page that opens from the back of a card.
# repository = "https://github.com/our-group/our-quiz"

# What the quiz files are written in, if they are not UTF-8.
# encoding = "cp1251"

# What the findings of a rule weigh: "off", "info", "warning" or "error". “build-deck explain” lists
# the rules. Nothing but [rules] may stand below this line.
# [rules]
# longest-key = "warning"
# no-reason = "off"
"""

_TOML_HINT = 'write settings as name = "text", one on a line; see https://toml.io'


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'


# What a setting must be: None, or what is wrong and what to type -------------------------------

_Wrong = tuple[str, str] | None


def _text(value: object) -> _Wrong:
    return None if isinstance(value, str) else ("must be text", 'write it in quotes: "…"')


def _flag(value: object) -> _Wrong:
    return None if isinstance(value, bool) else ("must be true or false", "write true or false")


def _tags(value: object) -> _Wrong:
    if not (isinstance(value, list) and all(isinstance(tag, str) for tag in value)):
        return "must be a list of texts", 'write tags = ["one", "two"]'
    spaced = [tag for tag in value if not tag or any(char.isspace() for char in tag)]
    if spaced:
        return f"holds “{spaced[0]}”, and a tag has no spaces", "write a dash for the space"
    return None


def _one_of(*choices: str) -> Callable[[object], _Wrong]:
    listed = ", ".join(f'"{choice}"' for choice in sorted(choices))
    return lambda value: None if value in choices else (f"must be one of {listed}", "choose one")


def _like(pattern: re.Pattern[str], what: str, example: str) -> Callable[[object], _Wrong]:
    def check(value: object) -> _Wrong:
        if isinstance(value, str) and (not value or pattern.fullmatch(value)):
            return None
        return f"must be {what}", f'write, for example, "{example}"'

    return check


def _encoding(value: object) -> _Wrong:
    with suppress(LookupError, ValueError):
        if isinstance(value, str) and (not value or codecs.lookup(value)):
            return None
    return "must be the name of an encoding", 'write, for example, "cp1251"'


_CHECKS: Mapping[str, Callable[[object], _Wrong]] = {
    "name": _text,
    "uid": _like(_UID, "text without spaces, 64 characters at most", "our-quiz"),
    "language": _text,
    "tags": _tags,
    "cards": _one_of(*CARDS),
    "shuffle": _flag,
    "description": _text,
    "version": _like(_UID, "text without spaces, 64 characters at most", "2.1"),
    "repository": _like(_ADDRESS, "an address", "https://github.com/our-group/our-quiz"),
    "dialect": _text,
    "encoding": _encoding,
    "rules": lambda _: ("must be a table", 'write a line [rules], and below it rule-name = "off"'),
}
assert set(_CHECKS) == set(Settings.__struct_fields__)


# Places ----------------------------------------------------------------------------------------


def _key_span(source: Source, key: str) -> Span:
    for before, after in (("[\"']?", "[\"']?[ \t]*[=.]"), (r"\[+[ \t]*", "")):
        pattern = rf"^[ \t]*{before}({re.escape(key)}){after}"
        if match := re.search(pattern, source.text, re.MULTILINE):
            return Span(*match.span(1))
    return Span(0, 0)


_VALUE = re.compile(r"[\"']?[ \t]*=[ \t]*(\"[^\"\n]*\"|'[^'\n]*'|[^#\n]*[^#\s])")


def _value_span(source: Source, key: str) -> Span:
    """The value of a key as far as it stands on the key's line, or else the key."""
    named = _key_span(source, key)
    value = _VALUE.match(source.text, named.end)
    return Span(*value.span(1)) if value else named


_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")


def _reason(error: ValueError) -> str:
    reason = _AT.sub("", str(error))
    return f"not TOML: {reason[:1].lower()}{reason[1:]}"


def _place_of(error: ValueError, source: Source) -> Span:
    match = _AT.search(str(error))
    if not (match and match[1]):
        return Span(len(source.text), len(source.text))
    start = source.starts[int(match[1]) - 1] + int(match[2]) - 1
    return Span(start, min(start + 1, len(source.text)))

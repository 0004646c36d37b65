"""An entry of `deck.lock` as its line, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from operator import attrgetter
from sys import intern
from typing import Any, TypeVar

from builder.ledger.lock import BOTH, Entry, HeldOption
from builder.model import SLOTS, VERDICTS
from builder.values import as_json

Value = TypeVar("Value", str, int, bool)

TEXTS = {
    "guid": "guid",
    "kind": "kind",
    "key": "key",
    "file": "path",
    "title": "title",
    "stem": "stem",
    "source": "source",
    "rendering": "rendering",
    "trace": "trace",
    "version": "version",
    "answer changed": "answer_changed",
    "cards": "cards",
}
NUMBERS = {"rank": "rank", "id": "note_id", "modified": "modified", "release": "release"}
FLAGS = {"retired": "retired"}
KINDS: tuple[tuple[Mapping[str, str], type[Any]], ...] = (
    (TEXTS, str),
    (NUMBERS, int),
    (FLAGS, bool),
)
ORDER = (
    "guid", "kind", "key", "file", "rank", "title", "stem", "options", "cards", "retired",
    "version", "release", "modified", "answer changed", "id", "source", "rendering", "trace",
)  # fmt: skip
NAMES = {**TEXTS, **NUMBERS, **FLAGS, "options": "options"}
_IN_ORDER = attrgetter(*map(NAMES.__getitem__, ORDER))
OF_MANY = frozenset({"kind", "path", "version"})
"""Texts that many entries have: they stand in memory once."""

LARGEST = 2**53  # JSON keeps greater numbers exact in some readers only


RESTORE = "restore it from git; or delete it, and questions are known by their texts alone"


class DamageError(Exception):
    def __init__(self, message: str, hint: str = RESTORE) -> None:
        super().__init__(message)
        self.hint = hint


def line_of(entry: Entry) -> bytes:
    """The entry as it is written; equal ones give equal lines."""
    return as_json(_record(entry))


def _record(entry: Entry) -> dict[str, object]:
    pairs = zip(ORDER, _IN_ORDER(entry), strict=True)
    record: dict[str, object] = {name: value for name, value in pairs if value}
    if entry.options:
        record["options"] = [
            [o.slot, o.verdict, o.text, True] if o.carded else [o.slot, o.verdict, o.text]
            for o in entry.options
        ]
    if entry.cards == BOTH:
        del record["cards"]
    return record


def parsed(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
        line.encode()
        if "\\u" in line:  # half a character may be written so
            json.dumps(record, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise DamageError("this line is no longer the JSON that was written") from None
    if not isinstance(record, dict):
        raise DamageError("this line is no longer the JSON that was written")
    return record


def entry_in(record: Mapping[str, Any]) -> Entry:
    unknown = sorted(record.keys() - NAMES.keys())
    if unknown:
        raise DamageError(f"nothing is known of “{unknown[0]}”")
    values: dict[str, Any] = {}
    for names, kind in KINDS:
        for name, attribute in names.items():
            if name in record:
                values[attribute] = checked(record, name, kind)
    for needed in ("guid", "kind", "stem"):
        values.setdefault(needed, "")
    for name in OF_MANY & values.keys():
        values[name] = intern(values[name])
    if not values["guid"]:
        raise DamageError("a question has lost its guid")
    return Entry(**values, options=_options(record.get("options", [])))


def _options(found: object) -> tuple[HeldOption, ...]:
    if not isinstance(found, list):
        raise DamageError("the options are no longer a list")
    options = tuple(map(_option, found))
    slots = [option.slot for option in options if option.slot]
    if len(slots) != len(set(slots)):
        raise DamageError("two options of a question have the same slot")
    return options


def _option(found: object) -> HeldOption:
    match found:
        case [int(slot), str(verdict), str(text), *rest] if (
            verdict in VERDICTS and 0 <= slot <= SLOTS and rest in ([], [True])
        ):
            return HeldOption(int(slot), VERDICTS[verdict], text, bool(rest))
    raise DamageError("an option is no longer a slot, a verdict and a text")


def checked(record: Mapping[str, Any], name: str, kind: type[Value]) -> Value:
    value: object = record.get(name)
    if type(value) is not kind or (isinstance(value, int) and not 0 <= value < LARGEST):
        raise DamageError(f"“{name}” is not what it was")
    assert isinstance(value, kind)  # what `type` just told, for the type checker
    return value

"""The text of `deck.lock`: JSON, a line each for the deck, every note type and every question.

Lines of questions are sorted by guid. A guid looks random, so that what two authors add lands in
different places and git merges it; where it could not, what both sides say is put together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from builder.diagnostics import Diagnostic, Report
from builder.ledger.lock import BOTH, Entry, HeldOption, Lock, Stamp
from builder.ledger.merging import DisagreementError, merged, merged_stamps
from builder.model import SLOTS, Verdict
from builder.source import Source

Value = TypeVar("Value", str, int, bool)

FORMAT = 1
ABOUT = "written by build-deck; commit it with the source"
LAST_LINE = '{"end":"deck.lock"}'  # without it a file that was cut off would look whole

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
LARGEST = 2**53  # JSON keeps greater numbers exact in some readers only

RESTORE = "restore it from git; or delete it, and questions are known by their texts alone"
UPDATE = "install a newer build-deck"
CHOOSE = "keep the line of the version that learners got, and delete the other"


class DamageError(Exception):
    def __init__(self, message: str, hint: str = RESTORE) -> None:
        super().__init__(message)
        self.hint = hint


def lock_text(lock: Lock) -> str:
    """The lock as it is written; equal locks give equal texts."""
    header = {"deck.lock": FORMAT, "uid": lock.uid, "name": lock.name, "about": ABOUT}
    stamps = (
        {
            "note type": stamp.kind,
            "look": stamp.look,
            "modified": stamp.modified,
            **({"schema": stamp.schema} if stamp.schema else {}),
        }
        for stamp in sorted(lock.stamps, key=lambda stamp: stamp.kind)
    )
    entries = map(_record, sorted(lock.entries, key=lambda entry: entry.guid))
    lines = map(_line, (header, *stamps, *entries))
    return "\n".join((*lines, LAST_LINE, ""))


def _record(entry: Entry) -> dict[str, object]:
    options = [
        [option.slot, option.verdict, option.text, *([True] if option.carded else [])]
        for option in entry.options
    ]
    values = {name: getattr(entry, attribute) for name, attribute in NAMES.items()}
    values["options"] = options
    values["cards"] = entry.cards if entry.cards != BOTH else ""
    return {name: values[name] for name in ORDER if values[name]}


def _line(record: Mapping[str, object]) -> str:
    return _encoder.encode(record)


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def read_lock(source: Source) -> tuple[Lock | None, tuple[Diagnostic, ...]]:
    """The lock that a text says, and what there is to say of it; none if it cannot be trusted.

    Questions on both sides of a merge conflict are put together; where the sides contradict each
    other, that is an error.
    """
    report = Report(source)
    reader = _Reader()
    number = 0
    try:
        for number, line in _lines(source):
            reader.read(number, line)
        return reader.finish(), _told(reader, report)
    except DamageError as damage:
        at = source.line_span(max(1, number))
        report.error("lock-damaged", at, str(damage), damage.hint)
        return None, tuple(report.found)


def _told(reader: _Reader, report: Report) -> tuple[Diagnostic, ...]:
    if reader.joined:
        first, many = reader.joined[0], len(reader.joined)
        what = "a question" if many == 1 else f"{many} questions"
        message = f"a merge left two versions of {what}; the later one was taken"
        report.info("lock-merged", report.source.line_span(first), message)
    return tuple(report.found)


def _lines(source: Source) -> Iterator[tuple[int, str]]:
    """The lines that count, numbered from 1: those of both sides of a conflict, not its base."""
    side = ""
    for number, line in enumerate(source.lines, 1):
        mark = line[:7]
        if mark in _AFTER:
            if side not in _AFTER[mark]:
                raise DamageError("a merge conflict was resolved by halves")
            side = "" if mark == ">>>>>>>" else mark
        elif line.strip() and side != "|||||||":
            yield number, line
    if side:
        raise DamageError("a merge conflict was resolved by halves")


_AFTER: Mapping[str, tuple[str, ...]] = {
    "<<<<<<<": ("",),
    "|||||||": ("<<<<<<<",),
    "=======": ("<<<<<<<", "|||||||"),
    ">>>>>>>": ("=======",),
}


class _Reader:
    """What the lines read so far say. `joined` are the lines that were put together."""

    def __init__(self) -> None:
        self.headers: list[tuple[str, str]] = []
        self.stamps: dict[str, Stamp] = {}
        self.entries: dict[str, Entry] = {}
        self.joined: list[int] = []
        self.ended = False

    def read(self, number: int, line: str) -> None:
        record = _parsed(line)
        if "deck.lock" in record:
            self.headers.append(_header(record))
        elif "note type" in record:
            self._stamp(_stamp(record))
        elif "end" in record:
            self.ended = True
        else:
            self._entry(_entry(record), number)

    def finish(self) -> Lock:
        if not self.headers or not self.ended:
            raise DamageError("the file is cut off")
        if len({uid for uid, _ in self.headers}) > 1:
            raise DamageError("two decks with different uids were merged", CHOOSE)
        uid, name = self.headers[0]
        stamps = tuple(self.stamps[kind] for kind in sorted(self.stamps))
        return Lock(uid, name, stamps, tuple(self.entries[guid] for guid in sorted(self.entries)))

    def _stamp(self, stamp: Stamp) -> None:
        known = self.stamps.get(stamp.kind, stamp)
        self.stamps[stamp.kind] = merged_stamps(known, stamp)

    def _entry(self, entry: Entry, number: int) -> None:
        known = self.entries.setdefault(entry.guid, entry)
        if known == entry:
            return
        self.joined.append(number)
        try:
            self.entries[entry.guid] = merged(known, entry)
        except DisagreementError as disagreement:
            raise DamageError(str(disagreement), CHOOSE) from None


def _parsed(line: str) -> dict[str, Any]:
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


def _header(record: Mapping[str, Any]) -> tuple[str, str]:
    version = _checked(record, "deck.lock", int)
    if version > FORMAT:
        raise DamageError(f"a newer build-deck wrote this file (format {version})", UPDATE)
    return _checked(record, "uid", str), _checked(record, "name", str)


def _stamp(record: Mapping[str, Any]) -> Stamp:
    return Stamp(
        _checked(record, "note type", str),
        _checked(record, "look", str),
        _checked(record, "modified", int),
        _checked({"schema": "", **record}, "schema", str),
    )


def _entry(record: Mapping[str, Any]) -> Entry:
    unknown = sorted(record.keys() - NAMES.keys())
    if unknown:
        raise DamageError(f"nothing is known of “{unknown[0]}”")
    values: dict[str, Any] = {}
    for names, kind in KINDS:
        for name, attribute in names.items():
            if name in record:
                values[attribute] = _checked(record, name, kind)
    for needed in ("guid", "kind", "stem"):
        values.setdefault(needed, "")
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
            verdict in _VERDICTS and 0 <= slot <= SLOTS and rest in ([], [True])
        ):
            return HeldOption(int(slot), Verdict(verdict), text, bool(rest))
    raise DamageError("an option is no longer a slot, a verdict and a text")


_VERDICTS = frozenset(Verdict)


def _checked(record: Mapping[str, Any], name: str, kind: type[Value]) -> Value:
    value: object = record.get(name)
    if type(value) is not kind or (isinstance(value, int) and not 0 <= value < LARGEST):
        raise DamageError(f"“{name}” is not what it was")
    assert isinstance(value, kind)  # what `type` just told, for the type checker
    return value

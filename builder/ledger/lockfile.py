"""The text of `deck.lock`: JSON, a line each for the deck, every note type and every question.

Lines of questions are sorted by guid. A guid looks random, so that what two authors add lands in
different places and git merges it; where it could not, what both sides say is put together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from builder.diagnostics import Diagnostic, Report
from builder.ledger.lines import Head, Lines, head_of
from builder.ledger.lock import Entry, Lock, Stamp
from builder.ledger.merging import DisagreementError, merged, merged_stamps
from builder.ledger.record import DamageError, checked, entry_in, line_of, parsed
from builder.source import Source
from builder.values import as_json

FORMAT = 1
ABOUT = "written by build-deck; commit it with the source"
LAST_LINE = '{"end":"deck.lock"}'  # without it a file that was cut off would look whole

UPDATE = "install a newer build-deck"
CHOOSE = "keep the line of the version that learners got, and delete the other"


def lock_text(lock: Lock) -> str:
    """The lock as it is written; equal locks give equal texts."""
    return b"".join(lock_lines(lock)).decode()


def lock_lines(lock: Lock) -> Iterator[bytes]:
    """The lines of the text, in UTF-8."""
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
    yield from (as_json(record) + b"\n" for record in (header, *stamps))
    yield from (line + b"\n" for line in Lines.of(lock.entries).lines)
    yield f"{LAST_LINE}\n".encode()


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
    for number, line in enumerate(_each(source.text), 1):
        mark = line[:7]
        if mark in _AFTER:
            if side not in _AFTER[mark]:
                raise DamageError("a merge conflict was resolved by halves")
            side = "" if mark == ">>>>>>>" else mark
        elif line.strip() and side != "|||||||":
            yield number, line
    if side:
        raise DamageError("a merge conflict was resolved by halves")


def _each(text: str) -> Iterator[str]:
    """The lines one by one: all at a time would take as much memory again."""
    start, last = 0, len(text.removesuffix("\n"))
    while start <= last:
        end = text.find("\n", start)
        end = last if end < 0 else end
        yield text[start:end]
        start = end + 1


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
        self.entries: dict[str, tuple[Head, bytes]] = {}
        self.joined: list[int] = []
        self.ended = False

    def read(self, number: int, line: str) -> None:
        record = parsed(line)
        if "deck.lock" in record:
            self.headers.append(_header(record))
        elif "note type" in record:
            self._stamp(_stamp(record))
        elif "end" in record:
            self.ended = True
        else:
            self._entry(entry_in(record), number)

    def finish(self) -> Lock:
        if not self.headers or not self.ended:
            raise DamageError("the file is cut off")
        if len({uid for uid, _ in self.headers}) > 1:
            raise DamageError("two decks with different uids were merged", CHOOSE)
        uid, name = self.headers[0]
        stamps = tuple(self.stamps[kind] for kind in sorted(self.stamps))
        ordered = [self.entries.pop(guid) for guid in sorted(self.entries)]
        lines = Lines([head for head, _ in ordered], [line for _, line in ordered])
        return Lock(uid, name, stamps, lines)

    def _stamp(self, stamp: Stamp) -> None:
        known = self.stamps.get(stamp.kind, stamp)
        self.stamps[stamp.kind] = merged_stamps(known, stamp)

    def _entry(self, entry: Entry, number: int) -> None:
        own = head_of(entry), line_of(entry)
        known = self.entries.setdefault(entry.guid, own)
        if known == own:
            return
        self.joined.append(number)
        try:
            both = merged(entry_in(parsed(known[1].decode())), entry)
            self.entries[entry.guid] = head_of(both), line_of(both)
        except DisagreementError as disagreement:
            raise DamageError(str(disagreement), CHOOSE) from None


def _header(record: Mapping[str, Any]) -> tuple[str, str]:
    version = checked(record, "deck.lock", int)
    if version > FORMAT:
        raise DamageError(f"a newer build-deck wrote this file (format {version})", UPDATE)
    return checked(record, "uid", str), checked(record, "name", str)


def _stamp(record: Mapping[str, Any]) -> Stamp:
    return Stamp(
        checked(record, "note type", str),
        checked(record, "look", str),
        checked(record, "modified", int),
        checked({"schema": "", **record}, "schema", str),
    )

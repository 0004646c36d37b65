"""How much of each file is on cards, as a table for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from builder.accounting import NAVIGATION, Unread
from builder.preparing import Prepared
from builder.source import Source
from builder.values import Record

TITLES = ("lines", "on cards", "lead around", "on no card", "file")


class Coverage(Record):
    """Where the lines of a file went. Blank ones, and those of a quote that is empty, count
    nowhere.

    `around` counts lines that only lead around the file, `on_no_card` those of text that is lost,
    and `lost` tells where.
    """

    path: str
    written: int
    around: int
    on_no_card: int
    lost: tuple[Unread, ...]

    @property
    def on_cards(self) -> int:
        return self.written - self.around - self.on_no_card

    def row(self) -> tuple[str, ...]:
        numbers = (self.written, self.on_cards, self.around, self.on_no_card)
        return (*(f"{number:,}" for number in numbers), self.path)


def coverage(files: Iterable[Prepared], sources: Mapping[str, Source]) -> Iterator[Coverage]:
    """One of each file; `sources` are their texts by path.

    What is not unread is on a card: test_laws_of_reading.py holds it for any text.
    """
    for file in files:
        lines = sources[file.path].lines
        written = {number for number, line in enumerate(lines, 1) if line.strip(" \t>").strip()}
        around = [unread for unread in file.unread if unread.reason == NAVIGATION]
        lost = tuple(unread for unread in file.unread if unread.reason != NAVIGATION)
        yield Coverage(file.path, len(written), _held(around, written), _held(lost, written), lost)


def _held(ranges: Iterable[Unread], written: set[int]) -> int:
    return sum(len(written & set(range(each.first, each.last + 1))) for each in ranges)


def table(rows: Iterable[Coverage]) -> str:
    """The table, and below it the places that are on no card."""
    found = list(rows)
    cells = [TITLES, *(each.row() for each in found)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(TITLES) - 1)]
    lines = ["  ".join([*map(str.rjust, row, widths), row[-1]]) for row in cells]
    lines += [_place(each.path, unread) for each in found for unread in each.lost]
    return "".join(f"{line}\n" for line in lines)


def _place(path: str, unread: Unread) -> str:
    last = "" if unread.last == unread.first else f"-{unread.last}"
    return f"{path}:{unread.first}{last}: {unread.reason}"

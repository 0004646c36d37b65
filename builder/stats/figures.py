"""Numbers of a source as figures: a title, what it shows in words, and bars."""

from __future__ import annotations

from collections.abc import Iterator

from builder.stats import Spread, Stats
from builder.values import Record, replace
from builder.words import Words

MOST_ROWS = 20
"""Rows of a figure; the others are summed up in one."""


class Row(Record):
    """A bar: its label, its length, what stands at its end. `expected` is where chance puts it.

    A sum of others has no length, or it would dwarf each of those above it.

    `tone` is a severity, or "" for a bar without one.
    """

    label: str
    amount: float
    shown: str
    expected: float | None = None
    spread: Spread | None = None
    tone: str = ""


class Figure(Record):
    """Bars, and a sentence that says what they show.

    `legend` explains the drawing. `whole` is the amount of a bar from edge to edge; without it,
    that is the longest.
    """

    title: str
    sentence: str
    rows: tuple[Row, ...] = ()
    legend: str = ""
    whole: float = 0

    @property
    def most(self) -> float:
        """The amount of a bar from edge to edge."""
        amounts = [amount for row in self.rows for amount in (row.amount, row.expected or 0)]
        return self.whole or max(amounts, default=0) or 1


def figures(numbers: Stats, own: Words) -> tuple[Figure, ...]:
    """The figures of a source with questions, in the language of the words."""
    say = _Say(numbers, own)
    parts = (say.topics, say.options, say.positions, say.lengths, say.explained, say.findings)
    return tuple(figure for part in parts for figure in part())


class _Say:
    """Numbers put into words."""

    def __init__(self, numbers: Stats, own: Words) -> None:
        self.numbers = numbers
        self.own = own

    def _figure(self, name: str, rows: list[Row], **values: object) -> Figure:
        sentence = self.own.fill(f"stats.{name}_say", **values)
        return Figure(self.own[f"stats.{name}"], sentence, tuple(rows))

    def _count(self, noun: str, number: int) -> str:
        return self.own.count(f"stats.{noun}", number)

    def topics(self) -> Iterator[Figure]:
        topics = self.numbers.topics
        if topics:
            topic, most = topics[0]
            yield self._figure(
                "topics",
                self._rows(topics),
                questions=self._count("question", self.numbers.questions),
                topics=self._count("topic", len(topics)),
                topic=topic,
                most=most,
            )

    def _rows(self, counted: tuple[tuple[str, int], ...]) -> list[Row]:
        rows = [Row(label, number, str(number)) for label, number in counted[:MOST_ROWS]]
        if rest := sum(number for _, number in counted[MOST_ROWS:]):
            rows.append(Row(self.own["stats.others"], 0, str(rest)))
        return rows

    def options(self) -> Iterator[Figure]:
        if self.numbers.options:
            total = sum(number for _, number in self.numbers.options)
            usual, number = max(self.numbers.options, key=lambda pair: (pair[1], -pair[0]))
            yield self._figure(
                "options",
                [Row(self._count("option", n), k, str(k)) for n, k in self.numbers.options],
                options=self._count("option", usual),
                percent=round(100 * number / total),
            )

    def positions(self) -> Iterator[Figure]:
        if balance := self.numbers.balance:
            total = balance.items_there
            expected = total / balance.options
            rows = [
                Row(self.own.fill("stats.position", n=at), number, str(number), expected)
                for at, number in self.numbers.positions
            ]
            said = self._figure(
                "positions",
                rows,
                place=balance.favourite,
                number=balance.favoured,
                questions=self._count("question", total),
                options=self._count("option", balance.options),
                expected=f"{expected:.0f}",
            )
            verdict = "stats.unlikely" if balance.unlikely else "stats.likely"
            judged = self.own.fill(verdict, p=balance.shown_p)
            legend = self.own["stats.positions_legend"]
            yield replace(said, sentence=f"{said.sentence} {judged}", legend=legend)

    def lengths(self) -> Iterator[Figure]:
        right, wrong, longest = self.numbers.right, self.numbers.wrong, self.numbers.longest
        if right and wrong and longest.whole:
            rows = [
                Row(self.own[f"stats.{name}"], spread.high, f"{spread.median:.0f}", spread=spread)
                for name, spread in (("right", right), ("wrong", wrong))
            ]
            said = self._figure(
                "lengths",
                rows,
                right=f"{right.median:.0f}",
                wrong=f"{wrong.median:.0f}",
                percent=longest.percent,
                chance=round(100 * self.numbers.by_chance / longest.whole),
            )
            yield replace(said, legend=self.own["stats.lengths_legend"])

    def explained(self) -> Iterator[Figure]:
        explained, reasons = self.numbers.explained, self.numbers.reasons
        rows = [
            Row(self.own[f"stats.{name}"], share.percent, f"{share.percent} %")
            for name, share in (("with_explanation", explained), ("with_reason", reasons))
            if share.whole
        ]
        said = self._figure("explained", rows, explained=explained.percent, reasons=reasons.percent)
        yield replace(said, whole=100)

    def findings(self) -> Iterator[Figure]:
        found = self.numbers.findings
        if not found:
            yield Figure(self.own["stats.findings"], self.own["stats.no_findings"])
            return
        rows = [
            Row(f"{rule} ({severity})", number, str(number), tone=severity)
            for rule, severity, number in found
        ]
        yield self._figure(
            "findings",
            rows,
            findings=self._count("finding", sum(number for *_, number in found)),
            rule=found[0][0],
            number=found[0][2],
        )

"""Figures as inline SVG, which needs no script and no network."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from builder.stats import Spread
from builder.stats.figures import Figure, Row

WIDTH = 340
"""Units of a picture's width: on a phone about a pixel each, so that its text can be read."""

_ROW, _BAR, _TEXT = 30, 10, 15
_LONGEST_LABEL = 44


def svg(figure: Figure, number: int) -> str:
    """A picture of a figure's bars; screen readers are told its title and its sentence.

    Colours are those of the page's style: classes `bar`, `error`, `warning`, `info`, `expected`.
    `number` makes the ids of a page's pictures different.
    """
    rows = (_row(row, at * _ROW, figure.most) for at, row in enumerate(figure.rows))
    bars = "".join(piece for row in rows for piece in row)
    return (
        f'<svg viewBox="0 0 {WIDTH} {max(1, len(figure.rows)) * _ROW}" role="img"'
        f' aria-labelledby="t{number} d{number}">'
        f'<title id="t{number}">{escape(figure.title)}</title>'
        f'<desc id="d{number}">{escape(figure.sentence)}</desc>{bars}</svg>'
    )


def _row(row: Row, top: int, most: float) -> Iterator[str]:
    label = row.label
    short = label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
    whole = f"<title>{escape(label)}</title>" if short != label else ""
    yield f'<text x="0" y="{top + 12}">{whole}{escape(short)}</text>'
    yield f'<text x="{WIDTH}" y="{top + 12}" text-anchor="end">{escape(row.shown)}</text>'
    if row.spread:
        yield from _spread(row.spread, top + _TEXT, most)
    elif row.amount:
        yield _rect("bar", row.tone, 0, top + _TEXT, _units(row.amount, most))
    if row.expected is not None:
        x = f"{_units(row.expected, most):g}"
        y1, y2 = top + _TEXT, top + _TEXT + _BAR + 3
        yield f'<line class="expected" x1="{x}" x2="{x}" y1="{y1}" y2="{y2}"/>'


def _spread(spread: Spread, top: int, most: float) -> Iterator[str]:
    """A line from the shortest tenth to the longest, a box around the middle half, the median."""
    at = {name: _units(getattr(spread, name), most) for name in Spread.__struct_fields__}
    middle = top + _BAR / 2
    yield (
        f'<line class="whisker" x1="{at["low"]:g}" x2="{at["high"]:g}" y1="{middle:g}"'
        f' y2="{middle:g}"/>'
    )
    yield _rect("bar", "", at["quarter"], top, max(1, at["three_quarters"] - at["quarter"]))
    yield (
        f'<line class="median" x1="{at["median"]:g}" x2="{at["median"]:g}" y1="{top}"'
        f' y2="{top + _BAR}"/>'
    )


def _rect(kind: str, tone: str, x: float, y: float, width: float) -> str:
    classes = f"{kind} {tone}".strip()
    return (
        f'<rect class="{classes}" x="{x:g}" y="{y:g}" width="{max(1, width):g}" height="{_BAR}"'
        ' rx="2"/>'
    )


def _units(amount: float, most: float) -> float:
    return round(amount / most * WIDTH, 1)

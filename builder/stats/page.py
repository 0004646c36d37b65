"""The numbers of a source as a page, and as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.stats.figures import Figure
from builder.stats.pictures import svg
from builder.templating import render
from builder.words import Words

LONGEST_BAR = 30
_LABEL = 44


def page(title: str, figures: Sequence[Figure], own: Words, templates: Mapping[str, str]) -> str:
    """One HTML file that needs nothing else; light or dark as the reader's system is."""
    return render(
        templates,
        "stats/page.html",
        title=title,
        language=own.language,
        direction=own.direction,
        figures=[(figure, svg(figure, at)) for at, figure in enumerate(figures)],
    )


def text(figures: Sequence[Figure]) -> str:
    """The figures for a terminal, bars of #."""
    return "\n".join(line for figure in figures for line in _lines(figure))


def _lines(figure: Figure) -> list[str]:
    widest = min(_LABEL, max((len(row.label) for row in figure.rows), default=0))
    number = max((len(row.shown) for row in figure.rows), default=0)
    rows = [
        f"  {row.label[:_LABEL]:{widest}}  {row.shown:>{number}}  "
        + "#" * round(row.amount / figure.most * LONGEST_BAR)
        for row in figure.rows
    ]
    return [figure.title, f"  {figure.sentence}", *(row.rstrip() for row in rows), ""]

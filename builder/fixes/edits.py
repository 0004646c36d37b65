"""Changes of a text."""

from __future__ import annotations

from collections.abc import Iterable

from builder.source import Source, Span
from builder.values import Record, replace


class Edit(Record, order=True):
    """A piece of a text, and what is to stand in its place."""

    span: Span
    new: str


def applied(source: Source, edits: Iterable[Edit]) -> Source:
    """The source with all edits made; they do not overlap."""
    pieces, at = [], 0
    for edit in sorted(edits):
        assert at <= edit.span.start, f"edits overlap at {edit.span}"
        pieces += [source.text[at : edit.span.start], edit.new]
        at = edit.span.end
    return replace(source, text="".join((*pieces, source.text[at:])))

"""Repairs of quiz files that are certain: what is on the cards stays the same to the letter.

Each repair is tried on the text and kept only if the questions come out of reading and rendering
as before. What cannot be proven so is left as it is, and said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from builder.decoding import Undecodable, decode
from builder.diagnostics import Severity
from builder.fixes import lists, marks, spaces
from builder.fixes.edits import Edit, applied
from builder.reading import Reading
from builder.rendering import Rendered
from builder.source import Source, Span
from builder.values import Record

__all__ = ["REPAIRS", "Edit", "Fixed", "Show", "Span", "applied", "fix"]

Show = Callable[[Source], Rendered]
"""Reads a source and renders its questions, as for a build."""

Repairs = Mapping[str, Callable[[Reading], Iterator[Edit]]]
"""The edits that repair a text, by what each of them repairs."""

REPAIRS: Repairs = {
    "mark": marks.edits,
    "indented line": lists.edits,
    "trailing space": spaces.edits,
}
_MOST_ROUNDS = 4
"""One repair may uncover another; after so many rounds a file is left as it has become."""

_LINE_END = re.compile(rb"\r(?:\0?\n)?")
_BOM = b"\xef\xbb\xbf"


class Fixed(Record):
    """A file as it was and as it is repaired.

    `name` and `path` are those of `pipeline.File`. `done` counts the repairs by name; `left` says
    what was not repaired, and why.
    """

    name: str
    path: str
    before: bytes
    after: bytes
    done: Mapping[str, int]
    left: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        return self.before != self.after


def fix(
    name: str,
    path: str,
    content: bytes,
    show: Show,
    encoding: str | None = None,
    repairs: Repairs = REPAIRS,
) -> Fixed:
    """The repaired file; `encoding` is what it is written in if that is not UTF-8."""
    source = decode(path, content, encoding)
    if isinstance(source, Undecodable):
        return Fixed(name, path, content, content, {}, (source.reason,))
    clean = Source(path, source.text)
    saved = clean.text.encode()
    if saved != content and "\ufffd" in clean.text:
        return Fixed(
            name, path, content, content, {}, ("characters are lost; type them anew first",)
        )
    if decode(path, saved, encoding) != clean:
        return Fixed(
            name, path, content, content, {}, ("saved as UTF-8 it would be read differently",)
        )
    done = Counter(dict(_damage(source, content)))
    repaired, left = _repaired(clean, show, repairs, done)
    counts = {name: number for name, number in done.items() if number}
    return Fixed(name, path, content, repaired.text.encode(), counts, left)


def _damage(source: Source, content: bytes) -> Iterator[tuple[str, int]]:
    """What is mended by saving the text as UTF-8 with LF line ends."""
    if source.repairs:
        yield "damaged passage", len(source.repairs)
    if content.startswith(_BOM):
        yield "byte order mark", 1
    if not source.encoding.startswith("utf-8"):
        yield f"encoding ({source.encoding})", 1
    if ends := len(_LINE_END.findall(content)):
        yield "line end", ends


def _repaired(
    source: Source, show: Show, repairs: Repairs, done: Counter[str]
) -> tuple[Source, tuple[str, ...]]:
    """The source with all repairs that change no card; `done` counts them."""
    wanted = current = show(source)
    left: dict[str, str] = {}
    for _ in range(_MOST_ROUNDS):
        start = current.reading.source
        for name, find in repairs.items():
            found = tuple(find(current.reading))
            kept, current = _proven(found, current, wanted, show)
            done[name] += len(kept)
            left[name] = f"{name}: {len(found) - len(kept)}, since a card would change"
            if len(kept) == len(found):
                del left[name]
        if current.reading.source == start:
            break
    return current.reading.source, tuple(left.values())


def _proven(
    found: Sequence[Edit], current: Rendered, wanted: Rendered, show: Show
) -> tuple[Sequence[Edit], Rendered]:
    """Those edits that change no card, and what comes of them.

    If all together change some questions, it is tried once more with those of the others.
    """
    if not found:
        return (), current
    after = show(applied(current.reading.source, found))
    if _alike(wanted, after):
        return found, after
    harmless = _elsewhere(found, current, after, wanted)
    if harmless:
        after = show(applied(current.reading.source, harmless))
    return (harmless, after) if harmless and _alike(wanted, after) else ((), current)


def _elsewhere(
    found: Sequence[Edit], current: Rendered, after: Rendered, wanted: Rendered
) -> Sequence[Edit]:
    """The edits that lie in no question which they changed."""
    if len(after.questions) != len(wanted.questions):
        return ()
    pairs = zip(current.reading.questions, after.questions, wanted.questions, strict=True)
    harmed = [question.span for question, is_now, should_be in pairs if is_now != should_be]
    return [e for e in found if not any(h.start <= e.span.start < h.end for h in harmed)]


def _alike(wanted: Rendered, after: Rendered) -> bool:
    """Whether two versions of a file give the same cards, leave out the same and tell no more."""
    return _fingerprint(wanted) == _fingerprint(after) and _told(after) <= _told(wanted)


def _fingerprint(shown: Rendered) -> tuple[object, ...]:
    reading = shown.reading
    lines = [reading.source.line_range(question.span) for question in reading.questions]
    return (reading.dialect, reading.title, shown.questions, reading.unread, lines)


def _told(shown: Rendered) -> set[tuple[str, int]]:
    grave = (d for d in shown.diagnostics if d.severity is not Severity.INFO)
    return {(d.rule, d.place.line if d.place else 0) for d in grave}

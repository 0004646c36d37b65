"""What was prepared as bytes and back: compact, and quick to read."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Collection, Iterator
from functools import partial
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar

from builder.accounting import Unread
from builder.allowing import Allowance
from builder.diagnostics import Diagnostic, Place, Related, Severity
from builder.language import Letters
from builder.ledger import Asked, AskedOption
from builder.model import TEXT_OF_VERDICT, VERDICTS, Places, RenderedOption, RenderedQuestion, Rich
from builder.preparing import Prepared, Shown
from builder.rendering import Sought
from builder.rules.entries import Compared
from builder.source import Span
from builder.values import as_bytes

Unpacked = TypeVar("Unpacked")

Row = Any
"""What `marshal` reads: texts, numbers, bytes, and tuples of them."""

Read = Callable[[], bytes]
"""Gives a part, each time that it is asked for."""


class Parts(NamedTuple):
    """All of a file: what a build holds of it all the time, and apart from that what it reads when
    it needs it: what is compared with other files, what is asked, what cards show."""

    light: bytes
    compared: bytes
    asked: bytes
    shown: bytes


def pack(prepared: Prepared) -> Parts:
    """A file in its parts."""
    compared = as_bytes(tuple(map(_of_compared, prepared.compared)))
    asked = as_bytes(tuple(map(_of_asked, prepared.asked)))
    shown = as_bytes(tuple(map(_of_shown, prepared.shown)))
    light = as_bytes(
        (
            prepared.name,
            prepared.path,
            prepared.title,
            prepared.dialect,
            prepared.encoding,
            prepared.lines,
            _fields(prepared.letters, Letters),
            len(prepared.shown),
            len(prepared.compared),
            prepared.options,
            prepared.disputed,
            tuple(_fields(each, Sought) for each in prepared.media),
            tuple(_fields(each, Unread) for each in prepared.unread),
            tuple(map(_of_allowance, prepared.allowed)),
            tuple(map(_of_diagnostic, prepared.diagnostics)),
            sha256(compared).hexdigest(),
            sha256(asked).hexdigest(),
            sha256(shown).hexdigest(),
        )
    )
    return Parts(light, compared, asked, shown)


def unpack(light: bytes, compared: Read, asked: Read, shown: Read) -> Prepared:
    """A file; its heavy parts are read whenever they are needed."""
    (
        name,
        path,
        title,
        dialect,
        encoding,
        lines,
        letters,
        number,
        number_compared,
        options,
        disputed,
        media,
        unread,
        allowed,
        diagnostics,
        compared_digest,
        asked_digest,
        shown_digest,
    ) = _loaded(light)
    return Prepared(
        name,
        path,
        title,
        dialect,
        encoding,
        lines,
        Letters(*letters),
        Packed(number, asked_digest, asked, partial(_asked, name)),
        options,
        disputed,
        Packed(number, shown_digest, shown, _shown),
        tuple(Sought(*row) for row in media),
        Packed(number_compared, compared_digest, compared, partial(_compared, path)),
        tuple(Unread(*row) for row in unread),
        tuple(map(_allowance, allowed)),
        tuple(map(_diagnostic, diagnostics)),
    )


class Packed(Collection[Unpacked]):
    """What was put aside of the questions of a file, unpacked each time that it is asked for.

    `digest` is equal only where all is.
    """

    def __init__(
        self, number: int, digest: str, read: Read, unpacked: Callable[[Row], Unpacked]
    ) -> None:
        self.number, self.digest, self.read, self.unpacked = number, digest, read, unpacked

    def __reduce__(self) -> tuple[object, ...]:
        """Goes to another process with all that was put aside."""
        return Packed, (self.number, self.digest, partial(bytes, self.read()), self.unpacked)

    def __iter__(self) -> Iterator[Unpacked]:
        return map(self.unpacked, _loaded(self.read()))

    def __len__(self) -> int:
        return self.number

    def __contains__(self, one: object) -> bool:
        return any(one == each for each in self)


def _loaded(content: bytes) -> Row:
    return marshal.loads(content)  # noqa: S302 - whoever calls has seen that we wrote it


def _fields(value: object, kind: type) -> Row:
    return tuple(getattr(value, name) for name in kind.__struct_fields__)  # type: ignore[attr-defined]


# One function each way. Verdicts and severities go as their texts; paths stand once in a file.


def _of_asked(asked: Asked) -> Row:
    options = tuple([(o.text, TEXT_OF_VERDICT[o.verdict], o.rendering) for o in asked.options])
    texts = (asked.title, asked.trace, asked.key, asked.source, asked.rendering, asked.cards)
    return asked.stem, options, *texts


def _asked(name: str, row: Row) -> Asked:
    stem, options, title, trace, key, source, rendering, cards = row
    held = tuple([AskedOption(text, VERDICTS[verdict], look) for text, verdict, look in options])
    return Asked(name, stem, held, title, "", key, source, rendering, trace, cards)


def _of_compared(compared: Compared) -> Row:
    place = compared.keyed and _of_place(compared.keyed)
    return compared.key, place, compared.identity, compared.features, compared.packed


def _compared(path: str, row: Row) -> Compared:
    key, place, identity, features, packed = row
    return Compared(path, key, place and Place(*place), identity, features, packed)


def _of_allowance(allowance: Allowance) -> Row:
    span, lines = allowance.span, allowance.lines
    return allowance.rule, span.start, span.end, lines.start, lines.stop


def _allowance(row: Row) -> Allowance:
    rule, start, end, first, stop = row
    return Allowance(rule, Span(start, end), range(first, stop))


def _of_place(place: Place) -> Row:
    return place.path, place.line, place.column, place.end_line, place.end_column


def _of_diagnostic(found: Diagnostic) -> Row:
    place = found.place and _of_place(found.place)
    related = tuple((_of_place(each.place), each.message) for each in found.related)
    return found.rule, found.severity.value, found.message, place, found.hint, related


def _diagnostic(row: Row) -> Diagnostic:
    rule, severity, message, place, hint, related = row
    others = tuple(Related(Place(*where), what) for where, what in related)
    return Diagnostic(rule, Severity(severity), message, place and Place(*place), hint, others)


def _of_shown(shown: Shown) -> Row:
    question = shown.question
    options = tuple(map(_of_option, question.options))
    rich = (_of_rich(r) for r in (question.stem, question.instruction, question.explanation))
    more = (question.tags, question.media, question.key, _of_places(question.places))
    lines = (shown.line, shown.end_line, shown.option_lines)
    return question.title, *rich, options, *more, *lines


def _shown(row: Row) -> Shown:
    title, stem, instruction, explanation, options, tags, media, key, places, *lines = row
    question = RenderedQuestion(
        title,
        _rich(stem),
        tuple(map(_option, options)),
        _rich(instruction),
        _rich(explanation),
        tags,
        media,
        key,
        places and Places(*places),
    )
    return Shown(question, *lines)


def _of_places(places: Places | None) -> Row:
    return places and (places.labels, places.fixed, places.pinned)


def _of_option(option: RenderedOption) -> Row:
    texts = _of_rich(option.text), _of_rich(option.summary), _of_rich(option.why)
    return TEXT_OF_VERDICT[option.verdict], option.label, *texts


def _option(row: Row) -> RenderedOption:
    verdict, label, text, summary, why = row
    return RenderedOption(_rich(text), VERDICTS[verdict], _rich(summary), _rich(why), label)


def _of_rich(rich: Rich) -> Row:
    """A text that is its own HTML, as most options are, stands once."""
    return rich.html if rich.html == rich.text else (rich.html, rich.text)


def _rich(row: Row) -> Rich:
    if not row:
        return _NOTHING
    return Rich(row, row) if isinstance(row, str) else Rich(*row)


_NOTHING = Rich()

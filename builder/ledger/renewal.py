"""One question between the last build and this one."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from builder.ledger.asked import Asked
from builder.ledger.lock import BOTH, Entry
from builder.ledger.news import Change, Event
from builder.ledger.slots import Slotted, slotted
from builder.ledger.stamping import Difference, Release, difference, stamped
from builder.ledger.trace import traced
from builder.ledger.wording import MOST_CHANGED, changed, single_spaced, spaced
from builder.model import Identity
from builder.values import Record, as_spaced_json


class Seat(Record):
    """Where a question stands now, and whether it was somewhere else before."""

    rank: int
    moved: bool = False


class Renewal(Record):
    """A question as last shipped, if it was, and as it ships now.

    `keeps_cards` says that it has more cards than are asked for, because members hold them: a card
    that they hold must never become blank.
    """

    before: Entry | None
    entry: Entry
    options: Slotted
    moved: bool
    difference: Difference
    keeps_cards: bool = False

    def identity(self, entry: Entry, note_id: int) -> Identity:
        return Identity(
            guid=entry.guid,
            note_id=note_id,
            modified=entry.modified,
            slots=self.options.slots,
            withdrawn=self.options.withdrawn,
            version=entry.version,
            answer_changed=entry.answer_changed,
            carded=self.options.carded,
            cards=entry.cards,
        )

    def changes(self) -> Iterator[Change]:
        """What happened to it, the most important first."""
        for event, was, now in self._events():
            yield Change(event, self.entry.guid, self.entry.path, self.entry.stem, was, now)

    def _events(self) -> Iterator[tuple[Event, str, str]]:
        before, entry = self.before, self.entry
        if before is None:
            yield Event.NEW, "", ""
            yield from (told for told in self.options.events() if told[0] is Event.NO_SLOT)
            return
        if before.retired:
            yield Event.RETURNED, "", ""
        if self.options.key_changed:
            yield Event.ANSWER_CHANGED, _key(before), _key(entry)
        if single_spaced(before.stem) != single_spaced(entry.stem):
            stayed = entry.key or changed(spaced(before.stem), spaced(entry.stem)) <= MOST_CHANGED
            told = Event.REWORDED if stayed else Event.PUT_OTHERWISE
            yield told, before.stem, entry.stem
        options = list(self.options.events())
        yield from options
        if self.moved:
            yield Event.MOVED, before.path, entry.path
        match self.difference:
            case Difference.CONTENT if not options and before.stem == entry.stem:
                if not before.retired and not self.options.key_changed:
                    yield Event.EDITED, "", ""
            case Difference.RENDERING:
                yield Event.RENDERED_ANEW, "", ""


def renewed(
    question: Asked,
    before: Entry | None,
    guid: str,
    seat: Seat,
    release: Release,
    *,
    rerender: bool,
) -> Renewal:
    """The question as it ships now, its options in their slots, with the time of its change."""
    options = slotted(before.options if before else (), question.options)
    answer_changed = before.answer_changed if before else ""
    if before and options.key_changed:
        answer_changed = release.version
    cards = _cards(question, options)
    held = cards if before is None or before.cards == cards else BOTH
    known = before and before.source == question.source and before.trace
    entry = Entry(
        guid=guid,
        kind=question.kind,
        stem=question.stem,
        options=options.held,
        title=question.title,
        path=question.path,
        rank=seat.rank,
        key=question.key,
        note_id=before.note_id if before else 0,
        source=question.source,
        rendering=_rendering(question, options, held),
        trace=known or question.trace or traced(question.explanation),
        modified=before.modified if before else release.after(0),
        version=before.version if before else release.version,
        release=before.release if before else release.number,
        answer_changed=answer_changed,
        cards=held,
    )
    unlike = difference(entry, before) if before else Difference.CONTENT
    if before:
        entry = stamped(entry, before, release, rerender=rerender)
    return Renewal(before, entry, options, seat.moved, unlike, held != cards)


def _cards(question: Asked, options: Slotted) -> str:
    """The cards that are asked for; without an option that has a card, the question has its own."""
    if question.kind == "open":
        return BOTH
    carded = any(option.has_card for option in options.held)
    return question.cards if carded or question.cards != "options" else BOTH


def _rendering(question: Asked, options: Slotted, cards: str) -> str:
    """A hash of all that ships, each option in its slot: its order in the source is no matter."""
    shown = sorted(
        [slot, option.verdict, option.rendering]
        for slot, option in zip(options.slots, question.options, strict=True)
        if slot
    )
    rest = [
        [option.verdict, option.rendering]
        for slot, option in zip(options.slots, question.options, strict=True)
        if not slot
    ]
    shipped = [question.rendering, shown, rest, options.withdrawn, cards]
    return sha256(as_spaced_json(shipped)).hexdigest()[:16]


def _key(entry: Entry) -> str:
    return "; ".join(option.text for option in entry.options if option.verdict == "correct")

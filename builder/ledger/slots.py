"""Which slot each option of a question holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat

from builder.ledger.asked import AskedOption
from builder.ledger.lock import KEYED, HeldOption
from builder.ledger.news import Event
from builder.ledger.options import recognise_options
from builder.ledger.wording import single_spaced
from builder.model import SLOTS, Verdict
from builder.values import Record, replace


class Slotted(Record):
    """The options of a question in their slots.

    `slots` are those of the options in source order. `held` is all that the lock will hold, by
    slot, those without one last. `pairs` say who is who: before and now, None for "not there".
    `withdrawn` are slot and text of what left but has a card that members hold, `carded` the slots
    of options without a known verdict whose cards they hold.
    """

    slots: tuple[int, ...]
    held: tuple[HeldOption, ...]
    pairs: tuple[tuple[HeldOption | None, HeldOption | None], ...]
    withdrawn: tuple[tuple[int, str], ...] = ()
    carded: tuple[int, ...] = ()

    @property
    def key_changed(self) -> bool:
        """Whether other options are correct than before, or the same no more."""
        return any(_correct(before) != _correct(now) for before, now in self.pairs)

    def events(self) -> Iterator[tuple[Event, str, str]]:
        """What happened to options, with their texts before and after."""
        for before, now in self.pairs:
            if now is None:
                if before and not before.withdrawn:
                    yield Event.OPTION_REMOVED, before.text, ""
            elif before is None:
                yield Event.OPTION_ADDED, "", now.text
                if not now.slot:
                    yield Event.NO_SLOT, "", now.text
            elif before.withdrawn:
                yield Event.OPTION_RETURNED, "", now.text
            elif single_spaced(before.text) != single_spaced(now.text):
                yield Event.OPTION_REWORDED, before.text, now.text


def slotted(held: Sequence[HeldOption], options: Sequence[AskedOption]) -> Slotted:
    """Options known keep their slots; new ones get the next that was never used, or 0.

    An option that left keeps its slot and its text, withdrawn; without a slot it is forgotten.
    """
    if not held:
        return _in_order(options)
    found = recognise_options(held, options)
    used = {option.slot for option in held}
    free = (slot for slot in range(1, SLOTS + 1) if slot not in used)
    pairs: list[tuple[HeldOption | None, HeldOption | None]] = []
    for new, option in enumerate(options):
        before = held[found[new]] if new in found else None
        slot = before.slot if before else next(free, 0)
        carded = before is not None and before.has_card and option.verdict not in KEYED
        pairs.append((before, HeldOption(slot, option.verdict, option.text, carded)))
    staying = set(found.values())
    left = [option for old, option in enumerate(held) if old not in staying]
    pairs += [(option, None) for option in left]
    now = [option for _, option in pairs if option]
    gone = [
        replace(option, verdict=Verdict.WITHDRAWN, carded=option.has_card)
        for option in left
        if option.slot
    ]
    in_slots = sorted((*now, *gone), key=lambda option: option.slot or SLOTS + 1)
    with_cards = [option for option in in_slots if option.carded]
    return Slotted(
        tuple(option.slot for option in now),
        tuple(in_slots),
        tuple(pairs),
        withdrawn=tuple((o.slot, o.text) for o in with_cards if o.withdrawn),
        carded=tuple(o.slot for o in with_cards if not o.withdrawn),
    )


def _in_order(options: Sequence[AskedOption]) -> Slotted:
    """The options of a question that had none before, as most of a new deck are."""
    numbers = (*range(1, SLOTS + 1), *repeat(0, len(options) - SLOTS))
    slots = numbers[: len(options)]
    now = [HeldOption(slot, o.verdict, o.text) for slot, o in zip(slots, options, strict=True)]
    return Slotted(slots, tuple(now), tuple([(None, option) for option in now]))


def _correct(option: HeldOption | None) -> bool:
    return option is not None and option.verdict is Verdict.CORRECT

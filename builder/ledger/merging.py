"""One entry out of two, where two branches both shipped a question."""

from __future__ import annotations

from builder.ledger.lock import BOTH, Entry, HeldOption, Stamp
from builder.ledger.rewording import one_option, phrase
from builder.values import replace


class DisagreementError(Exception):
    """Two branches say what cannot both be true. Its text is a phrase for the user."""


def merged(one: Entry, other: Entry) -> Entry:
    """The later of two entries with one guid, with the slots that only the earlier one knows.

    Raises DisagreementError if the two gave one slot to different options, or are of two kinds.
    """
    if one == other:
        return one
    earlier, later = sorted((one, other), key=_age)
    if earlier.kind != later.kind:
        raise DisagreementError("two branches made a question of two kinds of one guid")
    held = {option.slot: option for option in later.options if option.slot}
    lost = [option for option in earlier.options if option.slot and option.slot not in held]
    for option in earlier.options:
        _agree(option, held.get(option.slot, option))
    return replace(
        later,
        options=_in_slots((*later.options, *lost)),
        modified=max(one.modified, other.modified),
        answer_changed=later.answer_changed or earlier.answer_changed,
        cards=one.cards if one.cards == other.cards else BOTH,
    )


def merged_stamps(one: Stamp, other: Stamp) -> Stamp:
    return max(one, other, key=lambda stamp: (stamp.modified, stamp.look))


def _age(entry: Entry) -> tuple[int, int, bool, str]:
    return entry.modified, entry.release, not entry.retired, repr(entry)


def _agree(one: HeldOption, other: HeldOption) -> None:
    if one.text != other.text and not one_option(phrase(one.text), phrase(other.text)):
        raise DisagreementError(
            f"two branches gave slot {one.slot} to “{one.text}” and to “{other.text}”"
        )


def _in_slots(options: tuple[HeldOption, ...]) -> tuple[HeldOption, ...]:
    """By slot, those without one last."""
    return tuple(sorted(options, key=lambda option: option.slot or 1_000))

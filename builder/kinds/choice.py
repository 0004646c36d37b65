"""Questions with options: a card for the whole question and one for every option.

The field `Traits` says in keywords what templates show, each also a class of the card:

- `single`, `several`: one answer is to be chosen, or as many as fit;
- `pin-K`: option K stays at the end when the others are shuffled;
- `fixed`: the order of the author stays;
- `lettered`: the same, and the letters of the author are shown, because the text speaks of them;
- `unkeyed`: the source marks no answer;
- `retired`: the question has left the source.
"""

from __future__ import annotations

from builder.html import shown
from builder.kinds._common import ON, RESERVES, common
from builder.model import SLOTS, Identity, Places, RenderedOption, RenderedQuestion, Verdict
from builder.pinning import places
from builder.words import Words

LAST_LOUD_SLOT = 6  # real quizzes seldom have more options; later slots need not fill the editor

_ALL_SLOTS = range(1, SLOTS + 1)
_OF_SLOT = {
    slot: tuple(f"{name} {slot}" for name in ("Option", "Verdict", "Label", "Summary", "Reason"))
    for slot in _ALL_SLOTS
}

FIELDS = {
    "Stem": False,
    "Title": False,
    "Instruction": False,
    "Explanation": False,
    "My Notes": False,
    "Notice": False,
    "Version": True,
    "Key": True,
    "Report": True,
    "Traits": True,
    "Order": True,
    "Without Question Card": True,
    "Without Option Cards": True,
    **{
        name: slot > LAST_LOUD_SLOT or name.startswith("Label")
        for slot, names in _OF_SLOT.items()
        for name in names
    },
    "Further Options": True,
    "Option List": True,
    **dict.fromkeys(RESERVES, True),
}

CARDS: dict[str, tuple[str, dict[str, object]]] = {
    "Question": ("question", {"slots": _ALL_SLOTS}),
    **{f"Option {k}": ("option", {"k": k}) for k in _ALL_SLOTS},
}

KNOWN = (Verdict.CORRECT, Verdict.WRONG, Verdict.DISPUTED)


def fill(
    question: RenderedQuestion, identity: Identity, words: Words, cards: str
) -> dict[str, str]:
    """The fields that are not empty.

    An option without a verdict has no card of its own, unless members already hold that card
    (`Identity.carded`): then its back says that the source marks no answer. Options that no slot
    is left for are listed in `Further Options` and count as 13, 14, … in `Order` and `Traits`.
    """
    assert len(identity.slots) == len(question.options), "every option has a slot, or 0"
    numbers = _numbers(identity.slots)
    fixed = question.places or places(question, words)
    values = {
        **common(question, identity, words),
        "Explanation": question.explanation.html,
        "Traits": " ".join(_traits(question, identity, words, fixed, numbers)),
        "Order": _order(numbers),
    }
    further = []
    for option, number, label in zip(question.options, numbers, fixed.labels, strict=True):
        if number <= SLOTS:
            known = option.verdict in KNOWN or number in identity.carded
            values |= _slot(number, option, label, known)
        else:
            further.append(_further(option, number, label, words))
    for slot, text in identity.withdrawn:
        values |= {f"Option {slot}": shown(text), f"Verdict {slot}": Verdict.WITHDRAWN}
    values["Further Options"] = "".join(further)
    if fixed.pinned or fixed.lettered:
        values["Option List"] = _list(question.options, fixed.labels)
    if cards == "questions":
        values["Without Option Cards"] = ON
    if cards == "options" and any(values.get(f"Verdict {k}") for k in _ALL_SLOTS):
        values["Without Question Card"] = ON
    return values


def _numbers(slots: tuple[int, ...]) -> tuple[int, ...]:
    """The slots, and for each option without one the next number after the last slot."""
    after = SLOTS
    numbers = []
    for slot in slots:
        after += not slot
        numbers.append(slot or after)
    return tuple(numbers)


def _order(numbers: tuple[int, ...]) -> str:
    return "" if numbers == tuple(sorted(numbers)) else " ".join(map(str, numbers))


def _traits(
    question: RenderedQuestion,
    identity: Identity,
    words: Words,
    fixed: Places,
    numbers: tuple[int, ...],
) -> list[str]:
    verdicts = [option.verdict for option in question.options]
    traits = ["several" if _asks_for_several(question, words) else "single"]
    traits += ["lettered"] if fixed.lettered else []
    traits += ["fixed"] if fixed.fixed else []
    traits += [f"pin-{numbers[index]}" for index in fixed.pinned]
    traits += ["unkeyed"] if verdicts and not set(verdicts) & set(KNOWN) else []
    traits += ["retired"] if identity.retired else []
    return traits


def _asks_for_several(question: RenderedQuestion, words: Words) -> bool:
    """Whether more than one answer may fit, by the key or by the author's own words."""
    verdicts = [option.verdict for option in question.options]
    if verdicts.count(Verdict.CORRECT) != 1 or Verdict.DISPUTED in verdicts:
        return True
    said = f"{question.stem.text} {question.instruction.text}".casefold()
    return any(cue in said for cue in words.all("order.several"))


def _slot(number: int, option: RenderedOption, label: str, known: bool) -> dict[str, str]:
    """The fields of a slot, with the verdict if it is known."""
    text, verdict, letter, summary, reason = _OF_SLOT[number]
    return {
        text: option.text.html,
        verdict: option.verdict if known else "",
        letter: label and shown(label),
        summary: option.summary.html if option.why.html else "",
        reason: option.why.html or option.summary.html,
    }


def _labelled(option: RenderedOption, label: str) -> str:
    span = f'<span class="bd-label">{shown(label)}</span>' if label else ""
    return span + option.text.html


def _list(options: tuple[RenderedOption, ...], labels: tuple[str, ...]) -> str:
    """All options as list items, for cards of options that speak of the others."""
    pairs = zip(options, labels, strict=True)
    return "".join(f"<li>{_labelled(option, label)}</li>" for option, label in pairs)


def _further(option: RenderedOption, number: int, label: str, words: Words) -> str:
    """An option beyond the slots, as the list item that both sides of the question show."""
    word = words[f"card.{_WORD[option.verdict]}"]
    return (
        f'<li class="bd-further v-{option.verdict}" data-slot="{number}"><div class="bd-row">'
        f'<span class="bd-mark"></span><span class="bd-body">'
        f'<span class="bd-text">{_labelled(option, label)}</span> '
        f'<span class="bd-word">{shown(word)}</span></span></div>'
        f'<div class="bd-reason">{option.reason.html}</div></li>'
    )


_WORD = {
    Verdict.CORRECT: "key",
    Verdict.WRONG: "left",
    Verdict.DISPUTED: "disputed",
    Verdict.UNKNOWN: "unknown",
}

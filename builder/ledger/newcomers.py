"""Guids and note ids of questions that were never shipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from builder.ids import note_id, question_guid
from builder.ledger.asked import Asked, Sheet
from builder.ledger.lines import Head
from builder.ledger.shipped import Found, Shipped
from builder.ledger.sighting import of_asked
from builder.ledger.wording import single_spaced


def guids_of(
    sheets: Sequence[Sheet],
    order: Sequence[int],
    found: Sequence[Found],
    shipped: Shipped,
    uid: str,
) -> list[list[str]]:
    """Those of each sheet. Questions that are known keep theirs.

    A new one is made of the key, or of as much text as tells apart.
    """
    guids = [[shipped.heads[at].guid if at is not None else "" for at in who] for who in found]
    if all(map(all, guids)):
        return guids
    stems = Counter((one.kind, single_spaced(one.stem)) for sheet in sheets for one in sheet.asked)
    new = _NewGuids(uid, {head.guid for head in shipped.heads}, stems)
    for number in order:
        if not all(guids[number]):
            pairs = zip(sheets[number].asked, guids[number], strict=True)
            guids[number] = [guid or new.guid(question) for question, guid in pairs]
    return guids


class _NewGuids:
    """Guids that are not taken; `stems` counts those of all questions."""

    def __init__(self, uid: str, taken: set[str], stems: Counter[tuple[str, str]]) -> None:
        self._uid, self._taken, self._stems = uid, taken, stems
        self._copies: Counter[tuple[str, ...]] = Counter()

    def guid(self, question: Asked) -> str:
        content = self._content(question)
        guid = question_guid(self._uid, *content)
        while guid in self._taken:  # where the last twin left off: among many it would take long
            self._copies[content] += 1
            guid = question_guid(self._uid, *content, f"copy {self._copies[content] + 1}")
        self._taken.add(guid)
        return guid

    def _content(self, question: Asked) -> tuple[str, ...]:
        kind, stem = question.kind, single_spaced(question.stem)
        if question.key:
            return kind, "key", question.key
        if self._stems[kind, stem] == 1:
            return kind, "stem", stem
        _, title, _, options = of_asked(question).text
        return kind, "stem", stem, title, *options


def note_ids(heads: Sequence[Head], guids: Iterable[Sequence[str]]) -> dict[str, int]:
    """The note id of each guid: where two guids give the same, who had it first keeps it."""
    shipped = {head.guid for head in heads}
    new = sorted(guid for own in guids for guid in own if guid not in shipped)
    ids = {head.guid: head.note_id for head in heads if head.note_id}
    taken: set[int] = set()
    for guid in (*ids, *(head.guid for head in heads if not head.note_id), *new):
        own = ids.get(guid) or note_id(guid)
        ids[guid] = own if own not in taken else note_id(guid, taken)
        taken.add(ids[guid])
    return ids

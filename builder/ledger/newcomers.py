"""Guids and note ids of questions that were never shipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import NamedTuple

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
    said = [[_Said(one.kind, single_spaced(one.stem), one.key) for one in sheet.asked]
            for sheet in sheets]  # fmt: skip
    stems = Counter((one.kind, one.stem) for own in said for one in own)
    new = _NewGuids(uid, {head.guid for head in shipped.heads}, stems)
    for number in order:
        if not all(guids[number]):
            whole = sheets[number].asked if any(map(new.is_twin, said[number])) else repeat(None)
            known = zip(guids[number], said[number], whole, strict=False)
            guids[number] = [guid or new.guid(one, question) for guid, one, question in known]
    return guids


class _Said(NamedTuple):
    """What of a question tells it from most others; the stem with single spaces."""

    kind: str
    stem: str
    key: str


class _NewGuids:
    """Guids that are not taken; `stems` counts those of all questions."""

    def __init__(self, uid: str, taken: set[str], stems: Counter[tuple[str, str]]) -> None:
        self._uid, self._taken, self._stems = uid, taken, stems
        self._copies: Counter[tuple[str, ...]] = Counter()

    def is_twin(self, said: _Said) -> bool:
        """Whether more than this is needed to tell a question from another."""
        return not said.key and self._stems[said.kind, said.stem] > 1

    def guid(self, said: _Said, question: Asked | None) -> str:
        """That of a question, which is needed whole where it is a twin."""
        content = self._content(said, question)
        guid = question_guid(self._uid, *content)
        while guid in self._taken:  # where the last twin left off: among many it would take long
            self._copies[content] += 1
            guid = question_guid(self._uid, *content, f"copy {self._copies[content] + 1}")
        self._taken.add(guid)
        return guid

    def _content(self, said: _Said, question: Asked | None) -> tuple[str, ...]:
        kind, stem, key = said
        if key:
            return kind, "key", key
        if not self.is_twin(said):
            return kind, "stem", stem
        assert question, "a twin is told by all that it says"
        _, title, _, options = of_asked(question).text
        return kind, "stem", stem, title, *options


class NoteIds:
    """The note id of each guid: where two guids give the same, who had it first keeps it.

    `given` are those that their guids alone do not give, and which the lock therefore keeps.
    """

    def __init__(self, heads: Sequence[Head]) -> None:
        self.of: dict[str, int] = {}
        self.given: dict[str, int] = {}
        self._taken: set[int] = set()
        for head in sorted(heads, key=lambda head: not head.note_id):
            self._add(head.guid, head.note_id)
        held = {head.guid: head.note_id for head in heads if head.note_id}
        self.are_as_held = self.given == held
        """Whether the lock says of each what this says."""

    def add(self, guids: Iterable[Sequence[str]]) -> None:
        """Gives ids to those that have none yet."""
        for guid in sorted(guid for own in guids for guid in own if guid not in self.of):
            self._add(guid)

    def _add(self, guid: str, held: int = 0) -> None:
        usual = note_id(guid)
        own = held or usual
        if own in self._taken:
            own = note_id(guid, self._taken)
        self.of[guid] = own
        self._taken.add(own)
        if own != usual:
            self.given[guid] = own

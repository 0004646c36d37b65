"""Identities that Anki keeps for life, each a function of something stable.

Nothing here knows the clock: two people who build the same source get the same ids, so that two
devices which import two builds do not hold a note twice after they sync.
"""

from __future__ import annotations

from collections.abc import Collection, Container
from hashlib import sha256
from json.encoder import encode_basestring_ascii

from builder.model import SLOTS

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"
GUID_LENGTH = 12

FIRST_ID = 1_262_304_000_000  # 2010-01-01, in milliseconds
LAST_ID = 1_577_836_800_000  # 2020-01-01; Anki rewrites ids of the future
CARDS_PER_NOTE = 16  # room between two note ids for the ids of the cards
assert SLOTS + 1 <= CARDS_PER_NOTE

SAFE_INTEGER = 2**53  # the largest run of integers that every reader of JSON keeps exact


def question_guid(uid: str, *content: str) -> str:
    """The guid of a question: 12 letters and digits, the first a letter (71 bits of SHA-256).

    Letters and digits alone pass through Anki's search, its text files and any spreadsheet;
    with a letter in front no program takes a guid for a number.
    """
    number = _number("guid", uid, *content)
    number, first = divmod(number, len(LETTERS))
    guid = LETTERS[first]
    for _ in range(GUID_LENGTH - 1):
        number, digit = divmod(number, len(LETTERS + DIGITS))
        guid += (LETTERS + DIGITS)[digit]
    return guid


def note_id(guid: str, taken: Container[int] = ()) -> int:
    """A note id for a guid, other than those taken: milliseconds in the 2010s, divisible by 16.

    The same guid and the same ids taken give the same id, so who keeps the answer need not ask
    again, and who asks again in the same order gets the same answers.
    """
    slots = (LAST_ID - FIRST_ID) // CARDS_PER_NOTE
    slot = _number("note", guid) % slots
    while (found := FIRST_ID + slot * CARDS_PER_NOTE) in taken:
        slot = (slot + 1) % slots
    return found


def card_ids(note_id: int, ords: Collection[int]) -> list[int]:
    """The ids of the cards that the templates with these numbers (from 0) make of a note."""
    assert note_id % CARDS_PER_NOTE == 0, f"{note_id} leaves no room for the ids of its cards"
    assert 0 <= min(ords) <= max(ords) < CARDS_PER_NOTE, f"no room for cards {ords}"
    return [note_id + ord_ for ord_ in ords]


def deck_id(uid: str, name: str) -> int:
    """The id of a deck; Anki itself tells decks apart by their names."""
    return _moment("deck", uid, name)


def note_type_id(uid: str, kind: str) -> int:
    """The id of a note type, by which Anki matches it on every import."""
    return _moment("note type", uid, kind)


def field_id(kind: str, name: str) -> int:
    """The id of a field from the name it was first released under, which a rename must keep."""
    return _number("field", kind, name) % SAFE_INTEGER


def template_id(kind: str, name: str) -> int:
    """The id of a card template from the name it was first released under."""
    return _number("template", kind, name) % SAFE_INTEGER


def _moment(*parts: str) -> int:
    return FIRST_ID + _number(*parts) % (LAST_ID - FIRST_ID)


def _number(*parts: str) -> int:
    # JSON keeps ("a", "b") and ("ab",) apart whatever the parts hold, even a lone surrogate.
    array = f"[{', '.join(map(encode_basestring_ascii, parts))}]"
    return int.from_bytes(sha256(array.encode()).digest(), "big")

"""What AnkiWeb, with which members sync, takes of a deck.

Its limits: https://faqs.ankiweb.net/are-there-limits-on-file-sizes-on-ankiweb.html. They are for a
member's whole collection, of which a deck is a part, and for each media file.
"""

from __future__ import annotations

from builder.values import Record

MB = 1 << 20
LARGEST_FILE = 100 * MB
LARGEST_PACKED, LARGEST_COLLECTION = 100 * MB, 250 * MB

TOO_MANY_NOTES = """\
the notes of “{package}” take {notes} MB, packed {packed} MB. AnkiWeb takes no collection above
250 MB, packed 100 MB, so no member could sync any more. Make the texts shorter, or two decks that
nobody needs to have both."""

LARGE = """\
“{package}” has {whole} MB. AnkiWeb's limit of 100 MB is for all notes of a member and for each
media file, so it can be synced, but every member loads all of it: smaller pictures, sound, film."""


class Sizes(Record):
    """Bytes of a package, of its collection, and of that collection packed."""

    whole: int
    collection: int
    packed: int


def warning(package: str, sizes: Sizes) -> str:
    """What members who sync will meet with a package of that name, "" if nothing."""
    shown = {"notes": sizes.collection // MB, "packed": sizes.packed // MB}
    if sizes.collection > LARGEST_COLLECTION or sizes.packed > LARGEST_PACKED:
        return TOO_MANY_NOTES.format(package=package, **shown)
    if sizes.whole > LARGEST_PACKED:
        return LARGE.format(package=package, whole=sizes.whole // MB)
    return ""

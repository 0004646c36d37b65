"""Pictures, sound and film that travel with a deck."""

from __future__ import annotations

from hashlib import sha256

from builder.ankiweb import LARGEST_FILE
from builder.model import Media

TOO_LARGE = LARGEST_FILE + 1
"""Bytes; AnkiWeb takes no such file."""

IN_ALL = 1 << 30
"""Bytes of all the files of a deck, which a build holds in memory."""

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpg"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (8, b"WEBP", "webp"),
    (8, b"WAVE", "wav"),
    (4, b"ftypavif", "avif"),
    (4, b"ftypM4A", "m4a"),
    (4, b"ftyp", "mp4"),
    (0, b"\x1a\x45\xdf\xa3", "webm"),
    (0, b"OggS", "ogg"),
    (0, b"ID3", "mp3"),
    (0, b"fLaC", "flac"),
)


def media(content: bytes) -> Media | None:
    """A file under a name made of its content, or None if it is neither picture, sound nor film,
    or too large.

    The type is that of the content, whatever the author called it. Anki gives a changed file
    with an old name a new one and rewrites only the notes that it updates, so a name never
    stands for two contents: test_apkg.py::test_media_keep_their_names.
    """
    kind = _kind(content) if len(content) < TOO_LARGE else ""
    return Media(f"bd-{digest(content)}.{kind}", content) if kind else None


def digest(content: bytes | None) -> str:
    """A hash of a file, "" of one that is not there."""
    return "" if content is None else sha256(content).hexdigest()[:20]


def _kind(content: bytes) -> str:
    for at, signature, kind in _SIGNATURES:
        if content.startswith(signature, at):
            return kind
    if content[:1] == b"\xff" and content[1:2] and content[1] & 0xE6 == 0xE2:
        return "mp3"  # an MPEG audio frame of layer III without a tag before it
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return (
        "svg" if head.startswith((b"<svg", b"<?xml", b"<!doctype svg")) and b"<svg" in head else ""
    )

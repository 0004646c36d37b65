"""What Anki stores: names, fields, tags and sort keys as Anki itself would write them.

Anki normalises all of these when it imports a package. Doing the same beforehand keeps what we
compare and preview equal to what members have; test_apkg.py asserts it against real Anki.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha1
from html.entities import name2codepoint
from unicodedata import is_normalized, normalize

SEPARATOR = "\x1f"
"""What stands between the fields of a note in the database."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_CONTROL_IN_FIELD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_CONTROL_BYTES = bytes(c for c in (*range(32), 127) if chr(c) not in "\t\n")
_MEDIA = re.compile(
    r"""<\b(?:img|audio|video|object|source)\b(?:[^>]|"[^"]+?"|'[^']+?')+?"""
    r"""\b(?:src|data)\b=(?:"([^"]+?)"[^>]*>|'([^']+?)'[^>]*>|([^ >]+?)(?: [^>]*>|>))""",
    re.IGNORECASE,
)
_HTML = re.compile(
    r"<!--.*?-->|<style.*?>.*?</style>|<script.*?>.*?</script>|<[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_LIVE = re.compile(
    r"[<>]|\[(?=sound:|/?latex|/?\$|\[type:|/?anki:)|\{(?=\{)|\\(?=[(\[])", re.IGNORECASE
)
_WIDER = ord("＜") - ord("<")
"""From a sign of ASCII to its full-width form in Unicode."""
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z][A-Za-z0-9]*));")


def stored_fields(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Fields as Anki stores them: composed (NFC), without control characters but tab and LF."""
    joined = SEPARATOR.join(fields)
    raw = joined.encode()
    kept = raw.translate(None, _CONTROL_BYTES)  # a regular expression is far slower
    clean = len(raw) - len(kept) < len(fields) and is_normalized("NFC", joined)
    return fields if clean else tuple(map(_stored_field, fields))


def _stored_field(html: str) -> str:
    return normalize("NFC", _CONTROL_IN_FIELD.sub("", html))


def plain_text(html: str) -> str:
    """HTML without its tags and entities, as Anki's `text:` filter gives it."""
    return _decoded(_HTML.sub("", html)) if "<" in html else _decoded(html)


def sort_text(html: str) -> str:
    """The sort key of a field, in which a picture counts by its file name."""
    if "<" in html:
        html = _MEDIA.sub(lambda match: f" {match[1] or match[2] or match[3]} ", html)
    return plain_text(html)


def checksum(text: str) -> int:
    """The number by which Anki finds notes with the same first field, from its sort text."""
    return int.from_bytes(sha1(text.encode(), usedforsecurity=False).digest()[:4], "big")


def _decoded(text: str) -> str:
    """Entities decoded all or none: one that is unknown leaves the text as it stands."""
    if "&" not in text:
        return text
    if text.count("&") != len(_ENTITY.findall(text)):
        return text
    try:
        return _ENTITY.sub(_character, text).replace("\xa0", " ")
    except (KeyError, ValueError, OverflowError):
        return text


def _character(entity: re.Match[str]) -> str:
    hexadecimal, decimal, name = entity.groups()
    if name:
        return chr(name2codepoint[name])
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if 0xD800 <= code < 0xE000:
        raise ValueError(code)
    return chr(code)


def deck_name(*parts: str) -> str:
    """A deck's full name from the names of its levels, each as every version of Anki keeps it.

    A part may itself hold levels. Straight double quotes go, because Anki up to 24.6 dropped
    them: a group whose members have different versions would have two decks. What would be HTML,
    a sound or a formula is spelt with wider signs, because `{{Subdeck}}` puts a name on the card
    as it stands: test_hostile_quiz.py.
    """
    levels = "::".join(parts).split("::")
    return "::".join(_level(level) for level in levels)


def _level(name: str) -> str:
    name = normalize("NFC", _CONTROL.sub("", name.replace('"', "")))
    name = _LIVE.sub(lambda sign: chr(ord(sign[0]) + _WIDER), name)
    while name != (name := name.strip().strip(":")):
        pass
    return name or "blank"


def parents(deck: str) -> tuple[str, ...]:
    """The names of the decks above a deck, outermost first."""
    levels = deck.split("::")
    return tuple("::".join(levels[:depth]) for depth in range(1, len(levels)))


def shown_tags(tags: Iterable[str]) -> str:
    """Tags in the order in which Anki keeps and shows them, with single spaces between."""
    return " ".join(sorted(tags, key=str.casefold))

"""Unicode by its byte order mark, or by where its zero bytes stand."""

from __future__ import annotations

import codecs
import re
from unicodedata import category

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

BROKEN = "\ud800"
"""Stands in a text for half a character."""

_HALVES = re.compile("[\ud800-\udfff]")


def without_mark(data: bytes) -> tuple[str, bytes]:
    """The name of the UTF-8 that this may be, and the bytes behind its mark."""
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig", data[len(codecs.BOM_UTF8) :]
    return "utf-8", data


def read_wide(data: bytes) -> tuple[str, str] | None:
    """The text, and the name, of UTF-16 and UTF-32; what is broken in it is a lone surrogate."""
    for mark, name in _MARKS:
        if data.startswith(mark) and (text := _text(data[len(mark) :], name)) is not None:
            return text, name
    if b"\0" not in data and b"\4" not in data:
        return None  # which is seen sooner than that there are few
    if data.count(b"\0") + data.count(b"\4") < len(data) // 20:
        return None
    found = [(text, name) for _, name in _MARKS if (text := _unmarked(data, name)) is not None]
    return found[0] if len(found) == 1 else None


def _text(data: bytes, name: str) -> str | None:
    try:
        if name.startswith("utf-32"):
            return data.decode(name)
        even = len(data) // 2 * 2
        text = data[:even].decode(name, "surrogatepass") + BROKEN * (len(data) % 2)
        return _HALVES.sub(BROKEN, text)
    except UnicodeDecodeError:
        return None


def _unmarked(data: bytes, name: str) -> str | None:
    """The text if it is one in this encoding: zeros stand where it has them, and characters are."""
    if name.startswith("utf-16") and not _high_bytes_are_high(data, little=name.endswith("le")):
        return None
    text = _text(data, name)
    if text is None or BROKEN in text or "\0" in text:
        return None
    sample = text[:10_000]
    return text if not any(map(_is_no_text, sample)) else None


def _high_bytes_are_high(data: bytes, *, little: bool) -> bool:
    """Whether zeros, and the 4 of Cyrillic, stand in the high byte of the characters."""
    high, low = (data[1::2], data[::2]) if little else (data[::2], data[1::2])
    return _marking(high) > 4 * _marking(low)


def _marking(part: bytes) -> int:
    return part.count(0) + part.count(4)


def _is_no_text(character: str) -> bool:
    return category(character) in ("Cc", "Cn", "Co", "Cs") and character not in "\t\n\r\f"

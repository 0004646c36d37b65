"""The text of a file from its bytes, whatever they were saved as."""

from __future__ import annotations

import codecs
import re

from builder.decoding import foreign, legacy, mojibake, unicode
from builder.decoding.spelling import LEAST_LETTERS
from builder.source import Source
from builder.values import Record

_LINE_END = re.compile(rb"\r\n?|\n")
_SAVE_OR_NAME = 'save it as UTF-8, or name its encoding in deck.toml: encoding = "cp1251"'


class Undecodable(Record):
    """A file whose encoding cannot be told; to guess would be to make up its text.

    `line` is that of the first byte in doubt, `offset` the place of this byte, from 0.
    """

    path: str
    reason: str
    hint: str
    line: int = 1
    offset: int = 0


def decode(path: str, data: bytes, encoding: str | None = None) -> Source | Undecodable:
    """The text of a file, with LF line ends, and what had to be repaired in it.

    What is Unicode is read as such; else `encoding` is believed (a name that Python knows), or the
    evidence, if there are twenty letters of it: legacy Cyrillic, or cp1252. Mojibake is restored.
    NUL becomes U+FFFD, as CommonMark has it (section 2.3). Nothing else is changed or left out:
    zero-width and control characters stay where they are.
    """
    if wide := unicode.read_wide(data):
        return _source(path, *wide)
    name, body = unicode.without_mark(data)
    text, strangers = foreign.text_of(body)
    nul = data.find(b"\0")
    if not strangers and nul < 0:
        text, repairs = mojibake.repair(_with_lf(text))
        return Source(path, text, name, repairs)  # there is nothing to settle
    if nul >= 0 and (strangers or 10 * data.count(b"\0") > len(data)):
        return _undecodable(path, "this is not text", "leave the file out", data, nul)
    if not strangers:
        return _source(path, text, name)
    own = len(text) - strangers - len(text.encode("ascii", "ignore"))
    if strangers > own and name == "utf-8":
        if encoding:
            return _as_told(path, data, encoding)
        if codec := legacy.recognise(data):
            return _source(path, data.decode(codec), codec)
    text, told = _with_lf(text), foreign.NO_EVIDENCE
    if own:
        text, told = foreign.evidence(text, encoding)
    if _bearable(foreign.left_unreadable(text, told), own, len(text)):
        return _source(path, text, name, told)
    why = "it holds too little to tell its encoding"
    if strangers >= LEAST_LETTERS:
        why = "its encoding cannot be told"
    return _undecodable(path, f"this is not UTF-8, and {why}", _SAVE_OR_NAME, data, _first(data))


def _bearable(unreadable: list[int], own: int, length: int) -> bool:
    """Whether stretches of unreadable bytes are slips in UTF-8, not a text in another encoding."""
    total = sum(unreadable)
    slips = max(unreadable, default=0) <= 1 and 4 * total <= length // 100
    return slips or 4 * total <= own


def _as_told(path: str, data: bytes, encoding: str) -> Source | Undecodable:
    try:
        return _source(path, data.decode(encoding), codecs.lookup(encoding).name)
    except UnicodeDecodeError as error:
        reason = f"this is neither UTF-8 nor {encoding}, which deck.toml names"
        return _undecodable(path, reason, _SAVE_OR_NAME, data, error.start)
    except (LookupError, ValueError):
        reason = f"“{encoding}” is no encoding of text"
        return _undecodable(path, reason, _SAVE_OR_NAME, data, 0)


def _undecodable(path: str, reason: str, hint: str, data: bytes, offset: int) -> Undecodable:
    line = 1 + len(_LINE_END.findall(data, 0, offset))
    return Undecodable(path, reason, hint, line, offset)


def _first(data: bytes) -> int:
    """The place of the first byte that is not UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _with_lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _source(
    path: str, text: str, encoding: str, told: foreign.Evidence = foreign.NO_EVIDENCE
) -> Source:
    text, repaired = mojibake.repair(_with_lf(text))
    text, settled = foreign.settle(text, told)
    repairs = sorted((*repaired, *settled), key=lambda repair: repair.span)
    return Source(path, text, encoding, tuple(repairs))

"""Where links lead: destinations, titles, and definitions such as `[label]: address "title"`."""

from __future__ import annotations

import re
from html.entities import html5

Definition = tuple[str, str]
"""Address and title."""

ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_LABEL = re.compile(r"\[((?:[^\[\]\\]++|\\.)*+)\]", re.DOTALL)
_POINTED = re.compile(r"<((?:[^<>\\\n]++|\\.)*+)>")
_TITLE = re.compile(
    r""""((?:[^"\\]++|\\.)*+)"|'((?:[^'\\]++|\\.)*+)'|\(((?:[^()\\]++|\\.)*+)\)""", re.DOTALL
)
_SPACE = re.compile(r"[ \t\n\v\f\r]*+")
_SPACE_ONE_LINE_END = re.compile(r"[ \t]*+(?:\n[ \t]*+)?+")
_REST_OF_LINE = re.compile(r"[ \t]*+(?:\n|\Z)")
_LONGEST_LABEL = 1000
_DEEPEST_PARENTHESES = 32


def entity(match: re.Match[str]) -> str | None:
    """The characters that a character reference stands for, or None if HTML knows no such name."""
    decimal, hexadecimal, name = match.groups()
    if name:
        return html5.get(name + ";")
    code = int(decimal) if decimal else int(hexadecimal, 16)
    valid = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if valid else "\ufffd"


def unescape(text: str) -> str:
    """Text without backslash escapes, its character references resolved."""
    if "&" in text:
        text = ENTITY.sub(lambda match: entity(match) or match[0], text)
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def fold(label: str) -> str:
    """The form in which labels of links are compared."""
    return " ".join(label.split()).casefold()


def label_at(text: str, at: int) -> tuple[str, int] | None:
    """The label in brackets that begins at `at`, and its end."""
    match = _LABEL.match(text, at)
    if match is None or len(match[1]) > _LONGEST_LABEL:
        return None
    return match[1], match.end()


def destination_at(text: str, at: int) -> tuple[str, int] | None:
    """The raw destination that begins at `at`, and its end."""
    if text.startswith("<", at):
        match = _POINTED.match(text, at)
        return (match[1], match.end()) if match else None
    end, depth = at, 0
    while end < len(text):
        char = text[end]
        if char == "\\" and text[end + 1 : end + 2] in PUNCTUATION:
            end += 1
        elif char == "(":
            depth += 1
            if depth > _DEEPEST_PARENTHESES:
                return None
        elif char == ")":
            if depth == 0:
                break
            depth -= 1
        elif char in " \t\n\v\f\r":
            break
        end += 1
    return text[at:end], min(end, len(text))


def title_at(text: str, at: int) -> tuple[str, int] | None:
    """The raw title that begins at `at`, and its end."""
    match = _TITLE.match(text, at)
    return (match[match.lastindex or 0], match.end()) if match else None


def target_at(text: str, at: int) -> tuple[Definition, int] | None:
    """Address and title in the parentheses that open at `at`, and the end of these."""
    found = destination_at(text, skip(text, at + 1))
    if found is None:
        return None
    address, end = found
    title_start = skip(text, end)
    titled = title_at(text, title_start) if title_start > end else None
    title, end = titled or ("", end)
    end = skip(text, end)
    if not text.startswith(")", end):
        return None
    return (unescape(address), unescape(title)), end + 1


def skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def definition_at(text: str, at: int) -> tuple[str, Definition, int] | None:
    """The definition of a link that begins at `at`: folded label, target, and its end."""
    labelled = label_at(text, at)
    if labelled is None or not labelled[0].strip() or not text.startswith(":", labelled[1]):
        return None
    label, end = labelled
    found = destination_at(text, _one_line_end(text, end + 1))
    if found is None or found[1] == _one_line_end(text, end + 1):
        return None
    address, end = found
    title, line_end = "", _REST_OF_LINE.match(text, end)
    title_start = _one_line_end(text, end)
    if title_start > end and (titled := title_at(text, title_start)):
        after_title = _REST_OF_LINE.match(text, titled[1])
        if after_title:
            title, line_end = titled[0], after_title
    if line_end is None:
        return None
    return fold(label), (unescape(address), unescape(title)), line_end.end()


def _one_line_end(text: str, at: int) -> int:
    match = _SPACE_ONE_LINE_END.match(text, at)
    return match.end() if match else at

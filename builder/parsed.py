"""What was read, as JSON for other programs.

Schema, version 1 (additions do not change the version; programs ignore what they do not know):

    {"version": 1, "files": [File]}

    File: path, dialect ("" if none was recognised), encoding, lines (how many),
        questions [Question], unread [{line, end_line, reason}],
        diagnostics [{rule, severity, line, column, end_line, end_column, message, hint}]
    Question: guid, kind ("choice" or "open"), line, end_line, title, stem Rich,
        instruction Rich or null, options [Option], explanation Rich or null (the answer of an
        open question), tags [text], media [names of bundled files]
    Option: line, html, text, verdict ("correct", "wrong", "disputed" or "unknown"),
        why Rich or null
    Rich: html (clean, as on the card), text (plain, with single spaces)

Lines and columns count from 1, columns in code points; `end_line` is the last line, and
`end_column` is just past the last character. The reason of unread lines is "navigation" where
they only lead around the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring
from typing import Any

from builder.diagnostics import Diagnostic
from builder.model import Identity, RenderedOption, Rich
from builder.pipeline import Built
from builder.preparing import Prepared, Shown

VERSION = 1


def as_json(built: Iterable[Built]) -> Iterator[bytes]:
    """UTF-8, indented, with a line end; file by file, as a large source is more than one holds."""
    yield f'{{\n "version": {VERSION},\n "files": ['.encode()
    mark = ""
    for deck in built:
        for file, identities in zip(deck.files, deck.settled.sheets, strict=True):
            yield f"{mark}\n  {indented(_file(file, identities), 2)}".encode()
            mark = ","
    yield b"\n ]\n}\n" if mark else b"]\n}\n"


def indented(value: object, depth: int = 0) -> str:
    """As `json.dumps` with an indent of 1, in a third of the time; its lines but the first stand
    `depth` deeper. Keys are texts."""
    if isinstance(value, str):
        return encode_basestring(value)
    ends, start = f"\n{' ' * depth}", f"\n{' ' * (depth + 1)}"
    if isinstance(value, dict) and value:
        pairs = value.items()
        members = [f"{start}{encode_basestring(k)}: {indented(v, depth + 1)}" for k, v in pairs]
        return f"{{{','.join(members)}{ends}}}"
    if isinstance(value, list) and value:
        return f"[{','.join([start + indented(each, depth + 1) for each in value])}{ends}]"
    return json.dumps(value)


def _file(file: Prepared, identities: Iterable[Identity]) -> dict[str, Any]:
    return {
        "path": file.path,
        "dialect": file.dialect,
        "encoding": file.encoding,
        "lines": file.lines,
        "questions": [
            _question(shown, identity)
            for shown, identity in zip(file.shown, identities, strict=True)
        ],
        "unread": [
            {"line": unread.first, "end_line": unread.last, "reason": unread.reason}
            for unread in file.unread
        ],
        "diagnostics": [_diagnostic(found) for found in file.diagnostics],
    }


def _question(shown: Shown, identity: Identity) -> dict[str, Any]:
    question = shown.question
    return {
        "guid": identity.guid,
        "kind": question.kind,
        "line": shown.line,
        "end_line": shown.end_line,
        "title": question.title,
        "stem": _rich(question.stem),
        "instruction": _rich(question.instruction),
        "options": [
            _option(line, option)
            for line, option in zip(shown.option_lines, question.options, strict=True)
        ],
        "explanation": _rich(question.explanation),
        "tags": list(question.tags),
        "media": list(question.media),
    }


def _option(line: int, option: RenderedOption) -> dict[str, Any]:
    return {
        "line": line,
        "html": option.text.html,
        "text": option.text.text,
        "verdict": option.verdict.value,
        "why": _rich(option.reason),
    }


def _rich(rich: Rich) -> dict[str, str] | None:
    return {"html": rich.html, "text": rich.text} if rich.html else None


def _diagnostic(found: Diagnostic) -> dict[str, Any]:
    place = found.place
    return {
        "rule": found.rule,
        "severity": found.severity.value,
        "line": place.line if place else 1,
        "column": place.column if place else 1,
        "end_line": place.end_line if place else 1,
        "end_column": place.end_column if place else 1,
        "message": found.message,
        "hint": found.hint,
    }

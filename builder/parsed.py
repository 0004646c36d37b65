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
from collections.abc import Iterable, Sequence
from typing import Any

from builder.diagnostics import Diagnostic
from builder.model import Identity, Question, RenderedOption, RenderedQuestion, Rich
from builder.pipeline import Built
from builder.rendering import Rendered
from builder.source import Source, Span

VERSION = 1


def as_json(built: Iterable[Built]) -> bytes:
    """UTF-8, indented, with a line end."""
    files = [record for deck in built for record in _files(deck)]
    document = {"version": VERSION, "files": files}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _files(built: Built) -> list[dict[str, Any]]:
    records, at = [], 0
    for file in built.files:
        end = at + len(file.questions)
        records.append(_file(file, built.settled.identities[at:end]))
        at = end
    return records


def _file(file: Rendered, identities: Sequence[Identity]) -> dict[str, Any]:
    reading = file.reading
    asked = zip(reading.questions, file.questions, identities, strict=True)
    return {
        "path": reading.source.path,
        "dialect": reading.dialect,
        "encoding": reading.source.encoding,
        "lines": len(reading.source.lines),
        "questions": [_question(reading.source, *item) for item in asked],
        "unread": [
            {"line": unread.first, "end_line": unread.last, "reason": unread.reason}
            for unread in reading.unread
        ],
        "diagnostics": [_diagnostic(found) for found in file.diagnostics],
    }


def _question(
    source: Source, written: Question, shown: RenderedQuestion, identity: Identity
) -> dict[str, Any]:
    return {
        "guid": identity.guid,
        "kind": shown.kind,
        **_lines(source, written.span),
        "title": shown.title,
        "stem": _rich(shown.stem),
        "instruction": _rich(shown.instruction),
        "options": [
            _option(source, option.span, rendered)
            for option, rendered in zip(written.options, shown.options, strict=True)
        ],
        "explanation": _rich(shown.explanation),
        "tags": list(shown.tags),
        "media": list(shown.media),
    }


def _option(source: Source, span: Span, option: RenderedOption) -> dict[str, Any]:
    return {
        "line": _lines(source, span)["line"],
        "html": option.text.html,
        "text": option.text.text,
        "verdict": option.verdict.value,
        "why": _rich(option.reason),
    }


def _rich(rich: Rich) -> dict[str, str] | None:
    return {"html": rich.html, "text": rich.text} if rich.html else None


def _lines(source: Source, span: Span) -> dict[str, int]:
    lines = source.line_range(span)
    return {"line": lines[0], "end_line": lines[-1]}


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

"""Findings for other programs: JSON, and annotations of GitHub."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from builder.diagnostics import Diagnostic, Place, Severity

VERSION = 1

SCHEMA = """\
{"version": 1, "counts": {"error": 0, "warning": 1, "info": 0}, "findings": [Finding]}

Finding: rule, severity ("error", "warning" or "info"), message, hint, and a Place,
    related [{message, and a Place}]
Place: path, line, column, end_line, end_column; all null for what concerns no line of a file

Lines and columns count from 1, columns in code points; end_column is just past the last one.
"""


def as_json(found: Iterable[Diagnostic]) -> str:
    """The findings as `SCHEMA` has it; programs ignore what they do not know."""
    findings = list(found)
    document = {
        "version": VERSION,
        "counts": counts(findings),
        "findings": [_record(finding) for finding in findings],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def counts(found: Iterable[Diagnostic]) -> dict[str, int]:
    """How many findings there are of each severity, the gravest first."""
    severities = [finding.severity for finding in found]
    return {severity.value: severities.count(severity) for severity in Severity}


def _record(finding: Diagnostic) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        **_place(finding.place),
        "related": [{"message": r.message, **_place(r.place)} for r in finding.related],
    }


def _place(place: Place | None) -> dict[str, Any]:
    names = ("path", "line", "column", "end_line", "end_column")
    return {name: getattr(place, name) if place else None for name in names}


# GitHub -------------------------------------------------------------------------------------

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def as_github(found: Iterable[Diagnostic]) -> str:
    """A workflow command for each finding, which GitHub shows beside the changed line.

    https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions; the escapes
    are those of `escapeData` and `escapeProperty` in actions/toolkit, packages/core/src/command.ts.
    """
    return "".join(f"{_command(finding)}\n" for finding in found)


def _command(finding: Diagnostic) -> str:
    properties: dict[str, object] = {}
    if place := finding.place:
        properties |= {"file": place.path, "line": place.line, "endLine": place.end_line}
        if place.line == place.end_line:  # columns of several lines mean nothing to GitHub
            properties |= {"col": place.column, "endColumn": place.end_column}
    properties["title"] = finding.rule
    said = [finding.message, *(_second(r.message, r.place) for r in finding.related), finding.hint]
    listed = ",".join(f"{key}={_escaped(value, _IN_PROPERTY)}" for key, value in properties.items())
    message = _escaped("\n".join(filter(None, said)), _IN_MESSAGE)
    return f"::{_COMMANDS[finding.severity]} {listed}::{message}"


def _second(message: str, place: Place) -> str:
    return f"{message}: {place.path}:{place.line}"


def _escaped(value: object, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in str(value))

"""What is told of all that was found: as the settings weigh it, and as comments allow it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from builder.diagnostics import Diagnostic, Severity
from builder.patterns import late
from builder.source import Source, Span
from builder.values import Record, replace

_COMMENT = late(r"<!--\s*allow:\s*(?P<rules>[\w-]+(?:[\s,]+[\w-]+)*)\s*-->")
_NAME = re.compile(r"[\w-]+")


class Allowance(Record):
    """A rule that an author's comment names; its findings in `lines` are not told."""

    rule: str
    span: Span
    lines: range


@lru_cache(maxsize=1)  # each holds a whole file
def allowances(source: Source) -> tuple[Allowance, ...]:
    """What the comments `<!-- allow: rule-name, another-rule -->` of a file allow.

    A comment serves its own line; one that stands alone, the next line that holds anything else.
    """
    if "<!--" not in source.text:
        return ()
    return tuple(
        Allowance(name[0], Span(*name.span()), _served(source, comment))
        for comment in _COMMENT.finditer(source.text)
        for name in _NAME.finditer(source.text, *comment.span("rules"))
    )


def _served(source: Source, comment: re.Match[str]) -> range:
    first = source.place(comment.start())[0]
    last = source.place(comment.end())[0]
    number = last
    while number <= len(source.lines) and not _COMMENT.sub("", source.lines[number - 1]).strip():
        number += 1
    return range(first, number + 1)


def told(
    found: Iterable[Diagnostic],
    allowed: Mapping[str, Sequence[Allowance]],
    levels: Mapping[str, Severity | None],
) -> list[Diagnostic]:
    """The findings that are neither allowed nor off, each as severe as `levels` has it by rule.

    `allowed` gives the allowances of files by path.
    """
    kept = []
    for finding in found:
        level = levels.get(finding.rule, finding.severity)
        if level is not None and not _allowed(finding, allowed):
            kept.append(finding if level is finding.severity else replace(finding, severity=level))
    return kept


def _allowed(finding: Diagnostic, allowed: Mapping[str, Sequence[Allowance]]) -> bool:
    place = finding.place
    return place is not None and any(
        allowance.rule == finding.rule and place.line in allowance.lines
        for allowance in allowed.get(place.path, ())
    )

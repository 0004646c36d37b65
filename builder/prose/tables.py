"""Rows of GitHub's tables."""

from __future__ import annotations

import re

_PIPE = re.compile(r"(?<!\\)\|")
_SPACE = " \t\v\f"
_DELIMITER = r"[ \t\v\f]*+:?-++:?[ \t\v\f]*+"
_DELIMITER_ROW = re.compile(rf"\|?{_DELIMITER}(?:\|{_DELIMITER})*+\|?[ \t\v\f]*+\Z")
_ALIGNMENTS = {(True, True): "center", (True, False): "left", (False, True): "right"}


def cells(line: str) -> list[str]:
    """The Markdown of a row's cells; none if the line is no row."""
    line = line.strip(_SPACE).removeprefix("|")
    if not line.strip(_SPACE):
        return []
    found = _PIPE.split(line)
    if len(found) > 1 and not found[-1].strip(_SPACE):
        found.pop()
    return [cell.strip(_SPACE).replace("\\|", "|") for cell in found]


def alignments(line: str) -> list[str] | None:
    """The alignment of each column ("" for none) if the line may stand under a header."""
    if not _DELIMITER_ROW.match(line):
        return None
    return [_ALIGNMENTS.get((c.startswith(":"), c.endswith(":")), "") for c in cells(line)]

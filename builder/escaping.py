"""Plain text as Markdown that shows it."""

from __future__ import annotations

import re


def escaped(text: str) -> str:
    """Plain text as Markdown that shows it, in the middle of a line and at its start."""
    text = re.sub(r"([\\`*_\[\]<>#|~&$])", r"\\\1", text)
    return re.sub(r"^(\s*)([-+=]|\d+(?=[.)]))", _escaped_start, text)


def _escaped_start(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}\\" if match[2].isdecimal() else f"{match[1]}\\{match[2]}"

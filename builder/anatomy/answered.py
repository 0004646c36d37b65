"""Paragraphs that answer below what their first line asks."""

from __future__ import annotations

from collections.abc import Sequence

from builder.anatomy.faces import embraced
from builder.scan import Line, cut
from builder.signals.phrases import QUESTION_MARKS, asks, bare

_BOLD = ("**", "__")


def answers_itself(lines: Sequence[Line]) -> bool:
    """Whether a paragraph answers below what its first line asks: "**What is ReLU?**", "max(0, x)".

    Several lines that do not end as sentences do may be options instead.
    """
    first = lines[0].text.strip() if len(lines) > 1 else ""
    asked = first.rstrip("*_\\ ")
    if not asked.endswith(QUESTION_MARKS) and not (
        first[:2] in _BOLD and embraced(cut(lines[0], 0))[1] and _requests(bare(asked))
    ):
        return False
    if lines[1].text.lstrip().startswith("("):
        return False
    last = lines[-1].text.rstrip('*_`"»” ')
    below = any(line.text.rstrip("*_ ").endswith(QUESTION_MARKS) for line in lines[1:])
    return not below and (len(lines) == 2 or last.endswith((".", "!", "。", ")", ";", ":")))


def _requests(text: str) -> bool:
    return asks(text) and not text.endswith((":", "："))

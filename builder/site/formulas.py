"""Formulas as MathML, which browsers set without a library (the only home of latex2mathml)."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape

_PART = re.compile(
    r"<(?P<raw>pre|code|script|style|textarea)\b.*?</(?P=raw)\s*>|<[^>]*>"
    r"|\\\((?P<inline>[^<]*?)\\\)|\\\[(?P<display>[^<]*?)\\\]",
    re.DOTALL | re.IGNORECASE,
)
"""What MathJax would look at: formulas in text, but none in code (its option skipHtmlTags)."""

_COMMAND = re.compile(r"\\[A-Za-z]|[{}]")


def typeset(html: str) -> str:
    r"""HTML with MathML for every formula between `\(` and `\)` or `\[` and `\]`.

    A formula that is beyond the library stays as it is written.
    """
    return _PART.sub(_typeset, html) if "\\(" in html or "\\[" in html else html


def _typeset(part: re.Match[str]) -> str:
    tex = part["inline"] if part["inline"] is not None else part["display"]
    if tex is None:
        return part[0]
    return mathml(unescape(tex).strip(), part["inline"] is None) or part[0]


@lru_cache(maxsize=20_000)
def mathml(tex: str, display: bool) -> str:
    """A formula as a `math` element, or "" where the library does not know all of it."""
    from latex2mathml.converter import convert  # noqa: PLC0415 - 30 ms

    try:
        made: str = convert(tex, display="block" if display else "inline")
    except Exception:  # the library raises whatever its parser stumbles upon
        return ""
    # A command that it does not know comes out as text
    if _COMMAND.search(re.sub(r"<[^>]*>", "", made)):
        return ""
    return made.replace("<math ", f'<math alttext="{escape(tex)}" ', 1)

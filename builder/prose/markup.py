"""HTML as strings: what is escaped, what is finished, and the boxes of what may be too wide."""

from __future__ import annotations

import re
from urllib.parse import quote

from builder.code import code_escape, code_html
from builder.values import Record

_UNSAFE_IN_ADDRESS = re.compile(r"[^A-Za-z0-9!#$%&'()*+,\-./:;=?@_~]")
_SAFE_IN_ADDRESS = "!#$%&'()*+,-./:;=?@_~"


class Html(str):
    """A string that is HTML already."""

    __slots__ = ()


class Labels(Record):
    """Names that a screen reader gives to boxes that scroll, in the language of the deck."""

    code: str = "Code"
    table: str = "Table"
    formula: str = "Formula"


def escape(text: str) -> str:
    """Text as HTML, so that it is shown as it is: a `\\(` in it begins no formula in Anki.

    MathJax looks for its delimiters within one text node, so an element between the two
    characters keeps them apart: test_formulas.py.
    """
    text = code_escape(text)
    if "\\" in text:
        text = text.replace("\\(", "\\<span>(</span>").replace("\\[", "\\<span>[</span>")
    return text


def attribute(name: str, value: str) -> str:
    """An attribute with the space before it; its value is shown or followed as it is."""
    quoted = code_escape(value).replace('"', "&quot;")
    return f' {name}="{quoted}"'


def address(url: str) -> str:
    """A URL with what may not stand in one percent-encoded, as GitHub does it."""
    return quote(url, _SAFE_IN_ADDRESS) if _UNSAFE_IN_ADDRESS.search(url) else url


def box(kind: str, label: str, html: str) -> Html:
    """A box of the class `bd-…` that scrolls sideways by itself, reachable by keyboard."""
    name = attribute("aria-label", label)
    return Html(f'<div class="bd-scroll bd-{kind}" tabindex="0" role="group"{name}>{html}</div>')


def formula_html(tex: str, display: bool, labels: Labels) -> Html:
    """TeX in the delimiters that Anki gives to MathJax; nothing else is math in Anki."""
    if display:
        return box("math", labels.formula, f"\\[{code_escape(tex)}\\]")
    return Html(f"\\({code_escape(tex)}\\)")


def code_box(code: str, language: str, labels: Labels) -> Html:
    """A block of code in the colours of its language."""
    return box("code", labels.code, f"<pre><code>{code_html(code, language)}</code></pre>")

"""Text of which every reader of Markdown makes the same: words, code, and emphasis around words.

Most of what is shown is such text. The long way, which any text can go, comes to the same HTML:
test_prose.py.
"""

from __future__ import annotations

import re

from builder.code import code_escape
from builder.model import Rich
from builder.prose.markup import Html

_OTHER = r"\x00-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\udfff"
"""Characters that are written otherwise in HTML, or not at all, and any space but the usual."""


def _pattern(end_of_line: str) -> str:
    words = (
        rf"(?:[^\\`&<*_~\[\]$@{_OTHER}]++|(?<=[^\W_])_(?=[^\W_])|&(?![#\w])|<(?![\w/!?])"
        rf"{end_of_line})++"
    )
    code = rf"`(?!\s)[^`{_OTHER}]++(?<!\s)`(?!`)"
    emphasized = rf"(?=[^\W_]){words}(?<=[^\W_])"
    return rf"(?:{words}|{code}|\*\*{emphasized}\*\*(?!\*)|\*{emphasized}\*(?!\*))++"


_START = r"""[^\W\d_]|[^\x00-\x7f\s]|["'(),.;!?/%^{}]|[0-9]++(?![.)](?: |$))|\*\*?[^\W_]|`"""
"""What begins no other block than a paragraph."""
_LINE = re.compile(rf"([-*] )?+(?={_START})({_pattern('')})(?<!\s)")
_LINES = re.compile(_pattern(r"|(?<!  )\n"))
_MARKED = re.compile(r"`([^`]++)`|\*\*([^*]++)\*\*|\*([^*]++)\*")
_TAGS = ("", "code", "strong", "em")
"""What each group of `_MARKED` is tagged as."""


def one_line(markdown: str) -> Rich | None:
    """A fragment that is one line of such text, with a bullet or without; None for others.

    It is a list of one item, or what stands in a paragraph. All that may have to be cleaned away
    is what Anki or MathJax would act on.
    """
    found = _LINE.fullmatch(markdown)
    if found is None or _may_hold_address(markdown):
        return None
    bullet, said = found.groups()
    html, text = _html_and_text(said)
    text = " ".join(text.split()) if "  " in text else text
    return Rich(f"<ul><li>{html}</li></ul>" if bullet else html, text)


def inline_html(text: str) -> Html | None:
    """The HTML of such text in several lines; None of others."""
    if not _LINES.fullmatch(text) or _may_hold_address(text):
        return None
    return Html(_html_and_text(text)[0])


def _may_hold_address(text: str) -> bool:
    return "://" in text or "www." in text


def _html_and_text(said: str) -> tuple[str, str]:
    """The HTML of such text, and what is left of it without marks."""
    html = code_escape(said)
    has_code = "`" in said
    if not has_code and "*" not in said:
        return html, said
    text = "".join(filter(None, _MARKED.split(said))) if has_code else said.replace("*", "")
    return _MARKED.sub(_tagged, html), text


def _tagged(marked: re.Match[str]) -> str:
    tag = _TAGS[marked.lastindex or 0]
    return f"<{tag}>{marked[marked.lastindex or 0]}</{tag}>"

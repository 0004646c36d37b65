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

_CODE = rf"(?!\s)[^`{_OTHER}]++(?<!\s)"


def _emphasized(words: str) -> str:
    return rf"(?=[^\W_]){words}(?<=[^\W_])"


def _marked_once() -> str:
    """Words that are their own HTML, with code or emphasis among them once or not at all."""
    words = rf"[^\\`&<>*_~\[\]$@:{_OTHER}]"
    inner = _emphasized(f"{words}++")
    marked = rf"`({_CODE})`(?!`)|\*\*({inner})\*\*(?!\*)|\*({inner})\*(?!\*)"
    return rf"({words}*+)(?:(?:{marked})({words}*+))?+"


def _pattern(end_of_line: str) -> str:
    words = (
        rf"(?:[^\\`&<*_~\[\]$@{_OTHER}]++|(?<=[^\W_])_(?=[^\W_])|&(?![#\w])|<(?![\w/!?])"
        rf"{end_of_line})++"
    )
    inner = _emphasized(words)
    return rf"(?:{words}|`{_CODE}`(?!`)|\*\*{inner}\*\*(?!\*)|\*{inner}\*(?!\*))++"


_START = r"""[^\W\d_]|[^\x00-\x7f\s]|["'(),.;!?/%^{}]|[0-9]++(?![.)](?: |$))|\*\*?[^\W_]|`"""
"""What begins no other block than a paragraph."""
_LINE = re.compile(rf"([-*] )?+(?={_START})({_pattern('')})(?<!\s)")
_LINE_MARKED_ONCE = re.compile(rf"([-*] )?+(?={_START}){_marked_once()}(?<!\s)")
"""Finds most of the lines, and sooner."""
_LINES = re.compile(_pattern(r"|(?<!  )\n"))
_MARKED_ONCE = re.compile(_marked_once())
_MARKED = re.compile(r"`([^`]++)`|\*\*([^*]++)\*\*|\*([^*]++)\*")
_TAGS = ("", "code", "strong", "em")
"""What each group of `_MARKED` is tagged as."""


def one_line(markdown: str) -> Rich | None:
    """A fragment that is one line of such text, with a bullet or without; None for others.

    It is a list of one item, or what stands in a paragraph. All that may have to be cleaned away
    is what Anki or MathJax would act on.
    """
    if "\n" in markdown or _may_hold_address(markdown):
        return None
    if found := _LINE_MARKED_ONCE.fullmatch(markdown):
        bullet, before, code, strong, em, after = found.groups()
        html, text = _of_marked_once(before, code, strong, em, after)
    elif found := _LINE.fullmatch(markdown):
        bullet, said = found.groups()
        html, text = _html_and_text(said)
    else:
        return None
    text = " ".join(text.split()) if "  " in text else text
    return Rich(f"<ul><li>{html}</li></ul>" if bullet else html, text)


def inline_html(text: str) -> Html | None:
    """The HTML of such text in several lines; None of others."""
    if _may_hold_address(text):
        return None
    if found := _MARKED_ONCE.fullmatch(text):
        return Html(_of_marked_once(*found.groups())[0])
    return Html(_html_and_text(text)[0]) if _LINES.fullmatch(text) else None


def _may_hold_address(text: str) -> bool:
    return "://" in text or "www." in text


def _of_marked_once(
    before: str, code: str | None, strong: str | None, em: str | None, after: str | None
) -> tuple[str, str]:
    """The HTML of the groups of `_MARKED_ONCE`, and what is left of them without marks."""
    if after is None:
        return before, before
    if code:
        return f"{before}<code>{code_escape(code)}</code>{after}", f"{before}{code}{after}"
    if strong:
        return f"{before}<strong>{strong}</strong>{after}", f"{before}{strong}{after}"
    return f"{before}<em>{em}</em>{after}", f"{before}{em}{after}"


def _html_and_text(said: str) -> tuple[str, str]:
    """The HTML of such text, and what is left of it without marks."""
    text = "".join(filter(None, _MARKED.split(said)))
    return _MARKED.sub(_tagged, code_escape(said)), text


def _tagged(marked: re.Match[str]) -> str:
    tag = _TAGS[marked.lastindex or 0]
    return f"<{tag}>{marked[marked.lastindex or 0]}</{tag}>"

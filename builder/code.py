"""Code in colour: Pygments' short token names as classes, for style sheets of both themes."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from builder.patterns import late
from builder.remembering import remembered

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

_PLAIN = frozenset({"n", "p", "w"})
"""Names, punctuation and space: no theme colours them, so they need no element."""

_LONGEST = 20_000
_ENDLESS_FROM = 200  # characters; shorter code holds no such run
_ENDLESS = late(r"\s{200}|\w{400}|(.)\1{200}", re.DOTALL)
"""Longer code, or what nobody would write, stays plain: a lexer is made of regular expressions of
somebody else's, and most of them take time squared, some time cubed, for runs of one character."""


def code_html(code: str, language: str) -> str:
    """The HTML of code, `<span class="…">` for each token; of an unknown language it is plain."""
    lexer = _lexer(language.lower()) if language and _is_usual(code) else None
    return _coloured(code, lexer) if lexer else code_escape(code)


@remembered(64)  # many a listing is asked about more than once; none is longer than _LONGEST
def _coloured(code: str, lexer: Lexer) -> str:
    parts: list[str] = []
    kind = run = ""
    for name, text in _tokens(lexer, code):
        if name != kind:
            parts.append(_span(kind, run))
            kind, run = name, ""
        run += text
    parts.append(_span(kind, run))
    return "".join(parts)


def _is_usual(code: str) -> bool:
    return len(code) < _ENDLESS_FROM or not (len(code) > _LONGEST or _ENDLESS.search(code))


def _span(kind: str, text: str) -> str:
    """Code of one kind as HTML."""
    html = text if text.isalnum() else code_escape(text)
    return f'<span class="{kind}">{html}</span>' if kind else html


def code_escape(text: str) -> str:
    """Text as HTML where MathJax finds no formula of its own: within one, and in `<code>`."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if "\xa0" in text:
        text = text.replace("\xa0", "&nbsp;")
    return text


def _tokens(lexer: Lexer, code: str) -> list[tuple[str, str]]:
    """Class and text of each token. Not every lexer gives all of the text back: then it is one."""
    line = code + "\n"  # a lexer of a console reads whole lines only
    tokens = lexer.get_tokens_unprocessed(line)
    found = [(_class(kind), text) for _, kind, text in tokens if text]
    if "".join(text for _, text in found) != line:
        return [("", code)]
    name, last = found[-1]
    found[-1] = name, last.removesuffix("\n")
    return found


def classes() -> frozenset[str]:
    """All classes that tokens of code may have."""
    from pygments.token import STANDARD_TYPES  # noqa: PLC0415

    return frozenset(STANDARD_TYPES.values()) - _PLAIN - {""}


@cache
def _class(kind: _TokenType) -> str:
    """The short name of a kind of token, or of the nearest kind above it that has one.

    "" where it needs no element.
    """
    from pygments.token import STANDARD_TYPES  # noqa: PLC0415

    while kind not in STANDARD_TYPES and kind.parent is not None:
        kind = kind.parent
    name = STANDARD_TYPES[kind]
    return "" if name in _PLAIN else name


@lru_cache(maxsize=256)
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_by_name(language)
    except ClassNotFound:
        return None

"""Code in colour: Pygments' short token names as classes, for style sheets of both themes."""

from __future__ import annotations

from functools import cache, lru_cache
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

_PLAIN = frozenset({"", "n", "p", "w"})
"""Names, punctuation and space: no theme colours them, so they need no element."""

_LONGEST = 20_000
"""Longer code stays plain: a lexer is made of regular expressions that somebody else wrote."""


def code_html(code: str, language: str) -> str:
    """The HTML of code, `<span class="…">` for each token; of an unknown language it is plain."""
    lexer = _lexer(language.lower()) if language and len(code) <= _LONGEST else None
    if lexer is None:
        return _escaped(code)
    named = ((_class(kind), text) for _, kind, text in lexer.get_tokens_unprocessed(code))
    parts = []
    for name, tokens in groupby(named, key=lambda token: token[0]):
        html = _escaped("".join(text for _, text in tokens))
        parts.append(html if name in _PLAIN else f'<span class="{name}">{html}</span>')
    return "".join(parts)


def classes() -> frozenset[str]:
    """All classes that tokens of code may have."""
    from pygments.token import STANDARD_TYPES  # noqa: PLC0415

    return frozenset(STANDARD_TYPES.values()) - _PLAIN


@cache
def _class(kind: _TokenType) -> str:
    """The short name of a kind of token, or of the nearest kind above it that has one."""
    from pygments.token import STANDARD_TYPES  # noqa: PLC0415

    while kind not in STANDARD_TYPES and kind.parent is not None:
        kind = kind.parent
    return STANDARD_TYPES[kind]


@lru_cache(maxsize=256)
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_by_name(language)
    except ClassNotFound:
        return None


def _escaped(code: str) -> str:
    return escape(code, quote=False).replace("\xa0", "&nbsp;")

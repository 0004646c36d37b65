"""What a text in GIFT hides from the signs of the format, and what it says without its escapes."""

from __future__ import annotations

import re
from collections.abc import Callable
from textwrap import dedent

from builder.patterns import late
from builder.plain_text import from_html, from_text
from builder.prose.formulas import formula_at

COMMENT = "\x00"
"""What each character of a comment becomes, for none to be read."""

_HIDDEN = "\x01"
_COMMENT_LINE = re.compile(r"^[ \t]*//.*", re.MULTILINE)
_COMMENTED_OUT = re.compile(f"[ \\t]*{COMMENT}+\\n?")
_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_TAG = late(
    r"""<[a-z][a-z0-9]*(?:\s+[a-z_:-]+\s*=\s*(?:"[^"<>{}]*"|'[^'<>{}]*'))+\s*/?>""", re.IGNORECASE
)
_BARE_BRACE = re.compile(r"(?<!\\)[{}]")


def without_comments(text: str) -> str:
    """A text of the same length, whose lines that begin with "//" are made of `COMMENT`."""
    return _COMMENT_LINE.sub(lambda match: COMMENT * len(match[0]), text)


def shape_of(text: str) -> str:
    """The text, as long, with its comments as spaces and other signs than the format's hidden.

    Hidden is what is escaped, and what stands in a formula or in a tag of HTML.
    """
    pieces: list[str] = []
    done = 0
    for match in re.finditer(r"[\\$<]", text):
        at = match.start()
        if at < done:
            continue
        pattern = _TAG if match[0] == "<" else _ESCAPE
        hidden = pattern.match(text, at)
        if end := hidden.end() if hidden else _formula_end(text, at):
            pieces += text[done:at], re.sub(r"[^\n]", _HIDDEN, text[at:end])
            done = end
    return "".join((*pieces, text[done:])).replace(COMMENT, " ")


def unescaped(text: str) -> str:
    """A text without comments and escapes. In a formula "\\n" begins a command of TeX."""
    if not ("\\" in text or "$" in text or COMMENT in text):
        return text.strip()
    text = _COMMENTED_OUT.sub("", text)
    pieces, done = [], 0
    for match in re.finditer(r"[\\$]", text):
        at = match.start()
        if at < done:
            continue
        pieces.append(text[done:at])
        done = at + 1
        if end := _formula_end(text, at):
            done = end
            pieces.append(_tex(text[at:end]))
        elif escape := _ESCAPE.match(text, at):
            done = escape.end()
            pieces.append("\n" if escape[1] == "n" else escape[1])
        else:
            pieces.append(match[0])
    return "".join((*pieces, text[done:])).strip()


def _formula_end(text: str, at: int) -> int:
    """Where the formula that begins here ends, or 0; one between dollars stands in one line."""
    if text[at] not in "$\\" or not text.startswith(("$", "\\(", "\\["), at):
        return 0
    found = formula_at(text, at)
    if found is None:
        return 0
    inside = text[at : found.end]
    apart = "\n" if not inside.startswith(("$$", "\\")) else "\n\n"
    return 0 if apart in inside or COMMENT in inside else found.end


def _tex(formula: str) -> str:
    """A formula without escapes; one whose braces are not escaped has none."""
    if _BARE_BRACE.search(formula):
        return formula
    return re.sub(r"\\(?:([\\:#={}~])|n(?![^\W\d_]))", lambda m: m[1] or "\n", formula)


# Formats of text ---------------------------------------------------------------------------


def as_markdown(text: str, style: str) -> str:
    """Markdown that shows a text of one of Moodle's formats."""
    return _SHOWN[style](text)


def _plain(text: str) -> str:
    return from_text("\n".join(line.strip() for line in text.split("\n")))


def _moodle(text: str) -> str:
    return from_html(text, line_breaks=True)


def _markdown(text: str) -> str:
    first, _, rest = text.partition("\n")
    return f"{first}\n{dedent(rest)}".strip()


_SHOWN: dict[str, Callable[[str], str]] = {
    "html": from_html,
    "moodle": _moodle,
    "plain": _plain,
    "markdown": _markdown,
}

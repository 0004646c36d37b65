"""Formulas among prose: `$…$`, `$$…$$`, `\\(…\\)` and `\\[…\\]`, and what only looks like one."""

from __future__ import annotations

import re

from builder.values import Record

_INLINE = re.compile(r"\$(?![\s$`])((?:[^$\\`]++|\\.)+?)(?<!\s)\$(?![0-9A-Za-z_{$])", re.DOTALL)
_QUOTED = re.compile(r"\$`([^`]+)`\$")
_DISPLAY = re.compile(r"\$\$((?:[^$\\]++|\\.|\$(?!\$))+?)\$\$(?!\$)", re.DOTALL)
_ROUND = re.compile(r"\\\(((?:[^\\]++|\\[^()\[\]])+?)\\\)", re.DOTALL)
_SQUARE = re.compile(r"\\\[((?:[^\\]++|\\[^()\[\]])+?)\\\]", re.DOTALL)

_COMMAND = re.compile(r"\\[A-Za-z]")
_TEX = re.compile(r"\\[A-Za-z]|[\^={}]|(?<![A-Za-z])[A-Za-z]_")
_WORD = re.compile(r"(?<![\\\w])[^\W\d_]{2,}")
_LONG_WORD = re.compile(r"(?<![\\\w])[^\W\d_]{4,}")
_FOREIGN_WORD = re.compile(r"[^\W\d_A-Za-zα-ωΑ-Ω]{2,}")
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_SPACE = " \t\n"
_ENDS_MATHJAX = re.compile(r"\\[)\]]")


class Formula(Record):
    """TeX without its delimiters, where it ends in the text, and whether it stands alone."""

    tex: str
    end: int
    display: bool


def formula_at(text: str, at: int) -> Formula | None:
    """The formula whose delimiter begins at `at`, if it is one.

    Dollars follow pandoc's rule (no space inside of them, no digit after the closing one), and
    more: no letter or digit touches them from outside, brackets are balanced, and what reads as
    an amount ("$100 or 200$") or as plain words is none. `\\(x\\)` is a formula unless it reads as
    words, for which the backslashes are escapes; `\\[x\\]` also needs TeX in it, since tools that
    write Markdown escape brackets.
    """
    if text.startswith(("$]", "$$]"), at) and text[at - 1 : at] == "[":
        return None  # Anki's old delimiters for pictures made by LaTeX
    if text.startswith("$$", at):
        return _formula(_DISPLAY.match(text, at), display=True)
    if text.startswith("$", at):
        if at and (text[at - 1] == "$" or (text[at - 1].isalnum() and text[at - 1].isascii())):
            return None
        if quoted := _QUOTED.match(text, at):
            return _formula(quoted, display=False)
        found = _INLINE.match(text, at)
        return _formula(found, display=False) if found and _means_formula(found[1]) else None
    if text.startswith("\\(", at):
        found = _ROUND.match(text, at)
        return _formula(found, display=False) if found and not _reads_as_words(found[1]) else None
    found = _SQUARE.match(text, at)
    return _formula(found, display=True) if found and _TEX.search(found[1]) else None


def _formula(found: re.Match[str] | None, display: bool) -> Formula | None:
    if found is None or not found[1].strip() or _ENDS_MATHJAX.search(found[1]):
        return None
    return Formula(found[1].strip(), found.end(), display)


def _means_formula(tex: str) -> bool:
    bare = _ESCAPED.sub("", tex)
    if bare.count("{") != bare.count("}"):
        return False
    if sum(map(bare.count, "([")) != sum(map(bare.count, ")]")):
        return False
    if _FOREIGN_WORD.search(tex) and not _COMMAND.search(tex):
        return False
    if _TEX.search(tex):
        return True
    words = len(_WORD.findall(tex))
    return words == 0 if tex[0].isdigit() else words < 2


def _reads_as_words(tex: str) -> bool:
    if _COMMAND.search(tex):
        return False
    words = _FOREIGN_WORD.search(tex) or (_LONG_WORD.search(tex) and not _TEX.search(tex))
    return bool(words)


def opens_block(lines: list[str], index: int, text: str) -> str | None:
    """The closing delimiter if `text`, the end of a line, begins a formula of several lines."""
    if text.startswith("$$") and "$$" not in text[2:]:
        opening = closing = "$$"
    elif text.strip(_SPACE) == "\\[":
        opening, closing = "\\[", "\\]"
    else:
        return None
    for following in range(index + 1, len(lines)):
        bare = lines[following].strip(_SPACE + ">")
        if bare.endswith(closing):
            return closing
        if not bare or bare.startswith(opening):
            return None
    return None


def block_formula(text: str) -> str:
    """The TeX of lines that are a formula together with its delimiters, or ""."""
    inner = text.strip(_SPACE)
    for opening, closing in (("$$", "$$"), ("\\[", "\\]")):
        if inner.startswith(opening) and inner.endswith(closing) and len(inner) > 4:
            tex = inner[2:-2].strip()
            return "" if _ENDS_MATHJAX.search(tex) or "$$" in tex else tex
    return ""

"""Plain text and HTML of other formats, as Markdown that shows the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from builder.model import Passage
from builder.patterns import late
from builder.prose.formulas import formula_at
from builder.prose.tags import block_end, tag_end
from builder.scan import Line, indent_of, passage
from builder.values import replace

_ACTIVE = late(
    r"""
      (?<![^\W_])_+ | _+(?![^\W_])  # not within a word
    | (?:https?|ftp)://(?:[^\s<>"'&]|&(?!\#?\w{1,32};))+
    | www\.(?=[^\s\\`*_~\[|$&]{0,300}+[\\`*_~\[|$&])  # an address would swallow backslashes
    | [\\`*~\[|$]
    | (?P<of_html>&(?=\#?\w{1,32};) | <(?=\S))
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BLOCK_START = re.compile(
    r"""(?:\#{1,6} | [-+])(?=\s|$) | -(?=[-:\s]*$) | =(?=[=\s]*$) | :(?=-) | >
      | \d{1,9}(?=[.)](?:\s|$))""",
    re.VERBOSE,
)
_SPACE = re.compile(r"\s+")


def plain_passage(lines: Sequence[Line]) -> Passage | None:
    """The passage that lines of plain text make; None if they are all blank."""
    found = passage(lines)
    return replace(found, markdown=from_text(found.markdown)) if found else None


def from_text(text: str) -> str:
    """Markdown that shows a plain text as it was typed: its lines, its signs, its indents.

    What `prose` takes for a formula or an address stays one.
    """
    shown: list[str] = []
    for line in _signs_shown(text.strip()).split("\n"):
        words = line.strip()
        if not words:
            shown.append("")
            continue
        columns = indent_of(line) if shown else 0
        indent = "&nbsp;" * columns if columns > 1 else ""
        if shown and shown[-1]:
            shown[-1] += "  "
        shown.append(indent + (words if indent else _no_block(words)))
    return "\n".join(shown)


def from_html(html: str, line_breaks: bool = False) -> str:
    """Markdown, in one line, that shows a fragment of HTML: its tags and entities stay.

    With `line_breaks` the end of a line between words is shown, as Moodle's own format has it.
    """
    if not ("<" in html or "\n" in html or _ACTIVE.search(html)):
        return _no_block(html.strip())
    one_line = _one_line(html.strip())
    is_block = block_end(one_line, False) is not False
    end_of_line, pieces = "<br>" if line_breaks else " ", []
    preformatted = False
    for text, is_tag in _tags_apart(html.strip()):
        if is_tag:
            if tag := _PRE.match(text):
                preformatted = not tag[1]
            pieces.append(_one_line(text))
            continue
        shown = _block_shown(text) if is_block else _signs_shown(text, html=True)
        if preformatted:
            pieces.append(shown.replace("\n", "&#10;"))
        elif words := shown.strip():
            before, after = " " * shown[0].isspace(), " " * shown[-1].isspace()
            pieces.append(before + _one_line(words, end_of_line) + after)
        else:
            pieces.append(" ")
    return _no_block("".join(pieces).strip())


def _signs_shown(text: str, html: bool = False) -> str:
    """Text whose signs mean nothing to Markdown, each formula in one line.

    In the text of HTML, entities stay what they are.
    """
    pieces, at = [], 0
    for match in _ACTIVE.finditer(text):
        if match.start() < at:
            continue  # inside a formula
        found = match[0]
        pieces.append(text[at : match.start()])
        at = match.end()
        if found in ("$", "\\") and (formula := formula_at(text, match.start())):
            at = formula.end
            tex = _one_line(text[match.start() : at])
            pieces.append(unescape(tex) if html else tex)
        elif match["of_html"]:
            pieces.append(("&lt;" if found == "<" else "&") if html else "\\" + found)
        elif "://" in found:
            pieces.append(_address(found))
        elif found.endswith("."):
            pieces.append(f"{found[:-1]}&#46;")
        else:
            pieces.append("".join("\\" + sign for sign in found))
    return "".join((*pieces, text[at:]))


def _address(text: str) -> str:
    """An address that Markdown leaves alone, and the punctuation of the sentence behind it."""
    address = text.rstrip(".,:;!?*_~")
    return f"<{address}>" + re.sub(r"([*_~])", r"\\\1", text[len(address) :])


def _no_block(line: str) -> str:
    """A line that begins no heading, list, quote, table or rule."""
    match = _BLOCK_START.match(line)
    if not match:
        return line
    at = match.end() if match[0].isdigit() else 0
    return f"{line[:at]}\\{line[at:]}"


# HTML --------------------------------------------------------------------------------------

_PRE = re.compile(r"<(/?)pre\b", re.IGNORECASE)


def _one_line(text: str, end_of_line: str = " ") -> str:
    """Text whose line ends, and the space around them, are replaced; "<br>" also shows a gap."""

    def replaced(space: re.Match[str]) -> str:
        line_ends = space[0].count("\n")
        return (
            end_of_line * min(line_ends, 1 if end_of_line == " " else 2) if line_ends else space[0]
        )

    return _SPACE.sub(replaced, text)


def _tags_apart(html: str) -> Iterator[tuple[str, bool]]:
    """Tags and comments, and the text between them."""
    done = at = 0
    while (at := html.find("<", at)) >= 0:
        end = tag_end(html, at)
        if not end:
            at += 1
            continue
        if at > done:
            yield html[done:at], False
        yield html[at:end], True
        done = at = end
    if done < len(html):
        yield html[done:], False


def _block_shown(text: str) -> str:
    """Text in a block of HTML, where Markdown means nothing; formulas in Anki's delimiters."""
    pieces, at = [], 0
    for match in re.finditer(r"[$\\<]", text):
        if match.start() < at:
            continue  # inside a formula
        pieces.append(text[at : match.start()])
        at = match.end()
        if match[0] == "<":
            pieces.append("&lt;")
        elif formula := formula_at(text, match.start()):
            at = formula.end
            pieces.append(f"\\[{formula.tex}\\]" if formula.display else f"\\({formula.tex}\\)")
        else:
            pieces.append(match[0])
    return "".join((*pieces, text[at:]))

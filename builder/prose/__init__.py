"""A Markdown fragment as GitHub shows it.

Python-Markdown renders it, with an extension of ours in the place of its own rules, which differ
from GitHub's where it matters (lists nested by two spaces, a list right after a paragraph):

- a block processor that finds blocks line by line (`structure`, `blocks`);
- a tree processor that reads inline markup from left to right (`inlines`);
- a serializer that knows which strings are HTML already.

The result is not safe yet: `builder.html.clean` makes it so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from builder.prose.links import Definition
from builder.prose.markup import Labels

__all__ = ["ENGLISH", "NO_LINKS", "Labels", "Links", "may_hold_tags", "render"]

ENGLISH = Labels()


_MAY_DEFINE = re.compile(
    r"^[ \t>*+\-.)0-9]*+\[(?:[^\[\]\\]|\\.){1,1000}+\]:", re.MULTILINE | re.DOTALL
)
"""What every definition of a link looks like; most files hold nothing that does."""


@dataclass(frozen=True, slots=True)
class Links:
    """Definitions of links (`[label]: address "title"`), which serve every fragment of a file."""

    found: Mapping[str, Definition] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, text: str) -> Links:
        """All definitions of a whole file; of two with one label, the first counts."""
        if not _MAY_DEFINE.search(text):
            return NO_LINKS
        from builder.prose.extension import definitions  # noqa: PLC0415

        return cls(MappingProxyType(definitions(text)))


NO_LINKS = Links()

_ACTIVE = re.compile(r"[\\`*_\[\]<>&~$@\n\r\t\x00\xa0]|://|www\.")
"""What may mean more than itself anywhere in a line, or is written otherwise in HTML."""


_ONE_LINE = re.compile(
    r"([-*] )?+((?:[^\W\d_]|\*{1,2}[^\W_]|`{1,2}[^`\s])(?:[^\n\t\x00]*[^\s\x00])?)"
)
"""A line that begins no other block than a paragraph, or a list whose only item is such a line;
most fragments that are not plain are one of them."""


def render(markdown: str, links: Links = NO_LINKS, labels: Labels = ENGLISH) -> str:
    """The HTML of a dedented Markdown fragment, before it is cleaned.

    Formulas come in Anki's delimiters; code, tables and display formulas in boxes of the class
    `bd-scroll`, whose names for screen readers are `labels`.
    """
    if is_plain(markdown):
        return f"<p>{markdown}</p>"
    from builder.prose.extension import convert, convert_item, convert_line  # noqa: PLC0415

    if line := _ONE_LINE.fullmatch(markdown):
        shortly = convert_item if line[1] else convert_line
        return shortly(line[2], links.found, labels)
    return convert(markdown.replace("\x00", "\ufffd"), links.found, labels)


_TAG = re.compile("<[A-Za-z/!?]")


def may_hold_tags(markdown: str) -> bool:
    """Whether a fragment may hold HTML; of one that does not, all tags are written by `render`."""
    return bool(_TAG.search(markdown))


def is_plain(markdown: str) -> bool:
    """Whether a fragment is one line of words, which most options are: its own HTML."""
    if not markdown or markdown[0].isspace() or markdown[-1].isspace() or _ACTIVE.search(markdown):
        return False
    return markdown[0].isalpha() or not markdown[0].isascii()

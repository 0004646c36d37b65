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
from types import MappingProxyType

from builder.prose.links import Definition
from builder.prose.markup import Labels
from builder.prose.simple import one_line
from builder.values import Record, field

__all__ = ["ENGLISH", "NO_LINKS", "Labels", "Links", "may_hold_tags", "one_line", "render"]

ENGLISH = Labels()


_MAY_DEFINE = re.compile(
    r"^[ \t>*+\-.)0-9]*+\[(?:[^\[\]\\]|\\.){1,1000}+\]:", re.MULTILINE | re.DOTALL
)
"""What every definition of a link looks like; most files hold nothing that does."""


class Links(Record):
    """Definitions of links (`[label]: address "title"`), which serve every fragment of a file."""

    found: Mapping[str, Definition] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, text: str) -> Links:
        """All definitions of a whole file; of two with one label, the first counts."""
        if "]:" not in text or not _MAY_DEFINE.search(text):
            return NO_LINKS
        from builder.prose.extension import definitions  # noqa: PLC0415

        return cls(MappingProxyType(definitions(text)))


NO_LINKS = Links()


def render(markdown: str, links: Links = NO_LINKS, labels: Labels = ENGLISH) -> str:
    """The HTML of a dedented Markdown fragment, before it is cleaned.

    Formulas come in Anki's delimiters; code, tables and display formulas in boxes of the class
    `bd-scroll`, whose names for screen readers are `labels`.
    """
    if simple := one_line(markdown):
        return simple.html if simple.html.startswith("<ul>") else f"<p>{simple.html}</p>"
    from builder.prose.extension import convert  # noqa: PLC0415

    return convert(markdown.replace("\x00", "\ufffd"), links.found, labels)


_TAG = re.compile("<[A-Za-z/!?]")


def may_hold_tags(markdown: str) -> bool:
    """Whether a fragment may hold HTML; of one that does not, all tags are written by `render`."""
    return bool(_TAG.search(markdown))

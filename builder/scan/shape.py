"""What a block is, as `OneOf` lists; compared by `is`.

A module and no `Enum`, of which Python 3.11 takes far longer to look up a member: reading does so
some six hundred times for a question.
"""

from __future__ import annotations

from typing import Final, Literal

HEADING: Final = "heading"
PARAGRAPH: Final = "paragraph"
ITEM: Final = "item"
FENCE: Final = "fence"
CODE: Final = "code"
QUOTE: Final = "quote"
TABLE: Final = "table"
RULE: Final = "rule"
HTML: Final = "html"
DIRECTIVE: Final = "directive"
FRONT_MATTER: Final = "front matter"

OneOf = Literal[
    "heading", "paragraph", "item", "fence", "code", "quote", "table", "rule",
    "html", "directive", "front matter",
]  # fmt: skip

"""Comments that allow a finding."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from builder.allowing import allowances
from builder.items import Quiz
from builder.rules import WARNING, Finding, each_page, rules
from builder.scan import Page


@each_page(WARNING)
def unknown_rule(quiz: Quiz, page: Page) -> Iterator[Finding]:
    """A comment that allows findings of a rule that there is not.

    It allows nothing, so what it was to allow is told all the same.

    Example: `<!-- allow: lognest-key -->`.

    Instead: `<!-- allow: longest-key -->`; `build-deck explain` lists the rules.
    """
    for allowance in allowances(quiz.source):
        if allowance.rule not in rules():
            close = get_close_matches(allowance.rule, rules(), 1)
            yield Finding(
                quiz.place(allowance.span),
                f"there is no rule “{allowance.rule}”",
                f"write {close[0]}" if close else "“build-deck explain” lists the rules",
            )

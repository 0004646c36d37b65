"""Questions and locks in few words, for the tests of the ledger."""

from builder.ledger import Asked, AskedOption, by_file, settle
from builder.model import Verdict

SIGNS = {"+": Verdict.CORRECT, "-": Verdict.WRONG, "~": Verdict.DISPUTED, "?": Verdict.UNKNOWN}
"""A sign before an option gives its verdict; without one it is wrong."""


def option(text):
    verdict = SIGNS.get(text[:2].rstrip()) if text[1:2] == " " else None
    text = text[2:] if verdict else text
    return AskedOption(text, verdict or Verdict.WRONG, rendering=f"<p>{text}</p>")


def ask(stem, *options, path="quiz.md", title="", explanation="", key="", tags="", look=""):
    """A question of which everything that the author writes counts, and `look` is rendering."""
    slots = tuple(map(option, options))
    return Asked(
        path,
        stem,
        slots,
        title=title,
        explanation=explanation,
        key=key,
        source=repr((stem, options, explanation, tags)),
        rendering=repr((stem, explanation, tags, look)),
    )


def settled(asked, last=None, *, now=1_000, version="1", uid="deck", **wishes):
    return settle(by_file(asked), last, uid=uid, now=now, version=version, **wishes)

"""Fields that notes of every kind have."""

from __future__ import annotations

from urllib.parse import quote

from builder.html import shown
from builder.model import Identity, RenderedQuestion
from builder.words import Words

RESERVES = tuple(f"Reserve {n}" for n in range(1, 9))
"""Fields for what is not thought of yet: a field that is added later stops every update."""

ON = "yes"
"""What fills a field that is a switch; any text does."""

LONGEST_TITLE = 120  # of a report, in characters: a letter of Cyrillic is six in a link


def common(question: RenderedQuestion, identity: Identity, words: Words) -> dict[str, str]:
    """The fields that do not depend on the kind."""
    return {
        "Stem": question.stem.html,
        "Title": shown(question.title),
        "Instruction": question.instruction.html,
        "Notice": notice(identity, words),
        "Version": shown(identity.version),
        "Key": shown(identity.guid),
        "Report": report(question, identity.guid),
    }


def notice(identity: Identity, words: Words) -> str:
    """What a member must know about a question before trusting what they learned."""
    told = []
    if identity.retired:
        told.append(words["notice.retired"])
    if identity.answer_changed:
        told.append(words.fill("notice.answer_changed", version=identity.answer_changed))
    return "".join(f"<p>{shown(text)}</p>" for text in told)


def report(question: RenderedQuestion, guid: str) -> str:
    """The title of a report about a question, percent-encoded: its name and its guid."""
    name = question.title or question.stem.text
    return quote(f"{name[:LONGEST_TITLE]} [{guid}]", safe="")

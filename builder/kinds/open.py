"""Questions without options: a card that asks and answers."""

from __future__ import annotations

from builder.kinds._common import RESERVES, common
from builder.model import Identity, RenderedQuestion
from builder.words import Words

FIELDS = {
    "Stem": False,
    "Title": False,
    "Instruction": False,
    "Answer": False,
    "My Notes": False,
    "Notice": False,
    "Version": True,
    "Key": True,
    "Report": True,
    "Traits": True,
    "Without Question Card": True,
    **dict.fromkeys(RESERVES, True),
}

CARDS: dict[str, tuple[str, dict[str, object]]] = {"Question": ("question", {})}


def fill(
    question: RenderedQuestion, identity: Identity, words: Words, _cards: str
) -> dict[str, str]:
    """The fields that are not empty; an open question has its card always."""
    return {
        **common(question, identity, words),
        "Answer": question.explanation.html,
        "Traits": "retired" if identity.retired else "",
    }

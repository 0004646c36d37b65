"""Which options must keep their place when the others are shuffled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from builder.model import RenderedOption, RenderedQuestion
from builder.words import Words


@dataclass(frozen=True, slots=True)
class Places:
    """What an author's order means to a question.

    `pinned` are the indices of the options that stay last ("all of the above"). `fixed` says that
    no option may move; `lettered` that in addition the text speaks of options by their letters,
    which `labels` then gives, one per option ("" where there is none to show).
    """

    pinned: tuple[int, ...] = ()
    fixed: bool = False
    lettered: bool = False
    labels: tuple[str, ...] = ()


def places(question: RenderedQuestion, words: Words) -> Places:
    """What must not move, by what the options say of each other and the text of the options."""
    options = question.options
    named = [option.label for option in options]
    texts = [_plain(option.text.text) for option in options]
    labels = named if all(named) else _implied(texts, words)
    if labels and (
        any(_names_options(text, labels, words) for text in texts)
        or (all(named) and _mentioned(question, labels, words))
    ):
        return Places(fixed=True, lettered=True, labels=tuple(labels))
    unlabelled = ("",) * len(options)
    pinned = tuple(index for index, text in enumerate(texts) if _speaks_of_all(text, words))
    if pinned != tuple(range(len(options) - len(pinned), len(options))):
        return Places(fixed=True, labels=unlabelled)
    return Places(pinned=pinned, labels=unlabelled)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.casefold().replace("ё", "е")).strip(" .,;:!()[]«»\"'")


def _speaks_of_all(text: str, words: Words) -> bool:
    return any(re.search(pattern, text) for pattern in words.all("order.pinned"))


ALPHABETS = ("abcdefghijkl", "абвгдежзиклм")


def _implied(texts: Sequence[str], words: Words) -> list[str]:
    """The letters that options without any are named by, if one of them names others so."""
    for alphabet in ALPHABETS:
        labels = list(alphabet[: len(texts)].upper())
        if len(labels) == len(texts) and any(_names_options(t, labels, words) for t in texts):
            return labels
    return []


def _names_options(text: str, labels: Sequence[str], words: Words) -> bool:
    """Whether an option is nothing but the letters or numbers of others: "both A and C"."""
    joining = {_plain(word) for word in words.all("order.joining")}
    own = {_plain(label) for label in labels}
    parts = re.findall(r"[^\W_]+", text)
    found = [part for part in parts if part in own]
    rest = [part for part in parts if part not in own]
    # One conjunction may look like a label ("а", "и"): what is left must still name two.
    return len(set(found)) >= 2 and all(part in joining for part in rest)


def _mentioned(question: RenderedQuestion, labels: Sequence[str], words: Words) -> bool:
    """Whether the explanation or a reason speaks of an option by its letter: "answer: B", "(c)"."""
    cues = "|".join(words.all("order.mention"))
    own = "|".join(re.escape(_plain(label)) for label in labels)
    by_cue = re.compile(rf"(?<!\w)(?:{cues})\w*\s*[:№#—–-]?\s*[«\"'(]?(?:{own})(?!\w)")
    in_brackets = re.compile(rf"(?<![\w(])\((?:{own})\)(?!\w)") if not own[0].isdigit() else None
    for text in _prose(question):
        if by_cue.search(text) or (in_brackets and in_brackets.search(text)):
            return True
    return False


def _prose(question: RenderedQuestion) -> list[str]:
    options: tuple[RenderedOption, ...] = question.options
    said = [question.stem, question.explanation]
    said += [part for option in options for part in (option.summary, option.why)]
    return [part.text.casefold().replace("ё", "е") for part in said]

"""What the ledger must know of a question: who it is, and whether it changed."""

from __future__ import annotations

import re
from collections.abc import Collection
from hashlib import sha256
from json import dumps

from builder.ledger import Asked, AskedOption, traced
from builder.model import (
    Option,
    Passage,
    Question,
    RenderedOption,
    RenderedQuestion,
)
from builder.signals import split_label
from builder.values import as_spaced_json


def asked(
    path: str,
    written: Question,
    shown: RenderedQuestion,
    tags: Collection[str],
    ordered: bool,
    cards: str,
) -> Asked:
    """A question as the ledger sees it.

    `ordered` says that cards show the options in the author's order, so that another order is a
    change; `cards` is the setting of that name, and the ledger's to weigh.
    """
    title = "" if _only_counts(shown.title) else shown.title
    order = [option.text.text for option in shown.options] if ordered else []
    common = order, sorted(tags)
    rich = shown.stem.html, shown.instruction.html, shown.explanation.html
    parts = written.stem, written.instruction, written.explanation
    texts = title, list(map(_markdown, parts)), sorted(map(_source_of, written.options))
    reasons = [f"{option.summary.text} {option.why.text}" for option in shown.options]
    return Asked(
        path=path,
        stem=shown.stem.text,
        options=tuple(map(_option, shown.options)),
        title=shown.title,
        key=shown.key,
        cards=cards,
        source=_hash((texts, common)),
        rendering=_hash((title, rich, common)),
        trace=traced(" ".join([shown.explanation.text, *reasons])),
    )


def _only_counts(title: str) -> bool:
    """Whether a title is a number that moves when a question is put before this one."""
    label, rest = split_label(title)
    return (
        not rest or not title or bool(label and not rest) or bool(re.fullmatch(r"[\W\d]*", title))
    )


def _option(option: RenderedOption) -> AskedOption:
    parts = (option.text.html, option.summary.html, option.why.html, option.label)
    return AskedOption(option.text.text, option.verdict, _hash(parts))


def _source_of(option: Option) -> tuple[str, ...]:
    summary = option.summary.markdown if option.summary else ""
    why = option.why.markdown if option.why else ""
    return option.text.markdown, summary, why, option.verdict, option.label


def _markdown(passage: Passage | None) -> str:
    return passage.markdown if passage else ""


def _hash(value: object) -> str:
    """The hash of some texts as `json.dumps` writes them: deck.lock holds it, so that not a space
    of what is hashed may ever change."""
    try:
        written = as_spaced_json(value)
    except UnicodeEncodeError:  # half a character
        written = dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return sha256(written).hexdigest()[:16]

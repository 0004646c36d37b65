"""What the ledger must know of a question: who it is, and whether it changed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from hashlib import sha256
from json.encoder import encode_basestring as _json

from builder.ledger import Asked, AskedOption, traced
from builder.model import (
    Option,
    Passage,
    Question,
    RenderedOption,
    RenderedQuestion,
)
from builder.signals import split_label


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
    title = _json("" if _only_counts(shown.title) else shown.title)
    order = [option.text.text for option in shown.options] if ordered else []
    common = _row([_texts(order), _texts(sorted(tags))])
    rich = [shown.stem.html, shown.instruction.html, shown.explanation.html]
    texts = map(_markdown, (written.stem, written.instruction, written.explanation))
    options = _row(map(_texts, sorted(map(_source_of, written.options))))
    reasons = [f"{option.summary.text} {option.why.text}" for option in shown.options]
    return Asked(
        path=path,
        stem=shown.stem.text,
        options=tuple(map(_option, shown.options)),
        title=shown.title,
        key=shown.key,
        cards=cards,
        source=_hash(_row([_row([title, _texts(texts), options]), common])),
        rendering=_hash(_row([title, _texts(rich), common])),
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
    shown = f"[{', '.join(map(_json, parts))}]"
    return AskedOption(option.text.text, option.verdict, _hash(shown))


def _source_of(option: Option) -> tuple[str, ...]:
    said = option.text.markdown, _markdown(option.summary), _markdown(option.why)
    return *said, option.verdict, option.label


def _markdown(passage: Passage | None) -> str:
    return passage.markdown if passage else ""


# What is hashed is JSON, as `json.dumps` writes it of lists of texts, put together from that of
# each text: deck.lock holds the hashes, so that not a space of it may ever change.


def _texts(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_json, texts))}]"


def _row(written: Iterable[str]) -> str:
    return f"[{', '.join(written)}]"


def _hash(written: str) -> str:
    return sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:16]

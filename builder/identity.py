"""What the ledger must know of a question: who it is, and whether it changed."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from hashlib import sha256

from builder.ledger import Asked, AskedOption, traced
from builder.model import (
    Option,
    Passage,
    Question,
    RenderedOption,
    RenderedQuestion,
    Rich,
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
    numbering = _only_counts(shown.title)
    title = "" if numbering else shown.title
    order = [option.text.text for option in shown.options] if ordered else []
    rich = [_html(part) for part in (shown.stem, shown.instruction, shown.explanation)]
    source = [
        title,
        [_markdown(part) for part in (written.stem, written.instruction, written.explanation)],
        sorted(map(_source_of, written.options)),
    ]
    common = [order, sorted(tags)]
    return Asked(
        path=path,
        stem=shown.stem.text,
        options=tuple(map(_option, shown.options)),
        title=shown.title,
        key=shown.key,
        cards=cards,
        source=_hash([source, common]),
        rendering=_hash([title, rich, common]),
        trace=traced(" ".join([shown.explanation.text, *(o.reason.text for o in shown.options)])),
    )


def _only_counts(title: str) -> bool:
    """Whether a title is a number that moves when a question is put before this one."""
    label, rest = split_label(title)
    return (
        not rest or not title or bool(label and not rest) or bool(re.fullmatch(r"[\W\d]*", title))
    )


def _option(option: RenderedOption) -> AskedOption:
    parts = [_html(part) for part in (option.text, option.summary, option.why)]
    return AskedOption(option.text.text, option.verdict, _hash([*parts, option.label]))


def _source_of(option: Option) -> list[str]:
    parts = [_markdown(part) for part in (option.text, option.summary, option.why)]
    return [*parts, option.verdict.value, option.label]


def _markdown(passage: Passage | None) -> str:
    return passage.markdown if passage else ""


def _html(rich: Rich) -> str:
    return rich.html


def _hash(value: object) -> str:
    text = _AS_JSON(value)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


_AS_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode

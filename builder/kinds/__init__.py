"""The note types, one module each with the folder of templates of the same name.

A module gives `FIELDS` and `CARDS`, frozen for life from the first release, and `fill`; a new
kind is a new module and its folder, and no list is edited.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast
from urllib.parse import urlsplit

from builder.ids import field_id, note_type_id, template_id
from builder.model import (
    Field,
    Identity,
    Look,
    Media,
    NoteType,
    RenderedQuestion,
    Template,
)
from builder.templating import render
from builder.words import Words

USER_STYLE = "_build-deck-user.css"
"""A media file whose name starts with an underscore is never replaced once a member has it."""


class Kind(Protocol):
    """What a module of this package is to others.

    `FIELDS` maps the names of fields, the sort field first, to whether they are quiet. `CARDS`
    maps the names of card templates to the pair of files (`<file>.front.html`,
    `<file>.back.html`) and the values that they are rendered with.
    """

    FIELDS: Mapping[str, bool]
    CARDS: Mapping[str, tuple[str, Mapping[str, object]]]

    def fill(
        self, question: RenderedQuestion, identity: Identity, words: Words, cards: str, /
    ) -> dict[str, str]:
        """The fields that are not empty."""


def kinds() -> tuple[str, ...]:
    """The names of all kinds, sorted."""
    names = (module.name for module in iter_modules(__path__))
    return tuple(sorted(name for name in names if not name.startswith("_")))


def note_type(
    kind: str,
    deck_name: str,
    uid: str,
    templates: Mapping[str, str],
    words: Words,
    look: Look,
    modified: int,
) -> NoteType:
    """The note type of a kind as one deck has it, in the deck's language.

    `templates` gives the text of template files by path ("choice/question.front.html").
    """
    module = _module(kind)
    common = {"words": words, "look": look, "report": report_prefix(look.report)}

    def side(file: str, values: Mapping[str, object]) -> str:
        return render(templates, f"{kind}/{file}.html", **common, **values)

    return NoteType(
        kind=kind,
        id=note_type_id(uid, kind),
        name=f"{deck_name} ({kind})",
        fields=tuple(
            Field(name, field_id(kind, name), quiet) for name, quiet in module.FIELDS.items()
        ),
        templates=tuple(
            Template(
                name,
                template_id(kind, name),
                side(f"{file}.front", values),
                side(f"{file}.back", values),
            )
            for name, (file, values) in module.CARDS.items()
        ),
        css=render(templates, f"{kind}/style.css", words=words),
        modified=modified,
    )


def fill(
    question: RenderedQuestion, identity: Identity, words: Words, cards: str, kind: str = ""
) -> tuple[str, ...]:
    """The fields of a question's note, in order; `cards` is "both", "questions" or "options".

    `kind` is that of a question whose options are all withdrawn; else the question tells it.
    """
    kind = kind or question.kind
    values = _module(kind).fill(question, identity, words, cards)
    fields = _empty(kind) | values
    assert len(fields) == len(_empty(kind)), values.keys() - _empty(kind).keys()
    return tuple(fields.values())


def user_style(templates: Mapping[str, str]) -> Media:
    """The style sheet that a member may fill, and no later package will touch."""
    return Media(USER_STYLE, templates["shared/user.css"].encode())


def report_prefix(address: str) -> str:
    """The start of a link that opens a report, to which the field `Report` is appended.

    An address of a repository leads to its form for a new issue, an e-mail address to a new
    message, and any other to itself with the report as its query.
    """
    if not address:
        return ""
    if "://" not in address and "@" in address:
        return f"mailto:{address.removeprefix('mailto:')}?subject="
    parts = urlsplit(address)
    if parts.query:
        return address
    if len(parts.path.strip("/").split("/")) < 2:
        return f"{address}?"
    repository = address.rstrip("/").removesuffix(".git")
    if "gitlab" in parts.netloc:
        return f"{repository}/-/issues/new?issue[title]="
    return f"{repository}/issues/new?title="


@cache
def _empty(kind: str) -> dict[str, str]:
    """All fields of a kind, in order."""
    return dict.fromkeys(_module(kind).FIELDS, "")


@cache
def _module(kind: str) -> Kind:
    assert kind in kinds(), f"there is no kind “{kind}”"
    return cast("Kind", import_module(f"{__name__}.{kind}"))

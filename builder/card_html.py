"""Cards as Anki makes them from a note: which exist, and what each side shows.

This is Anki's template language (rslib/src/template.rs) as far as our templates use it: fields,
`{{#Field}}` and `{{^Field}}` sections, `{{FrontSide}}`, `{{text:Field}}`, HTML comments, and the
special fields below. Whatever else the language has is refused, never guessed at. That both
answers equal real Anki's is the law in test_card_html.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from functools import lru_cache

from builder.collection import plain_text, shown_tags
from builder.model import Note, NoteType
from builder.values import Record

SPECIAL_FIELDS = frozenset({"Tags", "Type", "Deck", "Subdeck", "Card"})

_TAG = re.compile(r"\{\{(?P<tag>.*?)\}\}|<!--.*?-->", re.DOTALL)
_EMPTY = re.compile(r"(?:[ \t\n\v\f\r]|</?(?:br|div) ?/?>)*", re.ASCII | re.IGNORECASE)
_BLANK = "\t\n\v\f\r <"


class TemplateError(ValueError):
    """A card template that Anki would refuse, or that is beyond what this module knows."""


class Text(Record):
    """HTML that is shown as it stands; comments are text too."""

    html: str


class Replacement(Record):
    """`{{Field}}`, or with `plain` `{{text:Field}}`."""

    field: str
    plain: bool = False


class Section(Record):
    """`{{#Field}}…{{/Field}}`, or with `inverted` `{{^Field}}…{{/Field}}`."""

    field: str
    inverted: bool
    nodes: tuple[Node, ...]


Node = Text | Replacement | Section


class Sides(Record):
    """What a card shows: the inner HTML of its front and back, without the style sheet."""

    front: str
    back: str


def field_is_empty(html: str) -> bool:
    """Whether Anki takes a field for empty: only white space, `<br>` and `<div>`."""
    return not html or (html[0] in _BLANK and _EMPTY.fullmatch(html) is not None)


@lru_cache(maxsize=256)
def parse(template: str) -> tuple[Node, ...]:
    """The nodes of one side of a card template.

    Raises TemplateError for a section that is not closed, and for syntax we do not use.
    """
    stack: list[tuple[str, bool, list[Node]]] = [("", False, [])]
    at = 0
    for match in _TAG.finditer(template):
        if match["tag"] is None:
            continue  # a comment: what looks like a field in it is text
        _text(stack[-1][2], template[at : match.start()])
        at = match.end()
        sign, name = _classified(match["tag"])
        if sign in ("#", "^"):
            stack.append((name, sign == "^", []))
        elif sign == "/":
            field, inverted, nodes = stack.pop()
            if not stack or field != name:
                raise TemplateError(f"{{{{/{name}}}}} closes {field or 'nothing'}")
            stack[-1][2].append(Section(field, inverted, tuple(nodes)))
        else:
            stack[-1][2].append(_replacement(name))
    _text(stack[-1][2], template[at:])
    if len(stack) > 1:
        raise TemplateError(f"{{{{#{stack[-1][0]}}}}} is not closed")
    return tuple(stack[0][2])


def _text(nodes: list[Node], html: str) -> None:
    if "{{" in re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL):
        raise TemplateError("{{ without }}")
    if html:
        nodes.append(Text(html))


def _classified(tag: str) -> tuple[str, str]:
    name = tag.strip(" \t\n\r")
    if "{" in name or name.startswith("="):
        raise TemplateError(f"not used here: {{{{{tag}}}}}")
    if len(name) > 1 and name[0] in "#^/":
        return name[0], name[1:].lstrip(" \t\n\r")
    return "", name


def _replacement(name: str) -> Replacement:
    *filters, field = name.split(":")
    if filters not in ([], ["text"]) or (filters and field == "FrontSide"):
        raise TemplateError(f"a filter that is not used here: {{{{{name}}}}}")
    return Replacement(field, plain=bool(filters))


def fields_of(nodes: tuple[Node, ...]) -> frozenset[str]:
    """The names that a template mentions, in replacements and sections alike."""
    names = {node.field for node in nodes if not isinstance(node, Text)}
    return frozenset(names).union(
        *(fields_of(node.nodes) for node in nodes if isinstance(node, Section))
    )


def shows_a_field(nodes: tuple[Node, ...], filled: Set[str]) -> bool:
    """Whether a front has content, and so a card exists, when these fields are not empty.

    Text never counts, only a filled field that is shown does (`template_is_empty` in Anki's
    rslib/src/template.rs).
    """
    for node in nodes:
        match node:
            case Replacement(field) if field in filled:
                return True
            case Section(field, inverted, children) if inverted != (field in filled):
                if shows_a_field(children, filled):
                    return True
    return False


CardRule = Callable[[Sequence[str]], tuple[int, ...]]
"""From the fields of a note, as stored, to the numbers (from 0) of the cards that it has."""


@lru_cache(maxsize=32)
def card_rule(note_type: NoteType) -> CardRule:
    """How Anki decides which cards a note of this type has.

    Raises TemplateError, now or from the rule, for a template that names an unknown field or
    whose card hangs on a special field alone: versions of Anki disagree about such a card.
    """
    names = {field.name for field in note_type.fields}
    special = SPECIAL_FIELDS - names
    for template in note_type.templates:
        _check(template.front, names | special)
        _check(template.back, names | special | {"FrontSide"})
    fronts = [parse(template.front) for template in note_type.templates]
    asked = frozenset[str]().union(*map(fields_of, fronts))
    places = [at for at, field in enumerate(note_type.fields) if field.name in asked]
    known: dict[tuple[int, ...], tuple[int, ...]] = {}

    def cards(filled: frozenset[str]) -> tuple[int, ...]:
        exist = [shows_a_field(front, filled) for front in fronts]
        if exist != [shows_a_field(front, filled | special) for front in fronts]:
            raise TemplateError(f"a card of {note_type.name} hangs on a special field alone")
        return tuple(at for at, exists in enumerate(exist) if exists)

    def rule(fields: Sequence[str]) -> tuple[int, ...]:
        assert len(fields) == len(names), f"{note_type.name} has {len(names)} fields"
        filled = tuple([at for at in places if (html := fields[at]) and not field_is_empty(html)])
        if filled not in known:
            known[filled] = cards(frozenset(note_type.fields[at].name for at in filled))
        return known[filled]

    return rule


def _check(template: str, known: Set[str]) -> None:
    if unknown := fields_of(parse(template)) - known:
        raise TemplateError(f"no such field: {', '.join(sorted(unknown))}")


def render(note_type: NoteType, note: Note, ord: int) -> Sides:  # noqa: A002 - Anki's name for it
    """Both sides of the card that template number `ord` makes of a note.

    Anki's live syntax in a field, such as `[sound:…]`, is left as it stands. The card must exist.
    Raises TemplateError for a field that the note type does not have.
    """
    assert ord in card_rule(note_type)(note.fields), f"note {note.guid} has no card {ord}"
    template = note_type.templates[ord]
    values = {
        "Tags": shown_tags(note.tags),
        "Type": note_type.name,
        "Deck": note.deck,
        "Subdeck": note.deck.rpartition("::")[2],
        "Card": template.name,
    } | {field.name: html for field, html in zip(note_type.fields, note.fields, strict=True)}
    front = _rendered(parse(template.front), values)
    return Sides(front, _rendered(parse(template.back), values | {"FrontSide": front}))


def _rendered(nodes: tuple[Node, ...], values: Mapping[str, str]) -> str:
    html = ""
    for node in nodes:
        if isinstance(node, Text):
            html += node.html
        elif isinstance(node, Replacement):
            html += plain_text(values[node.field]) if node.plain else values[node.field]
        elif node.inverted == field_is_empty(values[node.field]):
            html += _rendered(node.nodes, values)
    return html

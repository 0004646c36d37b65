"""The questions as scripts: a page that was opened from a disk may load nothing else.

Each script calls a function of templates/site/js/deck.js or frame.js with plain values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from html import escape

from builder.card_html import Node, Replacement, Text, card_rule, parse
from builder.collection import shown_tags
from builder.diagnostics import Diagnostic
from builder.html import plain
from builder.model import NoteType, RenderedQuestion
from builder.site.content import Item, Site
from builder.site.formulas import typeset
from builder.site.index import index
from builder.site.names import page_names

CHUNK = 40
"""Notes in one script, so that a card needs little to be fetched."""

MOST_PIECES, PER_PIECE = 64, 50
"""Scripts of the index of words, and questions that make one more of them worth its while."""

DISPUTED, UNKEYED, FRESH, ANSWER_CHANGED = 1, 2, 4, 8
"""Marks of a question; deck.js has the same."""


def scripts(site: Site) -> Iterator[tuple[str, Callable[[], str]]]:
    """The path of each script, and what makes its text."""
    tags = sorted({tag for item in site.items for tag in item.note.tags})
    pieces = max(1, min(MOST_PIECES, len(site.items) // PER_PIECE))
    types = {kind.kind: kind for kind in site.deck.note_types}

    def notes(number: int) -> str:
        items = site.items[number * CHUNK : (number + 1) * CHUNK]
        return call("notes", number, [_note(item, types[item.note.kind]) for item in items])

    @cache  # the first search pays for it, not every page of a site that is served
    def lines() -> Mapping[str, str]:
        return index(map(_searched, site.items))

    def words(piece: int) -> str:
        own = {letter: text for letter, text in lines().items() if ord(letter) % pieces == piece}
        return call("lines", own)

    yield "data/deck.js", lambda: call("about", _about(site, tags, pieces))
    yield "data/questions.js", lambda: call("questions", list(_rows(site, tags)))
    for number in range(-(-len(site.items) // CHUNK)):
        yield f"data/notes-{number}.js", partial(notes, number)
    for piece in range(pieces):
        yield f"data/words-{piece}.js", partial(words, piece)
    kinds = {kind: _sides(each) for kind, each in types.items()}
    yield "cards/kinds.js", partial(call, "kinds", kinds)


def call(function: str, *values: object) -> str:
    said = (json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    return f"deck.{function}({','.join(said)});\n"


def _about(site: Site, tags: Sequence[str], pieces: int) -> dict[str, object]:
    texts = {name: text for name, text in site.words.entries.items() if name.startswith("site.")}
    pages = page_names(topic.file for topic in site.topics)
    return {
        "uid": site.deck.uid,
        "name": site.deck.name,
        "language": site.words.language,
        "words": {name.removeprefix("site."): text for name, text in texts.items()},
        "topics": [[topic.title, pages[topic.file]] for topic in site.topics],
        "tags": tags,
        "retired": site.retired,
        "chunk": CHUNK,
        "wordPieces": pieces,
    }


def _rows(site: Site, tags: Sequence[str]) -> Iterator[list[object]]:
    """What lists and filters ask of a question, in the order in which deck.js reads it."""
    numbers = {tag: number for number, tag in enumerate(tags)}
    for at, topic in enumerate(site.topics):
        for item in topic.items:
            yield [
                item.note.guid,
                at,
                shape(site, item),
                len(item.question.options),
                _marks(item),
                typeset(escape(_asked(item.question))),
                [numbers[tag] for tag in item.note.tags],
                [_finding(finding) for finding in item.findings],
            ]


_WIDE = re.compile(r"<(pre|table)\b.*?</\1>", re.DOTALL)


def _asked(question: RenderedQuestion) -> str:
    """A stem for a list: as text, without the code and the tables that only a card has room for."""
    html = question.stem.html
    return (plain(_WIDE.sub("", html)) if _WIDE.search(html) else "") or question.stem.text


def shape(site: Site, item: Item) -> str:
    """How a question is answered: "open", "one" or "several"."""
    if item.note.kind == "open":
        return "open"
    traits = item.note.fields[site.traits_field].split()
    return "several" if "several" in traits else "one"


def _marks(item: Item) -> int:
    return (
        DISPUTED * item.disputed
        | UNKEYED * item.unkeyed
        | FRESH * item.fresh
        | ANSWER_CHANGED * item.answer_changed
    )


def _finding(finding: Diagnostic) -> list[str]:
    place = finding.place
    where = f"{place.path}:{place.line}:{place.column}" if place else ""
    return [finding.rule, finding.severity.value, finding.message, finding.hint, where]


def _searched(item: Item) -> str:
    """All text of a question in which words are looked for."""
    question = item.question
    texts = [question.title, question.stem.text, question.explanation.text, *question.tags]
    for option in question.options:
        texts += [option.text.text, option.reason.text]
    return " ".join(texts)


# Cards ------------------------------------------------------------------------------------------


def _note(item: Item, kind: NoteType) -> dict[str, object]:
    """A note as frame.js fills its card templates with it: the values of all fields by name."""
    note = item.note
    fields = zip(kind.fields, note.fields, strict=True)
    return {
        "kind": note.kind,
        "cards": card_rule(kind)(note.fields),
        "place": item.place,
        "fields": {field.name: typeset(html) for field, html in fields if html}
        | {
            "Tags": shown_tags(note.tags),
            "Type": kind.name,
            "Deck": note.deck,
            "Subdeck": note.deck.rpartition("::")[2],
        },
    }


def _sides(kind: NoteType) -> list[list[object]]:
    """The templates of a note type: name, front and back of each."""
    return [
        [template.name, _nodes(parse(template.front)), _nodes(parse(template.back))]
        for template in kind.templates
    ]


def _nodes(nodes: Sequence[Node]) -> list[object]:
    """A template as frame.js fills it: text, ["Field"], or a section [sign, "Field", nodes]."""
    return [_of(node) for node in nodes]


def _of(node: Node) -> object:
    if isinstance(node, Text):
        return node.html
    if isinstance(node, Replacement):
        assert not node.plain, "frame.js knows no filter"
        return [node.field]
    return ["^" if node.inverted else "#", node.field, _nodes(node.nodes)]

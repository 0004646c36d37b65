"""The note types of a deck, and what of them members may hold already."""

from __future__ import annotations

import json
import marshal
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from builder import kinds
from builder.keeping import Keep, anew
from builder.ledger import Lock
from builder.model import Field, Look, NoteType, Template
from builder.values import astuple
from builder.words import Words


def note_types(
    name: str,
    uid: str,
    templates: Mapping[str, str],
    own: Words,
    look: Look,
    keep: Keep = anew,
) -> dict[str, NoteType]:
    """The note types of all kinds, by kind. To render them takes as long as twenty questions, so
    `keep` may have them from an earlier build."""
    about = repr(("note types", name, uid, sorted(templates.items()), own, look))

    def made() -> bytes:
        found = (kinds.note_type(k, name, uid, templates, own, look, 0) for k in kinds.kinds())
        return marshal.dumps([_packed(each) for each in found])

    kept = keep(sha256(about.encode("utf-8", "surrogatepass")).hexdigest(), made)
    types = map(_unpacked, marshal.loads(kept))  # noqa: S302 - what `made` made
    return {each.kind: each for each in types}


def _packed(made: NoteType) -> tuple[Any, ...]:
    parts = tuple(map(astuple, made.fields)), tuple(map(astuple, made.templates))
    return made.kind, made.id, made.name, *parts, made.css, made.modified


def _unpacked(row: tuple[Any, ...]) -> NoteType:
    kind, number, name, fields, sides, *look = row
    all_fields = tuple(Field(*each) for each in fields)
    return NoteType(kind, number, name, all_fields, tuple(Template(*each) for each in sides), *look)


def look_of(note_type: NoteType) -> str:
    """A hash of what a newer time of the note type would bring to members."""
    sides = [[template.name, template.front, template.back] for template in note_type.templates]
    text = json.dumps([note_type.name, sides, note_type.css], ensure_ascii=False)
    return sha256(text.encode()).hexdigest()[:16]


def schema_of(note_type: NoteType) -> str:
    """A hash of what Anki compares before it takes over a note type or any of its notes.

    Fields and card templates must be as many, and each must have the same id or name
    (`equal_schema` in rslib/src/import_export/package/apkg/import/notes.rs); the sort field is
    the first. test_updates_in_anki.py::test_a_new_schema_stops_every_update shows what else
    happens.
    """
    parts = (note_type.fields, note_type.templates)
    text = json.dumps([[[part.id, part.name] for part in some] for some in parts])
    return sha256(text.encode()).hexdigest()[:16]


def broken_schemas(last: Lock | None, types: Mapping[str, NoteType]) -> tuple[str, ...]:
    """The kinds of note type that members have with another schema."""
    known = {stamp.kind: stamp.schema for stamp in last.stamps if stamp.schema} if last else {}
    return tuple(
        kind for kind, schema in known.items() if kind in types and schema_of(types[kind]) != schema
    )

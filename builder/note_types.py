"""The note types of a deck, and what of them members may hold already."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

from builder import kinds
from builder.ledger import Lock
from builder.model import Look, NoteType
from builder.words import Words


def note_types(
    name: str, uid: str, templates: Mapping[str, str], own: Words, look: Look
) -> dict[str, NoteType]:
    return {
        kind: kinds.note_type(kind, name, uid, templates, own, look, modified=0)
        for kind in kinds.kinds()
    }


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

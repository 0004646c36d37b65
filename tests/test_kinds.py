import json
from pathlib import Path

import pytest
from reviewer import ENGLISH, TEMPLATES

from builder import kinds
from builder.model import Look

GOLDEN = Path(__file__).parent / "golden" / "note_types.json"

FROZEN = """The schema of the note type “{kind}” has changed.

It is frozen for life from the first release. Anki takes a note type with other fields or card
templates for a different one: at the next update every member's old notes are left behind as
“conflicting”, they get no new text any more, and new questions go to a second note type with a
“+” in its name. Undo the change; what is new goes into a reserve field. Only before the first
release may tests/golden/note_types.json be written anew."""


def schema(kind: str) -> dict[str, object]:
    """What Anki compares before it updates a note: fields and card templates by id and order."""
    made = kinds.note_type(kind, "Deck", "uid", TEMPLATES, ENGLISH, Look(), 0)
    return {
        "id": made.id,
        "name": made.name,
        "fields": [f"{each.id} {each.name}" + " (quiet)" * each.quiet for each in made.fields],
        "templates": [f"{each.id} {each.name}" for each in made.templates],
    }


@pytest.mark.parametrize("kind", kinds.kinds())
def test_the_schema_of_a_note_type_is_frozen_for_life(kind):
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert schema(kind) == golden[kind], FROZEN.format(kind=kind)


def test_the_kinds_are_found_without_a_list():
    assert kinds.kinds() == ("choice", "open")

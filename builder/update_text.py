"""Notes as text that Anki imports by guid, without what members add to them.

Importing a package replaces all fields and tags of a note that changed; a text file replaces the
fields that it has columns for. This one has none for tags and for the members' own field, so
those stay as they are. The format: https://docs.ankiweb.net/importing/text-files.html, and
rslib/src/import_export/text/csv/metadata.rs of Anki for what is not said there. That all of it
works is asserted in test_share.py.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from builder.collection import stored_fields
from builder.model import Note, NoteType

PERSONAL = "My Notes"
"""The field that members write in; every kind has it, and no build ever fills it."""


def update_text(note_type: NoteType, notes: Iterable[Note]) -> str:
    """The notes of one type as text. A file can hold one type only.

    Anki maps columns to fields by their names; with a column for the note type it would map them
    by their order, and then no field can be left out.
    """
    places = [at for at, field in enumerate(note_type.fields) if not _left_alone(field.name)]
    # A column after the last one that is a field would be taken for tags, and the sort field is
    # the one that every version of a note type has.
    places = [*places[1:], places[0]]
    names = ["guid", "deck", *(note_type.fields[at].name for at in places)]
    file = StringIO()
    file.write(
        "#separator:tab\n"
        "#html:true\n"
        f"#notetype:{note_type.id}\n"
        "#guid column:1\n"
        "#deck column:2\n"
        "#if matches:update current\n"
        f"#columns:{chr(9).join(names)}\n"
    )
    rows = csv.writer(file, delimiter="\t", lineterminator="\n")
    for note in notes:
        fields = stored_fields(note.fields)
        rows.writerow([note.guid, note.deck, *(fields[at] for at in places)])
    return file.getvalue()


def _left_alone(name: str) -> bool:
    return name == PERSONAL or name.startswith("Reserve ")

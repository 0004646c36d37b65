"""What writing a package costs beside bare rows, and how large it is beside genanki's own file.

    python tests/bench/package.py PACKAGE

Takes the notes of a package of ours and writes them again: as `build-deck` does, by genanki as it
comes, and as bare rows with `sqlite3.executemany` and `zipfile` at the same level of compression,
which is the least that such a file can cost. Prints seconds of processor time and sizes.
"""

import json
import sqlite3
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

import genanki

from builder import apkg
from builder.apkg.archive import LEVEL
from builder.model import Deck, Field, Note, NoteType, Template

TABLES = {
    "notes": "INSERT INTO notes VALUES (?,?,?,?,?,?,?,?,?,?,?)",
    "cards": "INSERT INTO cards VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
}


def read(path: Path) -> tuple[Deck, dict[str, list[tuple]]]:
    """A package as the deck that it was made of, and as rows."""
    with TemporaryDirectory() as folder, ZipFile(path) as archive:
        database = sqlite3.connect(archive.extract("collection.anki2", folder))
        rows = {table: database.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
        col = dict(
            zip(
                ("models", "decks"),
                database.execute("SELECT models, decks FROM col").fetchone(),
                strict=True,
            )
        )
        database.close()
    models = {int(key): model for key, model in json.loads(col["models"]).items()}
    decks = {int(key): deck["name"] for key, deck in json.loads(col["decks"]).items()}
    home = {row[1]: decks[row[2]] for row in reversed(rows["cards"])}
    kinds = {key: model["name"].rpartition("(")[2].rstrip(")") for key, model in models.items()}
    notes = tuple(
        Note(
            id_,
            guid,
            kinds[mid],
            tuple(flds.split("\x1f")),
            tuple(tags.split()),
            home[id_],
            at,
            mod,
        )
        for at, (id_, guid, mid, mod, _, tags, flds, *_) in enumerate(rows["notes"])
    )
    name = min(home.values(), key=len).partition("::")[0]
    return Deck(
        name, name, tuple(_type(kinds[key], model) for key, model in models.items()), notes
    ), rows


def _type(kind: str, model: dict) -> NoteType:
    fields = tuple(Field(each["name"], each["id"], each["collapsed"]) for each in model["flds"])
    sides = tuple(Template(t["name"], t["id"], t["qfmt"], t["afmt"]) for t in model["tmpls"])
    return NoteType(
        kind, int(model["id"]), model["name"], fields, sides, model["css"], model["mod"]
    )


def ours(deck: Deck, rows: object, target: Path) -> None:
    with target.open("wb") as file:
        apkg.write(deck, apkg.batches(deck.notes), file, target.parent)


def bare(deck: Deck, rows: dict[str, list[tuple]], target: Path) -> None:
    path = target.parent / "bare.anki2"
    database = sqlite3.connect(path)
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    genanki.Package([]).write_to_db(database.cursor(), 0.0, iter(()))
    for table, statement in TABLES.items():
        database.executemany(statement, rows[table])
    database.commit()
    database.close()
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        archive.write(path, "collection.anki2")
        archive.writestr("media", "{}")


def by_genanki(deck: Deck, rows: object, target: Path) -> None:
    models = {
        each.kind: genanki.Model(
            each.id,
            each.name,
            fields=[{"name": field.name} for field in each.fields],
            templates=[{"name": t.name, "qfmt": t.front, "afmt": t.back} for t in each.templates],
            css=each.css,
        )
        for each in deck.note_types
    }
    made = genanki.Deck(1, deck.name)
    for note in deck.notes:
        made.add_note(
            genanki.Note(models[note.kind], list(note.fields), guid=note.guid, tags=list(note.tags))
        )
    genanki.Package(made).write_to_file(target)


def main(package: Path) -> None:
    deck, rows = read(package)
    for way in (bare, ours, by_genanki):
        with TemporaryDirectory() as folder:
            target, start = Path(folder, "made.apkg"), time.process_time()
            way(deck, rows, target)
            print(
                f"{way.__name__:12}{time.process_time() - start:9.3f} s {target.stat().st_size / 1e6:9.2f} MB",
                flush=True,
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Packages of all formats, honest ones and hostile ones, as values."""

import json
import sqlite3
import struct
import zipfile
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
import zstandard
from command import python
from conftest import examples
from hostile_databases import database as made_by
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from laws import assert_news_are_told, assert_package_opens_or_says_why
from reviewer import TEMPLATES, note, note_type
from sample_cards import LAYERS, OPEN

from builder import kinds
from builder.apkg import package
from builder.model import Deck, Identity
from builder.opening import NotAPackage, database, open_package, unpacking

HERE = "Слои::Первый"
SEEDS = [
    note(LAYERS, Identity("layers", 0, 0, (1, 2, 3, 4, 5, 6))),
    note(OPEN, Identity("open", 0, 0)),
]


def our_package():
    types = tuple(note_type(kind) for kind in kinds.kinds())
    return package(Deck("Слои", "uid", types, tuple(SEEDS), (kinds.user_style(TEMPLATES),)))


def the_database(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read("collection.anki2")


OURS = our_package()
DATABASE = the_database(OURS)


def zipped(entries, compression=zipfile.ZIP_DEFLATED):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def changed(tmp_path, *statements):
    """Our package after something was done to its database."""
    path = tmp_path / "changed.anki2"
    path.write_bytes(DATABASE)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return zipped({"collection.anki2": path.read_bytes()})


@pytest.fixture
def opened(tmp_path):
    """Opens the bytes of a package, and looks that nothing of it is left."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()

    def open_bytes(content):
        path = tmp_path / "file.apkg"
        path.write_bytes(content)
        try:
            return open_package(path, scratch)
        finally:
            assert not list(scratch.iterdir())

    return open_bytes


def refusal(opened, content):
    with pytest.raises(NotAPackage) as caught:
        opened(content)
    return str(caught.value)


# Honest packages --------------------------------------------------------------------------------


def test_our_package_gives_its_notes_as_they_were(opened):
    found = opened(OURS)
    assert list(found.notes) == ["layers", "open"]
    assert found.cards == 8
    layers = found.notes["layers"]
    fields = dict(zip(kinds.choice.FIELDS, SEEDS[0].fields, strict=True))
    assert layers.fields == fields
    assert layers.first == fields["Stem"]
    assert (layers.note_type, layers.deck) == ("DL + NLP + CV (choice)", "DL + NLP + CV")
    assert (layers.tags, layers.modified) == (SEEDS[0].tags, SEEDS[0].modified)


def test_a_package_of_plain_genanki_is_read_too(tmp_path, opened):
    import genanki

    fields, templates = [{"name": "A"}, {"name": "B"}], [{"name": "c", "qfmt": "{{A}}"}]
    model = genanki.Model(1_500_000_000_000, "Тип", fields, [templates[0] | {"afmt": "{{B}}"}])
    deck = genanki.Deck(1_500_000_000_001, "Тема::Два")
    deck.add_note(genanki.Note(model, ["раз", "два"], tags=["y", "x"], guid="g"))
    genanki.Package(deck).write_to_file(str(tmp_path / "other.apkg"))
    found = opened((tmp_path / "other.apkg").read_bytes()).notes["g"]
    assert (found.note_type, found.deck) == ("Тип", "Тема::Два")
    assert found.fields == {"A": "раз", "B": "два"}
    assert set(found.tags) == {"x", "y"}


@pytest.mark.parametrize("form", ["legacy", "latest", "whole collection"])
def test_what_real_anki_exports_has_the_same_notes(tmp_path, opened, form):
    from real_anki import import_package, new_collection

    (tmp_path / "ours.apkg").write_bytes(OURS)
    out = tmp_path / "out.apkg"
    with new_collection() as collection:
        import_package(collection, tmp_path / "ours.apkg")
        export(collection, out, form)
    with zipfile.ZipFile(out) as archive:
        assert ("collection.anki21" in archive.namelist()) == (form == "legacy")
    assert opened(out.read_bytes()) == opened(OURS)


def export(collection, out, form):
    from anki.collection import ExportAnkiPackageOptions

    if form == "whole collection":
        collection.export_collection_package(str(out), False, False)
        collection.reopen()
        return
    options = ExportAnkiPackageOptions(with_media=True, legacy=form == "legacy")
    collection.export_anki_package(out_path=str(out), options=options, limit=None)


def test_a_card_in_a_filtered_deck_counts_for_its_home(tmp_path, opened):
    away = "UPDATE cards SET odid = did, did = 77"
    assert opened(changed(tmp_path, away)).notes["open"].deck == "DL + NLP + CV"


def test_of_two_notes_with_one_guid_the_first_counts(tmp_path, opened):
    twice = "UPDATE notes SET guid = 'one'"
    found = opened(changed(tmp_path, twice))
    assert list(found.notes) == ["one"]


def test_the_format_is_chosen_as_anki_does(opened):
    """`meta` decides; what else lies in the package is for programs that do not know it."""
    dummy = zipped({})
    newest = zstandard.compress(DATABASE)
    names = ("collection.anki2", "collection.anki21", "collection.anki21b")
    for meta, name, content in (
        (b"\x08\x03", names[2], newest),
        (b"\x08\x02", names[1], DATABASE),
        (b"\x08\x01", names[0], DATABASE),
        (None, names[1], DATABASE),
        (None, names[0], DATABASE),
    ):
        others = dict.fromkeys(names if meta else names[:1], dummy)
        entries = others | {name: content} | ({"meta": meta} if meta else {})
        assert len(opened(zipped(entries)).notes) == 2, name


# What is no package -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not a zip file, or a damaged one"),
        ("Это не колода".encode(), "is not a zip file, or a damaged one"),
        (zipped({}), "holds no collection of Anki's"),
        (zipped({"word/document.xml": "<w/>"}), "holds no collection of Anki's"),
        (zipped({"collection.anki2": b""}), "holds no collection of Anki's"),
        (zipped({"collection.anki2": b"not a database" * 99}), "holds a damaged collection"),
        (zipped({"collection.anki21b": DATABASE}), "holds no collection of Anki's"),
        (
            zipped({"collection.anki2": DATABASE, "meta": b"\x08\x04"}),
            "is of a version of Anki that is not known yet",
        ),
        (
            zipped({"collection.anki2": DATABASE, "meta": b""}),
            "is of a version of Anki that is not known yet",
        ),
        (
            zipped({"collection.anki21b": DATABASE, "meta": b"\x08\x03"}),
            "is a damaged zip file",
        ),
        (
            zipped({"collection.anki2": DATABASE}, zipfile.ZIP_LZMA),
            "is compressed in a way that Anki does not use",
        ),
        (
            zipped({"collection.anki2": DATABASE}, zipfile.ZIP_BZIP2),
            "is compressed in a way that Anki does not use",
        ),
    ],
)
def test_it_is_said_what_a_file_is_instead(opened, content, said):
    assert refusal(opened, content) == said


def test_an_encrypted_package_is_called_so(opened):
    content = bytearray(zipped({"collection.anki2": DATABASE}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(opened, bytes(content)) == "is encrypted"


def test_a_file_that_is_not_there_is_the_disks_fault(tmp_path):
    with pytest.raises(FileNotFoundError):
        open_package(tmp_path / "nowhere.apkg", tmp_path)


# Bombs, and tricks with the archive -------------------------------------------------------------


@pytest.mark.parametrize("claimed", [0, 1, 1 << 31])
def test_the_size_that_a_zip_claims_is_not_believed(opened, monkeypatch, claimed):
    monkeypatch.setattr(unpacking, "LARGEST", 1 << 16)
    content = bytearray(zipped({"collection.anki2": bytes(1 << 24)}))
    for header, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        struct.pack_into("<I", content, content.index(header) + place, claimed)
    assert refusal(opened, bytes(content)) in (
        "holds a collection of more than 0 MB",
        "is a damaged zip file",
    )


@pytest.mark.parametrize("layers", [1, 2])
def test_a_bomb_is_stopped_at_the_limit(opened, monkeypatch, layers):
    monkeypatch.setattr(unpacking, "LARGEST", 1 << 16)
    content = bytes(1 << 28)
    for _ in range(layers):
        content = zstandard.compress(content)
    entries = {"meta": b"\x08\x03", "collection.anki21b": content}
    said = refusal(opened, zipped(entries))
    # One unpacking is all there is: what is packed twice is no database.
    assert said == (
        "holds a collection of more than 0 MB" if layers == 1 else "holds a damaged collection"
    )


def test_a_stream_that_asks_for_gigabytes_of_memory_is_refused(opened):
    window = zstandard.ZstdCompressionParameters(window_log=31, write_content_size=False)
    packer = zstandard.ZstdCompressor(compression_params=window).compressobj()
    stream = packer.compress(DATABASE) + packer.flush()
    said = refusal(opened, zipped({"meta": b"\x08\x03", "collection.anki21b": stream}))
    assert said == "is a damaged zip file"


def test_a_list_of_files_without_end_is_refused_before_it_is_read(opened):
    content = bytearray(zipped({"collection.anki2": DATABASE}))
    end = content.rindex(b"PK\x05\x06")
    content[end:end] = bytes(1 << 25)
    struct.pack_into("<II", content, content.rindex(b"PK\x05\x06") + 12, 1 << 25, end)
    assert refusal(opened, bytes(content)) == "claims to hold too many files"


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/evil", "C:\\evil", "a/../../evil", "collection.anki2/../evil"]
)
def test_names_in_the_archive_lead_nowhere(tmp_path, opened, name):
    before = {path for path in tmp_path.parent.rglob("*evil*") if "test_names" not in path.name}
    content = zipped({name: b"x", "collection.anki2": DATABASE, "media": b'{"0": "../evil"}'})
    assert len(opened(content).notes) == 2
    after = {path for path in tmp_path.parent.rglob("*evil*") if "test_names" not in path.name}
    assert after == before


def test_a_file_name_that_is_not_in_the_encoding_it_claims_is_told(opened):
    content = bytearray(zipped({"imя": b"x", "collection.anki2": DATABASE}))
    for place in (content.index(b"im\xd1"), content.rindex(b"im\xd1")):
        content[place + 2] = 0xFF
    assert refusal(opened, bytes(content)) == "is not a zip file, or a damaged one"


# Hostile databases ------------------------------------------------------------------------------

GENERATED = (
    "ALTER TABLE notes RENAME TO old",
    "CREATE TABLE notes (id INTEGER PRIMARY KEY, guid, mid, mod, tags, flds AS (zeroblob(9999)))",
    "INSERT INTO notes (id, guid) VALUES (1, 'a')",
)


def loose(table):
    """The table anew, with nothing demanded of its columns."""
    copy = f"CREATE TABLE copy AS SELECT * FROM {table}"
    return [copy, f"DROP TABLE {table}", f"ALTER TABLE copy RENAME TO {table}"]


VIRTUAL = ("DROP TABLE notes", "CREATE VIRTUAL TABLE notes USING rtree(id, guid, mid)")


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (["DROP TABLE notes"], "holds no collection of Anki's"),
        (["DROP TABLE col"], "holds no collection of Anki's"),
        (
            ["ALTER TABLE notes RENAME TO n", "CREATE VIEW notes AS SELECT * FROM n"],
            "holds no collection of Anki's",
        ),
        (VIRTUAL, "holds no collection of Anki's"),
        (GENERATED, "holds a collection of no known version"),
        (["ALTER TABLE notes RENAME COLUMN flds TO f"], "holds a collection of no known version"),
        (["DELETE FROM col"], "holds a collection of no known version"),
        ([*loose("col"), "UPDATE col SET models = NULL"], "holds a collection of no known version"),
        (["UPDATE col SET models = '[]'"], "holds a collection of no known version"),
        (["UPDATE col SET models = ''"], "holds a damaged collection"),
        (["UPDATE col SET models = '{'"], "holds a damaged collection"),
        (["UPDATE col SET models = '" + "[" * 100_000 + "'"], "holds a damaged collection"),
        (['UPDATE col SET models = \'{"1":' + "9" * 9_999 + "}'"], "holds a damaged collection"),
    ],
)
def test_a_database_that_is_no_collection_is_refused(tmp_path, opened, statements, said):
    assert refusal(opened, changed(tmp_path, *statements)) == said


def test_names_that_are_missing_or_of_another_sort_do_no_harm(tmp_path, opened):
    decks = {"1": {"name": ["list"]}, "2": "text", "x": {}, "9" * 5000: {"name": "y"}}
    models = {"1": {"flds": {"a": 1}}, "-7": {"name": None, "flds": [1, {"nome": 2}]}}
    given = "UPDATE col SET decks = '{}', models = '{}'"
    found = opened(changed(tmp_path, given.format(json.dumps(decks), json.dumps(models))))
    assert found.notes["open"].deck == ""
    assert list(found.notes["open"].fields)[:2] == ["Field 1", "Field 2"]


@pytest.mark.parametrize("number", [0, -1, 2**63 - 1, -(2**63), "'x'", "x'ff'", "NULL", "1e300"])
@pytest.mark.parametrize("column", ["mid", "mod"])
def test_a_number_may_be_any(tmp_path, opened, column, number):
    odd = f"UPDATE notes SET {column} = {number}"
    assert list(opened(changed(tmp_path, *loose("notes"), odd)).notes) == ["layers", "open"]


@pytest.mark.parametrize("number", [0, -1, 2**63 - 1, -(2**63)])
def test_an_id_may_be_any(tmp_path, opened, number):
    statements = [
        f"UPDATE notes SET id = {number} WHERE guid = 'open'",
        f"UPDATE cards SET nid = {number}, did = {number}, odid = {number}",
    ]
    assert opened(changed(tmp_path, *statements)).notes["open"].deck == ""


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("CAST(x'd09fd1' AS TEXT)", "П\ufffd"),
        ("x'd09f'", "П"),
        ("CAST(x'eda080' AS TEXT)", "\ufffd\ufffd\ufffd"),
        ("'a' || char(0) || 'b'", "a\0b"),
        ("NULL", ""),
        ("12.5", "12.5"),
    ],
)
def test_text_may_be_anything(tmp_path, opened, value, shown):
    odd = f"UPDATE notes SET flds = {value}, tags = {value}"
    found = opened(changed(tmp_path, *loose("notes"), odd))
    assert found.notes["open"].first == shown


def test_half_a_character_in_a_name_can_be_printed(tmp_path, opened):
    deck = "UPDATE col SET decks = replace(decks, '\"DL + NLP + CV\"', '\"\\ud83d\"')"
    opened(changed(tmp_path, deck)).notes["open"].deck.encode()


def test_more_notes_than_any_group_has_are_refused(tmp_path, opened, monkeypatch):
    monkeypatch.setattr(database, "MOST_NOTES", 1)
    assert refusal(opened, OURS) == "holds more than 1 notes"
    monkeypatch.setattr(database, "MOST_CARDS", 3)
    assert refusal(opened, OURS) == "holds more than 3 cards"


def test_a_text_that_a_small_file_gives_for_every_note_is_counted(tmp_path, opened, monkeypatch):
    monkeypatch.setattr(database, "LARGEST_TEXT", 1 << 20)
    many = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999)"
        " INSERT INTO notes SELECT i, i, 1, 1 FROM n"
    )
    content = changed(
        tmp_path,
        "DROP TABLE notes",
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, guid, mid, mod)",
        many,
        f"ALTER TABLE notes ADD COLUMN flds DEFAULT '{'x' * 10_000}'",
        "ALTER TABLE notes ADD COLUMN tags",
    )
    assert refusal(opened, content) == "holds notes of more than 1 MB"


def test_a_database_that_takes_too_long_is_left(opened, monkeypatch):
    monkeypatch.setattr(database, "STEPS", 10)
    monkeypatch.setattr(database, "MOST_STEPS", 20)
    assert refusal(opened, OURS) == "holds a damaged collection"


def test_a_database_that_takes_too_much_memory_is_left(tmp_path):
    (tmp_path / "a.apkg").write_bytes(OURS)
    done = python("-c", WITH_LITTLE_MEMORY, cwd=tmp_path)
    assert done.out == "holds a collection that takes too much memory\n", done.err


WITH_LITTLE_MEMORY = """
from pathlib import Path
from builder import opening
from builder.opening import database
database.LARGEST_HEAP = 100_000  # of the process, and for as long as it lives
try:
    opening.open_package(Path("a.apkg"), Path())
except opening.NotAPackage as error:
    print(error)
"""


def test_a_note_of_separators_has_no_more_fields_than_one_can_look_at(tmp_path, opened):
    content = changed(tmp_path, "UPDATE notes SET flds = replace(hex(zeroblob(9999)), '0', x'1f')")
    assert len(opened(content).notes["open"].fields) == 1_001


# Damage -----------------------------------------------------------------------------------------

MADE = {
    "ours": OURS,
    "anki21": zipped({"collection.anki21": DATABASE, "media": b"{}"}),
    "anki21b": zipped({"meta": b"\x08\x03", "collection.anki21b": zstandard.compress(DATABASE)}),
}
LAW = settings(examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("form", MADE)
@LAW
@given(share=st.floats(0, 1))
def test_a_package_cut_short_is_refused(opened, form, share):
    content = MADE[form]
    with pytest.raises(NotAPackage):
        opened(content[: int(share * (len(content) - 1))])


@pytest.mark.parametrize("form", MADE)
@LAW
@given(bits=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 7)), max_size=20))
def test_flipped_bits_of_a_package_are_told_or_harmless(tmp_path, form, bits):
    content = bytearray(MADE[form])
    for share, bit in bits:
        content[int(share * len(content))] ^= 1 << bit
    assert_package_opens_or_says_why(bytes(content), tmp_path)


@LAW
@given(
    damage=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=8)), max_size=30
    )
)
@example(damage=[(0.0004, b"\xff\xff")])
def test_a_database_with_damaged_pages_is_told_or_harmless(tmp_path, damage):
    content = bytearray(DATABASE)
    for share, piece in damage:
        at = int(share * len(content))
        content[at : at + len(piece)] = piece
    made = zipped({"collection.anki2": bytes(content)}, zipfile.ZIP_STORED)
    assert_package_opens_or_says_why(made, tmp_path)


@LAW
@given(schema=st.binary(min_size=1, max_size=60))
@example(schema=b"CREATE \xff\xfe nonsense")  # SQLite's message quotes it
def test_a_schema_of_any_bytes_is_told_or_harmless(tmp_path, schema):
    at = DATABASE.index(b"CREATE TABLE notes")
    content = DATABASE[:at] + schema + DATABASE[at + len(schema) :]
    made = zipped({"collection.anki2": content}, zipfile.ZIP_STORED)
    assert_package_opens_or_says_why(made, tmp_path)


def assert_a_comparison_is_told(content, folder):
    package = zipped({"collection.anki2": made_by(content)}, zipfile.ZIP_STORED)
    ours = assert_package_opens_or_says_why(OURS, folder)
    if found := assert_package_opens_or_says_why(package, folder):
        assert_news_are_told(ours, found)
        assert_news_are_told(found, ours)


@LAW
@given(content=st.binary(max_size=200))
def test_a_collection_of_any_making_is_compared_or_refused(tmp_path, content):
    assert_a_comparison_is_told(content, tmp_path)


def test_collections_that_reached_new_code_when_fuzzed_are_compared_or_refused(tmp_path):
    kept = (Path(__file__).parent / "hostile_databases.txt").read_text(encoding="ascii").split()
    assert len(kept) > 50
    for each in kept:
        assert_a_comparison_is_told(bytes.fromhex(each), tmp_path)


@LAW
@given(content=st.binary(max_size=300))
def test_any_bytes_are_told(opened, content):
    with pytest.raises(NotAPackage):
        opened(content)

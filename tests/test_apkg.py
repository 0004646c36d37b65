"""Packages: what goes in, what real Anki makes of them, and that bytes depend on nothing else."""

import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from conftest import examples, lacking
from hypothesis import given
from hypothesis import strategies as st
from real_anki import answer, contents, import_package, new_collection, sides, verify

from builder.apkg import batches, package, refused_name, write
from builder.apkg.rows import A_DAY, dues
from builder.ids import field_id, note_id, note_type_id, question_guid, template_id
from builder.model import SLOTS, Batch, Deck, Field, Media, Note, NoteType, Template
from builder.values import replace

TESTS = Path(__file__).parent
UID = "8a51"
PIXEL = bytes.fromhex(  # a PNG of one grey point
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c6368000000820081cf1b1f7b0000000049454e44ae426082"
)
RELEASED = 1_700_000_000


def note_type(kind: str, fields: list[str], cards: dict[str, tuple[str, str]]) -> NoteType:
    return NoteType(
        kind=kind,
        id=note_type_id(UID, kind),
        name=f"Сети ({kind})",
        fields=tuple(Field(name, field_id(kind, name), name.endswith("9")) for name in fields),
        templates=tuple(
            Template(name, template_id(kind, name), front, back)
            for name, (front, back) in cards.items()
        ),
        css=".card { color: black }",
        modified=RELEASED,
    )


OPTIONS = range(1, SLOTS + 1)


def for_each_option(template: str) -> str:
    return "".join(template.replace("№", str(n)) for n in OPTIONS)


OPTION_FRONT = "{{#Option №}}<p>{{Subdeck}}</p>{{Stem}} {{Option №}}?{{/Option №}}"
OPTION_BACK = "{{FrontSide}}<hr id=answer>{{Verdict №}} {{Why №}}{{^Why №}}—{{/Why №}}"
CHOICE = note_type(
    "choice",
    ["Stem", *(f"{name} {n}" for n in OPTIONS for name in ("Option", "Verdict", "Why"))],
    {
        "Question": (
            "{{Stem}}" + for_each_option("{{#Option №}}<p>{{Option №}}</p>{{/Option №}}"),
            "{{FrontSide}}<hr id=answer>" + for_each_option("{{Why №}}"),
        )
    }
    | {
        f"Option {n}": (OPTION_FRONT.replace("№", str(n)), OPTION_BACK.replace("№", str(n)))
        for n in OPTIONS
    },
)
OPEN = note_type(
    "open", ["Stem", "Answer"], {"Question": ("{{Stem}}", "{{FrontSide}}<hr id=answer>{{Answer}}")}
)


def note(kind: NoteType, deck: str, position: int, *fields: str) -> Note:
    guid = question_guid(UID, deck, fields[0])
    return Note(
        id=note_id(guid),
        guid=guid,
        kind=kind.kind,
        fields=fields + ("",) * (len(kind.fields) - len(fields)),
        tags=("Сети", "dropout"),
        deck=deck,
        position=position,
        modified=RELEASED + position,
    )


def choice(deck: str, position: int, stem: str, *options: str) -> Note:
    answers = [text for each in options for text in (each, "wrong", f"<p>Why {each}</p>")]
    return note(CHOICE, deck, position, stem, *answers)


DECK = Deck(
    name="Экзамен",
    uid=UID,
    note_types=(CHOICE, OPEN),
    notes=(
        choice("Экзамен::Сети", 0, "<p>Что обновляется?</p>", "MaxPooling", "Dropout", "ReLU"),
        choice("Экзамен::Сети", 1, "<p>2 &lt; 3?</p>", *(f"option {n}" for n in OPTIONS)),
        note(OPEN, "Экзамен::Сети", 2, "<p>Что это? <img src='ab12.png'></p>", "<p>\\(x^2\\)</p>"),
        note(OPEN, "Экзамен::NLP::BERT", 0, "<p>Bert, e\u0301crit\r\n</p>", "<p>Yes</p>"),
    ),
    media=(Media("ab12.png", PIXEL), Media("_user.css", b"/* yours */")),
    descriptions={"Экзамен": "**Все** вопросы", "Экзамен::NLP": "Языки"},
)
CARDS = [4, 13, 1, 1]


@pytest.fixture
def built(tmp_path):
    path = tmp_path / "exam.apkg"
    path.write_bytes(package(DECK))
    return path


@pytest.fixture
def imported(built):
    with new_collection() as collection:
        import_package(collection, built)
        yield collection


def collection_of(content: bytes) -> sqlite3.Connection:
    """The database in a package."""
    database = sqlite3.connect(":memory:")
    with ZipFile(BytesIO(content)) as archive:
        database.deserialize(archive.read("collection.anki2"))
    return database


# What real Anki makes of it


def test_anki_finds_nothing_wrong(built):
    assert verify(built) == []


def test_anki_finds_nothing_wrong_with_an_update(built, tmp_path):
    first, *others = DECK.notes
    reworded = replace(first, fields=("<p>Reworded</p>", *first.fields[1:]), modified=RELEASED + 99)
    longer = replace(DECK, notes=(reworded, *others, choice("Экзамен::Сети", 3, "New", "a", "b")))
    update = tmp_path / "update.apkg"
    update.write_bytes(package(longer))
    assert verify(built, update) == []


def test_anki_of_2023_finds_nothing_wrong(built):
    python = os.environ.get("BUILD_DECK_OLD_ANKI")
    if not python:
        lacking("BUILD_DECK_OLD_ANKI names no Python that has anki 23.12.1")
    command = [python, TESTS / "real_anki.py", built, built]
    found = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert answer(found) == []


def test_anki_has_every_note_with_its_cards(imported):
    expected = {note.guid: cards for note, cards in zip(DECK.notes, CARDS, strict=True)}
    counted = "select guid, count() from notes n, cards c where c.nid = n.id group by guid"
    assert dict(imported.db.all(counted)) == expected


def test_anki_keeps_the_ids_of_notes_and_cards(imported):
    expected = [
        each.id + ord_
        for each, cards in zip(DECK.notes, CARDS, strict=True)
        for ord_ in range(cards)
    ]
    assert imported.db.list("select id from cards order by id") == sorted(expected)


def test_anki_stores_what_the_package_holds(imported):
    with closing(collection_of(package(DECK))) as packaged:
        query = "select id,guid,mid,mod,tags,flds,sfld,csum from notes"
        assert list(map(list, packaged.execute(query))) == contents(imported)["notes"]
        query = "select id,nid,ord,type,queue,due,ivl,factor,reps,flags,mod from cards"
        assert list(map(list, packaged.execute(query))) == imported.db.all(query)


def test_anki_shows_the_decks_as_a_tree(imported):
    names = [each.name for each in imported.decks.all_names_and_ids()]
    tree = ["Экзамен", "Экзамен::NLP", "Экзамен::NLP::BERT", "Экзамен::Сети"]
    assert names == ["Default", *tree]


def test_anki_shows_descriptions_as_markdown(imported):
    deck = imported.decks.by_name("Экзамен")
    assert (deck["desc"], deck["md"]) == ("**Все** вопросы", True)


def test_anki_follows_fields_and_templates_by_their_ids(imported):
    found = imported.models.get(CHOICE.id)
    assert [each["id"] for each in found["flds"]] == [each.id for each in CHOICE.fields]
    assert [each["id"] for each in found["tmpls"]] == [each.id for each in CHOICE.templates]
    assert found["mod"] == CHOICE.modified


def test_quiet_fields_are_collapsed_and_left_out_of_searches(imported):
    fields = imported.models.get(CHOICE.id)["flds"]
    quiet = [field["name"] for field in fields if field["collapsed"]]
    assert quiet == [field["name"] for field in fields if field["excludeFromSearch"]]
    assert quiet == [field.name for field in CHOICE.fields if field.quiet]


def test_a_card_shows_its_option(imported):
    first = DECK.notes[0]
    front = "<p>Сети</p><p>Что обновляется?</p> Dropout?"
    back = f"{front}<hr id=answer>wrong <p>Why Dropout</p>"
    assert sides(imported, first.id + 2) == (front, back)


def test_importing_an_unchanged_package_again_changes_nothing(imported, built):
    before = contents(imported)
    log = import_package(imported, built)
    assert log == {"new": 0, "updated": 0, "duplicate": 4, "conflicting": 0}
    assert contents(imported) == before


def test_a_note_modified_later_is_updated_and_keeps_its_ids(imported, tmp_path):
    first, *others = DECK.notes
    later = replace(first, fields=("<p>New</p>", *first.fields[1:]), modified=first.modified + 1)
    update = tmp_path / "update.apkg"
    update.write_bytes(package(replace(DECK, notes=(later, *others))))
    before = contents(imported)
    log = import_package(imported, update)
    assert log == {"new": 0, "updated": 1, "duplicate": 3, "conflicting": 0}
    assert imported.get_note(first.id)["Stem"] == "<p>New</p>"
    assert contents(imported)["cards"] == before["cards"]


def media_of(collection) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(collection.media.dir()).iterdir()}


def with_media(name: str, content: bytes, modified: int) -> Deck:
    """The deck when its picture has changed, and with it the text that shows it."""
    first, second, third, last = DECK.notes
    fields = (third.fields[0].replace("ab12.png", name), *third.fields[1:])
    changed = replace(third, fields=fields, modified=modified)
    media = (Media(name, content), Media("_user.css", b"/* ours */"))
    return replace(DECK, notes=(first, second, changed, last), media=media)


def test_media_keep_their_names(imported, tmp_path):
    path = tmp_path / "update.apkg"
    path.write_bytes(package(with_media("cd34.png", PIXEL + b"new", RELEASED + 9)))
    import_package(imported, path)
    expected = {"_user.css": b"/* yours */", "ab12.png": PIXEL, "cd34.png": PIXEL + b"new"}
    assert media_of(imported) == expected
    assert "cd34.png" in imported.get_note(DECK.notes[2].id)["Stem"]


def test_a_picture_that_changes_under_its_old_name_is_renamed_by_anki(imported, tmp_path):
    path = tmp_path / "update.apkg"
    path.write_bytes(package(with_media("ab12.png", PIXEL + b"new", RELEASED + 9)))
    import_package(imported, path)
    assert media_of(imported)["ab12.png"] == PIXEL
    assert "ab12.png" not in imported.get_note(DECK.notes[2].id)["Stem"]


def test_a_file_with_an_underscore_is_never_replaced(imported, tmp_path):
    own = Path(imported.media.dir()) / "_user.css"
    own.write_bytes(b"/* mine */")
    path = tmp_path / "update.apkg"
    path.write_bytes(package(with_media("cd34.png", PIXEL, RELEASED + 9)))
    import_package(imported, path)
    assert own.read_bytes() == b"/* mine */"


def test_the_first_days_show_twenty_questions_each_and_then_come_their_first_options(tmp_path):
    notes = tuple(choice("Any", k, f"{k}?", "a", "b") for k in range(40))
    path = tmp_path / "any.apkg"
    path.write_bytes(package(replace(DECK, name="Any", notes=notes, descriptions={}, media=())))
    with new_collection() as collection:
        import_package(collection, path)
        query = "select nid, ord from cards order by due"
        rows = [tuple(row) for row in collection.db.all(query)]
        collection.decks.set_current(collection.decks.id("Any"))
        queued = [each.card for each in collection.sched.get_queued_cards(fetch_limit=20).cards]
    ids = [each.id for each in notes[:20]]
    assert [(card.note_id, card.template_idx) for card in queued] == [(each, 0) for each in ids]
    assert rows[20:40] == [(each.id, 0) for each in notes[20:]]
    assert rows[40:60] == [(each, 1) for each in ids]


def test_no_two_cards_of_a_question_come_on_one_day_until_the_last_questions_began():
    """Whatever number of cards each has; at the end only what is left can come."""
    draw = random.Random(3)
    cards = [(note, ord_) for note in range(600) for ord_ in range(draw.randint(1, SLOTS + 1))]
    cards.sort(key=lambda card: dues(card[0], card[1:]))
    begun = cards.index((599, 0))
    seen: dict[int, int] = {}
    apart = []
    for at, (note, _) in enumerate(cards[:begun]):
        apart.append(at - seen.get(note, -A_DAY))
        seen[note] = at
    assert min(apart) >= A_DAY


def test_new_cards_never_stand_where_check_database_moves_them():
    assert dues(100_000, [SLOTS]) == [999_999]


FIELD = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "&amp;", "&", "12", " ", "\r\n", "e\u0301", "<br>", "\x1f", "\x00"]
    )
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=3),
    max_size=5,
).map("".join)


@examples(25)
@given(st.lists(st.tuples(FIELD, FIELD), min_size=1, max_size=4))
def test_anki_stores_any_text_as_the_package_holds_it(tmp_path_factory, texts):
    notes = [note(OPEN, "Any", k, f"{k}{stem}", answer) for k, (stem, answer) in enumerate(texts)]
    content = package(replace(DECK, name="Any", notes=tuple(notes), descriptions={}))
    path = tmp_path_factory.mktemp("any") / "any.apkg"
    path.write_bytes(content)
    with new_collection() as collection, closing(collection_of(content)) as packaged:
        import_package(collection, path)
        query = "select id,guid,mid,mod,tags,flds,sfld,csum from notes"
        assert list(map(list, packaged.execute(query))) == contents(collection)["notes"]


# That `verify` can find something wrong

BROKEN = [
    ("DELETE FROM cards", "has no cards"),
    ("DELETE FROM cards WHERE ord = 2", "Check Database changed cards"),
    ("UPDATE cards SET due = 2000000", "Check Database changed cards"),
    ("UPDATE notes SET flds = replace(flds, 'ReLU', '<br>')", "front of this card is blank"),
    ("UPDATE notes SET flds = replace(flds, 'ReLU', '<br>')", "has empty cards"),
    ("UPDATE notes SET flds = replace(flds, 'ab12', 'cd34')", "missing media: cd34.png"),
    ("UPDATE notes SET guid = 'same'", "two notes have the guid same"),
    ("UPDATE col SET models = replace(models, '{{Option 2}}', '{{Opt}}')", "has a problem"),
    ("UPDATE notes SET flds = replace(flds, 'ReLU', '[latex]x[/latex]')", "image generation"),
]


def changed(package: Path, sql: str) -> Path:
    """A copy of a package in whose database a statement was run."""
    with ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(files["collection.anki2"])
        database.execute(sql)
        database.commit()
        files["collection.anki2"] = database.serialize()
    copy = package.with_name("changed.apkg")
    with ZipFile(copy, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return copy


@pytest.mark.parametrize(("sql", "fault"), BROKEN)
def test_a_broken_package_is_found_out(built, sql, fault):
    assert fault in "\n".join(verify(changed(built, sql)))


def with_choice(type_: NoteType) -> Deck:
    """The deck with another note type for its choices, and each note with all its fields."""
    notes = (
        replace(each, fields=each.fields + ("",) * (len(type_.fields) - len(each.fields)))
        if each.kind == type_.kind
        else each
        for each in DECK.notes
    )
    return replace(DECK, note_types=(type_, OPEN), notes=tuple(notes))


ONE_FIELD_MORE = replace(CHOICE, fields=(*CHOICE.fields, Field("More", 7)))
ONE_CARD_MORE = replace(CHOICE, templates=(*CHOICE.templates, Template("More", 8, "{{Stem}}", "")))

BROKEN_UPDATES = [
    (with_choice(ONE_FIELD_MORE), "the update leaves 2 notes behind"),
    (with_choice(ONE_FIELD_MORE), "the update changed the note types"),
    (with_choice(ONE_CARD_MORE), "the update leaves 2 notes behind"),
]


@pytest.mark.parametrize(("update", "fault"), BROKEN_UPDATES)
def test_a_broken_update_is_found_out(built, tmp_path, update, fault):
    path = tmp_path / "update.apkg"
    path.write_bytes(package(update))
    assert fault in verify(built, path)


def test_an_update_that_leaves_an_empty_card_is_found_out(built):
    sql = "UPDATE notes SET mod = mod + 9, flds = replace(flds, 'ReLU', '')"
    assert "has empty cards" in "\n".join(verify(built, changed(built, sql)))


def test_a_field_may_be_renamed_while_its_id_stays(built, tmp_path):
    fields = (replace(CHOICE.fields[0], name="Prompt"), *CHOICE.fields[1:])
    templates = tuple(
        replace(each, front=each.front.replace("Stem", "Prompt")) for each in CHOICE.templates
    )
    renamed = replace(CHOICE, fields=fields, templates=templates, modified=RELEASED + 1)
    path = tmp_path / "renamed.apkg"
    path.write_bytes(package(with_choice(renamed)))
    assert verify(built, path) == []


# Bytes

BUILD = "import sys, test_apkg; sys.stdout.buffer.write(test_apkg.package(test_apkg.DECK))"


def test_bytes_depend_on_neither_hash_seed_nor_folder_nor_day(tmp_path):
    def built_with(seed: str, folder: Path) -> bytes:
        folder.mkdir()
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)]),
            "TZ": f"UTC-{seed}",
        }
        command = [sys.executable, "-c", BUILD]
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, check=True
        ).stdout

    one, other = built_with("1", tmp_path / "one"), built_with("2", tmp_path / "other")
    assert one == other == package(DECK)


def test_a_streamed_package_is_the_same(tmp_path):
    file = BytesIO()
    write(replace(DECK, notes=()), batches(iter(DECK.notes)), file, tmp_path)
    assert file.getvalue() == package(DECK)
    assert list(tmp_path.iterdir()) == []


def test_the_order_in_which_batches_are_done_does_not_matter(tmp_path):
    file = BytesIO()

    def backwards(function, items):
        return [function(item) for item in items][::-1]

    write(DECK, batches(DECK.notes), file, tmp_path, spread=backwards)
    assert file.getvalue() == package(DECK)


def test_parts_that_are_the_same_as_before_are_not_made_again(tmp_path):
    chance = random.Random(0)
    texts = [" ".join(f"{chance.random()}" for _ in range(99)) for _ in range(900)]
    known: dict[str, bytes] = {}
    made = []

    def keep(key, make):
        if key not in known:
            made.append(key)
            known[key] = make()
        return known[key]

    for again in (False, True):
        texts[500] += " more" * again
        made.clear()
        notes = [note(OPEN, "Экзамен", n, f"{n}", text) for n, text in enumerate(texts)]
        deck, file = replace(DECK, notes=notes), BytesIO()
        keyed = [
            Batch("Экзамен", notes[at : at + 90], repr(notes[at : at + 90]))
            for at in range(0, 900, 90)
        ]
        write(deck, keyed, file, tmp_path, keep)
        assert file.getvalue() == package(deck)
        assert ZipFile(file).testzip() is None
        assert 0 < len(made) < 5 if again else len(made) > 10


def test_a_package_without_room_for_its_database_is_an_error_of_the_disk(tmp_path):
    with pytest.raises(OSError, match="unable to open"):
        write(DECK, batches(DECK.notes), BytesIO(), tmp_path / "nowhere")


def test_the_order_of_media_does_not_matter():
    assert package(replace(DECK, media=DECK.media[::-1])) == package(DECK)


def test_a_package_is_compressed_but_for_pictures():
    with ZipFile(BytesIO(package(DECK))) as archive:
        methods = {
            entry.filename: entry.compress_type == ZIP_DEFLATED for entry in archive.infolist()
        }
    assert methods == {"collection.anki2": True, "media": True, "0": True, "1": False}


# What must not be packaged


def test_decks_whose_names_differ_in_case_are_one(tmp_path):
    notes = (choice("Экзамен::a", 0, "one", "x"), choice("экзамен::A::b", 0, "two", "x"))
    path = tmp_path / "case.apkg"
    path.write_bytes(package(replace(DECK, notes=notes, media=(), descriptions={})))
    with new_collection() as collection:
        import_package(collection, path)
        names = [each.name for each in collection.decks.all_names_and_ids()]
    assert names == ["Default", "Экзамен", "Экзамен::a", "Экзамен::a::b"]
    assert verify(path) == []


FAULTY = [
    (DECK.notes[:1] * 2, "two notes have the guid"),
    ([replace(DECK.notes[0], deck="Экзамен:: x")], "not the name of a deck"),
    ([replace(DECK.notes[0], fields=("x",))], "has 37 fields"),
    ([choice("Экзамен", 0, "<br>")], "has no card"),
    ([replace(DECK.notes[0], tags=("two words",))], "a tag with a space"),
]


@pytest.mark.parametrize(("notes", "message"), FAULTY)
def test_a_note_that_anki_would_damage_is_refused(notes, message):
    with pytest.raises(AssertionError, match=message):
        package(replace(DECK, notes=tuple(notes)))


@pytest.mark.parametrize(
    "name", ["../a.png", "A.png", "a b.png", "", "con.png", "x" * 101 + ".png"]
)
def test_media_with_a_name_that_anki_would_change_is_refused(name):
    with pytest.raises(AssertionError, match="not a safe name"):
        package(replace(DECK, media=(Media(name, b""),)))


@pytest.mark.parametrize(
    "name", ["collection.apkg", "Collection.APKG", "backup-2024.apkg", "BACKUP-x.apkg", "a.colpkg"]
)
def test_a_name_under_which_anki_would_replace_the_collection_is_refused(name):
    assert "whole collection" in str(refused_name(name))


@pytest.mark.parametrize(
    "name", ["exam.apkg", "my-backup-1.apkg", "collection-2.apkg", "backup.apkg"]
)
def test_other_names_are_fine(name):
    assert refused_name(name) is None

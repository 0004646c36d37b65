"""What a group gets: the package, what is new, how to import it, and text to update from."""

import csv
import os
import random
import re
import subprocess
from io import StringIO

import pytest
from command import build_deck
from conftest import lacking
from real_anki import new_collection
from reviewer import ENGLISH, RUSSIAN, TEMPLATES, chromium
from study_group import Maintainer, Member, lost

from builder import kinds, opening, sharing
from builder.apkg import package
from builder.ids import note_id
from builder.model import Deck, Note
from builder.update_text import PERSONAL, update_text
from builder.versions import Version, description, version_line

DAY = 1_700_000_000
NEW_QUESTION = "# Новое\n\n**Что такое батч?**\n\n* ✅ Часть выборки\n* ❌ Слой\n* ❌ Эпоха\n"


class Group:
    """Two releases of a deck, and all that was shared with the second."""

    def __init__(self, folder):
        self.maintainer = Maintainer(folder)
        self.old_deck = self.maintainer.deck()
        self.old = self.maintainer.write(self.old_deck)
        self.maintainer.edit(
            "слои.md",
            ("* ❌ Меняет знак", "* ✅ Меняет знак\n* ❌ Новый вариант"),
            ("## Задание 3\n\n**Сколько обучаемых параметров у слоя Flatten?**", ""),
            ("\n* ❌ Столько же, сколько входов\n* ✅ Ни одного\n", ""),
        )
        self.maintainer.texts["новое.md"] = NEW_QUESTION
        self.deck = self.maintainer.deck()
        self.new = self.maintainer.write(self.deck)
        self.folder = folder
        self.files = self.beside(self.old)

    def opened(self, path):
        return opening.open_package(path, self.folder)

    def beside(self, old, words=RUSSIAN):
        version = Version("2026.11", DAY)
        old = self.opened(old) if old else None
        new = self.opened(self.new)
        return sharing.beside("Сети.apkg", self.deck, version, old, new, words, TEMPLATES)

    def texts(self):
        """The texts to update from, as files."""
        for name, content in self.files.items():
            if name.endswith(".txt"):
                (self.folder / name).write_bytes(content)
                yield self.folder / name


@pytest.fixture
def group(tmp_path):
    return Group(tmp_path)


@pytest.fixture
def member(group):
    """Who imported the first release, studies, and writes notes of their own."""
    with new_collection() as collection:
        member = Member(collection)
        member.imports(group.old)
        member.studies()
        for stem in ("ReLU", "Flatten", "слои не обновляются"):
            member.writes(stem, PERSONAL, f"моё о {stem}\tи ещё\nстрока", tag="экзамен")
        yield member


def import_text(collection, path):
    """Imports a text as Anki's window does when nothing is changed in it."""
    from anki.collection import ImportCsvRequest

    read = collection.get_csv_metadata(str(path), None)
    assert read.tags_column == 0, "a column was taken for tags"
    log = collection.import_csv(ImportCsvRequest(path=str(path), metadata=read)).log
    collection.models._clear_cache()
    counted = {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate")}
    faults = ("conflicting", "missing_notetype", "missing_deck", "empty_first_field")
    assert not any(len(getattr(log, name)) for name in faults), log
    return counted


def kept(member):
    """What is the member's own on the notes of the fixture."""
    notes = [member.note(stem) for stem in ("ReLU", "Flatten", "слои не обновляются")]
    return [(note[PERSONAL], "экзамен" in note.tags) for note in notes]


# The text to update from, in real Anki -----------------------------------------------------------


def test_text_arrives_and_notes_tags_and_schedule_stay(group, member):
    before, own = member.holds(), kept(member)
    log = [import_text(member.collection, path) for path in group.texts()]
    assert log[0] == {"new": 0, "updated": 2, "duplicate": 2}
    assert member.note("ReLU")["Verdict 2"] == "correct"
    assert "снят" in member.note("Flatten")["Notice"]
    assert kept(member) == own
    assert lost(before, member.holds()) == []


def test_the_package_after_the_text_brings_the_rest_and_takes_nothing(group, member):
    for path in group.texts():
        import_text(member.collection, path)
    before, own = member.holds(), kept(member)
    log = member.imports(group.new)
    assert (log["new"], log["updated"], log["conflicting"]) == (1, 0, 0)
    assert member.note("батч").tags == ["choice", "новое"]
    assert kept(member) == own
    assert lost(before, member.holds()) == []


def test_an_option_that_is_new_gets_its_card_in_the_deck_of_its_question(group, member):
    for path in group.texts():
        import_text(member.collection, path)
    cards = map(member.collection.get_card, member.note("ReLU").card_ids())
    decks = [(card.template()["name"], member.collection.decks.name(card.did)) for card in cards]
    assert decks == [
        (name, "Сети::Слои")
        for name in ("Question", "Option 1", "Option 2", "Option 3", "Option 4")
    ]


def test_cards_that_a_member_moved_stay_there_and_new_ones_join_them(group, member):
    mine = member.collection.decks.id("Мои")
    member.collection.set_deck(member.note("ReLU").card_ids(), mine)
    for path in group.texts():
        import_text(member.collection, path)
    cards = list(map(member.collection.get_card, member.note("ReLU").card_ids()))
    assert [card.did for card in cards] == [mine] * 5


def test_the_same_text_again_changes_nothing(group, member):
    for path in group.texts():
        import_text(member.collection, path)
    times = member.collection.db.all("select id, mod, tags, flds from notes")
    assert [import_text(member.collection, path)["updated"] for path in group.texts()] == [0, 0]
    assert member.collection.db.all("select id, mod, tags, flds from notes") == times


def test_who_skipped_a_release_gets_its_questions_with_all_cards_in_their_deck(group, member):
    """They were in the package that the group had, and so they are in the text."""
    group.maintainer.edit("новое.md", ("Эпоха", "Одна эпоха"))
    group.deck, second = group.maintainer.deck(), group.new
    group.new = group.maintainer.write(group.deck)
    group.files = group.beside(second)
    logs = [import_text(member.collection, path) for path in group.texts()]
    assert logs[0]["new"] == 1
    cards = map(member.collection.get_card, member.note("батч").card_ids())
    assert {member.collection.decks.name(card.did) for card in cards} == {"Сети::Новое"}
    assert len(member.note("батч").card_ids()) == 4
    assert member.imports(group.new)["conflicting"] == 0


def test_withdrawn_questions_are_found_without_their_tag(group, member):
    for path in group.texts():
        import_text(member.collection, path)
    (found,) = member.collection.find_notes(sharing.WITHDRAWN)
    assert found == member.note("Flatten").id
    assert "retired" not in member.note("Flatten").tags


def test_a_member_who_once_kept_current_notes_gets_the_text_too(group, member):
    from anki.collection import ImportCsvRequest

    (path, *_) = group.texts()
    read = member.collection.get_csv_metadata(str(path), None)
    read.dupe_resolution = 1
    member.collection.import_csv(ImportCsvRequest(path=str(path), metadata=read))
    assert member.note("ReLU")["Verdict 2"] == "wrong"
    assert import_text(member.collection, path)["updated"] == 2


def test_a_note_type_that_a_member_renamed_is_still_found(group, member):
    models = member.collection.models
    renamed = next(each for each in models.all() if "choice" in each["name"])
    renamed["name"] = "Мои вопросы"
    models.update_dict(renamed)
    assert [import_text(member.collection, path)["updated"] for path in group.texts()] == [2, 0]


def test_text_says_the_same_as_the_package(group):
    """Tabs, quotes, lines, signs of comments: every field comes as the package brings it."""
    choice = next(each for each in group.deck.note_types if each.kind == "choice")
    draw = random.Random(0)
    pieces = ["\t", "\n", '"', '""', "#", "'", ",", ";", "|", "\\", "<b>ё</b>", "&lt;", " ", "🎯"]

    def content(name):
        bare = name == PERSONAL or name.startswith(("Reserve", "Without"))
        return "" if bare else "".join(draw.choices(pieces, k=draw.randrange(1, 9)))

    notes = [
        Note(
            id=note_id(f"guid{at}"),
            guid=f"guid{at}",
            kind="choice",
            fields=tuple(content(field.name) for field in choice.fields),
            tags=(),
            deck="Сети",
            position=at,
            modified=DAY,
        )
        for at in range(200)
    ]
    (group.folder / "a.apkg").write_bytes(package(Deck("Сети", "nets", (choice,), tuple(notes))))
    (group.folder / "a.txt").write_text(update_text(choice, notes), encoding="utf-8")
    rows = "select guid, flds from notes order by guid"
    with new_collection() as one, new_collection() as other:
        Member(one).imports(group.folder / "a.apkg")
        Member(other).imports(group.old)
        other.remove_notes(other.find_notes(""))
        assert import_text(other, group.folder / "a.txt")["new"] == 200
        assert other.db.all(rows) == one.db.all(rows)


def test_an_anki_of_2023_takes_it_too(group):
    python = os.environ.get("BUILD_DECK_OLD_ANKI")
    if not python:
        lacking("BUILD_DECK_OLD_ANKI names no Python with an older Anki")
    texts = [str(path) for path in group.texts()]
    command = [python, "-W", "ignore", "-c", IN_AN_OLD_ANKI, str(group.old), *texts]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=group.folder)
    told = done.stdout.splitlines()[-2:]  # before them it may print which of its calls were slow
    assert told == ["2 0", "correct моё True"]


IN_AN_OLD_ANKI = """
import sys
from anki.collection import (
    Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest, ImportCsvRequest
)
old, *texts = sys.argv[1:]
collection = Collection("old.anki2")
options = ImportAnkiPackageOptions()
collection.import_anki_package(ImportAnkiPackageRequest(package_path=old, options=options))
note = collection.get_note(collection.find_notes("Stem:*ReLU*")[0])
note["My Notes"] = "моё"
note.add_tag("экзамен")
collection.update_note(note)
updated = []
for path in texts:
    read = collection.get_csv_metadata(path, None)
    log = collection.import_csv(ImportCsvRequest(path=path, metadata=read)).log
    updated.append(len(log.updated))
print(*updated)
note.load()
print(note["Verdict 2"], note["My Notes"], "экзамен" in note.tags)
collection.close()
"""


# A member who added a field -----------------------------------------------------------------------

ALWAYS = {"merge_notetypes": True, "update_notes": 1, "update_notetypes": 1}


@pytest.fixture
def member_with_a_field(member):
    models = member.collection.models
    choice = next(each for each in models.all() if "choice" in each["name"])
    models.add_field(choice, models.new_field("Своё"))
    models.update_dict(choice)
    member.writes("ReLU", "Своё", "своё поле")
    return member


def test_a_template_of_their_own_keeps_its_cards_by_text_and_merge_too(group, member):
    models = member.collection.models
    choice = next(each for each in models.all() if "choice" in each["name"])
    template = models.new_template("Своя")
    template["qfmt"], template["afmt"] = "Своя: {{Stem}}", "{{Explanation}}"
    models.add_template(choice, template)
    models.update_dict(choice)
    own = set(member.collection.find_cards("card:Своя"))
    before = member.holds()
    assert len(own) == 4
    for path in group.texts():
        import_text(member.collection, path)
    log = member.imports(group.new, merge_notetypes=True)
    assert (log["new"], log["conflicting"]) == (1, 0)
    assert member.note("ReLU")["Verdict 2"] == "correct"
    assert lost(before, member.holds()) == []
    assert own <= set(member.collection.find_cards("card:Своя"))


def types(member):
    return sorted(each.name for each in member.collection.models.all_names_and_ids())[-2:]


def test_a_field_of_their_own_stops_updates_by_package(group, member_with_a_field):
    log = member_with_a_field.imports(group.new)
    assert (log["updated"], log["conflicting"]) == (0, 4)
    assert types(member_with_a_field) == ["Сети (choice)+", "Сети (open)"]


def test_text_and_then_a_merge_lose_nothing(group, member_with_a_field):
    member = member_with_a_field
    before, own = member.holds(), kept(member)
    for path in group.texts():
        import_text(member.collection, path)
    log = member.imports(group.new, merge_notetypes=True)
    assert (log["new"], log["conflicting"]) == (1, 0)
    note = member.note("ReLU")
    assert (note["Verdict 2"], note["Своё"]) == ("correct", "своё поле")
    assert kept(member) == own
    assert lost(before, member.holds()) == []
    assert member.note("батч").note_type()["name"] == "Сети (choice)"


def test_merging_and_always_heal_what_is_split_at_the_price_that_the_page_names(
    group, member_with_a_field
):
    member = member_with_a_field
    before = member.holds()
    member.imports(group.new)
    assert types(member)[0] == "Сети (choice)+"
    assert member.imports(group.new, **ALWAYS)["conflicting"] == 0
    note = member.note("ReLU")
    assert (note["Verdict 2"], note["Своё"]) == ("correct", "")
    assert kept(member) == [("", False)] * 3
    assert member.note("батч").note_type()["name"] == "Сети (choice)"
    assert [loss for loss in lost(before, member.holds()) if loss.startswith("card")] == []


# The text itself ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", kinds.kinds())
def test_no_column_is_for_tags_or_for_what_members_write(group, kind):
    note_type = next(each for each in group.deck.note_types if each.kind == kind)
    text = update_text(note_type, [note for note in group.deck.notes if note.kind == kind])
    header = dict(re.findall(r"^#([^:]+):(.*)$", text, re.MULTILINE))
    columns = header["columns"].split("\t")
    assert PERSONAL in {field.name for field in note_type.fields}
    assert PERSONAL not in columns
    assert "tags column" not in header
    assert columns[-1] == note_type.fields[0].name
    rows = list(csv.reader(StringIO(re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)), "excel-tab"))
    assert {len(row) for row in rows} == {len(columns)}


def test_there_is_a_text_for_every_note_type_of_which_the_group_has_notes(group):
    names = ["Сети-update.txt", "Сети-update-open.txt", "Сети-import.html", "Сети-news.md"]
    assert sorted(group.files) == sorted(names)
    assert "батч".encode() not in group.files["Сети-update.txt"]


def test_without_a_package_before_there_is_no_news_and_the_text_has_all_notes(group):
    files = group.beside(None)
    assert sorted(files) == ["Сети-import.html", "Сети-update-open.txt", "Сети-update.txt"]
    assert "батч".encode() in files["Сети-update.txt"]
    assert "Что нового".encode() not in files["Сети-import.html"]


def test_a_group_that_has_another_deck_gets_no_text(group, tmp_path):
    other = tmp_path / "other.apkg"
    types_ = group.deck.note_types
    other.write_bytes(package(Deck("Другая", "other", types_, ())))
    files = group.beside(other)
    assert not any(name.endswith(".txt") for name in files)
    assert b"update" not in files["Сети-import.html"]


# The page -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "language"), [(RUSSIAN, "ru_RU"), (ENGLISH, "en_US")])
def test_the_page_calls_things_as_anki_does(words, language):
    import anki.lang

    anki.lang.set_lang(language)
    anki_says = anki.lang.tr_legacyglobal
    names = {
        "file": anki_says.qt_accel_file,
        "import_file": anki_says.qt_accel_import,
        "import": anki_says.actions_import,
        "existing_notes": anki_says.importing_existing_notes,
        "update": anki_says.importing_update,
        "update_notes": anki_says.importing_update_notes,
        "update_notetypes": anki_says.importing_update_notetypes,
        "if_newer": anki_says.importing_update_if_newer,
        "always": anki_says.importing_update_always,
        "merge": anki_says.importing_merge_notetypes,
        "progress": anki_says.importing_also_import_progress,
        "browse": anki_says.qt_misc_browse,
        "suspend": anki_says.browsing_toggle_suspend,
    }
    ours = {name: words[f"share.anki.{name}"] for name in names}
    assert ours == {name: say().replace("&", "") for name, say in names.items()}


@pytest.mark.parametrize("words", [RUSSIAN, ENGLISH], ids=["ru", "en"])
def test_the_page_names_every_file_and_leaves_no_place_unfilled(group, words):
    files = group.beside(group.old, words)
    html = files.pop("Сети-import.html").decode()
    text = re.sub(r"<style>.*?</style>|<[^>]+>", "", html, flags=re.DOTALL)
    assert all(name in text for name in [*files, "Сети.apkg"])
    assert not re.search(r"[{}]|None", text)


@pytest.mark.parametrize("deck", ["Сети", "Сети::Слои", "A B", "C*", "a_b", "x(1)", "back\\slash"])
def test_the_search_on_the_page_finds_all_option_cards_and_no_others(group, deck):
    with new_collection() as collection:
        Member(collection).imports(group.new)
        if deck not in ("Сети", "Сети::Слои"):
            collection.decks.rename(collection.decks.by_name("Сети")["id"], deck)
        found = collection.find_cards(sharing.option_cards(deck))
        names = [
            collection.get_card(card).template()["name"]
            for card in collection.find_cards(f'"deck:{deck.replace(chr(92), chr(92) * 2)}"')
        ]
    assert len(found) == sum(name.startswith("Option") for name in names) > 0


@pytest.mark.parametrize("width", [320, 360, 1000])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_a_phone_and_loads_nothing(group, width, scheme):
    page_file = group.folder / "page.html"
    page_file.write_bytes(group.files["Сети-import.html"])
    heard = []
    with chromium() as browser:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("request", lambda request: heard.append(request.url))
        page.goto(page_file.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        wide = page.evaluate("document.documentElement.scrollWidth")
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert [each for each in heard if not each.startswith(("data:", page_file.as_uri()))] == []
    assert wide <= width
    assert paper == {"light": "rgb(252, 251, 248)", "dark": "rgb(23, 25, 29)"}[scheme]


# Version and date ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "name", "line"),
    [
        (RUSSIAN, "3", "Версия 3 от 14 ноября 2023"),
        (ENGLISH, "3", "Version 3 of 14 November 2023"),
        (RUSSIAN, "2023-11-14", "Версия 2023-11-14"),
        (ENGLISH, "", "Version 14 November 2023"),
    ],
)
def test_a_version_has_a_date_unless_it_is_one(words, name, line):
    assert version_line(Version(name, DAY), words) == line


def test_a_description_is_the_authors_words_and_the_version(group):
    written = description("Вопросы *группы*.", Version("3_beta", DAY), ENGLISH)
    assert written == "Вопросы *группы*.\n\nVersion 3\\_beta of 14 November 2023"
    assert description("", Version("3", DAY), ENGLISH) == "Version 3 of 14 November 2023"


# The command --------------------------------------------------------------------------------------

QUIZ = """# Слои

## Вопрос 1

Что делает ReLU?

* ✅ Обнуляет отрицательное
* ❌ Обнуляет положительное
"""
LATER = {"SOURCE_DATE_EPOCH": "1700600000"}


@pytest.fixture
def quiz(tmp_path):
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "слои.md").write_text(QUIZ, encoding="utf-8")
    return tmp_path


def edit(quiz, before, after):
    path = quiz / "source" / "слои.md"
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")


def names(quiz, folder="dist/share"):
    return sorted(path.name for path in (quiz / folder).iterdir())


def test_a_first_share_has_all_but_news(quiz):
    done = build_deck("share", cwd=quiz)
    assert (done.status, done.err) == (0, "")
    assert names(quiz) == ["Слои-import.html", "Слои-update.txt", "Слои.apkg"]
    assert done.out.splitlines()[-1] == "dist/share/Слои.apkg"
    assert (quiz / "source" / "deck.lock").exists()


def test_the_next_share_tells_what_is_new_since_the_last(quiz):
    build_deck("share", cwd=quiz)
    edit(quiz, "❌", "✅")
    build_deck(cwd=quiz, **LATER)  # a build in between is nobody's release
    done = build_deck("share", cwd=quiz, **LATER)
    assert done.out.splitlines()[-1] == "dist/share/Слои.apkg"
    news = (quiz / "dist" / "share" / "Слои-news.md").read_text(encoding="utf-8")
    assert "Верно теперь: Обнуляет отрицательное; Обнуляет положительное" in news


def test_sharing_the_same_again_leaves_everything_as_it_is(quiz):
    build_deck("share", cwd=quiz)
    edit(quiz, "❌", "✅")
    build_deck("share", cwd=quiz, **LATER)
    before = {path.name: path.stat().st_mtime_ns for path in (quiz / "dist" / "share").iterdir()}
    done = build_deck("share", cwd=quiz, **LATER)
    after = {path.name: path.stat().st_mtime_ns for path in (quiz / "dist" / "share").iterdir()}
    assert done.out == "dist/share/Слои.apkg (unchanged)\n"
    assert before == after


def test_the_package_that_the_group_has_may_be_named(quiz):
    build_deck("-o", "had.apkg", cwd=quiz)
    edit(quiz, "❌", "✅")
    build_deck("share", "-o", "out", "--previous", "had.apkg", cwd=quiz, **LATER)
    assert names(quiz, "out") == [
        "Слои-import.html",
        "Слои-news.md",
        "Слои-update.txt",
        "Слои.apkg",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--previous", "nowhere.apkg"], "does not exist"),
        (["--previous", "text.apkg"], "“text.apkg” is not a zip file, or a damaged one"),
        (["nowhere"], "there is no file or folder “nowhere”"),
    ],
)
def test_what_cannot_be_shared_writes_nothing(quiz, arguments, said):
    (quiz / "text.apkg").write_text("Это не колода", encoding="utf-8")
    done = build_deck("share", *arguments, cwd=quiz)
    assert (done.status, said in done.err) == (2, True), done.err
    assert not (quiz / "dist").exists()
    assert not (quiz / "source" / "deck.lock").exists()


def test_a_damaged_package_in_the_folder_is_told_and_kept(quiz):
    build_deck("share", cwd=quiz)
    damaged = quiz / "dist" / "share" / "Слои.apkg"
    damaged.write_bytes(b"damaged")
    done = build_deck("share", cwd=quiz)
    assert (done.status, "is not a zip file" in done.err) == (2, True)
    assert damaged.read_bytes() == b"damaged"

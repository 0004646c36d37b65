"""A member imports every version over the old one, by double click, and loses nothing."""

import os
import subprocess
import time
from pathlib import Path

import pytest
from conftest import lacking
from real_anki import answer, faults, new_collection, verify
from study_group import DAY, FIRST, Maintainer, Member, lost

from builder.model import Field
from builder.note_types import schema_of
from builder.values import replace

RELU, FLATTEN, STEP, LAYER = "ReLU", "Flatten", "шаг", "обратном"


def typo(group):
    group.edit("слои.md", ("обратном распространении", "обратном распространениии"))


def reworded(group):
    group.edit("слои.md", ("не обновляются при обратном", "не меняют весов при обратном"))


def put_otherwise(group):
    """Next to no word of the stem stays."""
    stem = next(line for line in group.texts["слои.md"].split("\n") if LAYER in line)
    group.edit("слои.md", (stem, "Укажите, чему нечего учить при обратном проходе:"))


def option_reworded(group):
    group.edit("слои.md", ("Полносвязный слой", "Полносвязный (линейный) слой"))


def option_added(group):
    group.edit("слои.md", ("* ✅ Dropout\n", "* ✅ Dropout\n* ❌ Свёртка\n"))


def option_removed(group):
    group.edit("слои.md", ("* ✅ Dropout\n", ""))


def options_reordered(group):
    group.edit(
        "слои.md",
        ("* ✅ MaxPooling\n* ❌ Полносвязный слой\n", "* ❌ Полносвязный слой\n* ✅ MaxPooling\n"),
    )


def answer_changed(group):
    group.edit("слои.md", ("* ⚠️ Batch", "* ✅ Batch"))


def explained_anew(group):
    group.edit("слои.md", ("слои с обучаемыми параметрами", "только слои с весами"))


def questions_reordered(group):
    head, first, second, third = group.texts["слои.md"].split("\n## ")
    group.texts["слои.md"] = "\n## ".join([head, third, first, second])


def question_moved(group):
    head, first, second, third = group.texts["слои.md"].split("\n## ")
    group.texts["слои.md"] = "\n## ".join([head, second, third])
    group.texts["обучение.md"] += f"\n## {first}"


def file_renamed(group):
    group.texts["layers.md"] = group.texts.pop("слои.md")


def file_split(group):
    head, first, second, third = group.texts["слои.md"].split("\n## ")
    group.texts["слои.md"] = "\n## ".join([head, first])
    group.texts["слои-2.md"] = "\n## ".join(["# Слои, продолжение\n", second, third])


def question_added(group):
    group.texts["слои.md"] += "\n## Задание 4\n\n**Что сжимает пулинг?**\n\n* ✅ Карту\n* ❌ Сеть\n"


def question_removed(group):
    group.texts["слои.md"] = group.texts["слои.md"].partition("## Задание 3")[0]


def question_replaced(group):
    kept = group.texts["слои.md"].partition("## Задание 3")[0]
    new = "**Какой оптимизатор хранит моменты?**\n\n* ✅ Adam\n* ❌ SGD\n"
    group.texts["слои.md"] = f"{kept}## Задание 3\n\n{new}"


def open_question_edited(group):
    group.edit("обучение.md", ("ошибается на новой", "плохо работает на новой"))


def templates_changed(group):
    group.settings = replace(group.settings, shuffle=False)


def style_changed(group):
    group.templates = {
        path: text + "\n.card { letter-spacing: 0.1px; }\n" * (path == "choice/style.css")
        for path, text in group.templates.items()
    }


def deck_renamed(group):
    group.settings = replace(group.settings, name="Нейросети")


CHANGES = {
    typo: (LAYER, "распространениии"),
    reworded: (LAYER, "не меняют весов"),
    put_otherwise: (LAYER, "нечего учить"),
    option_reworded: (LAYER, "(линейный)"),
    option_added: (LAYER, "Свёртка"),
    option_removed: (LAYER, "v-withdrawn"),
    options_reordered: (LAYER, "MaxPooling"),
    answer_changed: (LAYER, "Ответ изменён в версии 2023-11-15"),
    explained_anew: (LAYER, "только слои с весами"),
    questions_reordered: (FLATTEN, "Flatten"),
    question_moved: (LAYER, "MaxPooling"),
    file_renamed: (LAYER, "MaxPooling"),
    file_split: (RELU, "ReLU"),
    question_added: ("пулинг", "Карту"),
    question_removed: (FLATTEN, "снят"),
    question_replaced: ("моменты", "Adam"),
    open_question_edited: ("переобучение", "плохо работает"),
    templates_changed: (RELU, "ReLU"),
    style_changed: (RELU, "ReLU"),
    deck_renamed: (RELU, "ReLU"),
}


@pytest.fixture
def group(tmp_path):
    return Maintainer(tmp_path)


@pytest.fixture
def member():
    with new_collection() as collection:
        yield Member(collection)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_arrives_and_nothing_is_lost(group, member, change):
    """The ReLU and learning-rate questions are never changed: what a member did to them stays."""
    stem, arrived = CHANGES[change]
    member.imports(group.release())
    assert member.studies() > 4
    member.writes(RELU, "Explanation", "моё объяснение", tag="моё::важное")
    member.writes(STEP, "My Notes", "спросить на семинаре", tag="marked")
    before = member.holds()

    change(group)
    log = member.imports(group.release())

    assert log["conflicting"] == 0
    assert log["new"] == (change in (question_added, question_replaced))
    assert lost(before, member.holds()) == []
    assert arrived in member.fronts(stem)
    touched = {file_renamed, file_split}  # the topic of every note is a tag, and so a change
    if change not in touched:
        assert member.note(RELU)["Explanation"] == "моё объяснение"
        assert "моё::важное" in member.note(RELU).tags
    assert member.note(STEP)["My Notes"] == "спросить на семинаре"
    assert "marked" in member.note(STEP).tags
    assert faults(member.collection) == []


def test_the_update_of_every_change_at_once_is_without_fault(group, tmp_path):
    first = group.release()
    for change in (typo, option_added, question_moved, question_removed, style_changed):
        change(group)
    assert verify(first, group.release()) == []


def test_a_chain_of_versions_keeps_cards_in_their_slots(group, member):
    member.imports(group.release())
    member.studies()
    before = member.holds()
    option_removed(group)
    member.imports(group.release())
    option_added_after_removal = ("* ⚠️ Batch", "* ❌ Свёртка\n* ⚠️ Batch")
    group.edit("слои.md", option_added_after_removal)
    member.imports(group.release())
    note = member.note(LAYER)
    assert [note[f"Option {slot}"] for slot in range(1, 6)] == [
        "MaxPooling",
        "Полносвязный слой",
        "Dropout",
        "Batch Normalization",
        "Свёртка",
    ]
    assert note["Verdict 3"] == "withdrawn"
    group.edit("слои.md", ("* ❌ Свёртка", "* ✅ Dropout\n* ❌ Свёртка"))
    member.imports(group.release())
    assert member.note(LAYER)["Verdict 3"] == "correct"
    assert lost(before, member.holds()) == []


def test_a_withdrawn_question_keeps_its_guid_and_returns_with_its_history(group, member):
    member.imports(group.release())
    member.studies()
    before, whole = member.holds(), group.texts["слои.md"]
    question_removed(group)
    member.imports(group.release())
    assert "retired" in member.note(FLATTEN).tags
    assert len(member.collection.find_notes("tag:retired")) == 1
    group.texts["слои.md"] = whole
    member.imports(group.release())
    assert member.note(FLATTEN)["Notice"] == ""
    assert "retired" not in member.note(FLATTEN).tags
    assert lost(before, member.holds()) == []


@pytest.mark.parametrize("then", ["questions", "options"])
def test_cards_that_members_hold_stay_when_fewer_are_asked_for(group, member, then):
    """New questions get what is asked for; so do those of which members hold no other card."""
    member.imports(group.release())
    member.studies()
    member.writes(RELU, "Explanation", "моё объяснение", tag="моё")
    before = member.holds()
    group.settings = replace(group.settings, cards=then)
    question_removed(group)
    question_added(group)
    log = member.imports(group.release())
    assert log["updated"] == 1, "the question withdrawn"
    assert member.note(RELU)["Explanation"] == "моё объяснение"
    assert lost(before, member.holds()) == []
    assert faults(member.collection) == []
    made = {card.template()["name"] for card in member.note("пулинг").cards()}
    assert made == ({"Question"} if then == "questions" else {"Option 1", "Option 2"})


@pytest.mark.parametrize("first", ["questions", "options"])
def test_cards_that_were_not_made_before_come_when_they_are_asked_for(group, member, first):
    group.settings = replace(group.settings, cards=first)
    member.imports(group.release())
    member.studies()
    before = member.holds()
    group.settings = replace(group.settings, cards="both")
    member.imports(group.release())
    assert lost(before, member.holds()) == []
    assert faults(member.collection) == []
    made = [card.template()["name"] for card in member.note(RELU).cards()]
    assert made == ["Question", "Option 1", "Option 2", "Option 3"]


def test_a_changed_answer_leaves_a_tag_that_stays(group, member):
    member.imports(group.release())
    answer_changed(group)
    member.imports(group.release())
    typo(group)
    member.imports(group.release())
    assert "answer-changed::2023-11-15" in member.note(LAYER).tags


def test_numbers_that_shift_change_no_note(group, member):
    member.imports(group.release())
    member.writes(FLATTEN, "Explanation", "моё")
    new = "## Задание 1\n\n**Что сжимает пулинг?**\n\n* ✅ Карту\n* ❌ Сеть\n\n"
    for number in (3, 2, 1):
        group.edit("слои.md", (f"## Задание {number}", f"## Задание {number + 1}"))
    group.edit("слои.md", ("# Слои\n\n", f"# Слои\n\n{new}"))
    assert member.imports(group.release()) | {"duplicate": 0} == {
        "new": 1,
        "updated": 0,
        "duplicate": 0,
        "conflicting": 0,
    }
    assert member.note(FLATTEN)["Explanation"] == "моё"


@pytest.mark.parametrize(
    "options",
    [
        {"update_notes": 1, "update_notetypes": 1},
        {"merge_notetypes": True},
        {"with_scheduling": True},
    ],
    ids=["always", "merge", "with scheduling"],
)
def test_remembered_options_other_than_the_defaults_lose_no_review(group, member, options):
    member.imports(group.release(), **options)
    member.studies()
    before = member.holds()
    reworded(group)
    option_added(group)
    log = member.imports(group.release(), **options)
    assert (log["updated"], log["conflicting"]) == (1, 0)
    assert lost(before, member.holds()) == []
    assert "не меняют весов" in member.fronts(LAYER)


def test_with_always_an_edit_of_ones_own_is_replaced_by_the_package(group, member):
    """Why the page on importing says to leave “Update notes” at “If newer”."""
    member.imports(group.release())
    member.writes(RELU, "Explanation", "моё")
    member.imports(group.release(), update_notes=1)
    assert member.note(RELU)["Explanation"] == ""


def test_a_field_of_a_members_own_stops_updates_until_merge_and_always(group, member):
    member.imports(group.release())
    member.studies()
    models = member.collection.models
    choice = next(each for each in models.all() if each["name"].endswith("(choice)"))
    models.add_field(choice, models.new_field("Моё поле"))
    models.update_dict(choice)
    before = member.holds()
    reworded(group)
    package = group.release()
    assert member.imports(package)["conflicting"] > 0
    assert "не меняют весов" not in member.fronts(LAYER)
    member.imports(package, merge_notetypes=True, update_notes=1, update_notetypes=1)
    after = member.holds()
    assert "не меняют весов" in member.fronts(LAYER)
    assert after["cards"] == before["cards"]
    assert after["reviews"] == before["reviews"]


def test_a_new_schema_stops_every_update_until_merge_and_always(group, member):
    """Why a build refuses to ship one unless asked."""
    first = group.deck()
    choice, open_ = first.note_types
    wider = replace(choice, fields=(*choice.fields, Field("New", 1)))
    second = replace(
        first,
        note_types=(replace(wider, modified=choice.modified + DAY), open_),
        notes=tuple(
            replace(n, fields=(*n.fields, ""), modified=n.modified + DAY)
            if n.kind == "choice"
            else n
            for n in first.notes
        ),
    )
    assert schema_of(wider) != schema_of(choice)
    member.imports(group.write(first))
    member.studies()
    before = member.holds()
    package = group.write(second)
    assert member.imports(package)["conflicting"] == 4
    always = {"merge_notetypes": True, "update_notes": 1, "update_notetypes": 1}
    assert member.imports(package, **always)["conflicting"] == 0
    after = member.holds()
    assert after["cards"] == before["cards"]
    assert after["schema"] != before["schema"]


# Anki of 2023 ----------------------------------------------------------------------------------

OLD_MEMBER = """
import json, sys, tempfile
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from real_anki import import_package, new_collection
with new_collection() as collection:
    told = []
    for package in sys.argv[2:]:
        log = import_package(collection, Path(package))
        fields = collection.db.scalar("select flds from notes where flds like '%MaxPooling%'")
        told.append([log["updated"], log["conflicting"], fields.split(chr(31))[0]])
print(json.dumps(told, ensure_ascii=False))
"""


def old_member(*packages):
    """What a member on the Anki of 2023 has after each import: updated, conflicting, stem."""
    python = os.environ.get("BUILD_DECK_OLD_ANKI")
    if not python:
        lacking("BUILD_DECK_OLD_ANKI names no Python with an older Anki")
    command = [python, "-c", OLD_MEMBER, Path(__file__).parent, *packages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return answer(done.stdout)


def test_an_anki_of_2023_misses_a_release_until_it_is_resent(group):
    """Up to 24.11 Anki stamps an updated note with the time of the import, not the package's."""
    first = group.release()
    typo(group)
    second = group.release()
    group.edit("слои.md", ("распространениии", "распространении"), ("не обновляются", "не учатся"))
    third = group.release()
    after_the_imports = int(time.time()) + 600
    resent = group.release(now=after_the_imports, resend=1)
    told = old_member(first, second, third, resent)
    assert [updated for updated, _, _ in told] == [0, 1, 0, 1]
    assert "не учатся" in told[-1][2]


# Times -----------------------------------------------------------------------------------------


def test_only_what_changed_gets_a_newer_time(group, member):
    member.imports(group.release())
    times = dict(member.collection.db.all("select guid, mod from notes"))
    assert set(times.values()) == {FIRST}
    typo(group)
    member.imports(group.release())
    newer = dict(member.collection.db.all("select guid, mod from notes"))
    changed = {guid for guid in times if newer[guid] != times[guid]}
    assert changed == {member.note(LAYER).guid}
    assert newer[member.note(LAYER).guid] == FIRST + DAY


def test_a_clock_that_was_set_back_still_ships_the_change(group, member):
    member.imports(group.release())
    typo(group)
    member.imports(group.release(now=FIRST - DAY))
    assert "распространениии" in member.fronts(LAYER)

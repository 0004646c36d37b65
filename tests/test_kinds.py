import json
import re
import zlib
from pathlib import Path

import esprima
import pytest
from real_anki import faults, import_package, new_collection
from reviewer import ENGLISH, LOOK, RUSSIAN, TEMPLATES, cards_of, note, note_type
from sample_cards import LAYERS, OPEN, SHAPES, option

from builder import kinds
from builder.apkg import package
from builder.model import SLOTS, Deck, Identity, Look, NoteType, RenderedQuestion, Rich, Verdict
from builder.note_types import note_types
from builder.values import replace

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


@pytest.mark.parametrize("kind", kinds.kinds())
def test_what_all_cards_share_changes_the_note_type_and_not_its_schema(kind):
    looks = [LOOK, replace(LOOK, shuffle=False, ask_disputed=False, report="", language="en")]
    one, other = (note_type(kind, look) for look in looks)
    assert one.templates != other.templates
    shared = ("id", "name", "fields")
    assert [getattr(one, name) for name in shared] == [getattr(other, name) for name in shared]


def test_note_types_of_an_earlier_build_are_those_that_would_be_made_now():
    known: dict[str, bytes] = {}

    def keep(key, make):
        return known.setdefault(key, known.get(key) or make())

    for look in (LOOK, replace(LOOK, shuffle=False), LOOK):
        about = "Экзамен", "uid", TEMPLATES, RUSSIAN, look
        made = {kind: kinds.note_type(kind, *about, 0) for kind in kinds.kinds()}
        assert note_types(*about, keep) == made
    assert len(known) == 2


# Fields


def fields(question: RenderedQuestion, cards: str = "both", **identity: object) -> dict[str, str]:
    """The fields of a note that are not empty, by name."""
    slots = tuple(range(1, len(question.options) + 1))
    who = replace(Identity("guid", 0, 0, slots), **identity)
    made = note_type(question.kind)
    values = kinds.fill(question, who, RUSSIAN, cards)
    return {f.name: value for f, value in zip(made.fields, values, strict=True) if value}


def choice(*verdicts: str, **parts: object) -> RenderedQuestion:
    options = tuple(option(f"Вариант {n}", v) for n, v in enumerate(verdicts, start=1))
    return RenderedQuestion("Задание 1", Rich("Что?", "Что?"), options, **parts)


def test_a_choice_question_fills_its_fields():
    assert fields(
        RenderedQuestion(
            "R & D",
            Rich("<p>Что?</p>", "Что?"),
            (
                option("<i>a</i>", "correct", "да", "<p>потому</p>", "А"),
                option("b", "wrong", "нет"),
            ),
            instruction=Rich("Выберите", "Выберите"),
            explanation=Rich("<p>Так.</p>", "Так. Ответ: А"),
        ),
        version="2026.11",
    ) == {
        "Stem": "<p>Что?</p>",
        "Title": "R &amp; D",
        "Instruction": "Выберите",
        "Explanation": "<p>Так.</p>",
        "Version": "2026.11",
        "Key": "guid",
        "Report": "R%20%26%20D%20%5Bguid%5D",
        "Traits": "single",
        "Option 1": "<i>a</i>",
        "Verdict 1": "correct",
        "Summary 1": "да",
        "Reason 1": "<p>потому</p>",
        "Option 2": "b",
        "Verdict 2": "wrong",
        "Reason 2": "нет",
    }


def test_an_open_question_fills_its_fields():
    found = fields(OPEN)
    assert found.keys() == {"Stem", "Title", "Answer", "Key", "Report"}
    assert found["Answer"] == OPEN.explanation.html


def test_my_notes_and_reserves_are_always_shipped_empty():
    question = replace(LAYERS, title="Задание", tags=("a",))
    names = fields(question, version="1", answer_changed="1", retired=True)
    assert not [name for name in names if name == "My Notes" or name.startswith("Reserve")]


@pytest.mark.parametrize(
    ("question", "traits"),
    [
        (choice("correct", "wrong"), "single"),
        (choice("correct", "correct", "wrong"), "several"),
        (choice("wrong", "wrong"), "several"),
        (choice("correct", "disputed"), "several"),
        (choice("correct", "wrong", instruction=Rich(text="Выберите все подходящие")), "several"),
        (choice("unknown", "unknown"), "several unkeyed"),
        (choice("correct", "unknown"), "single"),
        (choice("disputed"), "several"),
    ],
)
def test_traits_say_how_many_answers_are_to_be_chosen(question, traits):
    assert fields(question)["Traits"] == traits


def test_letters_of_the_author_are_shown_where_the_text_speaks_of_them():
    labelled = tuple(
        option(text, verdict, label=label)
        for label, text, verdict in (("А", "a", "correct"), ("Б", "b", "wrong"))
    )
    quiet = fields(replace(choice(), options=labelled))
    spoken = fields(replace(choice(), options=labelled, explanation=Rich("", "Ответ: А")))
    assert "Label 1" not in quiet
    assert (spoken["Label 1"], spoken["Label 2"]) == ("А", "Б")
    assert spoken["Traits"] == "single lettered fixed"
    assert spoken["Option List"] == (
        '<li><span class="bd-label">А</span>a</li><li><span class="bd-label">Б</span>b</li>'
    )


def test_an_option_that_stays_last_is_named_by_its_slot():
    options = (option("a", "wrong"), option("b", "wrong"), option("Все перечисленное", "correct"))
    found = fields(replace(choice(), options=options), slots=(5, 1, 3))
    assert found["Traits"] == "single pin-3"
    assert found["Order"] == "5 1 3"


def test_the_order_of_the_author_is_said_where_the_slots_do_not_say_it():
    assert "Order" not in fields(choice("correct", "wrong", "wrong"), slots=(1, 2, 4))
    assert fields(choice("correct", "wrong", "wrong"), slots=(2, 1, 4))["Order"] == "2 1 4"


def test_an_option_without_a_slot_is_listed_with_its_verdict_and_reason():
    question = replace(
        choice(),
        options=(
            option("a", "correct"),
            option("&lt;b&gt;", "wrong", "нет", "<p>потому</p>"),
            option("c", "unknown"),
        ),
    )
    found = fields(question, slots=(0, 0, 2))
    assert found["Order"] == "13 14 2"
    items = found["Further Options"].split("</li>")[:-1]
    assert [re.sub(r"(?:\s*<[^>]+>)+\s*", "|", item).strip("|") for item in items] == [
        "a|Верный ответ",
        "&lt;b&gt;|Не подходит|нет|потому",
    ]


def test_an_option_that_left_keeps_its_slot_and_its_text_as_text():
    found = fields(choice("correct"), slots=(2,), withdrawn=((1, "a < b"),))
    assert (found["Option 1"], found["Verdict 1"]) == ("a &lt; b", "withdrawn")


def test_an_option_without_a_verdict_has_no_card_unless_members_hold_it():
    question = choice("correct", "unknown")
    assert "Verdict 2" not in fields(question)
    assert fields(question, carded=(2,))["Verdict 2"] == "unknown"


def test_a_notice_says_what_a_member_must_know():
    assert fields(LAYERS, retired=True)["Notice"] == f"<p>{RUSSIAN['notice.retired']}</p>"
    assert "2026.11" in fields(LAYERS, answer_changed="2026.11")["Notice"]
    assert "Notice" not in fields(LAYERS)


@pytest.mark.parametrize("name", ['"', "<b>", "&", "Ж" * 500, "%20", "\n"])
def test_a_report_carries_title_and_guid_whatever_they_hold(name):
    found = fields(replace(OPEN, title=name))["Report"]
    assert re.fullmatch(r"(?:[\w.~-]|%[0-9A-F]{2})+", found)
    assert found.endswith("%5Bguid%5D")


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("", ""),
        ("https://github.com/group/quiz", "https://github.com/group/quiz/issues/new?title="),
        ("https://github.com/group/quiz.git/", "https://github.com/group/quiz/issues/new?title="),
        ("https://codeberg.org/group/quiz", "https://codeberg.org/group/quiz/issues/new?title="),
        ("https://gitlab.com/a/b/c", "https://gitlab.com/a/b/c/-/issues/new?issue[title]="),
        ("me@example.org", "mailto:me@example.org?subject="),
        ("https://forms.example.org/f?entry=", "https://forms.example.org/f?entry="),
        ("https://example.org/", "https://example.org/?"),
    ],
)
def test_an_address_becomes_a_link_that_opens_a_report(address, link):
    assert kinds.report_prefix(address) == link


# Cards


def cards(question: RenderedQuestion, switch: str = "both", **identity: object) -> list[str]:
    slots = tuple(range(1, len(question.options) + 1))
    who = replace(Identity("guid", 0, 0, slots), **identity)
    return list(cards_of(note(question, who, switch)))


def test_a_question_has_a_card_and_each_option_has_one():
    assert cards(LAYERS) == ["Question", *(f"Option {n}" for n in range(1, 7))]


def test_either_sort_of_card_can_be_switched_off():
    assert cards(choice("correct", "wrong"), "questions") == ["Question"]
    assert cards(choice("correct", "wrong"), "options") == ["Option 1", "Option 2"]


def test_a_question_keeps_its_card_where_no_option_has_one():
    assert cards(choice("unknown", "unknown"), "options") == ["Question"]
    assert cards(OPEN, "options") == ["Question"]


def test_an_option_that_left_keeps_its_card():
    assert cards(choice("correct"), slots=(2,), withdrawn=((1, "old"),)) == [
        "Question",
        "Option 1",
        "Option 2",
    ]


def test_all_slots_and_more_options_make_a_card_for_every_slot():
    question = choice(*["wrong"] * 14)
    slots = (*range(1, SLOTS + 1), 0, 0)
    assert len(cards(question, slots=slots)) == 1 + SLOTS


def test_real_anki_finds_no_fault_with_any_card(tmp_path):
    asked = [
        LAYERS,
        SHAPES,
        OPEN,
        choice("unknown", "unknown"),
        choice(*["correct"] * SLOTS, "wrong"),
    ]
    notes = []
    for number, question in enumerate(asked):
        slots = tuple(n if n <= SLOTS else 0 for n in range(1, len(question.options) + 1))
        who = Identity(f"guid{number}", 0, 0, slots, version="1", answer_changed="1", retired=True)
        notes.append(replace(note(question, who), position=number))
    types = tuple(note_type(kind) for kind in kinds.kinds())
    media = (kinds.user_style(TEMPLATES),)
    file = tmp_path / "deck.apkg"
    file.write_bytes(package(Deck("DL + NLP + CV", "uid", types, tuple(notes), media)))
    with new_collection() as collection:
        import_package(collection, file)
        assert (Path(collection.media.dir()) / kinds.USER_STYLE).stat().st_size
        assert faults(collection) == []


# Templates


def stored(made: NoteType, folder: Path) -> bytes:
    """Everything that Anki's database holds of a note type."""
    file = folder / "deck.apkg"
    file.write_bytes(package(Deck("Deck", "uid", (made,), (note(LAYERS),))))
    with new_collection() as collection:
        import_package(collection, file)
        tables = (
            "select name, config from notetypes where id = ?",
            "select name, config from fields where ntid = ?",
            "select name, config from templates where ntid = ?",
        )
        rows = [row for table in tables for row in collection.db.all(table, made.id)]
    return b"".join(name.encode() + bytes(config) for name, config in rows)


SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def scripts() -> list[str]:
    sides = [side for t in note_type("choice").templates for side in (t.front, t.back)]
    return [script for side in sides for script in SCRIPT.findall(side)]


def test_every_front_of_a_choice_card_has_one_script_and_no_back_has_any():
    for template in note_type("choice").templates:
        assert len(SCRIPT.findall(template.front)) == 1
        assert "<script" not in template.back


def test_scripts_are_es2017_within_a_function_and_hold_no_field():
    for script in scripts():
        assert "{{" not in script
        (statement,) = esprima.parseScript(script).body
        assert statement.type == "ExpressionStatement"
        assert statement.expression.callee.type == "ArrowFunctionExpression"
        assert "...{" not in script  # which ES2017 has not, though the parser takes it


@pytest.mark.parametrize("word", ["fetch", "XMLHttpRequest", "import(", "eval", "innerHTML", "//"])
def test_scripts_ask_no_network_and_run_no_text(word):
    assert not [script for script in scripts() if word in script]


LATER = (
    r":has\(|:is\(|:where\(|color-mix|@layer|@container|(?<![\w-])(?:gap|inset)\s*:|&"
    r"|(?:margin|padding|border)-(?:inline|block)\s*:|\b(?:oklch|lab|lch)\("
)


@pytest.mark.parametrize("kind", kinds.kinds())
def test_style_sheets_ask_for_nothing_that_old_web_views_lack(kind):
    assert re.findall(LATER, note_type(kind).css) == []


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_note_type_and_its_templates_stay_small(language, tmp_path):
    report = "https://github.com/a-group-of-students/deep-learning-quiz"
    made = note_type("choice", replace(LOOK, language=language, report=report))
    for template in made.templates[1:]:
        assert len((template.front + template.back).encode()) <= 4_000
    raw = stored(made, tmp_path)
    assert len(raw) <= 100_000
    assert len(zlib.compress(raw)) <= 20_000


@pytest.mark.parametrize("verdict", [v for v in Verdict if v is not Verdict.WITHDRAWN])
def test_every_verdict_has_a_word_beyond_the_slots(verdict):
    assert fields(choice(verdict), slots=(0,))["Further Options"]

"""Which cards a note has and what they show: the same as in real Anki."""

from itertools import count

import pytest
from conftest import examples
from hypothesis import given
from hypothesis import strategies as st
from real_anki import new_collection, sides

from builder.card_html import Sides, TemplateError, card_rule, field_is_empty, render
from builder.collection import stored_fields
from builder.model import Field, Note, NoteType, Template
from builder.values import astuple, replace

NUMBERS = count(1)
FIELDS = ("Q", "A", "Вариант 1")


def note_type(*templates: tuple[str, str]) -> NoteType:
    return NoteType(
        kind="any",
        id=1_300_000_000_000,
        name="Any",
        fields=tuple(Field(name, number) for number, name in enumerate(FIELDS, 1)),
        templates=tuple(
            Template(f"Card {number}", number, front, back)
            for number, (front, back) in enumerate(templates, 1)
        ),
        css="",
        modified=1_700_000_000,
    )


def note(*fields: str, tags: tuple[str, ...] = ()) -> Note:
    return Note(1_300_000_000_000, "guid", "any", fields, tags, "Quiz::Сети", 0, 1_700_000_000)


SHOWN = [
    # front, back, what the two sides show of Q = "2 &lt; 3", A = "", Вариант 1 = "<b>да</b>"
    ("{{Q}}", "{{A}}", "2 &lt; 3", ""),
    ("{{ Q }}?", "{{FrontSide}}<hr>{{Вариант 1}}", "2 &lt; 3?", "2 &lt; 3?<hr><b>да</b>"),
    ("{{text:Q}}", "{{text:Вариант 1}}", "2 < 3", "да"),
    ("{{Q}}{{#A}}!{{/A}}", "{{^A}}none{{/A}}", "2 &lt; 3", "none"),
    ("{{#Q}}{{^A}}{{Q}}{{/A}}{{/Q}}", "", "2 &lt; 3", ""),
    ("<!-- {{A}} {{#}} -->{{Q}}", "", "<!-- {{A}} {{#}} -->2 &lt; 3", ""),
    ("{{Q}}", "{{Deck}} {{Subdeck}} {{Type}} {{Card}}", "2 &lt; 3", "Quiz::Сети Сети Any Card 1"),
    ("{{Q}}", "{{Tags}}", "2 &lt; 3", "a Б"),
]


@pytest.mark.parametrize(("front", "back", "shown", "answer"), SHOWN)
def test_a_card_shows(front, back, shown, answer):
    made = note("2 &lt; 3", "", "<b>да</b>", tags=("Б", "a"))
    assert render(note_type((front, back)), made, 0) == Sides(shown, answer)


EXISTS = [
    ("{{Q}}", ("x", "", ""), True),
    ("{{Q}}", ("", "x", "x"), False),
    ("{{Q}}", ("<br> <div></div>", "", ""), False),
    ("{{Q}}", ("&nbsp;", "", ""), True),
    ("static", ("x", "x", "x"), False),
    ("{{#Q}}static{{/Q}}", ("x", "", ""), False),
    ("{{#A}}{{Q}}{{/A}}", ("x", "", ""), False),
    ("{{#A}}{{Q}}{{/A}}", ("x", "x", ""), True),
    ("{{^A}}{{Q}}{{/A}}", ("x", "", ""), True),
    ("{{^A}}{{Q}}{{/A}}", ("x", "x", ""), False),
    ("{{text:Q}}", ("<i></i>", "", ""), True),
    ("<!-- {{Q}} -->", ("x", "", ""), False),
]


@pytest.mark.parametrize(("front", "fields", "exists"), EXISTS)
def test_a_card_exists_if_its_front_shows_a_field(front, fields, exists):
    assert card_rule(note_type((front, "")))(fields) == ((0,) if exists else ())


REFUSED = [
    ("{{Q", "without"),
    ("{{#Q}}", "not closed"),
    ("{{#Q}}{{#A}}{{/Q}}{{/A}}", "closes A"),
    ("{{/Q}}", "closes nothing"),
    ("{{Nothing}}", "no such field: Nothing"),
    ("{{#Nothing}}{{/Nothing}}", "no such field: Nothing"),
    ("{{#Q}}{{q}}{{/Q}}", "no such field: q"),
    ("{{}}", "no such field"),
    ("{{hint:Q}}", "filter"),
    ("{{text:text:Q}}", "filter"),
    ("{{text: Q}}", "no such field"),
    ("{{tts en_US:Q}}", "filter"),
    ("{{{Q}}}", "not used here"),
    ("{{=<% %>=}}<%Q%>", "not used here"),
    ("{{text:FrontSide}}", "filter"),  # Anki ignores the filter
    ("{{FrontSide}}", "no such field: FrontSide"),
    ("{{CardID}}", "no such field: CardID"),
]


@pytest.mark.parametrize(("front", "message"), REFUSED)
def test_what_is_not_used_is_refused(front, message):
    with pytest.raises(TemplateError, match=message):
        card_rule(note_type((front, "")))


@pytest.mark.parametrize(
    "front", ["{{Subdeck}}", "{{#Tags}}{{Q}}{{/Tags}}", "{{^Deck}}{{Q}}{{/Deck}}"]
)
def test_a_card_must_not_hang_on_a_special_field_alone(front):
    with pytest.raises(TemplateError, match="special field alone"):
        card_rule(note_type((front, "")))(("x", "", ""))


def test_a_special_field_may_stand_beside_a_field():
    rule = card_rule(note_type(("{{#A}}{{Subdeck}}: {{Q}}{{/A}}", "")))
    assert (rule(("x", "x", "")), rule(("x", "", ""))) == ((0,), ())


EMPTY = ["", " ", "\n", "\t", "<br>", "<BR />", "</div>", "<div>", "<div/>", "\r", "\x1d"]
ALMOST = ["<br  />", "&nbsp;", "\u00a0", "<p></p>", "<!-- -->", "<hr>", "<dıv>", "\u2003"]
FILLED = ["x", "0", "<img src='a.png'>", "<b>да</b>", "<script>", "2 < 3", "é", "й", "e\u0301"]
ENTITIES = ["&lt;", "&amp;", "&#x27;", "&#1076;", "&", "&nope;", "&nbsp", "&#xd800;", "&#;"]
HTML = st.lists(st.sampled_from(EMPTY + ALMOST + FILLED + ENTITIES), max_size=4).map("".join)
LITERAL = st.sampled_from(["", " ", "<b>", "\n", "<!-- {{Q}} -->", "} }", "-->", "é"])
NAMES = st.sampled_from(FIELDS)


def sections(nodes: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    section = st.builds("{{{{{0}{1}}}}}{2}{{{{/{1}}}}}".format, st.sampled_from("#^"), NAMES, nodes)
    return st.lists(section | LITERAL | replacements(NAMES), max_size=3).map("".join)


def replacements(names: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    forms = st.sampled_from(["{{{{{0}}}}}", "{{{{ {0} }}}}", "{{{{text:{0}}}}}"])
    return st.builds(lambda form, name: form.format(name), forms, names)


FRONT = st.recursive(replacements(NAMES) | LITERAL, sections, max_leaves=6)
SPECIAL = st.sampled_from(["Tags", "Deck", "Subdeck", "Card", "Type"])
BACK = st.tuples(FRONT, replacements(SPECIAL) | st.just("{{FrontSide}}"), FRONT).map("".join)


@pytest.fixture(scope="module")
def anki():
    with new_collection() as collection:
        yield collection


def added_note_type(anki, templates):
    """A new note type in Anki's collection, with our fields and these fronts and backs."""
    made = anki.models.new(f"Any {next(NUMBERS)}")
    for field in FIELDS:
        anki.models.add_field(made, anki.models.new_field(field))
    for number, (front, back) in enumerate(templates, 1):
        template = anki.models.new_template(f"Card {number}") | {"qfmt": front, "afmt": back}
        anki.models.add_template(made, template)
    return anki.models.get(anki.models.add_dict(made).id)


def added_note(anki, type_, fields, tags=()):
    made = anki.new_note(type_)
    made.fields, made.tags = list(fields), list(tags)
    anki.add_note(made, anki.decks.id("Quiz::Сети"))
    return made


@pytest.fixture(scope="module")
def empty_or_filled(anki):
    """A note type whose notes have card 0 if their first field is filled, card 1 if not."""
    return added_note_type(anki, [("{{Q}}", ""), ("{{^Q}}{{A}}{{/Q}}", "")])


@given(HTML)
def test_anki_agrees_which_fields_are_empty(anki, empty_or_filled, html):
    [card] = added_note(anki, empty_or_filled, [html, "x", ""]).cards()
    [stored] = stored_fields((html,))
    assert field_is_empty(stored) == (card.ord == 1)


@examples(150)
@given(st.lists(st.tuples(FRONT, BACK), min_size=1, max_size=3), st.tuples(HTML, HTML, HTML))
def test_real_anki_makes_the_same_cards_and_shows_the_same(anki, templates, fields):
    # Anki refuses fronts that are equal or show no field.
    templates = [(f"{front} {n} {{{{A}}}}", back) for n, (front, back) in enumerate(templates)]
    type_ = added_note_type(anki, templates)
    added = added_note(anki, type_, fields, ["б", "A", "b"])
    theirs = {card.ord: sides(anki, card.id) for card in added.cards()}

    ours = replace(note_type(*templates), name=type_["name"])
    made = note(*stored_fields(fields), tags=("б", "A", "b"))
    cards = card_rule(ours)(made.fields)
    if not cards:
        assert theirs.keys() == {0}  # Anki gives a note without cards a blank one
    else:
        assert theirs == {ord_: astuple(render(ours, made, ord_)) for ord_ in cards}

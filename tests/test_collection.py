"""Names, texts and sort keys as Anki stores them."""

from html.entities import html5

import pytest
from hypothesis import given
from hypothesis import strategies as st
from real_anki import new_collection

from builder.collection import (
    SEPARATOR,
    deck_name,
    parents,
    plain_text,
    shown_tags,
    sort_text,
    stored_fields,
)

PRESERVE_MEDIA = 1
TAGS = ["<b>", "</b>", "<!-- x -->", "<!--", "<style>b{}</style>", "<SCRIPT a>1</script>", "<", ">"]
PICTURES = ["<img src='a b.png'>", '<img alt="x" src="c.png" >', "<img\nsrc=d.png>", "<img>"]
OTHERS = ["<audio src=e.mp3>", "<source data-src='f'/>", "<imgs src=g>", " src='h'", "\n"]
ENTITIES = ["&lt;", "&amp;amp;", "&nbsp;", "&#39;", "&#x41;", "&#X41;", "&#0;", "&Aacute;"]
NO_ENTITIES = ["&", "& ", "&nope;", "&amp", "&fjlig;", "&apos;", "&#;", "&#xd800;", "&#x110000;"]
PIECES = st.sampled_from(TAGS + PICTURES + OTHERS + ENTITIES + NO_ENTITIES + ["\u00a0", "слой"])
HTML = st.lists(PIECES | st.text(max_size=3), max_size=6).map("".join)


@pytest.fixture(scope="module")
def anki():
    with new_collection() as collection:
        yield collection


@given(HTML)
def test_plain_text_is_what_anki_strips_html_to(anki, html):
    assert plain_text(html) == anki._backend.strip_html(text=html, mode=0)


@given(HTML)
def test_sort_text_keeps_the_names_of_pictures_as_anki_does(anki, html):
    assert sort_text(html) == anki._backend.strip_html(text=html, mode=PRESERVE_MEDIA)


def test_anki_knows_the_same_named_entities(anki):
    entities = [f"&{name}" for name in sorted(html5)]
    known = {each: anki._backend.strip_html(text=each, mode=0) for each in entities}
    assert {each: plain_text(each) for each in entities} == known


STORED = [
    ("plain", "plain"),
    ("tab\tand\nline", "tab\tand\nline"),
    ("e\u0301", "é"),
    ("и\u0306", "й"),
    ("a\r\nb\x00\x1d\x1f\x7f", "a\nb"),
    ("\x85\u2028", "\x85\u2028"),
]


@pytest.mark.parametrize(("given_", "stored"), STORED)
def test_a_field_is_stored_as(given_, stored):
    assert stored_fields(("first", given_, "")) == ("first", stored, "")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1).map(tuple))
def test_storing_fields_keeps_their_number_and_settles_at_once(fields):
    stored = stored_fields(fields)
    assert len(SEPARATOR.join(stored).split(SEPARATOR)) == len(fields)
    assert stored_fields(stored) == stored


NAMES = [
    (("Экзамен", "Сети"), "Экзамен::Сети"),
    (("a::b", "c"), "a::b::c"),
    ((" a: ", ":b "), "a::b"),
    (("a:b",), "a:b"),
    (("a", "", " "), "a::blank::blank"),
    (('Тема "Сети"',), "Тема Сети"),
    (("a\x00\nb",), "ab"),
    (("и\u0306",), "й"),
    (("a:::b",), "a::b"),
]


@pytest.mark.parametrize(("parts", "name"), NAMES)
def test_a_deck_is_called(parts, name):
    assert deck_name(*parts) == name


LEVELS = st.text(st.sampled_from("aй\u0306 :\t\x00\u00a0\u2003«B"), max_size=6)


@given(st.lists(LEVELS, min_size=1, max_size=3))
def test_anki_leaves_the_name_of_a_deck_as_it_is(anki, parts):
    name = deck_name(*parts)
    assert anki.decks.name(anki.decks.id(name)).casefold() == name.casefold()
    assert deck_name(name) == name


def test_the_decks_above_a_deck():
    assert parents("a::b::c") == ("a", "a::b")
    assert parents("a") == ()


@given(st.lists(st.text("abАбZя_", min_size=1, max_size=3), max_size=6, unique_by=str.casefold))
def test_tags_are_shown_in_ankis_order(anki, tags):
    note = anki.new_note(anki.models.by_name("Basic"))
    note.fields[0] = "x"
    note.tags = tags
    anki.add_note(note, 1)
    stored = " ".join(anki.get_note(note.id).tags)
    assert shown_tags(tags).casefold() == stored.casefold()

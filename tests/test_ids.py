"""Ids are for life: what members study is found again by them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.ids import (
    card_ids,
    deck_id,
    field_id,
    note_id,
    note_type_id,
    question_guid,
    template_id,
)

IN_THE_2010S = range(1_262_304_000_000, 1_577_836_800_000)  # milliseconds

FOR_LIFE = [
    (question_guid("ml-exam", "Что обновляется?", "ReLU"), "qv9v6joypzUB"),
    (note_id("bqJ0Vv3pXz1A"), 1_427_827_827_184),
    (deck_id("ml-exam", "Экзамен::Сети"), 1_344_095_983_231),
    (note_type_id("ml-exam", "choice"), 1_331_700_261_547),
    (field_id("choice", "Option 1"), 4_482_419_006_227_169),
    (template_id("choice", "Option 1"), 4_108_774_840_168_258),
]


@pytest.mark.parametrize(("made", "released"), FOR_LIFE)
def test_an_id_once_released_never_changes(made, released):
    assert made == released, "members who have the deck would get every note a second time"


@given(st.text(), st.lists(st.text()))
def test_a_guid_is_a_letter_and_eleven_letters_or_digits(uid, content):
    assert re.fullmatch("[A-Za-z][A-Za-z0-9]{11}", question_guid(uid, *content))


@given(st.lists(st.text(max_size=3), max_size=3), st.lists(st.text(max_size=3), max_size=3))
def test_different_content_gives_different_guids(one, other):
    assert (question_guid("uid", *one) == question_guid("uid", *other)) == (one == other)


def test_a_hundred_thousand_questions_have_as_many_guids_and_note_ids():
    guids = {question_guid("uid", str(number)) for number in range(100_000)}
    taken = set()
    for guid in sorted(guids):
        taken.add(note_id(guid, taken))
    assert (len(guids), len(taken)) == (100_000, 100_000)


@given(st.text())
def test_a_note_id_is_a_moment_of_the_2010s_with_room_for_its_cards(guid):
    assert note_id(guid) in IN_THE_2010S[::16]


@given(st.text(), st.integers(1, 30))
def test_a_note_id_that_is_taken_gives_way_to_the_next_free_one(guid, others):
    taken = set()
    for _ in range(others):
        taken.add(note_id(guid, taken))
    assert len(taken) == others
    assert note_id(guid, taken) == note_id(guid, frozenset(taken))


def test_the_last_note_id_of_the_2010s_gives_way_to_the_first():
    guid = max(map(str, range(100_000)), key=note_id)
    last = IN_THE_2010S[::16][-1]
    taken = range(note_id(guid), last + 1, 16)
    assert note_id(guid, taken) == IN_THE_2010S[0]


def test_the_cards_of_a_note_have_the_ids_after_it():
    first = note_id("any")
    assert card_ids(first, range(13)) == list(range(first, first + 13))


@given(st.text(), st.text())
def test_ids_of_decks_and_note_types_are_moments_of_the_2010s(uid, name):
    assert deck_id(uid, name) in IN_THE_2010S
    assert note_type_id(uid, name) in IN_THE_2010S


@given(st.text(), st.text())
def test_ids_of_fields_and_templates_survive_a_reader_with_floating_point_numbers(kind, name):
    ids = [field_id(kind, name), template_id(kind, name)]
    assert [int(float(each)) for each in ids] == ids
    assert ids[0] != ids[1]

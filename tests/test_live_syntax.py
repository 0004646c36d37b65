"""What an author typed like Anki's own syntax is text for real Anki, too."""

import warnings

import pytest
from real_anki import new_collection

from builder.html import clean, plain
from builder.prose import render

TYPED = [
    "[sound:a.mp3]",
    "[latex]x[/latex] [$]y[/$] [$$]z[/$$]",
    "[anki:tts lang=en_US]a[/anki:tts]",
    "{{Front}} {{c1::a}} {{type:Front}}",
    "![[sound:a.mp3]](a.png)",
]


@pytest.fixture(scope="module")
def collection():
    with new_collection() as collection:
        yield collection


def card(collection, html):
    """A card of Anki's own note type Basic, with a field of ours."""
    note = collection.new_note(collection.models.by_name("Basic"))
    note["Front"] = note["Back"] = html
    collection.add_note(note, collection.decks.id("Default"))
    return note.cards()[0]


@pytest.mark.parametrize("markdown", TYPED)
def test_it_plays_no_sound_and_stays_as_it_was_typed(collection, markdown):
    html = clean(render(markdown)).html
    shown = card(collection, html)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert not shown.question_av_tags()
        assert html in shown.question()
    assert plain(html) in (markdown, "[sound:a.mp3]")


def test_anki_acts_on_it_where_it_is_not_cleaned(collection):
    assert card(collection, "[sound:a.mp3]").question_av_tags()
    assert "disabled" in card(collection, "[latex]x[/latex]").question()


def test_the_marker_of_a_field_to_type_in_is_broken_up():
    html = clean(render("[[type:Front]] a")).html
    assert "[[type:" not in html
    assert plain(html) == "[[type:Front]] a"

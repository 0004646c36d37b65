"""Decks and tags of notes."""

import pytest

from builder.model import Identity, RenderedQuestion, Rich
from builder.notes import authors_tags, note_tags, subdeck


@pytest.mark.parametrize(
    ("file", "title", "deck"),
    [
        ("cnn.md", "Свёрточные сети", "DL::Свёрточные сети"),
        ("cnn.md", "", "DL::cnn"),
        ("vision/cnn.md", "Свёртки", "DL::vision::Свёртки"),
        ("a.md", "DL", "DL"),
        ("vision/a.md", "DL", "DL::vision::DL"),
        ("a.md", "C++::std", "DL::C++:std"),
        ("a.md", ' : "Квота" ', "DL::Квота"),
    ],
)
def test_a_file_is_a_deck_below_its_folders(file, title, deck):
    assert subdeck("DL", file, title) == deck


@pytest.mark.parametrize(
    ("file", "own", "common", "tags"),
    [
        ("cnn.md", (), (), ("cnn", "open")),
        ("vision/my cnn.md", ("трудный вопрос",), ("exam",), (
            "exam", "open", "vision::my_cnn", "трудный_вопрос",
        )),
        ("a::b.md", ("x",), ("x",), ("a:b", "open", "x")),
        ("a.md", ("сети::cnn", "::"), (), ("a", "open", "сети::cnn")),
    ],
)  # fmt: skip
def test_tags_are_topic_kind_and_what_the_author_and_the_settings_say(file, own, common, tags):
    authors = authors_tags(RenderedQuestion("", Rich("?", "?"), tags=own), file, common)
    assert note_tags(authors, "open", Identity("g", 16, 0)) == tags


def test_what_the_ledger_knows_is_a_tag_too():
    identity = Identity("g", 16, 0, retired=True, answer_changed="2026-11-23")
    assert note_tags({"a"}, "open", identity) == (
        "a",
        "answer-changed::2026-11-23",
        "open",
        "retired",
    )

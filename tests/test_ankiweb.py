"""What is said of a deck that AnkiWeb would not take."""

import pytest

from builder.ankiweb import MB, Sizes, warning


@pytest.mark.parametrize(
    "sizes",
    [Sizes(0, 0, 0), Sizes(100 * MB, 250 * MB, 100 * MB), Sizes(99 * MB, 240 * MB, 60 * MB)],
)
def test_what_ankiweb_takes_is_not_told(sizes):
    assert warning("deck.apkg", sizes) == ""


@pytest.mark.parametrize(
    "sizes", [Sizes(60 * MB, 251 * MB, 60 * MB), Sizes(102 * MB, 200 * MB, 101 * MB)]
)
def test_notes_that_keep_a_member_from_syncing_are_told(sizes):
    assert "no member could sync any more" in warning("deck.apkg", sizes)


def test_media_that_take_long_to_load_are_told():
    said = warning("deck.apkg", Sizes(101 * MB, MB, MB))
    assert said.startswith("“deck.apkg” has 101 MB. AnkiWeb's limit of 100 MB")

"""Letters that name options."""

import pytest

from builder.letters import named_option, stands_at


@pytest.mark.parametrize(
    ("letter", "labels", "index"),
    [
        ("B", "ABC", 1),
        ("b", "ABC", 1),
        ("B", "abc", 1),
        ("D", "ABC", None),
        ("Б", "АБВ", 1),
        ("В", "АБВ", 2),
        ("С", "ABC", 2),  # Cyrillic, but it looks the same
        ("В", "ABC", 1),
        ("Б", "ABC", 1),  # looks like none, so its place counts
        ("Г", "ABC", None),
        ("B", "АБВ", 2),
        ("D", "АБВГ", 3),
        ("Г", "АБВ", None),
        ("1", "ABC", None),
        ("A", "", None),
    ],
)
def test_a_letter_names_an_option_by_itself_its_look_or_its_place(letter, labels, index):
    assert named_option(letter, labels) == index


@pytest.mark.parametrize("letters", ["ABCD", "abcd", "АБВГ", "абвг", "АВСD"])
def test_letters_of_both_alphabets_follow_each_other(letters):
    assert all(stands_at(letter, index) for index, letter in enumerate(letters))


def test_no_letter_stands_past_the_alphabet():
    assert not stands_at("A", 40)

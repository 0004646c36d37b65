"""What lets the rules about letters pass over a text soon lets no damage pass."""

from itertools import product

import pytest

from builder.rules.form import letters

_WRITTEN = ["".join(pair) for pair in product("абёжияАЮЯ éüñ’“—№", repeat=2)]
_READ_AS = ["cp1251", "cp1252", "latin-1", "cp866"]


@pytest.mark.parametrize("encoding", _READ_AS)
def test_whatever_is_damaged_text_is_looked_at(encoding):
    damaged = [text.encode().decode(encoding, "replace") for text in _WRITTEN]
    found = list(filter(letters._MOJIBAKE.search, damaged))
    assert len(found) > 50
    for text in found:
        assert letters._may_be_damaged(text), text


def test_whatever_is_of_two_alphabets_is_looked_at():
    words = ["".join(word) for word in product("aSя-ЖS1 ", repeat=4)]
    mixed = [word for word in words if letters._MIXED.search(word)]
    assert len(mixed) > 100
    assert not any(letters._APART.fullmatch(f"Слой {word} no") for word in mixed)

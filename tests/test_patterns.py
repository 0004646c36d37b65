"""Patterns that are compiled late: each is sound, and is to its users what `re.compile` gives."""

import pickle
import pkgutil
import re
from importlib import import_module

import pytest

import builder
from builder import patterns
from builder.patterns import late

LATE = {
    f"{module.name}.{name}": value
    for module in pkgutil.walk_packages(builder.__path__, "builder.")
    if not module.name.endswith("__main__")
    for name, value in vars(import_module(module.name)).items()
    if isinstance(value, patterns._Late)
}


@pytest.mark.parametrize("name", LATE)
def test_a_pattern_that_waits_can_be_compiled(name):
    assert re.compile(LATE[name].pattern, LATE[name]._flags)


def test_it_does_what_a_compiled_one_does():
    pattern = late(r"(?P<word>o+)", re.IGNORECASE)
    assert pattern.pattern == r"(?P<word>o+)"
    assert pattern.search("fOo")["word"] == "Oo"
    assert pattern.match("fOo") is None
    assert pattern.fullmatch("oOo")
    assert pattern.sub("-", "fOo") == "f-"
    assert pattern.subn("-", "fOo") == ("f-", 1)
    assert pattern.split("fOod")[::2] == ["f", "d"]
    assert pattern.findall("Oo o") == ["Oo", "o"]
    assert [found.start() for found in pattern.finditer("Oo o")] == [0, 3]
    assert pattern.flags & re.IGNORECASE
    assert pattern.groupindex == {"word": 1}


def test_it_can_be_sent_to_another_process_before_and_after_its_first_use():
    pattern = late("o+", re.IGNORECASE)
    for _ in range(2):
        assert pickle.loads(pickle.dumps(pattern)).findall("fOo") == ["Oo"]
        pattern.search("o")


def test_a_mistake_comes_to_light_on_the_first_use():
    wrong = late("(")
    with pytest.raises(re.error):
        wrong.search("")

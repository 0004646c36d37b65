"""Which slot an option holds, for as long as its question lives."""

import pytest
from ledgers import ask, settled

from builder.ledger import Event
from builder.model import SLOTS

STEM = "Какие из следующих слоев нейронной сети не обновляются при backpropagation?"
LAYERS = ("MaxPooling", "Полносвязный слой", "Dropout", "Слой свертки")


def slots(*versions):
    """The slots in the last of several versions of one question."""
    last = None
    for options in versions:
        outcome = settled([ask(STEM, *options)], last)
        last = outcome.lock
    return list(outcome.identities[0].slots)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (("Dropout", "Слой свертки", "MaxPooling", "Полносвязный слой"), [3, 4, 1, 2]),
        (("MaxPooling", "Полносвязный слой (Dense)", "Dropout", "Слой свертки"), [1, 2, 3, 4]),
        (("MaxPoling", "Полносвязный слой", "Dropout", "Слои свёртки"), [1, 2, 3, 4]),
        (("MaxPooling", "Dropout", "Слой свертки"), [1, 3, 4]),
        (("ReLU", *LAYERS), [5, 1, 2, 3, 4]),
        (("MaxPooling", "ReLU", "Dropout", "Слой свертки"), [1, 5, 3, 4]),
        (("GELU", "Эмбеддинг", "Внимание", "Softmax", *LAYERS), [5, 6, 7, 8, 1, 2, 3, 4]),
    ],
    ids=["reordered", "reworded", "misspelt", "removed", "added", "replaced", "four added"],
)
def test_an_option_keeps_its_slot_and_a_new_one_gets_the_next(after, expected):
    assert slots(LAYERS, after) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("O(n)", "O(n^2)"),
        ("10", "100"),
        ("x > 0", "x < 0"),
        ("all of the above", "none of the above"),
        ("True", "False"),
        ("supervised", "unsupervised"),
        ("линейная", "нелинейная"),
        ("Adam", "AdamW"),
        ("True, False", "False, True"),
        ("1 2 3", "3 2 1"),
        ("минимум", "максимум"),
        ("Security manager", "Security key"),
    ],
)
def test_an_option_of_another_sense_gets_a_slot_of_its_own(before, after):
    others = ("Никакой из этих ответов не годится", "Зависит от того, как настроен оптимизатор")
    assert slots((before, *others), (after, *others)) == [4, 2, 3]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("one of these five words", "two in these five words", 1),
        ("one of these five words", "two in those five verbs", 4),
        ("Tampering with the files", "Tampering of the files", 1),
        ("外側 div", "div", 4),
        ("Tampering with the files", "Encryption with keys", 4),
        ("Слой свертки", "Слои свертки", 1),  # slips and endings count for nothing
        ("malware", "installed malware", 1),  # a word that came to one explains it
        ("Team member", "Member", 4),  # one that went leaves another sense
        ("string, number", "string", 4),  # be it of a list
        ('["Lydia"]', '"Lydia"', 4),
        ("first.next.value() and first.next.value(2)", "go.next().value and go.next(2).value", 4),
        ('["1 + 2", "1 * 2", "1 / 2", "1 - 2"]', '["1 + 2", "1 * 2", "5 / 2", "1 - 2"]', 1),
    ],
)
def test_of_an_option_two_fifths_of_the_words_may_be_others(before, after, expected):
    others = ("Никакой из этих ответов не годится", "Зависит от того, как настроен оптимизатор")
    assert slots((before, *others), (after, *others)) == [expected, 2, 3]


def test_an_option_of_one_word_is_not_misspelt_and_corrected_at_once():
    assert slots(("+ Colombia", "Kenya"), ("Columbia", "+ Kenya")) == [3, 2]
    assert slots(("+ Colombia", "Kenya"), ("+ Columbia", "Kenya")) == [1, 2]


def test_a_slot_is_never_used_again():
    assert slots(("a one", "b two"), ("a one",), ("a one", "c three")) == [1, 3]


def test_an_option_that_returns_gets_its_slot_back():
    assert slots(LAYERS, LAYERS[:3], (*LAYERS[:3], "ReLU"), ("ReLU", *LAYERS)) == [5, 1, 2, 3, 4]


def test_options_that_swapped_their_texts_swapped_their_places_only():
    assert slots(LAYERS, (LAYERS[1], LAYERS[0], *LAYERS[2:])) == [2, 1, 3, 4]


def test_near_duplicates_among_options_that_were_both_reworded_never_swap():
    before = ("git commit --amend now", "git commit --all now", "git push")
    after = ("git push", "run git commit --all now", "run git commit --amend now")
    assert slots(before, after) == [3, 2, 1]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # Signs of punctuation tell in code.
        (
            ("mouse.bird.size is valid", "mouse[bird.size] is valid", "neither", "both"),
            ("both", "mouse[bird.size] is quite valid", "mouse.bird.size is too valid", "neither"),
            [4, 2, 1, 3],
        ),
        # What stayed in its order tells more than what moved.
        (
            ("root, docs, github", "docs, root, github", "docs, github, root"),
            ("main root, docs, github", "docs, main root, github", "docs, github, main root"),
            [1, 2, 3],
        ),
        # One word of three is another, and all others are known.
        (
            ("AWS Direct Connect", "AWS VPN CloudHub", "Amazon WorkSpaces Web"),
            ("server Direct Connect", "AWS VPN CloudHub", "Amazon WorkSpaces Web"),
            [1, 2, 3],
        ),
        # Only their order tells which is which.
        (
            ("first angle view", "third angle view", "right angle view", "one", "two", "three"),
            ("main angle view", "other angle view", "right angle view", "one", "two", "three"),
            [1, 2, 3, 4, 5, 6],
        ),
        # Their order changed, so nothing tells which is which.
        (
            ("first angle view", "third angle view", "one", "two", "three"),
            ("main angle view", "other angle view", "two", "three", "one"),
            [6, 7, 4, 5, 3],
        ),
        # In code, case and underscores tell.
        (
            ("echo $_SESSION['music'] now", "echo $session['music'] now", "neither"),
            ("neither", "echo $session['music'] then", "echo $_SESSION['music'] soon"),
            [3, 2, 1],
        ),
        # The words say rather the other way what a word that turns the sense would forbid.
        (
            ("my_keys = info.all_keys()", "my_keys = info.keys", "none", "other"),
            ("other", "my_keys = later", "hers = info.keys", "none"),
            [4, 5, 6, 3],
        ),
        # Much more like one that stayed: that one may have been edited to what this one said.
        (
            ("find fruit apple.txt chocolate.txt", "find fruit apple.txt chocolate.txt orange.txt"),
            ("find fruit apple.txt chocolate.txt", "find fruit apple.ttxt chocolate.txt"),
            [1, 3],
        ),
        # Hardly alike, and another verdict besides.
        (
            ("+ A web browser", "A router", "TCP"),
            ("TCP", "A router", "On a web server"),
            [3, 2, 4],
        ),
        # One word stayed beside a sign, and all others are known.
        (
            ("Eradication / Remediation", "Containment / Mitigation", "Reporting"),
            ("Reporting", "Ending / Remediation", "Containment / Mitigation"),
            [3, 1, 2],
        ),
        # Pictures are words.
        (
            ("['🍇', '🍌', '🍊', '🍎']", "['🍇', '🍊']", "undefined"),
            ("['🍇', '🍌', '🍊', apple]", "['🍇', '🍊']", "undefined"),
            [1, 2, 3],
        ),
        # A value that was mended among many words.
        (
            ("The height of the button must also be set to 0dp", "0dp", "nothing"),
            ("The height of the button must also be set to 1dp", "0dp", "nothing"),
            [1, 2, 3],
        ),
        # Another that left is as much alike.
        (
            ("Resurrection", "Ascension of Christ", "Epiphany", "Nativity of Christ"),
            ("Resurrection", "of Christ", "Epiphany"),
            [1, 5, 3],
        ),
        # Signs alone are no words.
        (
            ('"number"', '"array"', '"object"'),
            ('"""', '"number"', '"object"'),
            [4, 1, 3],
        ),
        # One value of two is another option, not this one mended.
        (
            ("true, true", '"Lydia", 21', "undefined, undefined"),
            ("true", '"Lydia", 21', "undefined, undefined"),
            [4, 2, 3],
        ),
        # A word of quantity, misspelt.
        (
            ("None of these", "Sicily", "Malta"),
            ("Nobe of these", "Sicily", "Malta"),
            [1, 2, 3],
        ),
    ],
    ids=[
        "punctuation",
        "order of words",
        "one word",
        "order of options",
        "no order",
        "case in code",
        "crossed",
        "rivalled",
        "another verdict",
        "one word of two",
        "pictures",
        "a value among many words",
        "either of two that left",
        "signs alone",
        "one value of two",
        "quantity",
    ],
)
def test_options_that_were_reworded_at_once_are_told_by_all_that_is_known(before, after, expected):
    assert slots(before, after) == expected


def test_of_two_options_of_code_it_is_the_one_of_which_fewer_pieces_were_retyped():
    def run(step, image="'Dockerfile'"):
        return f"runs: using: 'docker' image: {image} entrypoint: 'entry.sh' {step}: 'clean.sh'"

    before = (run("post"), run("after"), run("after-entrypoint"), run("cleanup"))
    after = (run("post"), run("after", "trigger"), "Users follow it by hand", run("cleanup"))
    assert slots(before, after) == [1, 2, 5, 4]


def test_of_two_that_could_be_meant_the_correct_one_stays_correct():
    before = ("+ первый слой сети", "второй слой сети", "ничего", "всё")
    after = ("всё", "нейронный слой сети", "ничего", "+ новый слой сети")
    assert slots(before, after) == [4, 2, 3, 1]


def test_forty_options_that_were_all_reworded_keep_the_slots_there_are():
    before = [f"the option of number {'x' * n} among many" for n in range(40)]
    after = [f"an {text}" for text in before]
    assert slots(before, after) == [*range(1, SLOTS + 1), *[0] * (40 - SLOTS)]


def test_an_option_that_could_be_either_of_two_is_new():
    before = ("git commit --amend", "git commit --verify", "git push")
    assert slots(before, ("git commit --quiet", "git push")) == [4, 3]


def test_copies_of_an_option_keep_their_slots_in_their_order():
    assert slots(("same", "same", "other"), ("same", "other", "same")) == [1, 3, 2]


def test_an_option_that_left_keeps_slot_and_text_as_last_shipped():
    first = settled([ask(STEM, *LAYERS)])
    second = settled([ask(STEM, *LAYERS[1:])], first.lock)
    assert second.identities[0].withdrawn == ((1, "MaxPooling"),)


def test_when_the_slots_run_out_an_option_has_no_card_and_that_is_said():
    words = [f"ответ {'абвгдежзиклмн'[i]}{i}" for i in range(SLOTS + 1)]
    first = settled([ask(STEM, *words[:SLOTS])])
    second = settled([ask(STEM, *words)], first.lock)
    said = [change for change in second.changes if change.event is Event.NO_SLOT]
    assert second.identities[0].slots[-1] == 0
    assert [change.after for change in said] == [words[-1]]


def test_slots_stay_used_up_when_options_left():
    words = [f"ответ {'абвгдежзиклмн'[i]}{i}" for i in range(SLOTS)]
    assert slots(words, words[2:], [*words[2:], "совсем другое"])[-1] == 0


def test_an_option_beyond_the_slots_stays_without_one():
    words = [f"ответ {'абвгдежзиклмн'[i]}{i}" for i in range(SLOTS + 1)]
    assert slots(words, words, words[::-1])[0] == 0

"""Who is who between two versions of a source: examples, and laws."""

import tracemalloc
from collections.abc import Collection

import pytest
from conftest import examples
from hypothesis import given
from hypothesis import strategies as st

from builder.ledger import (
    Asked,
    AskedOption,
    Sheet,
    by_file,
    known,
    lock_text,
    read_lock,
    settle,
)
from builder.model import SLOTS, Verdict
from builder.source import Source
from builder.values import replace

NOW = 1_700_000_000
DAY = 86_400


def asked(stem, *options, path="a.md", **rest):
    """A question; an option is right if it begins with "+"."""
    made = tuple(
        AskedOption(text.lstrip("+"), Verdict.CORRECT if text[0] == "+" else Verdict.WRONG, text)
        for text in options
    )
    return Asked(path, stem, made, source=repr((stem, options)), rendering=stem, **rest)


RELU = asked("Что делает функция ReLU с отрицательными числами?", "+Обнуляет", "Меняет знак")
POOL = asked("Зачем в свёрточной сети нужен слой пулинга?", "+Сжать карту", "Добавить весов")
BATCH = asked("По какой оси нормирует Batch Normalization?", "+По батчу", "По каналам")
GRADIENT = asked("Что такое градиент функции потерь?", explanation="Вектор производных.")
QUIZ = (RELU, POOL, BATCH, GRADIENT)


def settled(questions, last=None, now=NOW, **rest):
    return settle(by_file(questions), last, uid="nets", now=now, version="1", **rest)


def guids(questions, last=None):
    return [identity.guid for identity in settled(questions, last).identities]


FIRST = settled(QUIZ).lock
RELU_ID, POOL_ID, BATCH_ID, GRADIENT_ID = guids(QUIZ)


def test_without_a_lock_the_texts_alone_give_the_guids():
    assert guids(QUIZ[::-1]) == guids(QUIZ)[::-1]
    assert len(set(guids(QUIZ))) == 4


def test_two_questions_with_one_stem_are_told_apart_by_their_options():
    one, other = asked("Что верно?", "+а", "б"), asked("Что верно?", "+в", "г")
    assert guids((one, other)) == guids((other, one))[::-1]


@pytest.mark.parametrize(
    "stem",
    [
        "Что делает функция ReLU с отрицательными числами ?",
        "Что делает функцыя ReLU с отрицательными числами?",
        "Что делает активация ReLU с отрицательными числами?",
    ],
)
def test_a_reworded_question_keeps_its_guid(stem):
    changed = replace(RELU, stem=stem, source=stem, rendering=stem)
    assert guids((changed, *QUIZ[1:]), FIRST)[0] == RELU_ID


def test_a_question_that_was_replaced_is_new():
    other = asked("Какой оптимизатор хранит моменты градиентов?", "+Adam", "SGD")
    result = settled((other, *QUIZ[1:]), FIRST)
    assert result.identities[0].guid not in {entry.guid for entry in FIRST.entries}
    assert [stone.identity.guid for stone in result.tombstones] == [RELU_ID]


def test_a_question_that_moves_to_another_file_keeps_its_guid():
    moved = [replace(question, path="b.md") for question in QUIZ[::-1]]
    assert guids(moved, FIRST) == guids(QUIZ)[::-1]


def test_an_explicit_key_outlives_any_rewording():
    first = settled((replace(RELU, key="relu"),)).lock
    other = replace(POOL, key="relu")
    assert guids((other,), first) == [entry.guid for entry in first.entries]


def test_twins_that_differ_in_a_negation_never_swap():
    yes = asked("Какие слои обучаются?", "+Свёртка", "ReLU")
    no = asked("Какие слои не обучаются?", "Свёртка", "+ReLU")
    first = settled((yes, no))
    second = settled((no, yes), first.lock)
    assert [i.guid for i in second.identities] == [i.guid for i in first.identities][::-1]


def test_a_question_that_gains_options_is_another_note():
    """Anki never changes the note type of a note."""
    choice = replace(GRADIENT, options=RELU.options, source="x")
    result = settled((*QUIZ[:3], choice), FIRST)
    assert result.identities[3].guid != GRADIENT_ID
    assert GRADIENT_ID in {stone.identity.guid for stone in result.tombstones}


def test_options_keep_their_slots_whatever_happens_to_them():
    first = settled((asked("Что верно?", "+альфа", "бета", "гамма"),)).lock
    again = asked("Что верно?", "гамма", "дельта", "+альфа точно")
    (identity,) = settled((again,), first).identities
    assert identity.slots == (3, 4, 1)
    assert identity.withdrawn == ((2, "бета"),)


def test_when_the_slots_run_out_an_option_gets_none():
    many = [f"вариант номер {n} особый{n}" for n in range(SLOTS + 2)]
    (identity,) = settled((asked("Сколько?", *many),)).identities
    assert identity.slots == (*range(1, SLOTS + 1), 0, 0)


def test_an_answer_that_changed_says_since_when():
    changed = asked(RELU.stem, "Обнуляет", "+Меняет знак")
    result = settle(by_file((changed, *QUIZ[1:])), FIRST, uid="nets", now=NOW + DAY, version="2")
    assert result.identities[0].answer_changed == "2"


def test_only_what_changed_gets_a_newer_time_even_if_the_clock_went_back():
    changed = replace(RELU, source="new", rendering="new")
    result = settled((changed, *QUIZ[1:]), FIRST, now=NOW - DAY)
    assert [i.modified - NOW for i in result.identities] == [1, 0, 0, 0]
    assert result.clock_behind == DAY + 1


def test_a_change_of_rendering_alone_waits_for_the_next_change():
    shown = replace(RELU, rendering="shown anew")
    assert settled((shown,), settled((RELU,)).lock, now=NOW + 9).identities[0].modified == NOW
    asked_for = settled((shown,), settled((RELU,)).lock, now=NOW + 9, rerender=True)
    assert asked_for.identities[0].modified == NOW + 9


def test_a_withdrawn_question_returns_with_its_guid():
    without = settled(QUIZ[1:], FIRST, now=NOW + DAY).lock
    back = settled(QUIZ, without, now=NOW + 2 * DAY)
    assert back.identities[0].guid == RELU_ID
    assert back.tombstones == ()


# Merging ---------------------------------------------------------------------------------------


def conflict(ours, theirs):
    """What git leaves where two branches changed the same lines."""
    same = set(ours) & set(theirs)
    body = [line for line in ours if line in same]
    mine, yours = ([line for line in side if line not in same] for side in (ours, theirs))
    marked = ["<<<<<<< ours", *mine, "=======", *yours, ">>>>>>> theirs"]
    return "\n".join([*body[:-1], *marked, body[-1], ""])


def test_questions_that_two_branches_added_are_put_together():
    one = asked("Что такое эпоха обучения?", explanation="Проход по выборке.")
    other = asked("Что такое размер батча?", explanation="Число примеров.")
    ours, theirs = (settled((*QUIZ, new), FIRST, now=NOW + DAY).lock for new in (one, other))
    text = conflict(lock_text(ours).splitlines(), lock_text(theirs).splitlines())
    lock, _ = read_lock(Source("deck.lock", text))
    assert {entry.guid for entry in lock.entries} == {
        entry.guid for side in (ours, theirs) for entry in side.entries
    }


# Laws ------------------------------------------------------------------------------------------

WORDS = st.sampled_from("слой сеть вес шаг не градиент батч ReLU 2 3 выход".split())
STEMS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
OPTIONS = st.lists(st.lists(WORDS, min_size=1, max_size=2).map(" ".join), max_size=4)
QUESTIONS = st.lists(
    st.builds(lambda s, o, p: asked(s, *o, path=p), STEMS, OPTIONS, st.sampled_from("ab")),
    max_size=6,
)


@examples(60)
@given(QUESTIONS, QUESTIONS)
def test_settling_again_changes_nothing(before, after):
    first = settled(before).lock
    second = settled(after, first, now=NOW + DAY)
    third = settled(after, second.lock, now=NOW + 2 * DAY)
    assert third.identities == second.identities
    assert lock_text(third.lock) == lock_text(second.lock)


KEYED = st.lists(
    st.builds(
        lambda stem, options, path, key, look: replace(
            asked(stem, *options, path=path, key=key), rendering=look
        ),
        STEMS,
        OPTIONS,
        st.sampled_from("abcd"),
        st.sampled_from(("", "", "", "k", "l")),
        st.sampled_from("xxxy"),
    ),
    max_size=10,
)
VERSIONS = st.tuples(KEYED, st.lists(st.tuples(st.sampled_from("abcd"), KEYED), max_size=4))


@examples(200)
@given(VERSIONS, st.lists(st.booleans(), min_size=5, max_size=5), st.booleans())
def test_what_is_known_of_files_that_stay_the_same_changes_no_result(versions, ours, rerender):
    """Nor where the lock is that of a colleague, who knew more or less when the last one came."""
    questions, edits = versions
    quiz = {path: [one for one in questions if one.path == path] for path in "abcd"}
    last, still = None, {}
    for day, (path, others) in enumerate((*edits, ("a", quiz["a"]))):
        quiz[path] = [replace(one, path=path) for one in others]
        sheets = [Sheet(path, tuple(own), repr(own)) for path, own in quiz.items()]
        wishes = {"uid": "nets", "now": NOW + day, "version": str(day), "rerender": rerender}
        slow, fast = (settle(sheets, last, still=s, **wishes) for s in ({}, still))
        assert replace(fast, still={}) == replace(slow, still={})
        last = known.unpacked(known.packed(fast.lock), lock_text(fast.lock).encode())
        assert last == fast.lock
        if ours[day]:
            still = known.unpacked_files(known.packed_files(fast.still))


class Anew(Collection):
    """The questions of a file, made anew each time that they are asked for."""

    def __init__(self, path, edited=()):
        self.path, self.edited = path, edited

    def __iter__(self):
        for number in range(len(self)):
            stem = f"Что делает слой {number} в {self.path}" + " ныне?" * (number in self.edited)
            options = (f"+Слой {number} в {self.path} считает среднее", f"{number} в {self.path}")
            yield asked(stem, *options, path=self.path)

    def __len__(self):
        return 50

    def __contains__(self, question):
        return question in tuple(self)


def test_questions_that_stayed_take_little_memory_while_others_are_recognised():
    """So a deck of any size can be built again: of each only a hash is kept, not its texts."""

    def peak(files):
        paths = [f"{number}.md" for number in range(files)]
        last = settle([Sheet(p, Anew(p)) for p in paths], None, uid="u", now=NOW, version="1").lock
        sheets = [Sheet(path, Anew(path, (7,) if path == "0.md" else ())) for path in paths]
        tracemalloc.start()
        try:
            settled = settle(sheets, last, uid="u", now=NOW + DAY, version="2")
            assert len(settled.changes) == 1
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(60) - peak(30) < 1_000 * 30 * 50


@examples(60)
@given(QUESTIONS, QUESTIONS)
def test_no_two_questions_share_a_guid_or_an_id_and_none_is_forgotten(before, after):
    first = settled(before)
    second = settled(after, first.lock, now=NOW + DAY)
    everyone = [*second.identities, *(stone.identity for stone in second.tombstones)]
    assert len({identity.guid for identity in everyone}) == len(everyone)
    assert len({identity.note_id for identity in everyone}) == len(everyone)
    assert {i.guid for i in first.identities} <= {i.guid for i in everyone}
    for identity in second.identities:
        taken = [slot for slot in identity.slots if slot]
        assert len(set(taken)) == len(taken)


@examples(60)
@given(QUESTIONS)
def test_a_lock_that_is_written_is_read_back(questions):
    lock = settled(questions).lock
    assert read_lock(Source("deck.lock", lock_text(lock))) == (lock, ())


@given(
    st.text(max_size=200) | st.lists(st.sampled_from(lock_text(FIRST).splitlines())).map("\n".join)
)
def test_no_text_at_all_raises_as_a_lock(text):
    lock, found = read_lock(Source("deck.lock", text.replace("\r", "")))
    assert lock is not None or found

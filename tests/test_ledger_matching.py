"""Who is who: questions that were reworded, moved, multiplied and replaced."""

import random
from itertools import pairwise

import pytest
from ledgers import ask, settled

LAYERS = ("MaxPooling", "Полносвязный слой", "Dropout", "Слой свертки")
STEM = "Какие из следующих слоев нейронной сети не обновляются при backpropagation?"


def guids(asked, last=None):
    return [identity.guid for identity in settled(asked, last).identities]


def kept(before, after):
    """Which question of the first version each one of the second is; None if it is new."""
    first = settled(before)
    known = {identity.guid: i for i, identity in enumerate(first.identities)}
    return [known.get(guid) for guid in guids(after, first.lock)]


@pytest.mark.parametrize(
    "stem",
    [
        "Какие из следующих слоев нейронной сети не обновляются при backpropagation",
        "Какие из слоев нейронной сети не обновляются при обратном распространении ошибки?",
        "Какие из следующих слоёв нейронной сети не обнавляются при backpropagation?",
        "Какие из следующих слоев нейронной сети обновляются при backpropagation?",
        "Укажите слои нейронной сети, которые не обновляются при backpropagation.",
    ],
)
def test_a_reworded_stem_keeps_the_guid(stem):
    assert kept([ask(STEM, *LAYERS)], [ask(stem, *LAYERS)]) == [0]


def test_a_number_that_was_corrected_keeps_the_guid():
    old = ask("Сколько параметров у слоя Linear(128, 10)?", "1290", "1280", "138")
    new = ask("Сколько параметров у слоя Linear(128, 20)?", "1290", "1280", "138")
    assert kept([old], [new]) == [0]


def test_a_different_question_in_the_same_place_is_new():
    old = [ask("Что такое DNS?", "a"), ask(STEM, *LAYERS), ask("Что такое TCP?", "b")]
    new = [old[0], ask("Чем LSTM лучше простой RNN?", "Ничем", "Дольше помнит", "Быстрее"), old[2]]
    assert kept(old, new) == [0, None, 2]


def test_another_question_with_the_same_general_stem_is_new():
    old = ask("Что выведет программа?", "1 2 3", "3 2 1", "Ошибку компиляции", "Ничего")
    new = ask("Что выведет программа?", "True", "None", "[0, 4]", "Исключение KeyError")
    assert kept([old], [new]) == [None]


def test_an_open_question_is_told_by_its_answer():
    """Of three words one is another: whether it is reworded or replaced shows in the answer."""
    answer = "Протокол, который переводит имена узлов в адреса и хранит записи в зонах серверов"
    other = "Протокол передачи файлов с двумя соединениями: одно для команд, другое для данных"
    old = ask("Что такое DNS?", explanation=answer)
    assert kept([old], [ask("Что значит DNS?", explanation=answer)]) == [0]
    assert kept([old], [ask("Что такое FTP?", explanation=other)]) == [None]


TWINS = [
    ("Which of these layers is updated?", "Which of these layers is not updated?"),
    ("How many bits has an IPv4 address?", "How many bits has an IPv6 address?"),
    ("Which value is the largest in the list?", "Which value is the smallest in the list?"),
    ("Верно ли, что x < 0 при y = 1?", "Верно ли, что x < 0 при y = 2?"),
]


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_near_duplicates_keep_their_guids_wherever_they_go(one, other):
    old = [ask(one, "A1", "B2", "C3"), ask(other, "A1", "B2", "C3")]
    assert kept(old, old[::-1]) == [1, 0]


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_near_duplicates_that_were_both_reworded_never_swap(one, other):
    old = [ask(one, "A1", "B2", "C3"), ask(other, "A1", "B2", "C3")]
    new = [ask(f"{other} Explain", "A1", "B2", "C3"), ask(f"Now: {one}", "A1", "B2", "C3")]
    assert kept(old, new) in ([1, 0], [1, None], [None, 0], [None, None])
    assert kept(old, new[::-1]) == [0, 1]


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_the_guid_of_a_near_duplicate_that_left_is_not_taken_by_the_other(one, other):
    old = [ask(one, "A1", "B2", "C3"), ask(other, "A1", "B2", "C3")]
    assert kept(old, [old[1]]) == [1]


def test_what_could_be_either_of_two_is_new():
    """It lost the word in which the two differ, and stands where neither stood."""
    old = [
        ask("Which sort of layer is always frozen here?", "conv", "dense", "norm", path="a.md"),
        ask("Which sort of layer is often frozen here?", "conv", "dense", "norm", path="b.md"),
    ]
    new = ask("Which sort of layer is rarely frozen here?", "conv", "dense", "norm", path="c.md")
    assert kept(old, [new]) == [None]


def test_a_question_that_became_the_text_of_another_leaves_its_guid_alone():
    old = [ask("Which layer is updated?", "x", "y"), ask("Which layer is not updated?", "x", "y")]
    new = [old[0], old[0]]
    assert sorted(kept(old, new), key=str) in ([0, 1], [0, None])
    assert len(set(guids(new, settled(old).lock))) == 2


def quiz(count, path="all.md"):
    rng = random.Random(7)
    words = ["".join(rng.choices("bdgklmnprst", k=2)) + rng.choice("aeiou") * 2 for _ in range(400)]
    return [
        ask(
            " ".join(rng.choices(words, k=9)) + "?",
            *(" ".join(rng.choices(words, k=3)) for _ in range(4)),
            path=path,
        )
        for _ in range(count)
    ]


def elsewhere(questions, path):
    return [ask(q.stem, *(o.text for o in q.options), path=path) for q in questions]


@pytest.mark.parametrize(
    "after",
    [
        lambda asked: asked[::-1],
        lambda asked: elsewhere(asked, "renamed.md"),
        lambda asked: [*asked[:30], *elsewhere(asked[30:], "second half.md")],
        lambda asked: [*elsewhere(asked[:1], "moved.md"), *asked[1:]],
    ],
    ids=["reordered", "file renamed", "file split", "moved"],
)
def test_questions_keep_their_guids_wherever_they_go(after):
    asked = quiz(60)
    last = settled(asked).lock
    of_stem = {q.stem: guid for q, guid in zip(asked, guids(asked), strict=True)}
    now = after(asked)
    assert guids(now, last) == [of_stem[q.stem] for q in now]


def test_a_file_renamed_and_reworded_at_once_is_recognised():
    asked = quiz(40)
    renamed = elsewhere(asked, "new name.md")
    reworded = [
        ask(q.stem.replace(" ", " eh ", 2), *(o.text for o in q.options), path=q.path)
        if i % 3 == 0
        else q
        for i, q in enumerate(renamed)
    ]
    assert guids(reworded, settled(asked).lock) == guids(asked)


def test_an_explicit_key_is_believed_whatever_else_changed():
    old = ask("Что такое DNS?", "a", "b", key="dns")
    new = ask("Назовите порт системы имён", "53", "80", path="other.md", key="dns")
    assert kept([old], [new]) == [0]


def test_a_question_with_another_key_is_another_question():
    old = ask(STEM, *LAYERS, key="one")
    new = ask(f"{STEM} Назовите их", *LAYERS, key="two")
    assert kept([old], [old, new]) == [0, None]


def test_a_key_given_later_keeps_the_guid():
    assert kept([ask(STEM, *LAYERS)], [ask(STEM, *LAYERS, key="layers")]) == [0]


def test_options_given_to_an_open_question_make_a_new_note():
    assert kept([ask(STEM)], [ask(STEM, *LAYERS)]) == [None]


def test_copies_keep_their_guids_in_their_order():
    copies = [ask("Верно?", "Да", "Нет") for _ in range(3)]
    first = settled(copies)
    assert len(set(guids(copies))) == 3
    assert guids(copies, first.lock) == guids(copies)
    assert guids([quiz(1)[0], *copies], first.lock)[1:] == guids(copies)


def test_of_two_copies_the_one_that_was_edited_takes_what_is_left():
    old = [ask(STEM, *LAYERS, path="a.md"), ask(STEM, *LAYERS, path="b.md")]
    new = [ask(f"{STEM} Выберите", *LAYERS, path="a.md"), old[1]]
    assert kept(old, new) == [0, 1]


def test_a_title_tells_apart_questions_that_ask_the_same():
    def under(title):
        return ask("Выберите верные утверждения", "Да", "Нет", title=title)

    old = [under("Градиентный спуск"), under("Регуляризация")]
    assert kept(old, [old[1], under("Нормализация по батчу")])[0] == 1
    assert kept(old, old[::-1]) == [1, 0]


def test_titles_of_mere_numbering_are_no_evidence():
    old = [ask(q.stem, *(o.text for o in q.options), title=f"Задание {i}") for i, q in
           enumerate(quiz(9))]  # fmt: skip
    new = [
        ask(q.stem, *(o.text for o in q.options), title=f"Задание {i}")
        for i, q in enumerate(quiz(9)[3:])
    ]
    assert kept(old, new) == [3, 4, 5, 6, 7, 8]


def test_guids_do_not_depend_on_the_order_of_files():
    asked = [*quiz(5, "a.md"), *quiz(5, "b.md"), *quiz(9, "c.md")]
    shuffled = sorted(asked, key=lambda q: {"a.md": 2, "b.md": 0, "c.md": 1}[q.path])
    by_place = {(q.path, q.stem): guid for q, guid in zip(asked, guids(asked), strict=True)}
    assert guids(shuffled) == [by_place[q.path, q.stem] for q in shuffled]


def test_without_a_lock_two_people_get_the_same_guids():
    assert guids(quiz(30)) == guids(quiz(30))


def test_a_hundred_questions_of_one_series_stay_in_line():
    """Alike but for two numbers, and all reworded at once: none may take another's guid."""
    series = [(a, b) for a in range(2, 12) for b in range(2, 12)]
    old = [ask(f"What is {a} × {b}?", str(a * b), str(a * b + 1), str(a + b)) for a, b in series]
    new = [
        ask(f"Please compute what is {a} × {b}!", str(a * b), str(a * b + 1), str(a + b))
        for a, b in series
    ]
    found = kept(old, new)
    assert all(was in (None, now) for now, was in enumerate(found))
    assert sum(was is not None for was in found) >= 95
    assert all(a < b for a, b in pairwise(was for was in found if was is not None))


def test_near_duplicates_that_were_both_edited_are_told_by_the_word_in_which_they_differ():
    old = [
        ask("Which were the two authors of the 1955 Broadway play Inherit the Wind?", "a", "b"),
        ask("Which were the two authors of the 1964 Broadway play Inherit the Wind?", "a", "b"),
    ]
    new = [
        ask("Which were the authors of the 1964 Broadway play Inherit the Wind?", "a", "b"),
        ask("Who were the two authors of the 1955 Broadway play Inherit the Wind?", "a", "b"),
    ]
    assert kept(old, new) == [1, 0]


def test_a_sibling_in_a_series_that_takes_the_place_of_another_is_new():
    def endpoint(what, of, right):
        paths = [f"+ GET /{of}/{what}/alerts" if of == right else f"GET /{of}/{what}/alerts"
                 for of in ("orgs", "enterprises", "repos", "github")]  # fmt: skip
        return ask(
            f"Which API endpoint can be used to retrieve a list of all {what} alerts for an {of}?",
            *paths,
        )

    old = endpoint("secret scanning", "organization", "orgs")
    assert kept([old], [endpoint("Dependabot", "enterprise", "enterprises")]) == [None]


def test_a_translation_in_its_place_is_new():
    """The code of the stem is the same, and so are the options that quote it."""
    code = 'const person = { name: "Lydia" }; sayHi.call(person, 21);'
    options = ("undefined is 21", "+ Lydia is 21", "function")
    old = ask(
        f"What is the output? {code}",
        *options,
        explanation="With call we pass the object to which the keyword should refer, right away.",
    )
    new = ask(
        f"Was wird ausgegeben? {code}",
        *options,
        explanation="Damit übergeben wir das Objekt, auf das sich das Schlüsselwort bezieht.",
    )
    assert kept([old], [new]) == [None]


@pytest.mark.parametrize(
    "stem",
    ["Что выводит эта строка кода?", "この行は何を出力しますか？", "이 줄은 무엇을 출력합니까?"],
)
def test_a_translation_into_another_script_is_new_without_an_explanation_too(stem):
    options = ("number", "+ string", "object", "undefined")
    old = ask("What does this line of code print?", *options)
    assert kept([old], [ask(stem, *options)]) == [None]
    put_otherwise = stem[-4:]
    assert kept([ask(stem, *options)], [ask(put_otherwise, *options)]) == [0]


def test_a_sibling_about_another_subject_is_new():
    """A word of stem and options became another throughout."""

    def trait(name, right):
        return ask(
            f"What is the purpose of the {name} trait in Rust?",
            f"The {name} trait is used to define a string representation for a type.",
            f"The {name} trait is used to define a memory allocation logic for a type.",
            f"+ The {name} trait is used to define a {right} logic for a type.",
        )

    assert kept([trait("Future", "computation")], [trait("Clone", "cloning")]) == [None]
    assert kept([trait("Clone", "cloning")], [trait("Clone", "copying")]) == [0]
    assert kept([trait("Clnoe", "cloning")], [trait("Clone", "cloning")]) == [0]


def test_two_definitions_of_one_word_are_two_questions():
    frame = "Definition: {}. Each sign stands for a letter."
    old = ask(frame.format("very rough and made of diverse forms of relief"), explanation="sea")
    new = ask(frame.format("the ground below all the waters"), explanation="sea")
    assert kept([old], [new]) == [None]


def test_a_stem_that_is_nearly_the_same_outweighs_options_that_were_put_in():
    stem = "Which of these commands creates a symbolic link to a file in the current folder?"
    old = ask(stem, "+ ln -s file link", "cp file link", "mv file link", path="a.md")
    new = ask(stem.replace("these", "those"), "+ ln -s file link", "rm link", path="b.md")
    assert kept([old], [new]) == [0]


def test_a_typo_mended_together_with_the_answer_is_the_same_question():
    old = ask("Which layer is udpated in backpropagation?", "+ pooling", "dense", "dropout")
    new = ask("Which layer is updated in backpropagation?", "pooling", "+ dense", "dropout")
    assert kept([old], [new]) == [0]


def test_a_question_with_another_answer_put_in_must_say_nearly_the_same():
    def field(name, of, right):
        stem = f"What does {name} state of a {of}?"
        return ask(stem, "It limits the length", f"+ {right}", "It sets the order", "It is unique")

    old = field("verbosity", "field", "What people read")
    assert kept([old], [field("relations", "model", "Which way leads back")]) == [None]
    assert kept([old], [field("verbosity", "field", "Which way leads back")]) == [0]


def test_an_open_question_whose_answer_was_mostly_rewritten_is_the_same():
    stem = "How do you organise your work, and which {}tools do you use to manage your time?"
    answer = "I plan the week ahead in a calendar, note what I finish each day, and look back on it"
    other = "I plan the week ahead in a notebook, mark every meeting early, and look back on Friday"
    old = ask(stem.format(""), explanation=answer, path="a.md")
    assert kept([old], [ask(stem.format("good "), explanation=other, path="b.md")]) == [0]


OUTPUT = "What is the output of this line? console.log(typeof typeof 1);"
TYPES = ("number", "+ string", "object", "undefined")


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("What does this line give? console.log(typeof typeof 1);", 0),
        ("Was wird in dieser Zeile ausgegeben? console.log(typeof typeof 1);", None),
    ],
)
def test_of_a_stem_two_fifths_of_the_words_may_be_others(stem, expected):
    """More are another question, once other options are correct too."""
    turned = ("+ number", *(option.removeprefix("+ ") for option in TYPES[1:]))
    assert kept([ask(OUTPUT, *TYPES)], [ask(stem, *turned)]) == [expected]


ANSWER = "A method that goes step by step against the gradient of the loss until it converges"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            ask("Зачем нужен Dropout?", "+ Против переобучения", "Для скорости", "Для памяти"),
            ask("Для чего его берут?", "Для памяти", "+ Против переобучения", "Для скорости"),
        ),
        (
            ask("What is ReLU?", "+ max(0, x)", "1/(1 + e^-x)", "tanh(x)"),
            ask("How is that activation computed?", "+ max(0, x)", "1/(1 + e^-x)", "tanh(x)"),
        ),
        (
            ask("Зачем нужен Dropout?", "+ Против переобучения", "Для скорости", "Для памяти"),
            ask("Для чего его берут?", "+ От переобучения сети", "Для скорости", "Для памяти"),
        ),
        (
            ask("Is it so?", "+ Yes", "No", explanation=ANSWER),
            ask("Does this method converge?", "+ Yes", "No", explanation=ANSWER),
        ),
        (
            ask("What is gradient descent?", explanation=ANSWER),
            ask("How do networks find a minimum?", explanation=ANSWER),
        ),
    ],
)
def test_a_stem_put_otherwise_keeps_the_guid_if_hardly_anything_else_was_touched(old, new):
    others = [ask("Что такое DNS?", "Имена", "Адреса"), ask("Что такое TCP?", "Связь", "Сеть")]
    assert kept([old, *others], [*others, new]) == [1, 2, 0]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (("+ Yes", "No"), ("+ Yes", "No")),
        (("1", "2", "+ 3", "4"), ("1", "2", "+ 3", "4")),
        (("increase", "+ decrease"), ("increase", "+ decrease")),
        (("+ MaxPooling", "Linear", "Dropout"), ("MaxPooling", "+ Linear", "Dropout")),
    ],
    ids=["mere values", "numbers", "two words", "another answer"],
)
def test_options_that_any_question_may_have_do_not_tell_which_it_is(before, now):
    old, new = ask("Which of them is it?", *before), ask("Сколько их там было вчера?", *now)
    assert kept([old], [new]) == [None]


@pytest.mark.parametrize("at", ["before", "now"])
def test_options_that_two_questions_share_do_not_tell_which_it_is(at):
    """So in a series: each asks of the same layers."""
    old, new = ask("Which of them is it?", *LAYERS), ask("Сколько их там было вчера?", *LAYERS)
    sibling = ask("Где слой без весов, который лишь убирает значения?", *LAYERS)
    if at == "before":
        assert kept([old, sibling], [new, sibling]) == [None, 1]
    else:
        assert kept([old], [new, sibling]) == [None, None]


def test_a_sibling_with_none_of_the_options_is_new_though_its_stem_hardly_differs():
    stem = "Folding: pressure on materials of great plasticity bends the layers of rock"
    old = ask(stem, "+ True", "False")
    new = ask(stem.replace("bends", "bents"), "Right", "Wrong", "+ Misspelt")
    assert kept([old], [new]) == [None]


def test_another_answer_among_the_same_options_is_the_same_question():
    options = ("the left bank", "the right bank", "the river mouth", "the old bridge")
    old = ask("On which side of the river was the first market of the town held?", *options)
    new = ask(
        "On which side of the stream was the first market of this town held?",
        *options[:3],
        f"+ {options[3]}",
    )
    assert kept([old], [new]) == [0]


def test_a_sibling_with_half_of_the_options_is_new_where_the_stem_differs_too():
    def odd(concept, *options):
        stem = f"These are traits of a concept. Which of them is not one of {concept} numbers?"
        return ask(stem, *options)

    old = odd("real", "points of a line", "most frequent", "+ used for labels", "without ends")
    new = odd("whole", "points of a line", "most frequent", "+ written with R", "learned first")
    assert kept([old], [new]) == [None]


def test_an_open_question_with_another_short_answer_elsewhere_is_new():
    def numbers(domain, answer, path):
        stem = f"Which are the numbers of this domain, in two words: {domain}?"
        return ask(stem, explanation=answer, path=path)

    old = numbers("from zero to infinity", "positive reals", "a.md")
    domain = "from infinity to zero up"
    assert kept([old], [numbers(domain, "negative reals", "b.md")]) == [None]
    assert kept([old], [numbers(domain, "positive reals", "b.md")]) == [0]


def test_an_open_question_about_something_else_in_its_place_is_new():
    def way(what, answer):
        return ask(f"Tell of your way into development: why {what} of all?", explanation=answer)

    old = way("Java", "It runs in every bank, its libraries are old and sound, and I like types")
    new = way("fronts", "People see at once what I make, and design was what I studied before it")
    assert kept([old], [new]) == [None]


def test_a_sibling_of_which_every_option_is_half_another_is_new():
    def command(what, name):
        stem = f"Как с помощью Angular CLI создать в этом проекте ещё один новый {name}?"
        letter = what[0]
        made = (
            f"ng generate {what} my-{what}",
            f"ng g {letter} my-{what}",
            f"ng my-{what} -{letter}",
        )
        return ask(stem, f"+ {made[0]}", *made[1:])

    assert kept([command("module", "модуль")], [command("service", "сервис")]) == [None]


def test_options_that_say_the_same_in_other_brackets_are_told_by_what_is_written():
    stem = 'Wat komt eruit? const emojis = ["🥑", ["✨", "✨", ["🍕", "🍕"]]]; log(emojis.flat(1));'
    options = (
        "['🥑', ['✨', '✨', ['🍕', '🍕']]]",
        "+ ['🥑', '✨', '✨', ['🍕', '🍕']]",
        "['🥑', ['✨', '✨', '🍕', '🍕']]",
        "['🥑', '✨', '✨', '🍕', '🍕']",
    )
    after = (
        "['🥑', ['✨', 21; '🍕', '🍕']]",
        "+ cool '✨', '✨', ['🍕', '🍕']]",
        "['🥑', ['✨', ['🍕', '🍕']]]",
    )
    new = ask(stem.replace("const", "var"), *after, "['🥑', '✨', '✨', func '🍕']")
    assert kept([ask(stem, *options)], [new]) == [0]


def test_a_question_asked_again_with_mostly_other_options_is_new():
    stem = "What does full-disk encryption protect against? Check all that apply."
    old = ask(stem, "+ Data tampering", "Eavesdropping", "+ Data theft", "Malware")
    new = ask(
        stem, "+ Data theft", "Spoofing of IPs", "Malware infections", "+ Changed system files"
    )
    assert kept([old], [new]) == [None]
    same = ask(stem, "+ Data theft", "Eavesdropping", "Malware infections", "+ Data tampering")
    assert kept([old], [same]) == [0]


def test_a_question_with_another_answer_among_mostly_new_options_is_new():
    stem = "Lakes: masses of water that fill a hollow of the relief, but for the sea"
    old = ask(stem, "False", "+ Misspelt")
    new = ask(stem.replace("fill", "cover"), "+ Right", "Wrong", "Misspelt")
    assert kept([old], [new]) == [None]


def test_a_question_that_lost_its_answer_is_not_one_with_mostly_new_options():
    stem = "Erosion: wear of the surface of the earth by natural forces or by what people do"
    old = ask(stem, "False", "Wrong")
    new = ask(stem.replace("wear", "ware"), "Wrong", "+ Misspelt", "Right")
    assert kept([old], [new]) == [None]


def test_an_open_question_with_another_word_in_its_short_answer_is_new():
    def numbers(kind, answer):
        stem = f"Complete in two words the domain that belongs to this kind of numbers: {kind}"
        return ask(stem, explanation=answer)

    old = numbers("real", "(minus infinity, plus infinity)")
    assert kept([old], [numbers("natural", "(zero, plus infinity)")]) == [None]
    assert kept([old], [numbers("reall", "(minus infinity, plus infinity)")]) == [0]

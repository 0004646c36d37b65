"""Release notes between two packages; what they look like stands in spec/release-notes."""

import json
import re

import pytest
from github import github
from hypothesis import given
from hypothesis import strategies as st
from release_notes_documents import FOLDER, cases, notes, releases
from reviewer import ENGLISH, RUSSIAN

from builder import changes
from builder.changes import Change, Changed, Comparison, News, compare
from builder.html import plain
from builder.opening import Opened, OpenedNote
from builder.release_notes import LONGEST, as_json, as_markdown, as_text, excerpts, release_notes

CASES = [case for document in sorted(FOLDER.glob("*.md")) for case in cases(document)]

TITLE = "# Слои\n\n"
RELU = "## Задание 1\n\nЧто делает ReLU?\n\n* ✅ Обнуляет минус\n* ❌ Ничего\n\n"
RELU_AGAIN = RELU.replace("❌", "x").replace("✅", "❌").replace("x", "✅")
OPEN = "## Что такое градиент?\n\nВектор частных производных.\n\n"


def foreign(guid="g", deck="Столицы", tags=(), note_type="Basic", **fields):
    """A note of somebody else's package."""
    texts = "\x1f".join(fields.values())
    return OpenedNote(guid, note_type, tuple(fields), texts, tuple(tags), deck, 0, 0)


def of_texts(*texts):
    """The packages of a deck of one file in several versions."""
    return releases(*({"a.md": TITLE + text} for text in texts))


def package(*notes):
    return Opened({note.guid: note for note in notes}, len(notes))


def news(old, new):
    return {each.title: [str(c.news) for c in each.changes] for each in compare(old, new).questions}


def text_of(old, new, words=ENGLISH):
    return as_text(release_notes(compare(old, new), words))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_document_tells_what_learners_are_told(case):
    assert notes(case) == case.notes


def test_there_are_documents_in_both_languages():
    assert {case.language for case in CASES} == {"en", "ru"}


# Our packages ----------------------------------------------------------------------------------


def test_a_withdrawn_question_that_returns_is_said_to_return_and_no_more():
    first, second, third = of_texts(RELU + OPEN, OPEN, RELU + OPEN)
    assert news(first, second) == {"Что делает ReLU?": ["withdrawn"]}
    assert news(second, third) == {"Что делает ReLU?": ["returned"]}
    assert news(first, third) == {}


def test_one_that_returns_with_another_answer_says_so():
    _, second, third = of_texts(RELU + OPEN, OPEN, RELU_AGAIN + OPEN)
    found = compare(second, third)
    assert found.questions[0].changes == (
        Change(News.ANSWER_CHANGED, "", "Ничего"),
        Change(News.RETURNED),
    )


def test_a_question_that_was_never_seen_alive_is_no_news():
    """A member who skipped a release need not hear of what came and went meanwhile."""
    first, _, third = of_texts(RELU, RELU + OPEN, RELU)
    assert compare(first, third).questions == ()


def test_numbers_tags_times_and_looks_are_no_news():
    note = foreign(Front="a", Back="b", tags=["x"])
    other = foreign(Front="<b>a</b> ", Back="<div>b</div>", tags=["y", "leech"])
    assert news(package(note), package(other)) == {}


def test_an_option_that_is_a_picture_without_a_word_is_an_option():
    first, second = of_texts(RELU, RELU.replace("Ничего", "![](a.png)"))
    (question,) = compare(first, second).questions
    assert Change(News.OPTION_ADDED, "", "🖼") in question.changes


# Packages of others ----------------------------------------------------------------------------


def test_the_fields_of_others_are_told_by_their_names():
    old = package(foreign(Front="Столица Франции?", Back="Лион", Extra="&nbsp;"))
    new = package(foreign(Front="Столица Франции?", Back="Париж", Extra=""))
    assert text_of(old, new) == (
        "Столицы: what is new\n"
        "1 question\n"
        "\n"
        "Changed (1)\n"
        "  • Столица Франции?\n"
        "      Back: was “Лион”, is now “Париж”\n"
    )


def test_notes_that_others_leave_out_stay_with_members():
    old = package(foreign("a", Front="a"), foreign("b", Front="b"))
    assert text_of(old, package(foreign("a", Front="a"))) == (
        "Столицы: what is new\n"
        "1 question, 2 before\n"
        "\n"
        "No longer in the package (1)\n"
        "Importing deletes nothing: these stay in your collection.\n"
        "  • b\n"
    )


def test_decks_without_a_common_name_are_told_whole():
    old = package(foreign("a", deck="Физика", Front="a"), foreign("b", deck="Химия", Front="b"))
    new = package(foreign("a", deck="Химия", Front="a"), foreign("c", deck="Физика", Front="c"))
    told = text_of(old, new, RUSSIAN)
    assert told.startswith("Колода: что нового\n")
    assert "      Физика → Химия\n" in told


def test_a_note_of_which_only_the_type_changed_its_fields_is_compared_by_their_names():
    old = package(foreign(Front="a", Back="b"))
    new = package(foreign(Front="a", Picture="", Back="b"))
    assert news(old, new) == {}


def test_pictures_are_told_apart_by_their_names():
    old = package(foreign(Front='a <img src="1.png">'))
    new = package(foreign(Front='a <img src="2.png">'))
    assert text_of(old, new).endswith("Pictures changed (1)\n  • a\n")


def test_a_huge_difference_is_told_without_details(monkeypatch):
    monkeypatch.setattr(changes, "MOST_COMPARED", 10)
    old = package(foreign("a", F="1234"), foreign("b", F="1234"))
    new = package(foreign("a", F="5678"), foreign("b", F="5678"))
    told = [question.changes for question in compare(old, new).questions]
    assert told == [(Change(News.CHANGED, "1234", "5678", "F"),), (Change(News.CHANGED),)]


# Titles ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("notes", "titles"),
    [
        ([{"Stem": "a"}, {"Stem": "b"}], ["a", "b"]),
        ([{"Stem": "a", "Title": "1"}, {"Stem": "a", "Title": "2"}], ["a (1)", "a (2)"]),
        (
            [{"Stem": "a", "Option 1": "x"}, {"Stem": "a", "Option 1": "y", "Option 2": "z"}],
            ["a (x)", "a (y / z)"],
        ),
        (
            [
                {"Stem": "a", "Title": "1", "Option 1": "x"},
                {"Stem": "a", "Title": "1", "Option 1": "y"},
            ],
            ["a (1) (x)", "a (1) (y)"],
        ),
        ([{"Stem": "a"}, {"Stem": "<b>a</b>"}], ["a (guid0)", "a (guid1)"]),
        ([{"Stem": "", "Back": "b"}, {"Stem": ""}], ["b", "?"]),
        ([{"Stem": "x" * 200 + "1"}, {"Stem": "y" * 160}], ["x" * 159 + "…", "y" * 160]),
    ],
)
def test_no_two_questions_have_one_title(notes, titles):
    new = package(*(foreign(f"guid{at}", **fields) for at, fields in enumerate(notes)))
    assert [each.title for each in compare(package(), new).questions] == titles


def test_a_question_is_also_told_from_those_that_did_not_change():
    same = {"Stem": "Что верно?", "Title": "Задание 2", "Back": "b"}
    old = package(
        foreign("a", Stem="Что верно?", Title="Задание 1", Back="a"), foreign("b", **same)
    )
    new = package(
        foreign("a", Stem="Что верно?", Title="Задание 1", Back="c"), foreign("b", **same)
    )
    assert list(news(old, new)) == ["Что верно? (Задание 1)"]


def test_what_a_terminal_would_obey_is_left_out():
    new = package(foreign(Front="a\x1b[31mred\x07\ud83d", deck="\x1bdeck"))
    told = text_of(package(), new)
    assert "a[31mred" in told
    assert not set("\x1b\x07\ud83d") & set(told)


# Forms -----------------------------------------------------------------------------------------


def comparison(title="a", before="b", after="c", news=News.REWORDED):
    question = Changed("g", "Deck::Topic", title, (Change(news, before, after),))
    return Comparison("Deck", 1, 1, (question,))


def test_markdown_nests_questions_under_topics_and_changes_under_questions():
    assert as_markdown(release_notes(comparison(), ENGLISH, "3")) == (
        "# Deck: what is new in version 3\n"
        "\n"
        "1 question\n"
        "\n"
        "## Reworded (1)\n"
        "\n"
        "### Topic\n"
        "\n"
        "- **a**\n"
        "  - Was: b\n"
        "  - Is now: c\n"
    )


AWKWARD = st.text(alphabet="ab1 *_`#<>&[]()!|\\~$+-=.:\u0430", min_size=1, max_size=20).map(
    lambda text: " ".join(text.split())
)


@given(title=AWKWARD.filter(bool))
def test_markdown_shows_any_text_as_it_is(title):
    written = as_markdown(release_notes(comparison(title, "", "", News.ADDED), ENGLISH))
    assert plain(github(written)).endswith(f"Topic {title}")


def test_json_has_all_texts_whole_and_counts_questions_by_change():
    old = package(foreign(Front="a", Back="b" * 999))
    new = package(foreign(Front="a", Back="c"), foreign("h", Front="d"))
    document = json.loads(as_json(compare(old, new)))
    counts = {name: number for name, number in document["counts"].items() if number}
    assert counts == {"added": 1, "changed": 1}
    assert (document["questions_before"], document["questions"]) == (1, 2)
    assert document["changed"][0] == {
        "guid": "g",
        "deck": "Столицы",
        "title": "a",
        "changes": [{"change": "changed", "about": "Back", "before": "b" * 999, "after": "c"}],
    }


@pytest.mark.parametrize("words", [RUSSIAN, ENGLISH], ids=["ru", "en"])
@pytest.mark.parametrize("sort", News)
def test_every_sort_of_news_has_words(words, sort):
    written = as_text(release_notes(comparison("a", "before", "after", sort), words))
    assert "(1)" in written
    assert "{" not in written


LONG = st.lists(st.sampled_from(["и", "слой", "сеть", "градиент"]), max_size=200)


@given(start=LONG, one=LONG, other=LONG, end=LONG)
def test_excerpts_are_short_and_show_where_two_texts_differ(start, one, other, end):
    before, after = (" ".join([*start, *middle, *end]) for middle in (one, other))
    was, now = excerpts(before, after)
    assert max(len(was), len(now)) <= LONGEST
    assert (was == now) == (before == after)
    for text, whole in ((was, before), (now, after)):
        assert text.strip("…").strip() in whole


# The command -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def two_releases(tmp_path_factory):
    from study_group import Maintainer

    folder = tmp_path_factory.mktemp("releases")
    maintainer = Maintainer(folder)
    maintainer.release().rename(folder / "v1.apkg")
    maintainer.edit("слои.md", ("* ❌ Меняет знак", "* ✅ Меняет знак"))
    maintainer.release().rename(folder / "v2.apkg")
    return folder


def test_the_command_speaks_the_language_of_the_new_deck(two_releases):
    from command import build_deck

    done = build_deck("diff", "v1.apkg", "v2.apkg", cwd=two_releases)
    assert (done.status, done.err) == (0, "")
    assert "Верно теперь: Заменяет нулём; Меняет знак\n" in done.out
    english = build_deck("diff", "v1.apkg", "v2.apkg", "--language", "en", cwd=two_releases)
    assert "Correct now: Заменяет нулём; Меняет знак\n" in english.out


@pytest.mark.parametrize(("form", "start"), [("markdown", "# "), ("json", "{\n")])
def test_the_command_writes_other_forms(two_releases, form, start):
    from command import build_deck

    done = build_deck("diff", "v1.apkg", "v2.apkg", "--format", form, cwd=two_releases)
    assert done.out.startswith(start)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["v1.apkg", "text.apkg"], "“text.apkg” is not a zip file, or a damaged one"),
        (["v1.apkg", "nowhere.apkg"], "does not exist"),
        (["v1.apkg", "v2.apkg", "--language", "xx"], "there are en, ru"),
    ],
)
def test_what_cannot_be_compared_is_told(two_releases, arguments, said):
    from command import build_deck

    (two_releases / "text.apkg").write_text("Это не колода", encoding="utf-8")
    done = build_deck("diff", *arguments, cwd=two_releases)
    assert (done.status, said in re.sub(r"\s+", " ", done.err)) == (2, True), done.err

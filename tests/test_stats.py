"""`build-deck stats`: the numbers of a source, in words and pictures."""

import re
import xml.etree.ElementTree as ET

import pytest
from command import build_deck
from reviewer import chromium

from builder import words
from builder.checking import check
from builder.files import templates
from builder.pipeline import File
from builder.settings import Settings
from builder.stats import Share, stats
from builder.stats.figures import figures
from builder.stats.page import page, text
from builder.stats.pictures import WIDTH, svg

RUSSIAN = words.parse(templates()["words/ru.toml"])
ENGLISH = words.parse(templates()["words/en.toml"])


def question(number, key, options=4, reason=""):
    """A question whose right option, the longest, stands at place `key`."""
    rows = [
        f"* ✅ {'правильный ответ' if number % 2 else 'да'} {number}"
        if at == key
        else f"* ❌ ответ {number}.{at}"
        for at in range(1, options + 1)
    ]
    below = f"\n\n### Объяснение\n\n{reason}" if reason else ""
    return (
        f"## Вопрос {number}\n\nЧто верно о слое {number}?\n\n" + "\n".join(rows) + below + "\n\n"
    )


LAYERS = "# Слои\n\n" + "".join(question(n, key=2, reason="Потому что.") for n in range(1, 21))
LOSSES = (
    "# Потери\n\n"
    + "".join(question(n, key=1 + n % 3, options=3) for n in range(30, 34))
    + "## Что такое кросс-энтропия?\n\nРасхождение.\n"
)


def checked(*texts):
    files = [File(f"{n}.md", f"{n}.md", content.encode()) for n, content in enumerate(texts)]
    return check(files, Settings(), templates(), lambda _file, _name: None)


@pytest.fixture(scope="module")
def numbers():
    return stats(checked(LAYERS, LOSSES))


# Numbers ---------------------------------------------------------------------------------------


def test_questions_are_counted_by_topic(numbers):
    assert (numbers.files, numbers.questions) == (2, 25)
    assert numbers.topics == (("Слои", 20), ("Потери", 5))


def test_options_are_counted_per_question(numbers):
    assert numbers.options == ((3, 4), (4, 20))


def test_places_of_right_options_are_counted_where_most_questions_have_as_many_options(numbers):
    assert numbers.positions == ((1, 0), (2, 20), (3, 0), (4, 0))
    assert numbers.balance.p < 1e-10


def test_lengths_of_right_and_wrong_options_are_compared(numbers):
    assert (numbers.right.median, numbers.wrong.median) == ((5 + 18) / 2, 10)
    assert numbers.longest == Share(12, 24)
    assert numbers.by_chance == pytest.approx(20 / 4 + 4 / 3)


def test_what_is_explained_is_counted(numbers):
    assert numbers.explained == Share(21, 25)
    assert numbers.reasons == Share(0, 68)


def test_findings_are_counted_by_rule(numbers):
    found = {rule: number for rule, _, number in numbers.findings}
    assert (found["no-explanation"], found["key-position"]) == (4, 1)


def test_nothing_can_be_counted_too():
    nothing = stats(checked("# Заметки\n"))
    assert (nothing.questions, nothing.topics, nothing.right, nothing.balance) == (
        0,
        (),
        None,
        None,
    )
    assert figures(nothing, ENGLISH)[-1].sentence == "Nothing was found."


# Words and pictures ----------------------------------------------------------------------------


@pytest.mark.parametrize(("own", "said"), [
    (RUSSIAN, "25 вопросов, 2 темы; больше всего, 20, в теме «Слои»."),
    (RUSSIAN, "Чаще всего под номером 2: 20 раз (20 вопросов, 4 варианта в каждом)."),
    (ENGLISH, "25 questions in 2 topics; most of them, 20, in “Слои”."),
    (ENGLISH, "Most often 4 options: in 83 % of the questions that have any."),
    (ENGLISH, "Chance alone hardly ever does that (p = 6e-13)."),
    (ENGLISH, "The right option is the longest in 50 % of the questions; by chance it would be"),
    (ENGLISH, "84 % of the questions are explained; 0 % of the wrong options have a reason"),
])  # fmt: skip
def test_figures_say_in_words_what_they_show(numbers, own, said):
    assert any(said in figure.sentence for figure in figures(numbers, own))


def test_a_picture_says_what_it_shows_to_those_who_cannot_see_it(numbers):
    for number, figure in enumerate(figures(numbers, RUSSIAN)):
        picture = ET.fromstring(svg(figure, number))
        title, description = picture[0], picture[1]
        assert picture.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        assert (title.text, description.text) == (figure.title, figure.sentence)


def test_bars_are_as_long_as_their_numbers(numbers):
    topics = figures(numbers, ENGLISH)[0]
    picture = ET.fromstring(svg(topics, 0))
    assert [float(bar.get("width")) for bar in picture.iter("rect")] == [WIDTH, WIDTH / 4]


def test_the_rows_of_a_long_figure_are_summed_up():
    texts = [f"# Тема {n}\n\n{question(n, key=1)}" for n in range(1, 31)]
    topics = figures(stats(checked(*texts)), ENGLISH)[0]
    *above, others = topics.rows
    assert (len(above), others.label, others.shown, others.amount) == (20, "others", "10", 0)
    assert topics.most == 1


def test_names_are_escaped_in_the_page():
    numbers = stats(checked(LAYERS.replace("# Слои", "# Слои & 5 < 7")))
    html = page("<script>", figures(numbers, ENGLISH), ENGLISH, templates())
    assert "<script>" not in html
    assert html.count("Слои &amp; 5 &lt; 7") == 3  # a label, its picture in words, the caption


def test_the_page_loads_and_runs_nothing(numbers):
    html = page("Слои", figures(numbers, RUSSIAN), RUSSIAN, templates())
    assert "default-src 'none'" in html
    assert not re.search(r"<script|<link|<img|https?://(?!www\.w3\.org)|@import|onload", html)
    assert "<html lang=ru dir=ltr>" in html


def test_the_text_has_a_bar_for_every_row(numbers):
    shown = text(figures(numbers, ENGLISH))
    assert "  Слои    20  ##############################\n" in shown
    assert "  Потери   5  ########\n" in shown


# The command -----------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "слои.md").write_text(LAYERS, encoding="utf-8")
    return tmp_path


def test_the_command_prints_a_table(folder):
    done = build_deck("stats", cwd=folder)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Questions by topic\n  20 questions in 1 topic;")
    assert sorted(path.name for path in folder.iterdir()) == ["source"]


def test_the_command_writes_a_page_in_the_language_of_the_deck(folder):
    done = build_deck("stats", "--html", "out/numbers.html", cwd=folder)
    html = (folder / "out" / "numbers.html").read_text(encoding="utf-8")
    assert "out/numbers.html" in done.out
    assert "<h1>Слои: статистика</h1>" in html


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1400])
def test_a_browser_shows_the_page_without_a_sideways_scroll_or_a_complaint(
    numbers, tmp_path, scheme, width
):
    own = RUSSIAN
    file = tmp_path / "numbers.html"
    file.write_text(page("Слои", figures(numbers, own), own, templates()), encoding="utf-8")
    said = []
    with chromium() as started:
        tab = started.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        tab.on("console", lambda message: said.append(message.text))
        tab.on("request", lambda request: said.append(request.url))
        tab.goto(file.as_uri())
        overflow = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
        paper, ink = tab.evaluate(
            "[document.body, document.querySelector('h1')].map(getComputedStyle)"
            ".map((style, n) => n ? style.color : style.backgroundColor)"
        )
    assert (overflow <= 0, said) == (True, [file.as_uri()])
    assert (brightness(paper) > brightness(ink)) == (scheme == "light")


def brightness(colour):
    return sum(map(int, re.findall(r"\d+", colour)[:3]))

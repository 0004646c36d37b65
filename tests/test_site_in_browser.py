"""The site in Chromium, opened from the disk: looked at, searched, practised on, printed."""

import json
import re

import pytest
from real_anki import import_package, new_collection, sides
from reviewer import chromium
from sample_site import built, card, generated, until, write_english, write_site, write_sources

from builder.apkg import package
from builder.card_html import card_rule, render
from builder.site.formulas import typeset
from builder.site.index import words_of
from builder.values import astuple

THEMES = pytest.mark.parametrize("theme", ["light", "dark"])


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def deck(tmp_path_factory):
    """The sample as it was built, its site, and the folder of its pages."""
    folder = tmp_path_factory.mktemp("sample")
    made, site = built(write_sources(folder))
    return made, site, write_site(site, folder / "site")


@pytest.fixture
def visit(browser, deck):
    """Opens pages without a network; none may ask for anything else, and consoles stay quiet."""
    faults, opened = [], []

    def open_page(name, width=1400, theme="light", root=deck[2], script="", touch=False):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            reduced_motion="reduce",
            has_touch=touch,
            offline=True,
        )
        context.add_init_script(script)
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda said: faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda asked: stay(asked.url, root))
        page.on("requestfailed", lambda asked: faults.append(f"missing: {asked.url}"))
        page.goto(f"{root.as_uri()}/{name}")
        return page

    def stay(url, root):
        if not url.startswith((root.as_uri(), "data:")):
            faults.append(f"asked for {url}")

    yield open_page
    for context in opened:
        context.close()
    assert faults == []


def rows(page):
    """What the rows say; one that was just made is not laid out before the next frame."""
    return [text.strip() for text in page.locator(".qs .q-t").all_text_contents()]


def find(page, text):
    """Types into the search and waits for what it finds."""
    page.wait_for_selector(".qs li")
    page.fill("#find", text)
    until(page, "deck.settled")
    return rows(page)


# The cards ------------------------------------------------------------------------------------


SAME = """([notes, theirs]) => {
  const tree = html =>
    Object.assign(document.createElement('template'), { innerHTML: html }).content;
  const different = [];
  for (const [at, ord, ...html] of theirs) {
    const own = deck.sides(notes[at], ord);
    [own.front, own.back].forEach((side, i) => {
      if (!tree(side).isEqualNode(tree(html[i]))) different.push([notes[at].place, side, html[i]]);
    });
  }
  return different;
}"""


def test_every_card_is_the_card_of_real_anki(browser, tmp_path):
    made, site = built(write_sources(tmp_path, generated=generated(200)))
    root = write_site(site, tmp_path / "site")
    (tmp_path / "deck.apkg").write_bytes(package(made.deck))
    scripts = sorted(root.glob("data/notes-*.js"), key=lambda path: int(path.stem[6:]))
    chunks = (path.read_text(encoding="utf-8").split(",", 1)[1] for path in scripts)
    notes = [note for chunk in chunks for note in json.loads(chunk.rstrip().removesuffix(");"))]
    types = {kind.kind: kind for kind in made.deck.note_types}
    theirs = []
    with new_collection() as anki:
        import_package(anki, tmp_path / "deck.apkg")
        for at, note in enumerate(made.deck.notes):
            for ord_ in card_rule(types[note.kind])(note.fields):
                shown = sides(anki, note.id + ord_)
                assert shown == astuple(render(types[note.kind], note, ord_))
                theirs.append([at, ord_, *map(typeset, shown)])
    assert len(theirs) > 800
    page = browser.new_page()
    page.goto((root / "cards" / "card.html").as_uri())
    assert page.evaluate(SAME, [notes, theirs]) == []
    page.close()


def test_a_formula_is_set_without_a_network(visit):
    page = visit("topics/внимание.html")
    page.get_by_text("Чему равно внимание").click()
    frame = card(page)
    frame.wait_for_selector(".bd-stem math msub, .bd-stem math mi")
    assert "\\" not in frame.inner_text("#qa")


def test_a_formula_that_is_not_known_stays_as_it_is_written():
    assert typeset(r"<p>\(\unknown{x}\) <code>\(y\)</code></p>") == (
        r"<p>\(\unknown{x}\) <code>\(y\)</code></p>"
    )


def test_card_side_light_and_width_are_chosen(visit):
    page = visit("topics/dl-nlp-cv.html")
    frame = card(page)
    assert frame.inner_text(".bd-hint") == "Выберите все подходящие ответы из списка:"
    page.get_by_text("Оборот").click()
    frame.wait_for_selector(".bd-answer")
    page.get_by_text("Ночь").click()
    frame.wait_for_selector("body.nightMode")
    page.locator(".tools").get_by_text("Вариант").click()
    frame.wait_for_selector(".bd-option .bd-claim")
    page.select_option("#which", index=1)
    until(frame, "document.querySelector('.bd-claim').innerText === 'Полносвязный слой'")
    narrow = page.locator("iframe").bounding_box()["width"]
    page.get_by_text("Экран").click()
    assert page.locator("iframe").bounding_box()["width"] > max(640, narrow)


def test_what_was_chosen_on_the_front_is_scored_on_the_back(visit):
    page = visit("topics/dl-nlp-cv.html")
    frame = card(page)
    for text in ("ReLU", "Dropout", "MaxPooling"):
        frame.locator(".bd-choose label", has_text=text).click()
    page.get_by_text("Оборот").click()
    assert frame.inner_text(".bd-sum") == "3 из 3"


def test_an_inline_script_that_is_not_the_cards_own_never_runs(browser, deck):
    page = browser.new_page()
    page.goto((deck[2] / "cards" / "card.html").as_uri())
    page.evaluate("qa.append(Object.assign(document.createElement('script'), {text: 'hit = 1'}))")
    assert page.evaluate("typeof hit") == "undefined"
    page.close()


# Search, filters, links -----------------------------------------------------------------------


FOUND = [
    ("", 5),
    ("ДЕКОДЕР", 1),  # any case, the beginning of a word
    ("произойдет", 1),  # written with ё
    ("дисперсия", 1),  # in the answer of an open question
    ("gamma beta", 1),  # in a reason
    ("слоев backprop", 1),
    ("слоев декодера", 0),  # all words must be there
    ("нетакогослова", 0),
]


@pytest.mark.parametrize(("text", "number"), FOUND)
def test_search_finds_words_wherever_they_stand(visit, text, number):
    page = visit("questions.html")
    assert len(find(page, text)) == number
    said = page.inner_text(".count")
    assert said.startswith(f"{number} вопрос") if number else "Ничего не нашлось" in said


def test_python_and_javascript_split_the_same_words(visit):
    texts = ["Ёлка ÉCOLE ﬁn x²", "卷积神经网络 CNN-层", "d_k, C++; İstanbul", "½ Ⅳ ٣ й", "ΣΊΣΥΦΟΣ"]
    page = visit("questions.html")
    assert page.evaluate("texts => texts.map(deck.wordsOf)", texts) == [*map(words_of, texts)]


def test_filters_by_kind_topic_tag_verdict_and_finding(visit):
    page = visit("questions.html")
    page.wait_for_selector(".qs li")
    chips = dict(text.rsplit(" ", 1) for text in page.locator(".chip").all_inner_texts())
    assert chips == {
        "Все": "5",
        "Несколько ответов": "2",
        "Один ответ": "2",
        "Открытые": "1",
        "Спорные": "1",
        "Без ответа": "1",
        "Замечания": "1",
    }
    page.click(".chip[data-show=finding]")
    until(page, "document.querySelectorAll('.qs li').length === 1")
    assert "не применять маску" in rows(page)[0]
    page.click(".chip[data-show=all]")
    page.select_option("#pick-topic", label="Внимание и трансформеры")
    until(page, "document.querySelectorAll('.qs li').length === 3")
    page.select_option("#pick-tag", label="открытые")
    until(page, "document.querySelectorAll('.qs li').length === 0")


def test_cards_are_turned_over_one_after_another_in_the_order_of_the_list(visit):
    page = visit("questions.html", 360)
    page.get_by_text("Чему равно внимание").click()
    page.click("[data-step='1']")
    card(page).wait_for_selector(".bd-stem:has-text('не применять маску')")
    page.click(".to-list")
    until(page, "document.activeElement.textContent.includes('не применять маску')")
    page.click("[data-step='1']")
    card(page).wait_for_selector(".bd-stem:has-text('Почему скалярные')")
    assert page.is_disabled("[data-step='1']")
    page.click(".chip[data-show=open]")
    until(page, "document.querySelector('[data-step=\"-1\"]').disabled")


def test_findings_stand_beside_the_card_with_file_and_line(visit):
    page = visit("topics/внимание.html")
    page.get_by_text("не применять маску").click()
    page.wait_for_selector(".found li")
    assert re.search(
        r"внимание\.md:\d+:\d+ error: .* \[no-correct-option\]", page.inner_text(".found")
    )


def test_a_link_to_a_question_outlives_the_name_of_its_file(visit, tmp_path):
    source = write_sources(tmp_path)
    made, _ = built(source)
    (source / "deck.lock").write_text(lock_of(made), encoding="utf-8")
    guid = next(n.guid for n in made.deck.notes if "маску" in n.fields[0])
    (source / "внимание.md").rename(source / "переименовано.md")
    root = write_site(built(source)[1], tmp_path / "site")
    page = visit(f"questions.html#{guid}", root=root)
    assert "маску" in card(page).inner_text(".bd-stem")
    elsewhere = visit(f"topics/dl-nlp-cv.html#{guid}", root=root)
    elsewhere.wait_for_url(f"**/questions.html#{guid}")
    assert "маску" in card(elsewhere).inner_text(".bd-stem")


def lock_of(made):
    from builder.ledger import lock_text

    return lock_text(made.settled.lock)


# Practice -------------------------------------------------------------------------------------


def answer(page, right):
    """Answers the question that is asked, and goes on."""
    frame = card(page)
    page.wait_for_selector("[data-do=answer]:not([hidden])")
    frame.wait_for_selector("#qa:not(:has(#answer))")
    options = frame.locator(".bd-options > li")
    for at in range(options.count()):
        if ("v-correct" in options.nth(at).get_attribute("class")) == right:
            options.nth(at).locator("label").click()
    page.click("[data-do=answer]")
    graded = page.wait_for_selector("[data-do=next]:not([hidden]), [data-do=right]:not([hidden])")
    if graded.get_attribute("data-do") == "right" and not right:
        graded = page.locator("[data-do=wrong]")
    graded.click()


def test_practice_asks_scores_repeats_and_remembers(visit, deck, tmp_path):
    page = visit("practice.html")
    page.wait_for_selector(".setup button:enabled")
    assert page.inner_text(".available") == "4 вопроса"  # the one without a key is not asked
    page.get_by_text("Начать").click()
    for number, right in enumerate([False, True, True, True], 1):
        assert page.inner_text(".progress") == f"Вопрос {number} из 4"
        answer(page, right)
        page.wait_for_timeout(50)
    assert page.inner_text(".progress") == "Повторение: остался 1 вопрос"
    answer(page, True)
    page.wait_for_selector(".result:not([hidden])")
    assert page.inner_text(".score") == "3 из 4"
    assert page.locator(".missed li").count() == 1
    kept = page.evaluate("JSON.parse(localStorage['build-deck:dl:practice'])")
    assert sorted(kept.values()) == [[0, 1, 1], [1, 0, 1], [1, 0, 1], [1, 0, 1]]


def test_weak_questions_are_found_by_the_search_that_is_shown(visit, deck, tmp_path):
    page = visit("practice.html?topic=dl-nlp-cv")
    page.get_by_text("Начать").click()
    answer(page, False)
    page.wait_for_timeout(50)
    page.click("[data-do=end]")
    page.wait_for_selector(".weak:not([hidden])")
    search = page.input_value("#search")
    (tmp_path / "deck.apkg").write_bytes(package(deck[0].deck))
    with new_collection() as anki:
        import_package(anki, tmp_path / "deck.apkg")
        assert list(anki.find_notes(search)) == [next(iter(deck[0].deck.notes)).id]


def test_practice_needs_no_mouse(visit):
    page = visit("practice.html?topic=dl-nlp-cv")
    page.wait_for_selector(".setup button:enabled")
    page.focus("#find")
    page.keyboard.press("Enter")
    frame = card(page)
    until(page, "document.activeElement.dataset.do === 'answer'")
    page.keyboard.press("Digit1")
    frame.wait_for_selector("input:checked", state="attached")
    page.keyboard.press("Enter")
    until(page, "document.activeElement.dataset.do === 'next'")
    assert frame.locator(".bd-answer").count() == 1


def test_where_nothing_can_be_kept_practice_works_all_the_same(visit):
    deny = (
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } });"
    )
    page = visit("practice.html?topic=dl-nlp-cv", script=deny)
    page.get_by_text("Начать").click()
    answer(page, True)
    page.wait_for_selector(".result:not([hidden])")
    assert page.inner_text(".score") == "1 из 1"


# For everyone ---------------------------------------------------------------------------------


PAGES = ["index.html", "questions.html", "topics/внимание.html", "practice.html", "print.html"]
AXE = """() => axe.run({ preload: false, iframes: false }).then(found =>
  found.violations.map(each => [each.id, each.nodes.map(node => node.html).slice(0, 3)]))"""


@THEMES
@pytest.mark.parametrize("width", [360, 1400])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(visit, axe, name, width, theme):
    page = visit(name, width, theme)
    page.wait_for_timeout(300)
    page.evaluate(axe)
    assert page.evaluate(AXE) == []


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    folder = tmp_path_factory.mktemp("english")
    return write_site(built(write_english(folder))[1], folder / "site")


@THEMES
@pytest.mark.parametrize("name", ["index.html", "topics/networks.html", "practice.html"])
def test_axe_finds_no_violation_in_english(visit, axe, english, name, theme):
    page = visit(name, 360, theme, root=english)
    page.wait_for_timeout(300)
    page.evaluate(axe)
    assert page.evaluate(AXE) == []
    assert not re.search("[а-яё]", page.inner_text("body"), re.IGNORECASE)
    assert page.get_attribute("html", "lang") == "en"


@THEMES
@pytest.mark.parametrize(
    ("side", "shown"), [("front", "#qa:not(:has(#answer))"), ("back", "#qa:has(#answer)")]
)
def test_axe_finds_no_violation_in_a_card_and_in_what_is_found_about_it(
    visit, axe, theme, side, shown
):
    page = visit("topics/внимание.html", 1400, theme)
    page.get_by_text("не применять маску").click()
    page.locator(f".tools [value={side}]").check(force=True)
    page.wait_for_selector(".found li")
    frame = card(page)
    frame.wait_for_selector(shown)
    for each in (page, frame):
        each.evaluate(axe)
        assert each.evaluate(AXE) == []


@THEMES
def test_axe_finds_no_violation_while_practising(visit, axe, theme):
    page = visit("practice.html?topic=dl-nlp-cv", 360, theme)
    page.get_by_text("Начать").click()
    card(page)
    page.evaluate(axe)
    assert page.evaluate(AXE) == []
    answer(page, False)
    page.wait_for_timeout(100)
    page.click("[data-do=end]")
    page.wait_for_selector(".result:not([hidden])")
    assert page.evaluate(AXE) == []


@pytest.mark.parametrize("width", [320, 360, 820, 1600])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways(visit, name, width):
    page = visit(name, width)
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_theme_is_chosen_and_kept(visit):
    page = visit("index.html", theme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(paper)
    page.click(".theme")
    light = page.evaluate(paper)
    assert light != dark
    page.reload()
    assert page.evaluate(paper) == light


def test_paper_is_black_on_white_with_the_key_on_a_page_of_its_own(visit):
    page = visit("print.html", theme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.p-sheet')).color") == (
        "rgb(17, 17, 17)"
    )
    assert page.evaluate("getComputedStyle(document.querySelector('.p-key')).breakBefore") == "page"
    assert not page.is_visible(".p-bar")
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) >= 2
    key = page.inner_text(".p-key tbody tr:first-child td:nth-child(2)")
    assert key == "а, в, е"

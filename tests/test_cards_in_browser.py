"""The cards in Chromium, as real Anki renders them: chosen, answered, looked at."""

import re
from html import escape
from itertools import permutations

import pytest
from reviewer import LOOK, RUSSIAN, TEMPLATES, Reviewer, cards, cards_of, chromium, note
from sample_cards import CODE, FORMULA, LAYERS, OPEN, SHAPES, TABLE, option

from builder import kinds
from builder.model import Identity, RenderedQuestion, Rich
from builder.templating import render
from builder.values import replace
from builder.words import CATEGORIES

NOON = "2026-11-23T12:00:00"
OPTIONS = [each.text.text for each in LAYERS.options]
CORRECT, DISPUTED = ["MaxPooling", "Dropout", "ReLU"], "Batch Normalization"

FOUR = RenderedQuestion(
    "Задание 2",
    Rich("Какой ответ верный?", "Какой ответ верный?"),
    (
        option("Первый", "wrong", why="<p>Нет.</p>"),
        option("Второй", "correct", why="<p>Да.</p>"),
        option("Третий", "wrong", why="<p>Нет.</p>"),
        option("Четвёртый", "wrong"),
    ),
)
BLUNT = replace(LOOK, shuffle=False)


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_reviewer(browser):
    """Opens reviewers at noon of one day; their consoles must have been quiet in the end."""
    opened = []

    def make(width: int = 820, height: int = 900, touch: bool = False, **kind: bool) -> Reviewer:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            has_touch=touch,
            is_mobile=touch,
            java_script_enabled=kind.get("script", True),
            reduced_motion="reduce",
        )
        context.clock.set_fixed_time(NOON)
        opened.append((context, Reviewer(context, **kind)))
        return opened[-1][1]

    yield make
    for context, reviewer in opened:
        context.close()
        assert reviewer.errors == []


@pytest.fixture
def desktop(open_reviewer):
    return open_reviewer()


CLIENTS = pytest.mark.parametrize("droid", [False, True], ids=["desktop", "AnkiDroid"])


# Choosing


def test_a_click_on_a_row_chooses_and_another_takes_it_back(desktop):
    desktop.show(cards(LAYERS)["Question"].front)
    desktop.choose("ReLU", "Dropout", "ReLU")
    assert desktop.chosen() == ["Dropout"]


def test_the_whole_row_is_clickable_and_large_enough_for_a_thumb(open_reviewer):
    reviewer = open_reviewer(width=360, touch=True)
    reviewer.show(cards(LAYERS)["Question"].front)
    for row in reviewer.page.query_selector_all(".bd-options > li"):
        box = row.bounding_box()
        assert box["height"] >= 44
        reviewer.page.touchscreen.tap(box["x"] + box["width"] - 4, box["y"] + box["height"] - 4)
    assert sorted(reviewer.chosen()) == sorted(OPTIONS)


def test_of_a_single_answer_the_last_one_chosen_counts(desktop):
    desktop.show(cards(SHAPES)["Question"].front)
    desktop.choose("768", "64")
    assert desktop.chosen() == ["(8, 12, 128, 64)"]


@pytest.mark.parametrize("modifier", ["", "Alt+"])
def test_digits_choose_by_place_with_and_without_alt(desktop, modifier):
    desktop.show(cards(LAYERS)["Question"].front)
    shown = desktop.texts()
    for key in ("2", "6", "2", "4", "9"):
        desktop.page.keyboard.press(f"{modifier}Digit{key}")
    assert desktop.chosen() == [shown[3], shown[5]]


def test_alt_shift_and_a_digit_strike_an_option_out_until_it_is_chosen(desktop):
    desktop.show(cards(LAYERS)["Question"].front)
    first = desktop.texts()[0]
    desktop.choose(first)
    desktop.page.keyboard.press("Alt+Shift+Digit1")
    assert [(r["struck"], r["chosen"]) for r in desktop.rows()[:2]] == [
        (True, False),
        (False, False),
    ]
    assert desktop.page.text_content(".bd-struck") == ", вычеркнуто"
    desktop.page.keyboard.press("Alt+Shift+Digit1")
    assert not desktop.rows()[0]["struck"]
    desktop.page.keyboard.press("Alt+Shift+Digit1")
    desktop.choose(first)
    assert [(r["struck"], r["chosen"]) for r in desktop.rows()[:1]] == [(False, True)]


DIGITS = """() => Array.from(document.querySelectorAll('.bd-choose .bd-body'), body =>
  getComputedStyle(body, '::after').content)"""


@pytest.mark.parametrize("template", ["Question", "Option 1"])
def test_keys_are_told_where_there_are_keys(open_reviewer, template):
    front = cards(LAYERS)[template].front
    desktop, phone = open_reviewer(), open_reviewer(width=360, touch=True)
    for reviewer in (desktop, phone):
        reviewer.show(front)
    assert "цифра: выбрать" in desktop.said(".bd-keys")
    numbered = ['counter(bd) / ""'] * len(desktop.page.query_selector_all(".bd-choose li"))
    assert desktop.page.evaluate(DIGITS) == numbered
    assert not phone.page.is_visible(".bd-keys")
    assert set(phone.page.evaluate(DIGITS)) == {"none"}


HEARD = """() => {
  window.heard = [];
  document.addEventListener('keydown', event => heard.push([event.key, event.defaultPrevented]));
}"""


def test_the_keys_of_anki_stay_free_on_the_front(desktop):
    desktop.show(cards(LAYERS)["Question"].front)
    desktop.page.evaluate(HEARD)
    desktop.choose("ReLU")
    for key in ("Space", "Enter", "Shift+Digit1", "Shift+Digit2", "Control+Digit1", "e", "z"):
        desktop.page.keyboard.press(key)
    heard = [key for key, taken in desktop.page.evaluate("heard") if taken]
    assert (heard, desktop.chosen()) == ([], ["ReLU"])


def test_the_back_listens_to_no_key(desktop):
    card = cards(LAYERS)["Question"]
    desktop.show(card.front)
    desktop.choose("ReLU")
    desktop.show(card.back)
    desktop.page.evaluate(HEARD)
    before = desktop.rows()
    for key in ("Digit1", "Digit3", "Alt+Digit2", "Alt+Shift+Digit1", "Space"):
        desktop.page.keyboard.press(key)
    assert not any(taken for _, taken in desktop.page.evaluate("heard"))
    assert desktop.rows() == before


def test_a_page_that_outlives_its_cards_keeps_no_listener_of_them(desktop):
    listeners = desktop.page.context.new_cdp_session(desktop.page)
    for _ in range(10):
        for card in cards(LAYERS).values():
            desktop.show(card.front)
            desktop.show(card.back)
    desktop.page.keyboard.press("Space")
    found = listeners.send("Runtime.evaluate", {"expression": "document"})["result"]["objectId"]
    left = listeners.send("DOMDebugger.getEventListeners", {"objectId": found})["listeners"]
    assert [each["type"] for each in left] == []


# Front and back


@CLIENTS
def test_the_back_keeps_order_and_choice(open_reviewer, droid):
    reviewer = open_reviewer(droid=droid)
    card = cards(LAYERS)["Question"]
    reviewer.show(card.front)
    front = reviewer.texts()
    reviewer.choose("ReLU", "Слой свертки")
    reviewer.show(card.back)
    rows = reviewer.rows()
    assert [row["text"] for row in rows] == front
    assert {row["text"]: row["word"] for row in rows} == {
        "ReLU": "Верно",
        "Слой свертки": "Ошибка",
        "MaxPooling": "Пропущено",
        "Dropout": "Пропущено",
        "Batch Normalization": "Спорно, не в счёт",
        "Полносвязный слой": "Не подходит",
    }


@CLIENTS
def test_the_day_of_the_front_counts_also_over_the_end_of_the_day(open_reviewer, droid):
    reviewer = open_reviewer(droid=droid)
    card = cards(LAYERS)["Question"]
    reviewer.page.clock.set_fixed_time("2026-11-24T03:59:50")
    reviewer.show(card.front)
    front = reviewer.texts()
    reviewer.page.clock.set_fixed_time("2026-11-24T04:00:10")
    reviewer.show(card.back)
    assert reviewer.texts() == front
    reviewer.show(card.front)
    assert reviewer.texts() != front


NO_STORAGE = """Object.defineProperty(window, 'sessionStorage', { get() {
  throw new DOMException('no storage here', 'SecurityError');
} });"""


@CLIENTS
def test_without_storage_the_back_has_the_order_and_the_key(open_reviewer, droid):
    reviewer = open_reviewer(droid=droid)
    reviewer.page.add_init_script(NO_STORAGE)
    reviewer.page.reload()
    card = cards(LAYERS)["Question"]
    reviewer.show(card.front)
    front = reviewer.texts()
    reviewer.choose("ReLU")
    reviewer.show(card.back)
    assert reviewer.texts() == front
    assert [r["text"] for r in reviewer.rows() if r["word"] == "Верный ответ"] == [
        text for text in front if text in CORRECT
    ]


@pytest.mark.parametrize("stored", ["", "null", "5", "[]", '{"card":"guid"}', "{", '"x"'])
def test_nothing_that_lies_in_the_storage_breaks_a_card(open_reviewer, stored):
    reviewer = open_reviewer()
    for template in ("Question", "Option 1"):
        reviewer.page.evaluate("stored => { sessionStorage.buildDeck = stored; }", stored)
        reviewer.show(cards(LAYERS)[template].back)
        assert reviewer.said(".bd-answer")


def test_a_back_that_no_front_went_before_shows_the_key(desktop):
    desktop.show(cards(LAYERS)["Question"].back)
    assert {row["word"] for row in desktop.rows()} == {
        "Верный ответ",
        "Не подходит",
        "Спорно, не в счёт",
    }
    assert desktop.said(".bd-score") == ""


def test_what_was_chosen_on_one_card_does_not_show_on_another(desktop):
    desktop.show(cards(LAYERS)["Question"].front)
    desktop.choose("ReLU")
    desktop.show(cards(SHAPES, guid="other")["Question"].back)
    assert desktop.said(".bd-score") == ""


def test_a_front_that_is_drawn_anew_keeps_the_choice_and_a_new_review_forgets_it(open_reviewer):
    reviewer = open_reviewer(droid=True)
    card = cards(LAYERS)["Question"]
    reviewer.show(card.front)
    reviewer.choose("ReLU")
    reviewer.show(card.front)
    assert reviewer.chosen() == ["ReLU"]
    reviewer.show(card.back)
    reviewer.show(card.front)
    assert reviewer.chosen() == []


@pytest.mark.parametrize("width", [360, 820, 1400])
@pytest.mark.parametrize("question", [LAYERS, SHAPES], ids=["several", "single"])
def test_rows_stand_on_the_back_where_they_stood_on_the_front(open_reviewer, width, question):
    reviewer = open_reviewer(width=width)
    places = []
    for side in (cards(question)["Question"].front, cards(question)["Question"].back):
        reviewer.show(side)
        reviewer.page.evaluate("scrollTo(0, 0)")
        box = reviewer.page.locator(".bd-options").bounding_box()
        places.append([box["x"], box["width"], round(box["y"])])
    assert places[0] == places[1]


def test_no_text_of_an_option_breaks_otherwise_on_the_back_of_a_phone(open_reviewer):
    reviewer = open_reviewer(width=360, touch=True)
    texts = """() => Array.from(document.querySelectorAll('.bd-text'),
      text => [text.offsetLeft, text.offsetWidth, text.offsetHeight])"""
    card = cards(SHAPES)["Question"]
    reviewer.show(card.front)
    front = reviewer.page.evaluate(texts)
    reviewer.show(card.back)
    assert reviewer.page.evaluate(texts) == front


def test_a_long_instruction_leaves_its_room_to_the_score(open_reviewer):
    reviewer = open_reviewer(width=360)
    long = Rich("Выберите все ответы, которые подходят, и ни одного лишнего. " * 3)
    card = cards(replace(LAYERS, instruction=long))["Question"]
    reviewer.show(card.front)
    top = reviewer.page.locator(".bd-options").bounding_box()["y"]
    reviewer.show(card.back)
    assert reviewer.page.locator(".bd-options").bounding_box()["y"] == pytest.approx(top, abs=0.5)


# Score and reasons


def answered(reviewer: Reviewer, question: RenderedQuestion, *texts: str, **identity) -> None:
    card = cards(question, **identity)["Question"]
    reviewer.show(card.front)
    reviewer.choose(*texts)
    reviewer.show(card.back)


@pytest.mark.parametrize(
    ("chosen", "score"),
    [
        (CORRECT, "3 из 3"),
        ([*CORRECT, DISPUTED], "3 из 3 1 спорный"),
        (["ReLU"], "1 из 3 2 пропуска"),
        (["ReLU", "Dropout", "Слой свертки"], "2 из 3 1 ошибка 1 пропуск"),
        (["Слой свертки", "Полносвязный слой"], "0 из 3 2 ошибки 3 пропуска"),
        ([DISPUTED], "0 из 3 3 пропуска 1 спорный"),
        ([], ""),
    ],
)
def test_the_score_counts_right_wrong_and_missed_and_never_disputed(desktop, chosen, score):
    answered(desktop, LAYERS, *chosen)
    assert desktop.said(".bd-score") == score


@pytest.mark.parametrize(("chosen", "score"), [("768", "Верно"), ("256", "Неверно")])
def test_of_a_single_answer_the_score_is_a_word(desktop, chosen, score):
    answered(desktop, SHAPES, chosen)
    assert desktop.said(".bd-score") == score


def test_the_reasons_of_wrong_and_disputed_choices_are_open(desktop):
    answered(desktop, LAYERS, "ReLU", "Слой свертки", DISPUTED)
    assert {row["text"] for row in desktop.rows() if row["open"]} == {"Слой свертки", DISPUTED}
    desktop.page.click("summary:has-text('MaxPooling')")
    assert desktop.page.is_visible("text=Чисто функциональный слой")


def test_a_wrong_single_choice_opens_the_reason_of_the_right_answer_too(desktop):
    answered(desktop, FOUR, "Первый")
    words = {row["text"]: (row["word"], row["open"]) for row in desktop.rows()}
    assert words == {
        "Первый": ("Ошибка", True),
        "Второй": ("Верный ответ", True),
        "Третий": ("Не подходит", False),
        "Четвёртый": ("Не подходит", False),
    }


@pytest.mark.parametrize("html", ["Так.", "<p>Так.</p>"])
def test_a_heading_keeps_its_distance_to_what_it_heads(desktop, html):
    desktop.show(cards(replace(FOUR, explanation=Rich(html)))["Question"].back)
    heading = "getComputedStyle(document.querySelector('.bd-explain > h2')).marginBottom"
    assert desktop.page.evaluate(heading) == "8px"


def test_an_option_without_a_reason_has_nothing_to_unfold(desktop):
    answered(desktop, FOUR)
    assert desktop.page.locator("details").count() == 3


def test_a_question_without_a_key_says_so_and_counts_nothing(desktop):
    options = tuple(replace(each, verdict="unknown") for each in FOUR.options)
    answered(desktop, replace(FOUR, options=options), "Второй")
    assert desktop.said(".bd-score") == "В источнике ответ не отмечен"
    assert {row["text"]: row["word"] for row in desktop.rows()} == {
        "Первый": "",
        "Второй": ", вы выбрали",
        "Третий": "",
        "Четвёртый": "",
    }


def test_an_option_without_a_verdict_among_others_is_said_and_not_counted(desktop):
    options = (*FOUR.options[:3], option("Пятый", "unknown"))
    question = replace(FOUR, options=options, instruction=Rich("Выберите все подходящие"))
    answered(desktop, replace(question, instruction=Rich("", "все подходящие")), "Пятый", "Второй")
    words = {row["text"]: row["word"] for row in desktop.rows()}
    assert words["Пятый"].startswith("Ответ не отмечен")
    assert desktop.said(".bd-score") == "1 из 1"


def test_an_option_that_left_is_gone_from_the_question_and_its_own_card_says_so(desktop):
    made = cards(FOUR, slots=(1, 2, 3, 5), withdrawn=((4, "Старый"),))
    desktop.show(made["Question"].front)
    assert "Старый" not in desktop.texts()
    desktop.show(made["Question"].back)
    assert "Старый" not in desktop.texts()
    desktop.show(made["Option 4"].front)
    assert not desktop.page.is_visible(".bd-choose")
    notice = "getComputedStyle(document.querySelector('.bd-claim'), '::after').content"
    assert desktop.page.evaluate(notice) == f'"{RUSSIAN["card.withdrawn"]}"'


def test_options_beyond_the_slots_are_chosen_and_counted_like_others(desktop):
    options = tuple(
        option(f"Вариант {n:02}", "correct" if n > 12 else "wrong") for n in range(1, 15)
    )
    question = replace(FOUR, options=options)
    slots = (*range(1, 13), 0, 0)
    answered(desktop, question, "Вариант 13", "Вариант 01", slots=slots)
    words = {row["text"]: row["word"] for row in desktop.rows()}
    assert [words[f"Вариант {n:02}"] for n in (1, 2, 13, 14)] == [
        "Ошибка",
        "Не подходит",
        "Верно",
        "Пропущено",
    ]
    assert desktop.said(".bd-score") == "1 из 2 1 ошибка 1 пропуск"


def test_letters_that_the_text_speaks_of_are_shown_in_the_order_of_the_author(desktop):
    options = tuple(
        replace(each, label=label) for each, label in zip(FOUR.options, "АБВГ", strict=True)
    )
    question = replace(FOUR, options=options, explanation=Rich("Ответ: Б", "Ответ: Б"))
    made = cards(question)
    for side in (made["Question"].front, made["Question"].back):
        desktop.show(side)
        assert [text.split() for text in desktop.texts()] == [
            ["А", "Первый"],
            ["Б", "Второй"],
            ["В", "Третий"],
            ["Г", "Четвёртый"],
        ]


def test_an_option_that_speaks_of_others_shows_them_on_its_own_card_alone(desktop):
    options = (*FOUR.options[:3], option("Все перечисленное", "wrong"))
    made = cards(replace(FOUR, options=options))
    desktop.show(made["Option 4"].front)
    assert desktop.said(".bd-list") == "Первый Второй Третий Все перечисленное"
    desktop.show(made["Option 1"].front)
    assert not desktop.page.is_visible(".bd-list")


# Shuffle

ORDER = render(TEMPLATES, "choice/order.js")


def test_a_hundred_thousand_seeds_give_all_orders_of_four_options_alike(desktop):
    count = """([seeds, pinned]) => {
      ORDER
      const found = {};
      for (let n = 0; n < seeds; n++) {
        const seed = 'guid' + n % 1000 + '/' + new Date(2026, 0, 1 + n / 1000).toDateString();
        const rules = { shuffle: true, last: at => at === pinned };
        const order = ordered([1, 2, 3, 4], seed, rules).join('');
        found[order] = (found[order] || 0) + 1;
      }
      return found;
    }""".replace("ORDER", ORDER)
    found = desktop.page.evaluate(count, [100_000, 0])
    assert found.keys() == {"".join(order) for order in permutations("1234")}
    expected = 100_000 / 24
    chi_squared = sum((n - expected) ** 2 / expected for n in found.values())
    assert chi_squared < 49.73  # 23 degrees of freedom, p = 0.001
    pinned = desktop.page.evaluate(count, [10_000, 2])
    assert pinned.keys() == {"".join(order) + "2" for order in permutations("134")}


def test_a_card_shows_the_order_of_its_seed_and_another_one_the_next_day(desktop):
    ordered = f"""([slots, seed]) => {{
      {ORDER}
      return ordered(slots, seed, {{ shuffle: true, last: at => false }});
    }}"""
    orders = []
    for day, seed in ((23, "Mon Nov 23 2026"), (24, "Tue Nov 24 2026")):
        desktop.page.clock.set_fixed_time(f"2026-11-{day}T09:00:00")
        desktop.show(cards(LAYERS)["Question"].front)
        orders.append([row["slot"] for row in desktop.rows()])
        assert orders[-1] == desktop.page.evaluate(ordered, [[1, 2, 3, 4, 5, 6], f"guid/{seed}"])
        desktop.show(cards(LAYERS)["Question"].back)
    assert orders[0] != orders[1]


def test_the_shuffle_can_be_switched_off(desktop):
    card = cards(LAYERS, look=BLUNT, slots=(3, 1, 2, 6, 5, 4))["Question"]
    for side in (card.front, card.back):
        desktop.show(side)
        assert desktop.texts() == OPTIONS


def test_all_of_the_above_stays_last_whatever_the_note(desktop):
    options = (*FOUR.options[:3], option("Все перечисленное", "wrong"))
    seen = set()
    for number in range(12):
        made = cards(replace(FOUR, options=options), guid=f"guid{number}")["Question"]
        desktop.show(made.front)
        assert desktop.texts()[-1] == "Все перечисленное"
        seen.add(tuple(desktop.texts()))
        desktop.show(made.back)
        assert tuple(desktop.texts()) in seen
    assert len(seen) > 1


# Option card


@CLIENTS
@pytest.mark.parametrize(
    ("slot", "answer", "said"),
    [
        (1, "Подходит", "Верно. Подходит: не обновляется"),
        (1, "Не подходит", "Ошибка. Подходит: не обновляется"),
        (1, "Спорно", "Ошибка. Подходит: не обновляется"),
        (4, "Подходит", "Ошибка. Не подходит: обновляется"),
        (4, "Не подходит", "Верно. Не подходит: обновляется"),
        (5, "Подходит", "Спорно: зависит от реализации"),
        (5, "Не подходит", "Спорно: зависит от реализации"),
        (5, "Спорно", "Верно. Спорно: зависит от реализации"),
        (5, "", "Спорно: зависит от реализации"),
    ],
)
def test_the_back_of_an_option_says_the_verdict_first(open_reviewer, droid, slot, answer, said):
    reviewer = open_reviewer(droid=droid)
    card = cards(LAYERS)[f"Option {slot}"]
    reviewer.show(card.front)
    if answer:
        reviewer.page.get_by_text(answer, exact=True).click()
    reviewer.show(card.back)
    assert reviewer.said(".bd-verdict") == said
    assert reviewer.page.is_visible(".bd-choose") == bool(answer)


ANSWERS = """() => Array.from(document.querySelectorAll('.bd-options > li')).map(row => [
  row.innerText.trim(),
  getComputedStyle(row.querySelector('.bd-body'), '::after').content.replace('none', '""'),
])"""


@pytest.mark.parametrize(
    ("slot", "answer", "yours", "key"), [(4, 0, 0, 1), (4, 1, 1, 1), (5, 0, 0, 2), (1, 2, 2, 0)]
)
def test_the_back_of_an_option_marks_the_answer_and_the_key(desktop, slot, answer, yours, key):
    card = cards(LAYERS)[f"Option {slot}"]
    desktop.show(card.front)
    desktop.page.keyboard.press(f"Alt+Digit{answer + 1}")
    desktop.show(card.back)
    words = [word for _, word in desktop.page.evaluate(ANSWERS)]
    expected = [""] * 3
    expected[key], expected[yours] = '"Верный ответ"', '"Ваш ответ"'
    assert [word.strip('"') for word in words] == [word.strip('"') for word in expected]


def test_an_option_without_a_verdict_says_that_none_is_marked(desktop):
    options = (*FOUR.options[:3], option("Пятый", "unknown"))
    desktop.show(cards(replace(FOUR, options=options), carded=(4,))["Option 4"].back)
    assert desktop.said(".bd-verdict") == "Ответ не отмечен"


def test_disputed_is_an_answer_only_where_the_deck_has_disputed_options(desktop):
    desktop.show(cards(FOUR, look=replace(LOOK, ask_disputed=False))["Option 1"].front)
    assert desktop.said(".bd-options") == "Подходит Не подходит"


def test_the_explanation_of_the_whole_question_is_folded(desktop):
    desktop.show(cards(LAYERS)["Option 1"].back)
    assert not desktop.page.is_visible("text=При обратном распространении")
    desktop.page.click("summary:has-text('Объяснение')")
    assert desktop.page.is_visible("text=При обратном распространении")


@pytest.mark.parametrize("template", ["Question", "Option 1"])
def test_nothing_on_a_front_tells_the_verdict(desktop, template):
    shots = set()
    for verdict in ("correct", "wrong", "disputed"):
        options = tuple(replace(each, verdict=verdict) for each in FOUR.options)
        question = replace(FOUR, options=options, instruction=Rich("Выберите все подходящие"))
        front = cards(replace(question, instruction=Rich("Выберите", "все подходящие")))[template]
        desktop.show(front.front)
        shots.add(desktop.page.screenshot())
    assert len(shots) == 1


# Text

HOSTILE = [
    'It\'s "quoted" and `ticked`',
    "back\\slash \\n \\u0041 ${x} %s",
    "</script><script>throw 1</script>",
    "<!-- --> ]]> <b>&lt;&amp;</b>",
    "vector<int> & std::map<K, V>",
    "\\(x^2\\) \\[y\\] $z$ $$w$$",
    "{{Option 1}} {{#Stem}} }} {{c1::x}}",
    "[[type:Stem]] [anki:tts] ::",
    "👩🏽‍💻 ✅ ❌ ⚠️ 🇷🇺",
    "الخيار الأول هو الصحيح",
    "אפשרות (א) abc 123",
    "ё é é ﬁ ½ „“ —",
    "x\u200by\u00a0z\u2028w",
    "null undefined NaN __proto__ constructor",
    "' onmouseover='alert(1)",
    "1; DROP TABLE cards; --",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_an_option_arrives_as_it_was_written(desktop, text):
    html = escape(text).replace("[[", "[<b></b>[").replace("[anki", "[<b></b>anki")
    first = replace(FOUR.options[0], text=Rich(html, text))
    made = cards(replace(FOUR, options=(first, *FOUR.options[1:]), title=text))
    at = "document.querySelector('.bd-options [data-slot=\"1\"] .bd-text').textContent"
    for side in (made["Question"].front, made["Question"].back):
        desktop.show(side)
        assert desktop.page.evaluate(at) == text
        assert desktop.page.text_content(".bd-where") == f"DL + NLP + CV, {text}"
    for side in (made["Option 1"].front, made["Option 1"].back):
        desktop.show(side)
        assert desktop.page.text_content(".bd-claim") == text


def test_a_report_carries_title_and_guid(desktop):
    desktop.show(cards(replace(LAYERS, title="R & D: 50 %?"))["Question"].back)
    link = desktop.page.locator(".bd-foot a").get_attribute("href")
    title = desktop.page.evaluate("link => new URL(link).searchParams.get('title')", link)
    assert title == "R & D: 50 %? [guid]"


def test_a_deck_without_an_address_has_no_link(desktop):
    desktop.show(cards(LAYERS, look=replace(LOOK, report=""))["Question"].back)
    assert desktop.page.locator("a").count() == 0


def test_what_a_member_wrote_and_what_they_must_know_stands_on_the_back(desktop):
    made = note(LAYERS, Identity("guid", 0, 0, (1, 2, 3, 4, 5, 6), version="7", answer_changed="7"))
    fields = list(made.fields)
    fields[4] = "моя заметка"
    for card in cards_of(replace(made, fields=tuple(fields))).values():
        desktop.show(card.front)
        assert not desktop.page.is_visible(".bd-notice")
        desktop.show(card.back)
        assert desktop.page.is_visible("text=моя заметка")
        assert "версии 7" in desktop.said(".bd-notice")
        assert "версия 7" in desktop.said(".bd-foot")


def test_a_withdrawn_question_says_so_on_both_sides(desktop):
    for card in cards(LAYERS, retired=True).values():
        for side in (card.front, card.back):
            desktop.show(side)
            assert desktop.said(".bd-notice") == RUSSIAN["notice.retired"]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_card_is_in_the_language_of_the_deck(desktop, language):
    made = cards(LAYERS, look=replace(LOOK, language=language))["Question"]
    desktop.show(made.front)
    assert desktop.page.get_attribute("main", "lang") == language
    desktop.choose("ReLU", "Слой свертки")
    desktop.show(made.back)
    expected = {"ru": "1 из 3 1 ошибка 2 пропуска", "en": "1 of 3 1 wrong 2 missed"}
    assert desktop.said(".bd-score") == expected[language]


@pytest.mark.parametrize(
    ("plural", "languages"),
    [
        ("none", "ja zh ko th vi id"),
        ("one-other", "en de nl sv it es tr el bg"),
        ("french", "fr pt"),
        ("east-slavic", "ru uk be"),
        ("polish", "pl"),
        ("czech", "cs sk"),
        ("arabic", "ar"),
    ],
)
def test_python_counts_as_the_browser_does(desktop, plural, languages):
    counted = replace(RUSSIAN, plural=plural, entries={f"n.{c}": c for c in CATEGORIES})
    select = "of => Array.from({length: 200}, (_, n) => new Intl.PluralRules(of).select(n))"
    numbers = [counted.count("n", number) for number in range(200)]
    for language in languages.split():
        assert (language, numbers) == (language, desktop.page.evaluate(select, language))


# Looks


NIGHT = pytest.mark.parametrize("night", [False, True], ids=["light", "night"])
AXE = """() => axe.run({ rules: { 'html-has-lang': { enabled: false } } })
  .then(found => found.violations.map(each => [each.id, each.nodes[0].html]))"""


@NIGHT
@pytest.mark.parametrize("width", [360, 1400])
@pytest.mark.parametrize("question", [LAYERS, SHAPES, OPEN], ids=["several", "single", "open"])
def test_axe_finds_no_violation(open_reviewer, axe, question, width, night):
    reviewer = open_reviewer(width=width, night=night)
    reviewer.page.evaluate(axe)
    made = cards(question)
    for template in [name for name in ("Question", "Option 1", "Option 5") if name in made]:
        reviewer.show(made[template].front)
        assert reviewer.page.evaluate(AXE) == []
        reviewer.page.keyboard.press("Alt+Digit1")
        assert reviewer.page.evaluate(AXE) == []
        reviewer.show(made[template].back)
        assert reviewer.page.evaluate(AXE) == []


IN_LINE = '<span style="display: inline-block; width: 1700px">формула</span>'
WIDE = RenderedQuestion(
    "Очень" * 20,
    Rich(f"<p>{'Нейрон' * 30}</p>\n{CODE}\n{FORMULA}\n{TABLE}", "Нейрон"),
    (
        option(f"<p>{'слово' * 30}</p>\n{CODE}", "correct", "да " * 30, f"{TABLE}{CODE}"),
        option(f"<code>{'f(x)' * 40}</code>", "wrong", "нет", f"<p>{'причина' * 30}</p>{IN_LINE}"),
        option(f"Тогда {IN_LINE}", "wrong", f"нет {IN_LINE}", "<p>Да.</p>"),
        option("1", "disputed", "спорно" * 20, FORMULA),
    ),
    explanation=Rich(f"<p>{'https://example.org/' * 9} {IN_LINE}</p>\n{CODE}\n{TABLE}"),
)
SIDEWAYS = """() => {
  const reached = [9999, -9999].map(by => { scrollTo(by, scrollY); return Math.abs(scrollX); });
  scrollTo(0, scrollY);
  return Math.max(...reached);
}"""


@pytest.mark.parametrize("size", ["100%", "200%"])
@pytest.mark.parametrize("width", [320, 360, 820, 1600])
def test_no_page_scrolls_sideways(open_reviewer, width, size):
    reviewer = open_reviewer(width=width)
    reviewer.page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
    for name, card in {**cards(WIDE), "open": cards(replace(WIDE, options=()))["Question"]}.items():
        reviewer.show(card.front)
        assert (name, reviewer.page.evaluate(SIDEWAYS)) == (name, 0)
        reviewer.page.keyboard.press("Digit1")
        reviewer.page.keyboard.press("Digit2")
        reviewer.show(card.back)
        reviewer.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert (name, reviewer.page.evaluate(SIDEWAYS)) == (name, 0)


@pytest.mark.parametrize("width", [360, 820])
def test_what_is_too_wide_scrolls_by_itself_and_by_keyboard(open_reviewer, width):
    reviewer = open_reviewer(width=width)
    reviewer.show(cards(replace(WIDE, options=()))["Question"].back)
    box = reviewer.page.locator(".bd-code").first
    reached = "box => { box.scrollLeft = 50; return [box.scrollLeft, box.tabIndex]; }"
    long = cards(replace(OPEN, stem=Rich(CODE.replace("F</span>", "F</span>" + " x" * 200))))
    reviewer.show(long["Question"].front)
    assert box.evaluate(reached) == [50, 0]


def test_without_script_a_card_is_readable_and_right(open_reviewer):
    reviewer = open_reviewer(script=False)
    made = cards(LAYERS)
    reviewer.show(made["Question"].front)
    assert reviewer.said(".bd-options") == " ".join(OPTIONS)
    reviewer.show(made["Question"].back)
    assert reviewer.page.locator("details").count() == 6
    assert [
        " ".join(row.split()) for row in reviewer.page.locator("summary").all_inner_texts()
    ] == [
        "MaxPooling Верный ответ",
        "Полносвязный слой Не подходит",
        "Dropout Верный ответ",
        "Слой свертки Не подходит",
        "Batch Normalization Спорно, не в счёт",
        "ReLU Верный ответ",
    ]
    reviewer.show(made["Option 4"].back)
    assert reviewer.said(".bd-verdict") == "Не подходит: обновляется"
    assert not reviewer.page.is_visible(".bd-choose")


def test_without_custom_properties_and_masks_the_words_are_still_right(desktop):
    card = cards(LAYERS)["Question"]
    plain = re.compile(r"@supports[^{]*\{[^}]*\}\}|[\w-]+:[^;{}]*var\([^;{}]*")
    front, back = (plain.sub("", side) for side in (card.front, card.back))
    assert "var(" not in front + back
    desktop.show(front)
    assert desktop.page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 37, 48)"
    desktop.choose("ReLU", "Слой свертки")
    desktop.show(back)
    assert {row["text"]: row["word"] for row in desktop.rows()} == {
        "ReLU": "Верно",
        "Слой свертки": "Ошибка",
        "MaxPooling": "Пропущено",
        "Dropout": "Пропущено",
        "Batch Normalization": "Спорно, не в счёт",
        "Полносвязный слой": "Не подходит",
    }


def test_a_question_that_left_the_source_asks_nothing_any_more(desktop):
    left = Identity("guid", 0, 0, (), ((1, "Старый"), (2, "Другой")), retired=True)
    stem = RenderedQuestion("", Rich("Что?", "Что?"))
    values = kinds.fill(stem, left, RUSSIAN, "both", "choice")
    for card in cards_of(replace(note(FOUR), fields=values)).values():
        desktop.show(card.front)
        assert desktop.said("main").startswith("DL + NLP + CV " + RUSSIAN["notice.retired"])
        assert not desktop.page.is_visible("label")
        desktop.show(card.back)
        assert RUSSIAN["card.no_key"] not in desktop.said(".bd-back")


def test_a_member_has_the_last_word_on_style(desktop):
    desktop.user_style = ".bd-stem { color: rgb(1, 2, 3); } .card { --right: #010203; }"
    desktop.show(cards(LAYERS)["Question"].front)
    look = """() => {
      const stem = getComputedStyle(document.querySelector('.bd-stem'));
      return [stem.color, stem.getPropertyValue('--right').trim()];
    }"""
    assert desktop.page.evaluate(look) == ["rgb(1, 2, 3)", "#010203"]


def test_night_is_the_switch_of_anki_and_not_of_the_system(browser):
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        grounds = []
        for night in (False, True):
            reviewer = Reviewer(context, night=night)
            reviewer.show(cards(LAYERS)["Question"].front)
            ground = "getComputedStyle(document.body).backgroundColor"
            grounds.append(reviewer.page.evaluate(ground))
        context.close()
        assert grounds == ["rgb(252, 251, 248)", "rgb(23, 25, 29)"]


EDGES = """parts => Array.from(document.querySelectorAll(parts), e => {
  const range = document.createRange(), style = getComputedStyle(e);
  range.selectNodeContents(e.querySelector('h2') ? e.lastChild : e);
  const end = e.getBoundingClientRect().right - parseFloat(style.paddingRight);
  return end - range.getBoundingClientRect().right;
})"""


@pytest.mark.parametrize("template", ["Question", "Option 1"])
def test_right_to_left_text_starts_at_the_right(desktop, template):
    arabic = "الخيار الأول"
    first = option(arabic, "wrong", why=arabic)
    question = replace(FOUR, stem=Rich(arabic), options=(first, *FOUR.options[1:]))
    card = cards(replace(question, explanation=Rich(arabic)))[template]
    own = "[data-slot='1'] .bd-text, [data-slot='1'] .bd-reason"
    parts = f".bd-stem, .bd-claim, .bd-context, .bd-explain, {own}"
    for side, count in ((card.front, 2), (card.back, 4)):
        desktop.show(side)
        desktop.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        distances = desktop.page.evaluate(EDGES, parts)
        assert distances == pytest.approx([0] * count, abs=1)


def test_a_language_written_from_the_right_mirrors_the_sheet(desktop):
    mirrored = replace(RUSSIAN, direction="rtl")
    made = cards_of(note(LAYERS), language=mirrored)["Question"]
    for side in (made.front, made.back):
        desktop.show(side)
        assert desktop.page.evaluate(SIDEWAYS) == 0
        mark = desktop.page.locator(".bd-mark:visible").first.bounding_box()
        text = desktop.page.locator(".bd-text:visible").first.bounding_box()
        assert mark["x"] > text["x"]


def test_nothing_moves_for_those_who_asked_for_it(desktop):
    desktop.show(cards(LAYERS)["Question"].back)
    moving = """() => Array.from(document.querySelectorAll('*')).filter(each =>
      ['', '::before', '::after'].some(part =>
        parseFloat(getComputedStyle(each, part).transitionDuration))).length"""
    assert desktop.page.evaluate(moving) == 0

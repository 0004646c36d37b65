"""Mojibake: clean text is left alone, damaged text restored, whole or in part."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import russian
from hypothesis import given
from hypothesis import strategies as st

from builder.decoding import decode
from builder.decoding.misreading import CODE_PAGES

SEED = Path(__file__).parent.parent / "source" / "dl-nlp-cv.md"
COMMON = ("mac_roman", "cp1251", "latin-1", "cp1252", "cp1250", "cp866", "koi8-r", "mac_cyrillic")

QUIZ = """# Свёртка и «внимание»

1. Что выведет `print("Привет")`? — №1

- [x] Да ✅
- [ ] Нет ❌
- [ ] И то и другое… 👍🏽

```python
# Имя переменной: ёлка
print("Съешь ещё")
```

**Вывод:** «это» так
"""

CLEAN = """
(–∞; –π) и [–π; –∞), –∞ < x
–С–С–С– и С–С–С–Н, С…С, Р…
Стр. № 5 — «в…», «С», „в“, «Слов™»
└──┬──╤══╗ ╨┐ ║ ╞═╡
╔══╤══╗
ВЫВОД‼️ 👍🏽 👨‍👩‍👧 ✅ ❌ ⚠️
Größe, Ärger, „Ä“, «É», façade, naïve, ÇA, Ñandú, AÑO, «à»
Où ça ? À l’école — « déjà » vu… é » ; « Noël »
NÃO, AÇÕES, Ã, ÂME
∑∏√π≈∞ ∂x/∂y ≤ ≥ ± µ °C ½ ¾ x² y³ √2 √π √∞ x̄
Ελληνικά, Αθήνα, Ωμέγα
中文 日本語 한국어 العربية עברית हिन्दी ไทย
Їжак, ґанок, єдність, дії, партії, МІЛІЦІЇ, ВІДПОВІДІ
Сёстры, РЁВ, СЪЁМКА, ПЁС, ПЯТЁРКА
“Smart” ‘quotes’ – dash — em… €5 £3 ¥7 ¢ § ¶ † ‡ • ©®™
Þórður, Ðanmörk, Điều này được, Příliš žluťoučký kůň, Łódź, ŞIŞLI
ＡＢＣ ﬁ ½ &amp; &#1055; “…” ¿Qué? ¡Sí!
– А – Б — В —Да —Нет
а) да
""".strip().split("\n")

ABOUT_MOJIBAKE = (
    "Read `Ã©` as é",
    "Что значит `РџСЂРёРІРµС‚`?",
    "If you see <code>Ð¿Ñ€Ð¸Ð²ÐµÑ‚</code>, say so",
    "```\nprint('Ð¿Ñ€Ð¸Ð²ÐµÑ‚')  # –ü—Ä–∏–≤–µ—Ç\n```",
    "Если вместо слова вы видите «РџСЂРёРІРµС‚», то кодировка файла неверна",
    "You get Ã© where é should be",
)


def misread(text, code_page):
    """UTF-8 read as a code page; a byte without image becomes a control, as it does on Windows."""
    return "".join(bytes([n]).decode(code_page, "ignore") or chr(n) for n in text.encode())


def repaired(text):
    return decode("quiz.md", text.encode())


# Clean text ------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", [*CLEAN, *ABOUT_MOJIBAKE])
@pytest.mark.parametrize("frame", ["{}", "Обычный вопрос о слоях.\n\n{}\n\nЕщё строка."])
def test_clean_text_is_left_alone(line, frame):
    text = frame.format(line)
    source = repaired(text)
    assert (source.text, source.repairs) == (text, ())


def test_clean_text_is_left_alone_whatever_stands_beside_it():
    text = "\n".join((*CLEAN, *ABOUT_MOJIBAKE, QUIZ, *reversed(CLEAN)))
    source = repaired(text)
    assert (source.text, source.repairs) == (text, ())


def test_clean_text_does_not_wait_for_the_judge_of_western_mojibake():
    code = (
        f"import sys, builder.decoding as d; d.decode('', {QUIZ.encode()!r}); print(*sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "builder.decoding" in result.stdout.split()
    assert "ftfy" not in result.stdout.split()


# Damaged text ----------------------------------------------------------------------------------


@pytest.mark.parametrize("code_page", CODE_PAGES)
def test_a_misread_quiz_is_restored_and_told_once(code_page):
    source = repaired(misread(QUIZ, code_page))
    assert source.text == QUIZ
    [repair] = source.repairs
    assert repair.cause == f"UTF-8 read as {code_page}"
    assert repair.certain
    assert source.line_range(repair.span) == range(1, len(source.lines) + 1)
    assert repair.after == "Свёртка и «внимание»"
    assert repair.before == misread(repair.after, code_page)


@pytest.mark.parametrize("code_page", COMMON)
@pytest.mark.parametrize("inner", COMMON)
def test_a_quiz_misread_twice_is_restored(inner, code_page):
    source = repaired(misread(misread(QUIZ, inner), code_page))
    assert source.text == QUIZ
    assert {repair.cause for repair in source.repairs} == {
        f"UTF-8 read as {inner}, then as {code_page}"
    }


def test_a_quiz_misread_three_times_is_restored():
    damaged = misread(misread(misread(QUIZ, "mac_roman"), "mac_roman"), "mac_roman")
    assert repaired(damaged).text == QUIZ


def test_the_first_quiz_of_the_project_is_restored_from_how_it_came():
    clean = SEED.read_text(encoding="utf-8")
    source = repaired(clean.encode().decode("mac_roman"))
    assert source.text == clean
    [repair] = source.repairs
    assert (repair.cause, repair.certain) == ("UTF-8 read as mac_roman", True)
    assert (repair.before, repair.after) == (
        "–¢–µ—Å—Ç–æ–≤—ã–µ –∑–∞–¥–∞–Ω–∏—è",
        "Тестовые задания",
    )


@pytest.mark.parametrize("code_page", COMMON)
def test_a_damaged_paragraph_is_restored_and_its_lines_told(code_page):
    lines = QUIZ.splitlines()
    damaged = [*lines[:4], *(misread(line, code_page) for line in lines[4:7]), *lines[7:]]
    source = repaired("\n".join(damaged))
    assert source.lines == tuple(lines)
    [repair] = source.repairs
    assert source.line_range(repair.span) == range(5, 8)


@pytest.mark.parametrize("code_page", COMMON)
def test_half_a_damaged_file_is_restored(code_page):
    half = russian.PROSE.index("Почему")
    clean, rest = russian.PROSE[:half], russian.PROSE[half:]
    assert repaired(clean + misread(rest, code_page)).text == russian.PROSE
    assert repaired(misread(clean, code_page) + rest).text == russian.PROSE


@pytest.mark.parametrize("code_page", COMMON)
def test_marks_alone_are_restored(code_page):
    text = "1. Which layer has no weights?\n\n- ✅ MaxPooling\n- ❌ Conv\n- ⚠️ Batch Normalization\n"
    assert repaired(misread(text, code_page)).text == text


def test_code_is_restored_with_the_text_around_it():
    text = "Что выведет `print('ёж')`?\n\n```\nprint('Да')\n```\n\nОтвет: `Да`\n"
    assert repaired(misread(text, "cp1252")).text == text


def test_a_line_of_one_letter_follows_its_neighbours():
    text = "Выберите ответ:\n\nА) и\n\nБ) в\n"
    assert repaired(misread(text, "mac_roman")).text == text


def test_a_fence_that_is_never_closed_hides_no_damage():
    text = "```\nКакой слой ничего не учит?\n\nСлой подвыборки\n"
    assert repaired(misread(text, "koi8-r")).text == text


def test_a_line_that_is_mostly_damaged_is_restored_and_said_to_be_in_doubt():
    """Its clean letters might be damage of another kind; with more of them it is left alone."""
    source = repaired("Ответ: " + misread("слой подвыборки", "cp1251"))
    assert source.text == "Ответ: слой подвыборки"
    assert [repair.certain for repair in source.repairs] == [False]


@pytest.mark.parametrize(
    ("damaged", "text"),
    [
        ("The cafÃ© doesnâ€™t open", "The café doesn’t open"),
        ("GrÃ¶ÃŸe Ã¼ber alles", "Größe über alles"),
        ("Â¿QuÃ© tal, mañana? Â¡SÃ\xad!", "¿Qué tal, mañana? ¡Sí!"),
        ("Â¿QuÃ© tal? Â¡SÃ\xad!", "¿Qué tal? ¡Sí!"),
        ("It is 20 Â°C", "It is 20 °C"),
        ("donâ€™t", "don’t"),
        ("donвЂ™t", "don’t"),
    ],
)
def test_western_mojibake_is_restored(damaged, text):
    assert repaired(damaged).text == text


# Damage that lost something --------------------------------------------------------------------


def test_a_byte_without_image_is_put_back_where_it_can_be_only_one():
    """In cp1251 that is 0x98, the second byte of “И”; what it was is still no certain thing."""
    text = "Имя слоя\n\nИз чего он состоит?"
    damaged = text.encode().decode("cp1251", "replace")
    source = repaired(damaged)
    assert "\ufffd" in damaged
    assert source.text == text
    assert [repair.certain for repair in source.repairs] == [False]


@pytest.mark.parametrize("lost", ["?", ""])
def test_a_lost_byte_is_told_whatever_stands_for_it(lost):
    text = "Какой слой сети?\n\nИмя и почему же он?"
    damaged = re.sub("[\x80-\x9f]", lost, misread(text, "cp1251"))
    source = repaired(damaged)
    assert source.text.replace("\ufffd", "И") == text
    assert [repair.certain for repair in source.repairs] == [True, False]
    assert source.line_range(source.repairs[1].span) == range(3, 4)


def test_what_may_have_been_several_letters_becomes_a_replacement_character():
    text = "Слой, который ничего не учит, весов не имеет"
    damaged = re.sub("[\x80-\x9f]", "\ufffd", misread(text, "cp1252"))
    source = repaired(damaged)
    assert source.text == text.replace("с", "\ufffd")
    assert not source.repairs[0].certain


def test_a_no_break_space_that_became_a_space_is_a_byte_of_a_letter():
    text = "Размер ядра\n\nРазность весов"
    source = repaired(misread(text, "cp1251").replace("\xa0", " "))
    assert source.text == text
    assert [repair.certain for repair in source.repairs] == [False]


# Laws ------------------------------------------------------------------------------------------

WORDS = st.sampled_from(sorted(set(russian.PROSE.split())))
LONG_WORDS = st.sampled_from([w for w in russian.TERMS.split() if len(set(w)) > 3])
LINES = st.tuples(st.lists(WORDS, max_size=5).map(" ".join), LONG_WORDS).map(" ".join)
TEXTS = st.lists(st.one_of(LINES, st.just(""), st.just("plain ASCII")), min_size=1).map("\n".join)


@given(TEXTS)
def test_russian_text_is_left_alone(text):
    assert repaired(text).repairs == ()


@given(TEXTS, st.sampled_from(CODE_PAGES))
def test_misread_russian_text_is_restored_and_its_repairs_lie_in_it(text, code_page):
    source = repaired(misread(text, code_page))
    assert source.text == text
    assert all(not source.text[r.span.start : r.span.end].isascii() for r in source.repairs)


@given(st.lists(LINES, min_size=2, max_size=9), st.sampled_from(COMMON), st.data())
def test_any_lines_may_be_damaged(lines, code_page, data):
    """Lines with a long word, that is: of two letters alone nobody can say what they were."""
    damaged = [misread(line, code_page) if data.draw(st.booleans()) else line for line in lines]
    assert repaired("\n\n".join(damaged)).text == "\n\n".join(lines)


@given(TEXTS, st.sampled_from(CODE_PAGES))
def test_what_was_repaired_is_clean(text, code_page):
    source = repaired(misread(text, code_page))
    assert repaired(source.text).repairs == ()

"""Prints how many seeded defects `build-deck check` finds, rule by rule.

    python tests/bench/defects.py [--each 60] [--seed 1] [--show]

Sound questions in Russian and English, in which no rule finds anything, get one defect each, drawn
from the ways in which people make it. A defect counts as found if its rule points at a line that
belongs to it. `--show` prints those that were missed.
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent.parent)]

from sound_quiz import SOUND, Sound, quiz

from builder.checking import check
from builder.files import templates
from builder.pipeline import File
from builder.settings import Settings


@dataclass(frozen=True)
class Defective:
    """Files with a defect, and words of the line that it is in ("" for any line)."""

    files: tuple[tuple[str, bytes], ...]
    words: str = ""


def one_file(questions, words="", below=""):
    return Defective((("a.md", (quiz(questions) + below).encode()),), words)


def two_files(first, second, words):
    files = (("a.md", quiz([first]).encode()), ("сети/b.md", quiz([second]).encode()))
    return Defective(files, words)


Seed = Callable[[random.Random, Sound, list[Sound]], Defective]
SEEDS: dict[str, Seed] = {}


def defect(seed):
    """A function that puts a defect into a sound question; its name is the rule's."""
    SEEDS[seed.__name__.replace("_", "-")] = seed
    return seed


def among(rng, question, others):
    """A defective question among sound ones."""
    found = [*rng.sample(others, 2), question]
    rng.shuffle(found)
    return found


def russian(question):
    return question.language == "ru"


def either(question, in_russian, in_english):
    return in_russian if russian(question) else in_english


def with_options(question, options):
    return question.markdown(7, options)


# Form ----------------------------------------------------------------------------------------


@defect
def no_correct_option(rng, question, others):
    mark = rng.choice(["❌", "✗", "⛔", "- [ ]", "letters"])
    options = [(mark if m == "✅" or len(mark) > 1 else m, text) for m, text in question.options]
    shown = question.but(reasons=()).markdown(7, options)
    letters = iter("ABCDEFG")
    shown = re.sub(r"(?m)^\* letters", lambda _: f"{next(letters)})", shown)
    shown = shown.replace("* - [ ]", "- [ ]")
    return one_file(among(rng, shown, others), question.options[0][1])


@defect
def unmarked_option(rng, question, others):
    at = rng.choice([n for n, (mark, _) in enumerate(question.options) if mark == "❌"])
    options = [("" if n == at else m, text) for n, (m, text) in enumerate(question.options)]
    text = question.but(reasons=()).markdown(7, options)
    return one_file(among(rng, text, others), options[at][1])


ONE = {
    "ru": ["Какой из вариантов верен?", "Какое из утверждений верно?", "Выберите один ответ.",
           "Выберите правильный ответ.", "Укажите верное утверждение.", "Отметьте один вариант.",
           "Какая из причин главная?", "Выберите два ответа."],
    "en": ["Which one is true?", "Which of the following is true?", "Choose one answer.",
           "Select the best answer.", "Pick the correct option.", "Only one answer is right.",
           "Select the single correct answer.", "Choose two."],
}  # fmt: skip
SEVERAL = {
    "ru": ["Какие из утверждений верны?", "Выберите все подходящие варианты.", "Отметьте все верные.",
           "Какие из вариантов подходят?", "Выберите несколько ответов.", "Укажите два варианта."],
    "en": ["Which of the following are true?", "Select all that apply.", "Check all correct answers.",
           "Which ones are right?", "Choose two answers.", "Choose all that are true."],
}  # fmt: skip


def with_wording(rng, question, wordings):
    """The question with an instruction, or with a stem, that says how many are right."""
    said = rng.choice(wordings[question.language])
    if said.endswith("?") or rng.random() < 0.5:
        return question.but(stem=f"{question.stem} {said}"), said
    return question.but(instruction=said), said


@defect
def too_many_correct(rng, question, others):
    asked, said = with_wording(rng, question, ONE)
    wrong = {text for mark, text in question.options if mark == "❌"}
    made_right = set(rng.sample(sorted(wrong), 2))
    options = [("✅" if text in made_right else mark, text) for mark, text in question.options]
    return one_file(among(rng, asked.markdown(7, options), others), said)


@defect
def too_few_correct(rng, question, others):
    asked, said = with_wording(rng, question, SEVERAL)
    return one_file(among(rng, asked, others), said)


@defect
def contradicting_verdict(rng, question, others):
    head = rng.choice(either(question, ["**Вывод:**", "**Итог:**", "Вывод:", "👉 **Вывод**:", "Вердикт —"],
                             ["**Verdict:**", "**Conclusion:**", "Result:", "Verdict —"]))  # fmt: skip
    right = rng.choice(either(question, ["Подходит.", "верно", "Правильный вариант.", "подходит"],
                              ["correct.", "Right.", "true", "this is correct"]))  # fmt: skip
    wrong = rng.choice(either(question, ["Не подходит.", "неверно", "не верно.", "Неправильный ответ"],
                              ["wrong.", "Incorrect.", "false", "not correct"]))  # fmt: skip
    if rng.random() < 0.5:
        reasons = (f"{question.reasons[0]}\n\n{head} {right}", *question.reasons[1:])
        return one_file(among(rng, question.but(reasons=reasons), others), f"{head} {right}")
    below = f"\n#### ✅ {question.right[0]}\n\n{question.explanation}\n\n{head} {wrong}\n"
    return one_file(among(rng, question.markdown(7, below=below), others), f"{head} {wrong}")


@defect
def equal_options(rng, question, others):
    text = rng.choice(question.options)[1]
    again = rng.choice([text, text.lower(), text + ".", text.upper() if " " in text else text])
    options = [*question.options, ("❌", again)]
    if text.count(" ") < 2 and not russian(question):
        options[-1] = ("❌", text)
    return one_file(among(rng, with_options(question, options), others), options[-1][1])


@defect
def empty_option(rng, question, others):
    mark = rng.choice(["❌", "✅", "❌ &nbsp;", "❌ &shy;", "❌ **"])
    options = list(question.options)
    options.insert(rng.randrange(len(options)), (mark, ""))
    return one_file(among(rng, with_options(question, options), others), mark[:1])


@defect
def broken_anchor(rng, question, others):
    anchor = rng.choice(["вопрос-99", "нет-такого", "part-two", "question-77", "раздел-3.1"])
    contents = f"- [{anchor}](#{anchor})\n- [другое](#{anchor}-2)\n"
    questions = among(rng, question, others)
    if rng.random() < 0.5:
        text = question.explanation + f" [см.](#{anchor})"
        return one_file([*questions[:1], question.but(explanation=text)], f"](#{anchor})")
    return Defective((("a.md", (contents + "\n" + quiz(questions)).encode()),), f"](#{anchor})")


@defect
def broken_link(rng, question, others):
    link = rng.choice(
        ["[статья](https://example.org/my page)", "[docs](https://example.org/a b/c)", "[книга][book]",
         "[the paper][vaswani 2017]", "[источник](https://example.org/файл имя.pdf)"]
    )  # fmt: skip
    text = f"{question.explanation} {either(question, 'См.', 'See')} {link}."
    return one_file(among(rng, question.but(explanation=text), others), link)


CODE = [
    "print(1)",
    "x = [1, 2]\nprint(x)",
    "def f(x):\n    return x",
    "for i in range(3):\n    pass",
]


@defect
def unclosed_block(rng, question, others):
    marker, name = rng.choice(["```", "~~~", "````"]), rng.choice(["python", "py", "", "js"])
    code = rng.choice(CODE)
    opening = f"{marker}{name}"
    if rng.random() < 0.4:
        inner = "\n".join(f"  {line}" for line in (opening, *code.split("\n")))
        options = [
            (m, f"{t}\n\n{inner}\n" if n == 0 else t) for n, (m, t) in enumerate(question.options)
        ]
        return one_file(among(rng, with_options(question, options), others), opening)
    if rng.random() < 0.2:
        below = f"\n<!-- {question.explanation}\n"
        return one_file([*rng.sample(others, 2), question.markdown(9)], "<!--", below)
    text = f"{question.explanation}\n\n{opening}\n{code}"
    return one_file(among(rng, question.but(explanation=text), others), opening)


@defect
def unclosed_formula(rng, question, others):
    formula = rng.choice(
        ["$$ E = mc^2", r"\( x_1 + x_2", r"$\frac{1}{2}", r"\[ \sum_i x_i", "$x^2 + 1", r"$\alpha", "$$ a_i",
         r"$w_{ij}", r"\(\sigma", "$x_1 = 2"]
    )  # fmt: skip
    text = f"{question.explanation} {formula}."
    return one_file(among(rng, question.but(explanation=text), others), formula)


@defect
def vanishing_tag(rng, question, others):
    tag = rng.choice(["<br>", "<hr>", "<wbr>"])
    said = rng.choice(either(question, [f"Для чего нужен тег {tag}?", f"Что делает элемент {tag}?",
                                        f"Тег {tag} нужен часто."],
                             [f"What is the {tag} tag for?", f"What does the {tag} element do?",
                              f"Where does an {tag} stand?"]))  # fmt: skip
    return one_file(among(rng, question.but(stem=f"{said} {question.stem}"), others), tag)


@defect
def tag_like_text(rng, question, others):
    tag = rng.choice(["vector<int>", "List<String>", "Array<T>", "<name>", "<uses-sdk>", "Option<Box>",
                      "<your-token>", "<head>", "<script>"])  # fmt: skip
    text = f"{question.explanation} {tag}."
    return one_file(among(rng, question.but(explanation=text), others), tag)


TWINS = str.maketrans("аеорсухАВЕКМНОРСТХ", "aeopcyxABEKMHOPCTX")
TWINS_BACK = {latin: cyrillic for cyrillic, latin in TWINS.items()}


@defect
def mixed_alphabets(rng, question, others):
    table = TWINS if russian(question) else TWINS_BACK
    text = question.explanation
    words = [w for w in re.findall(r"[^\W\d_]{4,}", text) if w.translate(table) != w]
    if not words:
        text, words = (
            f"{text} {either(question, 'сверху', 'axes')}",
            [either(question, "сверху", "axes")],
        )
    word = rng.choice(words)
    at = rng.choice([n for n, c in enumerate(word) if c.translate(table) != c])
    spoilt = word[:at] + word[at].translate(table) + word[at + 1 :]
    return one_file(
        among(rng, question.but(explanation=text.replace(word, spoilt, 1)), others), spoilt
    )


@defect
def leftover_mojibake(rng, question, others):
    words = question.explanation.split()
    at = rng.randrange(len(words))
    spoilt = rng.choice(
        [words[at][:1] + "\ufffd" + words[at][2:], words[at] + "пїЅ", words[at][:-1] + "\ufffd"]
    )
    words[at] = spoilt
    return one_file(among(rng, question.but(explanation=" ".join(words)), others), spoilt)


LITTLE = {"ru": ["же", "ли", "это"], "en": ["the", "please", "these"]}


def reworded(rng, question):
    """The same question as another author would have typed it."""
    stem = question.stem
    way = rng.choice(["case", "sign", "little", "slip", "space"])
    if way == "case":
        stem = rng.choice([stem.lower(), stem.upper()])
    elif way == "sign":
        stem = stem.rstrip("?") + rng.choice(["", " ?", ":", "??"])
    elif way == "space":
        stem = stem.replace(" ", "  ", 2)
    else:
        words = stem.split(" ")
        if way == "little":
            words.insert(1, rng.choice(LITTLE[question.language]))
        else:
            at = max(range(len(words)), key=lambda n: len(words[n]))
            cut = rng.randrange(1, len(words[at]) - 2)
            words[at] = words[at][:cut] + words[at][cut + 1 :]
        stem = " ".join(words)
    wrong = list(question.wrong)
    rng.shuffle(wrong)
    return question.but(stem=stem, wrong=tuple(wrong))


@defect
def near_duplicate(rng, question, others):
    again = reworded(rng, question)
    return two_files(question, again, again.stem)


@defect
def contradicting_keys(rng, question, others):
    again = reworded(rng, question)
    right, *wrong = again.wrong
    swapped = again.but(right=(right,), wrong=(*wrong, *again.right))
    return two_files(question, swapped, "")


@defect
def same_key(rng, question, others):
    key = rng.choice(["relu", "q1", "вопрос-7", "dl.3"])
    other = rng.choice(others)
    texts = [
        q.markdown(n).replace(f" {n}\n", f" {n} {{#{key}}}\n", 1)
        for n, q in enumerate([other, question])
    ]
    return one_file(texts, question.stem)


@defect
def unknown_rule(rng, question, others):
    name = rng.choice(
        ["lognest-key", "negative_stem", "longest", "no-explanations", "dublicate", "allow"]
    )
    text = f"<!-- allow: {name} -->\n{question.stem}"
    return one_file(among(rng, question.but(stem=text), others), name)


# Told elsewhere ------------------------------------------------------------------------------


@defect
def unread_text(rng, question, others):
    note = rng.choice(
        ["Переписать к осени.", "TODO: check with the lecture.", "Источник: лекция 3."]
    )
    title = rng.choice(["Заметки", "Drafts", "Черновик"])
    return one_file(among(rng, question, others), note, f"\n## {title}\n\n{note}\n")


@defect
def contradicting_marks(rng, question, others):
    wrong = question.wrong[0]
    text = question.markdown(7).replace(f"#### ❌ {wrong}", f"#### ✅ {wrong}")
    return one_file(among(rng, text, others), f"#### ✅ {wrong}")


@defect
def unmatched_section(rng, question, others):
    name = rng.choice(["Softplus", "Совсем другое", "Elastic net", "Перцептрон Розенблатта"])
    below = f"\n#### ❌ {name}\n\n{question.explanation}\n"
    return one_file(among(rng, question.markdown(7, below=below), others), name)


@defect
def missing_media(rng, question, others):
    image = rng.choice(["![схема](img/net.png)", "![](нет.jpg)", '<img src="a.gif" alt="a">'])
    text = f"{question.explanation}\n\n{image}"
    return one_file(among(rng, question.but(explanation=text), others), image)


@defect
def repaired_text(rng, question, others):
    page = rng.choice(["mac_roman", "cp866", "koi8-r", "cp1251"])
    text = quiz(among(rng, SOUND[rng.randrange(10)], SOUND[:10]))
    damaged = text.encode().decode(page, "replace")
    if "\ufffd" in damaged:
        damaged = text.encode().decode("mac_roman")
    return Defective((("a.md", damaged.encode()),))


# Quality -------------------------------------------------------------------------------------


@defect
def longest_key(rng, question, others):
    more = either(question, ", и это подробно описано в лекции о сетях и в обеих статьях",
                  ", which the lecture on networks and both papers describe in detail")  # fmt: skip
    return one_file(among(rng, question.but(right=(question.right[0] + more,)), others), more)


ABOVE = {
    "ru": ["Всё перечисленное", "Все вышеперечисленные", "Все варианты верны", "Все ответы правильные",
           "Всё вышеперечисленное.", "Все из перечисленного", "все перечисленные варианты", "Все указанное"],
    "en": ["All of the above", "All of these", "all of the above.", "All of them", "All answers are correct",
           "All of the options", "All the above", "all of these answers"],
}  # fmt: skip
NONE = {
    "ru": ["Ничего из перечисленного", "Ни один из вариантов", "Нет правильного ответа", "Ни одно из них",
           "Ничего из вышеперечисленного.", "Правильного ответа нет", "ни один из перечисленных"],
    "en": ["None of the above", "None of these", "none of the above.", "None of them", "Neither of these",
           "None of the options", "No correct answer", "None"],
}  # fmt: skip


def with_one_more(rng, question, others, text):
    options = [*question.options, (rng.choice("✅❌"), text)]
    return one_file(among(rng, with_options(question, options), others), text)


@defect
def all_of_the_above(rng, question, others):
    return with_one_more(rng, question, others, rng.choice(ABOVE[question.language]))


@defect
def none_of_the_above(rng, question, others):
    return with_one_more(rng, question, others, rng.choice(NONE[question.language]))


@defect
def absolute_word(rng, question, others):
    word = rng.choice(either(question, ["всегда", "никогда", "абсолютно", "полностью", "во всех случаях"],
                             ["always", "never", "absolutely", "completely", "in all cases"]))  # fmt: skip
    spoilt = f"{question.wrong[0]} {word}"
    return one_file(among(rng, question.but(wrong=(spoilt, *question.wrong[1:])), others), spoilt)


ECHO = {
    "ru": [("Какой слой выполняет нормализацию?", "Нормализация по батчу", ["Свёртка", "Дропаут"]),
           ("Чем ограничивают градиенты?", "Обрезкой градиента", ["Дропаутом", "Паузой"]),
           ("Что ускоряет свёртки на видеокарте?", "Быстрый алгоритм свёртки", ["Память", "Кэш"]),
           ("Как борются с переобучением?", "Методами против переобучения", ["Данными", "Никак"])],
    "en": [("Which layer performs normalization?", "A normalization layer", ["A dense one", "Dropout"]),
           ("What limits exploding gradients?", "Gradient clipping", ["Dropout", "Padding"]),
           ("What speeds up convolutions?", "A fast convolution routine", ["Memory", "A cache"]),
           ("How is overfitting fought?", "With methods against overfitting", ["With data", "At random"])],
}  # fmt: skip


@defect
def stem_echo(rng, question, others):
    stem, right, wrong = rng.choice(ECHO[question.language])
    asked = question.but(
        stem=stem, right=(right,), wrong=tuple(wrong), reasons=question.reasons[:2]
    )
    return one_file(among(rng, asked, others), right)


NEGATIVE = {
    "ru": ["Какие слои не обучаются?", "Что не хранит ядро свёртки?", "Какой слой не имеет весов?",
           "Что из перечисленного не относится к регуляризации?", "Какое из утверждений неверно?",
           "Всё это функции активации, кроме:", "Какая функция не насыщается?", "Кто не участвовал?",
           "Какие из методов нельзя применять к тексту?", "**Что из этого не является слоем?**"],
    "en": ["Which layer is not trained?", "Which of these is not a loss?", "What does a kernel not hold?",
           "All of these are layers except:", "Which statement is false?", "Which layer doesn't have weights?",
           "Which function cannot saturate?", "What isn't an activation?", "Which statement is incorrect?",
           "**Which of the following are not layers?**"],
}  # fmt: skip


@defect
def negative_stem(rng, question, others):
    stem = rng.choice(NEGATIVE[question.language])
    return one_file(among(rng, question.but(stem=stem), others), stem)


UNFOCUSED = {
    "ru": ["Свёрточные слои.", "Дропаут.", "Функция ReLU.", "Градиентный спуск.", "Слой пулинга.",
           "Свёрточные сети применяются для изображений.", "Внимание.", "Softmax.", "Матрица ошибок."],
    "en": ["Convolutions.", "Dropout.", "The ReLU function.", "Gradient descent.", "Pooling layers.",
           "Convolutional networks are used for images.", "Attention.", "Softmax.", "The loss function."],
}  # fmt: skip


@defect
def unfocused_stem(rng, question, others):
    stem = rng.choice(UNFOCUSED[question.language])
    return one_file(among(rng, question.but(stem=stem), others), stem)


OVERLAP = [
    ["1-5", "5-10", "10-20"], ["от 1 до 5", "от 5 до 10", "больше 10"], ["0–10", "10–20", "20–30"],
    ["more than 3", "more than 5", "less than 2"], ["меньше 5", "меньше 10", "больше 20"],
    ["1 to 5 layers", "4 to 9 layers", "10 to 12 layers"], [">= 3", ">= 5", "1"],
    ["ReLU", "Dropout", "ReLU и Dropout"], ["ReLU", "Dropout", "Both ReLU and Dropout"],
    ["свёртка", "пулинг", "свёртка и пулинг"], ["activation layer", "dropout layer", "A and B"],
    ["первый слой", "второй слой", "А и Б"], ["до 5", "до 10", "больше 20"],
]  # fmt: skip


@defect
def option_overlap(rng, question, others):
    texts = rng.choice(OVERLAP)
    stem = either(question, "Сколько слоёв бывает у такой сети?", "How many layers does it have?")
    if not texts[0][0].isdigit():
        stem = either(question, "Что там применяют?", "What is used there?")
    options = [("✅" if n == 0 else "❌", text) for n, text in enumerate(texts)]
    text = question.but(stem=stem, reasons=()).markdown(7, options)
    return one_file(among(rng, text, others), "")


@defect
def too_few_distractors(rng, question, others):
    kept = rng.choice([(), question.wrong[:1]])
    asked = question.but(wrong=kept, reasons=question.reasons[: len(kept)])
    if not kept:
        asked = asked.but(right=(*question.right, question.wrong[0]))
    return one_file(among(rng, asked, others))


@defect
def no_explanation(rng, question, others):
    return one_file(among(rng, question.but(explanation="", reasons=()), others), question.stem)


@defect
def no_reason(rng, question, others):
    at = rng.randrange(len(question.wrong))
    text = question.markdown(7)
    text = text.replace(f"\n#### ❌ {question.wrong[at]}\n\n{question.reasons[at]}\n", "")
    return one_file(among(rng, text, others), question.wrong[at])


@defect
def key_position(rng, question, others):
    number = rng.randrange(20, 60)
    favourite = rng.randrange(4)
    texts = []
    for n in range(number):
        at = favourite if rng.random() < 0.7 else rng.randrange(4)
        options = [("✅" if at == k else "❌", f"вариант {n}.{k} слоя") for k in range(4)]
        texts.append(question.but(stem=f"{n}? {question.stem}", reasons=()).markdown(n, options))
    return one_file(texts)


# Measuring -------------------------------------------------------------------------------------


def found(rule, seeded):
    """Whether the rule points at a line that has the words of the defect."""
    files = [File(name, name, content) for name, content in seeded.files]
    checked = check(files, Settings(), templates(), lambda _file, _name: None, select=[rule])
    for finding in checked.diagnostics:
        lines = checked.sources[finding.place.path].lines
        near = lines[finding.place.line - 1 : finding.place.end_line]
        if any(seeded.words.split("\n")[-1] in line for line in near):
            return True
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--each", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("rules", nargs="*")
    chosen = parser.parse_args()
    recall = Counter()
    for rule, seed in sorted(SEEDS.items()):
        if chosen.rules and rule not in chosen.rules:
            continue
        rng = random.Random(f"{chosen.seed} {rule}")
        for _ in range(chosen.each):
            question = rng.choice(SOUND)
            others = [q for q in SOUND if q.language == question.language and q is not question]
            seeded = seed(rng, question, others)
            if found(rule, seeded):
                recall[rule] += 1
            elif chosen.show:
                print(f"missed {rule}: {seeded.words!r} in {question.stem!r}")
        print(
            f"{rule:24} {recall[rule]:3} of {chosen.each}  {100 * recall[rule] / chosen.each:5.1f} %"
        )


if __name__ == "__main__":
    main()

"""Options that speak of all the others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.items import Choice, Item
from builder.phrases import Phrases, phrases, whole
from builder.rules import INFO, Finding, each_question

_ALL = whole(
    phrases(
        """
        all of? the? above|below|these|them|those answers|options|statements|choices?
        all of? the? above|listed|mentioned|other? answers|options|statements|choices
        all|both of? them|answers|options? are correct|true|right
        all of? the? above? these|options|answers|statements? are? correct|true|right
        all three|four|five
        all three|four|five of? the? above|these|them|answers|options|statements
        each|every one? of the? above|these|them|answers|options|statements
        """,
        """
        все из? перечисленн*|указанн*|названн*|приведенн* выше? варианты|ответы|верн*|подход*?
        все из? вышеперечисленн*|вышеуказанн*|вышеназванн*|вышесказанн*|вышеупомянут*
        все вышеперечисленн*|вышеуказанн*|вышеназванн* варианты|ответы|верн*|подход*?
        все из? выше перечисленн*|указанн*|названн*
        все из этого|списка
        все эти|перечисленные? ответы|варианты|утверждения верн*|правильн*|подход*?
        верны|правильны|подходят все ответы|варианты|утверждения|перечисленн*|вышеперечисленн*?
        верно|правильно|подходит все перечисленн*|вышеперечисленн*|указанн*|названн*?
        все три|четыре|пять
        все три|четыре|пять ответа|ответов|варианта|вариантов|утверждения|утверждений
        любой|любая|любое из перечисленн*|вышеперечисленн*|указанн*|этих|них|вариантов
        """,
    )
)
_NONE = whole(
    phrases(
        """
        none
        none of the? above|below|these|them|those|others answers|options|statements|choices?
        none of the? above|listed|mentioned|given|other? answers|options|statements|choices
        none of the? above|these|answers|options|statements is|are correct|true|right
        neither
        neither of the? above|these|them
        no correct|right answer|option
        no answer|option|statement is? correct|right|true|suitable
        none|nothing apply|applies|fits|fit
        not listed|mentioned|given above|here|among?
        """,
        """
        ничего
        ничего|ничто из перечисленн*|вышеперечисленн*|указанн*|этого|названн*|приведенн*
        ни один|одно|одна|одного|одной
        ни один|одно|одна|одного|одной из … перечисленн*|вышеперечисленн*|вариант*|ответ*
        ни один|одно|одна|одного|одной из утверждений|этих|них
        ни один|одно|одна … не? верн*|правильн*|подходит
        ни один|одно|одна из ответов|вариантов|утверждений не? верен|верн*|подходит|прав*
        правильн*|верн* ответ*|вариант* … нет
        среди … нет правильн*|верн* ответ*?
        нет правильн*|верн* ответ*|вариант*
        все ответы|варианты|утверждения неверн*|неправильн*|ложн*
        """,
    )
)


@each_question(INFO)
def all_of_the_above(item: Item) -> Iterator[Finding]:
    """An option "all of the above".

    Whoever knows two right options picks it without knowing the third; whoever knows one wrong
    option rules it out. And when options are shuffled, there is no "above".

    Source: Haladyna, Downing and Rodriguez (2002), guideline 26, "avoid all-of-the-above"; one of
    the flaws in Tarrant et al. (2006).

    Example: `* ✅ Всё перечисленное`.

    Instead: ask for all that fit, and mark each.
    """
    yield from _options_like(_ALL, item, "ask for all that fit, and mark each")


@each_question(INFO)
def none_of_the_above(item: Item) -> Iterator[Finding]:
    """An option "none of the above".

    Where it is right, a learner shows that they know what is wrong, and never meets the right
    answer. It is to be used with care, not never.

    Source: Haladyna, Downing and Rodriguez (2002), guideline 25, "none-of-the-above should be
    used carefully"; one of the flaws in Tarrant et al. (2006).

    Example: `* ❌ Ничего из перечисленного`.

    Instead: another plausible distractor, or one option less.
    """
    yield from _options_like(_NONE, item, "write a plausible wrong option instead, or one less")


_VALUE = re.compile(r"\W*None\W*")
_PYTHON = re.compile(r"\bpython", re.IGNORECASE)


def _options_like(wanted: Phrases, item: Item, hint: str) -> Iterator[Finding]:
    for choice in item.choices:
        if len(item.choices) > 2 and _says(wanted, choice) and not _is_value(item, choice):
            message = f"“{choice.wording.plain.strip('. ')}” speaks of the other options"
            yield Finding(item.manuscript.place(choice.span), message, hint)


def _is_value(item: Item, choice: Choice) -> bool:
    """Whether "None" may be the value that Python has under that name."""
    return bool(
        _VALUE.fullmatch(choice.wording.plain) and _PYTHON.search(item.manuscript.source.text)
    )


def speaks_of_others(choice: Choice) -> bool:
    """Whether an option is "all" or "none of the above"."""
    return _says(_ALL, choice) or _says(_NONE, choice)


def _says(wanted: Phrases, choice: Choice) -> bool:
    code = "`" in choice.option.text.markdown  # `None` is a value of Python
    return not code and choice.wording.is_only(wanted)

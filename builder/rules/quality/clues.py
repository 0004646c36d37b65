"""Words that give the answer away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.diagnostics import Related
from builder.items import Choice, Item
from builder.patterns import late
from builder.phrases import phrases
from builder.remembering import remembered
from builder.rules import INFO, Finding, each_question
from builder.rules.quality.above import speaks_of_others
from builder.source import Span
from builder.wordings import Wording

_ABSOLUTE = phrases(
    """
    always|never|absolutely|completely|invariably
    in all cases
    at all times
    in every case
    without exception
    under no circumstances
    """,
    """
    всегда|никогда|абсолютно|полностью
    во всех|каждом случаях|случае
    без исключения|исключений
    ни в коем случае
    в любом случае
    ни при каких
    """,
)


@each_question(INFO)
def absolute_word(item: Item) -> Iterator[Finding]:
    """An absolute word, such as "always" or "никогда", that only wrong options have.

    Little is true always. Learners know that without knowing the subject, and strike such
    options out. Where right options have such a word too, or the stem has it, it gives nothing
    away; nor does it where it tells what once happened ("he never returned"), or where the right
    option is "all of the above".

    Source: Haladyna, Downing and Rodriguez (2002), guideline 28a, on specific determiners
    including "always, never, completely, and absolutely"; one of the flaws in Tarrant et
    al. (2006).

    Example: ❌ `Dropout всегда ускоряет обучение`, and no such word in a right option.

    Instead: ❌ `Dropout ускоряет обучение`.
    """
    found = [span for wrong in item.distractors if (span := _absolute(item, wrong.wording))]
    fair = [item.stem, *(key.wording for key in item.keys)]
    if not (found and item.keys) or any(wording.says(_ABSOLUTE) for wording in fair):
        return
    if any(map(speaks_of_others, item.keys)):
        return
    text = item.manuscript.source.text
    first, *others = found
    yield Finding(
        item.manuscript.place(first),
        f"“{text[first.start : first.end]}” stands in wrong options only",
        "say it without the word, or use it in a right option too",
        tuple(
            Related(item.manuscript.place(span), f"“{text[span.start : span.end]}” here")
            for span in others
        ),
    )


_ONCE = late(
    r"(?<!\bis\s)(?<!\bare\s)(?<!\bbe\s)(?:never|always)\s+(?:had|did|went|came|saw|\w{3,}ed)\b"
    r"|(?<=\bwas\s)(?:never|always)|(?<=\bwere\s)(?:never|always)|(?:never|always)\s+(?:was|were)\b"
    r"|(?:никогда|всегда)\s+(?:не\s+)?(?:был|\w{2,}[аеиоуыяё]л)(?:а|о|и|ась|ось|ись|ся)?\b",
    re.IGNORECASE,
)
"""What somebody once did, or never did, is told as a fact and holds for no other case."""

_NAME = re.compile(r"\w+ [A-ZА-Я][a-zа-я]")


def _absolute(item: Item, wording: Wording) -> Span | None:
    """The first absolute word that says what holds in all cases, and is no part of a name."""
    text = item.manuscript.source.text
    for word, span in wording.find_phrases(_ABSOLUTE):
        is_name = word[0].isupper() and _NAME.match(text, span.start)
        if not is_name and not _ONCE.match(text, span.start):
            return span
    return None


LONG_STEM = 40
"""In a stem of more words, some come back in an option by chance."""

_COMMON_WORDS = """
about after during through within without answer answers because before between correct could
does following from given have
into like make many more most must need none only option options other some statement statements
such than that their them then there these they this true false used uses using what when where
which will with would your best same each being been also just following follows describe
describes example function value values name names type types code program result results
больше более будет быть вариант варианты верно верный верные всегда выберите данный данные
для если есть использовать используется используют какая какие какой когда которая которые
который между можно надо нужно ответ ответы очень перед после потому правильно правильный при пример
следующие следующих также только того тоже утверждение утверждения чтобы является являются
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_RU_ENDING = late(
    r"(?:ени(?:ем|ями|ях|ям|й|е|я|ю)|ость|ости|ами|ями|ого|его|ому|ему|ыми|ими|ется|ится|ются|ятся|ать|ять|ить|еть|ает|яет|ует"
    r"|ов|ев|ей|ий|ый|ой|ая|яя|ое|ее|ые|ие|ых|их|ом|ем|ам|ям|ах|ях|ую|ия|ии|ию|ет|ит|ут|ют|ят"
    r"|[аеёийоуыьэюя])$"
)
_EN_ENDINGS = (
    re.compile(r"(?:at(?:e|es|ed|ing|ions?|ors?)|it(?:y|ies))$"),
    re.compile(r"(?:ings?|ed|ies|es|s|ly|y|e|ions?)$"),
)


@each_question(INFO)
def stem_echo(item: Item) -> Iterator[Finding]:
    """A telling word of the stem that comes back in the right option and in no other.

    A learner who understands neither matches the sound (a "clang association"). Endings do not
    count, nor do little words and code.

    Source: Haladyna, Downing and Rodriguez (2002), guideline 28b, on clang associations,
    "choices identical to or resembling words in the stem"; one of the flaws in Tarrant et
    al. (2006).

    Example: `Какой слой выполняет нормализацию?` with ✅ `Слой нормализации`, ❌ `Свёртка`,
    ❌ `Dropout`.

    Instead: say it in other words, or use the word in a wrong option too.
    """
    if len(item.keys) != 1 or len(item.distractors) < 2 or not item.manuscript.language:
        return
    if len(item.stem.words) > LONG_STEM or speaks_of_others(item.keys[0]):
        return
    asked = {_root(word): word for word in item.stem.words if _tells(word)}
    echoes = [root for word in item.keys[0].wording.words if (root := _root(word)) in asked]
    if not echoes:
        return
    elsewhere = {_root(word) for wrong in item.distractors for word in _all_words(wrong)}
    echo = next((root for root in echoes if root not in elsewhere), None)
    if echo is None:
        return
    for match, span in item.keys[0].wording.find(_WORD):
        if _root(match[0].casefold()) == echo:
            yield Finding(
                item.manuscript.place(span),
                f"only the right option repeats “{asked[echo]}” of the question",
                "say it in other words, or use the word in a wrong option too",
            )
            return


def _all_words(choice: Choice) -> list[str]:
    """The words of an option, those in code too."""
    return _WORD.findall(choice.wording.plain.casefold())


_WORD = re.compile(r"[^\W\d_]+")


def _tells(word: str) -> bool:
    return len(word) > 4 and word.isalpha() and word not in _COMMON


@remembered(10_000)
def _root(word: str) -> str:
    """A word without its ending, of four letters at least."""
    endings = _EN_ENDINGS if word.isascii() else (_RU_ENDING,)
    roots = (ending.sub("", word) for ending in endings if ending.search(word))
    return next((root for root in roots if len(root) > 3), word)

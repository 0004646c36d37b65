"""Letters that are not what they look like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.items import Quiz
from builder.patterns import late
from builder.rules import WARNING, Finding, each_page
from builder.scan import Page
from builder.source import Span
from builder.wordings import prose_of

_CYRILLIC = "АВЕКМНОРСТУХаеорсух"
_LATIN = "ABEKMHOPCTYXaeopcyx"
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)

_MIXED = late(
    r"(?<![\w/@.:\\-])(?=[^\W\d_]*[A-Za-z])(?=[^\W\d_]*[\u0400-\u052f])[A-Za-z\u0400-\u052f]{2,}(?![\w/@:\\])"
)
_CYRILLIC_LETTER = re.compile("[\u0400-\u052f]")
_APART = re.compile("(?:[^A-Za-z]*+(?<![\u0400-\u052f])[A-Za-z]++(?![\u0400-\u052f]))*+[^A-Za-z]*+")
"""A text in which no Latin letter stands beside a Cyrillic one, as in every word of both."""
_INFLECTED = re.compile(r"[A-Z]{2,}[a-z]?[\u0430-\u044f\u0451]{1,5}")


@each_page(WARNING)
def mixed_alphabets(quiz: Quiz, page: Page) -> Iterator[Finding]:
    """A word of Cyrillic letters with a Latin one among them that looks the same, or the reverse.

    "Cвёртка" with a Latin "C" reads like "Свёртка", but no search finds it, options do not match
    their sections, and a voice spells it out. Words of two alphabets that are meant so ("DOMа",
    "SQL-запрос") are let pass: only a letter that has a twin is taken for a slip.

    Example: `Cлой` whose first letter is Latin.

    Instead: type the word anew in one alphabet.
    """
    text = quiz.source.text
    if text.isascii() or not _CYRILLIC_LETTER.search(text) or _APART.fullmatch(text):
        return
    for match in _MIXED.finditer(prose_of(text)):
        word = match[0]
        stranger = _stranger(word)
        if stranger is None:
            continue
        letter, alphabet = stranger
        at = match.start() + word.index(letter)
        yield Finding(
            quiz.place(Span(at, at + 1)),
            f"the letter “{letter}” of “{word}” is {alphabet}",
            "type the word anew in one alphabet",
        )


def _stranger(word: str) -> tuple[str, str] | None:
    """The first letter of the alphabet that a word can do without, and that alphabet's name."""
    if _INFLECTED.fullmatch(word):
        return None
    cyrillic, latin = word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)
    all_cyrillic, all_latin = not re.search("[A-Za-z]", cyrillic), latin.isascii()
    if not (all_cyrillic or all_latin):
        return None
    strangers = re.findall("[A-Za-z]", word)
    natives = len(word) - len(strangers)
    if all_cyrillic and (not all_latin or len(strangers) <= natives):
        return strangers[0], "Latin"
    return re.findall("[^A-Za-z]", word)[0], "Cyrillic"


_MOJIBAKE = late(
    r"""
      \ufffd+
    | пїЅ | ï¿½ | ї½
    | â€[™œ\x9d“”˜¦¢“”–—] | Ã[©¨¤¶¼±³¡­ ®ª«§´»º] | Â(?=[\u00a0°«»©®±·])
    | (?:[ÐÑ][\x80-\xbf\u0152-\u0178\u2013-\u203a\u20ac\u2122]){2,}
    | (?:[РС][\u0400-\u040f\u0450-\u045f\u2013-\u203a\u20ac\u2116\u2122°±µ¶·«»®©]){2,}
    | (?:╨[\u2500-\u259f\u0400-\u045f]|╤[\u2500-\u259f\u0400-\u045f]){2,}
    | вЂ[™œќ“”˜¦¢ќќ“”\u0400-\u045f]
    """,
    re.VERBOSE,
)
_STRANGE = "\ufffdїïâÃÂÐÑ╨╤Ђ"
_STRANGE_PAIRS = [
    re.compile(f"{first}[\u0400-\u040f\u0450-\u045f\u2013-\u203a\u20ac\u2116\u2122°±µ¶·«»®©]")
    for first in "РС"  # one letter to begin with is found sooner than one of two
]
"""One of these is in all such text, and in hardly any other; they are found much sooner."""


def _may_be_damaged(text: str) -> bool:
    return any(sign in text for sign in _STRANGE) or any(p.search(text) for p in _STRANGE_PAIRS)


@each_page(WARNING)
def leftover_mojibake(quiz: Quiz, page: Page) -> Iterator[Finding]:
    """Text damaged by a wrong encoding that could not be repaired.

    Mojibake is repaired when a file is read, as far as its characters are all still there. What
    is left, such as a "\ufffd" where a letter was, only its author can type anew.

    Example: `Что такое в�радиент?`, `itâ€™s`.

    Instead: type the word anew, and save the file as UTF-8.
    """
    text = quiz.source.text
    if text.isascii() or not _may_be_damaged(text):
        return
    told = [repair.span for repair in quiz.source.repairs if not repair.certain]
    for match in _MOJIBAKE.finditer(text):
        where = Span(*match.span())
        if not any(span.start <= where.start < span.end for span in told):
            message = f"“{match[0]}” is damaged text"
            yield Finding(quiz.place(where), message, "type the word anew")

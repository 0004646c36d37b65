"""Western text in cp1252, told from its letters outside ASCII."""

from __future__ import annotations

import re
from collections import Counter

from builder.decoding.spelling import LEAST_LETTERS

_LATIN_ALPHABETS = (
    ("éèà", "êëâçîïôœûùüÿæ"),  # French
    ("äöü", "ßé"),  # German
    ("áéíóñ", "úü¿¡ºª"),  # Spanish
    ("àèò", "éíïóúüç·"),  # Catalan
    ("ãç", "áâàéêíóôõúüºª"),  # Portuguese
    ("àèìòù", "éîó"),  # Italian
    ("ëé", "ïèöüóá"),  # Dutch
    ("åäöæø", "éü"),  # Danish, Norwegian, Swedish, Finnish
)
"""The letters outside ASCII of languages that cp1252 serves, those that give it away first.

Where cp1250, cp1254 or cp1257 has another letter at the same place, the languages that use it fall
out of each of these alphabets: Polish shows ³ and ¹ inside words, Czech ø and ý, Turkish þ and ð.
"""

_SIGNS = frozenset("€‚„…‹›‘’“”«»•–—™°©®·§±×½¼¾²³\xa0")


def recognise(data: bytes) -> str | None:
    """cp1252, if its letters stand inside Latin words and are those of one language."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = _letters(text)
    letters = foreign.total()
    inside = len(re.findall(r"(?i)(?<=[a-z])[^\W\d_a-z]|[^\W\d_a-z](?=[a-z])", text))
    behind_small = len(re.findall(r"(?<=[a-z])[À-ÖØ-Þ]", text))
    sound = inside >= 0.8 * letters and behind_small <= 0.01 * letters
    known = any(
        foreign.keys() <= {*often, *seldom} and sum(foreign[c] for c in often) >= letters / 4
        for often, seldom in _LATIN_ALPHABETS
    )
    return "cp1252" if letters >= LEAST_LETTERS and sound and known else None


def is_of_one_language(text: str) -> bool:
    """Whether all letters outside ASCII are those of one of the languages that cp1252 serves."""
    letters = _letters(text).keys()
    return any(letters <= {*often, *seldom} for often, seldom in _LATIN_ALPHABETS)


def _letters(text: str) -> Counter[str]:
    return Counter(c.lower() for c in text if not c.isascii() and c not in _SIGNS)

"""The signs and words by which authors mark the parts of a question."""

from __future__ import annotations

import re
from dataclasses import dataclass

from builder.model import Verdict

MARKS = {
    **dict.fromkeys("✅✔✓☑", Verdict.CORRECT),
    **dict.fromkeys("❌✗✘✖☒❎", Verdict.WRONG),
    "⚠": Verdict.DISPUTED,
}
"""Signs of a verdict; each may be followed by an emoji variation selector."""

_MARK = rf"(?P<mark>[{''.join(MARKS)}])[\ufe0e\ufe0f]?"
_LEADING = re.compile(rf"(?P<open>[*_]{{0,3}})\s*{_MARK}\s*(?P<close>\**)[\s:.\-–—]*(?=\S|$)")
_TRAILING = re.compile(rf"\s*(?P<open>\**)\(?{_MARK}\)?(?P<close>\**)\s*$")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text that an author marked, without its mark."""

    verdict: Verdict
    text: str
    at: int
    """Where the mark stands in the text as it was."""


def leading_mark(text: str) -> Marked | None:
    """The verdict that a text begins with: "✅ ReLU", "**❌ ReLU**", "**✅** ReLU"."""
    if not (match := _LEADING.match(text)):
        return None
    rest = text[match.end() :]
    opened = match["open"]
    if opened and match["close"] == opened:  # the mark alone was emphasised
        opened = ""
    return Marked(MARKS[match["mark"]], opened + match["close"] + rest, match.start("mark"))


def trailing_mark(text: str) -> Marked | None:
    """The verdict that a text ends with: "ReLU ✅", "**ReLU ✅**", "ReLU (✅)"."""
    if not (match := _TRAILING.search(text)):
        return None
    emphasis = "" if match["open"] == match["close"] else match["open"] + match["close"]
    text = text[: match.start()].rstrip(" :-–—") + emphasis
    return Marked(MARKS[match["mark"]], text, match.start("mark"))


_LABEL = re.compile(
    r"""(?P<label>
        (?:задание|вопрос|задача|тест|пример|питання|завдання
          |question|task|exercise|problem|quiz|q)\s*(?:№|\#|no\.?)?\s*\d+(?:\.\d+)*
        | (?:№|\#)?\s*\d+(?=[.):])
    )(?:\s*[.:)–—-]+ | (?=\s|$))\s*""",
    re.IGNORECASE | re.VERBOSE,
)

_EXPLANATION = re.compile(
    r"""\W*(?:(?:подробн|полн|правильн|верн)\w+\s+ | (?:correct|detailed|full)\s+)?
    (?:объяснени[ея] | пояснени[ея] | разбор | обосновани[ея] | комментари[йи] | решение
      | почему | ответы? | пояснення | відповідь
      | explanations? | rationale | reasoning | solution | why | answers? | comments?)
    (?:\s+(?:(?:ответ|вариант|решени)\w* | по\ вариантам | of\ the\ answers?
      | and\ explanation | и\ объяснение))?
    [\s:.*_]*$""",
    re.IGNORECASE | re.VERBOSE,
)

_INSTRUCTION = re.compile(
    r"""[\W_]*(?:(?:выбер|отмет|укаж)\w+ | вариант\w*(?:\ ответ\w*)? | возможно\ несколько
      | можно\ выбрать | (?:один|несколько)\ (?:правильн|верн)\w+
      | select | choose | mark | pick | tick | check\ all | options? | there\ (?:is|are)
      | only\ one | one\ or\ more | more\ than\ one | multiple\ answers | single\ answer)\b""",
    re.IGNORECASE | re.VERBOSE,
)

_ASKS = re.compile(
    r"""[\W_]*(?:что | как(?:ой|ая|ое|ие|ов\w*|им|ую)? | почему | зачем | где | когда | кто | чем
      | сколько | в\ ч[её]м | (?:объясн|опиш|назов|перечисл|расскаж|сравн)\w+ | дайте
      | what | which | why | how | when | where | who
      | explain | describe | define | name | list | compare | give)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def split_label(text: str) -> tuple[str, str]:
    """A heading's number and what follows it: "Задание 3. Что это?" is "Задание 3", "Что это?"."""
    match = _LABEL.match(text)
    return (match["label"].strip(), text[match.end() :].strip()) if match else ("", text)


def heads_explanation(text: str) -> bool:
    """Whether a heading or a bold line announces the explanation or the answer."""
    return bool(_EXPLANATION.match(text))


def instructs(text: str) -> bool:
    """Whether a paragraph tells how to answer rather than what is asked."""
    return bool(_INSTRUCTION.match(text)) and "?" not in text


def asks(text: str) -> bool:
    """Whether a heading reads as a question or a request."""
    return text.rstrip("*_ ").endswith(("?", "？", "؟")) or bool(_ASKS.match(text))


_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"(?<!\\)(?:[*`]+|~~)|(?<![\w\\])_+|(?<!\\)_+(?!\w)|\\(?=[^\w\s])")


def bare(markdown: str) -> str:
    """A line of Markdown without its inline markup, for comparing and for titles."""
    return " ".join(_MARKUP.sub("", _LINK.sub(r"\1", markdown)).split())

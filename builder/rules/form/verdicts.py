"""What an explanation concludes, against the marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.diagnostics import Related
from builder.items import Choice, Item
from builder.model import Verdict
from builder.patterns import late
from builder.phrases import phrases
from builder.rules import ERROR, Finding, each_question
from builder.source import Span
from builder.wordings import prose_of

_CONCLUSION = re.compile(
    r"""\n[^\w\n]*+(?=[виозрcvrasbспth])(?:(?:таким\ образом|итак)\W+)?
    (?:
      (?:вывод|итог|итого|вердикт|ответ|заключение|резюме
        |conclusion|verdict|result|answer|summary|bottom\ line)\b
      [\s*_]*[:：—–-][\s*_]*
    | (?:следовательно|значит|поэтому|таким\ образом|итак|therefore|thus|hence|so)\b,?\s+
      (?=(?:(?:этот|данный|this|the)\s)?(?:вариант|ответ|утверждение|option|answer|statement)\b)
    )(?P<said>[^\n]+)""",
    re.IGNORECASE | re.VERBOSE,
)
_MAY_CONCLUDE = re.compile(
    r"""[\n`>;)$\]][^\w\n`>;)$\]]*+(?i:(?=[виозрcvrasbспth])(?:
      вывод|итого?|вердикт|ответ|заключение|резюме|следовательно|значит|поэтому|таким\ образом|итак
      |conclusion|verdict|result|answer|summary|bottom\ line|therefore|thus|hence|so
    )\b)""",
    re.VERBOSE,
)
"""What a line concludes with, as first word of a line, or first behind what is no prose: that ends
with one of these signs, unless it is an address."""

_SUBJECT = (
    r"[\W_]*(?:(?:этот|данный|это|this|the)\s)?"
    r"(?:вариант|утверждение|ответ|option|answer|statement|it)?\s?(?:is\s)?"
)
_WRONG = late(
    _SUBJECT
    + phrases(
        """
        wrong|incorrect|false
        not correct|right|true|suitable
        doesn't|doesnt fit
        does not fit
        """,
        """
        не подходит|подходящ*|верн*|правильн*
        не является верн*|правильн*
        неподходящ*|неверн*|неправильн*|ошибочн*|ложь|ложно*
        """,
    ).source,
    re.IGNORECASE,
)
_RIGHT = late(
    _SUBJECT
    + phrases(
        """
        correct|right|true|suitable|fits
        """,
        """
        подходит|подходящ*|верно|верный|верная|верное|истинно|истина
        правильно|правильный|правильная|правильное
        """,
    ).source,
    re.IGNORECASE,
)
_HEDGED = phrases(
    """
    but|if|partly|partially|depends|however|unless|except
    """,
    """
    но|однако|если|частично|зависит|кроме
    с оговорк*
    не совсем
    в контексте
    """,
)


@each_question(ERROR)
def contradicting_verdict(item: Item) -> Iterator[Finding]:
    """An option whose reason ends in the opposite of its mark.

    One of the two is wrong, and a learner is taught one and told the other. A conclusion is what
    stands behind "Вывод:", "Итог:", "Verdict:" and the like, or in the line beside the option's
    name; one with an "if" or a "but" is let pass.

    Example: `✅ Слой свертки` among the options, `**Вывод:** не подходит` below its reason.

    Instead: the mark and the conclusion say the same.
    """
    options, text = item.question.options, item.manuscript.source.text
    spans = [span for option in options if option.why for span in option.why.spans]
    reasons = "".join([f"\n{text[span.start : span.end]}" for span in spans])
    if not _may_conclude(reasons) and not any(option.summary for option in options):
        return
    for choice in item.choices:
        if choice.verdict not in (Verdict.CORRECT, Verdict.WRONG):
            continue
        for said, span in _conclusions(item, choice):
            if said is not choice.verdict:
                yield Finding(
                    item.manuscript.place(span),
                    f"says {said}, but the option is marked {choice.verdict}",
                    "change the mark or the conclusion",
                    (Related(item.manuscript.place(choice.span), f"marked {choice.verdict} here"),),
                )


def _may_conclude(said: str) -> bool:
    """Whether reasons, each behind the end of a line, say what is worth a closer look."""
    return "://" in said or bool(_MAY_CONCLUDE.search(said))


def _conclusions(item: Item, choice: Choice) -> Iterator[tuple[Verdict, Span]]:
    """The last conclusion of an option's reason, and a summary that is nothing but a verdict."""
    last: tuple[re.Match[str], Span] | None = None
    if choice.option.summary:
        summary = item.manuscript.wording(choice.option.summary)
        for meant, pattern in ((Verdict.WRONG, _WRONG), (Verdict.CORRECT, _RIGHT)):
            match = pattern.match(summary.plain)
            if match and not summary.plain[match.end() :].strip(" *_.!"):
                yield meant, summary.span
    for span in choice.option.why.spans if choice.option.why else ():
        start, end = span.start, span.end
        text = "\n" + prose_of(item.manuscript.source.text[start:end])
        at = 0
        while match := _CONCLUSION.search(text, at):
            at = match.end()
            last = match, Span(start - 1 + match.start(), start - 1 + at)
    if last and (verdict := _verdict(last[0]["said"])):
        yield verdict, _said(*last, "said")


def _said(match: re.Match[str], span: Span, group: str) -> Span:
    """Where a group of a match stands, without white space at its end."""
    start = span.start + match.start(group) - match.start()
    return Span(start, start + len(match[group].rstrip()))


def _verdict(said: str) -> Verdict | None:
    if _HEDGED.pattern.search(said):
        return None
    if _WRONG.match(said):
        return Verdict.WRONG
    return Verdict.CORRECT if _RIGHT.match(said) else None

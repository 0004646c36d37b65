"""The options of a choice in GIFT, and of a true or false."""

from __future__ import annotations

from builder.gift.inside import FULL, Answer, Answers, Inside, single_answers, split
from builder.model import Option, Passage, Verdict

TRUE_FALSE = {"en": ("True", "False"), "ru": ("Верно", "Неверно")}
"""The two options of a true or false, by the language of the quiz."""


def choice(inside: Inside) -> Answers:
    """Options with their verdicts.

    Where one has full weight, one with a part of it is neither right nor wrong: disputed. Where
    none has, those with a weight above zero are right together.
    """
    answers = single_answers(inside)
    full = any(answer.mark and answer.weight >= FULL for answer in answers)
    return Answers(tuple(_option(answer, full, inside) for answer in answers))


def _option(answer: Answer, full: bool, inside: Inside) -> Option:
    text = inside.passage(answer.text) or Passage("", (answer.span,))
    verdict = Verdict.CORRECT if answer.weight > 0 else Verdict.WRONG
    if not answer.mark:
        verdict = Verdict.UNKNOWN
    elif full and 0 < answer.weight < FULL:
        verdict = Verdict.DISPUTED
        message = f"worth {answer.weight:g} % of the points, so neither right nor wrong"
        inside.report.info("partial-credit", answer.text, message)
    return Option(text, verdict, answer.span, why=answer.why)


def true_or_false(inside: Inside) -> Answers:
    """True and false as options. The first feedback is for the wrong answer, as in Moodle."""
    parts = split(inside, "#", 3)
    truth = inside.shape.strip()[:1].upper() == "T"
    feedback = [inside.passage(part) for part in parts[1:]] + [None, None]
    wrong, right = feedback[:2]
    options = tuple(
        Option(
            Passage(name, (parts[0],)),
            Verdict.CORRECT if value is truth else Verdict.WRONG,
            parts[0],
            why=right if value is truth else wrong,
        )
        for name, value in zip(TRUE_FALSE[inside.language], (True, False), strict=True)
    )
    return Answers(options)

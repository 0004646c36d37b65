"""Questions that are asked twice, in one file or in two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.diagnostics import Place, Related
from builder.rules import ERROR, WARNING, Finding, whole_source
from builder.rules.entries import Compared
from builder.rules.twins import clash, twins


@whole_source(ERROR)
def contradicting_keys(questions: Sequence[Compared]) -> Iterator[Finding]:
    """The same question twice, with different right answers.

    Whoever learns both learns that one of them is wrong. The stems say the same but for case,
    punctuation, little words and slips of the pen, and an option that both have is right in one
    and wrong in the other.

    Example: `Что обнуляет ReLU?` with ✅ `Отрицательное` in one file and ❌ `Отрицательное` in
    another.

    Instead: mend the wrong one, and keep one of the two.
    """
    for first, second in twins(tuple(questions)):
        if found := clash(first, second):
            one, other = found
            yield Finding(
                second.place(other),
                f"{second.verdict(other)} here, but {first.verdict(one)} where it was asked before",
                "mend the wrong one of the two, and keep only one",
                (Related(first.place(one), f"first asked here, marked {first.verdict(one)}"),),
            )


@whole_source(WARNING)
def near_duplicate(questions: Sequence[Compared]) -> Iterator[Finding]:
    """The same question twice, with the same right answer.

    It is learned twice, and when one of the two is mended the other stays as it was. The stems
    say the same but for case, punctuation, little words and slips of the pen, and the options, or
    the right ones, are the same.

    Example: `Что обнуляет ReLU?` in one file, `Что же обнуляет Relu ?` in another.

    Instead: keep one of the two.
    """
    for first, second in twins(tuple(questions)):
        if first.keys == second.keys or (first.keys & second.keys and not clash(first, second)):
            yield Finding(
                second.stem,
                "asked before, with the same answer",
                "keep one of the two",
                (Related(first.stem, "first asked here"),),
            )


@whole_source(ERROR)
def same_key(questions: Sequence[Compared]) -> Iterator[Finding]:
    """Two questions with the same explicit key.

    The key is who a question is for Anki: its guid comes from it. Of two questions with one key,
    members would get only one.

    Example: `{#relu}` at two questions.

    Instead: another key for the newer of the two.
    """
    first: dict[str, Place] = {}
    for question in questions:
        if question.keyed is None:
            continue
        if earlier := first.get(question.key):
            yield Finding(
                question.keyed,
                f"the key “{question.key}” is that of another question",
                "give the newer question a key of its own",
                (Related(earlier, "first given here"),),
            )
        else:
            first[question.key] = question.keyed

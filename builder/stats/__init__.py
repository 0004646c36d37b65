"""What a source holds, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import quantiles

from builder.checking import Checked
from builder.model import RenderedOption, RenderedQuestion, Verdict
from builder.rules.quality.positions import KeyBalance, key_balance
from builder.values import Record


class Spread(Record):
    """How long some texts are, in characters: a tenth are shorter than `low`, a tenth longer than
    `high`.
    """

    low: float
    quarter: float
    median: float
    three_quarters: float
    high: float


class Share(Record):
    """A part of a whole."""

    part: int
    whole: int

    @property
    def percent(self) -> int:
        return round(100 * self.part / self.whole) if self.whole else 0


class Stats(Record):
    """The numbers of a source.

    `topics` and `findings` come with their counts, the most frequent first; `options` maps a
    number of options to how many questions have it, `positions` the place of the only right
    option, from 1, to how often it is there, in the questions of `balance.options` options.
    `longest` counts the questions whose only right option is the longest, `by_chance` those that
    would be if length said nothing.
    """

    files: int
    questions: int
    topics: tuple[tuple[str, int], ...]
    options: tuple[tuple[int, int], ...]
    positions: tuple[tuple[int, int], ...]
    balance: KeyBalance[_Keyed] | None
    right: Spread | None
    wrong: Spread | None
    longest: Share
    by_chance: float
    explained: Share
    reasons: Share
    findings: tuple[tuple[str, str, int], ...]


def stats(checked: Checked) -> Stats:
    """The numbers of checked files."""
    shown = [each.question for file in checked.files for each in file.shown]
    choice = [question for question in shown if question.options]
    balance = _balance(choice)
    single = [lengths for question in choice if (lengths := _lengths_beside_key(question))]
    found = Counter((finding.rule, finding.severity.value) for finding in checked.diagnostics)
    return Stats(
        files=len(checked.files),
        questions=len(shown),
        topics=_topics(checked),
        options=tuple(sorted(Counter(len(question.options) for question in choice).items())),
        positions=_positions(balance),
        balance=balance,
        right=_spread(_lengths(choice, Verdict.CORRECT)),
        wrong=_spread(_lengths(choice, Verdict.WRONG)),
        longest=Share(sum(key > max(others) for key, others in single), len(single)),
        by_chance=sum(1 / (len(others) + 1) for _, others in single),
        explained=Share(sum(map(_explained, shown)), len(shown)),
        reasons=_reasons(choice),
        findings=tuple((*rule, number) for rule, number in found.most_common()),
    )


def _topics(checked: Checked) -> tuple[tuple[str, int], ...]:
    count: Counter[str] = Counter()
    for file in checked.files:
        if file.asked:
            name = file.path.rpartition("/")[2].rpartition(".")[0]
            count[file.title or name] += len(file.asked)
    return tuple(count.most_common())


class _Keyed(Record):
    """A question as far as the place of its keys goes."""

    choices: tuple[RenderedOption, ...]
    keys: tuple[RenderedOption, ...]


def _balance(questions: Sequence[RenderedQuestion]) -> KeyBalance[_Keyed] | None:
    """That of the questions with the most usual number of options."""
    usual = Counter(len(question.options) for question in questions).most_common(1)
    return key_balance(
        [
            _Keyed(options, tuple(o for o in options if o.verdict is Verdict.CORRECT))
            for options in (question.options for question in questions)
            if len(options) == usual[0][0]
        ]
    )


def _positions(balance: KeyBalance[_Keyed] | None) -> tuple[tuple[int, int], ...]:
    if balance is None:
        return ()
    return tuple((at, balance.counts[at]) for at in range(1, balance.options + 1))


def _lengths(questions: Iterable[RenderedQuestion], verdict: Verdict) -> list[int]:
    options = (option for question in questions for option in question.options)
    return [len(option.text.text) for option in options if option.verdict is verdict]


def _lengths_beside_key(question: RenderedQuestion) -> tuple[int, list[int]] | None:
    """The length of the only right option and those of the others."""
    keys = [option for option in question.options if option.verdict is Verdict.CORRECT]
    if len(keys) != 1 or len(question.options) < 2:
        return None
    others = [len(option.text.text) for option in question.options if option is not keys[0]]
    return len(keys[0].text.text), others


def _spread(lengths: list[int]) -> Spread | None:
    if not lengths:
        return None
    cuts = quantiles(lengths, n=20, method="inclusive") if len(lengths) > 1 else lengths * 19
    return Spread(cuts[1], cuts[4], cuts[9], cuts[14], cuts[17])


def _explained(question: RenderedQuestion) -> bool:
    return bool(question.explanation.html or any(o.reason.html for o in question.options))


def _reasons(questions: Iterable[RenderedQuestion]) -> Share:
    wrong = list(_wrong(questions))
    return Share(sum(bool(option.reason.html) for option in wrong), len(wrong))


def _wrong(questions: Iterable[RenderedQuestion]) -> Iterator[RenderedOption]:
    for question in questions:
        yield from (option for option in question.options if option.verdict is Verdict.WRONG)

"""Random edits of a quiz, of which one knows what became of every question and option."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from quizzes import Raw
from rapidfuzz import fuzz

TELLING = ("not", "never", "не", "no", "first", "last", "left", "largest", "only")
MOST = 0.4  # of the words of a text are changed at once


@dataclass(frozen=True)
class Choice:
    """An option; `origin` is who it really is, `share` how many of its words were just changed."""

    origin: int
    text: str
    correct: bool
    share: float = 0.0


@dataclass(frozen=True)
class Question:
    """A question; `origin` is who it really is, `share` how many of its words were just changed.

    `telling` are the words in which it differs from a near-duplicate, if it has one; `moved` says
    that its file was just renamed, split or shuffled, or that it came from another one.
    """

    origin: int
    topic: str
    stem: str
    options: tuple[Choice, ...]
    explanation: str
    share: float = 0.0
    telling: frozenset[str] = frozenset()
    moved: bool = False


Quiz = dict[str, tuple[Question, ...]]


def distinct(raws: Iterable[Raw]) -> list[Raw]:
    """Without copies, of which even a reader could not say which is which: one of each.

    Copies have nearly the same stem and half of their options in common, or all but the same
    stem and an option that is nearly the same.
    """
    known: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    kept: list[Raw] = []
    for raw in raws:
        stem = " ".join(raw.stem.casefold().split())
        options = frozenset(" ".join(text.casefold().split()) for text, _ in raw.options)
        longest = sorted(set(stem.split()), key=lambda word: (-len(word), word))[:6]
        others = {other for word in longest for other in known[word]}
        if not any(_copies(stem, options, *other) for other in others):
            kept.append(raw)
        for word in longest:
            known[word].append((stem, options))
    return kept


def _copies(a: str, ones: frozenset[str], b: str, others: frozenset[str]) -> bool:
    alike = max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b))
    if alike >= 85 and 2 * len(ones & others) >= max(len(ones), len(others)):
        return True
    return alike >= 93 and any(fuzz.ratio(one, other) >= 80 for one in ones for other in others)


class Author:
    """Someone who changes quizzes at random, the same way for the same seed.

    New words, options and questions come from the same folder (half of the questions from
    anywhere). A careless author also edits away the word in which a question differs from its
    near-duplicate: then it says what that one said, and who is who is a matter of opinion.
    """

    def __init__(self, raws: Iterable[Raw], seed: int, *, careless: bool = False) -> None:
        self.careless = careless
        self._rng = random.Random(seed)
        self._origins = count(1)
        self._words: dict[str, list[str]] = defaultdict(list)
        self._options: dict[str, list[str]] = defaultdict(list)
        self._unused: list[Question] = []
        self._left: list[Question] = []
        self._raws = list(raws)
        for raw in self._raws:
            self._words[_topic(raw)] += raw.stem.split()
            self._options[_topic(raw)] += [text for text, _ in raw.options]

    def first_version(self, twins: float) -> Quiz:
        """Nine tenths of the questions, and near-duplicates of a share of them."""
        quiz: dict[str, list[Question]] = defaultdict(list)
        for raw in self._raws:
            question = self._question(raw)
            file = quiz[raw.path]
            if self._happens(0.1):
                self._unused.append(question)
            elif self._happens(twins) and len(raw.stem.split()) >= 4:
                one, other = self._twins(question)
                file.append(one)
                file.insert(len(file) if self._happens(0.5) else self._place(file), other)
            else:
                file.append(question)
        self._rng.shuffle(self._unused)
        return {path: tuple(questions) for path, questions in quiz.items() if questions}

    def next_version(self, quiz: Quiz, rate: float, *, reshape: bool) -> Quiz:
        """A share of the questions edited; with `reshape`, files renamed, split, shuffled too."""
        edited = {path: list(self._edited(questions, rate)) for path, questions in quiz.items()}
        if reshape:
            for path in list(edited):
                self._reshape(edited, path)
        return {path: tuple(questions) for path, questions in edited.items() if questions}

    def _happens(self, chance: float) -> bool:
        return self._rng.random() < chance

    def _place(self, items: list[Question] | list[Choice]) -> int:
        return self._rng.randrange(len(items) + 1)

    def _question(self, raw: Raw) -> Question:
        options = tuple(Choice(next(self._origins), text, ok) for text, ok in raw.options)
        return Question(next(self._origins), _topic(raw), raw.stem, options, raw.explanation)

    def _twins(self, question: Question) -> tuple[Question, Question]:
        """The question and another that differs in a number, a negation or some other word."""
        words = question.stem.split()
        numbers = [i for i, word in enumerate(words) if word.isdecimal()]
        at = self._rng.choice(numbers or range(len(words)))
        new = self._rng.choice(TELLING)
        if numbers:
            other = [*words[:at], str(int(words[at]) + self._rng.randint(1, 9)), *words[at + 1 :]]
        else:
            other = [*words[:at], new, *words[at + self._happens(0.5) :]]
        one = replace(question, telling=frozenset({*words} ^ {*other}))
        options = tuple(replace(option, origin=next(self._origins)) for option in one.options)
        origin = next(self._origins)
        return one, replace(one, origin=origin, stem=" ".join(other), options=options)

    def _edited(self, questions: Iterable[Question], rate: float) -> Iterator[Question]:
        for question in questions:
            if self._happens(0.02):
                self._left.append(question)
            elif self._happens(0.02) and self._unused:
                self._left.append(question)
                yield self._another(question.topic)
            else:
                same = _untouched(question)
                yield self._changed(same) if self._happens(rate) else same
            if self._happens(0.01) and self._unused:
                yield self._another(question.topic)
            if self._happens(0.01) and self._left:
                yield _untouched(self._left.pop(self._rng.randrange(len(self._left))))

    def _another(self, topic: str) -> Question:
        """A question that was never asked."""
        near = [i for i, one in enumerate(self._unused) if one.topic == topic]
        return self._unused.pop(near[0] if near and self._happens(0.5) else 0)

    def _changed(self, question: Question) -> Question:
        options = list(question.options)
        if options:
            self._change_options(options, question.topic)
        stem, share = question.stem, 0.0
        if self._happens(0.8):
            kept = frozenset() if self.careless else question.telling
            stem, share = self._reworded(question.stem, question.topic, kept)
        return replace(question, stem=stem, share=share, options=tuple(options))

    def _change_options(self, options: list[Choice], topic: str) -> None:
        at = self._rng.randrange(len(options))
        if self._happens(0.2):
            text, share = self._reworded(options[at].text, topic)
            options[at] = replace(options[at], text=text, share=share)
        known = {option.text for option in options}
        new = Choice(next(self._origins), self._rng.choice(self._options[topic]), correct=False)
        if self._happens(0.1) and new.text not in known:
            options[at : at + self._happens(0.5)] = [new]
        if self._happens(0.1) and len(options) > 2:
            options.pop(self._rng.randrange(len(options)))
        if self._happens(0.3):
            self._rng.shuffle(options)

    def _reworded(
        self, text: str, topic: str, kept: frozenset[str] = frozenset()
    ) -> tuple[str, float]:
        """The text with 1 to 40 % of its words changed, and how many; one too short stays."""
        words = text.split()
        free = [i for i, word in enumerate(words) if word not in kept]
        many = min(max(1, int(self._rng.uniform(0.01, MOST) * len(words))), len(free))
        if not many or many / len(words) > MOST:
            return text, 0.0
        chosen = set(self._rng.sample(free, many))
        found: list[str] = []
        for i, word in enumerate(words):
            found += self._instead(word, topic, kept) if i in chosen else [word]
        return " ".join(found), many / len(words)

    def _instead(self, word: str, topic: str, kept: frozenset[str]) -> list[str]:
        """Another word, none, one more, or the same misspelt."""
        new = self._rng.choice(self._words[topic])
        new = "word" if new in kept else new
        at = self._rng.randrange(max(1, len(word) - 1))
        misspelt = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
        ways = ([new], [new], [], [word, new], [misspelt if len(word) > 3 else new])
        return self._rng.choice(ways)

    def _reshape(self, quiz: dict[str, list[Question]], path: str) -> None:
        questions = quiz.pop(path)
        half = len(questions) // 2
        match self._rng.randrange(8):
            case 0:
                quiz[f"renamed/{path}"] = _moved(questions)
            case 1:
                quiz[path] = questions[:half]
                quiz[f"{path}.second"] = _moved(questions[half:])
            case 2:
                self._rng.shuffle(questions)
                quiz[path] = _moved(questions)
            case 3 if quiz:
                away = set(self._rng.sample(range(len(questions)), half // 2))
                quiz[path] = [one for i, one in enumerate(questions) if i not in away]
                for question in _moved([questions[i] for i in sorted(away)]):
                    file = quiz[self._rng.choice(list(quiz))]
                    file.insert(self._place(file), question)
            case _:
                quiz[path] = questions


def _untouched(question: Question) -> Question:
    options = tuple(replace(option, share=0.0) for option in question.options)
    return replace(question, options=options, share=0.0, moved=False)


def _moved(questions: list[Question]) -> list[Question]:
    return [replace(question, moved=True) for question in questions]


def _topic(raw: Raw) -> str:
    """The folder: what is written in one language about one thing."""
    return raw.path.rpartition("/")[0]

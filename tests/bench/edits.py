"""Random edits of a quiz, of which one knows what became of every question and option."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from copies import CJK, MOST, WORD, alike, known_by_the_rest, reworded, words_of
from quizzes import Raw
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

TELLING = ("not", "never", "не", "no", "first", "last", "left", "largest", "only")
FEW = 0.15  # of the words are changed at most half of the times
ANEW = 0.04  # of the questions edited
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LOOKED_AT = 150  # questions among which the one most like another is looked for


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
    that its file was just renamed, split or shuffled, or that it came from another one; `turned`,
    that another option was just made the correct one.
    """

    origin: int
    topic: str
    stem: str
    options: tuple[Choice, ...]
    explanation: str
    share: float = 0.0
    telling: frozenset[str] = frozenset()
    moved: bool = False
    turned: bool = False


Quiz = dict[str, tuple[Question, ...]]


class Author:
    """Someone who changes quizzes at random, the same way for the same seed.

    New words come from the same folder or are made up, and so do new options; one that is `alike`
    to what one of the question says or once said is not put in: it would be this one, reworded or
    back. New questions come from the same folder, from anywhere, or are the most alike among many;
    one that may be the one `reworded` whose place it takes is not asked.
    At times the whole stem is put otherwise and nothing else touched but a distractor.
    Nor does the author leave an option as near to what another one of the question says as to what
    it said itself. A careless author does, and also edits away the word in which a question differs
    from its near-duplicate: then it says what that one said, and who is who is a matter of opinion.
    `left_out` counts what was not done, by the reason.
    """

    def __init__(self, raws: Iterable[Raw], seed: int, *, careless: bool = False) -> None:
        self.careless = careless
        self._rng = random.Random(seed)
        self._origins = count(1)
        self._words: dict[str, list[str]] = defaultdict(list)
        self._characters: dict[str, list[str]] = defaultdict(list)
        self._options: dict[str, list[str]] = defaultdict(list)
        self._first: dict[int, str] = {}  # what each option said when it was new
        self._unused: dict[str, list[Question]] = defaultdict(list)  # by topic
        self._left: list[Question] = []
        self.left_out: Counter[str] = Counter()
        self._raws = list(raws)
        for raw in self._raws:
            for word in words_of(raw.stem):
                (self._characters if CJK.match(word) else self._words)[_topic(raw)].append(word)
            self._options[_topic(raw)] += [text for text, _ in raw.options]

    def first_version(self, twins: float, unused: float = 0.25) -> Quiz:
        """The questions without a share kept for later, and near-duplicates of some of them."""
        quiz: dict[str, list[Question]] = defaultdict(list)
        for raw in self._raws:
            question = self._question(raw)
            file = quiz[raw.path]
            if self._happens(unused):
                self._unused[question.topic].append(question)
            elif self._happens(twins) and len(words_of(raw.stem)) >= 4:
                one, other = self._twins(question)
                file.append(one)
                file.insert(len(file) if self._happens(0.5) else self._place(file), other)
            else:
                file.append(question)
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
        options = tuple(self._choice(text, ok) for text, ok in raw.options)
        return Question(next(self._origins), _topic(raw), raw.stem, options, raw.explanation)

    def _choice(self, text: str, correct: bool) -> Choice:
        option = Choice(next(self._origins), text, correct)
        self._first[option.origin] = text
        return option

    def _twins(self, question: Question) -> tuple[Question, Question]:
        """The question and another that differs in a number, a negation or some other word."""
        words = question.stem.split()
        numbers = [i for i, word in enumerate(words) if word.isdecimal()]
        at = self._rng.choice(numbers or range(len(words)))
        new = self._rng.choice([word for word in TELLING if word not in words])
        if numbers:
            other = [*words[:at], str(int(words[at]) + self._rng.randint(1, 9)), *words[at + 1 :]]
        else:
            other = [*words[:at], new, *words[at + self._happens(0.5) :]]
        telling = {*words_of(" ".join(words))} ^ {*words_of(" ".join(other))}
        one = replace(question, telling=frozenset(telling))
        options = tuple(self._choice(option.text, option.correct) for option in one.options)
        origin = next(self._origins)
        return one, replace(one, origin=origin, stem=" ".join(other), options=options)

    def _edited(self, questions: Iterable[Question], rate: float) -> Iterator[Question]:
        for question in questions:
            if self._happens(0.03):
                self._left.append(question)
            elif self._happens(0.08) and any(self._unused.values()):
                yield self._instead_of(question)
            else:
                same = _untouched(question)
                yield self._changed(same) if self._happens(rate) else same
            if self._happens(0.03) and any(self._unused.values()):
                yield self._another(question)
            if self._happens(0.01) and self._left:
                yield _untouched(self._left.pop(self._rng.randrange(len(self._left))))

    def _instead_of(self, question: Question) -> Question:
        other = self._another(question)
        if way := reworded(_raw(question), _raw(other)):
            self.left_out[f"put in for one that it may be, {way}"] += 1
            return _untouched(question)
        self._left.append(question)
        return other

    def _another(self, question: Question) -> Question:
        """One that was never asked: any, one of the same topic, or the most alike of many."""
        near = self._unused[question.topic]
        chance = self._rng.random()
        if not near or chance < 0.2:
            near = self._unused[self._rng.choice([t for t, some in self._unused.items() if some])]
        if chance < 0.7:
            return near.pop(self._rng.randrange(len(near)))
        some = self._rng.sample(range(len(near)), min(len(near), LOOKED_AT))
        said = _said(question)
        return near.pop(max(some, key=lambda i: fuzz.token_sort_ratio(said, _said(near[i]))))

    def _changed(self, question: Question) -> Question:
        raw = _raw(question)
        if self._happens(ANEW) and not question.telling and known_by_the_rest(raw, raw):
            return self._put_otherwise(question)
        options = list(question.options)
        if options and self._happens(0.6):
            self._change_options(options, question.topic)
        stem, share = question.stem, 0.0
        if self._happens(0.8):
            kept = frozenset() if self.careless else question.telling
            stem, share = self._reworded(question.stem, question.topic, kept)
        told = question.explanation
        if told and self._happens(0.1):
            told = "" if self._happens(0.3) and options else self._reworded(told, question.topic)[0]
        turned = {o.origin for o in options if o.correct}.isdisjoint(
            o.origin for o in question.options if o.correct
        )
        return replace(
            question,
            stem=stem,
            share=share,
            options=tuple(options),
            explanation=told,
            turned=bool(options) and turned,
        )

    def _put_otherwise(self, question: Question) -> Question:
        """Quite another stem, and at times another distractor."""
        stem, share = self._anew(question.stem, question.topic)
        options = list(_untouched(question).options)
        wrong = [i for i, option in enumerate(options) if not option.correct]
        new = self._choice(self._rng.choice(self._options[question.topic] or [""]), correct=False)
        if (
            len(options) > 2
            and wrong
            and self._happens(0.5)
            and not any(
                alike(new.text, self._first[option.origin]) or alike(new.text, option.text)
                for option in options
            )
        ):
            options[self._rng.choice(wrong)] = new
        return replace(
            question, stem=stem, share=share, options=tuple(options), turned=False, moved=False
        )

    def _change_options(self, options: list[Choice], topic: str) -> None:
        before = list(options)
        many = min(self._rng.choice((0, 1, 1, 1, 2, 3)), len(options))
        for at in self._rng.sample(range(len(options)), many):
            text, share = self._reworded(options[at].text, topic)
            others = [
                option.text for option in (*before, *options) if option.text != before[at].text
            ]
            if self.careless or _is_nearest(text, before[at].text, others):
                options[at] = replace(options[at], text=text, share=share)
            else:
                self.left_out["edit of an option that leaves it as near to another"] += 1
        known = {text for o in (*before, *options) for text in (o.text, self._first[o.origin])}
        new = self._choice(self._rng.choice(self._options[topic]), correct=False)
        if self._happens(0.15) and not any(alike(new.text, text) for text in known):
            at = self._rng.randrange(len(options))
            options[at : at + self._happens(0.6)] = [new]
        if self._happens(0.1) and len(options) > 2:
            options.pop(self._rng.randrange(len(options)))
        if self._happens(0.05):
            at = self._rng.randrange(len(options))
            options[:] = [replace(each, correct=i == at) for i, each in enumerate(options)]
        if self._happens(0.3):
            self._rng.shuffle(options)

    def _reworded(
        self, text: str, topic: str, kept: frozenset[str] = frozenset()
    ) -> tuple[str, float]:
        """The text with 1 to 40 % of its words changed, and how many; one too short stays.

        Half of the times it is no more than 15 % where the text is long enough.
        """
        pieces = re.split(f"({WORD.pattern})", text)
        words = range(1, len(pieces), 2)
        free = [i for i in words if pieces[i] not in kept]
        most = MOST if self._happens(0.5) else FEW
        many = min(max(1, int(self._rng.uniform(0.01, most) * len(words))), len(free))
        if not many or many / len(words) > MOST:
            return text, 0.0
        chosen = self._rng.sample(free, many)
        if self._happens(0.2):  # a part of the sentence instead of words here and there
            first = self._rng.randrange(len(free) - many + 1)
            chosen = free[first : first + many]
        for i in chosen:
            pieces[i] = self._instead(pieces[i], topic, kept)
        changed = " ".join("".join(pieces).split())
        return (changed, many / len(words)) if changed else (text, 0.0)

    def _anew(self, text: str, topic: str) -> tuple[str, float]:
        """The text with more than `MOST` of its words changed, up to all, and how many."""
        pieces = re.split(f"({WORD.pattern})", text)
        words = range(1, len(pieces), 2)
        many = min(len(words), int(self._rng.uniform(MOST, 1) * len(words)) + 1)
        for i in self._rng.sample(words, many):
            old, some = pieces[i], self._rng.choices(self._of(pieces[i], topic), k=30)
            pieces[i] = next((new for new in some if _script(new) == _script(old)), old)
        return " ".join("".join(pieces).split()), many / len(words)

    def _of(self, word: str, topic: str) -> list[str]:
        """Words that may stand in the place of one."""
        return (self._characters if CJK.match(word) else self._words)[topic] or ["word"]

    def _instead(self, word: str, topic: str, kept: frozenset[str]) -> str:
        """Another word, none, one more, or the same misspelt or with another ending."""
        spaced = not CJK.match(word)
        known = self._rng.choice(self._of(word, topic))
        made_up = "".join(self._rng.choices(LETTERS, k=self._rng.randint(2, 9)))
        new = made_up if spaced and (self._happens(0.3) or known in kept) else known
        more = (f"{word} {new}", f"{new} {word}") if spaced else (word + new, new + word)
        ways = (new, new, new, "", *more, self._misspelt(word) or new)
        return self._rng.choice(ways)

    def _misspelt(self, word: str) -> str:
        """A letter swapped, left out, doubled or wrong, or another ending; "" of a short word."""
        if len(word) < 4:
            return ""
        at = self._rng.randrange(len(word) - 1)
        before, here, after = word[:at], word[at : at + 2], word[at + 2 :]
        wrong = self._rng.choice(LETTERS)
        ways = (
            before + here[::-1] + after,
            before + here[1:] + after,
            before + here[0] + here + after,
            before + wrong + here[1:] + after,
            word[:-1] + wrong,
        )
        return self._rng.choice(ways)

    def _reshape(self, quiz: dict[str, list[Question]], path: str) -> None:
        questions = quiz.pop(path)
        half = len(questions) // 2
        match self._rng.randrange(6):
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


def _script(word: str) -> str:
    """Letters of a translation in another script do not come into a stem."""
    return next((unicodedata.name(c).partition(" ")[0] for c in word if c.isalpha()), "")


def _raw(question: Question) -> Raw:
    options = tuple((option.text, option.correct) for option in question.options)
    return Raw("", question.stem, options, question.explanation)


def _is_nearest(text: str, own: str, others: Iterable[str]) -> bool:
    """Whether fewer words lie between a text and its own of before than any other."""
    words = words_of(text)
    away = Levenshtein.distance(words, words_of(own))
    return all(away < Levenshtein.distance(words, words_of(other)) for other in others)


def _said(question: Question) -> str:
    return " ".join([question.stem, *(option.text for option in question.options)])


def _untouched(question: Question) -> Question:
    options = tuple(replace(option, share=0.0) for option in question.options)
    return replace(question, options=options, share=0.0, moved=False, turned=False)


def _moved(questions: list[Question]) -> list[Question]:
    return [replace(question, moved=True) for question in questions]


def _topic(raw: Raw) -> str:
    """The folder: what is written in one language about one thing."""
    return raw.path.rpartition("/")[0]

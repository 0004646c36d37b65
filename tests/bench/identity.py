"""The identity benchmark: who is still recognised after thousands of edits, and who is mistaken.

    python tests/bench/identity.py [FOLDER or JSON ...] [--seed N] [--rounds N] [--questions N]
                                   [--careless] [--large QUESTIONS]

Quizzes are read from folders (crudely), from what `build-deck parse --format json` printed, or,
if none is named, made up; each is a deck of its own. In each round an author edits some files of
a quiz three times; after each edit it is settled against the lock of the time before, as it was
written and read again. Every question and option carries who it really is, so that guids and slots
can be compared with the truth:

* kept: a question has the guid it had, an option the slot it had (in a question that was kept);
* lost: it got a new one, so that its reviews stay with a withdrawn card;
* passed: it got that of another question or option, the worst that can happen. Counted over the
  whole history: a guid or slot has one owner for ever.
* same text: it got that of another one which said the same, word for word.

The first build counts for nothing: all is new in it. Questions of the files are left out first of
which each may be an edit of another, by the very edits that are made here (`copies.reworded`): of
one that takes the place of such another no reader could tell whether it is the other, reworded, or
a new one. How many they were, and in which way they are alike, is printed. Near-duplicates, which
differ in one word, are put in and counted by themselves; the word in which they differ is not
edited, except by --careless authors: without it a question says what its near-duplicate said. For
the same reason no edit leaves an option as near to another of its question as to itself.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from copies import MOST, distinct
from edits import Author, Choice, Question, Quiz
from quizzes import Raw, made_up, read

from builder.ledger import Asked, AskedOption, Lock, by_file, lock_text, read_lock, settle
from builder.model import Identity, Verdict
from builder.source import Source

RATES = (0.4, 1.0)  # of the questions are edited at once
WANTED = {"15 to 40 % of words": 97.0, "15 to 40 % of words, another answer": 97.0}  # percent kept
ELSE_WANTED = 99.9
ANEW = "over 40 % of words of the stem alone"  # only told: nothing is wanted of it
TWINS = 0.04

Tally = Counter[tuple[str, str]]


class Truth:
    """Who each guid and slot belongs to, by all that happened so far in one deck."""

    def __init__(self, tally: Tally, mistakes: list[str]) -> None:
        self.lock: Lock | None = None
        self.owner: dict[str, Question] = {}
        self.slot_owner: dict[tuple[str, int], Choice] = {}
        self.guid: dict[int, str] = {}
        self.slot: dict[int, int] = {}
        self.tally = tally
        self.mistakes = mistakes
        self.losses: list[str] = []
        self.left_out: Counter[str] = Counter()

    def build(self, quiz: Quiz, now: int) -> None:
        placed = [(path, question) for path in quiz for question in quiz[path]]
        asked = [_asked(path, question) for path, question in placed]
        settled = settle(by_file(asked), self.lock, uid="bench", now=now, version=str(now))
        first = self.lock is None
        for (_, question), identity in zip(placed, settled.identities, strict=True):
            if not first:
                self._judge(question, identity)
            self._remember(question, identity)
        self.lock, _ = read_lock(Source("deck.lock", lock_text(settled.lock)))
        assert self.lock == settled.lock, "a lock written and read again says something else"

    def _remember(self, question: Question, identity: Identity) -> None:
        self.owner[identity.guid] = question
        self.guid[question.origin] = identity.guid
        for option, slot in zip(question.options, identity.slots, strict=True):
            if slot:
                self.slot_owner[identity.guid, slot] = option
                self.slot[option.origin] = slot

    def _judge(self, question: Question, identity: Identity) -> None:
        owner = self.owner.get(identity.guid, question)
        before = self.guid.get(question.origin)
        row = _row(question, before is not None)
        if owner.origin != question.origin:
            same = _says_the_same(owner, question)
            self._mistake("question", row, same, _told(owner), _told(question))
            return
        self._count(row, before, identity.guid, f"{_told(question)}")
        if before == identity.guid:
            for option, slot in zip(question.options, identity.slots, strict=True):
                if slot:
                    self._judge_option(option, identity.guid, slot)

    def _judge_option(self, option: Choice, guid: str, slot: int) -> None:
        owner = self.slot_owner.get((guid, slot), option)
        before = self.slot.get(option.origin)
        row = f"slot, {_edited(option.share, before is not None)}"
        if owner.origin != option.origin:
            same = owner.text.casefold() == option.text.casefold()
            self._mistake("slot", row, same, owner.text, option.text)
        else:
            self._count(row, before, slot, option.text)

    def _count(self, row: str, before: str | int | None, now: str | int, text: str) -> None:
        self.tally[row, "of"] += 1
        if before is not None:
            self.tally[row, "kept" if before == now else "lost"] += 1
            if before != now:
                self.losses.append(f"({row}): {text}")

    def _mistake(self, what: str, row: str, same: bool, before: str, now: str) -> None:
        self.tally[row, "same text" if same else "passed"] += 1
        self.tally[row, "of"] += 1
        if not same:
            self.mistakes.append(f"{what} ({row}):\n    {before}\n    {now}")


def _told(question: Question) -> str:
    options = " / ".join("✓" * option.correct + option.text for option in question.options)
    return f"{question.stem} | {options}"


def _row(question: Question, known: bool) -> str:
    who = "near-duplicate" if question.telling else "question"
    if known and not question.share and question.moved:
        return f"{who}, moved"
    turned = ", another answer" if known and question.share and question.turned else ""
    return f"{who}, {_edited(question.share, known)}{turned}"


def _edited(share: float, known: bool) -> str:
    if not known:
        return "new"
    if not share:
        return "words untouched"
    if share > MOST:
        return ANEW
    return "up to 15 % of words" if share <= 0.15 else "15 to 40 % of words"


def _says_the_same(one: Question, other: Question) -> bool:
    options = {option.text for option in one.options}, {option.text for option in other.options}
    common = len(options[0] & options[1])
    return one.stem == other.stem and 2 * common >= max(map(len, options))


def _asked(path: str, question: Question) -> Asked:
    options = tuple(
        AskedOption(option.text, Verdict.CORRECT if option.correct else Verdict.WRONG)
        for option in question.options
    )
    written = repr((question.stem, options, question.explanation))
    return Asked(
        path, question.stem, options, explanation=question.explanation, source=written, rendering=""
    )


def benchmark(raws: list[Raw], seed: int, rounds: int, size: int, *, careless: bool) -> Truth:
    """All rounds together, each of some files. Every other one files are renamed, split, shuffled
    and emptied."""
    total = Truth(Counter(), [])
    for number in range(rounds):
        author = Author(_some(raws, size, seed + number), seed + number, careless=careless)
        quiz = author.first_version(TWINS)
        truth = Truth(total.tally, total.mistakes)
        truth.losses = total.losses
        truth.build(quiz, 1)
        for time_of_build in (2, 3, 4):
            rate = RATES[number // 2 % len(RATES)]
            quiz = author.next_version(quiz, rate, reshape=number % 2 == 1)
            truth.build(quiz, time_of_build)
        total.left_out += author.left_out
    return total


def _some(raws: list[Raw], size: int, seed: int) -> list[Raw]:
    """The questions of some files, about so many."""
    files: dict[str, list[Raw]] = defaultdict(list)
    for raw in raws:
        files[raw.path].append(raw)
    paths = sorted(files)
    random.Random(seed).shuffle(paths)
    chosen: list[Raw] = []
    for path in paths:
        if len(chosen) + len(files[path]) <= size or not chosen:
            chosen += files[path]
    return chosen


def report(tally: Tally) -> Iterator[str]:
    head = f"{'of':>9}{'kept':>11}{'wanted':>9}{'lost':>7}{'same text':>11}{'passed':>8}"
    yield f"{'':40}{head}"
    for row in sorted({row for row, _ in tally}):
        of, kept, lost = tally[row, "of"], tally[row, "kept"], tally[row, "lost"]
        wanted = WANTED.get(row.partition(", ")[2], ELSE_WANTED)
        share = "" if row.endswith("new") else f"{100 * kept / max(1, kept + lost):.3f} %"
        goal = "" if row.endswith(("new", ANEW)) else f"{wanted} %"
        rest = f"{lost:>7}{tally[row, 'same text']:>11}{tally[row, 'passed']:>8}"
        yield f"{row:40}{of:>9}{share:>11}{goal:>9}{rest}"
    yield from summary(tally)
    of = sum(number for (_, what), number in tally.items() if what == "of")
    passed = sum(number for (_, what), number in tally.items() if what == "passed")
    yield f"{of} guids and slots, {passed} passed to another"


def summary(tally: Tally) -> Iterator[str]:
    """All questions together, near-duplicates and those with another answer too, and all slots."""
    for what, belongs in (("all questions", lambda row: not _slot(row)), ("all slots", _slot)):
        for edit in ("up to 15 % of words", "15 to 40 % of words", "moved", "words untouched"):
            rows = [row for row in {row for row, _ in tally} if belongs(row) and edit in row]
            kept, lost = (sum(tally[row, count] for row in rows) for count in ("kept", "lost"))
            if kept + lost:
                yield f"{what}, {edit}: {100 * kept / (kept + lost):.3f} % of {kept + lost} kept"


def _slot(row: str) -> bool:
    return row.startswith("slot")


def large(count: int, seed: int) -> Iterator[str]:
    """How long it takes if a tenth of the questions changed, and the memory it takes at most."""
    author = Author(made_up(count, seed), seed)
    quiz = author.first_version(twins=0.0)
    edited = author.next_version(quiz, 0.1, reshape=False)
    asked = [_asked(path, question) for path in quiz for question in quiz[path]]
    again = [_asked(path, question) for path in edited for question in edited[path]]
    last = settle(by_file(asked), None, uid="bench", now=1, version="1").lock
    text = lock_text(last)
    steps = {
        "nothing changed": lambda: settle(by_file(asked), last, uid="bench", now=2, version="2"),
        "a tenth changed": lambda: settle(by_file(again), last, uid="bench", now=2, version="2"),
        "the lock written": lambda: lock_text(last),
        "the lock read": lambda: read_lock(Source("deck.lock", text)),
    }
    for what, step in steps.items():
        begun, before = time.process_time(), _peak()
        step()
        took, more = time.process_time() - begun, _peak() - before
        yield f"{len(asked)} questions, {what}: {took:.1f} s of one core, {more:.0f} MB more at most"


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", type=Path, metavar="FOLDER or JSON")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--questions", type=int, default=1_500, help="of a quiz in each round")
    parser.add_argument("--careless", action="store_true", help="also edit what tells twins apart")
    parser.add_argument("--mistakes", type=int, default=0, help="show so many")
    parser.add_argument("--large", type=int, default=0, metavar="QUESTIONS", help="measure time")
    options = parser.parse_args()
    quizzes = {path.stem: read(path) for path in options.paths}
    quizzes = quizzes or {"made up": made_up(3_000, options.seed)}
    total, mistakes, losses, left_out = Tally(), [], [], Counter()
    for name, raws in quizzes.items():
        clean, ways = distinct(raws)
        found = benchmark(
            clean, options.seed, options.rounds, options.questions, careless=options.careless
        )
        total.update(found.tally)
        mistakes += [f"{name}: {mistake}" for mistake in found.mistakes]
        losses += [f"{name}: {loss}" for loss in found.losses]
        left_out += found.left_out + Counter({f"question of the files, {w}": ways[w] for w in ways})
        print(f"{name}: {len(raws)} questions, {len(clean)} without copies", file=sys.stderr)
        print(*report(found.tally), sep="\n", file=sys.stderr)
    print(*report(total), sep="\n")
    print(*(f"left out: {many:>5} {what}" for what, many in sorted(left_out.items())), sep="\n")
    for examples in (mistakes, losses):
        random.Random(0).shuffle(examples)
        print(*examples[: options.mistakes], sep="\n")
    if options.large:
        print(*large(options.large, options.seed), sep="\n")


if __name__ == "__main__":
    main()

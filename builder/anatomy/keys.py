"""Right answers that are named elsewhere: by letter, by number, by text, in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from builder.anatomy.wrappers import SUMMARY
from builder.diagnostics import Report
from builder.model import Option, Verdict
from builder.scan import Block, Line, Shape, cut
from builder.signals.labels import TWINS, named, places, plain
from builder.signals.phrases import Part, announced, bare
from builder.similarity import normal, similarity

ALIKE = 0.75
"""From here on an answer is taken for an option that it does not repeat exactly."""

MOST_COMPARED = 200
"""Options that an answer is compared with; reading stays linear however many there are."""


@dataclass(frozen=True, slots=True)
class Key:
    """An answer that was found: the options it names, and the lines that say nothing more.

    `rest` is what the line of the answer says behind it.
    """

    right: frozenset[int]
    lines: tuple[Line, ...]
    rest: Line | None = None


def find_key(
    blocks: Sequence[Block], given: Sequence[Block], options: Sequence[Option], report: Report
) -> Key | None:
    """The first answer among some blocks that names options, or that of a sheet, if `given`.

    An announced answer comes first ("Answer: B"), then a short line that ends with a label ("Der
    richtige ist: B"), then a sentence that calls an option the right one.
    """
    reader = _Reader(options, report)
    lost: Line | None = None
    for block in given:
        if key := reader.read(block.text):
            return key
    for said, follows in _announced_answers(blocks):
        if not said.blank:
            if key := reader.read(said):
                return key
            lost = lost or said
        elif follows and (key := reader.read_below(follows)):
            return key
    labelled = any(option.label for option in options)
    for search in (reader.read_end, reader.read_prose) if labelled else ():
        for block in blocks:
            if block.shape in _TEXT and (key := search(block)):
                return key
    if lost is not None and not reader.settled:
        report.error(
            "unknown-answer",
            lost.span,
            f"no option is “{shortened(bare(lost.text))}”",
            "repeat the option's letter or text",
        )
    return None


_TEXT = (Shape.HEADING, Shape.PARAGRAPH, Shape.ITEM, Shape.QUOTE)


def shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def answer_in(block: Block) -> Line | None:
    """What a block says behind words such as "Answer:"; None if it announces no answer."""
    if block.shape not in _TEXT and block.marker != SUMMARY:
        return None
    said = announced(block.text.text)
    return cut(block.text, said.end) if said and said.part is Part.ANSWER else None


def _announced_answers(blocks: Sequence[Block]) -> Iterator[tuple[Line, Sequence[Block]]]:
    """The answers that are announced, each with the blocks below it if it stands there."""
    for at, block in enumerate(blocks):
        said = cut(block.text, 0, 0) if block.marker == SUMMARY else answer_in(block)
        if said is None:
            continue
        if said.blank and len(block.lines) > 1 and block.shape is not Shape.HEADING:
            rest = block.lines[1:]
            yield said, (replace(block, lines=rest, text=cut(rest[0], 0)),)
        else:
            yield said, blocks[at + 1 : at + 1 + MOST_BELOW]


MOST_BELOW = 30


class _Reader:
    """Reads answers to one list of options."""

    def __init__(self, options: Sequence[Option], report: Report) -> None:
        self.options = options
        self.report = report
        self.names = [normal(bare(option.text.markdown)) for option in options]
        self.labels = [plain(option.label) for option in options]
        self.settled = any(option.verdict is not Verdict.UNKNOWN for option in options)

    def read(self, said: Line) -> Key | None:
        """An answer that stands on a line of its own."""
        name = normal(bare(said.text))
        one = self.by_name(name)
        spelt_out = one is not None and " " in name  # "[1, 2]" is no list of labels then
        if not spelt_out and (found := self.by_label(said)):
            return found
        if one is not None:
            return Key(frozenset((one,)), (said,))
        if self.settled or not name:
            return None
        if right := self.by_text(said):
            return Key(right, (said,))
        if (begun := self._begun(name)) is not None:
            self._say_similar(said, begun, similarity(self.names[begun], name))
            return Key(frozenset((begun,)), ())
        return None

    def read_below(self, blocks: Sequence[Block]) -> Key | None:
        """An answer below the words that announce it: a line, or a list of several."""
        texts = [block for block in blocks if not (block.shape is Shape.HTML and block.marker)]
        if not texts:
            return None
        if texts[0].shape is not Shape.ITEM:
            first = texts[0].text
            return self.read(first) if texts[0].shape in _TEXT else None
        right: set[int] = set()
        lines: list[Line] = []
        for block in texts:
            key = self.read(block.text) if block.shape is Shape.ITEM else None
            if key is None:
                break
            right |= key.right
            lines += key.lines
        return Key(frozenset(right), tuple(lines)) if right else None

    def read_end(self, block: Block) -> Key | None:
        """A short line in any language that ends with a colon and labels."""
        if len(block.text.text) > SHORT or not (match := _ENDS.search(block.text.text)):
            return None
        found = named(match[1])
        if not found or found.rest:
            return None
        right = self.places(found.labels, block.text)
        return Key(right, (block.text,)) if right else None

    def read_prose(self, block: Block) -> Key | None:
        """A sentence such as "The correct answer is b)" or "Верный ответ — Б"."""
        for line in block.lines:
            for match in _PROSE.finditer(line.text):
                if right := self.places((match["one"] or match["other"],), line):
                    return Key(right, ())
        return None

    # By label ------------------------------------------------------------------------------

    def by_label(self, said: Line) -> Key | None:
        found = named(said.text)
        if not found:
            return None
        more = tuple(m[1] for m in _MORE.finditer(found.rest)) if found.rest else ()
        right = self.places((*found.labels, *more), said) or self.places(found.labels, said)
        if not right:
            return None
        if found.rest and not more and len(right) == 1:
            self._check(min(right), found.rest, said)
        if not found.rest or self._repeats(found.rest):
            return Key(right, (said,))
        return Key(right, (), cut(said, len(said.text.rstrip()) - len(found.rest)))

    def _repeats(self, rest: str) -> bool:
        """Whether what follows a label is only the text of an option, or names more of them."""
        said = normal(bare(rest))
        return any(own.startswith(said) for own in self.names) or bool(_MORE.search(rest))

    def _check(self, at: int, rest: str, said: Line) -> None:
        """Tells of an answer whose letter names one option and whose text another."""
        text = normal(bare(rest))
        if text in self.names and self.names[at] != text:
            self.report.warning(
                "contradicting-answer",
                said.span,
                "the letter names one option, the text another",
                "correct one of them; the letter was believed",
            )

    def places(self, labels: Sequence[str], said: Line) -> frozenset[int]:
        """The options that labels name; nothing if one of them names none."""
        found = [self.place(plain(label), said) for label in labels]
        if None in found or len(set(found)) < len(found):
            return frozenset()
        return frozenset(at for at in found if at is not None)

    def place(self, label: str, said: Line) -> int | None:
        """The option that a label names: as typed, as it looks, by its place in its alphabet."""
        if label in self.labels:
            return self.labels.index(label)
        for twin in _looks_like(label):
            if twin in self.labels:
                at = self.labels.index(twin)
                self._say_taken("foreign-letter", said, at, "a letter of another alphabet")
                return at
        own = {alphabet for at, other in enumerate(self.labels) if other
               for alphabet, place in places(other) if place == at}  # fmt: skip
        lettered = own - {-1}
        for alphabet, at in places(label):
            if at >= len(self.options):
                continue
            if not own or alphabet in own:
                if not own:
                    self._say_taken("answer-by-place", said, at, "the options have no labels")
                return at
            if lettered and alphabet < 0:
                self._say_taken("answer-by-place", said, at, "a number for a letter")
                return at
        for _, at in places(label):
            if own and at < len(self.options) and not label.isdecimal():
                self._say_taken("foreign-letter", said, at, "a letter of another alphabet")
                return at
        return None

    def _say_taken(self, rule: str, said: Line, at: int, why: str) -> None:
        name = shortened(bare(self.options[at].text.markdown))
        self.report.info(rule, said.span, f"{why}, taken for “{name}”", "repeat the option's label")

    # By text -------------------------------------------------------------------------------

    def by_text(self, said: Line) -> frozenset[int]:
        """The options whose texts an answer repeats, be it misspelt."""
        text = bare(said.text)
        if (one := self._similar(text, said)) is not None:
            return frozenset((one,))
        parts = [part for part in _PARTS.split(text) if part.strip()]
        several = [self.by_name(normal(part)) for part in parts]
        if None in several:
            several = [self._similar(part, said) for part in parts]
        if len(parts) > 1 and None not in several:
            return frozenset(at for at in several if at is not None)
        return frozenset()

    def by_name(self, name: str) -> int | None:
        return self.names.index(name) if name and name in self.names else None

    def _similar(self, text: str, said: Line) -> int | None:
        """The one option that a text clearly resembles."""
        name = normal(text)
        if len(self.names) > MOST_COMPARED or not name:
            return None
        if name in self.names:
            return self.names.index(name)
        scores = [similarity(own, name) for own in self.names]
        at = max(range(len(scores)), key=scores.__getitem__)
        second = max(scores[:at] + scores[at + 1 :], default=0.0)
        numbers = [_NUMBERS.findall(one) for one in (self.names[at], name)]
        if scores[at] < ALIKE or scores[at] - second < CLEARLY or numbers[0] != numbers[1]:
            return None
        self._say_similar(said, at, scores[at])
        return at

    def _begun(self, name: str) -> int | None:
        """The one option that an answer begins with, or that begins with it."""
        begun = [n for n, own in enumerate(self.names) if own and name and _begins_one(name, own)]
        return begun[0] if len(begun) == 1 else None

    def _say_similar(self, said: Line, at: int, score: float) -> None:
        self.report.warning(
            "misspelt-answer",
            said.span,
            f"taken for the option “{shortened(bare(self.options[at].text.markdown))}”,"
            f" similarity {score:.0%}",
            "repeat the option's text, or its letter",
        )


SHORT = 100
CLEARLY = 0.05
"""How much more alike the best option must be than the second."""

_NUMBERS = re.compile(r"\d+")
_ENDS = re.compile(r"[:：]\s*([^:：]{1,30})$")
_MORE = re.compile(r"(?:[;,]|\bи\b|\band\b)\s*\(?([^\W\d_]|\d)[).](?=\s)")
_PARTS = re.compile(r"\s*(?:[,;/+]|\bи\b|\band\b|\bта\b|、)\s*")
_PROSE = re.compile(
    r"""(?:correct|right|верн\w+|правильн\w+|нужн\w+|правильна)\s+
    (?:answers?|options?|choices?|ответ\w*|вариант\w*|відповідь|выбор)?\s*(?:ответ\w*\s*)?
    (?:is|are|:|—|-|–|это|является|будет|под\s\w+|under)?\s*
    (?:indeed\s|option\s|choice\s|вариант\s|буква\s|пункт\s)?
    (?:[*_`"'«(]){0,4}(?P<one>[^\W\d_])(?:[*_`"'»)]|\.?(?=[\s,;.]|$)){1,4}(?![^\W_])
    | (?:option|choice|answer|вариант|ответ|пункт)\s
    [*_`"'«(]{0,4}(?P<other>[^\W\d_])[*_`"'»)]{0,4}\s
    (?:is|—|-|–)?\s*(?:the\s)?(?:correct|right|верн|правильн)""",
    re.IGNORECASE | re.VERBOSE,
)


def _begins_one(one: str, other: str) -> bool:
    """Whether one of two texts is the beginning of the other, in whole words."""
    return f"{one} ".startswith(f"{other} ") or f"{other} ".startswith(f"{one} ")


def _looks_like(label: str) -> list[str]:
    """Letters of other alphabets that look like a label."""
    return [
        *([TWINS[label]] if label in TWINS else ()),
        *(c for c, twin in TWINS.items() if twin == label),
    ]


def apply(key: Key, options: Sequence[Option], report: Report) -> tuple[Option, ...]:
    """The options with the verdicts of a key, if the list itself gave none; else it is compared."""
    given = [option.verdict for option in options]
    if all(verdict is Verdict.UNKNOWN for verdict in given):
        return tuple(
            replace(o, verdict=Verdict.CORRECT if n in key.right else Verdict.WRONG)
            for n, o in enumerate(options)
        )
    listed = {n for n, verdict in enumerate(given) if verdict is Verdict.CORRECT}
    disputed = {n for n, verdict in enumerate(given) if verdict is Verdict.DISPUTED}
    if key.lines and not listed <= key.right <= listed | disputed:
        report.warning(
            "contradicting-answer",
            key.lines[0].span,
            "the answer given here is not the one that is marked in the list",
            "correct one of them; the list was believed",
        )
    return tuple(options)

"""Quizzes for benchmarks: real ones read crudely from a folder, or made up from a seed."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BOX = re.compile(r"\s*[-*]\s*\[(.?)\]\s?(.*)")
LETTER = re.compile(r"\s*[-*]\s+[A-F]\s*[:\-]\s*(.*)")
HEAD = re.compile(r"(?:#{3,6}\s+.*\d.*|\d+\.\s+\S.*|question:.*)")
LABEL = re.compile(r"(?:#+\s+)?(?:question:\s*)?(?:\S{0,12}\s?\d+\s*[.:。]\s*)?")
FRONT_MATTER = re.compile(r"---$|documentation:|draft:")
OPEN = re.compile(r"^(?:[-*]|\d+\.) (.+?)\n\s*<details>(.*?)</details>", re.MULTILINE | re.DOTALL)
TRIVIA = re.compile(r"^#Q (.*?)^\^ (.*?)$(.*?)(?=^#Q |\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Raw:
    """A question as it was read: options with whether they are correct."""

    path: str
    stem: str
    options: tuple[tuple[str, bool], ...]
    explanation: str = ""


def read(path: Path) -> list[Raw]:
    """The questions below a folder, or in what `build-deck parse --format json` printed."""
    if path.is_file():
        parsed = _parsed(json.loads(path.read_text(encoding="utf-8")))
        return [raw for raw in parsed if _sound(raw)]
    found: list[Raw] = []
    for file in sorted(path.rglob("*")):
        if file.suffix in (".md", ".txt") and file.name != "SOURCE.txt":
            text = file.read_text(encoding="utf-8", errors="replace")
            found += _of_file(str(file.relative_to(path)), text)
    return found


def _parsed(document: dict) -> Iterator[Raw]:
    for file in document["files"]:
        for question in file["questions"]:
            options = tuple((o["text"], o["verdict"] == "correct") for o in question["options"])
            whys = " ".join(o["why"]["text"] for o in question["options"] if o["why"])
            told = (question["explanation"] or {"text": ""})["text"]
            yield Raw(file["path"], question["stem"]["text"], options, f"{told} {whys}".strip())


def _of_file(path: str, text: str) -> list[Raw]:
    if TRIVIA.search(text):
        return list(_trivia(path, text))
    listed = [raw for raw in _listed(path, text) if raw.options and _sound(raw)]
    opened = OPEN.finditer(text)
    return listed or [
        Raw(path, _plain(m[1]), (), _plain(re.sub("<[^>]+>", " ", m[2]))) for m in opened
    ]


def _sound(raw: Raw) -> bool:
    """Whether its texts tell it: options that are pictures, or were read badly, are all alike."""
    texts = {text for text, _ in raw.options}
    return bool(raw.stem) and len(texts) == len(raw.options) != 1


def _trivia(path: str, text: str) -> Iterator[Raw]:
    for m in TRIVIA.finditer(text):
        options = re.findall(r"^[A-Z] (.*)$", m[3], re.MULTILINE)
        yield Raw(
            path, _plain(m[1]), tuple((_plain(o), o.strip() == m[2].strip()) for o in options)
        )


def _listed(path: str, text: str) -> Iterator[Raw]:
    """Headings or numbers with a list of boxes or letters below; what follows explains."""
    part, stem, options, rest = "", [""], [["", False]], [""]
    fenced = False
    for line in [*text.splitlines(), "### 0"]:
        fenced ^= line.lstrip().startswith("```")
        box, letter = (BOX.match(line), LETTER.match(line)) if not fenced else (None, None)
        if not fenced and HEAD.fullmatch(line):
            if part:
                told = tuple((_plain(str(o)), bool(ok)) for o, ok in options)
                yield Raw(path, _plain("\n".join(stem)), told, _plain("\n".join(rest)))
            part, stem, options, rest = "stem", [LABEL.sub("", line, count=1)], [], []
        elif part != "rest" and (box or letter):
            found = [box[2], bool(box[1].strip())] if box else [letter[1], False]
            part = "options"
            options.append(found)
        elif part == "stem":
            stem += [line] if not FRONT_MATTER.match(line) else []
        elif part == "options" and line.strip() and not line.lstrip().startswith("<"):
            options[-1][0] = f"{options[-1][0]}\n{line}"
        elif part:
            part = "rest"
            rest.append(line)


def _plain(text: str) -> str:
    text = re.sub(r"^\s*```\w*\s*$", "", text, flags=re.MULTILINE)
    return " ".join(text.replace("**", "").replace("`", "").split())


def made_up(count: int, seed: int) -> list[Raw]:
    """Questions of frequent and rare words, as in a real course, fifty to a file."""
    rng = random.Random(seed)
    syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
    words = ["".join(rng.choices(syllables, k=rng.choice((1, 2, 2, 3, 3, 4)))) for _ in range(4000)]
    weights = [1 / (rank + 8) for rank in range(len(words))]

    def text(least: int, most: int) -> str:
        chosen = rng.choices(words, weights, k=rng.randint(least, most))
        if rng.random() < 0.1:
            chosen.insert(rng.randrange(len(chosen) + 1), str(rng.randint(2, 99)))
        return " ".join(chosen)

    found: list[Raw] = []
    for n in range(count):
        kind = rng.random()
        options: list[str] = []
        if kind < 0.1:
            options = ["True", "False"]
        elif kind < 0.9:
            options = [text(1, rng.choice((3, 12))) for _ in range(rng.randint(3, 6))]
        right = rng.randrange(max(1, len(options)))
        told = text(10, 40) if rng.random() < 0.6 or not options else ""
        choices = tuple((option, i == right) for i, option in enumerate(options))
        found.append(Raw(f"part-{n // 50:04}.md", f"{text(4, 18)}?", choices, told))
    return found

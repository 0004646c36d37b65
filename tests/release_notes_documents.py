"""Documents of release notes: Markdown that people read, in which each run of fences is a test.

Fences with the info string `before NAME` and `after NAME` hold the files of a deck in two
versions; the fence `notes` after them what learners are told. A version without a fence for a
file of the other does not have that file. `python tests/release_notes_documents.py FILE …` writes
the notes of today into the documents: read the difference before you commit it.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from builder import apkg, changes, files, ledger, opening, pipeline, release_notes, words
from builder.settings import Settings
from builder.source import Source

FOLDER = Path(__file__).parent / "spec" / "release-notes"
DAY = 86_400

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
"""A picture of one point; what follows its end makes it another file."""

FENCE = re.compile(
    r"^(?P<fence>`{3,}) *(?P<info>before|after|notes) *(?P<name>\S*)\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)

Files = Mapping[str, str]


class Case(NamedTuple):
    """Two versions and what is new; `name` is the heading above, and the line."""

    name: str
    language: str
    before: Files
    after: Files
    notes: str
    span: tuple[int, int]


def cases(document: Path) -> Iterator[Case]:
    text = document.read_text(encoding="utf-8")
    versions: dict[str, dict[str, str]] = {"before": {}, "after": {}}
    for match in FENCE.finditer(text):
        if match["info"] != "notes":
            versions[match["info"]][match["name"]] = match["text"]
            continue
        line = text.count("\n", 0, match.start()) + 1
        heading = HEADING.findall(FENCE.sub("", text[: match.start()]))[-1]
        name = f"{document.stem}: {heading}, line {line}"
        yield Case(name, document.stem, **versions, notes=match["text"], span=match.span("text"))
        versions = {"before": {}, "after": {}}


def opened(built: pipeline.Built) -> opening.Opened:
    """The package of a build as whoever gets it reads it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "deck.apkg"
        path.write_bytes(apkg.package(built.deck))
        return opening.open_package(path, Path(folder))


def releases(*versions: Files, language: str = "ru") -> Iterator[opening.Opened]:
    """The packages of a deck's versions, each built a day after the one before."""
    lock = None
    for day, version in enumerate(versions):
        built = pipeline.build(
            "Deck",
            [pipeline.File(name, name, text.encode()) for name, text in sorted(version.items())],
            Settings(language=language, name="Сети" if language == "ru" else "Networks"),
            files.templates(),
            lambda _file, name: PICTURE + name.encode(),
            pipeline.Release(1_700_000_000 + day * DAY, lock),
        )
        lock, found = ledger.read_lock(Source("deck.lock", ledger.lock_text(built.settled.lock)))
        assert not found
        yield opened(built)


def notes(case: Case) -> str:
    """What learners are told of the case, as text."""
    own = words.parse(files.templates()[f"words/{case.language}.toml"])
    found = changes.compare(*releases(case.before, case.after, language=case.language))
    return release_notes.as_text(release_notes.release_notes(found, own))


def accept(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for case in reversed(list(cases(document))):
        start, end = case.span
        text = text[:start] + notes(case) + text[end:]
    document.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for path in sys.argv[1:]:
        accept(Path(path))

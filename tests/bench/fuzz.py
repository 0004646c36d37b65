"""Fuzzing that follows which code an input reaches, with what tests/laws.py demands of any input.

    python tests/bench/fuzz.py reading|prose|packages|databases FOLDER [SECONDS] [SEED]

needs `pip install atheris`. FOLDER keeps the inputs that reached new code; those that break a law
are written to FOLDER/found, one for each place where it breaks. Prints what is found ("FOUND"), and
at the end how many inputs were tried and how many edges of our code they reached ("cov").
"""

import sqlite3
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import atheris

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

LONGEST = {"reading": 2_000, "prose": 600, "packages": 200_000, "databases": 200}
SLOW = 5.0  # seconds of processor time for one input

WORDS = [
    *(
        "# ",
        "## ",
        "\n- ",
        "\n* ",
        "\n1. ",
        "\n> ",
        "\n    ",
        "\n\n",
        "```",
        "~~~",
        "---\n",
        "|-|-|",
    ),
    *("<details>", "</details>", "<summary>", "<!--", "-->", "**", "__", "`", "$$", "\\(", "\\["),
    *(
        "[x] ",
        "[ ] ",
        "![a](b)",
        "[a]: b",
        "✅ ",
        "❌ ",
        "⚠️",
        "A) ",
        "А) ",
        "Answer: B",
        "ANSWER: A",
    ),
    *("Ответ: ", "Объяснение", "::T:: ", "{=a ~b}", "{T}", "{#1:2}", "#Q ", "^ ", "Q: ", "A: "),
    *("title: ", "tags: [a]", "question: ", "answer: ", "options:\n- a", "key: b", "\r", "\ufeff"),
    *("<script>", "onerror=", "javascript:", "&#106;", "<svg>", "<style>", "<math>", "<table><td>"),
    *("</p>", "{{", "[sound:", "[[type:", "\\href{", "https://e.org", "<!-- key: a -->", "РџСЂРё"),
]


def seeds(target: str) -> Iterator[bytes]:
    if target == "databases":
        yield from (bytes(200), bytes(range(200)), b"\x01\x00\x00\x01" + bytes(range(196)))
        return
    if target == "packages":
        import zstandard
        from test_opening import DATABASE, OURS, zipped

        yield OURS
        yield zipped({"collection.anki21": DATABASE, "media": b"{}"})
        yield zipped({"meta": b"\x08\x03", "collection.anki21b": zstandard.compress(DATABASE)})
        yield DATABASE
        yield b'{"1": {"id": 1, "name": "a", "flds": [{"name": "b", "ord": 0}]}}'
        return
    for folder in ("source", "tests/spec"):
        for path in sorted((ROOT / folder).rglob("*.md")):
            text = path.read_bytes()
            length = LONGEST[target]
            yield from (text[at : at + length] for at in range(0, len(text), length))


def law(target: str, folder: Path) -> Callable[[bytes], None]:
    import laws

    if target == "reading":
        return laws.assert_reading_is_sound
    if target == "prose":
        return lambda content: laws.assert_prose_is_safe(content.decode("utf-8", "replace"))
    if target == "databases":
        from test_opening import assert_a_comparison_is_told

        return lambda content: assert_a_comparison_is_told(content, folder)
    return lambda content: _open(content, folder)


def _open(content: bytes, folder: Path) -> None:
    """A package of these bytes; what begins like a database, or like JSON, is put into one."""
    import laws
    from test_opening import DATABASE, zipped

    if content.startswith(b"{"):
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(DATABASE)
            connection.execute("UPDATE col SET models = ?1, decks = ?1", [content])
            connection.commit()
            content = connection.serialize()
    if content.startswith(b"SQLite format 3"):
        content = zipped({"collection.anki2": content}, zipfile.ZIP_STORED)
    laws.assert_package_opens_or_says_why(content, folder)


class Watch:
    """Tries inputs and goes on after a find."""

    def __init__(self, obey: Callable[[bytes], None], folder: Path) -> None:
        self.obey, self.folder = obey, folder
        self.found: set[str] = set()

    def __call__(self, content: bytes) -> None:
        start = time.process_time()
        try:
            self.obey(content)
        except Exception as error:
            self.keep(f"{type(error).__name__}-{_where(error)}", content, str(error))
        took = time.process_time() - start
        if took > SLOW:
            self.keep(f"slow-{took:.0f}", content, f"{took:.1f} s")

    def keep(self, name: str, content: bytes, said: str) -> None:
        if name not in self.found:
            self.found.add(name)
            (self.folder / name).write_bytes(content)
            print(f"FOUND {name}: {said[:300]}", flush=True)


def _where(error: Exception) -> str:
    """The last place of ours that an error came through: in the code, or in the law it breaks."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if str(ROOT) in f.filename]
    ours = [f for f in frames if ".venv" not in f.filename][-1]
    return f"{Path(ours.filename).stem}-{ours.lineno}"


def main(target: str, folder: Path, seconds: int, seed: int) -> None:
    from tempfile import TemporaryDirectory

    corpus, given, found = (folder / name for name in ("corpus", "seeds", "found"))
    for each in (corpus, given, found):
        each.mkdir(parents=True, exist_ok=True)
    quoted = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in WORDS)
    (folder / "dictionary").write_text("".join(f'"{word}"\n' for word in quoted))
    with TemporaryDirectory() as scratch:
        with atheris.instrument_imports(include=["builder"], enable_loader_override=False):
            watch = Watch(law(target, Path(scratch)), found)
            for number, content in enumerate(seeds(target)):
                (given / str(number)).write_bytes(content)
                watch(content)  # what is imported late is imported now
        options = [
            f"-max_total_time={seconds}", f"-max_len={LONGEST[target]}", f"-seed={seed}",
            f"-dict={folder / 'dictionary'}", "-timeout=120", "-rss_limit_mb=4096",
            "-print_final_stats=1", "-reload=0", f"-artifact_prefix={found}/",
        ]  # fmt: skip
        atheris.Setup([sys.argv[0], *options, str(corpus), str(given)], watch)
        atheris.Fuzz()


if __name__ == "__main__":
    given = sys.argv[3:]
    main(sys.argv[1], Path(sys.argv[2]), int((given or ["600"])[0]), int([*given, 0, 1][1] or 1))

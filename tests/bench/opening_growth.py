"""The growth of opening: what a hostile or a huge package of 1, 2, 4 and 8 times a size costs.

    python tests/bench/opening_growth.py [NAME ...]

Prints for each kind of package the seconds and the megabytes of memory that opening it takes at
each size, what comes of it, and the exponent of the growth in time from the first to the last;
about 1 is linear. Each is opened in a process of its own.
"""

import math
import re
import sqlite3
import sys
import time
import zipfile
from collections.abc import Callable, Iterable
from contextlib import closing
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

import genanki

from builder.opening import NotAPackage, open_package

STEPS = (1, 2, 4, 8)
COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) "
NOTE = "INSERT INTO notes SELECT i, 'g' || i, 1, 1, 0, '', {}, 1, 1, 0, '' FROM n"
CARD = "INSERT INTO cards SELECT i, i, 1, 0, 0, 0, 0, 0, i, 0, 0, 0, 0, 0, 0, 0, 0, '' FROM n"


def notes(number: int, fields: str) -> str:
    return COUNT.format(number) + NOTE.format(fields)


PACKAGES: dict[str, Callable[[int], Iterable[str]]] = {
    "notes": lambda n: [notes(60_000 * n, "'stem' || i || char(31) || 'answer'")],
    "cards": lambda n: [COUNT.format(300_000 * n) + CARD],
    "fields of a note": lambda n: [
        notes(1, f"replace(hex(zeroblob({5 * 10**6 * n})), '0', char(31))")
    ],
    "text of a note": lambda n: [notes(1, f"replace(hex(zeroblob({5 * 10**6 * n})), '00', 'я')")],
    "astral text": lambda n: [notes(1, f"replace(hex(zeroblob({25 * 10**5 * n})), '00', '🎯')")],
    "tables": lambda n: [f"CREATE TABLE t{at} (a, b, c, d)" for at in range(2_000 * n)],
    "nested JSON": lambda n: [f"UPDATE col SET models = '{'[' * 10**6 * n}'"],
    "decks in JSON": lambda n: [f"UPDATE col SET decks = '{objects(50_000 * n)}'"],
    "a text for all notes": lambda n: [
        "DROP TABLE notes",
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, guid, mid, mod, tags)",
        COUNT.format(10_000) + "INSERT INTO notes SELECT i, i, 1, 1, '' FROM n",
        f"ALTER TABLE notes ADD COLUMN flds DEFAULT '{'x' * 10_000 * n}'",
    ],
    "a bomb of Zstandard": lambda _: [],
}


def objects(number: int) -> str:
    return "{" + ",".join(f'"{at}":{{"name":"deck"}}' for at in range(number)) + "}"


def write(path: Path, name: str, n: int) -> None:
    if name.startswith("a bomb"):
        write_bomb(path, 100 * n)
        return
    database = path.with_suffix(".anki2")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        genanki.Package([]).write_to_db(connection.cursor(), 0.0, iter(()))
        for statement in PACKAGES[name](n):
            connection.execute(statement)
        connection.commit()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(database, "collection.anki2")
    database.unlink()


def write_bomb(path: Path, megabytes: int) -> None:
    import zstandard

    packed = BytesIO()
    with zstandard.ZstdCompressor().stream_writer(packed, closefd=False) as packer:
        for _ in range(megabytes):
            packer.write(bytes(1 << 20))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("meta", b"\x08\x03")
        archive.writestr("collection.anki21b", packed.getvalue())


def opened(path: Path, answer) -> None:
    start = time.process_time()
    try:
        found = open_package(path, path.parent)
        said = f"{len(found.notes):,} notes, {found.cards:,} cards"
    except NotAPackage as error:
        said = str(error)
    answer.send((time.process_time() - start, peak(), said))


def peak() -> int:
    """The most memory that this process had since its program was started, in megabytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) // 1000


def measured(path: Path) -> tuple[float, int, str]:
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=opened, args=(path, there))
    process.start()
    there.close()
    answer = here.recv()
    process.join()
    return answer


def main(chosen: Iterable[str]) -> None:
    print(f"{'':>22}" + "".join(f"{f'x{n}':>18}" for n in STEPS) + "   growth")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "package.apkg"
        for name in chosen:
            costs = []
            for n in STEPS:
                write(path, name, n)
                costs.append(measured(path))
            figures = "".join(f"{seconds:>9.2f} s{used:>4} MB" for seconds, used, _ in costs)
            growth = math.log(costs[-1][0] / costs[0][0]) / math.log(STEPS[-1] / STEPS[0])
            print(f"{name:>22}{figures}{growth:>9.2f}   {costs[-1][2]}")


if __name__ == "__main__":
    main(sys.argv[1:] or PACKAGES)

"""How fast a build is beside a script that one would write in an evening, from N questions to 10 N.

    python tests/bench/speed.py [N ...] [--only NAME ...]

For each N (300 unless named; 1000 10000 100000 are those of the README) it makes a course and
prints processor time, time on the wall, the peak of memory of any one process, the size of the
package, and both times as shares of the naive script's; then what writing the package takes (package.py). Ratios of one run are what counts: trust
those on the wall only where nothing else runs.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import course

BUILD_DECK = [sys.executable, "-m", "builder"]


@dataclass(frozen=True)
class Cost:
    """Seconds of processor, seconds on the wall, MB at the peak, bytes written."""

    cpu: float
    wall: float
    memory: float
    size: int = 0


def run(*command: str | Path, cwd: Path, cache: Path, output: str = "") -> Cost:
    """What a command costs, with all the processes that it starts.

    Modules are compiled once, as an installer does, whatever the environment says of that.
    """
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent.parent)}
    environment |= {"BUILD_DECK_CACHE_DIR": str(cache), "SOURCE_DATE_EPOCH": "1700000000"}
    environment |= {"PYTHONPYCACHEPREFIX": str(cache.with_name("compiled"))}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1), f"{command} ended with {process.returncode}"
    size = sum(path.stat().st_size for path in cwd.glob(output)) if output else 0
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, size)


def edit(folder: Path) -> None:
    """Changes a word of one question."""
    path = max(folder.glob("*.md"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("?**", " ныне?**", 1), encoding="utf-8")


def edit_a_tenth(folder: Path) -> None:
    """Changes a word of every tenth question, in all files."""
    for path in folder.glob("*.md"):
        pieces = path.read_text(encoding="utf-8").split("?**")
        pieces[:-1:10] = [f"{piece} ныне" for piece in pieces[:-1:10]]
        path.write_text("?**".join(pieces), encoding="utf-8")


def costs(questions: int, folder: Path, only: set[str]) -> Iterator[tuple[str, Cost]]:
    source, cache = folder / "source", folder / "cache"
    course.write(questions, source)
    ours = "dist/source.apkg"

    def measure(*command: str | Path, output: str = "") -> Cost:
        return run(*command, cwd=folder, cache=cache, output=output)

    course.write(20, folder / "first" / "source")
    for command in (BUILD_DECK, [sys.executable, HERE / "naive.py", "source", "naive.apkg"]):
        run(*command, cwd=folder / "first", cache=cache)
    steps = {
        "python -c pass": lambda: measure(sys.executable, "-c", "pass"),
        "--help": lambda: measure(*BUILD_DECK, "--help"),
        "naive script": lambda: measure(
            sys.executable, HERE / "naive.py", source, "naive.apkg", output="naive.apkg"
        ),
        "cold": lambda: measure(*BUILD_DECK, "build", output=ours),
        "no change": lambda: measure(*BUILD_DECK, "build", output=ours),
        "one question changed": lambda: (edit(source), measure(*BUILD_DECK, output=ours))[1],
        "a tenth changed": lambda: (edit_a_tenth(source), measure(*BUILD_DECK, output=ours))[1],
        "check": lambda: measure(*BUILD_DECK, "check"),
        "parse": lambda: measure(*BUILD_DECK, "parse", "source"),
    }
    for name, step in steps.items():
        if not only or name in only:
            yield name, step()


def shown(cost: Cost, naive: Cost | None) -> str:
    size = f"{cost.size / 1e6:9.2f} MB" if cost.size else " " * 12
    figures = f"{cost.cpu:9.3f} s {cost.wall:9.3f} s {cost.memory:7.0f} MB {size}"
    if naive is None or cost is naive:
        return figures
    return f"{figures}   1/{naive.cpu / cost.cpu:<7.1f} 1/{naive.wall / cost.wall:<7.1f}"


def main(numbers: list[int], only: set[str]) -> None:
    for number in numbers:
        print(f"\n{number:,} questions")
        print(
            f"{'':24}{'processor':>11} {'wall':>11} {'memory':>10} {'package':>12}   share of naive"
        )
        naive = None
        with TemporaryDirectory() as temporary:
            for name, cost in costs(number, Path(temporary), only):
                naive = cost if name == "naive script" else naive
                print(f"{name:24}{shown(cost, naive)}", flush=True)
            if package := next(Path(temporary).glob("dist/*.apkg"), None):
                subprocess.run([sys.executable, HERE / "package.py", package], check=True)


if __name__ == "__main__":
    names = sys.argv[sys.argv.index("--only") + 1 :] if "--only" in sys.argv else []
    given = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    main(given or [300], set(names))

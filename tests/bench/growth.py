"""The growth of a whole build: what a hostile file of 1, 2, 4 and 8 times a size costs.

    python tests/bench/growth.py [BYTES] [NAME ...]

Prints for each kind of file the seconds of processor time and the peak of memory in MB at each
size, and the exponent of the time from the first size to the last; about 1 is linear. Each is
measured in a process of its own, without the time and memory that Python and an empty build take.
"""

import math
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

STEPS = (1, 2, 4, 8)
TOO_STEEP, TOO_SHORT_TO_TELL, TOO_LONG = 1.15, 0.2, 60

QUESTION = "## Вопрос {n}\n\nЧто делает слой {n}?\n\n* ✅ Одно {n}\n* ❌ Другое {n}\n\n"
HEAD = "## Вопрос 1\n\nЧто верно?\n\n* ✅ Одно\n* ❌ Другое\n\n"


def _times(piece: str) -> Callable[[int], str]:
    return lambda size: HEAD + piece * (size // len(piece.encode()))


def _numbered(piece: str) -> Callable[[int], str]:
    def file(size: int) -> str:
        length = len(piece.replace("{n}", "1000").encode())
        return HEAD + "".join(piece.replace("{n}", str(n)) for n in range(size // length))

    return file


FILES: dict[str, Callable[[int], str]] = {
    "questions": _numbered(QUESTION),
    "twin questions": _times(QUESTION),
    "options": _numbered("* ❌ Ответ {n}\n"),
    "lettered options": _numbered("А) ответ {n}\n"),
    "check boxes": _numbered("- [ ] ответ {n}\n"),
    "gift": _numbered("Что {n}? {{=a{n} ~b ~c}}\n\n".replace("{{", "{").replace("}}", "}")),
    "gift without an end": _times("{=a ~b "),
    "aiken": _numbered("Что {n}?\nA. да\nB. нет\nANSWER: A\n\n"),
    "headings": _numbered("# Тема {n}\n\n"),
    "deeper headings": _times("# a\n## b\n### c\n#### d\n##### e\n###### f\n"),
    "reasons": _numbered("#### ✅ **Ответ {n}** — потому\n\nПричина {n}.\n\n"),
    "nested lists": lambda size: (
        HEAD + "\n".join("  " * min(n, 99) + "- a" for n in range(size // 200))
    ),
    "lists in a line": _times("- "),
    "quotes in a line": _times("> "),
    "brackets": _times("["),
    "nested links": _times("[a]("),
    "link definitions": _numbered("[a{n}]: https://e.org/{n}\n"),
    "uses of links": _numbered("[a{n}][a{n}] "),
    "stars": _times("*"),
    "openers": _times("*a _b "),
    "backticks": lambda size: HEAD + "".join("e" + "`" * (n % 200) for n in range(size // 100)),
    "fences": _times("```\n"),
    "dollars": _times("$a "),
    "one line": _times("слово "),
    "one word": _times("я"),
    "empty lines": _times("\n"),
    "spaces": _times(" "),
    "tabs": _times("\t"),
    "rules": _times("---\n"),
    "rows": _times("|a|b|\n"),
    "columns": lambda size: (
        f"{HEAD}{'|a' * (size // 6)}\n{'|-' * (size // 6)}\n{'|b' * (size // 6)}\n"
    ),
    "elements": _times("<div>"),
    "details": _times("<details><summary>a</summary>\n\n"),
    "comments without an end": _times("<!-- a\n"),
    "angles": _times("<"),
    "entities": _times("&amp;"),
    "marks": _times("✅❌ "),
    "bold lines": _numbered("**Вопрос {n}**\n\n"),
    "numbered lines": _numbered("{n}. Что верно?\n"),
    "answers": _numbered("Ответ: {n}\n"),
    "mojibake": _times("РџСЂРёРІРµС‚ "),
    "front matter": lambda size: "---\n" + "a: b\n" * (size // 5) + "---\n" + HEAD,
    "signs": _times("#*_[]()`$<>!|~ \n"),
}


def measure(name: str, size: int) -> tuple[float, float]:
    """Seconds and MB of a build, in a process of its own; endless where it takes too long."""
    done = subprocess.run(
        [sys.executable, __file__, "--one", name, str(size)],
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (TOO_LONG, TOO_LONG)),
    )
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return math.inf, math.nan
    assert done.returncode == 0, done.stderr.decode()
    seconds, memory = done.stdout.split()[-2:]
    return float(seconds), float(memory)


def one(name: str, size: int) -> None:
    from reviewer import TEMPLATES

    from builder import pipeline
    from builder.settings import Settings

    def build(text: str) -> None:
        file = pipeline.File("q.md", "q.md", text.encode())
        release = pipeline.Release(1_700_000_000)
        pipeline.build("a", [file], Settings(), TEMPLATES, lambda *_: None, release)

    build(HEAD)
    text, before = FILES[name](size), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    build(text)
    seconds = time.process_time() - start
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{seconds:.4f} {grown / 1024:.1f}")


def main(size: int, names: list[str]) -> None:
    print(f"{'':26}{'exponent':>9}" + "".join(f"{size * step:>18,}" for step in STEPS))
    for name in names or FILES:
        costs = []
        for step in STEPS:
            costs.append(measure(name, size * step))
            if costs[-1][0] == math.inf:
                break
        exponent = math.log(max(costs[-1][0], 1e-4) / max(costs[0][0], 1e-4), STEPS[len(costs) - 1])
        steep = exponent > TOO_STEEP and costs[-1][0] > TOO_SHORT_TO_TELL
        shown = "".join(f"{seconds:>9.2f} s {memory:>4.0f} MB" for seconds, memory in costs)
        print(f"{name:26}{exponent:>9.2f}{shown}{'  steep' * steep}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]))
    else:
        numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
        main(*(numbers or [50_000]), [name for name in sys.argv[1:] if not name.isdigit()])

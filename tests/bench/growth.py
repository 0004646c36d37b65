"""The growth of a whole build: what a hostile file of 1, 2, 4 and 8 times a size costs.

    python tests/bench/growth.py [BYTES] [NAME ...]
    python tests/bench/growth.py largest [NAME ...]

Prints for each kind of file the seconds of processor time and the peak of memory in MB at each
size, and the exponents of both from the first size to the last; about 1 is linear. Or it prints what
the largest file takes that is read at all: `files.LARGEST` bytes, or `files.MOST_LINES` lines. Each
is measured in a process of its own, without the time and memory that Python and an empty build
take; growth in two, of which the better counts, as other work on the machine costs time too.
"""

import math
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from builder import files

STEPS = (1, 2, 4, 8)
TOO_STEEP, TOO_SHORT_TO_TELL, TOO_FEW_MB, TOO_LONG = 1.15, 0.2, 20, 600

QUESTION = "## Вопрос {n}\n\nЧто делает слой {n}?\n\n* ✅ Одно {n}\n* ❌ Другое {n}\n\n"
HEAD = "## Вопрос 1\n\nЧто верно?\n\n* ✅ Одно\n* ❌ Другое\n\n"


def _times(piece: str) -> Callable[[int], str]:
    return lambda size: HEAD + piece * (size // len(piece.encode()))


def _numbered(piece: str) -> Callable[[int], str]:
    def file(size: int) -> str:
        length = len(piece.replace("{n}", "1000").encode())
        return HEAD + "".join(piece.replace("{n}", str(n)) for n in range(size // length))

    return file


def _alone(piece: str) -> Callable[[int], str]:
    """Nothing but pieces, so that the file is read as they are written."""
    return lambda size: _numbered(piece)(size).removeprefix(HEAD)


def _with_a_sheet(row: str, above: str = "", below: str = "") -> Callable[[int], str]:
    def file(size: int) -> str:
        questions = _alone("{n}. Что делает слой {n}?\n\nА) Одно\nБ) Другое\n\n")(size * 9 // 10)
        rows = (row.replace("{n}", str(n)) for n in range(questions.count("А)")))
        return f"{questions}## Ответы\n\n{above}{''.join(rows)}{below}"

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
    "notes of Obsidian_to_Anki": _alone("START\nBasic\nЧто {n}?\nBack: Это.\nEND\n\n"),
    "notes without an end": _times("START\nBasic\nЧто?\n\n"),
    "forms of HTML": _alone(
        "### {n}. Что?\n\n<form>\n<input type=radio> Да\n<input type=radio checked> Нет\n</form>\n\n"
    ),
    "inputs in a line": _alone("<input type=radio> <label> </label>"),
    "older quizzes of MkDocs": _alone(
        "<?quiz?>\nquestion: Что {n}?\nanswer: да\nanswer-correct: нет\ncontent:\n<?/quiz?>\n\n"
    ),
    "quizzes of MkDocs without an end": _times("<?quiz?>\n\nquestion: Что?\n\n"),
    "text2qti": _alone("1. Что {n}?\n... Так.\n*a) да\n... Верно.\nb) нет\n\n"),
    "trivia": _alone("#Q Что делает слой {n}?\n^ Одно\nA Одно\nB Другое\n\n"),
    "letters": _alone("{n}. Что делает слой {n}?\n\nА) Одно\nБ) Другое\n\nОтвет: Б\n\n"),
    "a sheet of answers": _with_a_sheet("{n}. Б\n"),
    "sheets with headings": _alone(
        "# Часть {n}\n\n## Вопрос 1\n\nЧто?\n\nА) Да\nБ) Нет\n\n## Вопрос 2\n\nЧто?\n\nА) Да\nБ) Нет\n\n"
        "# Ответы\n\n## Вопрос 1\n\nА\n\n## Вопрос 2\n\nБ\n\n"
    ),
    "lists of answers": _alone(
        "# Часть {n}\n\n1. Что это?\n2. Что то?\n\nОтветы:\n\n1. Это {n}\n2. То\n\n"
    ),
    "a sheet in a line": _with_a_sheet("{n}. Б "),
    "a sheet as a table": _with_a_sheet("| {n} | Б |\n", "| № | Ответ |\n|---|---|\n"),
    "a sheet in a fence": _with_a_sheet("{n}. Б\n", "```\n", "```\n"),
    "bold answers": _alone("### Вопрос {n}\n\nЧто делает слой {n}?\n\n* Одно\n* **Другое**\n\n"),
    "plain lists": _alone(
        "{n}. Что делает {n}?\n\n    - Одно\n    - Другое\n\n    Ответ: Одно\n\n"
    ),
    "boxes": _alone("#### Q{n}. Что делает слой {n}?\n\n- [ ] Одно\n- [x] Другое\n\n"),
    "pluses": _alone("Что делает слой {n}?\n\n+ Одно\n- Другое\n\n"),
    "cards": lambda size: "#flashcards\n\n" + _alone("Что делает слой {n}?::Одно {n}.\n\n")(size),
    "cards that turn": lambda size: "#flashcards\n\n" + _alone("Слой {n}?\n?\nОдно.\n\n")(size),
    "quizzes in tags": _alone("<quiz>\nЧто делает {n}?\n- [ ] Одно\n- [x] Другое\n</quiz>\n\n"),
    "containers": _alone(
        "**{n}. Что делает {n}?**\n\n- а) Одно\n- б) Два\n\n::: details Ответ\nб\n:::\n\n"
    ),
    "challenges": _alone("::: challenge\n## Слой {n}\n\nЧто?\n\n::: solution\nОдно.\n:::\n:::\n\n"),
    "components": _alone(
        '### {n}. Что?\n\n<Question\n choices={[\n{ text: "Одно", correct: true },\n'
        '{ text: "Другое" },\n]}\n/>\n\n'
    ),
    "components without an end": _times("<A\n"),
    "branches without an end": _times("{:else}\n\nа\n\n"),
    "directives in fences": _alone("## Что делает {n}?\n\n```{dropdown} Ответ\nОдно.\n```\n\n"),
    "tables of questions": lambda size: (
        "| № | Вопрос | А | Б | Ответ |\n|---|---|---|---|---|\n"
        + _alone("| {n} | Что делает слой {n}? | Одно | Другое | Б |\n")(size)
    ),
    "open questions": _alone("## Что делает слой {n}?\n\nОдно.\n\n"),
    "headings": _numbered("# Тема {n}\n\n"),
    "deeper headings": _times("# a\n## b\n### c\n#### d\n##### e\n###### f\n"),
    "reasons": _numbered("#### ✅ **Ответ {n}** — потому\n\nПричина {n}.\n\n"),
    "nested lists": lambda size: (
        HEAD + "\n".join("  " * min(n, 99) + "- a" for n in range(size // 200))
    ),
    "lists in a line": _times("- "),
    "quotes in a line": _times("> "),
    "brackets": _times("["),
    "brackets of formulas": _times("\\("),
    "tags that open": _times("<details>"),
    "tags that close": _times("</details>"),
    "breaks": _times("<br>"),
    "quotes down to a fence": lambda size: "> " * (size // 2) + "```",
    "comments in a line": _times("а <!--"),
    "colons in a directive": lambda size: "::: a " + ": " * (size // 2) + "x",
    "dots in a directive": lambda size: ":::B" + "www." * (size // 4) + ">",
    "spaces in a line": lambda size: "Вопрос?" + " " * size + ")",
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
    "colon fences without an end": _times("::: a\n"),
    "shortcodes without an end": _times("{{< a >}}\n{{< /b >}}\n"),
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


def largest(name: str) -> int:
    """The size from which a kind of file is refused."""
    lines = FILES[name](1 << 20).count("\n") / (1 << 20)
    return min(files.LARGEST, int(files.MOST_LINES / lines)) if lines else files.LARGEST


def exponent(costs: Sequence[float]) -> float:
    return math.log(max(costs[-1], 1e-4) / max(costs[0], 1e-4), STEPS[len(costs) - 1])


def print_growth(size: int, names: Iterable[str]) -> None:
    print(f"{'':26}{'exponents':>12}" + "".join(f"{size * step:>18,}" for step in STEPS))
    for name in names:
        costs = []
        for step in STEPS:
            twice = [measure(name, size * step) for _ in range(2)]
            costs.append((min(took for took, _ in twice), min(taken for _, taken in twice)))
            if costs[-1][0] == math.inf:
                break
        seconds, memory = zip(*costs, strict=True)
        time_grows, memory_grows = exponent(seconds), exponent(memory)
        steep = time_grows > TOO_STEEP and seconds[-1] > TOO_SHORT_TO_TELL
        steep |= memory_grows > TOO_STEEP and memory[-1] > TOO_FEW_MB
        shown = "".join(f"{took:>9.2f} s {taken:>4.0f} MB" for took, taken in costs)
        figures = f"{name:26}{time_grows:>6.2f}{memory_grows:>6.2f}{shown}"
        print(figures + "  steep" * steep, flush=True)


def print_largest(names: Iterable[str]) -> None:
    for name in names:
        size = largest(name)
        took, taken = measure(name, size)
        print(f"{name:26}{size:>12,}{took:>9.2f} s {taken:>6.0f} MB", flush=True)


def main(*arguments: str) -> None:
    chosen = [name for name in arguments if name in FILES] or FILES
    if "largest" in arguments:
        print_largest(chosen)
    else:
        print_growth(*([int(each) for each in arguments if each.isdigit()] or [50_000]), chosen)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]))
    else:
        main(*sys.argv[1:])

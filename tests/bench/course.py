"""A course of exam questions as a group writes them, of any size and always the same.

A question takes about 1.5 kB: six options with reasons, code, nested lists, tables, formulas.
"""

import random
from pathlib import Path

ROOTS = "сет сло град свёрт вниман декод функц потер батч норм вес метрик ядр выбор признак шум"
BEFORE = ["", "пре", "про", "рас", "без", "сверх", "под", "над", "меж", "авто", "мета", "гипер"]
AFTER = ["", "ами", "ный", "ность", "ом", "у", "овый", "ах", "ия", "ость", "ика", "ация", "ает"]
WORDS = [before + root + after for before in BEFORE for root in ROOTS.split() for after in AFTER]
NAMES = "backprop BatchNorm Dropout ReLU LSTM softmax Adam ResNet attention BERT k-means XGBoost"
CODE = ["max(0, x)", "p=0.5", "a < b", "nn.Linear(128, 10)", "model.eval()", "dict[str, int]"]
PYTHON = "def relu(x, slope={n}):\n    # логиты\n    return x if x > 0 else slope * x"
SQL = "SELECT name, COUNT(*) AS n FROM cards\nWHERE due < {n} GROUP BY name ORDER BY n DESC;"
PER_FILE = 100


def write(questions: int, folder: Path, per_file: int = PER_FILE) -> int:
    """Writes the files of a course; gives their size in bytes."""
    folder.mkdir(parents=True)
    size = 0
    for first in range(0, questions, per_file):
        part = first // per_file + 1
        numbers = range(first, min(questions, first + per_file))
        text = f"# Тема {part}\n\n" + "\n".join(map(question, numbers))
        size += (folder / f"part-{part:04}.md").write_bytes(text.encode())
    return size


def question(number: int) -> str:
    """The Markdown of one question."""
    chance = random.Random(number)

    def words(least: int, most: int) -> list[str]:
        return [
            chance.choice(NAMES.split()) if chance.random() < 0.1 else chance.choice(WORDS)
            for _ in range(chance.randint(least, most))
        ]

    def sentence(least: int, most: int) -> str:
        said = words(least, most)
        at, mark = chance.randrange(len(said)), chance.choice(["", "", "**", "*", "`"])
        said[at] = f"{mark}{chance.choice(CODE) if mark == '`' else said[at]}{mark}"
        return " ".join(said).capitalize() + "."

    options = [" ".join(words(1, 3)) for _ in range(3)] + [f"`{chance.choice(CODE)}` {number % 97}"]
    options += [f"**{' '.join(words(1, 2))}**", f"{' '.join(words(2, 4))} {number}"]
    chance.shuffle(options)
    right = {0: 1, 1: 1, 2: 2}[chance.randrange(3)]
    marks = chance.sample(["✅"] * right + ["❌"] * (6 - right), 6)
    marked = [f"{mark} {option}" for mark, option in zip(marks, options, strict=True)]
    extras = [
        f"```python\n{PYTHON.format(n=number)}\n```",
        f"```sql\n{SQL.format(n=number)}\n```",
        f"| Слой | Веса |\n|---|---:|\n| {words(1, 1)[0]} | {number} |\n| {words(1, 1)[0]} | 0 |",
        f"- {sentence(2, 4)}\n  - {sentence(2, 4)}\n  - {sentence(2, 3)}\n- {sentence(2, 4)}",
        f"Формула: $x_{{{number}}}^2 + \\frac{{1}}{{n}}$ при `n = {number}`.",
        f"1. {sentence(3, 5)}\n2. {sentence(3, 5)}",
    ]
    parts = [f"## Задание {number + 1}", f"**{' '.join(words(6, 10)).capitalize()}?**"]
    parts += [chance.choice(extras[:2])] if chance.random() < 0.2 else []
    parts += ["Выберите подходящие ответы:", "\n".join(f"* {option}" for option in marked)]
    parts += ["---", "### Объяснение", sentence(5, 8)]
    parts += [f"#### {option}\n\n- {sentence(3, 4)}" for option in marked]
    parts += [chance.choice(extras)]
    return "\n\n".join(parts) + "\n"

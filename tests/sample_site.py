"""A deck that shows what a site can: several topics, code, formulas, findings, an open question."""

import random
import time
from contextlib import suppress
from pathlib import Path

from command import SEED

from builder import files, pipeline
from builder.cli.inputs import read_settings
from builder.cli.ledgers import read_ledger
from builder.cli.publishing import site_of
from builder.site import pages

ATTENTION = r"""# Внимание и трансформеры

## Вопрос 1

Какую форму имеет `out` после выполнения кода?

```python
q = torch.randn(8, 12, 128, 64)  # батч, головы, длина, d_k
out = (F.softmax(scores, -1) @ v).reshape(8, 128, -1)
```

- [ ] `(8, 12, 128, 64)`
- [x] `(8, 128, 768)`
- [ ] `(8, 128, 256)`
- [ ] Код завершится ошибкой

Пояснение: головы складываются: $12 \cdot 64 = 768$.

## Вопрос 2

Чему равно внимание $\mathrm{Attention}(Q, K, V)$?

- [x] $\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V$
- [ ] $\mathrm{softmax}(QK^\top)V$
- [ ] $\mathrm{softmax}\left(\frac{QK^\top}{d_k}\right)V$

Пояснение:

$$\mathrm{Attention}(Q, K, V) = \mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V$$

| Шаг | Выражение |
|---|---|
| Оценки | $QK^\top$ |

## Вопрос 3

Что произойдёт, если не применять маску к будущим токенам при обучении декодера?

- [ ] Ничего не изменится
- [ ] Закончится память
"""

OPEN = """# Открытые вопросы

## Вопрос 1

Почему скалярные произведения делят на корень из размерности ключа?

<details><summary>Ответ</summary>

Чтобы дисперсия не росла вместе с размерностью.

</details>
"""

ENGLISH = """# Convolutional networks

## Question 1

Which layers have weights to learn?

- [x] Convolution
- [ ] Max pooling
- [ ] ReLU

Explanation: pooling and ReLU are fixed functions.

#### Max pooling

It takes the largest value of a window.

## Question 2

How many parameters has `Conv2d(3, 8, kernel_size=3)` with a bias?

- [ ] 72
- [x] $3 \\cdot 8 \\cdot 3^2 + 8 = 224$
- [ ] 216

## Question 3

Why does a residual connection help a deep network to learn?

<details><summary>Answer</summary>

The gradient reaches early layers unweakened.

</details>

## Question 4

Which of these is a loss?

- [ ] Adam
- [ ] Dropout
"""

NASTY = [
    "`<script>alert(1)</script>`",
    "<b>жирный</b> и &lt;i&gt;",
    "{{Stem}} и {{#Title}}x{{/Title}}",
    "{{c1::пропуск}}",
    r"$x < y \& z$",
    r"$\frac{a}{b}$ и `\(не формула\)`",
    r"$\unknown{x}$",
    "\"кавычки\" и 'апострофы'",
    "<!-- замечание --> после",
    "a & b &amp; c &nbsp; d",
    "~~зачёркнуто~~ **<** *>*",
    "[ссылка](https://example.org/?a=1&b=2)",
    "emoji 👩‍🔬 и é",
    "$$\\sum_{i=1}^n x_i$$",
    "| a | b |\n|---|---|\n| 1 | `|` |",
    '```html\n<div class="x">\n\n  {{Stem}}\n</div>\n```',
]


def generated(number: int) -> str:
    """So many questions made of nasty snippets, the same every time."""
    chance = random.Random(7)
    lines = ["# Сгенерированные\n"]
    for at in range(number):
        stem, explanation = (chance.choice(NASTY) for _ in range(2))
        lines.append(f"## Вопрос {at}\n\nЧто верно о числе {at}?\n\n{stem}\n")
        for k in range(chance.randint(2, 5)):
            inline = chance.choice(
                [text for text in NASTY if "\n" not in text and "$$" not in text]
            )
            lines.append(f"- [{'x' if k == at % 2 else ' '}] {k}: {inline}")
        lines.append(f"\nПояснение:\n\n{explanation}\n")
    return "\n".join(lines)


def write_sources(folder: Path, **more: str) -> Path:
    """The folder `source` of the sample, with more files in it."""
    source = folder / "source"
    source.mkdir()
    seed = SEED.read_text(encoding="utf-8")
    texts = {"dl-nlp-cv": seed, "внимание": ATTENTION, "открытые": OPEN, **more}
    for name, text in texts.items():
        (source / f"{name}.md").write_text(text, encoding="utf-8")
    (source / "deck.toml").write_text(
        'name = "DL + NLP + CV"\nuid = "dl"\nrepository = "https://github.com/group/quiz"\n',
        encoding="utf-8",
    )
    return source


def write_english(folder: Path) -> Path:
    """A folder `source` with one topic in English, one of its questions without an answer."""
    source = folder / "source"
    source.mkdir()
    (source / "networks.md").write_text(ENGLISH, encoding="utf-8")
    return source


def built(source: Path):
    """A source as it is built, and its site."""
    folder = files.find(source)
    settings = read_settings(folder)
    made = pipeline.build(
        folder.name,
        files.quizzes(folder),
        settings,
        files.templates(),
        files.media_below(folder),
        pipeline.Release(1_700_000_000, read_ledger(folder).lock),
    )
    return made, site_of(made, settings)


def until(page, expression: str, seconds: float = 10) -> None:
    """Waits for what an expression of JavaScript says, from outside the page and its policy."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(Exception):  # a page that is being loaded has nothing to say
            if page.evaluate(expression):
                return
        time.sleep(0.02)
    raise AssertionError(f"never true: {expression}")


def card(page):
    """The frame of the card, once it shows one."""
    frame = page.wait_for_selector("iframe[src]").content_frame()
    frame.wait_for_selector("#qa > *")
    return frame


def write_site(site, folder: Path) -> Path:
    for name, content in pages(site, files.templates()).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder

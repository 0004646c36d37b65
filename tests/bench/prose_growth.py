"""The growth of prose: what a hostile fragment of 1, 2, 4 and 8 times a length costs.

    python tests/bench/prose_growth.py [LENGTH] [NAME ...]

Prints for each kind of fragment the milliseconds of rendering, cleaning and reading as plain text
at each length, and the exponent of the growth from the first to the last; about 1 is linear.
"""

import math
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from builder.html import clean, images, plain
from builder.prose import render
from builder.prose.tags import KNOWN

ELEMENTS = sorted(KNOWN)
STEPS = (1, 2, 4, 8)
TOO_STEEP, TOO_SHORT_TO_TELL = 1.15, 0.03

HOSTILE: dict[str, Callable[[int], str]] = {
    "quotes in a line": lambda n: "> " * n + "a",
    "lists in a line": lambda n: "- " * n + "a",
    "numbers in a line": lambda n: "1. " * n + "a",
    "nested items": lambda n: "\n".join("  " * min(i, 60) + "- a" for i in range(n)),
    "items": lambda n: "- a\n" * n,
    "loose items": lambda n: "- a\n\n" * n,
    "empty items": lambda n: "-\n" * n,
    "check boxes": lambda n: "- [ ] a\n" * n,
    "lazy lines": lambda n: "> a\n" + "b\n" * n,
    "lines": lambda n: "a  \n" * n,
    "words": lambda n: "слово " * n,
    "spaces": lambda n: "a" + " " * n + "b",
    "tabs": lambda n: "\t" * n + "a",
    "headings": lambda n: "a\n=\n" * n,
    "signs after a heading": lambda n: "# a" + " #" * n + " b",
    "almost a rule": lambda n: "- " * n + "x",
    "fences": lambda n: "```\n" * n,
    "code": lambda n: "```python\n" + "f(x)\n" * n,
    "blocks of code": lambda n: "```java\nint a;\n\n\n\n```\n" * (n // 20),
    "line ends in code": lambda n: "```java\n" + "\n" * n + "a",
    "rows": lambda n: "|a|b|\n|-|-|\n" + "|1|2|\n" * n,
    "columns": lambda n: "|a" * n + "\n" + "|-" * n + "\n" + "|1" * n,
    "almost tables": lambda n: "a\n|-|-|\n" * n,
    "brackets": lambda n: "[" * n,
    "images": lambda n: "![" * n,
    "nested brackets": lambda n: "[" * n + "a" + "]" * n,
    "links without an end": lambda n: "[a](" * n,
    "addresses without an end": lambda n: "[a](<b" * n,
    "titles without an end": lambda n: '[a](b "' * n,
    "labels without an end": lambda n: "[a][b" * n,
    "definitions": lambda n: "".join(f"[a{i}]: /u\n\n" for i in range(n)),
    "stars": lambda n: "*" * n,
    "stars and letters": lambda n: "a*" * n,
    "openers": lambda n: "*a " * n,
    "openers of two kinds": lambda n: "*a_b " * n,
    "nested emphasis": lambda n: "**a *b " * n + " c* d**" * n,
    "tildes": lambda n: "~a ~~b " * n,
    "code without an end": lambda n: "`a" * n + "``",
    "runs of backticks": lambda n: "".join("e" + "`" * (i % 200) for i in range(n // 50)),
    "entities": lambda n: "&amp;&#1;&x;" * n,
    "backslashes": lambda n: "\\" * n,
    "dollars": lambda n: "$a " * n,
    "double dollars": lambda n: "a\n$$\n" * n,
    "formulas without an end": lambda n: "\\[\n" * n + "\\(a" * n,
    "angles": lambda n: "<" * n,
    "tags without an end": lambda n: '<a x="' * n,
    "tags of all kinds": lambda n: "".join(f"a <{ELEMENTS[i % len(ELEMENTS)]}> " for i in range(n)),
    "scripts without an end": lambda n: "a <script> " * n,
    "comments without an end": lambda n: "a <!-- " * n,
    "instructions without an end": lambda n: "a <? " * n,
    "sections without an end": lambda n: "a <![CDATA[ " * n,
    "nested elements": lambda n: "<div>" * n,
    "elements left open": lambda n: "x <b>\n\n" * n,
    "nested tables": lambda n: "<table><tr><td>" * n,
    "attributes": lambda n: "<b " + "a=1 " * n + ">x</b>",
    "handlers": lambda n: "<b onclick=x>x</b>" * n,
    "remote images": lambda n: "![a](https://e.org/y.png) " * n,
    "links to nowhere": lambda n: "[a](b) " * n,
    "mail": lambda n: "a@b." * n,
    "long mail": lambda n: "a" * n + "@" + "b" * n,
    "web": lambda n: "www.a " * n,
    "brackets after an address": lambda n: "http://a" + ")" * n,
    "underscores in an address": lambda n: "http://a_" * n,
    "sounds": lambda n: "[sound:" * n,
    "braces": lambda n: "{" * n,
}


def cost(markdown: str) -> float:
    start = time.process_time()
    html = clean(render(markdown)).html
    plain(html)
    images(html)
    return time.process_time() - start


def main(length: int, names: list[str]) -> None:
    clean(render("`a` *b*\n\n```python\nx\n```\n\n[a](b)"))  # what is imported, is imported
    print(f"{'':30}{'exponent':>9}" + "".join(f"{length * step:>10}" for step in STEPS))
    for name, fragment in HOSTILE.items():
        if names and name not in names:
            continue
        costs = [min(cost(fragment(length * step)) for _ in range(2)) for step in STEPS]
        exponent = math.log(max(costs[-1], 1e-6) / max(costs[0], 1e-6), STEPS[-1] / STEPS[0])
        steep = exponent > TOO_STEEP and costs[-1] > TOO_SHORT_TO_TELL
        shown = "".join(f"{1000 * each:>10.1f}" for each in costs)
        print(f"{name:30}{exponent:>9.2f}{shown}{'  steep' * steep}", flush=True)


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    main(*(numbers or [5000]), [name for name in sys.argv[1:] if not name.isdigit()])

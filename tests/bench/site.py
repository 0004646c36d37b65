"""How fast a site is in Chromium: first paint and search with 10,000 questions, reload on save.

    python tests/bench/site.py [QUESTIONS]

Prints figures; see them as ratios of one machine.
"""

import random
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent))

from command import ROOT
from reviewer import chromium
from sample_site import built, until, write_site

PARTS = "сеть слой градиент свёртка внимание декодер функция потеря батч норма вес метрика ядро"
BEFORE = ["", "пре", "про", "рас", "без", "сверх", "под", "над", "меж", "авто", "мета", "гипер"]
AFTER = ["", "ами", "ный", "ность", "ом", "у", "овый", "ах", "ия", "ость", "ика", "ация"]
WORDS = [b + part + a for b in BEFORE for part in PARTS.split() for a in AFTER]
PER_FILE = 100

PAINT = """() => {
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  return paint && Math.round(paint.startTime);
}"""
TYPE = """async text => {
  const field = document.getElementById('find');
  const times = [];
  for (let n = 1; n <= text.length; n++) {
    const start = performance.now();
    field.value = text.slice(0, n);
    field.dispatchEvent(new Event('input'));
    while (!deck.settled) await new Promise(resolve => setTimeout(resolve, 0));
    document.querySelector('.qs').getBoundingClientRect();
    times.push(performance.now() - start);
  }
  return [times, document.querySelector('.count').textContent];
}"""


def quiz(number: int, folder: Path) -> Path:
    """So many questions of about a kilobyte, the same every time."""
    chance = random.Random(7)
    source = folder / "source"
    source.mkdir(parents=True)

    def said(words: int) -> str:
        return " ".join(chance.choices(WORDS, k=words)).capitalize()

    for start in range(0, number, PER_FILE):
        lines = [f"# Тема {start // PER_FILE + 1}: {said(2)}\n"]
        for at in range(start, min(number, start + PER_FILE)):
            key = chance.randrange(6)
            lines.append(f"## Вопрос {at + 1}\n\n{said(9)} номер {at + 1}?\n")
            lines += [f"- [{'x' if k == key else ' '}] {said(4)} {k}" for k in range(6)]
            lines.append(f"\nПояснение: {said(30)}. Формула $x_{{{at}}}^2$ и `code({at})`.\n")
        (source / f"{start // PER_FILE + 1:03}.md").write_text("\n".join(lines), encoding="utf-8")
    return source


def pages(browser, number: int, folder: Path) -> None:
    start = time.perf_counter()
    made, site = built(quiz(number, folder))
    middle = time.perf_counter()
    root = write_site(site, folder / "site")
    end = time.perf_counter()
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
    print(f"{made.questions:,} questions: build {middle - start:.1f} s, pages {end - middle:.1f} s")
    print(f"  site {size / 1e6:.1f} MB in {sum(p.is_file() for p in root.rglob('*')):,} files")
    for name in ("index.html", "questions.html", "practice.html"):
        paints, ready = [], []
        for _ in range(5):
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            begun = time.perf_counter()
            page.goto(f"{root.as_uri()}/{name}")
            if name == "questions.html":
                page.wait_for_selector(".qs li")
                ready.append(time.perf_counter() - begun)
            until(page, f"({PAINT})()")
            paints.append(page.evaluate(PAINT))
            page.close()
        rows = f", rows after {median(ready) * 1000:.0f} ms" if ready else ""
        print(f"  {name}: first paint {median(paints)} ms (worst {max(paints)}){rows}")
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(f"{root.as_uri()}/questions.html")
    page.wait_for_selector(".qs li")
    for text in ("градиент", "свёртка декодер", "сверхметрика функция", "номер 9999", "п"):
        times, found = page.evaluate(TYPE, text)
        figures = f"{median(times):.0f} ms a keystroke, worst {max(times):.0f}"
        print(f"  typing “{text}”: {figures} ({found})")
    page.close()


def saves(browser, number: int, folder: Path) -> None:
    """From a save to the page that shows it."""
    source = quiz(number, folder)
    command = [sys.executable, "-u", "-m", "builder", "serve", "source"]
    server = subprocess.Popen(
        command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
    )
    address = server.stdout.readline().split()[0]
    while " built" not in server.stdout.readline():
        pass
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(f"{address}questions.html")
    page.wait_for_selector(".qs li")
    times = []
    for n in range(5):
        time.sleep(1)
        file = source / "002.md"
        text = file.read_text(encoding="utf-8").replace(
            "## Вопрос 101\n\n", f"## Вопрос 101\n\nA{n} "
        )
        start = time.perf_counter()
        file.write_text(text, encoding="utf-8")
        until(
            page,
            f"document.querySelectorAll('.qs li').length && deck.all[100].stem.startsWith('A{n}')",
        )
        times.append(time.perf_counter() - start)
        server.stdout.readline()
    print(f"{number:,} questions, save to shown: {median(times):.2f} s, worst {max(times):.2f}")
    page.close()
    server.kill()
    server.wait()


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if sys.argv[1:] else 10_000
    with chromium() as browser, TemporaryDirectory() as folder:
        saves(browser, 500, Path(folder) / "saves")
        pages(browser, wanted, Path(folder) / "pages")

"""How fast a folder of real quiz files is built, beside a script that only renders them.

    python tests/bench/folder.py FOLDER

The script puts each file through Python-Markdown with codehilite and its HTML through
BeautifulSoup, as a quiz script would before it looks for a question; it makes no cards.
"""

import sys
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import speed

RENDER = """
import sys
from pathlib import Path
import markdown
from bs4 import BeautifulSoup
for path in sorted(Path(sys.argv[1]).rglob("*.md")):
    extensions = ["fenced_code", "tables", "sane_lists", "codehilite"]
    html = markdown.markdown(path.read_text(encoding="utf-8", errors="replace"), extensions=extensions)
    BeautifulSoup(html, "html.parser")
"""


def main(folder: Path) -> None:
    with TemporaryDirectory() as temporary:
        here = Path(temporary)
        copytree(folder, here / "source")
        cache, ours = here / "cache", "dist/*.apkg"
        print(f"{'':24}{'processor':>11} {'wall':>11} {'memory':>10} {'package':>12}   share of it")
        naive = speed.run(sys.executable, "-c", RENDER, here / "source", cwd=here, cache=cache)
        print(f"{'only rendering':24}{speed.shown(naive, None)}", flush=True)
        for name in ("cold", "no change"):
            cost = speed.run(*speed.BUILD_DECK, "build", cwd=here, cache=cache, output=ours)
            print(f"{name:24}{speed.shown(cost, naive)}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""How often a fragment of real quizzes comes out as GitHub shows it.

    python tests/bench/prose_oracle.py FOLDER …

Reads every quiz below the folders, renders each fragment of each question, and compares it with
GitHub's own renderer as an outline of blocks and text. Prints the share that is equal for each
folder, and the fragments that differ by cause: first what a fragment holds that we show otherwise
on purpose, else where it stands. Links of a file serve all its fragments, for both.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from github import github_outline, outline

from builder.decoding import Undecodable, decode
from builder.prose import Links, render
from builder.reading import read

SUFFIXES = {".md", ".markdown", ".txt", ".gift"}
CAUSES = (
    ("formula", re.compile(r"\$[^$]+\$|\\\(|\\\[")),
    ("HTML that is left open or closed elsewhere", re.compile(r"</?[a-zA-Z][^>]*$|</?[a-zA-Z!]")),
    ("link in a link", re.compile(r"\[[^\]]*\[[^\]]*\]\([^)]*\)[^\]]*\]\(")),
)


def fragments(question):
    yield from (question.stem, question.instruction, question.explanation)
    for option in question.options:
        yield from (option.text, option.summary, option.why)


def differing(path):
    """How many fragments a file has, and those that come out otherwise than on GitHub."""
    source = decode(str(path), path.read_bytes(), None)
    if isinstance(source, Undecodable):
        return 0, []
    links = Links.of(source.text)
    below = definitions(source.text)
    count, found = 0, []
    for question in read(source, chosen=()).questions:
        for passage in filter(None, fragments(question)):
            count += 1
            markdown = passage.markdown
            defined = below if "[" in markdown else ""
            if outline(render(markdown, links)) != github_outline(f"{markdown}\n\n{defined}"):
                found.append((source.place(passage.spans[0].start)[0], markdown))
    return count, found


def definitions(text):
    """The definitions of links in a file, as Markdown; the first of two counts, as everywhere."""
    return "\n".join(line for line in text.split("\n") if re.match(r" {0,3}\[[^\]]+\]:\s", line))


def cause(markdown):
    return next((name for name, sign in CAUSES if sign.search(markdown)), "other")


def main(folders):
    for folder in folders:
        files = [p for p in sorted(Path(folder).rglob("*")) if p.suffix in SUFFIXES]
        total, causes = 0, defaultdict(list)
        for path in files:
            count, found = differing(path)
            total += count
            for line, markdown in found:
                causes[cause(markdown)].append(f"{path}:{line}: {markdown[:100]!r}")
        wrong = sum(map(len, causes.values()))
        share = 100 * (total - wrong) / total if total else 100.0
        print(f"{folder}: {share:.2f} % of {total} fragments are equal; {wrong} differ")
        for name, places in sorted(causes.items()):
            print(f"  {len(places)} × {name}")
            for place in places[:5]:
                print(f"      {place}")


if __name__ == "__main__":
    main(sys.argv[1:])

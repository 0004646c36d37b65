"""What one would write in an evening: Markdown to HTML, HTML to notes, notes to a package.

    python tests/bench/naive.py FOLDER PACKAGE

A note for each question and one for each option, from quizzes as tests/bench/course.py writes them.
"""

import sys
from pathlib import Path

import genanki
import markdown
from bs4 import BeautifulSoup

CSS = ".card {font: 18px Arial; text-align: left} .right {color: green} .wrong {color: red}"
BOTH = "{{FrontSide}}<hr>{{Answer}}<hr>{{Explanation}}"
QUESTION = genanki.Model(
    1607392319,
    "Question",
    fields=[{"name": name} for name in ("Question", "Options", "Answer", "Explanation", "Where")],
    templates=[{"name": "Card", "qfmt": "{{Question}}{{Options}}", "afmt": BOTH}],
    css=CSS,
)
OPTION = genanki.Model(
    1607392320,
    "Option",
    fields=[{"name": name} for name in ("Question", "Option", "Answer", "Explanation", "Where")],
    templates=[{"name": "Card", "qfmt": "{{Question}}{{Option}}", "afmt": BOTH}],
    css=CSS,
)


def questions(path):
    """Where each question stands, its stem, options with marks, and the reasons."""
    extensions = ["fenced_code", "tables", "sane_lists", "codehilite"]
    html = markdown.markdown(path.read_text(encoding="utf-8"), extensions=extensions)
    for heading in BeautifulSoup(html, "html.parser").find_all("h2"):
        stem, options, reasons = [], [], []
        for part in heading.find_next_siblings():
            if part.name == "h2":
                break
            if part.name == "h4":
                reasons.append([])
            elif reasons:
                reasons[-1].append(str(part))
            elif part.name == "ul" and not options:
                items = part.find_all("li", recursive=False)
                options = [item.decode_contents().strip() for item in items]
            else:
                stem.append(str(part))
        yield f"{path.name}: {heading.get_text()}", "".join(stem), options, map("".join, reasons)


def main(folder, package):
    deck = genanki.Deck(2059400110, "Course")
    for path in sorted(Path(folder).glob("*.md")):
        for where, stem, options, reasons in questions(path):
            why = list(reasons)
            plain = "".join(f"<li>{option[1:]}</li>" for option in options)
            answer = "".join(f"<li>{option}</li>" for option in options)
            fields = [stem, f"<ul>{plain}</ul>", f"<ul>{answer}</ul>", "<hr>".join(why), where]
            deck.add_note(genanki.Note(QUESTION, fields))
            for option, reason in zip(options, why, strict=False):
                verdict = "right" if option.startswith("✅") else "wrong"
                deck.add_note(genanki.Note(OPTION, [stem, option[1:], verdict, reason, where]))
    genanki.Package(deck).write_to_file(package)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

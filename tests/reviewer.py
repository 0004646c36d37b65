"""Cards as a member meets them: made by real Anki, shown in Chromium as Anki's reviewer does.

Desktop keeps one page for all cards: it replaces the content of `#qa` and runs its scripts anew
(Anki's ts/reviewer/index.ts, `setInnerHTML` and `replaceScript`). AnkiDroid loads a page for
every side; session storage is what the two sides have in common (its AbstractFlashcardViewer.kt,
`loadContentIntoCard`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from conftest import lacking
from real_anki import import_package, new_collection

from builder import kinds, words
from builder.apkg import package
from builder.ids import note_id
from builder.model import Deck, Identity, Look, Note, RenderedQuestion
from builder.values import replace

ROOT = Path(__file__).parent.parent
TEMPLATES = {
    path.relative_to(ROOT / "templates").as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "templates").rglob("*"))
    if path.is_file()
}
RUSSIAN = words.parse(TEMPLATES["words/ru.toml"])
ENGLISH = words.parse(TEMPLATES["words/en.toml"])
LOOK = Look("ru", shuffle=True, ask_disputed=True, report="https://github.com/group/quiz")


# Cards


@dataclass(frozen=True)
class Card:
    """Both sides of a card, each with the style sheet before it, as Anki renders them."""

    template: str
    front: str
    back: str


def note_type(kind: str, look: Look = LOOK, language: words.Words | None = None):
    own = language or {"ru": RUSSIAN, "en": ENGLISH}[look.language]
    return kinds.note_type(kind, "DL + NLP + CV", "uid", TEMPLATES, own, look, 1_700_000_000)


def note(question: RenderedQuestion, identity: Identity | None = None, cards: str = "both") -> Note:
    slots = tuple(range(1, len(question.options) + 1))
    who = identity or Identity("guid", 0, 0, slots)
    return Note(
        id=note_id(who.guid),
        guid=who.guid,
        kind=question.kind,
        fields=kinds.fill(question, who, RUSSIAN, cards),
        tags=(),
        deck="DL + NLP + CV",
        position=0,
        modified=1_700_000_000,
    )


def cards_of(note: Note, look: Look = LOOK, language: words.Words | None = None) -> dict[str, Card]:
    """The cards of a note by the name of their template, by way of a package and real Anki."""
    types = tuple(note_type(kind, look, language) for kind in kinds.kinds())
    deck = Deck("DL + NLP + CV", "uid", types, (note,), (kinds.user_style(TEMPLATES),))
    with TemporaryDirectory() as folder, new_collection() as collection:
        file = Path(folder) / "deck.apkg"
        file.write_bytes(package(deck))
        log = import_package(collection, file)
        assert log["new"] == 1, log
        found = (collection.get_card(card) for card in collection.find_cards(""))
        made = [Card(card.template()["name"], card.question(), card.answer()) for card in found]
    return {card.template: card for card in made}


@cache
def cards(question: RenderedQuestion, look: Look = LOOK, **identity: object) -> dict[str, Card]:
    who = Identity("guid", 0, 0, tuple(range(1, len(question.options) + 1)))
    return cards_of(note(question, replace(who, **identity)), look)


# Chromium


SHELL = """<!doctype html>
<html class="{html}"><head><meta charset="utf-8"><title>Anki</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{own}</style></head>
<body class="card card1 {body}">{content}</body></html>"""

OWN_STYLE = """
body { margin: 20px; overflow-wrap: break-word; }
body.nightMode { background-color: #2c2c2c; color: #fcfcfc; }
hr { background-color: #737373; margin: 1em 0; border: none; height: 1px; }
img { max-width: 100%; max-height: 95vh; }
li { text-align: start; }
pre { text-align: left; }
#content { margin: .5em; }
"""
"""What Anki's own style sheets (ts/reviewer/reviewer.scss, AnkiDroid's flashcard.css) say."""

SHOW = """(html) => {
  const qa = document.getElementById('qa');
  qa.innerHTML = html;
  for (const old of Array.from(qa.getElementsByTagName('script'))) {
    const script = document.createElement('script');
    for (const { name, value } of Array.from(old.attributes)) script.setAttribute(name, value);
    script.appendChild(document.createTextNode(old.innerHTML));
    old.parentNode.replaceChild(script, old);
  }
  const answer = document.getElementById('answer');
  if (answer) answer.scrollIntoView();
}"""

STYLED = "Array.from(document.querySelectorAll('link')).every(link => link.sheet)"

ROWS = """() => Array.from(document.querySelectorAll(
  document.querySelector('.bd-back') ? '.bd-answer .bd-options > li' : '.bd-options > li'
)).filter(row => row.offsetHeight).map(row => ({
  text: row.querySelector('.bd-text').innerText,
  word: row.querySelector('.bd-word') ? row.querySelector('.bd-word').innerText : '',
  slot: +row.dataset.slot,
  chosen: !!row.querySelector(':checked'),
  struck: row.classList.contains('is-struck'),
  open: !!row.querySelector('[open]'),
}))"""


class Reviewer:
    """A page that shows cards; `errors` is what its console complained of, or it asked of others.

    As AnkiDroid with `droid`, else as desktop Anki; `script` is false where none may run.
    """

    ADDRESS = "http://127.0.0.1:1/"

    def __init__(
        self, context, night: bool = False, droid: bool = False, script: bool = True
    ) -> None:
        self.page = context.new_page()
        self.errors: list[str] = []
        self.user_style = TEMPLATES["shared/user.css"]
        self._reload = droid or not script
        body = "isLin" + " nightMode night_mode" * night
        html = "mobile android linux js" if droid else "linux" + " night-mode" * night
        self._shell = {"html": html, "body": body}
        self._content = '<div id="qa"></div>'
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.route("**/*", self._serve)
        self.page.goto(self.ADDRESS)

    def _heard(self, message) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def _serve(self, route) -> None:
        url = route.request.url
        if url == self.ADDRESS:
            shell = SHELL.format(content=self._content, own=OWN_STYLE, **self._shell)
            route.fulfill(body=shell, content_type="text/html; charset=utf-8")
        elif url.endswith(kinds.USER_STYLE):
            route.fulfill(body=self.user_style, content_type="text/css")
        else:
            self.errors.append(f"asked for {url}")
            route.abort()

    def show(self, side: str) -> None:
        """Shows one side of a card and waits until its style sheets are there."""
        if self._reload:
            self._content = f'<div id="content"><div id="qa">{side}</div></div>'
            self.page.goto(self.ADDRESS)
        else:
            self.page.evaluate(SHOW, side)
        self.page.wait_for_function(STYLED)

    def rows(self) -> list[dict[str, object]]:
        """The options of a question card as they stand there."""
        return self.page.evaluate(ROWS)

    def texts(self) -> list[str]:
        return [row["text"] for row in self.rows()]

    def chosen(self) -> list[str]:
        return [row["text"] for row in self.rows() if row["chosen"]]

    def said(self, selector: str) -> str:
        """The text of an element as it is seen, in one line."""
        return " ".join(self.page.inner_text(selector).split())

    def choose(self, *texts: str) -> None:
        """Clicks on the rows of a front; nobody presses a key before what that sets off is done."""
        for text in texts:
            self.page.locator(".bd-choose label", has_text=text).first.click()
            self.page.evaluate("() => new Promise(done => setTimeout(done))")


@contextmanager
def chromium() -> Iterator:
    """The system's Chromium; a test without it says so."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        lacking("the tests of cards need the package playwright")
    program = Path("/usr/bin/chromium")
    if not program.exists():
        lacking(f"the tests of cards need {program}")
    switches = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    switches += ["--disable-component-update", "--disable-sync", "--no-first-run"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(program), args=switches, ignore_default_args=["--hide-scrollbars"]
        )
        yield browser
        browser.close()

"""Hostile quizzes: built with the command, taken into real Anki, shown as cards and as a site.

Nothing that a stranger typed may run, ask another machine for something, or lead away.
"""

import csv
import json
import re
from html.parser import HTMLParser
from importlib.util import find_spec
from io import StringIO
from itertools import chain
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from command import build_deck
from conftest import lacking
from hostile_tricks import TRICKS
from real_anki import import_package, new_collection, sides
from reviewer import SHELL, chromium

from builder.html.allowed import TAGS

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
ADDRESS = "http://anki.test/"

QUIZ = """\
# Тема {number}

## Задание 1

В вопросе стоит {trick} вот так?

* ✅ {trick}
* ❌ ![{trick}](pic.png)
* ❌ [ссылка]({trick})
* ❌ <b title="{trick}">жирно</b>
* ❌ `{trick}`
* ❌ ${trick}$

### Объяснение

Почему {trick} так?

#### ✅ {trick}

Причина {trick} здесь.

#### ❌ `{trick}`

```html
{trick}
```

## Задание 2

Что здесь верно?

{trick}

* ✅ раз
* ❌ два

## Задание 3

**{trick}**

![pic]({trick})

* ❌ одно
* ✅ другое
"""
"""A trick in 13 places; some tricks swallow what stands below them, which is no harm."""

PLACES = QUIZ.count("{trick}")

ALARM = """
window.alarms = [];
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'pycmd', 'bridgeCommand'])
  window[name] = (...given) => { window.alarms.push(`${name}(${given})`); };
navigator.sendBeacon = (url) => { window.alarms.push(`beacon to ${url}`); };
addEventListener('submit', (event) => { window.alarms.push('a form was sent'); });
"""
"""Runs in every frame before anything else. Tricks run `alert(1)`."""

SHOW = """async ([sides, allowed, wait]) => {
  const qa = document.getElementById('qa');
  for (const html of sides) {
    qa.innerHTML = html;
    const found = [];
    for (const element of qa.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (name.startsWith('on')) found.push(`${element.tagName} ${name}`);
        if (name === 'href' && !/^(https?|mailto):/.test(value)) {
          if (element.localName !== 'link' || value !== '_build-deck-user.css')
            found.push(`href ${value}`);
        }
        if (name === 'src' && !/^bd-[0-9a-f]{20}\\.png$/.test(value)) found.push(`src ${value}`);
        if (name === 'style') found.push(`style ${value}`);
      }
      if (!allowed.includes(element.localName)) found.push(element.localName);
      if (element.localName === 'script' && (element.src || /alert/.test(element.text)))
        found.push('script');
    }
    alarms.push(...found.map((what) => `${what} in ${html.slice(-3000)}`));
    for (const old of Array.from(qa.getElementsByTagName('script'))) {
      const script = document.createElement('script');
      for (const { name, value } of Array.from(old.attributes)) script.setAttribute(name, value);
      script.appendChild(document.createTextNode(old.innerHTML));
      old.parentNode.replaceChild(script, old);
    }
    for (const type of ['mouseover', 'pointerenter', 'focus', 'toggle', 'animationstart'])
      for (const element of qa.querySelectorAll('*')) element.dispatchEvent(new Event(type));
    if (/\\\\[([]/.test(html)) await MathJax.typesetPromise([qa]);
    for (const link of qa.querySelectorAll('mjx-container [href], mjx-container [onclick]'))
      alarms.push(`a formula holds ${link.outerHTML}`);
    await new Promise((done) => setTimeout(done));
  }
  await new Promise((done) => setTimeout(done, wait));
  return alarms.splice(0);
}"""

ON_PAGE = """async () => {
  await new Promise((done) => setTimeout(done, 50));
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on') || /^\\s*(javascript|data:text|vbscript):/i.test(value))
        alarms.push(`${element.tagName} ${name}=${value}`);
    }
    if (['object', 'embed', 'meta[http-equiv=refresh]'].some((what) => element.matches(what)))
      alarms.push(element.outerHTML);
  }
  return alarms;
}"""

ELEMENTS = sorted(TAGS | {"fieldset", "input", "label", "legend", "link", "script"})


@pytest.fixture(scope="module")
def quizzes(tmp_path_factory):
    """A folder of quizzes, a file for each trick; names, titles, tags and settings hold some."""
    folder = tmp_path_factory.mktemp("hostile")
    source = folder / "source"
    source.mkdir()
    (source / "pic.png").write_bytes(PNG)
    for number, (_, trick) in enumerate(TRICKS):
        quiz = QUIZ.replace("{trick}", trick).replace("{number}", str(number))
        (source / f"{number}.md").write_text(quiz, encoding="utf-8")
    for number, (_, trick) in enumerate(TRICKS):
        name = re.sub(r"[/\x00]", "∕", trick)[:60]
        quiz = f"---\ntags: [{json.dumps(trick, ensure_ascii=False)}]\n---\n\n# {trick}\n\n"
        quiz += f"## {trick}\n\nЧто верно?\n\n* ✅ раз\n* ❌ два\n"
        (source / f"{name} {number}.md").write_text(quiz, encoding="utf-8")
    title = json.dumps("</style><script>alert(1)</script><img src=x onerror=alert(1)>")
    settings = f'name = {title}\ndescription = {title}\ntags = ["<script>alert(1)</script>"]\n'
    (source / "deck.toml").write_text(settings, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def cards(quizzes):
    """Both sides of every question card and of 200 option cards, as real Anki renders them."""
    done = build_deck("-q", "-o", "deck.apkg", cwd=quizzes)
    assert (quizzes / "deck.apkg").is_file(), done.err[-2000:]
    with new_collection() as collection:
        log = import_package(collection, quizzes / "deck.apkg")
        assert log["new"] > 3 * len(TRICKS)
        every = collection.find_cards("")
        for card in map(collection.get_card, every):
            assert not card.question_av_tags() + card.answer_av_tags()
        options = collection.find_cards("-card:Question")
        chosen = [*collection.find_cards("card:Question"), *options[:: len(options) // 200]]
        return [sides(collection, card) for card in chosen]


@pytest.fixture(scope="module")
def web():
    found = find_spec("_aqt")
    if found is None or not found.submodule_search_locations:
        lacking("MathJax as Anki has it comes with the package aqt")
    return Path(found.submodule_search_locations[0]) / "data" / "web"


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


class Watched:
    """A page of which every request, dialog and navigation is on record."""

    def __init__(self, browser, serve):
        self.page = browser.new_context().new_page()
        self.seen = []
        self._serve = serve
        self.page.add_init_script(ALARM)
        self.page.route("**/*", self._asked)
        self.page.on("dialog", lambda dialog: (self.seen.append("dialog"), dialog.dismiss()))
        self.page.on("popup", lambda _: self.seen.append("a window was opened"))

    def _asked(self, route):
        if not self._serve(route):
            self.seen.append(f"asked for {route.request.url}")
            route.abort()

    def open(self, address):
        self.page.goto(address)
        self.page.on("framenavigated", lambda frame: self.seen.append(f"went to {frame.url}"))


@pytest.fixture(scope="module")
def open_reviewer(browser, web):
    scripts = "".join(
        f'<script src="{ADDRESS}_anki/js/{name}"></script>'
        for name in ("mathjax.js", "vendor/mathjax/tex-chtml-full.js")
    )
    shell = SHELL.format(html="", own="", body="", content=f'<div id="qa"></div>{scripts}')

    def serve(route):
        path = route.request.url.removeprefix(ADDRESS)
        if path == "":
            route.fulfill(body=shell, content_type="text/html; charset=utf-8")
        elif path == "_build-deck-user.css" or re.fullmatch(r"bd-[0-9a-f]{20}\.png", path):
            route.fulfill(body="")
        elif path.startswith("_anki/") and (web / path.removeprefix("_anki/")).is_file():
            route.fulfill(path=web / path.removeprefix("_anki/"))
        else:
            return False
        return True

    def make():
        watched = Watched(browser, serve)
        watched.open(ADDRESS)
        watched.page.evaluate("() => MathJax.startup.promise")
        return watched

    return make


def test_there_are_enough_tricks():
    assert len(set(TRICKS)) >= 100
    assert len(TRICKS) * (PLACES + 4) >= 500


def test_most_tricks_are_noticed_where_nothing_stops_them(open_reviewer):
    reviewer, noticed = open_reviewer(), 0
    some = TRICKS[::8]
    for _, trick in some:
        try:
            alarms = reviewer.page.evaluate(SHOW, [[trick], ELEMENTS, 0])
        except Exception:  # playwright has gone with the page
            alarms = ["the page was led away"]
        noticed += bool(alarms or reviewer.seen)
        if reviewer.seen or reviewer.page.url != ADDRESS:
            reviewer = open_reviewer()
    assert noticed > len(some) * 3 // 4


def test_no_card_runs_asks_or_leads_anywhere(open_reviewer, cards):
    reviewer = open_reviewer()
    shown = [back for _, back in cards] + [front for front, _ in cards[::5]]  # backs hold fronts
    for at in range(0, len(shown), 100):
        assert reviewer.page.evaluate(SHOW, [shown[at : at + 100], ELEMENTS, 200]) == []
    assert reviewer.seen == []


class Harmless(HTMLParser):
    """Lists what of a page could run, load or lead away, and is not the tool's own."""

    def __init__(self):
        super().__init__()
        self.found, self.running = [], False

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag in ("object", "embed") or given.get("http-equiv", "").lower() == "refresh":
            self.found.append(tag)
        if (tag, given.get("href")) == ("link", "data:,"):
            return  # no picture of the page, and no request for one
        for name, value in attributes:
            scheme = re.match(
                r"[\s\x00-\x20]*(?:([a-z][a-z0-9+.-]*):|[/\\]{2})", value or "", re.IGNORECASE
            )
            if name.startswith("on") or name == "srcdoc":
                self.found.append(f"{tag} {name}")
            if name in ("href", "src", "action", "formaction", "xlink:href", "poster") and scheme:
                mine = (scheme[1] or "").lower() in ("http", "https", "mailto") and tag == "a"
                self.found += [] if mine else [f"{tag} {name}={value}"]
        self.running = tag == "script" and given.get("type") != "application/json"

    def handle_data(self, data):
        if self.running and "alert" in data:
            self.found.append(f"script {data[:80]}")

    def handle_endtag(self, _tag):
        self.running = False


def test_nothing_that_is_shared_holds_what_runs(quizzes):
    """Every page of a site, the page of figures, and the notes as text."""
    build_deck("site", "-q", "-o", "all", cwd=quizzes)
    build_deck("stats", "--html", "stats.html", cwd=quizzes)
    build_deck("share", "-q", "-o", "shared", cwd=quizzes)
    pages = [*quizzes.glob("all/**/*.html"), quizzes / "stats.html"]
    texts = [path for path in quizzes.glob("shared/**/*") if path.suffix in (".txt", ".html")]
    assert (len(pages) > len(TRICKS), len(texts) > 0) == (True, True)
    for path in (*pages, *texts):
        parser = Harmless()
        text = path.read_text(encoding="utf-8")
        rows = csv.reader(StringIO(text), delimiter="\t") if path.suffix == ".txt" else [[text]]
        for cell in chain.from_iterable(rows):
            parser.feed(cell)
        assert parser.found == [], path


def test_no_page_of_the_site_runs_asks_or_leads_anywhere(quizzes, browser):
    done = build_deck("site", "-q", "-o", "site", cwd=quizzes)
    pages = sorted((quizzes / "site").rglob("*.html"))
    assert len(pages) > len(TRICKS), done.err[-2000:]

    def serve(route):
        path = quizzes / "site" / unquote(urlsplit(route.request.url).path.lstrip("/"))
        if route.request.url.startswith(ADDRESS) and path.is_file():
            route.fulfill(path=path)
            return True
        return False

    watched = Watched(browser, serve)
    for page in [*pages[:5], *pages[:: len(pages) // 25]]:
        watched.page.goto(ADDRESS + quote(page.relative_to(quizzes / "site").as_posix()))
        assert watched.page.evaluate(ON_PAGE) == [], page.name
    assert [seen for seen in watched.seen if not seen.endswith("/favicon.ico")] == []


LIVELY = """\
<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="alert(1)">
<script>alert(1); fetch('https://e.test/a')</script>
<image href="https://e.test/b.png" width="9" height="9"/>
<foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml"
 src="https://e.test/c"/></foreignObject>
<style>@import 'https://e.test/d.css';</style>
</svg>
"""


def test_a_picture_with_a_script_in_it_is_a_picture_only(tmp_path, browser):
    (tmp_path / "a.svg").write_text(LIVELY, encoding="utf-8")
    quiz = "# A\n\n## 1\n\nWhat? ![](a.svg)\n\n* ✅ Yes\n* ❌ No\n"
    (tmp_path / "q.md").write_text(quiz, encoding="utf-8")
    assert build_deck("-q", "-o", "deck.apkg", ".", cwd=tmp_path).status == 0
    with new_collection() as collection:
        import_package(collection, tmp_path / "deck.apkg")
        front, _ = sides(collection, collection.find_cards("")[0])
    (name,) = re.findall(r'src="(bd-[0-9a-f]{20}\.svg)"', front)

    def serve(route):
        path = route.request.url.removeprefix(ADDRESS)
        if path == "":
            route.fulfill(body=f"<!doctype html>{front}", content_type="text/html; charset=utf-8")
        elif path == name:
            route.fulfill(body=LIVELY, content_type="image/svg+xml")
        return path in ("", name)

    watched = Watched(browser, serve)
    watched.open(ADDRESS)
    wide = "async () => { const img = document.querySelector('img'); await img.decode();"
    assert watched.page.evaluate(f"{wide} return img.naturalWidth; }}") == 9
    assert watched.page.evaluate("() => alarms") == []
    assert [seen for seen in watched.seen if "user.css" not in seen and "favicon" not in seen] == []
    alone = Watched(browser, serve)
    alone.page.goto(ADDRESS + name)
    assert any("e.test" in seen for seen in alone.seen)  # it would, as a page of its own

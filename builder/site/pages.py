"""The pages of a site, with the policies that keep foreign scripts and the network out."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from hashlib import sha256

from builder.kinds import report_prefix
from builder.model import NoteType
from builder.site.content import Site, Topic
from builder.site.names import page_names
from builder.site.records import scripts
from builder.site.sheets import paper
from builder.templating import render, render_loose

_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'"
POLICY = (
    f"{_NOTHING}; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "frame-src 'self'"
)
"""For pages: everything from beside them, nothing inline, nothing from elsewhere."""

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

QUESTIONS = ("js/deck.js", "data/deck.js", "data/questions.js", "js/search.js", "js/filter.js")
LIST = ("js/list.js", "js/view.js", "js/card.js")
PRACTICE = ("js/view.js", "js/practice.js")


Make = Callable[[], bytes]
"""Makes a file; a reader of a site that is served asks for few."""


def pages(site: Site, templates: Mapping[str, str]) -> dict[str, bytes]:
    """Every file of the site but the packages, by its path with forward slashes."""
    return {path: make() for path, make in recipes(site, templates).items()}


def recipes(site: Site, templates: Mapping[str, str]) -> dict[str, Make]:
    """As `pages`, with each file made when it is asked for."""
    texts = [*scripts(site), *_shared(site, templates), *_pages(site, templates)]
    made: dict[str, Make] = {path: partial(_encoded, text) for path, text in texts}
    for media in site.deck.media:
        made[f"cards/{media.name}"] = partial(bytes, media.content)
    return made


def _encoded(make: Callable[[], str]) -> bytes:
    return make().encode()


Texts = Iterator[tuple[str, Callable[[], str]]]


def _shared(site: Site, templates: Mapping[str, str]) -> Texts:
    for style in ("site.css", "anki.css"):
        folder = "" if style == "site.css" else "cards/"
        yield folder + style, partial(render, templates, f"site/{style}")
    for name, text in templates.items():
        if name.startswith("site/js/"):
            folder = "cards" if name.endswith("/frame.js") else "js"
            yield f"{folder}/{name.rpartition('/')[2]}", partial(str, text)
    for kind in site.deck.note_types:
        yield f"cards/{kind.kind}.css", partial(str, kind.css)
    types = site.deck.note_types
    values = {"words": site.words, "policy": card_policy(types), "look": types[0].kind}
    yield "cards/card.html", partial(render, templates, "site/card.html", **values)


def card_policy(types: tuple[NoteType, ...]) -> str:
    """For cards: the scripts of their templates, known by their hashes, and no other inline."""
    sides = [side for kind in types for each in kind.templates for side in (each.front, each.back)]
    inline = dict.fromkeys(script for side in sides for script in _SCRIPT.findall(side))
    assert not any("{{" in script for script in inline), "no field stands in a script"
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in inline)
    return (
        "default-src 'none'; form-action 'none'; "
        f"script-src 'self' {hashes}; style-src 'self'; img-src 'self' data:; media-src 'self'"
    )


def _hash(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()


def _pages(site: Site, templates: Mapping[str, str]) -> Texts:
    names = page_names(topic.file for topic in site.topics)
    live = ("js/live.js",) if site.build else ()
    common = {
        "site": site,
        "words": site.words,
        "names": names,
        "policy": POLICY + ("; connect-src 'self'" if site.build else ""),
        "report": report_prefix(site.report),
        "root": "",
    }

    def page(name: str, current: str, *scripts: str, **values: object) -> str:
        own = {"page": current, "scripts": (*scripts, *live)}
        return render_loose(templates, f"site/{name}.html", **common | own | values)

    def start() -> str:
        fresh = [item for item in site.items if item.fresh]
        return page(
            "index",
            "",
            fresh=len(fresh),
            corrected=[item for item in fresh if item.answer_changed],
            size=lambda number: size(site, number),
        )

    def questions(number: int, current: str, root: str) -> str:
        topic = site.topics[number] if number >= 0 else None
        title = topic.title if topic else site.words["site.all_questions"]
        total = len(topic.items if topic else site.items)
        here = names[topic.file] if topic else ""
        values = {"topic": topic, "here": here, "title": title, "total": total, "root": root}
        return page("questions", current, *QUESTIONS, *LIST, **values)

    def printed(title: str, topics: tuple[Topic, ...], back: str, root: str) -> str:
        shown = paper(site, topics, root)
        values = {"title": title, "topics": shown, "from_page": back, "root": root}
        return page("print", "print", "js/paper.js", **values)

    yield "index.html", start
    yield "questions.html", partial(questions, -1, "questions", "")
    yield "practice.html", partial(page, "practice", "practice", *QUESTIONS, *PRACTICE)
    yield "print.html", partial(printed, site.deck.name, site.topics, "questions.html", "")
    for at, topic in enumerate(site.topics):
        name = names[topic.file]
        yield f"topics/{name}.html", partial(questions, at, "", "../")
        back = f"topics/{name}.html"
        yield f"print/{name}.html", partial(printed, topic.title, (topic,), back, "../")


def size(site: Site, number: int) -> str:
    """A number of bytes as people of the site's language write it."""
    shown = f"{max(number, 100_000) / 1e6:.1f}"
    return site.words.fill("site.megabytes", n=shown.replace(".", site.words["site.point"]))

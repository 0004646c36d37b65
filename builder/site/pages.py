"""The pages of a site, with the policies that keep foreign scripts and the network out."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
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


def pages(site: Site, templates: Mapping[str, str]) -> dict[str, bytes]:
    """Every file of the site but the packages, by its path with forward slashes."""
    texts = {
        **dict(scripts(site)),
        **dict(_shared(site, templates)),
        **dict(_pages(site, templates)),
    }
    files = {path: text.encode() for path, text in texts.items()}
    return files | {f"cards/{media.name}": media.content for media in site.deck.media}


def _shared(site: Site, templates: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield "site.css", render(templates, "site/site.css")
    for name, text in templates.items():
        if name.startswith("site/js/"):
            folder = "cards" if name.endswith("/frame.js") else "js"
            yield f"{folder}/{name.rpartition('/')[2]}", text
    yield "cards/anki.css", render(templates, "site/anki.css")
    for kind in site.deck.note_types:
        yield f"cards/{kind.kind}.css", kind.css
    policy = card_policy(site.deck.note_types)
    look = site.deck.note_types[0].kind
    values = {"words": site.words, "policy": policy, "look": look}
    yield "cards/card.html", render(templates, "site/card.html", **values)


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


def _pages(site: Site, templates: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    names = page_names(topic.file for topic in site.topics)
    live = ("js/live.js",) if site.live else ()
    common = {
        "site": site,
        "words": site.words,
        "names": names,
        "policy": POLICY + ("; connect-src 'self'" if site.live else ""),
        "report": report_prefix(site.report),
        "page": "",
        "root": "",
    }

    def page(name: str, **values: object) -> str:
        return render_loose(templates, f"site/{name}.html", **common | values)

    def questions(topic: Topic | None, **values: object) -> str:
        return page(
            "questions",
            topic=topic,
            total=len(topic.items if topic else site.items),
            title=topic.title if topic else site.words["site.all_questions"],
            number=site.topics.index(topic) if topic else -1,
            scripts=(*QUESTIONS, "js/list.js", "js/view.js", "js/card.js", *live),
            **values,
        )

    fresh = [item for item in site.items if item.fresh]
    yield (
        "index.html",
        page(
            "index",
            scripts=live,
            first=not site.previous,
            fresh=len(fresh),
            corrected=[item for item in fresh if item.answer_changed],
            size=lambda number: size(site, number),
        ),
    )
    yield "questions.html", questions(None, page="questions")
    scripts_of_practice = (*QUESTIONS, "js/view.js", "js/practice.js", *live)
    yield "practice.html", page("practice", scripts=scripts_of_practice, page="practice")
    printing = {"scripts": ("js/paper.js", *live), "page": "print"}
    yield (
        "print.html",
        page(
            "print",
            title=site.deck.name,
            topics=paper(site, site.topics, ""),
            from_page="questions.html",
            **printing,
        ),
    )
    for topic in site.topics:
        name = names[topic.file]
        yield f"topics/{name}.html", questions(topic, root="../")
        yield (
            f"print/{name}.html",
            page(
                "print",
                title=topic.title,
                topics=paper(site, (topic,), "../"),
                from_page=f"topics/{name}.html",
                root="../",
                **printing,
            ),
        )


def size(site: Site, number: int) -> str:
    """A number of bytes as people of the site's language write it."""
    shown = f"{max(number, 100_000) / 1e6:.1f}"
    return site.words.fill("site.megabytes", n=shown.replace(".", site.words["site.point"]))

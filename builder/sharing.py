"""What a study group gets with each version of a deck, beside the package."""

from __future__ import annotations

from collections.abc import Mapping

from builder.changes import compare
from builder.model import RETIRED, Deck
from builder.opening import Opened
from builder.release_notes import as_markdown, release_notes
from builder.templating import render, render_loose
from builder.update_text import PERSONAL, update_text
from builder.values import Record
from builder.versions import Version, version_line
from builder.words import Words

WITHDRAWN = f"Traits:*{RETIRED}*"
"""A search for withdrawn questions, also those whose note was updated without its tags."""


def beside(
    package: str,
    deck: Deck,
    version: Version,
    old: Opened | None,
    new: Opened,
    words: Words,
    templates: Mapping[str, str],
) -> dict[str, bytes]:
    """The files that lie beside a package of that name, by their names.

    `old` is the package that the group has, `new` the one that it gets. Without an old one there
    is nothing new to tell, and the text to update from holds all notes; with one, those that it
    has: new notes come with the package, which knows their tags, their pictures and their ids.
    """
    stem = package.removesuffix(".apkg")
    texts = update_texts(package, deck, old)
    notes = release_notes(compare(old, new), words, version.name) if old else None
    page = HowTo(deck.name, package, f"{stem}-news.md", tuple(texts), version, words)
    style = render(templates, "share/page.css")
    html = render_loose(
        templates, "share/import.html", page=page, notes=notes, words=words, style=style
    )
    files = texts | {f"{stem}-import.html": html}
    if notes:
        files[page.news] = as_markdown(notes)
    return {name: text.encode() for name, text in files.items()}


def update_texts(package: str, deck: Deck, old: Opened | None) -> dict[str, str]:
    """The texts to update from, by their names: a file can hold one note type only.

    `old` is the package that the group has: what is not in it comes with the new one.
    """
    stem = package.removesuffix(".apkg")
    texts: dict[str, str] = {}
    for note_type in deck.note_types:
        notes = [note for note in deck.notes if note.kind == note_type.kind]
        known = [note for note in notes if old is None or note.guid in old.notes]
        if known:
            end = f"-{note_type.kind}" if texts else ""
            texts[f"{stem}-update{end}.txt"] = update_text(note_type, known)
    return texts


def text_names(package: str, deck: Deck) -> list[str]:
    """The names that `update_texts` has for texts."""
    ends = ["", *(f"-{note_type.kind}" for note_type in deck.note_types)]
    return [f"{package.removesuffix('.apkg')}-update{end}.txt" for end in ends]


def option_cards(deck: str) -> str:
    """The search that finds the cards of options of a deck and of those below it."""
    name = deck.replace("\\", "\\\\")
    return f'"deck:{name}" card:Option*'


class HowTo(Record):
    """How to import a package: words with the names of files and of Anki's own parts.

    `news` and `texts` are the names of the files that lie beside the package.
    """

    deck: str
    package: str
    news: str
    texts: tuple[str, ...]
    shared: Version
    words: Words

    def say(self, name: str) -> str:
        return self._filled(self.words[f"share.{name}"])

    def all(self, name: str) -> list[str]:
        return [self._filled(text) for text in self.words.all(f"share.{name}")]

    def _filled(self, text: str) -> str:
        labels = {
            name.removeprefix("share.").replace(".", "_"): label
            for name, label in self.words.entries.items()
            if name.startswith("share.anki.")
        }
        return text.format_map(
            {
                "deck": self.deck,
                "package": self.package,
                "news": self.news,
                "texts": self._which_texts,
                "personal": PERSONAL,
                **labels,
            }
        )

    @property
    def _which_texts(self) -> str:
        if len(self.texts) == 1:
            return self.words.fill("share.one_text", text=self.texts[0])
        quoted = (self.words.fill("share.quoted", text=text) for text in self.texts)
        return self.words.fill("share.several_texts", texts=", ".join(quoted))

    @property
    def title(self) -> str:
        return self.say("title")

    @property
    def version(self) -> str:
        return version_line(self.shared, self.words)

    @property
    def withdrawn(self) -> str:
        return WITHDRAWN

    @property
    def option_cards(self) -> str:
        return option_cards(self.deck)

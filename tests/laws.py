"""What holds for any input: asked of random and found ones by tests, of all others by fuzzing."""

import json
import re
from contextlib import suppress
from html.parser import HTMLParser

from builder import files, release_notes, words
from builder.changes import compare
from builder.html import clean, images, plain, rewire
from builder.html.allowed import ATTRIBUTES, SCHEMES, TAGS
from builder.opening import NotAPackage, open_package
from builder.pipeline import File
from builder.preparing import read_file
from builder.prose import Labels, render
from builder.reading import places
from builder.rendering import render_questions

ENGLISH = words.parse(files.templates()["words/en.toml"])


def assert_reading_is_sound(content):
    """Any bytes are read; places lie in the file, and no line is lost."""
    reading = read_file(File("q.md", "q.md", content))
    rendered = render_questions(reading, lambda *_: None, Labels())
    assert_places_lie_in_the_file(reading, rendered.diagnostics)
    assert_no_line_is_lost(reading)


def assert_places_lie_in_the_file(reading, diagnostics):
    source = reading.source
    last = source.text.count("\n") + 1
    for found in diagnostics:
        place = found.place
        assert place, found
        assert (place.line, place.column) <= (place.end_line, place.end_column), found
        assert found.rule == "undecodable" or 1 <= place.line <= place.end_line <= last, found
    for question in reading.questions:
        for span in places(question):
            assert 0 <= span.start <= span.end <= len(source.text)


def assert_no_line_is_lost(reading):
    source = reading.source
    on_cards = {
        line
        for question in reading.questions
        for span in places(question)
        for line in source.line_range(span)
    }
    told = {n for unread in reading.unread for n in range(unread.first, unread.last + 1)}
    if "<!--" in source.text:
        return  # what an author put in a comment is not for the cards
    for number, line in enumerate(source.text.split("\n"), 1):
        assert number in on_cards | told or not re.search(r"\w", line), (number, line)


class Allowed(HTMLParser):
    """Fails at the first thing that may not be on a card."""

    def handle_starttag(self, tag, attributes):
        assert tag in TAGS, tag
        for name, value in attributes:
            assert name in ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()) | {
                *(("class", "role", "tabindex") if tag == "div" else ()),
                *(("class",) if tag == "span" else ()),
            }, (tag, name)
            if name == "href":
                before = r"[\x00-\x20]*"  # which browsers take away (WHATWG's "basic URL parser")
                assert re.match(rf"{before}({'|'.join(SCHEMES)}):", value, re.IGNORECASE), value
            if name == "src":
                assert not re.match(
                    r"[\s\x00-\x20]*([a-z][a-z0-9+.-]*:|[/\\]\s*[/\\])", value, re.IGNORECASE
                ), value


def assert_prose_is_safe(markdown):
    """Any Markdown, and any HTML, becomes HTML that holds what is allowed, and stays as it is."""
    for html in (render(markdown), markdown):
        safe = clean(html).html
        Allowed().feed(safe)
        assert not re.search(r"\[sound:|\[\[type:|\[latex|\{\{", safe)
        assert clean(safe).html == safe
        assert plain(safe) == " ".join(plain(safe).split())
        names = {name: f"bd-{number}.png" for number, name in enumerate(images(safe))}
        assert images(rewire(safe, names)) == tuple(names.values())


def assert_package_opens_or_says_why(content, folder):
    """Any bytes are opened, to texts that can be written anywhere, or refused with a sentence."""
    path, scratch = folder / "file.apkg", folder / "scratch"
    path.write_bytes(content)
    scratch.mkdir(exist_ok=True)
    found = None
    with suppress(NotAPackage):
        found = open_package(path, scratch)
        json.dumps([dict(note.fields) for note in found.notes.values()]).encode()
    assert not list(scratch.iterdir())
    return found


def assert_news_are_told(old, new):
    """What is new from any package to any other is told in texts that can be written anywhere."""
    found = compare(old, new)
    release_notes.as_json(found).encode()
    notes = release_notes.release_notes(found, ENGLISH)
    release_notes.as_text(notes).encode()
    release_notes.as_markdown(notes).encode()

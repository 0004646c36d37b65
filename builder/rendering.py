"""Questions as they are shown: Markdown to clean HTML, with what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Callable

from builder.diagnostics import Diagnostic, Report, in_source_order
from builder.html import Removed, clean, images, may_be_live, plain, rewire
from builder.media import TOO_LARGE, digest, media
from builder.model import (
    NOTHING,
    Option,
    Passage,
    Question,
    RenderedOption,
    RenderedQuestion,
    Rich,
)
from builder.prose import Labels, Links, may_hold_tags, one_line, render
from builder.reading import Reading
from builder.source import Span
from builder.values import Record

FindMedia = Callable[[str, str], bytes | None]
"""The content of a file by the path of the source that names it and the name it uses."""


class Sought(Record):
    """A file that a question names: a hash of its content, "" if it is not there, and the name
    under which it is bundled, "" if it is no picture or sound."""

    name: str
    digest: str
    bundled: str


class Rendered(Record):
    """What one file gives to the cards; `diagnostics` holds also those of the reading."""

    reading: Reading
    questions: tuple[RenderedQuestion, ...]
    media: tuple[Sought, ...]
    diagnostics: tuple[Diagnostic, ...]


def render_questions(reading: Reading, find_media: FindMedia, labels: Labels) -> Rendered:
    """All questions of a file, in order."""
    page = _Page(reading, find_media, labels)
    questions = tuple(page.question(question) for question in reading.questions)
    told = in_source_order([*reading.diagnostics, *page.report.found])
    return Rendered(reading, questions, tuple(page.sought.values()), tuple(told))


class _Page:
    """The rendering of one file: its link definitions, its media, what is told about it."""

    def __init__(self, reading: Reading, find_media: FindMedia, labels: Labels) -> None:
        self.source = reading.source
        self.links = Links.of(reading.source.text)
        self.labels = labels
        self.find_media = find_media
        self.sought: dict[str, Sought] = {}
        self.known: dict[str, Rich] = {}  # of what is shown so wherever it stands, with no word
        self.report = Report(reading.source)

    def question(self, question: Question) -> RenderedQuestion:
        stem, options = self.rich(question.stem), tuple(map(self.option, question.options))
        instruction, explanation = self.rich(question.instruction), self.rich(question.explanation)
        reasons = (part for option in options for part in (option.text, option.summary, option.why))
        return RenderedQuestion(
            title=question.title,
            stem=stem,
            options=options,
            instruction=instruction,
            explanation=explanation,
            tags=question.tags,
            media=_media_in(stem, instruction, explanation, *reasons) if self.sought else (),
            key=question.key,
        )

    def option(self, option: Option) -> RenderedOption:
        return RenderedOption(
            self.rich(option.text),
            option.verdict,
            self.rich(option.summary) if option.summary else NOTHING,
            self.rich(option.why) if option.why else NOTHING,
            option.label,
        )

    def rich(self, passage: Passage | None) -> Rich:
        if passage is None:
            return NOTHING
        markdown = passage.markdown
        if known := self.known.get(markdown):
            return known
        if (simple := one_line(markdown)) and not may_be_live(simple.html):
            self.known[markdown] = simple
            return simple
        html = render(markdown, self.links, self.labels)
        cleaned = clean(html, is_ours=not may_hold_tags(markdown))
        for removed in cleaned.removed:
            self._tell_removed(removed, passage)
        names = {name: self._bundle(name, passage) for name in images(cleaned.html)}
        if not (cleaned.removed or names):
            rich = self.known[markdown] = _rich(cleaned.html)
            return rich
        return _rich(rewire(cleaned.html, names))

    def _bundle(self, name: str, passage: Passage) -> str | None:
        if name not in self.sought:
            content = self.find_media(self.source.path, name)
            found = media(content) if content is not None else None
            self.sought[name] = Sought(name, digest(content), found.name if found else "")
            self._tell_media(name, content, passage)
        return self.sought[name].bundled or None

    def _tell_media(self, name: str, content: bytes | None, passage: Passage) -> None:
        where = self._place(name, passage)
        if content is None:
            hint = "put the file there; its path starts from the folder of this file"
            self.report.error("missing-media", where, f"there is no file “{name}”", hint)
        elif len(content) >= TOO_LARGE:
            hint = "make it smaller: AnkiWeb takes no file above 100 MB, so members cannot sync it"
            self.report.error("large-media", where, f"“{name}” is too large", hint)
        elif not self.sought[name].bundled:
            hint = "use PNG, JPEG, GIF, WebP, AVIF, SVG, MP3, OGG, MP4 or WebM"
            self.report.error("unknown-media", where, f"“{name}” is no picture or sound", hint)

    def _tell_removed(self, removed: Removed, passage: Passage) -> None:
        where = self._place(removed.clue, passage)
        self.report.warning("removed-html", where, f"{removed.what} was left out", removed.hint)

    def _place(self, clue: str, passage: Passage) -> Span:
        """Where in a passage a clue stands in any case, or else the passage's first piece."""
        wanted = re.compile(re.escape(clue), re.IGNORECASE)
        for span in passage.spans:
            if match := wanted.search(self.source.text, span.start, span.end):
                return Span(*match.span())
        return passage.spans[0]


_PARAGRAPH = re.compile(r"<p[ >]")


def _rich(html: str) -> Rich:
    html = _unwrapped(html)
    return Rich(html, plain(html))


def _unwrapped(html: str) -> str:
    """HTML that is a single paragraph, as the text of one, to stand in a row or a heading."""
    whole = html.rstrip()
    if not (whole.startswith("<p>") and whole.endswith("</p>")):
        return html
    inner = whole[len("<p>") : -len("</p>")]
    return html if "<p" in inner and _PARAGRAPH.search(inner) else inner


_SOURCE = re.compile(r'\ssrc="(bd-[0-9a-f]{20}\.\w+)"')


def _media_in(*parts: Rich) -> tuple[str, ...]:
    """The names of the bundled files that parts of a question show, each once, in order."""
    shown = (part.html for part in parts if 'src="bd-' in part.html)
    return tuple(dict.fromkeys(name for html in shown for name in _SOURCE.findall(html)))

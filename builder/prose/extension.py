"""GitHub's rules as an extension of Python-Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import Registry

from builder.prose.blocks import NO_TAG
from builder.prose.inlines import inline_html
from builder.prose.links import Definition
from builder.prose.markup import Html, Labels, attribute
from builder.prose.structure import Structure

_FORMULA = re.compile(r'\s*(<div class="bd-scroll bd-math".*?</div>)\s*', re.DOTALL)


class _GitHub(Extension):
    """Replaces Python-Markdown's rules for blocks and inline markup, and its serializer."""

    def __init__(self) -> None:
        super().__init__()
        self.labels = Labels()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Called by Python-Markdown once, when the instance is made."""
        md.registerExtension(self)
        md.preprocessors = Registry()
        md.inlinePatterns = Registry()
        md.treeprocessors = Registry()
        md.postprocessors = Registry()
        md.parser = _Blocks(self, md)
        md.treeprocessors.register(_Inlines(self, md), "inline", 0)
        md.stripTopLevelTags = False


class _Blocks(BlockParser):
    """All blocks at once: where one of them ends cannot be told from its own text."""

    def __init__(self, extension: _GitHub, md: Markdown) -> None:
        super().__init__(md)
        self.extension = extension

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802
        """Called by Python-Markdown for each text."""
        root = Element(self.md.doc_tag)
        structure = Structure(root, self.extension.labels)
        structure.read(list(lines))
        for label, definition in structure.definitions.items():
            self.md.references.setdefault(label, definition)
        return ElementTree(root)


class _Inlines(Treeprocessor):
    """The inline markup of every element whose text is not HTML yet."""

    def __init__(self, extension: _GitHub, md: Markdown) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        references, labels = self.md.references, self.extension.labels
        for element in root.iter():
            text = element.text
            if text and not isinstance(text, Html):
                html = inline_html(text, references, labels)
                if element.tag == "p" and "bd-math" in html:
                    element.tag, html = NO_TAG, _apart(html)
                element.text = html


def _apart(html: str) -> Html:
    """A paragraph as paragraphs around the display formulas in it."""
    parts = _FORMULA.split(html)
    pairs = (p if i % 2 else f"<p>{p}</p>" for i, p in enumerate(parts) if p)
    return Html("\n".join(pairs))


def _to_html(root: Element) -> str:
    return "\n".join(map(_element, root))


def _element(element: Element) -> str:
    """An element with its siblings on lines of their own; Python-Markdown's own serializer would
    escape finished HTML, and leave alone what looks like an entity."""
    content = element.text or ""
    if len(element):
        children = "\n".join(map(_element, element))
        content = f"{content}\n{children}" if content else children
    tag = element.tag
    if tag == NO_TAG:
        return content
    begun = tag
    for name, value in element.items():
        begun += attribute(name, value)
    return f"<{begun}>" if tag == "hr" else f"<{begun}>{content}</{tag}>"


@cache
def _renderer() -> tuple[Markdown, _GitHub]:
    extension = _GitHub()
    md = Markdown(extensions=[extension])
    md.serializer = _to_html
    return md, extension


def convert(markdown: str, references: Mapping[str, Definition], labels: Labels) -> str:
    """The HTML of a fragment; see `builder.prose.render`."""
    md, extension = _renderer()
    md.references = dict(references)
    extension.labels = labels
    return md.convert(markdown)


def definitions(text: str) -> dict[str, Definition]:
    """The definitions of links in a text, by folded label."""
    structure = Structure(Element("div"), Labels(), only_definitions=True)
    structure.read(text.split("\n"))
    return structure.definitions

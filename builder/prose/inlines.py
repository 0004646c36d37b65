"""Inline markup of one paragraph, heading or table cell, read from left to right as CommonMark."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from builder.code import code_escape
from builder.prose import autolinks, simple
from builder.prose.emphasis import Delimiter, delimiter, pair
from builder.prose.formulas import Formula, formula_at
from builder.prose.links import (
    ENTITY,
    PUNCTUATION,
    Definition,
    entity,
    fold,
    label_at,
    target_at,
)
from builder.prose.markup import Html, Labels, address, attribute, escape, formula_html
from builder.prose.parts import END_OF_LINK, Anchor, Part, html_of
from builder.prose.tags import tag_end
from builder.values import Draft

References = Mapping[str, Definition]

_ACTIVE = r"[\\`&<*_~\[\]$]|!\[|(?<![ ])[ ]{2,}\n"
_SPECIAL = re.compile(_ACTIVE)
_SPECIAL_OR_ADDRESS = re.compile(f"{_ACTIVE}|{autolinks.START}")
_BACKTICKS = re.compile("`+")
_RUN = {char: re.compile(re.escape(char) + "+") for char in "*_~"}
_URI = re.compile(r"<([A-Za-z][A-Za-z0-9.+-]{1,31}:[^\x00-\x20<>]*)>")
_MAIL = re.compile(
    r"<([a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*)>"
)
_ALT = re.compile(r'<img[^>]* alt="([^"]*)"[^>]*>')
_TAGS = re.compile(r"<[^>]*>")
_LONGEST_LABEL = 1000
_BREAK = Html("<br>\n")


class _Bracket(Draft):
    """An opening bracket that may turn out to begin a link or an image."""

    part: int
    text_start: int
    image: bool
    delimiter: Delimiter | None
    active: bool = True
    bracket_after: bool = False


def inline_html(text: str, references: References, labels: Labels) -> Html:
    """The HTML of a text that holds inline markup only."""
    return simple.inline_html(text) or read_html(text, references, labels)


def read_html(text: str, references: References, labels: Labels) -> Html:
    """The same the long way, which any text can go."""
    return _Reader(text, references, labels).html()


class _Reader:
    """Reads a text once. Parts are plain text, finished HTML, and delimiters still to match."""

    __slots__ = (
        "all_ticks_seen",
        "brackets",
        "labels",
        "last",
        "parts",
        "references",
        "text",
        "ticks",
    )

    def __init__(self, text: str, references: References, labels: Labels) -> None:
        self.text = text
        self.labels = labels
        self.references = references
        self.parts: list[Part] = []
        self.brackets: list[_Bracket] = []
        self.last: Delimiter | None = None
        self.ticks: dict[int, int] = {}
        self.all_ticks_seen = False

    def html(self) -> Html:
        text, parts = self.text, self.parts
        bare = "://" in text or "www." in text
        search = (_SPECIAL_OR_ADDRESS if bare else _SPECIAL).search
        at = 0
        while match := search(text, at):
            start = match.start()
            if start > at:
                parts.append(text[at:start])
            at = _READ[text[start]](self, start)
        parts.append(text[at:])
        self._pair(None)
        return Html(html_of(parts))

    def code(self, start: int) -> int:
        run = _BACKTICKS.match(self.text, start)
        assert run
        end = self._closing_ticks(run.end(), run.end() - start)
        if end < 0:
            self.parts.append(run[0])
            return run.end()
        code = self.text[run.end() : end].replace("\n", " ")
        if code.startswith(" ") and code.endswith(" ") and code.strip(" "):
            code = code[1:-1]
        self.parts.append(Html(f"<code>{code_escape(code)}</code>"))
        return end + run.end() - start

    def _closing_ticks(self, at: int, length: int) -> int:
        """Where the next run of so many backticks begins, or -1.

        GitHub remembers where each length of run was seen last, once a search has failed.
        """
        if self.all_ticks_seen and self.ticks.get(length, 0) <= at:
            return -1
        for run in _BACKTICKS.finditer(self.text, at):
            found = run.end() - run.start()
            self.ticks[found] = run.start()
            if found == length:
                return run.start()
        self.all_ticks_seen = True
        return -1

    def backslash(self, start: int) -> int:
        following = self.text[start + 1 : start + 2]
        if following == "\n":
            self.parts.append(_BREAK)
            return start + 2
        if following in ("(", "[") and (found := formula_at(self.text, start)):
            return self._formula(found)
        if following and following in PUNCTUATION:
            self.parts.append(following)
            return start + 2
        self.parts.append("\\")
        return start + 1

    def dollar(self, start: int) -> int:
        if found := formula_at(self.text, start):
            return self._formula(found)
        end = start + (2 if self.text.startswith("$$", start) else 1)
        self.parts.append(self.text[start:end])
        return end

    def _formula(self, found: Formula) -> int:
        self.parts.append(formula_html(found.tex, found.display, self.labels))
        return found.end

    def reference(self, start: int) -> int:
        match = ENTITY.match(self.text, start)
        characters = entity(match) if match else None
        if match is None or characters is None:
            self.parts.append("&")
            return start + 1
        self.parts.append(characters)
        return match.end()

    def pointed(self, start: int) -> int:
        if match := _URI.match(self.text, start):
            self._link_to(match[1], match[1])
            return match.end()
        if match := _MAIL.match(self.text, start):
            self._link_to("mailto:" + match[1], match[1])
            return match.end()
        if end := tag_end(self.text, start):
            self.parts.append(Html(self.text[start:end]))
            return end
        self.parts.append("<")
        return start + 1

    def bare_address(self, start: int) -> int:
        end = 0 if self.brackets else autolinks.address_end(self.text, start)
        if not end:
            self.parts.append(self.text[start])
            return start + 1
        found = self.text[start:end]
        self._link_to("http://" + found if found.startswith("www") else found, found)
        return end

    def _link_to(self, url: str, text: str) -> None:
        href = attribute("href", address(url))
        self.parts.append(Html(f"<a{href}>{escape(text)}</a>"))

    def run(self, start: int) -> int:
        match = _RUN[self.text[start]].match(self.text, start)
        assert match
        found = delimiter(self.text, start, match.end())
        self.parts.append(found)
        if found.can_open or found.can_close:
            found.previous = self.last
            if self.last is not None:
                self.last.next = found
            self.last = found
        return match.end()

    def _pair(self, bottom: Delimiter | None) -> None:
        """Match the delimiters above `bottom`, and forget them."""
        first = self.last
        if first is None or first is bottom:
            return
        while first.previous is not bottom:
            assert first.previous
            first = first.previous
        pair(first)
        self.last = bottom
        if bottom is not None:
            bottom.next = None

    def open_bracket(self, start: int) -> int:
        image = self.text[start] == "!"
        end = start + 1 + image
        if self.brackets:
            self.brackets[-1].bracket_after = True
        self.brackets.append(_Bracket(len(self.parts), end, image, self.last))
        self.parts.append(self.text[start:end])
        return end

    def close_bracket(self, start: int) -> int:
        opener = self.brackets.pop() if self.brackets else None
        target = self._target(opener, start) if opener and opener.active else None
        if opener is None or target is None:
            self.parts.append("]")
            return start + 1
        (url, title), end = target
        self._pair(opener.delimiter)
        if opener.image:
            self._image(opener, url, title)
            return end
        attributes = attribute("href", address(url)) + (title and attribute("title", title))
        self.parts[opener.part] = Anchor(f"<a{attributes}>")
        self.parts.append(END_OF_LINK)
        for bracket in reversed(self.brackets):
            if not bracket.image:
                if not bracket.active:
                    break
                bracket.active = False
        return end

    def _target(self, opener: _Bracket, close: int) -> tuple[Definition, int] | None:
        """Where the brackets from `opener` to `close` lead, and where their markup ends."""
        text, end = self.text, close + 1
        if text.startswith("(", end) and (target := target_at(text, end)):
            return target
        labelled = label_at(text, end) if text.startswith("[", end) else None
        if labelled and labelled[0].strip():
            label, end = labelled
        elif opener.bracket_after or close - opener.text_start > _LONGEST_LABEL:
            return None
        else:
            label = text[opener.text_start : close]
            end = labelled[1] if labelled else end
        definition = self.references.get(fold(label)) if self.references else None
        return (definition, end) if definition else None

    def _image(self, opener: _Bracket, url: str, title: str) -> None:
        content = html_of(self.parts[opener.part + 1 :])
        del self.parts[opener.part :]
        alt = _TAGS.sub("", _ALT.sub(r"\1", content)).replace('"', "&quot;").replace("\n", " ")
        source = attribute("src", url)
        self.parts.append(Html(f'<img{source} alt="{alt}"{title and attribute("title", title)}>'))

    def hard_break(self, start: int) -> int:
        self.parts.append(_BREAK)
        return self.text.index("\n", start) + 1


_READ: dict[str, Callable[[_Reader, int], int]] = {
    "\\": _Reader.backslash,
    "`": _Reader.code,
    "&": _Reader.reference,
    "<": _Reader.pointed,
    "$": _Reader.dollar,
    "[": _Reader.open_bracket,
    "!": _Reader.open_bracket,
    "]": _Reader.close_bracket,
    " ": _Reader.hard_break,
    **dict.fromkeys("*_~", _Reader.run),
    **dict.fromkeys("hHfFw", _Reader.bare_address),
}

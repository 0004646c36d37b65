"""The parts that a paragraph was taken apart into, put together again as HTML."""

from __future__ import annotations

from builder.prose import autolinks
from builder.prose.emphasis import Delimiter
from builder.prose.markup import Html, address, attribute, escape

Part = str | Delimiter
"""Plain text, finished HTML (`Html`), or a run of delimiters."""


class Anchor(Html):
    """The opening tag of a link: no address within it becomes another."""


END_OF_LINK = Html("</a>")


def html_of(parts: list[Part]) -> str:
    """The HTML of all parts; runs of text are escaped, and searched for mail, as one."""
    found: list[str] = []
    text, in_link = "", False
    for part in parts:
        if isinstance(part, Delimiter):
            if part.closing:
                found += (_text_html(text, in_link), part.closing)
                text = ""
            text += part.char * part.count
            if part.opening:
                found += (_text_html(text, in_link), part.opening)
                text = ""
        elif isinstance(part, Html):
            found += (_text_html(text, in_link), part)
            text = ""
            in_link = part.__class__ is Anchor or (in_link and part is not END_OF_LINK)
        else:
            text += part
    found.append(_text_html(text, in_link))
    return "".join(found)


def _text_html(text: str, in_link: bool) -> str:
    if "@" not in text or in_link:
        return escape(text)
    found: list[str] = []
    done = 0
    for start, end in autolinks.mail_addresses(text):
        mail = text[start:end]
        href = attribute("href", address(mail if ":" in mail else "mailto:" + mail))
        found += (escape(text[done:start]), f"<a{href}>{escape(mail)}</a>")
        done = end
    return "".join((*found, escape(text[done:])))

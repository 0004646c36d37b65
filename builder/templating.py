"""Text from templates that themselves hold Anki's `{{ }}` (the only home of Jinja2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def render(templates: Mapping[str, str], name: str, **values: object) -> str:
    """The template of that name with values in place.

    `<%= value %>` is escaped for HTML, `<% if %>` and `<%# comment %>` are as in Jinja2, and
    `{{Field}}` stays for Anki. `<% include "name" %>` finds other templates by their names;
    `data_uri` turns the text of an SVG file into a CSS `url()`. A name without a value is an
    error. Indentation, empty lines and comments do not reach the card.
    """
    text = render_loose(templates, name, **values)
    return tight_style(text) if name.endswith(".css") else tight(text)


def render_loose(templates: Mapping[str, str], name: str, **values: object) -> str:
    """As `render`, with every space and line where it stood: a page may hold an author's code."""
    return _environment(tuple(templates.items())).get_template(name).render(values)


@lru_cache(maxsize=8)
def _environment(templates: tuple[tuple[str, str], ...]) -> Environment:
    from jinja2 import (  # noqa: PLC0415 - 60 ms
        DictLoader,
        Environment,
        StrictUndefined,
        select_autoescape,
    )

    environment = Environment(
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<%=",
        variable_end_string="%>",
        comment_start_string="<%#",
        comment_end_string="%>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        loader=DictLoader(dict(templates)),
    )
    environment.filters["css_string"] = css_string
    environment.filters["data_uri"] = lambda name: data_uri(dict(templates)[name])
    return environment


_COMMENT = re.compile(r"/\*[\s\S]*?\*/|^[ \t]*//.*$", re.MULTILINE)
_QUOTED = re.compile(r'(?<= )([a-z-]+)="([\w.-]+)"(?=[ >])')


def tight(text: str) -> str:
    """The same without what only readers of the template need; a note type has 13 of them.

    Comments (`/* */`, and `//` on a line of its own), indents, empty lines, quotes around
    attributes that are one word.
    """
    lines = (line.strip() for line in _COMMENT.sub("", text).splitlines())
    return "\n".join(_QUOTED.sub(r"\1=\2", line) for line in lines if line)


def tight_style(css: str) -> str:
    """The same for CSS: a rule on a line, no space where none is needed.

    No string holds what is looked for here: see `css_string` and `data_uri`.
    """
    css = re.sub(r"\s+", " ", _COMMENT.sub("", css))
    css = re.sub(r" ?([{};>~]) ?|([:,]) ", r"\1\2", css)
    return css.replace(";}", "}").replace("}", "}\n").replace("\n}", "}").strip()


def css_string(text: str) -> str:
    """A text as a string of CSS, in quotes: letters and digits stay, all else is escaped."""
    return '"' + re.sub(r"[^\w ]|(?<=[^\w]) ", lambda each: f"\\{ord(each[0]):x} ", text) + '"'


def data_uri(svg: str) -> str:
    """An SVG image as a CSS `url()`; it must use single quotes or none for its attributes."""
    body = re.sub(r">\s+<", "><", svg.strip())
    assert not re.search(r'["{};~]|[:,] ', body), "tight_style would change it"
    for character, escape in (("%", "%25"), ("#", "%23"), ("<", "%3C"), (">", "%3E")):
        body = body.replace(character, escape)
    return f'url("data:image/svg+xml,{body}")'

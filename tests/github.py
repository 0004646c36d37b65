"""What GitHub's own renderer makes of Markdown, and HTML as an outline that can be compared."""

import re
from urllib.parse import unquote

import cmarkgfm
import nh3
from bs4 import BeautifulSoup, NavigableString
from cmarkgfm.cmark import Options

from builder.prose.tags import KNOWN, known_only

EXTENSIONS = ["table", "strikethrough", "autolink", "tasklist"]
INLINE_TAGS = """
a abbr b br cite code del dfn em i img ins kbd mark q s samp small span strike strong sub sup tt u
var
"""
INLINE = frozenset(INLINE_TAGS.split())
TOLD = ("href", "src", "alt", "start", "align")
BOX = re.compile(r'<input type="checkbox" (checked="" )?disabled="" /> ?(\n<(?:p|h[12])>)?')
PARSER = nh3.Cleaner(
    tags=KNOWN - {"script", "style"},
    attributes={"*": {*TOLD, "class"}},
    link_rel=None,
    clean_content_tags={"script", "style"},
)
"""Reads HTML as browsers do, which is what two ways of writing it have in common."""


def github(markdown):
    """The HTML that GitHub's renderer writes."""
    return cmarkgfm.markdown_to_html_with_extensions(
        markdown, options=Options.CMARK_OPT_UNSAFE, extensions=EXTENSIONS
    )


def github_outline(markdown):
    """The outline of GitHub's HTML, as far as we mean to show the same.

    Where we do not: boxes of task lists are characters, and tags of no HTML element are text.
    """
    html = re.sub(BOX, _box, github(markdown))
    return outline(known_only(html))


def _box(match):
    return (match[2] or "") + ("\u2611 " if match[1] else "\u2610 ")


def outline(html):
    """HTML as indented lines: a block's tag, or a run of text with its inline tags.

    Our boxes of what scrolls and the colours of code are left out.
    """
    soup = BeautifulSoup(PARSER.clean(html + "\n"), "html.parser")
    for box in soup.select("div.bd-scroll"):
        box.unwrap()
    for strong in soup.select("strong > strong"):
        strong.unwrap()  # GitHub writes one for two
    for span in soup.select("span"):
        if not set(span.attrs) - {"class"}:
            span.unwrap()
    lines = []
    _outline(soup, 0, lines)
    return "\n".join(lines)


def _outline(parent, depth, lines):
    run = []
    for child in parent.children:
        if isinstance(child, NavigableString) or child.name in INLINE:
            run.append(_inline(child))
        else:
            _end_run(run, depth, lines)
            lines.append("  " * depth + _tag(child))
            if child.name == "pre":
                code = child.get_text().rstrip("\n").expandtabs(4)
                lines += ["  " * depth + "  | " + line for line in code.split("\n")]
            else:
                _outline(child, depth + 1, lines)
    _end_run(run, depth, lines)


def _end_run(run, depth, lines):
    text = re.sub(r"[ \t\n\f]+", " ", "".join(run)).strip(" ")
    text = re.sub(r" ((?:</[^>]*>)+)$", r"\1", re.sub(r"^((?:<[^>]*>)+) ", r"\1", text))
    text = text.replace("<br> ", "<br>").replace(" <br>", "<br>")
    if text:
        lines.append("  " * depth + text)
    run.clear()


def _inline(node):
    if isinstance(node, NavigableString):
        return str(node).replace("&", "&amp;").replace("<", "&lt;")
    inside = "".join(map(_inline, node.children))
    if node.name == "code":
        inside = inside.strip(" ")
    return _tag(node) + (f"{inside}</{node.name}>" if node.name not in ("br", "img") else "")


def _tag(tag):
    told = [(name, str(tag[name])) for name in TOLD if tag.has_attr(name)]
    return f"<{tag.name}{''.join(f' {name}={unquote(value)!r}' for name, value in told)}>"

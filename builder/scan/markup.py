"""The markup that begins a block, by the rules of CommonMark 0.31, and by those of sites."""

from __future__ import annotations

import re

from builder.patterns import late
from builder.scan.lines import Line

ITEM = re.compile(r"( {0,3})([-*+]|\d{1,9}[.)]|#\.)(?:([ \t]+)(?=\S)|[ \t]*$)")
"""How an item begins; so does one that Pandoc is to count: "#. What"."""
HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)$")
QUOTE = re.compile(r" {0,3}>(?:!(?= ))? ?")
"""A quote, or a spoiler as on Reddit: ">! hidden"."""

UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
TABLE_RULE = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
RAW_HTML = late(r" {0,3}<(?:(script|pre|style|textarea)(?=[\s>]|$)|(!--)|\?|![A-Z])", re.IGNORECASE)
_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|"
    "dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|"
    "header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|"
    "param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
BLOCK_HTML = late(rf" {{0,3}}</?(?:{_BLOCK_TAGS}|quiz(?=>))(?=[\s/>]|$)", re.IGNORECASE)
"""How a block of HTML begins; so do the quizzes of MkDocs, whose tag CommonMark does not know."""
LONE_TAG = late(
    r""" {0,3}<(?:[a-z][a-z0-9-]*"""
    r"""(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*"""
    r"""\s*/?|/[a-z][a-z0-9-]*\s*)>\s*$""",
    re.IGNORECASE,
)
COMPONENT = re.compile(r" {0,3}<[A-Z][\w.]*(?:\s[^<>]*(?:=\{[^<>]*/>[ \t]*)?)?$")
"""The first line of a component of MDX that goes on below it, or all of one that is told values."""
COMPONENT_END = re.compile(r"(?:.*/>|\s*>)\s*$")

DIRECTIVE = late(
    r" {0,3}(?::{3,}[ \t]*(?=[\w.{\[:]|$)|\{%-?[ \t]*/?[\w-]+(?:[ \t][^{}]*)?%\}[ \t]*$"
    r"|\{[#:/][a-z][^{}]*\}[ \t]*$|\{\{[<%][ \t]*/?[ \t]*[\w./-]+(?:[ \t][^{}]*)?[%>]\}\})"
)
"""A line of a site generator that opens or closes something, which GitHub shows as text: a colon
fence of Pandoc, MyST or VitePress, a tag of Liquid, a shortcode of Hugo, a block of Svelte."""


def is_bullet(text: str) -> bool:
    """Whether a line begins as most items do: with a bullet, one space, and text."""
    return len(text) > 2 and text[1] == " " and text[0] in BULLETS and not text[2].isspace()


BULLETS = frozenset("-*+")


def interrupts(line: Line) -> bool:
    """Whether a line begins a block even right under a paragraph."""
    text = line.text
    if is_bullet(text):
        return True
    head = text.lstrip(" ")
    begins = _INTERRUPTING.get(head[:1])
    return begins is not None and len(text) - len(head) <= 3 and begins(text)


def _is_heading(text: str) -> bool:
    return bool(HEADING.match(text))


def _is_quote(_: str) -> bool:
    return True


def _is_fence(text: str) -> bool:
    return bool(FENCE.match(text))


def _is_html(text: str) -> bool:
    return bool(RAW_HTML.match(text) or BLOCK_HTML.match(text) or COMPONENT.match(text))


def _is_item_or_rule(text: str) -> bool:
    item = ITEM.match(text)
    return bool((item and item[3]) or RULE.match(text))


def _is_first_item(text: str) -> bool:
    item = ITEM.match(text)
    return bool(item and item[3] and item[2] in ("1.", "1)"))


def _is_directive(text: str) -> bool:
    return bool(DIRECTIVE.match(text))


_INTERRUPTING = {
    "#": _is_heading,
    ">": _is_quote,
    **dict.fromkeys("`~", _is_fence),
    "<": _is_html,
    **dict.fromkeys("-*_+", _is_item_or_rule),
    "1": _is_first_item,
    **dict.fromkeys(":{", _is_directive),
}
"""What tells whether a line begins a block, by its first character but for spaces."""

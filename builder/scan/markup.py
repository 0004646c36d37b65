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


def interrupts(line: Line) -> bool:
    """Whether a line begins a block even right under a paragraph."""
    text = line.text
    head = text.lstrip(" ")
    if not head or len(text) - len(head) > 3:
        return False
    match head[0]:
        case "#":
            return bool(HEADING.match(text))
        case ">":
            return True
        case "`" | "~":
            return bool(FENCE.match(text))
        case "<":
            return bool(RAW_HTML.match(text) or BLOCK_HTML.match(text) or COMPONENT.match(text))
        case "-" | "*" | "_" | "+":
            item = ITEM.match(text)
            return bool((item and item[3]) or RULE.match(text))
        case "1":
            item = ITEM.match(text)
            return bool(item and item[3] and item[2] in ("1.", "1)"))
        case ":" | "{":
            return bool(DIRECTIVE.match(text))
    return False

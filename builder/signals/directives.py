"""What the directives of site generators say: `::: details Answer`, `{% hint %}`, `{{< expand >}}`.

Colon fences are those of Pandoc and Quarto, MyST, VitePress, Docusaurus, HackMD and the lessons of
the Carpentries; what a fence of MyST says, "```{dropdown} Answer", is read as one. Tags stand for
GitBook and Jekyll, shortcodes for Hugo. Blocks of Svelte, `{#if …}`, only frame what they hold.
"""

from __future__ import annotations

import re

from builder.patterns import late
from builder.signals.announcements import Part, announced
from builder.signals.labels import counted, names_question
from builder.values import Record

_COLONS = late(
    r"\s*:{3,}\s*(?:\{(?P<braced>[^{}]*)\}|(?P<name>[^\W\d][\w-]*))?\s*(?:\[(?P<label>[^\]]*)\])?"
    r"(?P<rest>(?:[^{\s:]++|[\s:]++(?!$))*?)(?:\{(?P<more>[^{}]*)\})?[\s:]*$"
)
_TAG = re.compile(r"\s*\{%-?\s*(?P<end>/|end(?=\w))?(?P<name>[\w-]+)(?P<rest>[^{}]*?)-?%\}")
_SHORTCODE = re.compile(
    r"\s*\{\{[<%]\s*(?P<end>/)?\s*(?P<name>[\w./-]+)(?P<rest>[^{}]*?)/?[%>]\}\}"
)
_BRANCH = re.compile(r"\s*\{[#:/](?P<name>[a-z]+)[^{}]*\}\s*$")
CLOSING = re.compile(
    r"\s*(?:\{\{[<%]\s*/\s*[\w./-]+\s*[%>]\}\}|\{%-?\s*(?:end|/)[\w-]+\s*-?%\})\s*$"
)
"""A tag or a shortcode that closes what was opened, at the end of a line."""

_FENCED = re.compile(r"\{(?P<name>[\w-]+)\}")
_CLASS = re.compile(r"(?<!\S)\.([\w-]+)")
_STRING = r"""(?:"(?P<title>[^"]*)"|'(?P<other>[^']*)')"""
_TITLE = re.compile(rf"\b(?:title|summary|header|label|text|caption)\s*=\s*{_STRING}")
_QUOTED = re.compile(rf"\s*{_STRING}")
_REFERENCE = re.compile(r"\s*(?=[\w.:-]*[-_.:\d])[\w.:-]++\s*$")
"""What names an exercise for links to it, and is not shown."""

_FOLDING_WORDS = """
accordion accordion-item collapse collapsible details dropdown expand expandable fold reveal spoiler
toggle
"""
_ASKING_WORDS = "challenge exercise problem question task"
_FRAMING_WORDS = """
admonition attention card caution container danger div error grid grid-item-card hint important info
margin note seealso sidebar success tab-item tab-set tip topic warning
"""
_LITERAL_WORDS = """
code code-block code-cell comment csv-table figure highlight image include list-table literalinclude
math mermaid prompt raw sourcecode table verbatim
"""
_FOLDING = frozenset(_FOLDING_WORDS.split())
_ASKING = frozenset(_ASKING_WORDS.split())
_LITERAL = frozenset(_LITERAL_WORDS.split())
_IN_FENCES = frozenset(["answer", "solution", *_FOLDING, *_ASKING, *_FRAMING_WORDS.split()])


class Directive(Record):
    """What a line opens or closes: the way to do so (":", "%", "<", "#"), its kinds, and its title.

    `title` is where the line says what it is called, empty if it does not, and `said` what stands
    there; `stop` is where text begins that stands behind it in the line.
    """

    way: str
    kinds: tuple[str, ...]
    closes: bool
    title: tuple[int, int]
    said: str
    stop: int

    @property
    def literal(self) -> bool:
        """Whether it holds no Markdown, or nothing."""
        return not _LITERAL.isdisjoint(self.kinds)

    @property
    def folds(self) -> bool:
        """Whether it hides what it holds, or says that this answers or explains."""
        return not _FOLDING.isdisjoint(self.kinds) or _answers(self.said)

    @property
    def asks(self) -> bool:
        """Whether it holds a question: by its kind, or by a title such as "Exercise 3"."""
        if self.way != ":":
            return False
        count = counted(self.said)
        numbered = count is not None and count.known and bool(count.word)
        return numbered or self.only_asks or not _ASKING.isdisjoint(self.kinds)

    @property
    def only_asks(self) -> bool:
        """Whether its title only says that a question follows: "Checkpoint question"."""
        return names_question(self.said.rpartition(" ")[2])

    @property
    def key(self) -> tuple[str, str]:
        """What must be the same of what opens and what closes it."""
        return self.way, "" if self.way == ":" else self.kinds[0]


def holds_markdown(info: str) -> bool:
    """Whether the info string of a fence is a directive of MyST that holds Markdown."""
    match = _FENCED.match(info)
    return match is not None and match["name"].lower() in _IN_FENCES


def as_colons(fence: str) -> str:
    """The line of a fence as the colon fence that says the same."""
    return fence.replace("`", ":").replace("~", ":")


def opens_answer(text: str) -> bool:
    """Whether a line opens what folds or answers."""
    text = as_colons(text) if text.startswith(("```{", "~~~{")) else text
    found = directive(text) if text[:1] in (":", "{") else None
    return found is not None and not found.closes and found.folds


def directive(text: str) -> Directive | None:
    """What a line opens or closes, if it is a directive."""
    if match := _COLONS.match(text):
        return _colon_fence(text, match)
    if match := _TAG.match(text):
        return _called("%", text, match)
    if match := _SHORTCODE.match(text):
        return _called("<", text, match)
    match = _BRANCH.match(text)
    return Directive("#", (match["name"],), True, (0, 0), "", len(text)) if match else None


def _colon_fence(text: str, match: re.Match[str]) -> Directive:
    """A title of its own comes first, then a kind that says enough: "::: solution"."""
    braced, name = match["braced"], match["name"]
    attributes = match["more"] or "" if braced is None else braced
    kinds = (*([name.lower()] if name else ()), *_kinds(attributes))
    span = match.span("label" if match["label"] else "rest")
    if found := _TITLE.search(text):
        span = _span(found)
    said = text[slice(*span)].strip()
    telling = [] if _answers(said) else [kind for kind in kinds if _answers(kind)]
    if telling:
        at = text.lower().find(telling[0])
        span = at, at + len(telling[0])
    elif _REFERENCE.match(said):
        span = 0, 0
    closes = not kinds and braced is None and not said
    return Directive(":", kinds, closes, span, text[slice(*span)].strip(), len(text))


def _kinds(attributes: str) -> tuple[str, ...]:
    """The kinds in braces: "{admonition}", "{.callout-note .solution}"."""
    if attributes.replace("-", "").isalnum():
        return (attributes.lower(),)
    return tuple([name.lower().removeprefix("callout-") for name in _CLASS.findall(attributes)])


def _called(way: str, text: str, match: re.Match[str]) -> Directive:
    """A tag or a shortcode. What stands behind the name is its title only where it folds."""
    name, closes = match["name"].lower(), bool(match["end"])
    start, end = match.span("rest")
    if found := _TITLE.search(text, start, end):
        span = _span(found)
    elif _answers(name):
        span = match.span("name")
    else:
        span = _span(found) if (found := _QUOTED.match(text, start, end)) else (start, end)
        said = text[slice(*span)]
        if "=" in said or not (name in _FOLDING or _answers(said.strip())):
            span = 0, 0
    return Directive(way, (name,), closes, span, text[slice(*span)].strip(), match.end())


def _answers(text: str) -> bool:
    said = announced(text)
    return said is not None and said.part is not Part.REMARK


def _span(match: re.Match[str]) -> tuple[int, int]:
    return match.span("other" if match["title"] is None else "title")

"""What is new for learners between two packages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from builder.html import clean, plain
from builder.model import RETIRED, SLOTS, Verdict
from builder.opening import Opened, OpenedNote
from builder.words import Words

LONGEST_TITLE = 160


class News(StrEnum):
    """A sort of change, the ones to act upon first."""

    ANSWER_CHANGED = "answer-changed"
    ADDED = "added"
    RETURNED = "returned"
    REWORDED = "reworded"
    OPTION_ADDED = "option-added"
    OPTION_REMOVED = "option-removed"
    EXPLAINED = "explained"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is new about one note. Texts are plain; `before` and `after` may be ""."""

    news: News
    guid: str
    deck: str
    title: str
    before: str = ""
    after: str = ""


def compare(old: Opened, new: Opened) -> tuple[Change, ...]:
    """All changes, by sort and then in the order of the new package."""
    found: list[Change] = []
    for guid, note in new.notes.items():
        found += _changes(old.notes.get(guid), note)
    for guid, note in old.notes.items():
        if guid not in new.notes:
            found.append(_change(News.LEFT_OUT, note))
    order = list(News)
    return tuple(sorted(found, key=lambda change: order.index(change.news)))


def _changes(old: OpenedNote | None, new: OpenedNote) -> Iterator[Change]:
    if old is None:
        if RETIRED not in new.tags:
            yield _change(News.ADDED, new)
        return
    gone = [RETIRED in note.tags for note in (old, new)]
    if gone == [False, True]:
        yield _change(News.WITHDRAWN, new)
        return
    if gone == [True, False]:
        yield _change(News.RETURNED, new)
    if old.deck != new.deck:
        yield _change(News.MOVED, new, old.deck, new.deck)
    if old.fields != new.fields and gone != [True, True]:
        yield from _choice(old, new) if "Option 1" in new.fields else _other(old, new)


def _choice(old: OpenedNote, new: OpenedNote) -> Iterator[Change]:
    """The changes of a question with options, whose fields `kinds.choice` made."""
    stems = [_said(note, "Stem") for note in (old, new)]
    if stems[0] != stems[1]:
        yield _change(News.REWORDED, new, *stems)
    before, after = _options(old), _options(new)
    if _key(before) != _key(after):
        yield _change(News.ANSWER_CHANGED, new, _listed(before), _listed(after))
    for slot in sorted(before.keys() | after.keys()):
        one, other = before.get(slot), after.get(slot)
        if one is None and other is not None:
            yield _change(News.OPTION_ADDED, new, "", other[0])
        elif other is None and one is not None:
            yield _change(News.OPTION_REMOVED, new, one[0], "")
        elif one and other and one[0] != other[0]:
            yield _change(News.REWORDED, new, one[0], other[0])
    reasons = ("Explanation", *(f"{n} {k}" for k in range(1, SLOTS + 1) for n in _REASONS))
    if any(_said(old, name) != _said(new, name) for name in reasons):
        yield _change(News.EXPLAINED, new)


_REASONS = ("Summary", "Reason")


def _other(old: OpenedNote, new: OpenedNote) -> Iterator[Change]:
    """The changes of an open question, or of a note that somebody else's tool made."""
    titles = [_title(note) for note in (old, new)]
    if titles[0] != titles[1]:
        yield _change(News.REWORDED, new, *titles)
    if "Answer" in new.fields and _said(old, "Answer") != _said(new, "Answer"):
        answers = [_short(_said(note, "Answer")) for note in (old, new)]
        yield _change(News.ANSWER_CHANGED, new, *answers)
    elif titles[0] == titles[1] and {**old.fields} != {**new.fields}:
        named = {name for name, text in new.fields.items() if old.fields.get(name, "") != text}
        if not named <= _QUIET:
            yield _change(News.EXPLAINED, new)


_QUIET = {"Title", "Key", "Report", "Traits", "Order", "Version", "Notice", "My Notes"}


def _options(note: OpenedNote) -> dict[int, tuple[str, str]]:
    """Text and verdict of each option that the question still has, by slot."""
    found = {}
    for slot in range(1, SLOTS + 1):
        text, verdict = _said(note, f"Option {slot}"), note.fields.get(f"Verdict {slot}", "")
        if text and verdict != Verdict.WITHDRAWN:
            found[slot] = (text, verdict)
    return found


_ANSWERS = {Verdict.CORRECT: "", Verdict.DISPUTED: "⚠️ "}


def _key(options: Mapping[int, tuple[str, str]]) -> dict[int, str]:
    return {slot: verdict for slot, (_, verdict) in options.items() if verdict in _ANSWERS}


def _listed(options: Mapping[int, tuple[str, str]]) -> str:
    """The right answers, and the disputed ones with their sign."""
    key = _key(options)
    return "; ".join(_ANSWERS[Verdict(key[slot])] + options[slot][0] for slot in sorted(key))


def _change(news: News, note: OpenedNote, before: str = "", after: str = "") -> Change:
    return Change(news, note.guid, note.deck, _title(note), _short(before), _short(after))


def _title(note: OpenedNote) -> str:
    texts = (_said(note, name) for name in note.fields)
    return _short(next(filter(None, texts), "?"))


def _said(note: OpenedNote, field: str) -> str:
    return plain(clean(note.fields.get(field, "")).html)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1].rstrip() + "…"


# As release notes ------------------------------------------------------------------------------


def as_markdown(changes: Sequence[Change], words: Words) -> str:
    """Release notes in the words' language, as Markdown; of what did not change, nothing."""
    if not changes:
        return words["news.nothing"] + "\n"
    lines = []
    for news, group in _grouped(changes):
        lines += [f"## {words[f'news.{news}']} ({len(group)})", ""]
        if f"news.{news}_hint" in words.entries:
            lines += [words[f"news.{news}_hint"], ""]
        lines += [f"- {_line(change, words)}" for change in group]
        lines.append("")
    return "\n".join(lines)


def as_text(changes: Sequence[Change], words: Words) -> str:
    """Release notes as plain text."""
    return re.sub(
        r"(?m)^#+ ", "", re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", as_markdown(changes, words))
    )


def as_json(changes: Sequence[Change]) -> str:
    """Counts by sort, and every change."""
    counts = {str(news): sum(change.news is news for change in changes) for news in News}
    found = [
        {
            "change": str(change.news),
            "guid": change.guid,
            "deck": change.deck,
            "title": change.title,
            "before": change.before,
            "after": change.after,
        }
        for change in changes
    ]
    document = {"version": 1, "counts": counts, "changes": found}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _grouped(changes: Sequence[Change]) -> Iterator[tuple[str, list[Change]]]:
    for news in News:
        if group := [change for change in changes if change.news is news]:
            yield news.replace("-", "_"), group


def _line(change: Change, words: Words) -> str:
    title = _escaped(change.title)
    if not (change.before or change.after):
        return title
    if change.title in (change.before, change.after):
        title = ""
    before, after = _escaped(change.before) or "—", _escaped(change.after) or "—"
    if not change.before or not change.after:
        return f"{title}: {_escaped(change.before or change.after)}".removeprefix(": ")
    said = words.fill("news.before_after", before=before, after=after)
    return f"{title}. {said}".removeprefix(". ") if title else said


def _escaped(text: str) -> str:
    """Plain text as Markdown that shows it."""
    return re.sub(r"([\\`*_{}\[\]<>#|~$])", r"\\\1", text)

"""Release notes for learners, as text, Markdown and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from builder.changes import Change, Changed, Comparison, News
from builder.escaping import escaped
from builder.values import Record
from builder.words import Words

LONGEST = 240
"""Characters of a text before and after a change that are shown."""

SHORT = 80
"""Characters of an option that names a part of its question."""

CONTEXT = 40
"""Characters that are shown before the place where two texts begin to differ."""


class Entry(Record):
    """A question, and in a line each what was and what is now."""

    title: str
    details: tuple[str, ...]


class Topic(Record):
    """Questions of one deck; the name is "" where there is but one."""

    name: str
    entries: tuple[Entry, ...]


class Section(Record):
    """All questions of which one sort of change is the most important, and what to do then."""

    news: News
    heading: str
    hint: str
    topics: tuple[Topic, ...]

    @property
    def count(self) -> int:
        return sum(len(topic.entries) for topic in self.topics)


class ReleaseNotes(Record):
    """What is new, in the words of one language, as plain text."""

    title: str
    summary: str
    sections: tuple[Section, ...]


def release_notes(found: Comparison, words: Words, version: str = "") -> ReleaseNotes:
    """Release notes of a version; without one they speak of two packages."""
    deck = found.deck.replace("::", " / ") or words["news.a_deck"]
    title = "news.version" if version else "news.title"
    sections = tuple(_sections(found, words))
    return ReleaseNotes(
        title=words.fill(title, deck=deck, version=version),
        summary=_summary(found, sections, words),
        sections=sections,
    )


def _summary(found: Comparison, sections: Sequence[Section], words: Words) -> str:
    """How many questions there are, and how many have which of several news."""
    if not sections:
        return words["news.nothing"]
    size = words.count("news.size", found.after)
    if found.before != found.after:
        size = words.fill("news.was_size", size=size, before=found.before)
    if len(sections) == 1:
        return size
    return " · ".join((size, *(f"{each.heading}: {each.count}" for each in sections)))


def _sections(found: Comparison, words: Words) -> Iterator[Section]:
    for news in News:
        questions = [question for question in found.questions if question.news is news]
        if questions:
            name = f"news.{news.replace('-', '_')}"
            topics = tuple(_topics(questions, found.deck, words))
            yield Section(news, words[name], _hint(name, found, words), topics)


def _hint(name: str, found: Comparison, words: Words) -> str:
    hint = words[f"{name}_hint"] if f"{name}_hint" in words.entries else ""
    if name == "news.answer_changed" and found.answer_tags:
        search = " OR ".join(f"tag:{tag}" for tag in found.answer_tags)
        return f"{hint} {words.fill('news.search', search=search)}"
    return hint


def _topics(questions: Sequence[Changed], root: str, words: Words) -> Iterator[Topic]:
    for deck, group in groupby(questions, key=lambda question: question.deck):
        entries = (Entry(each.title, tuple(_details(each, root, words))) for each in group)
        yield Topic(_topic(deck, root), tuple(entries))


def _topic(deck: str, root: str) -> str:
    """The name of a deck below that of the whole deck."""
    return deck.removeprefix(root).removeprefix("::").replace("::", " / ")


# The lines below a question ----------------------------------------------------------------------


def _details(question: Changed, root: str, words: Words) -> Iterator[str]:
    for change in question.changes:
        match change.news:
            case News.ADDED | News.RETURNED | News.WITHDRAWN | News.LEFT_OUT:
                pass
            case News.MOVED:
                decks = [_topic(deck, root) or deck for deck in (change.before, change.after)]
                yield " → ".join(decks)
            case News.PICTURES | News.CHANGED | News.EXPLAINED | News.ANSWER_REWORDED:
                yield from _part(change, words, alone=question.changes == (change,))
            case _:
                yield from _was_and_is(change, question.title, words)


def _was_and_is(change: Change, title: str, words: Words) -> Iterator[str]:
    """What was in a line, and what is now in another, unless the title says it."""
    name = f"news.{change.news.replace('-', '_')}"
    before, after = excerpts(change.before, change.after)
    if f"{name}_was" in words.entries and (before or change.news in _NEVER_ALONE):
        yield words.fill(f"{name}_was", text=before or "—")
    if f"{name}_now" in words.entries and after != title:
        yield words.fill(f"{name}_now", text=after or "—")


_NEVER_ALONE = (News.ANSWER_CHANGED, News.DISPUTED)


def _part(change: Change, words: Words, *, alone: bool) -> Iterator[str]:
    """Which part of a question is another now, and what became of it if that is short."""
    part = change.about
    if change.news is not News.CHANGED:
        part = words["news.why_part" if part else f"news.{change.news.replace('-', '_')}_part"]
        part = part.format(option=shortened(change.about, SHORT))
    before, after = excerpts(change.before, change.after)
    if 0 < len(before) + len(after) <= LONGEST:
        yield words.fill("news.part", part=part, before=before or "—", after=after or "—")
    elif change.about or not alone:
        yield part


def excerpts(before: str, after: str) -> tuple[str, str]:
    """Both texts, or where one is long the part in which they differ, cut if that is long too."""
    if max(len(before), len(after)) <= LONGEST:
        return before, after
    head = _word(before, _common(before, after) - CONTEXT)
    before, after = before[head:], after[head:]
    tail = _word(before[::-1], _common(before[::-1], after[::-1]) - CONTEXT)
    texts = (text[: len(text) - tail].rstrip() + "…" * bool(tail) for text in (before, after))
    one, other = (shortened("…" * bool(head) + text, LONGEST) for text in texts)
    return one, other


def _word(text: str, at: int) -> int:
    """Where the word begins that stands at a place, so that no word is cut."""
    return text.rfind(" ", 0, at) + 1 if at > 0 else 0


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


# Forms -------------------------------------------------------------------------------------------


def as_markdown(notes: ReleaseNotes) -> str:
    lines = [f"# {escaped(notes.title)}", "", escaped(notes.summary)]
    for section in notes.sections:
        lines += ["", f"## {escaped(section.heading)} ({section.count})"]
        lines += ["", escaped(section.hint)] if section.hint else []
        for topic in section.topics:
            lines += ["", f"### {escaped(topic.name)}"] if topic.name else []
            lines.append("")
            for entry in topic.entries:
                title = escaped(entry.title)
                lines.append(f"- **{title}**" if entry.details else f"- {title}")
                lines += [f"  - {escaped(detail)}" for detail in entry.details]
    return "\n".join(lines) + "\n"


def as_text(notes: ReleaseNotes) -> str:
    lines = [notes.title, notes.summary]
    for section in notes.sections:
        lines += ["", f"{section.heading} ({section.count})"]
        lines += [section.hint] if section.hint else []
        for topic in section.topics:
            lines += ["", f"  {topic.name}"] if topic.name else []
            for entry in topic.entries:
                lines.append(f"  • {entry.title}")
                lines += [f"      {detail}" for detail in entry.details]
    return "\n".join(lines) + "\n"


def as_json(found: Comparison) -> str:
    """All changes, and how many questions have which; texts are whole."""
    document = {
        "version": 1,
        "deck": found.deck,
        "questions_before": found.before,
        "questions": found.after,
        "counts": {
            str(news): sum(any(c.news is news for c in each.changes) for each in found.questions)
            for news in News
        },
        "changed": [
            {
                "guid": each.guid,
                "deck": each.deck,
                "title": each.title,
                "changes": [
                    {"change": str(c.news), "about": c.about, "before": c.before, "after": c.after}
                    for c in each.changes
                ],
            }
            for each in found.questions
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"

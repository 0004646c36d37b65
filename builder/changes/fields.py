"""What is new about one note, from its fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from builder.changes.texts import pictures, printable, said
from builder.changes.values import Change, News
from builder.model import SLOTS, Verdict
from builder.values import Record

_CHOICE = {"Stem", "Explanation", "Option 1", "Verdict 1", "Traits"}
_OPEN = {"Stem", "Answer", "Traits"}
"""Fields by which notes of our own kinds are known."""

PICTURE = "🖼"
"""What an option says that is a picture without a word."""


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    """What a learner would see differ between these fields of a note, before and after."""
    if before.keys() >= _CHOICE and after.keys() >= _CHOICE:
        yield from _choice(before, after)
    elif before.keys() >= _OPEN and after.keys() >= _OPEN:
        yield from _differing(News.REWORDED, before, after, ["Stem", "Instruction"])
        yield from _differing(News.ANSWER_REWORDED, before, after, ["Answer"])
        yield from _pictures(before, after)
    else:
        yield from _foreign(before, after)


def _choice(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    """The changes of a question with options, whose fields `kinds.choice` made."""
    was, now = _options(before), _options(after)
    if _slots(was, Verdict.CORRECT) != _slots(now, Verdict.CORRECT):
        yield Change(News.ANSWER_CHANGED, _correct(was), _correct(now))
    yield from _differing(News.REWORDED, before, after, ["Stem", "Instruction"])
    for slot in sorted(was.keys() | now.keys()):
        yield from _option(was.get(slot), now.get(slot))
    yield from _differing(News.OPTION_REWORDED, before, after, ["Further Options"])
    both = was.keys() & now.keys()
    doubts = [[k for k in _slots(each, Verdict.DISPUTED) if k in both] for each in (was, now)]
    if doubts[0] != doubts[1]:
        yield Change(News.DISPUTED, _texts(was, doubts[0]), _texts(now, doubts[1]))
    yield from _differing(News.EXPLAINED, before, after, ["Explanation"])
    for slot in sorted(both):
        names = f"Summary {slot}", f"Reason {slot}"
        yield from _differing(News.EXPLAINED, before, after, names, about=now[slot].text)
    yield from _pictures(before, after)


class _Option(Record):
    text: str
    verdict: str


def _options(fields: Mapping[str, str]) -> dict[int, _Option]:
    """The options that a question still has, by slot."""
    found = {}
    for slot in range(1, SLOTS + 1):
        html, verdict = fields.get(f"Option {slot}"), fields.get(f"Verdict {slot}", "")
        if html and verdict != Verdict.WITHDRAWN:
            found[slot] = _Option(said(fields, f"Option {slot}") or PICTURE, verdict)
    return found


def _slots(options: Mapping[int, _Option], verdict: Verdict) -> list[int]:
    return [slot for slot, option in options.items() if option.verdict == verdict]


def _correct(options: Mapping[int, _Option]) -> str:
    return _texts(options, _slots(options, Verdict.CORRECT))


def _texts(options: Mapping[int, _Option], slots: Iterable[int]) -> str:
    return "; ".join(options[slot].text for slot in slots)


def _option(was: _Option | None, now: _Option | None) -> Iterator[Change]:
    if was is None and now is not None:
        yield Change(News.OPTION_ADDED, "", now.text)
    elif now is None and was is not None:
        yield Change(News.OPTION_REMOVED, was.text, "")
    elif was and now and was.text != now.text:
        yield Change(News.OPTION_REWORDED, was.text, now.text)


def _foreign(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    """The changes of a note that somebody else's tool made, field by field."""
    for name in dict.fromkeys([*after, *before]):
        yield from _differing(News.CHANGED, before, after, [name], about=printable(name))
    yield from _pictures(before, after)


def _differing(
    news: News,
    before: Mapping[str, str],
    after: Mapping[str, str],
    names: Iterable[str],
    about: str = "",
) -> Iterator[Change]:
    """The change of what these fields together say, if there is one."""
    was, now = (_sentences(said(each, name) for name in names) for each in (before, after))
    if was != now:
        yield Change(news, was, now, about)


def _sentences(texts: Iterable[str]) -> str:
    """Texts one after another, each the sentence that it may be without saying so."""
    *others, last = [text for text in texts if text] or [""]
    return " ".join([text if text.endswith(_ENDS) else f"{text}." for text in others] + [last])


_ENDS = (".", "!", "?", ":", ";", "…")


def _pictures(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    """Pictures that are other ones under the same words; their names are hashes and say nothing."""
    if pictures(before.values()) != pictures(after.values()):
        yield Change(News.PICTURES)


def correct(fields: Mapping[str, str]) -> str:
    """The correct options of a question, "" if there is none."""
    return _correct(_options(fields))

"""All files of a deck as they are prepared, and the language that they are in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from builder import language, words
from builder.allowing import told
from builder.diagnostics import Diagnostic, in_source_order
from builder.language import Letters
from builder.preparing import File, Plan, Prepared, prepare, read_source
from builder.remembering import forget
from builder.rendering import FindMedia
from builder.rules import Levels, Rule, check_source
from builder.settings import Settings
from builder.source import Source
from builder.values import Record
from builder.words import Words

Work = Callable[[Collection[File], Plan, FindMedia], Iterable[Prepared]]
"""Prepares files, in their order: one by one, by several processes, or from an earlier build."""


def one_by_one(files: Collection[File], plan: Plan, find_media: FindMedia) -> Iterator[Prepared]:
    return (prepare(file, plan, find_media) for file in files)


class Gathered(Record):
    """What all files give to a deck, and the tool's words in the language that they are in."""

    files: tuple[Prepared, ...]
    own: Words
    sources: Mapping[str, Source]

    def diagnostics(self, rules: Iterable[Rule], levels: Levels) -> tuple[Diagnostic, ...]:
        """What is to be told of the files, each by itself and all together."""
        found = [each for file in self.files for each in file.diagnostics]
        found += check_source([each for file in self.files for each in file.compared], rules)
        forget()  # of all files together this is much
        allowed = {file.path: file.allowed for file in self.files}
        return tuple(in_source_order(told(found, allowed, levels)))


def gather(
    files: Collection[File],
    settings: Settings,
    templates: Mapping[str, str],
    find_media: FindMedia,
    rules: Iterable[Rule],
    work: Work = one_by_one,
) -> Gathered:
    """All files as they are prepared; they are asked for more than once.

    The language of a deck is that of all its files, and each file is prepared in it. So it is
    guessed from the first one; a wrong guess costs time only.
    """
    known = language.available(templates)
    heads = (read_source(file, settings.encoding).text for file in files)
    first = Letters.of(next(heads, ""))
    chosen = settings.language or first.language(known)
    names = tuple(rule.name for rule in rules)
    while True:
        own = words.parse(templates[f"words/{chosen}.toml"])
        made = tuple(work(files, _plan(settings, own, names), find_media))
        right = settings.language or sum((f.letters for f in made), Letters()).language(known)
        if right == chosen:
            return Gathered(made, own, _Sources(files, settings.encoding))
        chosen = right


def _plan(settings: Settings, own: Words, rules: tuple[str, ...]) -> Plan:
    return Plan(
        own,
        rules,
        settings.dialect,
        settings.encoding,
        settings.tags,
        settings.cards,
        settings.shuffle,
    )


class _Sources(Mapping[str, Source]):
    """The text of each file by its path, decoded anew when it is asked for."""

    def __init__(self, files: Collection[File], encoding: str) -> None:
        self.files = {file.shown: file for file in files}
        self.read = lru_cache(maxsize=8)(lambda path: self._read(path, encoding))

    def _read(self, path: str, encoding: str) -> Source:
        return read_source(self.files[path], encoding)

    def __getitem__(self, path: str) -> Source:
        return self.read(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)

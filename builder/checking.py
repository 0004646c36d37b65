"""What is wrong with quiz files, without building anything of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from builder.allowing import told
from builder.diagnostics import Diagnostic, Severity, in_source_order
from builder.items import Quiz
from builder.pipeline import File, own_words, read_file, wide_labels
from builder.rendering import FindMedia, Rendered, render_questions
from builder.rules import check_source, rules, wanted
from builder.settings import Settings
from builder.source import Source

LOST_TEXT = "unread-text"


@dataclass(frozen=True, slots=True)
class Checked:
    """Quiz files as they were read and shown, and all that is to be told about them."""

    files: tuple[Rendered, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def sources(self) -> dict[str, Source]:
        return {file.reading.source.path: file.reading.source for file in self.files}

    @property
    def questions(self) -> int:
        return sum(len(file.questions) for file in self.files)

    @property
    def left_out(self) -> bool:
        """Whether it was told that something is not on a card as it should be."""
        return any(d.severity is Severity.ERROR or d.rule == LOST_TEXT for d in self.diagnostics)

    @property
    def faulty(self) -> bool:
        return any(found.severity is not Severity.INFO for found in self.diagnostics)


def check(
    files: Iterable[File],
    settings: Settings,
    templates: Mapping[str, str],
    find_media: FindMedia,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
) -> Checked:
    """Runs every rule that is not off, or only selected ones, and none of those to ignore.

    A selected rule that is off in the settings weighs what it weighs without them.
    """
    levels = settings.levels
    levels |= {name: levels.get(name) or rules()[name].severity for name in select}
    levels |= dict.fromkeys(ignore)
    chosen = [rule for rule in wanted(levels) if not select or rule.name in select]
    readings = [read_file(file, settings, chosen) for file in files]
    labels = wide_labels(own_words(readings, settings, templates))
    rendered = tuple(render_questions(reading, find_media, labels) for reading in readings)
    found = [each for file in rendered for each in file.diagnostics]
    found += check_source([Quiz(r.source, r.questions) for r in readings], chosen)
    sources = {reading.source.path: reading.source for reading in readings}
    kept = [each for each in found if not select or each.rule in select]
    return Checked(rendered, tuple(in_source_order(told(kept, sources, levels))))

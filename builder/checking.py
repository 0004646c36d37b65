"""What is wrong with quiz files, without building anything of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from builder.diagnostics import Diagnostic, Severity
from builder.gathering import Gathered, Work, gather, one_by_one
from builder.preparing import File, Prepared
from builder.rendering import FindMedia
from builder.rules import rules, wanted
from builder.settings import Settings
from builder.source import Source
from builder.values import Record

LOST_TEXT = "unread-text"


class Checked(Record):
    """Quiz files as they were prepared, and all that is to be told about them."""

    gathered: Gathered
    diagnostics: tuple[Diagnostic, ...]

    @property
    def files(self) -> tuple[Prepared, ...]:
        return self.gathered.files

    @property
    def sources(self) -> Mapping[str, Source]:
        return self.gathered.sources

    @property
    def questions(self) -> int:
        return sum(len(file.asked) for file in self.files)

    @property
    def left_out(self) -> bool:
        """Whether it was told that something is not on a card as it should be."""
        return any(d.severity is Severity.ERROR or d.rule == LOST_TEXT for d in self.diagnostics)

    @property
    def faulty(self) -> bool:
        return any(found.severity is not Severity.INFO for found in self.diagnostics)


def check(
    files: Collection[File],
    settings: Settings,
    templates: Mapping[str, str],
    find_media: FindMedia,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    work: Work = one_by_one,
) -> Checked:
    """Runs every rule that is not off, or only selected ones, and none of those to ignore.

    A selected rule that is off in the settings weighs what it weighs without them.
    """
    levels = settings.levels
    levels |= {name: levels.get(name) or rules()[name].severity for name in select}
    levels |= dict.fromkeys(ignore)
    chosen = [rule for rule in wanted(levels) if not select or rule.name in select]
    gathered = gather(files, settings, templates, find_media, chosen, work)
    found = gathered.diagnostics(chosen, levels)
    return Checked(gathered, tuple(each for each in found if not select or each.rule in select))

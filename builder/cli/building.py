"""What all commands that build a deck have in common: the build itself, and what is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.cli.inputs import now
from builder.cli.terminal import MOST_LINES, complain, count, warn
from builder.keeping import Keep, anew

if TYPE_CHECKING:
    from pathlib import Path

    from builder.cli.ledgers import Ledger
    from builder.diagnostics import Severity
    from builder.files import Fill, Folder
    from builder.gathering import Work
    from builder.pipeline import Built
    from builder.settings import Settings

NEW_SCHEMA = """\
members have the note type of {kinds} with other fields or card templates, so nothing was written.
A deck with new ones updates no note of theirs until each member imports it with “Merge note types”
ticked and both updates at “Always”, which also costs them their own edits and one full sync.
Go back to the build-deck that made the last release, or write --new-schema if that is worth it."""

A_MOMENT = 60
"""Seconds that times may be ahead of the clock without a word: one for each change of a question
within the same second."""

PUT_OTHERWISE = """\
a question that is put otherwise is the same one, since its options or its answer stayed; if it is
another, write a key in it, <!-- key: name -->, and build it with the lock of before"""

UNREADABLE = """\
“{files}” cannot be read, and members have questions of it, which this build would withdraw; so
nothing was written. Mend the file, or delete it if its questions are to go."""


def deck_of(
    folder: Folder,
    settings: Settings,
    ledger: Ledger,
    work: Work,
    least: Severity | None = None,
    rerender: bool = False,
    resend: int = 0,
    keep: Keep = anew,
) -> Built:
    """The deck of a folder as it is now; the rest is as in `pipeline.build`.

    Findings below `least` are not looked for: below warnings, unless it is given.
    """
    from builder import files, pipeline
    from builder.diagnostics import Severity

    return pipeline.build(
        folder.name,
        files.quizzes(folder),
        settings,
        files.templates(),
        files.media_below(folder),
        pipeline.Release(now(), ledger.lock, rerender, resend, ledger.still),
        least or Severity.WARNING,
        work,
        keep,
    )


def refused(built: Built, new_schema: bool = False) -> bool:
    """Whether this build would cost members what nobody meant to take; says what."""
    if built.broken_schemas and not new_schema:
        complain(NEW_SCHEMA.format(kinds=" and ".join(built.broken_schemas)))
        return True
    if built.unreadable:
        complain(UNREADABLE.format(files="”, “".join(built.unreadable)))
    return bool(built.unreadable)


def lock_of(built: Built, folder: Folder, ledger: Ledger) -> dict[Path, Fill]:
    """deck.lock as it is to be written, line by line. Raises `DiskError` where it is no more what
    was read: it may have come from another machine, and what it knows of questions would be lost.

    Nothing where only a part of the deck was built.
    """
    from builder.ledger import lock_lines

    if ledger.partial:
        return {}
    lock = built.settled.lock
    folder.check(ledger.path)
    folder.replaced(ledger.path, lock_lines(lock))
    return {ledger.path: lambda file: file.writelines(lock_lines(lock))}


def check_uid(settings: Settings, ledger: Ledger) -> None:
    """Another uid would cut every member's cards off from all updates."""
    known = ledger.lock.uid if ledger.lock else ""
    if settings.uid and known and settings.uid != known:
        raise click.ClickException(
            f"deck.toml says uid = “{settings.uid}”, but the deck was shared as “{known}” "
            f"({ledger.path}): write uid = “{known}”, or delete the lock to make another deck"
        )


def size_warning(package: Path) -> str:
    """What is to be said of the size of a package that was written; "" if nothing."""
    from builder import ankiweb, apkg

    try:
        said = ankiweb.warning(package.name, apkg.sizes(package))
    except OSError:  # all is written, and this is only to be known
        said = ""
    return f"{click.style('warning', fg='yellow')}: {said}\n" if said else ""


def tell_changes(built: Built, ledger: Ledger, quiet: bool, verbose: bool) -> None:
    """What became of the questions since the last build, in one line each."""
    if quiet or ledger.lock is None:
        return
    from builder.ledger import Event

    changes = built.settled.changes
    for change in changes if verbose else changes[:MOST_LINES]:
        click.echo(str(change))
    if len(changes) > MOST_LINES and not verbose:
        click.echo(f"… and {len(changes) - MOST_LINES} more; -v shows all")
    if any(change.event is Event.PUT_OTHERWISE for change in changes):
        click.echo(PUT_OTHERWISE)
    if built.settled.keeping_cards:
        kept = count(built.settled.keeping_cards, "question")
        click.echo(f"{kept} with more cards than deck.toml asks for: members hold them")
    if built.settled.clock_behind > A_MOMENT:
        warn(
            "the clock of this machine is behind that of an earlier build by "
            f"{count(built.settled.clock_behind, 'second')}; times in the lock go on from there"
        )

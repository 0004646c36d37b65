"""`build-deck share`: what a group gets, in one folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from builder.cli.building import (
    check_uid,
    deck_of,
    lock_of,
    refused,
    size_warning,
    tell_changes,
)
from builder.cli.commands.diff import PACKAGE, opened
from builder.cli.inputs import default_source, read_settings
from builder.cli.terminal import LEFT_OUT, OK, UNUSABLE, complain, print_findings
from builder.cli.working import cache, kept, prepares, spread, work

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.files import Fill
    from builder.ledger import Lock
    from builder.pipeline import Built
    from builder.versions import Version


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("dist/share"),
    help="The folder to write (dist/share).",
)
@click.option(
    "--previous",
    type=PACKAGE,
    help="The package that the group has (the one that lies in the folder).",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what is wrong.")
@click.option("-v", "--verbose", is_flag=True, help="Show each finding with its source line.")
@prepares
def share(
    path: Path | None, output: Path, previous: Path | None, quiet: bool, verbose: bool
) -> int:
    """Makes all that a group gets with a new version of a deck.

    That is the package, what is new since the last one, a page on how to import, and the same
    notes as text: whoever imports that first keeps notes and tags of their own.
    """
    from builder import apkg, files
    from builder.cli.ledgers import read_ledger, remember
    from builder.diagnostics import Severity

    folder = files.find(path or default_source(quiet))
    click.get_current_context().with_resource(files.turn(folder))
    settings = read_settings(folder)
    ledger = read_ledger(folder, cache())
    check_uid(settings, ledger)
    least = Severity.INFO if verbose else Severity.WARNING
    keep = kept()
    built = deck_of(folder, settings, ledger, work(quiet), least, keep=keep)
    print_findings(built.diagnostics, built.sources, verbose, quiet)
    if refused(built):
        return UNUSABLE
    if not built.deck.notes:
        complain(f"no question was found in “{folder.root}”; nothing was written")
        return LEFT_OUT
    tell_changes(built, ledger, quiet, verbose)
    with files.scratch() as scratch:
        package = scratch / f"{files.file_name(built.deck.name)}.apkg"
        deck, notes = built.deck, built.batches
        files.write(package, lambda file: apkg.write(deck, notes, file, scratch, keep, spread()))
        lock = lock_of(built, folder, ledger)
        changed = _place(package, output, previous, built, lock)
        click.echo(size_warning(package), err=True, nl=False)
    remember(built.settled, folder, lock, cache())
    if not quiet:
        for written in changed:
            click.echo(written)
        if not changed:
            click.echo(f"{output / package.name} (unchanged)")
    return LEFT_OUT if built.left_out else OK


def _place(
    package: Path,
    output: Path,
    previous: Path | None,
    built: Built,
    lock: Mapping[Path, Fill],
) -> list[Path]:
    """Puts the package and what belongs to it in place; gives what changed there.

    The package comes last: as long as it is the old one, what is new is new since that one.
    """
    from builder import files, sharing

    target = output / package.name
    wanted = dict(lock)
    last = files.digest(target)
    if previous or last != files.digest(package):
        known = previous or (target if last else None)
        beside = sharing.beside(
            package.name,
            built.deck,
            _version(built.settled.lock),
            opened(known) if known else None,
            opened(package),
            built.gathered.own,
            files.templates(),
        )
        wanted |= {output / name: files.content(content) for name, content in beside.items()}
        wanted[target] = lambda file: _copy(package, file)
    changed = files.write_together(wanted)
    return [path for path in wanted if changed[path]]


def _version(lock: Lock) -> Version:
    from builder.versions import Version

    last = lock.latest
    assert last, "a deck without questions is not shared"
    return Version(last.version, last.modified)


def _copy(package: Path, file: BinaryIO) -> None:
    from shutil import copyfileobj

    with package.open("rb") as content:
        copyfileobj(content, file)

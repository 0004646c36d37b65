"""`build-deck build`: a package from quiz files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from builder.cli.building import (
    A_MOMENT,
    check_uid,
    deck_of,
    lock_of,
    refused,
    size_warning,
    tell_changes,
)
from builder.cli.inputs import default_source, read_settings
from builder.cli.terminal import (
    LEFT_OUT,
    OK,
    UNUSABLE,
    complain,
    count,
    findings,
    size,
)
from builder.cli.working import cache, kept, prepares, spread, work

if TYPE_CHECKING:
    from builder.cli.unchanged import Said
    from builder.pipeline import Built

NEW_CARDS_A_DAY = 20
"""How many Anki introduces a day unless told otherwise."""


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The package to write.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what is wrong.")
@click.option("-v", "--verbose", is_flag=True, help="Show each finding with its source line.")
@click.option("--strict", is_flag=True, help="Refuse to build if there is any error or warning.")
@click.option("--dry-run", is_flag=True, help="Only say what would change; write nothing.")
@click.option("--draft", is_flag=True, help="Build without touching deck.lock.")
@click.option("--locked", is_flag=True, help="Fail if deck.lock would change (for CI).")
@click.option("--rerender", is_flag=True, help="Ship notes that only look different now.")
@click.option(
    "--resend",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Stamp what changed in the last N releases anew, for Anki up to 24.11.",
)
@click.option("--new-schema", is_flag=True, help="Ship other fields or card templates than before.")
@prepares
def build(
    path: Path | None,
    output: Path | None,
    quiet: bool,
    verbose: bool,
    strict: bool,
    dry_run: bool,
    draft: bool,
    locked: bool,
    rerender: bool,
    resend: int,
    new_schema: bool,
) -> int:
    """Builds a deck from a folder or a file (the folder “source” if none is named)."""
    from builder import files
    from builder.cli.unchanged import Said, memory_of

    folder = files.find(path or default_source(quiet))
    options = repr((output, quiet, verbose, strict, draft, locked, folder.shown))
    once = dry_run or rerender or resend or new_schema
    memory = None if once else memory_of(folder, options)
    if memory and (said := memory.recall()):
        return _say(said)

    from builder import apkg
    from builder.cli.ledgers import read_ledger, remember
    from builder.diagnostics import Severity

    click.get_current_context().with_resource(files.turn(folder))
    settings = read_settings(folder)
    target = _target(output)
    ledger = read_ledger(folder, cache())
    check_uid(settings, ledger)
    least = Severity.INFO if verbose else Severity.WARNING
    built = deck_of(folder, settings, ledger, work(quiet), least, rerender, resend, kept())
    found = findings(built.diagnostics, built.sources, verbose, quiet)
    click.echo(found, err=True, nl=False)
    if refused(built, new_schema):
        return UNUSABLE
    if strict and built.faulty:
        complain("refused because of what is said above; nothing was written")
        return LEFT_OUT
    if not built.deck.notes:
        complain(f"no question was found in “{folder.root}”; nothing was written")
        return LEFT_OUT
    tell_changes(built, ledger, quiet, verbose)
    if locked and not ledger.partial and built.settled.lock != ledger.lock:
        complain(f"“{ledger.path}” would change; build without --locked and commit it")
        return LEFT_OUT
    if dry_run:
        return LEFT_OUT if built.left_out else OK
    cards = 0
    target = target or Path("dist") / f"{files.file_name(built.deck.name)}.apkg"
    with files.scratch() as scratch:
        locks = {} if draft else lock_of(built, folder, ledger)

        def package(file: BinaryIO) -> None:
            nonlocal cards
            cards = apkg.write(built.deck, built.batches, file, scratch, kept(), spread())

        changed = files.write_together({**locks, target: package})
    remember(built.settled, folder, locks, cache())
    large = size_warning(target)
    click.echo(large, err=True, nl=False)
    if not quiet:
        click.echo(_summary(built, cards, target, changed[target]), nl=False)
        if ledger.lock is None and ledger.path in changed:
            click.echo(f"{ledger.path} remembers who each question is; commit it with the source")
    status = LEFT_OUT if built.left_out else OK
    if memory and not _tells_again(built):
        summary = "" if quiet else _summary(built, cards, target, changed=False)
        memory.keep(Said(found + large, summary, status), target, built.files)
    return status


def _tells_again(built: Built) -> bool:
    """Whether what this build told of changes will be told by the next one as well."""
    from builder.ledger import Event

    events = {change.event for change in built.settled.changes}
    return Event.RENDERED_ANEW in events or built.settled.clock_behind > A_MOMENT


def _say(said: Said) -> int:
    click.echo(said.err, err=True, nl=False)
    click.echo(said.out, nl=False)
    return said.status


def _target(output: Path | None) -> Path | None:
    from builder import apkg

    if output is None:
        return None
    if output.suffix.lower() != ".apkg":
        raise click.BadParameter(f"“{output}” does not end with .apkg", param_hint="--output")
    if reason := apkg.refused_name(output.name):
        raise click.BadParameter(reason, param_hint="--output")
    return output


def _summary(built: Built, cards: int, target: Path, changed: bool) -> str:
    parts = [
        count(built.questions, "question"),
        count(built.options, "option"),
        count(cards, "card"),
        count(built.decks, "deck"),
        count(built.media_files, "media file"),
        size(target.stat().st_size),
    ]
    lines = [f"{target}: {', '.join(parts)}" + ("" if changed else " (unchanged)")]
    if built.settled.tombstones:
        lines.append(f"with {count(len(built.settled.tombstones), 'withdrawn question')}")
    days = -(-cards // NEW_CARDS_A_DAY)
    lines.append(f"{count(days, 'day')} to learn at {NEW_CARDS_A_DAY} new cards a day")
    if built.lost_lines:
        lost = count(built.lost_lines, "line")
        lines.append(f"left out: {lost} of text, see the warnings above")
    return "".join(f"{line}\n" for line in lines)

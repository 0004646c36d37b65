"""`build-deck site`: a static site from quiz files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli.commands.build import NEW_SCHEMA, _check_uid, _tell_changes
from builder.cli.inputs import default_source, now, read_ledger, read_settings
from builder.cli.terminal import (
    LEFT_OUT,
    OK,
    UNUSABLE,
    complain,
    count,
    print_findings,
    size,
)
from builder.cli.working import prepares, work

if TYPE_CHECKING:
    from builder.files import Fill
    from builder.pipeline import Built


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("dist/site"),
    help="The folder to write (dist/site).",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what is wrong.")
@click.option("-v", "--verbose", is_flag=True, help="Show each finding with its source line.")
@click.option("--draft", is_flag=True, help="Build without touching deck.lock.")
@prepares
def site(path: Path | None, output: Path, quiet: bool, verbose: bool, draft: bool) -> int:
    """Makes a site of a folder or a file (the folder “source” if none is named).

    People look at every card there as Anki shows it, search, practise, print a quiz on paper, and
    download the package. It works from a disk, from any host of static files and without a
    network; nothing is loaded from elsewhere and nothing is sent. It is a build like
    “build-deck build”: deck.lock is written with it.
    """
    from builder import files, pipeline
    from builder.cli import publishing
    from builder.diagnostics import Severity
    from builder.ledger import lock_text
    from builder.site import Download, pages

    folder = files.find(path or default_source(quiet))
    click.get_current_context().with_resource(files.turn(folder))
    settings = read_settings(folder)
    ledger = read_ledger(folder)
    _check_uid(settings, ledger)
    templates = files.templates()
    built = pipeline.build(
        folder.name,
        files.quizzes(folder),
        settings,
        templates,
        files.media_below(folder),
        pipeline.Release(now(), ledger.lock),
        Severity.INFO if verbose else Severity.WARNING,
        work(quiet),
    )
    print_findings(built.diagnostics, built.sources, verbose, quiet)
    if built.broken_schemas:
        complain(NEW_SCHEMA.format(kinds=" and ".join(built.broken_schemas)))
        return UNUSABLE
    if not built.questions:
        complain(f"no question was found in “{folder.root}”; nothing was written")
        return LEFT_OUT
    _tell_changes(built, ledger, quiet, verbose)
    packages = _packages(built)
    downloads = [Download(name, len(content)) for name, content in packages]
    made = pages(publishing.site_of(built, settings, downloads), templates)
    wanted: dict[Path, Fill] = {}
    if not (draft or ledger.partial):
        wanted[ledger.path] = files.content(lock_text(built.settled.lock).encode())
    for name, content in [*made.items(), *packages]:
        wanted[output / name] = files.content(content)
    changed = files.write_together(wanted)
    if not quiet:
        number = sum(changed.values())
        what = count(built.questions, "question")
        total = size(sum(map(len, made.values())))
        click.echo(
            f"{output / 'index.html'}: {what}, {count(len(made), 'file')}, {total}"
            + (f", {number:,} written" if number else " (unchanged)")
        )
    return LEFT_OUT if built.left_out else OK


def _packages(built: Built) -> list[tuple[str, bytes]]:
    """The package, and if there was a release before, one of what changed since."""
    from dataclasses import replace

    from builder import apkg, files
    from builder.cli.publishing import update_notes

    name = files.file_name(built.deck.name)
    made = [(f"{name}.apkg", apkg.package(built.deck))]
    if notes := update_notes(built):
        made.append((f"{name}-update.apkg", apkg.package(replace(built.deck, notes=notes))))
    return made

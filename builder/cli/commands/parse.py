"""`build-deck parse`: what was read, as JSON or as a table of lines."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from builder.cli.building import deck_of
from builder.cli.inputs import read_settings
from builder.cli.terminal import LEFT_OUT, OK
from builder.cli.working import cache, prepares, work


@click.command()
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--format", type=click.Choice(["json"]), default="json", expose_value=False)
@click.option(
    "--coverage", is_flag=True, help="Only show how many lines of each file are on cards."
)
@prepares
def parse(paths: Sequence[Path], coverage: bool) -> int:
    """Prints what was read of files or folders, as JSON."""
    from builder import files, parsed
    from builder.cli.ledgers import read_ledger
    from builder.coverage import coverage as cover
    from builder.coverage import table

    how = work(quiet=True)
    lost, found = False, []
    for path in paths:
        folder = files.find(path)
        built = deck_of(folder, read_settings(folder), read_ledger(folder, cache()), how)
        found.append(built)
        lost |= built.left_out
    if coverage:
        rows = (row for built in found for row in cover(built.files, built.sources))
        click.echo(table(rows), nl=False)
    else:
        sys.stdout.buffer.writelines(parsed.as_json(found))
    return LEFT_OUT if lost else OK

"""`build-deck build`: a package from quiz files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli.inputs import contents, default_source, now, read_settings
from builder.cli.terminal import LEFT_OUT, OK, complain, count, print_findings, progress, size

if TYPE_CHECKING:
    from builder.pipeline import Built

NEW_CARDS_A_DAY = 20
"""How many Anki introduces a day unless told otherwise."""


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The package to write.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what is wrong.")
@click.option("-v", "--verbose", is_flag=True, help="Show each finding with its source line.")
@click.option("--strict", is_flag=True, help="Refuse to build if there is any error or warning.")
def build(path: Path | None, output: Path | None, quiet: bool, verbose: bool, strict: bool) -> int:
    """Builds a deck from a folder or a file (the folder “source” if none is named)."""
    from builder import apkg, files, pipeline

    folder = files.find(path or default_source(quiet))
    settings = read_settings(folder)
    target = _target(output)
    with progress(len(folder.files), quiet) as step:
        built = pipeline.build(
            folder.name,
            contents(folder, step),
            settings,
            files.templates(),
            files.media_below(folder),
            now(),
        )
    print_findings(built.diagnostics, built.sources, verbose, quiet)
    if strict and built.faulty:
        complain("refused because of what is said above; nothing was written")
        return LEFT_OUT
    if not built.deck.notes:
        complain(f"no question was found in “{folder.root}”; nothing was written")
        return LEFT_OUT
    target = target or Path("dist") / f"{files.file_name(built.deck.name)}.apkg"
    with files.scratch() as scratch:
        changed = files.write(
            target, lambda file: apkg.write(built.deck, built.deck.notes, file, scratch)
        )
    if not quiet:
        _summarise(built, target, changed)
    return LEFT_OUT if built.left_out else OK


def _target(output: Path | None) -> Path | None:
    from builder import apkg

    if output is None:
        return None
    if output.suffix.lower() != ".apkg":
        raise click.BadParameter(f"“{output}” does not end with .apkg", param_hint="--output")
    if reason := apkg.refused_name(output.name):
        raise click.BadParameter(reason, param_hint="--output")
    return output


def _summarise(built: Built, target: Path, changed: bool) -> None:
    deck = built.deck
    cards = built.cards
    parts = [
        count(len(deck.notes), "question"),
        count(built.options, "option"),
        count(cards, "card"),
        count(len({note.deck for note in deck.notes}), "deck"),
        count(built.media_files, "media file"),
        size(target.stat().st_size),
    ]
    click.echo(f"{target}: {', '.join(parts)}" + ("" if changed else " (unchanged)"))
    days = -(-cards // NEW_CARDS_A_DAY)
    click.echo(f"{count(days, 'day')} to learn at {NEW_CARDS_A_DAY} new cards a day")
    lines = built.lost_lines
    if lines:
        click.echo(f"left out: {count(lines, 'line')} of text, see the warnings above")

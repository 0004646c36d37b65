"""`build-deck diff`: release notes between two packages."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli.terminal import OK

if TYPE_CHECKING:
    from builder.opening import Opened
    from builder.words import Words

PACKAGE = click.Path(path_type=Path, exists=True, dir_okay=False)

ENOUGH = 500
"""Notes that show the language of a deck."""


@click.command()
@click.argument("old", type=PACKAGE)
@click.argument("new", type=PACKAGE)
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text")
@click.option("--language", default="", help="Of the notes: ru or en (that of the new deck).")
def diff(old: Path, new: Path, form: str, language: str) -> int:
    """Says what is new for learners from the package OLD to the package NEW.

    Any two packages of Anki's can be compared, also those of other tools.
    """
    from builder import changes, release_notes

    packages = [opened(path) for path in (old, new)]
    found = changes.compare(*packages)
    if form == "json":
        sys.stdout.buffer.write(release_notes.as_json(found).encode())
        return OK
    notes = release_notes.release_notes(found, _words(packages[1], language))
    write = release_notes.as_markdown if form == "markdown" else release_notes.as_text
    click.echo(write(notes), nl=False)
    return OK


def opened(package: Path) -> Opened:
    """A package as values. One that cannot be read ends the command with a sentence."""
    from builder import files, opening

    with files.scratch() as scratch:
        try:
            return opening.open_package(package, scratch)
        except opening.NotAPackage as error:
            raise click.ClickException(f"“{package}” {error}") from error


def _words(package: Opened, asked: str) -> Words:
    from builder import files, words
    from builder import language as languages

    templates = files.templates()
    available = languages.available(templates)
    texts = (note.joined[:2_000] for note in islice(package.notes.values(), ENOUGH))
    chosen = asked or languages.detect(texts, available)
    if chosen not in available:
        raise click.BadParameter(f"there are {', '.join(available)}", param_hint="--language")
    return words.parse(templates[f"words/{chosen}.toml"])

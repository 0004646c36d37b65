"""`build-deck diff`: release notes between two packages."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from builder.cli.terminal import OK

PACKAGE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("old", type=PACKAGE)
@click.argument("new", type=PACKAGE)
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text")
@click.option("--language", default="", help="Of the notes: ru or en (that of the new deck).")
def diff(old: Path, new: Path, form: str, language: str) -> int:
    """Says what is new for learners from the package OLD to the package NEW.

    Any two packages of Anki's can be compared, also those of other tools.
    """
    from builder import changes, files, opening, words
    from builder import language as languages

    with files.scratch() as scratch:
        packages = []
        for path in (old, new):
            try:
                packages.append(opening.open_package(path, scratch))
            except opening.NotAPackage as error:
                raise click.ClickException(f"“{path}” {error}") from error
    found = changes.compare(*packages)
    if form == "json":
        sys.stdout.buffer.write(changes.as_json(found).encode())
        return OK
    available = languages.available(files.templates())
    texts = (text for note in packages[1].notes.values() for text in note.fields.values())
    chosen = language or languages.detect(texts, available)
    if chosen not in available:
        raise click.BadParameter(f"there are {', '.join(available)}", param_hint="--language")
    own = words.parse(files.templates()[f"words/{chosen}.toml"])
    render = changes.as_markdown if form == "markdown" else changes.as_text
    click.echo(render(found, own), nl=False)
    return OK

"""`build-deck site`: a static site from quiz files."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli.building import (
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
    print_findings,
    size,
)
from builder.cli.working import cache, prepares, work

if TYPE_CHECKING:
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
    from builder import apkg, files
    from builder.cli import outputs, publishing
    from builder.cli.ledgers import read_ledger, remember
    from builder.diagnostics import Severity
    from builder.site import Download, pages

    folder = files.find(path or default_source(quiet))
    click.get_current_context().with_resource(files.turn(folder))
    settings = read_settings(folder)
    ledger = read_ledger(folder, cache())
    check_uid(settings, ledger)
    templates = files.templates()
    least = Severity.INFO if verbose else Severity.WARNING
    built = deck_of(folder, settings, ledger, work(quiet), least)
    print_findings(built.diagnostics, built.sources, verbose, quiet)
    if refused(built):
        return UNUSABLE
    if not built.questions:
        complain(f"no question was found in “{folder.root}”; nothing was written")
        return LEFT_OUT
    tell_changes(built, ledger, quiet, verbose)
    package = f"{files.file_name(built.deck.name)}.apkg"
    content = apkg.package(built.deck)
    texts = _texts(built, output, package, content)
    shown = publishing.site_of(
        built,
        settings,
        Download(package, len(content)),
        tuple(Download(name, len(text)) for name, text in texts.items()),
    )
    made = pages(shown, templates)
    lock = {} if draft else lock_of(built, folder, ledger)
    number = outputs.renew(output, {**made, package: content, **texts}, lock)
    remember(built.settled, folder, lock, cache())
    click.echo(size_warning(output / package), err=True, nl=False)
    if not quiet:
        what = count(built.questions, "question")
        total = size(sum(map(len, made.values())))
        click.echo(
            f"{output / 'index.html'}: {what}, {count(len(made), 'file')}, {total}"
            + (f", {number:,} written" if number else " (unchanged)")
        )
    return LEFT_OUT if built.left_out else OK


def _texts(built: Built, output: Path, package: str, content: bytes) -> dict[str, bytes]:
    """The texts to update from, of the notes that the group has; none with the first release.

    What the group has is the package that lies in the folder.
    """
    from hashlib import sha256

    from builder import files, opening
    from builder.sharing import text_names, update_texts

    if built.settled.lock.release <= 1:
        return {}
    last = files.digest(output / package)
    if last == sha256(content).hexdigest():
        lying = {
            name: files.read_if_there(output / name) for name in text_names(package, built.deck)
        }
        return {name: text for name, text in lying.items() if text is not None}
    old = None
    if last:
        with files.scratch() as scratch, suppress(opening.NotAPackage):
            old = opening.open_package(output / package, scratch)
    made = update_texts(package, built.deck, old)
    return {name: text.encode() for name, text in made.items()}

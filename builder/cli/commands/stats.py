"""`build-deck stats`: a source in numbers."""

from __future__ import annotations

from pathlib import Path

import click

from builder.cli.inputs import default_source, read_settings
from builder.cli.terminal import OK
from builder.cli.working import prepares, work


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--html", type=click.Path(path_type=Path), help="Also write a page with pictures.")
@prepares
def stats(path: Path | None, html: Path | None) -> int:
    """Counts what a folder or a file holds (the folder “source” if none is named).

    Questions by topic, options per question, where the right one stands, how long right and wrong
    ones are, what is explained, what “build-deck check” finds. The page is in the deck's language
    and needs nothing but a browser.
    """
    from builder import checking, files, pipeline, words
    from builder.cli.ledgers import read_ledger
    from builder.stats import stats as count
    from builder.stats.figures import figures
    from builder.stats.page import page, text

    folder = files.find(path or default_source(quiet=True))
    settings = read_settings(folder)
    templates = files.templates()
    checked = checking.check(
        files.quizzes(folder),
        settings,
        templates,
        files.media_below(folder),
        work=work(quiet=False),
    )
    numbers = count(checked)
    click.echo(text(figures(numbers, words.parse(templates["words/en.toml"]))), nl=False)
    if html is None:
        return OK
    own = checked.gathered.own
    name = pipeline.deck_name(folder.name, checked.files, settings, read_ledger(folder).lock)
    title = own.fill("stats.title", deck=name)
    files.write_bytes(html, page(title, figures(numbers, own), own, templates).encode())
    click.echo(f"{html}: the same with pictures")
    return OK

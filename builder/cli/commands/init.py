"""`build-deck init`: a commented `deck.toml`."""

from __future__ import annotations

from pathlib import Path

import click

from builder.cli.terminal import OK, UNUSABLE, complain


@click.command()
@click.argument("path", type=click.Path(path_type=Path), default=Path("source"))
def init(path: Path) -> int:
    """Writes a commented deck.toml into a folder (“source” if none is named)."""
    from builder import files, pipeline, settings
    from builder.cli.ledgers import read_ledger

    folder = files.find(path) if path.exists() else files.Folder(path, "", ())
    target = files.settings_path(folder)
    if target.exists():
        complain(f"“{target}” is there already; it was left as it is")
        return UNUSABLE
    lock = read_ledger(folder).lock
    name = pipeline.name_of(folder.name, files.quizzes(folder), files.templates(), lock)
    uid = lock.uid if lock else pipeline.uid_of(name)
    files.write_bytes(target, settings.template(name, uid).encode())
    click.echo(f"{target}: the deck is called “{name}”")
    return OK

"""What a command works on: files, settings, the time."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli.terminal import UNUSABLE, print_findings

if TYPE_CHECKING:
    from builder.files import Folder
    from builder.settings import Settings


def default_source(quiet: bool) -> Path:
    """The folder “source”, or, where there is none, the one quiz file of this folder."""
    source = Path("source")
    if source.is_dir():
        return source
    quizzes = [path for path in Path().iterdir() if path.suffix.lower() in (".md", ".markdown")]
    if len(quizzes) != 1:
        raise click.UsageError("there is no folder “source” here; name a file or a folder")
    if not quiet:
        click.echo(f"There is no folder “source” here, so “{quizzes[0]}” is built.")
    return quizzes[0]


def read_settings(folder: Folder) -> Settings:
    from builder import decoding, files, language, settings
    from builder.dialects import dialects
    from builder.rules import rules
    from builder.source import Source

    path = files.settings_path(folder)
    content = folder.read_if_there(path)
    if content is None:
        return settings.Settings()
    source = decoding.decode(path.as_posix(), content)
    if not isinstance(source, Source):
        raise click.ClickException(f"{path}: {source.reason}")
    languages = language.available(files.templates())
    chosen, found = settings.parse(source, languages, tuple(dialects()), tuple(rules()))
    if found:
        print_findings(found, {source.path: source}, verbose=True, quiet=False)
        raise click.exceptions.Exit(UNUSABLE)
    return chosen


def now() -> int:
    """Seconds since the epoch: SOURCE_DATE_EPOCH (https://reproducible-builds.org) or the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return int(time.time())
    if not (epoch.isascii() and epoch.isdigit() and int(epoch) < 1 << 33):
        raise click.ClickException(f"SOURCE_DATE_EPOCH is “{epoch}”, not a number of seconds")
    return int(epoch)

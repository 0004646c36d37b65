"""`--fix` and `--diff`: quiz files repaired, or how they would be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from builder.cli.terminal import count

if TYPE_CHECKING:
    from builder.files import Folder
    from builder.fixes import Fixed
    from builder.settings import Settings

COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def repair(folder: Folder, settings: Settings, write: bool) -> bool:
    """Repairs the files of a folder, each whole or not at all, and says how; else shows a diff.

    Returns whether anything was, or would be, repaired.
    """
    from builder import files

    changed = False
    for fixed in _fixed(folder, settings):
        changed |= fixed.changed
        for reason in fixed.left:
            click.echo(f"{fixed.path}: left as it is: {reason}", err=True)
        if not fixed.changed:
            continue
        if write:
            folder.read(folder.path(fixed.name))  # what was saved meanwhile is not written over
            files.write_bytes(folder.path(fixed.name).resolve(), fixed.after)
            click.echo(f"{fixed.path}: repaired {_counted(fixed)}", err=True)
        else:
            click.echo("".join(_diff(fixed)), nl=False)
    return changed


def _fixed(folder: Folder, settings: Settings) -> Iterator[Fixed]:
    from builder import files, fixes
    from builder.prose import ENGLISH
    from builder.reading import read
    from builder.rendering import Rendered, render_questions
    from builder.source import Source

    find_media = files.media_below(folder)

    def show(source: Source) -> Rendered:
        return render_questions(read(source, settings.dialect, ()), find_media, ENGLISH)

    for file in files.quizzes(folder):
        yield fixes.fix(file.name, file.shown, file.content, show, settings.encoding or None)


def _counted(fixed: Fixed) -> str:
    return ", ".join(count(number, name) for name, number in fixed.done.items())


def _diff(fixed: Fixed) -> Iterator[str]:
    """A unified diff. Carriage returns show as ^M, and bytes that are no UTF-8 as U+FFFD."""
    from difflib import unified_diff

    before, after = (
        content.decode("utf-8", "replace").replace("\r", "^M").splitlines(keepends=True)
        for content in (fixed.before, fixed.after)
    )
    for line in unified_diff(before, after, f"a/{fixed.path}", f"b/{fixed.path}"):
        shown = line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        yield click.style(shown, fg=COLOURS.get(line[0]))

"""What is printed, and how."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from builder.diagnostics import Diagnostic
    from builder.source import Source

OK, LEFT_OUT, UNUSABLE, BUG, STOPPED = 0, 1, 2, 3, 130
"""Exit status of every command."""

MOST_LINES = 40
"""Findings that a build prints; `-v` prints all."""

REDRAW = 0.1
"""Seconds between two pictures of a bar."""

COLOURS = {"error": "red", "warning": "yellow", "info": "cyan", "place": "blue", "caret": "red"}


def complain(text: str) -> None:
    """Says on standard error what went wrong."""
    click.echo(f"{click.style('error', fg='red')}: {text}", err=True)


def warn(text: str) -> None:
    """Says on standard error what was not refused, and yet should be known."""
    click.echo(f"{click.style('warning', fg='yellow')}: {text}", err=True)


def print_findings(
    found: Sequence[Diagnostic], sources: Mapping[str, Source], verbose: bool, quiet: bool
) -> None:
    click.echo(findings(found, sources, verbose, quiet), err=True, nl=False)


def findings(
    found: Sequence[Diagnostic], sources: Mapping[str, Source], verbose: bool, quiet: bool
) -> str:
    """Findings as a build prints them."""
    from builder import diagnostics

    told = [f for f in found if verbose or f.severity is not diagnostics.Severity.INFO]
    if quiet:
        told = [f for f in told if f.severity is diagnostics.Severity.ERROR]
    if verbose:
        return "".join(f"{_with_source(finding, sources)}\n" for finding in told)
    lines = [diagnostics.one_line(finding) for finding in told[:MOST_LINES]]
    if len(told) > MOST_LINES:
        lines.append(f"… and {len(told) - MOST_LINES} more; -v shows all")
    return "".join(f"{line}\n" for line in lines)


def print_with_source(found: Sequence[Diagnostic], sources: Mapping[str, Source]) -> None:
    """Findings as the result of a command: on standard output."""
    for finding in found:
        click.echo(_with_source(finding, sources))


def _with_source(finding: Diagnostic, sources: Mapping[str, Source]) -> str:
    from builder import diagnostics

    pieces = diagnostics.with_source(finding, sources)
    return "".join(click.style(text, fg=COLOURS.get(style)) for style, text in pieces)


@contextmanager
def progress(total: int, quiet: bool) -> Iterator[Callable[[], None]]:
    """A bar on long work when a person is looking, nothing otherwise."""
    if quiet or total < 10 or not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import Progress

    # Without a thread of its own, so that workers can be forked from this process.
    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("Reading", total=total)
        drawn = 0.0

        def step() -> None:
            nonlocal drawn
            bar.advance(task)
            if time.monotonic() - drawn > REDRAW:
                bar.refresh()
                drawn = time.monotonic()

        yield step


def silent() -> None:
    """The progress that nobody watches."""


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def size(number: int) -> str:
    return f"{number / 1e6:.1f} MB" if number >= 1e6 else f"{-(-number // 1000)} kB"

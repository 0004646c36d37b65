"""The command `build-deck`: arguments, printing, progress, exit status."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder import __version__

if TYPE_CHECKING:
    from builder.diagnostics import Diagnostic
    from builder.files import Folder
    from builder.pipeline import Built, File
    from builder.settings import Settings
    from builder.source import Source

OK, LEFT_OUT, UNUSABLE, BUG = 0, 1, 2, 3
NEW_CARDS_A_DAY = 20
MOST_LINES = 40
"""Findings that a build prints; `-v` prints all."""

COLOURS = {"error": "red", "warning": "yellow", "info": "cyan", "place": "blue", "caret": "red"}


class _Commands(click.Group):
    """Commands of which `build` may be left unsaid: `build-deck quiz.md` builds."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        named = [arg for arg in args if not arg.startswith("-")]
        own = {"--help", "--version", "-h"}
        if not own & set(args[:1]) and (not named or named[0] not in self.commands):
            args = ["build", *args]
        return super().parse_args(context, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
    epilog="Read more at https://github.com/build-deck/build-deck",
)
@click.version_option(__version__, prog_name="build-deck", message="%(prog)s %(version)s")
def main_group() -> None:
    """Turns Markdown quiz files into an Anki deck.

    \b
    Examples:
      build-deck                        the folder “source”, into dist/<name>.apkg
      build-deck quiz.md                one file
      build-deck notes/ -o exam.apkg    another folder, under another name
      build-deck parse quiz.md          what was read, as JSON
      build-deck init                   a commented deck.toml for your settings

    Exit status: 0 everything is on cards, 1 something was left out, 2 nothing was written because
    of a wrong command, wrong settings or the disk.
    """


def main() -> None:
    """Runs the command and leaves with its exit status; a traceback is never shown."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal may not know ✅ or Cyrillic
            stream.reconfigure(errors="replace")
    try:
        status = main_group(standalone_mode=False)
    except click.exceptions.Exit as leaving:
        status = leaving.exit_code
    except click.Abort:
        _complain("stopped; nothing was written")
        status = 130
    except click.ClickException as error:
        error.show()
        status = UNUSABLE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the reader of our output has gone
        status = OK
    except Exception as error:
        status = _confess(error)
    raise SystemExit(status)


def _confess(error: Exception) -> int:
    from builder.files import DiskError

    if isinstance(error, DiskError):
        _complain(str(error))
        return UNUSABLE
    if os.environ.get("BUILD_DECK_DEBUG"):
        raise error
    _complain(
        f"this is a bug of build-deck, nothing was written: {type(error).__name__}: {error}\n"
        "Please report it with the file that shows it; BUILD_DECK_DEBUG=1 prints where it happened."
    )
    return BUG


def _complain(text: str) -> None:
    click.echo(f"{click.style('error', fg='red')}: {text}", err=True)


# Commands --------------------------------------------------------------------------------------
# Each imports what it needs when it runs: `--help` waits for nothing.


@main_group.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The package to write.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what is wrong.")
@click.option("-v", "--verbose", is_flag=True, help="Show each finding with its source line.")
@click.option("--strict", is_flag=True, help="Refuse to build if there is any error or warning.")
def build(path: Path | None, output: Path | None, quiet: bool, verbose: bool, strict: bool) -> int:
    """Builds a deck from a folder or a file (the folder “source” if none is named)."""
    from builder import apkg, files, pipeline

    folder = files.find(path or _default_source(quiet))
    settings = _settings(folder)
    target = _target(output)
    with _progress(len(folder.files), quiet) as progress:
        built = pipeline.build(
            folder.name,
            _contents(folder, progress),
            settings,
            files.templates(),
            files.media_below(folder),
            _now(),
        )
    _print_findings(built.diagnostics, built.sources, verbose, quiet)
    if strict and built.faulty:
        _complain("refused because of what is said above; nothing was written")
        return LEFT_OUT
    if not built.deck.notes:
        _complain(f"no question was found in “{folder.root}”; nothing was written")
        return LEFT_OUT
    target = target or Path("dist") / f"{files.file_name(built.deck.name)}.apkg"
    with files.scratch() as scratch:
        changed = files.write(
            target, lambda file: apkg.write(built.deck, built.deck.notes, file, scratch)
        )
    if not quiet:
        _summarise(built, target, changed)
    return LEFT_OUT if built.left_out else OK


@main_group.command()
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--format", type=click.Choice(["json"]), default="json", expose_value=False)
def parse(paths: Sequence[Path]) -> int:
    """Prints what was read of files or folders, as JSON."""
    from builder import files, parsed, pipeline

    lost, found = False, []
    for path in paths:
        folder = files.find(path)
        built = pipeline.build(
            folder.name,
            _contents(folder, _silent),
            _settings(folder),
            files.templates(),
            files.media_below(folder),
            _now(),
        )
        found.append(built)
        lost |= built.left_out
    sys.stdout.buffer.write(parsed.as_json(found))
    return LEFT_OUT if lost else OK


@main_group.command()
@click.argument("path", type=click.Path(path_type=Path), default=Path("source"))
def init(path: Path) -> int:
    """Writes a commented deck.toml into a folder (“source” if none is named)."""
    from builder import files, pipeline, settings

    folder = files.find(path) if path.exists() else files.Folder(path, "", ())
    target = files.settings_path(folder)
    if target.exists():
        _complain(f"“{target}” is there already; it was left as it is")
        return UNUSABLE
    name = pipeline.name_of(folder.name, _contents(folder, _silent))
    text = settings.template(name, pipeline.uid_of(name)).encode()
    files.write(target, lambda file: _discard(file.write(text)))
    click.echo(f"{target}: the deck is called “{name}”")
    return OK


@main_group.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Prints the completion script of a shell: eval "$(build-deck completion bash)"."""
    from click.shell_completion import get_completion_class

    complete = get_completion_class(shell)
    assert complete, f"click knows no completion for {shell}"
    click.echo(complete(main_group, {}, "build-deck", "_BUILD_DECK_COMPLETE").source())
    return OK


# What commands share ---------------------------------------------------------------------------


def _default_source(quiet: bool) -> Path:
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


def _settings(folder: Folder) -> Settings:
    from builder import decoding, files, pipeline, settings
    from builder.dialects import dialects
    from builder.source import Source

    path = files.settings_path(folder)
    content = files.read_if_there(path)
    if content is None:
        return settings.Settings()
    source = decoding.decode(path.as_posix(), content)
    if not isinstance(source, Source):
        raise click.ClickException(f"{path}: {source.reason}")
    languages = pipeline.languages(files.templates())
    chosen, found = settings.parse(source, languages, tuple(dialects()))
    if found:
        _print_findings(found, {source.path: source}, verbose=True, quiet=False)
        raise click.exceptions.Exit(UNUSABLE)
    return chosen


def _target(output: Path | None) -> Path | None:
    from builder import apkg

    if output is None:
        return None
    if output.suffix.lower() != ".apkg":
        raise click.BadParameter(f"“{output}” does not end with .apkg", param_hint="--output")
    if reason := apkg.refused_name(output.name):
        raise click.BadParameter(reason, param_hint="--output")
    return output


def _now() -> int:
    """Seconds since the epoch: SOURCE_DATE_EPOCH (https://reproducible-builds.org) or the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return int(time.time())
    if not (epoch.isascii() and epoch.isdigit() and int(epoch) < 1 << 33):
        raise click.ClickException(f"SOURCE_DATE_EPOCH is “{epoch}”, not a number of seconds")
    return int(epoch)


def _contents(folder: Folder, progress: Callable[[], None]) -> Iterator[File]:
    from builder import files
    from builder.pipeline import File

    for name in folder.files:
        yield File(name, folder.shown + name, files.read(folder.path(name)))
        progress()


def _silent() -> None:
    pass


def _discard(_: object) -> None:
    pass


@contextmanager
def _progress(total: int, quiet: bool) -> Iterator[Callable[[], None]]:
    """A bar on long work when a person is looking, nothing otherwise."""
    if quiet or total < 10 or not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading", total=total)
        yield lambda: bar.advance(task)


def _print_findings(
    found: Sequence[Diagnostic], sources: Mapping[str, Source], verbose: bool, quiet: bool
) -> None:
    from builder import diagnostics

    told = [f for f in found if verbose or f.severity is not diagnostics.Severity.INFO]
    if quiet:
        told = [f for f in told if f.severity is diagnostics.Severity.ERROR]
    for finding in told if verbose else told[:MOST_LINES]:
        if verbose:
            source = sources.get(finding.place.path) if finding.place else None
            pieces = diagnostics.with_source(finding, source)
            text = "".join(click.style(text, fg=COLOURS.get(style)) for style, text in pieces)
            click.echo(text, err=True)
        else:
            click.echo(diagnostics.one_line(finding), err=True)
    if len(told) > MOST_LINES and not verbose:
        click.echo(f"… and {len(told) - MOST_LINES} more; -v shows all", err=True)


def _summarise(built: Built, target: Path, changed: bool) -> None:
    deck = built.deck
    cards = built.cards
    parts = [
        _count(len(deck.notes), "question"),
        _count(built.options, "option"),
        _count(cards, "card"),
        _count(len({note.deck for note in deck.notes}), "deck"),
        _count(built.media_files, "media file"),
        _size(target.stat().st_size),
    ]
    click.echo(f"{target}: {', '.join(parts)}" + ("" if changed else " (unchanged)"))
    days = -(-cards // NEW_CARDS_A_DAY)
    click.echo(f"{_count(days, 'day')} to learn at {NEW_CARDS_A_DAY} new cards a day")
    lines = built.lost_lines
    if lines:
        click.echo(f"left out: {_count(lines, 'line')} of text, see the warnings above")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{-(-count // 1000)} kB"

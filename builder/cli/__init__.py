"""The command `build-deck`: arguments, printing, progress, exit status.

Each command is a module of `commands` with a click command of the same name, and needs no entry in
any list. What a command needs it imports when it runs, so that `--help` waits for nothing.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib import import_module
from pathlib import Path

import click

from builder import __version__
from builder.cli import commands
from builder.cli.terminal import BUG, OK, STOPPED, UNUSABLE, complain

_HERE = Path(__file__).parent / "commands"


@cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in _HERE.glob("[!_]*.py")))


def _purpose(name: str) -> str:
    """What a command is for, from the first line of its module, which need not be loaded."""
    with (_HERE / f"{name}.py").open(encoding="utf-8") as module:
        _, _, said = module.readline().partition(": ")
    said = said.strip().strip('"').replace("`", "")
    return said[:1].upper() + said[1:]


class _Commands(click.Group):
    """Commands of which `build` may be left unsaid: `build-deck quiz.md` builds."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_names())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _names():
            return None
        module = import_module(f"{commands.__name__}.{cmd_name}")
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command), f"{module} has no command {cmd_name}"
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, _purpose(name)) for name in _names()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {"--help", "--version", "-h"}
        if not own & set(args[:1]) and not set(args) & set(_names()):
            args = ["build", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
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


def main() -> int:
    """Runs the command and gives its exit status; a traceback is never shown."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal may not know ✅ or Cyrillic
            stream.reconfigure(errors="replace")
    try:
        status: int = main_group(standalone_mode=False)
    except click.exceptions.Exit as leaving:
        status = leaving.exit_code
    except click.Abort:
        complain("stopped; nothing was written")
        status = STOPPED
    except click.ClickException as error:
        error.show()
        status = UNUSABLE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the reader of our output has gone
        status = OK
    except Exception as error:
        status = _confess(error)
    return status


def _confess(error: Exception) -> int:
    from builder.diagnostics import StopError

    if isinstance(error, StopError | MemoryError):
        complain(str(error) or "there is not enough memory for this; nothing was written")
        return UNUSABLE
    if os.environ.get("BUILD_DECK_DEBUG"):
        raise error
    complain(
        f"this is a bug of build-deck, nothing was written: {type(error).__name__}: {error}\n"
        "Please report it with the file that shows it; BUILD_DECK_DEBUG=1 prints where it happened."
    )
    return BUG

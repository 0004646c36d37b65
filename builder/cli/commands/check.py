"""`build-deck check`: what is wrong with quiz files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli.inputs import default_source, read_settings
from builder.cli.repairs import repair
from builder.cli.terminal import LEFT_OUT, OK, count, print_with_source
from builder.cli.working import prepares, work

if TYPE_CHECKING:
    from builder.checking import Checked

KINDS = {"form": False, "quality": True}


def _names(context: click.Context, parameter: click.Parameter, given: Sequence[str]) -> set[str]:
    """Names of rules from lists with commas; “form” and “quality” stand for all of their kind."""
    del context
    from difflib import get_close_matches

    from builder.rules import rules

    names: set[str] = set()
    for name in (part.strip() for text in given for part in text.split(",")):
        if name in KINDS:
            names |= {rule.name for rule in rules().values() if rule.of_quality is KINDS[name]}
        elif name in rules():
            names.add(name)
        elif name:
            close = get_close_matches(name, rules(), 1)
            hint = f"did you mean {close[0]}?" if close else "“build-deck explain” lists them"
            raise click.BadParameter(f"there is no rule “{name}”; {hint}", param=parameter)
    return names


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="For people, for programs, or as annotations in a workflow of GitHub.",
)
@click.option("--select", multiple=True, callback=_names, metavar="RULES", help="Only these rules.")
@click.option("--ignore", multiple=True, callback=_names, metavar="RULES", help="Not these rules.")
@click.option("--strict", is_flag=True, help="Exit with 1 if there is any warning, too.")
@click.option("-q", "--quiet", is_flag=True, help="Show errors only.")
@click.option("--fix", is_flag=True, help="First repair what is certain; no card changes by it.")
@click.option(
    "--diff", is_flag=True, help="Only show what --fix would do; exit with 1 if anything."
)
@prepares
def check(
    path: Path | None,
    shape: str,
    select: set[str],
    ignore: set[str],
    strict: bool,
    quiet: bool,
    fix: bool,
    diff: bool,
) -> int:
    """Tells what is wrong with a folder or a file (the folder “source” if none is named).

    RULES are names with commas between them, or “form” or “quality” for all of their kind.
    “build-deck explain RULE” tells more of one. What a rule weighs can be set in deck.toml; a
    comment <!-- allow: rule-name --> beside a finding, or on the line above it, lets it pass.

    --fix repairs encoding, byte order mark, line ends, damaged text, marks (✅ ❌ ⚠️), the indent
    of lists and white space at the ends of lines, wherever all cards stay as they are.

    \b
    Examples:
      build-deck check                          all rules, the folder “source”
      build-deck check quiz.md --ignore quality what is wrong, not what could be better
      build-deck check --format github          annotations beside the changed lines
      build-deck check --fix --diff             what would be repaired

    Exit status: 0 no error was found, 1 an error or text that is on no card (or, with --strict, a
    warning), 2 the command, the settings or a file could not be used.
    """
    from builder import checking, files

    folder = files.find(path or default_source(quiet=True))
    settings = read_settings(folder)
    if diff:
        return LEFT_OUT if repair(folder, settings, write=False) else OK
    if fix:
        repair(folder, settings, write=True)
        folder = files.find(path or default_source(quiet=True))
    checked = checking.check(
        files.quizzes(folder),
        settings,
        files.templates(),
        files.media_below(folder),
        select,
        ignore,
        work(quiet),
    )
    _print(checked, shape, quiet)
    return LEFT_OUT if checked.left_out or (strict and checked.faulty) else OK


def _print(checked: Checked, shape: str, quiet: bool) -> None:
    from builder import formats
    from builder.diagnostics import Severity

    errors = [found for found in checked.diagnostics if found.severity is Severity.ERROR]
    shown = errors if quiet else checked.diagnostics
    if shape == "json":
        click.echo(formats.as_json(shown), nl=False)
    elif shape == "github":
        click.echo(formats.as_github(shown), nl=False)
    else:
        print_with_source(shown, checked.sources)
        if not quiet:
            click.echo(_summary(checked))


def _summary(checked: Checked) -> str:
    from builder import formats

    number = formats.counts(checked.diagnostics)
    names = {"error": "error", "warning": "warning", "info": "note"}
    found = [count(number[key], noun) for key, noun in names.items() if number[key]]
    looked_at = f"{count(checked.questions, 'question')} in {count(len(checked.files), 'file')}"
    return f"{looked_at}: {', '.join(found) or 'nothing found'}"

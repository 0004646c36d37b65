"""`build-deck serve`: the site while its source is being written."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli.building import NEW_SCHEMA
from builder.cli.inputs import default_source
from builder.cli.terminal import OK, complain, count

if TYPE_CHECKING:
    from builder.cli.rebuilding import Draft, Watched
    from builder.serving import Content, Stage

FIRST_PORT, PORTS = 8765, 20


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help=f"Where to listen (the first free one from {FIRST_PORT}).",
)
@click.option("--open", "browse", is_flag=True, help="Open the page in the browser.")
@click.option("--no-page", is_flag=True, help="No pages: build dist/<name>.apkg after each save.")
def serve(path: Path | None, port: int | None, browse: bool, no_page: bool) -> int:
    """Shows a folder or a file as a site while you write (“source” if none is named).

    After each save the page is there anew, where you stood, with the findings of
    “build-deck check” beside the card. Only this machine can see it. Nothing is written: builds
    here are drafts, and deck.lock changes with “build-deck build” alone. Ctrl-C ends it.
    """
    from builder.cli.rebuilding import Watched

    if no_page and (port or browse):
        raise click.UsageError("--no-page serves nothing: leave out --port and --open")
    watched = Watched(path or default_source(quiet=False))
    try:
        if no_page:
            _watch(watched, _write, complain)
        else:
            _serve(watched, port, browse)
    except KeyboardInterrupt:
        click.echo("\nstopped")
    return OK


def _serve(watched: Watched, port: int | None, browse: bool) -> None:
    from builder.serving import PortTakenError, Stage, serving

    stage = Stage()
    wanted = [port] if port else [*range(FIRST_PORT, FIRST_PORT + PORTS), 0]
    for each in wanted:
        try:
            with serving(stage, each) as address:
                click.echo(f"{address} shows “{watched.path}”; Ctrl-C ends it")
                _run(watched, stage, address if browse else "")
        except PortTakenError:
            continue
        return
    raise click.ClickException(
        f"port {port} cannot be used, another program may listen there; "
        "name another with --port, or leave it out"
    )


def _run(watched: Watched, stage: Stage, address: str) -> None:
    from secrets import token_hex

    def failed(reason: str) -> None:
        complain(reason)
        stage.fail(reason)

    def shown(draft: Draft) -> None:
        nonlocal address
        build = token_hex(8)
        stage.show(build, _files(draft, build))
        if address:
            click.launch(address)
            address = ""

    _watch(watched, shown, failed)


def _watch(
    watched: Watched, done: Callable[[Draft], str | None], failed: Callable[[str], None]
) -> None:
    """Builds, and builds again after every save, until Ctrl-C."""
    from builder.diagnostics import StopError

    while True:
        before = watched.signature()
        began = time.perf_counter()
        try:
            draft = watched.build()
            wrote = done(draft)
        except StopError as error:
            failed(str(error))
        except click.ClickException as error:
            failed(error.format_message())
        except click.exceptions.Exit:
            failed("settings or deck.lock cannot be used, see the terminal")
        except Exception as error:
            if os.environ.get("BUILD_DECK_DEBUG"):
                raise
            failed(f"this is a bug of build-deck: {type(error).__name__}: {error}")
        else:
            click.echo(_line(draft, wrote, time.perf_counter() - began))
        watched.wait(before)


def _line(draft: Draft, wrote: str | None, seconds: float) -> str:
    """What was built, in one line."""
    built = draft.built
    found = sum(finding.severity.weight > 0 for finding in built.diagnostics)
    said = [count(built.questions, "question"), count(found, "finding"), f"{seconds:.1f} s"]
    return f"{time.strftime('%H:%M:%S')} {wrote or 'built'}: {', '.join(said)}"


def _files(draft: Draft, build: str) -> dict[str, Content]:
    """The pages, and the package for who asks for it."""
    from functools import cache

    from builder import apkg, files
    from builder.cli.publishing import site_of
    from builder.site import Download, recipes

    if not draft.built.questions:
        raise click.ClickException(f"no question was found in “{draft.folder.root}”")
    name = f"{files.file_name(draft.built.deck.name)}.apkg"
    templates = files.templates()
    site = site_of(draft.built, draft.settings, Download(name), build=build)
    made = {path: cache(make) for path, make in recipes(site, templates).items()}
    return {**made, name: cache(lambda: apkg.package(draft.built.deck))}


def _write(draft: Draft) -> str:
    """Puts the package in place; it says which."""
    from builder import apkg, files

    deck = draft.built.deck
    if draft.built.broken_schemas:
        raise click.ClickException(
            NEW_SCHEMA.format(kinds=" and ".join(draft.built.broken_schemas))
        )
    if not deck.notes:
        raise click.ClickException(f"no question was found in “{draft.folder.root}”")
    target = Path("dist") / f"{files.file_name(deck.name)}.apkg"
    with files.scratch() as scratch:
        changed = files.write(
            target, lambda file: apkg.write(deck, draft.built.batches, file, scratch)
        )
    return str(target) if changed else f"{target} (unchanged)"

"""`build-deck completion`: completion scripts for shells."""

from __future__ import annotations

import click

from builder.cli.terminal import OK


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Prints the completion script of a shell: eval "$(build-deck completion bash)"."""
    from click.shell_completion import get_completion_class

    complete = get_completion_class(shell)
    assert complete, f"click knows no completion for {shell}"
    click.echo(
        complete(
            click.get_current_context().find_root().command,
            {},
            "build-deck",
            "_BUILD_DECK_COMPLETE",
        ).source()
    )
    return OK

"""`build-deck explain`: the page of a rule."""

from __future__ import annotations

import click

from builder.cli.terminal import OK


@click.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> int:
    """Prints the page of a rule, or the list of all rules."""
    from builder.rules import rules

    if rule is None:
        _list()
        return OK
    if rule not in rules():
        from difflib import get_close_matches

        close = get_close_matches(rule, rules(), 1)
        hint = f"did you mean {close[0]}?" if close else "“build-deck explain” lists them"
        raise click.UsageError(f"there is no rule “{rule}”; {hint}")
    found = rules()[rule]
    click.echo(f"{found.name} ({found.severity} unless deck.toml says otherwise)\n\n{found.page}")
    return OK


def _list() -> None:
    from builder.rules import rules

    for heading, of_quality in (("form: what is wrong", False), ("quality: advice", True)):
        click.echo(f"{heading}")
        for rule in rules().values():
            if rule.of_quality is of_quality:
                click.echo(f"  {rule.name:22} {rule.severity:8} {rule.summary}")

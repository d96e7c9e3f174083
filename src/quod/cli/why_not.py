"""``quod why-not``: what is missing for a yes, nearest rule first."""

from __future__ import annotations

import json
from pathlib import Path

import click

from quod.cli.group import plain
from quod.cli.why import heading, indented
from quod.routing import WhyNot, draw, load


@click.command("why-not")
@click.argument("theory", type=click.Path(exists=True, path_type=Path))
@click.argument("question")
@click.option("--as-of", metavar="DATE", help="Answer as on this date (YYYY-MM-DD); today if not given.")
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Where the tables are.")
@click.option("--all", "everything", is_flag=True, help="Show all ways that were found, not only the nearest five.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(theory: Path, question: str, as_of: str | None, data: Path | None, everything: bool, as_json: bool) -> None:
    """Say what is missing for a yes, nearest rule first.

    Exit code 0: answered; 2: theory or question cannot be used.
    """
    found = load(theory, now=as_of, data=data).why_not(question)
    if as_json:
        click.echo(json.dumps(found.json(), sort_keys=True, ensure_ascii=True))
    else:
        show(found, None if everything else 5)


def show(found: WhyNot, most: int | None) -> None:
    """Print what is missing, the nearest *most* ways of it."""
    heading(found.answer)
    if found.verdict == "derivable":
        click.echo("\nnothing is missing: it can be derived. See: quod why")
        return
    if found.against:
        click.echo(plain("\nthe opposite is shown, and would have to be taken back\n" + indented(draw(found.against))))
    if found.verdict == "undecided":
        click.echo("\nthe budget was spent; what was found until then")
    elif found.ways:
        click.echo("\nwhat is missing, nearest rule first")
    click.echo(plain(indented(found.explain(most))))
    hidden = len(found.ways) - len(found.ways[:most])
    if hidden or found.more:
        click.echo(f"  … and {hidden or 'perhaps'} more ways" + (" at least" if hidden and found.more else ""))

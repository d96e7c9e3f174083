"""The commands of ``quod bench``."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from quod.cli.bench import logic as logic_bench


@click.group("bench")
def command() -> None:
    """Measure answers, proofs and checkers on a data set."""


@command.command("logic")
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--treatment",
    type=click.Choice(sorted(logic_bench.TREATMENTS)),
    default="plain",
    help="What is done to the texts first.",
)
@click.option("--set", "only", multiple=True, help="Only this set; may be repeated.")
@click.option("--limit", type=click.IntRange(1), help="Only the first so many questions of each set.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def logic(data: Path, treatment: str, only: tuple[str, ...], limit: int | None, as_json: bool) -> None:
    """Ask the question sets in the folder DATA, from their text alone."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("questions", total=None)
        results = logic_bench.run(
            data, treatment, limit, only, lambda name, done: bar.update(task, description=name, completed=done)
        )
    click.echo(json.dumps(results, sort_keys=True) if as_json else logic_bench.markdown(results))

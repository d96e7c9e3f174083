"""The commands of ``quod bench``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import click
from rich.console import Console
from rich.progress import Progress

from quod.cli.bench import injection as injection_bench
from quod.cli.bench import logic as logic_bench
from quod.cli.bench import policy as policy_bench

#: A bench of generated material: how many, the seed, and what to call after each.
Generated: TypeAlias = Callable[[int, int, Callable[[int], object]], dict[str, dict[str, Any]]]


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


@command.command("policy")
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--limit", type=click.IntRange(1), help="Only the first so many cases.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def policy(data: Path, limit: int | None, as_json: bool) -> None:
    """Ask the airline book about the cases in the folder DATA, with the fee tables found there."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("cases", total=None)
        results = policy_bench.run(data, limit, lambda done: bar.update(task, completed=done))
    click.echo(json.dumps(results, sort_keys=True) if as_json else table({"airline": results}))


@command.command("injection")
@click.option("--n", "number", type=click.IntRange(1), default=1000, show_default=True, help="How many books.")
@click.option("--seed", type=int, default=0, show_default=True, help="Which books.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def injection(number: int, seed: int, as_json: bool) -> None:
    """Hide an exception or a prohibition in generated books, in words that are not read."""
    _generated(injection_bench.run, "books", number, seed, as_json)


@command.command("mutants")
@click.option("--n", "number", type=click.IntRange(1), default=10_000, show_default=True, help="How many a family.")
@click.option("--seed", type=int, default=0, show_default=True, help="Which mutants.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def mutants(number: int, seed: int, as_json: bool) -> None:
    """Change true proofs, seal them again, and see whether a checker accepts one with a false goal."""
    from quod.cli.bench import mutants as mutants_bench  # the worlds it makes are only loaded for it

    _generated(mutants_bench.run, "mutants", number, seed, as_json)


def _generated(run: Generated, what: str, number: int, seed: int, as_json: bool) -> None:
    """Run a bench that generates its own material, with a progress bar on a terminal."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=number)
        results = run(number, seed, lambda done: bar.update(task, completed=done))
    click.echo(json.dumps(results, sort_keys=True) if as_json else table(results))


def table(results: dict[str, dict[str, Any]]) -> str:
    """The figures as a Markdown table, a column for each set or family."""
    names = list(dict.fromkeys(name for figures in results.values() for name in figures))
    lines = ["| figure | " + " | ".join(results) + " |", "|---" * (len(results) + 1) + "|"]
    lines += [
        f"| {name} | " + " | ".join(str(figures.get(name, "")) for figures in results.values()) + " |" for name in names
    ]
    return "\n".join(lines)

"""``quod vocab``: the words of a theory, what kinds of value they have, and the sentences that use them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from quod.cli.group import plain
from quod.kernel.values import Clause
from quod.knowledge import Entry
from quod.routing import Handle, load


@click.command("vocab")
@click.argument("theory", type=click.Path(exists=True, path_type=Path))
@click.argument("word", required=False)
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Where the tables are.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(theory: Path, word: str | None, data: Path | None, as_json: bool) -> None:
    """Show the words of a theory and where each is used.

    THEORY is a Markdown file or a folder. With WORD, only the words that contain it.
    """
    handle = load(theory, data=data)
    entries = [entry for entry in handle.theory.vocabulary.values() if word is None or word in spoken(entry)]
    if as_json:
        click.echo(json.dumps([fields(handle, entry) for entry in entries], sort_keys=True, ensure_ascii=True))
        return
    for entry in entries:
        show(fields(handle, entry))


def spoken(entry: Entry) -> str:
    """The word of a predicate, as it is written in sentences."""
    return entry.predicate.rpartition("/")[0].removeprefix("~").replace("_", " ")


def fields(handle: Handle, entry: Entry) -> dict[str, Any]:
    """An entry as the object that ``--json`` prints."""
    return {
        "concluded": places(handle, entry.concluded),
        "denied": entry.predicate.startswith("~"),
        "places": [" or ".join(sorts) or "anything" for sorts in entry.sorts],
        "predicate": entry.predicate,
        "table": entry.relation.name if entry.relation else "",
        "used": places(handle, entry.used),
        "word": spoken(entry),
    }


def places(handle: Handle, clauses: tuple[Clause, ...]) -> list[str]:
    """The sentences of *clauses*, each with the place where it stands."""
    found: dict[str, None] = {}
    for clause in clauses:
        place = handle.theory.place(clause.sentence)
        found[f"{place}: {clause.sentence}" if place else clause.sentence] = None
    return list(found)


def show(entry: dict[str, Any]) -> None:
    """Print an entry for a person."""
    kinds = ", ".join(entry["places"])
    table = f"; a row of the table {entry['table']}" if entry["table"] else ""
    click.echo(plain(f"{'not ' if entry['denied'] else ''}{entry['word']} ({kinds}{table})"))
    for title in ("concluded", "used"):
        for sentence in entry[title]:
            click.echo(plain(f"    {title:<10}{sentence}"))

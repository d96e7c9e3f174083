"""``quod why``: the answer to a question, and the reasons a person needs."""

from __future__ import annotations

import json
from pathlib import Path

import click

from quod.cli.ask import WORDS
from quod.cli.group import plain
from quod.routing import Answer, load


@click.command("why")
@click.argument("theory", type=click.Path(exists=True, path_type=Path))
@click.argument("question")
@click.option("--as-of", metavar="DATE", help="Answer as on this date (YYYY-MM-DD); today if not given.")
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Where the tables are.")
@click.option("--full", is_flag=True, help="Show every statement of the proof.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(theory: Path, question: str, as_of: str | None, data: Path | None, full: bool, as_json: bool) -> None:
    """Say why the answer to a question is as it is.

    Exit code 0: answered, whatever the verdict; 2: theory or question cannot be used.
    """
    found = load(theory, now=as_of, data=data).why(question)
    if as_json:
        click.echo(json.dumps(found.json(full=full), sort_keys=True, ensure_ascii=True))
        return
    heading(found.answer)
    told = found.explain(full=full)
    if told:
        click.echo(plain("\nbecause\n" + indented(told)))
    if found.answer.verdict not in ("proved", "conflict"):
        click.echo("\nwhat is missing for a yes: quod why-not")


def heading(answer: Answer) -> None:
    """Print the question, how it was read, and the verdict."""
    lines = [f"question  {answer.question}", f"read as   {answer.read_as}" if answer.read_as else ""]
    lines.append(f"verdict   {WORDS[answer.verdict]}")
    lines += [f"          - {each}" for each in answer.bindings]
    lines += [f"reading   {each}" for each in answer.readings]
    lines.append(f"note      {answer.note}" if answer.note else "")
    lines += [f"not used  {each}" for each in answer.blocked_by]
    click.echo(plain("\n".join(line for line in lines if line)))


def indented(text: str) -> str:
    """*text* with each line moved in a little."""
    return "\n".join("  " + line for line in text.splitlines())

"""``quod what-if``: a question asked again after sentences were added or taken away."""

from __future__ import annotations

import json
from pathlib import Path

import click

from quod.cli.ask import WORDS
from quod.cli.group import plain
from quod.cli.why import indented
from quod.routing import Answer, WhatIf, load
from quod.routing.why import why


@click.command("what-if")
@click.argument("theory", type=click.Path(exists=True, path_type=Path))
@click.argument("question")
@click.option("--with", "added", metavar="SENTENCE", multiple=True, help="Suppose this sentence; may be repeated.")
@click.option("--without", "removed", metavar="SENTENCE", multiple=True, help="Take this one away; may be repeated.")
@click.option("--as-of", metavar="DATE", help="Answer as on this date (YYYY-MM-DD); today if not given.")
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Where the tables are.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    theory: Path,
    question: str,
    added: tuple[str, ...],
    removed: tuple[str, ...],
    as_of: str | None,
    data: Path | None,
    as_json: bool,
) -> None:
    """Ask a question again with sentences added or taken away.

    Both answers carry proofs, each for its own theory digest. Exit code 0: answered, whatever the verdicts; 2: theory,
    question or a sentence cannot be used.
    """
    found = load(theory, now=as_of, data=data).what_if(question, with_=added, without=removed)
    if as_json:
        click.echo(json.dumps(found.json(), sort_keys=True, ensure_ascii=True))
    else:
        show(found)


def show(found: WhatIf) -> None:
    """Print both answers and the difference."""
    lines = [f"question  {found.before.question}"]
    lines += [f"read as   {found.before.read_as}"] if found.before.read_as else []
    lines += [f"with      {each}" for each in found.added] + [f"without   {each}" for each in found.removed]
    lines += ["", *_answer("before", found.before, found.theory_before)]
    lines += ["", *_answer("after", found.after, found.theory_after)]
    lines += ["", "difference", *(f"  {each}" for each in found.difference())]
    click.echo(plain("\n".join(lines)))


def _answer(name: str, answer: Answer, theory: str) -> list[str]:
    lines = [f"{name:<8}  {WORDS[answer.verdict]}"]
    lines += [f"          - {each}" for each in answer.bindings]
    if answer.note:
        lines.append(f"          {answer.note}")
    told = why(answer).explain()
    lines += indented(told).splitlines() if told else []
    checked = f"kernel accepted, {answer.cost.steps} steps" if answer.report is not None else "no proof"
    return [*lines, f"          {checked}; theory {theory}"]

"""``quod ask``: a question, its verdict, the reasons in English, and what both checkers say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from quod.cli._progress import rows_committed
from quod.cli._second import missing, second_opinions
from quod.cli.group import plain
from quod.kernel.errors import NotUsable
from quod.routing import FUEL, Answer, load

WORDS = {
    "proved": "yes: proved",
    "refuted": "no: refuted",
    "unknown": "unknown",
    "conflict": "conflict: both sides can be derived",
    "ambiguous": "ambiguous: the question can be read in several ways",
    "undecided": "undecided",
}


class NoProof(NotUsable):
    """There is no proof to write into a file."""

    code = "no_proof"


@click.command("ask")
@click.argument("theory", type=click.Path(exists=True, path_type=Path))
@click.argument("question")
@click.option("--as-of", metavar="DATE", help="Answer as on this date (YYYY-MM-DD); today if not given.")
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Where the tables are.")
@click.option("--proof", "out", type=click.Path(dir_okay=False, path_type=Path), help="Write the answer file here.")
@click.option("--html", "page_out", type=click.Path(dir_okay=False, path_type=Path), help="Write the answer as a page.")
@click.option("--fuel", type=click.IntRange(1), default=FUEL, show_default=True, help="What the question may cost.")
@click.option("--one", is_flag=True, help="Only the kernel; do not ask the second checker.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    theory: Path,
    question: str,
    as_of: str | None,
    data: Path | None,
    out: Path | None,
    page_out: Path | None,
    fuel: int,
    one: bool,
    as_json: bool,
) -> None:
    """Ask a theory a question; the answer carries its proof.

    THEORY is a Markdown file or a folder. Exit code 0: answered, whatever the verdict; 1: a checker rejected the
    proof; 2: theory or question cannot be used.
    """
    with rows_committed() as progress:
        handle = load(theory, now=as_of, data=data, fuel=fuel, progress=progress)
    answer = handle.ask(question)
    second = "asked for one checker" if one else missing()
    verdict: dict[str, Any] | None = None
    if answer.proof and not second:
        verdict = next(second_opinions([(answer.proof, answer.context, answer.goal)]))
    if not answer.proof and (out is not None or page_out is not None):
        raise NoProof(
            f"the verdict is {answer.verdict}, which carries no proof, so nothing was written",
            remedy=answer.note or "ask without --proof and --html to see why",
            verdict=answer.verdict,
        )
    if out is not None:
        out.write_bytes(answer.file() + b"\n")
    if page_out is not None:
        from quod.serve.page import page  # the page and its checker are only loaded for a page

        page_out.write_text(page(json.loads(answer.file()), answer.labels), encoding="utf-8")
    if as_json:
        click.echo(json.dumps({**answer.json(), "javascript": verdict}, sort_keys=True, ensure_ascii=True))
    else:
        show(answer, verdict, second)
    raise SystemExit(1 if verdict is not None and not verdict["accepted"] else 0)


def show(answer: Answer, verdict: dict[str, Any] | None, second: str) -> None:
    """Print an answer for a person."""
    lines = [f"question  {answer.question}", f"read as   {answer.read_as}" if answer.read_as else ""]
    lines.append(f"verdict   {WORDS[answer.verdict]}")
    lines += [f"          - {each}" for each in answer.bindings]
    lines += [f"reading   {each}" for each in answer.readings]
    lines.append(f"note      {answer.note}" if answer.note else "")
    lines += [f"not used  {each}" for each in answer.blocked_by]
    click.echo(plain("\n".join(line for line in lines if line)))
    told = answer.explain()
    if told:
        click.echo(
            "\n" + ("because" if answer.proof else "what could be derived, without a proof that nothing bears on it")
        )
        click.echo(plain("\n".join("  " + line for line in told.splitlines())))
    if answer.report is not None:
        if answer.report.assumptions or answer.report.defaults:
            click.echo(plain("\nby default, absent unless shown: " + ", ".join(answer.report.defaults)))
        size = f"{answer.cost.steps} steps, {answer.cost.bytes} bytes"
        click.echo(f"\nkernel      accepted ({size}, grade {answer.grade})")
        click.echo(_second_line(verdict, second))
        click.echo(f"theory      {answer.report.theory}")


def _second_line(verdict: dict[str, Any] | None, second: str) -> str:
    if verdict is None:
        return f"javascript  not run: {second}"
    if verdict["accepted"]:
        return "javascript  accepted"
    return f"javascript  REJECTED: {verdict['kind']} at step {verdict['step'] or '-'}"

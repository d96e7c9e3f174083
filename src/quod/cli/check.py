"""``quod check``: check the proof of an answer file with both checkers, against a lock."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from quod.cli._progress import rows_committed
from quod.cli._second import missing, second_opinions
from quod.cli.group import plain
from quod.kernel.errors import NotUsable
from quod.kernel.rejection import Rejection
from quod.knowledge import read_lock
from quod.routing import context_fields, load, load_carried, under_lock


class TablesDiffer(NotUsable):
    """The tables given do not have the roots that the lock vouches for."""

    code = "tables_differ"


@click.command("check")
@click.argument("proof", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--lock",
    "lock_path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The lock to check against.",
)
@click.option(
    "--data", type=click.Path(exists=True, path_type=Path), help="Commit the tables of this theory again, and compare."
)
@click.option("--one", is_flag=True, help="Only the kernel; do not ask the second checker.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(proof: Path, lock_path: Path | None, data: Path | None, one: bool, as_json: bool) -> None:
    """Check a proof against a lock file.

    Exit code 0: accepted; 1: rejected; 2: the files cannot be used. Without --lock the proof is only checked against
    the theory the file itself names: `consistent`, not `accepted`.
    """
    answer = load_carried(proof)
    context = answer.context
    if lock_path is not None:
        lock = read_lock(lock_path)
        context = under_lock(answer.context, lock)
    if data is not None:
        _same_tables(context_fields(context)["roots"], data)
    first = answer.check(context)
    verdicts: dict[str, Any] = {"python": first.json() if isinstance(first, Rejection) else {"report": first.json()}}
    reason = "asked for one checker" if one else missing()
    if not reason:
        verdicts["javascript"] = next(second_opinions([(answer.proof, context, answer.goal)]))
    rejected = not all(bool(each.get("accepted", True)) for each in verdicts.values())
    word = "rejected" if rejected else "accepted" if lock_path else "consistent"
    if as_json:
        click.echo(json.dumps({"checkers": verdicts, "result": word, "second": reason or "ran"}, sort_keys=True))
    else:
        _say(answer, word, verdicts, reason, context)
    raise SystemExit(1 if rejected else 0)


def _same_tables(roots: list[list[str]], data: Path) -> None:
    """Commit the tables at *data* again. Fails when: a vouched root is not among them (`TablesDiffer`)."""
    with rows_committed() as progress:
        made = {root for root, _ in load(data, progress=progress).commitment.roots()}
    missing_roots = [root for root, _ in roots if root not in made]
    if missing_roots:
        raise TablesDiffer(
            "the tables are not those that were locked",
            remedy="give the folder of the theory with the tables as they were, or lock again with `quod read --lock`",
            roots=", ".join(missing_roots),
        )


def _say(answer: Any, word: str, verdicts: dict[str, Any], reason: str, context: bytes) -> None:
    fixed = context_fields(context)
    click.echo(plain(f"question: {answer.question}"))
    click.echo(plain(f"claimed:  {answer.verdict}" + "".join(f"\n          {each}" for each in answer.answers)))
    click.echo(plain(f"goal:     {answer.goal.decode()[:400]}"))
    click.echo(plain(f"theory:   {fixed['theory']}   as of {fixed['now']}"))
    for name, verdict in verdicts.items():
        good = verdict.get("accepted", True)
        click.echo(
            f"{name + ':':<12}"
            + ("accepted" if good else f"rejected: {verdict['kind']} at step {verdict['step'] or '-'}")
        )
    if reason:
        click.echo(plain(f"javascript: not run: {reason}"))
    click.echo(word)

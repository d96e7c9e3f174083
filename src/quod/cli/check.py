"""``quod check``: check the proof of an answer file with both checkers, against a lock."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from quod.cli._progress import rows_committed
from quod.cli._second import missing, second_opinions
from quod.cli.explain import wording
from quod.cli.group import plain
from quod.kernel import Report
from quod.kernel.errors import NotUsable
from quod.kernel.rejection import Rejection
from quod.knowledge import read_lock
from quod.routing import Carried, can_carry, context_fields, load, load_carried, say_goal, under_lock


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

    Question and verdict are what the file claims; what it shows is said in words from the goal that the checkers
    accept. Exit code 0: accepted; 1: rejected, or the verdict is not what was shown; 2: the files cannot be used.
    Without --lock the proof is only checked against the theory the file itself names: `consistent`, not `accepted`.
    """
    answer = load_carried(proof)
    context = answer.context
    if lock_path is not None:
        lock = read_lock(lock_path)
        context = under_lock(answer.context, lock)
    first = answer.check(context)
    verdicts: dict[str, Any] = {"python": _json(first)}
    reason = "asked for one checker" if one else missing()
    if not reason:
        verdicts["javascript"] = next(second_opinions([(answer.proof, context, answer.goal)]))
    rejected = not all(bool(each["accepted"]) for each in verdicts.values())
    shows: tuple[str, ...] = ()
    if not isinstance(first, Rejection):
        if data is not None:
            _same_tables(context_fields(context)["roots"], data)
        shows = say_goal(answer.goal, wording(first.sentences))
        rejected = rejected or not can_carry(answer.goal, answer.verdict)
    word = "rejected" if rejected else "accepted" if lock_path else "consistent"
    if as_json:
        found = {"checkers": verdicts, "claimed": answer.verdict, "result": word, "second": reason or "ran"}
        click.echo(json.dumps({**found, "shows": list(shows)}, sort_keys=True))
    else:
        _say(answer, shows, verdicts, reason, context)
        click.echo(word)
    raise SystemExit(1 if rejected else 0)


def _json(found: Report | Rejection) -> dict[str, Any]:
    return found.json() if isinstance(found, Rejection) else {"accepted": True, "report": found.json()}


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


def _say(
    answer: Carried, shows: tuple[str, ...], verdicts: dict[str, Any], reason: str, context: bytes
) -> None:
    """The claims of the file, and what was shown: only that counts."""
    fixed = context_fields(context)
    lines = [f"asked:      {answer.question}", f"claimed:    {answer.verdict}"]
    lines += [f"            {each}" for each in answer.answers]
    lines += [f"shown:      {each}" for each in shows]
    lines.append(f"goal:       {answer.goal.decode()[:400]}")
    lines.append(f"theory:     {fixed['theory']}   as of {fixed['now']}")
    for name, verdict in verdicts.items():
        why = "accepted" if verdict["accepted"] else f"rejected: {verdict['kind']} at step {verdict['step'] or '-'}"
        lines.append(f"{name + ':':<12}{why}")
    if shows and not can_carry(answer.goal, answer.verdict):
        lines.append(f"what was shown is not the claim: {answer.verdict}")
    if reason:
        lines.append(f"javascript: not run: {reason}")
    click.echo(plain("\n".join(lines)))

"""``quod doctor``: what this installation has and what it lacks, with what would fix it."""

from __future__ import annotations

import json
import platform
import sys
from typing import Any

import click

from quod import __version__
from quod.cli._node import find_node
from quod.cli._second import missing, second_opinions
from quod.kernel import canonical, check
from quod.kernel.canonical import spell
from quod.kernel.commit import EMPTY, theory_digest


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(as_json: bool) -> None:
    """Say what this installation has and what it lacks.

    Runs a tiny proof through both checkers. Exit code 0 if both accept it, 1 otherwise.
    """
    case = smallest_case()
    first = check(*case)
    lack = missing()
    second: dict[str, Any] = {} if lack else next(second_opinions([case]))
    found = {
        "javascript": "accepts" if second.get("accepted") else lack or f"rejects: {second.get('kind')}",
        "kernel": "accepts" if first.accepted else str(first),
        "node": str(find_node() or "not found"),
        "platform": platform.platform(),
        "python": sys.version.split()[0],
        "quod": __version__,
    }
    if as_json:
        click.echo(json.dumps(found, sort_keys=True))
    else:
        for name, value in found.items():
            click.echo(f"{name:<11} {value}")
    raise SystemExit(0 if first.accepted and second.get("accepted") else 1)


def smallest_case() -> tuple[bytes, bytes, bytes]:
    """A proof that follows from nothing: the empty theory does not derive ``p``."""
    theory = theory_digest(spell(EMPTY), ())
    atom = ["p/0", []]
    steps = [
        {"by": "theory", "pending": [], "premises": [], "tree": []},
        {"answers": [[]], "by": "tables", "orders": [], "patterns": [atom], "premises": ["0"]},
        {"by": "conclude", "premises": ["1"]},
    ]
    context = {"fuel": "100", "now": "2026-01-01", "roots": [], "theory": theory}
    goals = [{"atom": atom, "kind": "not_derivable"}]
    goal = {"assumptions": [], "defaults": [], "goals": goals, "grade": "proved", "question": []}
    return canonical({"quod": "1", "steps": steps}), canonical(context), canonical(goal)

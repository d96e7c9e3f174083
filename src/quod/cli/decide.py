"""``quod decide``: one question about every case of a file."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path

import click

from quod.cli.group import plain
from quod.routing.decide import Decided, Decider

_SHOWN = 20


@click.command("decide")
@click.argument("book", type=click.Path(exists=True, path_type=Path))
@click.argument("question")
@click.option(
    "--cases",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The cases: CSV, JSON lines or Parquet, named as the book's table.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write one row for each case here.")
@click.option("--as-of", metavar="DATE", help="Decide as on this date (YYYY-MM-DD); today if not given.")
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Where the tables are.")
@click.option("--explain", metavar="KEY", help="Prove and explain the decision on the case with this key.")
@click.option("--prove", metavar="all|N", default="0", help="Prove and check all decisions, or a sample of N.")
@click.option("--seed", type=int, default=0, help="Which sample.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    book: Path,
    question: str,
    cases: Path,
    out: Path | None,
    as_of: str | None,
    data: Path | None,
    explain: str | None,
    prove: str,
    seed: int,
    as_json: bool,
) -> None:
    """Decide a question about every case of a file.

    Exit code 0: every case decided; 1: rows that could not be used; 2: book, question or file cannot be used.
    """
    if prove != "all" and not prove.isdigit():
        raise click.UsageError("--prove takes `all` or a number")
    if out is None and explain is None:
        raise click.UsageError("give --out FILE, --explain KEY, or both")
    now = as_of or datetime.datetime.now(datetime.UTC).date().isoformat()
    decider = Decider.load(book, cases, now=now, data=data, progress=_progress)
    result: dict[str, object] = {}
    decided: Decided | None = None
    if out is not None:
        decided = decider.decide(question, out, prove=prove if prove == "all" else int(prove), seed=seed)
        result = decided.json()
    if explain is not None:
        answer = decider.explain(question, explain)
        result["explained"] = answer.json()
        if not as_json:
            click.echo(plain(f"{answer.question}\n{answer.verdict}" + "".join(f"\n  {b}" for b in answer.bindings)))
            click.echo(plain(answer.explain()))
    if as_json:
        click.echo(json.dumps(result, sort_keys=True, ensure_ascii=True))
    elif decided is not None:
        _show(decided, cases)
    raise SystemExit(1 if decided is not None and decided.bad else 0)


def _progress(what: str) -> None:
    if sys.stderr.isatty():
        click.echo(plain(f"\r\x1b[K{what}").replace("\\r\\x1b[K", "\r\x1b[K"), nl=False, err=True)


def _show(decided: Decided, cases: Path) -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
    for decision, number in decided.counts.items():
        click.echo(f"{decision:<10}{number:>12,}")
    if decided.one_by_one:
        why = f" ({decided.why_one_by_one})" if decided.why_one_by_one else ""
        click.echo(plain(f"one by one{decided.one_by_one:>12,}{why}"))
    if decided.proved:
        click.echo(f"checked   {len(decided.proved):>12,}")
    for row in decided.bad[:_SHOWN]:
        click.echo(plain(f"{cases.name}, row {row.row}: {row.reason}"), err=True)
    if len(decided.bad) > _SHOWN:
        click.echo(f"and {len(decided.bad) - _SHOWN} more rows that could not be used", err=True)

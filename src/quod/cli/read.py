"""``quod read``: how each sentence of a theory was read, and the lock of those readings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from quod.cli._progress import rows_committed
from quod.cli.group import plain
from quod.knowledge import Read, Sourced, read_lock, require_unchanged, write_lock
from quod.knowledge.logic import READER
from quod.language import remarks
from quod.routing import Handle, load


@click.command("read")
@click.argument("theory", type=click.Path(exists=True, path_type=Path))
@click.option("--lock", "lock", is_flag=True, help="Write the readings and the theory digest to book.lock.")
@click.option("--problems", is_flag=True, help="Show only sentences that were not used.")
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Where the tables are.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(theory: Path, lock: bool, problems: bool, data: Path | None, as_json: bool) -> None:
    """Show how each sentence of a theory was read.

    Compares with book.lock where there is one: a changed reading is an error that shows both. Exit code 1 if a sentence
    was not read or can be read in several ways.
    """
    with rows_committed() as progress:
        handle = load(theory, data=data, progress=progress)
    path = lock_path(theory)
    reads = [sourced.read for sourced in handle.theory.reads]
    if lock:
        write_lock(handle.lock(), path)
    elif path.exists():
        require_unchanged(read_lock(path), reads, str(path))
    if as_json:
        click.echo(json.dumps(_json(handle), sort_keys=True, ensure_ascii=True))
    else:
        _show(handle, problems)
        if lock:
            click.echo(plain(f"\nlocked in {path}"))
    raise SystemExit(1 if any(read.status != "read" for read in reads) else 0)


def lock_path(theory: Path) -> Path:
    """Where the lock of a theory stands: in its folder, or beside its file under the same name."""
    return theory / "book.lock" if theory.is_dir() else theory.with_suffix(".lock")


def _json(handle: Handle) -> dict[str, Any]:
    return {
        "findings": [finding.message for finding in handle.theory.findings],
        "sentences": [_one(sourced) for sourced in handle.theory.reads],
        "theory": handle.digest,
    }


def _one(sourced: Sourced) -> dict[str, Any]:
    read = sourced.read
    problem = read.problem
    return {
        "logic": [list(reading.logic) for reading in read.readings],
        "paraphrases": [reading.paraphrase for reading in read.readings],
        "place": str(sourced.place),
        "problem": problem.reason if problem else "",
        "sentence": read.sentence,
        "status": status(read),
        "suggestion": problem.suggestion if problem else "",
    }


def status(read: Read) -> str:
    """``read``, ``unused``, ``ambiguous`` or ``unread``."""
    return "unused" if read.status == "read" and read.readings[0].unused else read.status


def _show(handle: Handle, problems: bool) -> None:
    counts: dict[str, int] = {}
    for sourced in handle.theory.reads:
        read = sourced.read
        kind = status(read)
        counts[kind] = counts.get(kind, 0) + 1
        if problems and kind == "read":
            continue
        click.echo(plain(f"{sourced.place}\n  {read.sentence}"))
        for reading in read.readings:
            click.echo(
                plain(f"    {kind}: {reading.paraphrase}\n" + "\n".join(f"      {each}" for each in reading.logic))
            )
            for remark in remarks(reading):
                click.echo(plain(f"    remark: {remark}"))
        if read.problem is not None:
            word = read.problem
            click.echo(plain("  " + " " * word.column + "^" * max(len(word.word), 1)))
            click.echo(
                plain(f"    unread: {word.reason}" + (f"\n    try: {word.suggestion}" if word.suggestion else ""))
            )
    for finding in handle.theory.findings:
        click.echo(plain(f"remark: {finding.message}"))
    logic = sum(clause.reader == READER for clause in handle.theory.clauses)
    parts = [*(f"{count} {kind}" for kind, count in sorted(counts.items())), *([f"{logic} in logic"] if logic else [])]
    summary = ", ".join(parts)
    click.echo(plain(f"\n{summary or 'no sentences'}; theory {handle.digest}"))

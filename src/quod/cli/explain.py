"""``quod explain``: an answer file told in English, or drawn as a page that re-checks itself."""

from __future__ import annotations

import json
from pathlib import Path

import click

from quod.cli.group import plain
from quod.kernel.rejection import Rejection
from quod.language import EnglishReader, say_atom
from quod.routing import Say, draw, load_carried, say_goal, tell


@click.command("explain")
@click.argument("proof", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--html", "out", type=click.Path(dir_okay=False, path_type=Path), help="Write a page that re-checks the proof."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(proof: Path, out: Path | None, as_json: bool) -> None:
    """Explain a proof in English, or as a page that re-checks itself.

    Only a proof that the kernel accepts is explained. Exit code 1: it is rejected; 2: the file cannot be used.
    """
    answer = load_carried(proof)
    report = answer.check()
    if isinstance(report, Rejection):
        click.echo(json.dumps(report.json(), sort_keys=True) if as_json else plain(str(report)), err=not as_json)
        raise SystemExit(1)
    say = wording(report.sentences)
    told, shows = tell(answer.proof, answer.goal, say), say_goal(answer.goal, say)
    if out is not None:
        from quod.serve.page import page  # the page and its checker are only loaded for a page

        out.write_text(page(json.loads(proof.read_bytes()), told.labels), encoding="utf-8")
        click.echo(plain(f"wrote {out}"))
    elif as_json:
        text = {"labels": dict(told.labels), "shows": list(shows), "text": draw(told.reasons)}
        click.echo(json.dumps(text, sort_keys=True))
    else:
        click.echo(plain("\n".join([f"asked:  {answer.question}", *(f"shown:  {each}" for each in shows)])))
        click.echo(plain(f"\n{draw(told.reasons)}"))


def wording(sentences: tuple[str, ...]) -> Say:
    """How to say atoms in the words of *sentences*."""
    reader = EnglishReader()
    for sentence in sentences:
        reader.read(sentence)
    return lambda atom: say_atom(atom, reader.vocabulary)

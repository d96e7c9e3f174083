"""``quod explain``: an answer file told in English, or drawn as a page that re-checks itself."""

from __future__ import annotations

import json
from pathlib import Path

import click

from quod.cli.group import plain
from quod.kernel.rejection import Rejection
from quod.language import EnglishReader, say_atom
from quod.routing import Carried, Told, draw, load_carried, tell


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
        click.echo(plain(str(report)), err=True)
        raise SystemExit(1)
    told = retell(answer, report.sentences)
    if out is not None:
        from quod.serve.page import page  # the page and its checker are only loaded for a page

        out.write_text(page(json.loads(proof.read_bytes()), told.labels), encoding="utf-8")
        click.echo(plain(f"wrote {out}"))
    elif as_json:
        click.echo(json.dumps({"labels": dict(told.labels), "text": draw(told.reasons)}, sort_keys=True))
    else:
        click.echo(plain(f"{answer.question}\n{answer.verdict}\n\n{draw(told.reasons)}"))


def retell(answer: Carried, sentences: tuple[str, ...]) -> Told:
    """The reasons of an answer file, in the words of the sentences it cites."""
    reader = EnglishReader()
    for sentence in sentences:
        reader.read(sentence)
    return tell(answer.proof, answer.goal, lambda atom: say_atom(atom, reader.vocabulary))

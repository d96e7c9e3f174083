"""`quod new` writes a book that reads from end to end."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from quod.cli.group import main
from quod.routing import load


def test_the_starter_reads_and_answers(tmp_path: Path) -> None:
    folder = tmp_path / "club"
    made = CliRunner().invoke(main, ["new", str(folder)])
    assert made.exit_code == 0
    theory = load(folder)
    assert {sourced.read.status for sourced in theory.theory.reads} == {"read"}
    assert not theory.theory.pending
    assert theory.ask("Is Carla welcome?").verdict == "proved"
    assert theory.ask("Is Carla a keyholder?").verdict == "refuted"
    assert theory.ask("Is Bob a keyholder?").verdict == "unknown"


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    made = CliRunner().invoke(main, ["new", str(tmp_path)])
    assert made.exit_code == 2
    assert "already_there" in made.output


def test_a_book_of_logic_says_how_many_clauses_it_has(tmp_path: Path) -> None:
    (tmp_path / "book.quod").write_text("p(a). q(X) :- p(X).", encoding="utf-8")
    shown = CliRunner().invoke(main, ["read", str(tmp_path)])
    assert shown.exit_code == 0
    assert "2 in logic; theory" in shown.output

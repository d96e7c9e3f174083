"""The airline book: its own cases, and what changes when one fee is edited."""

from __future__ import annotations

from pathlib import Path

import pytest

from quod.routing import load

BOOK = Path(__file__).resolve().parents[2] / "examples" / "airline"


@pytest.mark.parametrize(("passenger", "total"), [("Maya", "$495"), ("Noor", "$570"), ("Olu", "$1250")])
def test_totals(passenger: str, total: str) -> None:
    answer = load(BOOK / "book.md", now="2026-01-01").ask(f"What is the total of {passenger}?")
    assert (answer.verdict, answer.bindings) == ("proved", (total,))


def test_every_sentence_is_read() -> None:
    handle = load(BOOK / "book.md", now="2026-01-01")
    assert all(sourced.read.status == "read" for sourced in handle.theory.reads)
    assert not handle.theory.pending


def test_one_fee_edited_changes_the_totals_it_touches(tmp_path: Path) -> None:
    for path in BOOK.iterdir():
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace("1,1,Japan,Basic Economy,75", "1,1,Japan,Basic Economy,80"))
    handle = load(tmp_path / "book.md", now="2026-01-01")
    totals = [handle.ask(f"What is the total of {name}?").bindings for name in ("Maya", "Noor", "Olu")]
    assert totals == [("$495",), ("$575",), ("$1250",)]

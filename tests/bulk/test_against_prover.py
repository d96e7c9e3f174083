"""Bulk and prover share no evaluation code; on random programs and books they say the same."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from books import Author
from programs import random_program

from quod.kernel.values import variable
from quod.knowledge.commitments import CommittedRelation, TheoryCommitment
from quod.reasoning import Evaluation, Program
from quod.reasoning.bulk.engine import DuckDb
from quod.reasoning.bulk.program import BulkProgram
from quod.reasoning.bulk.refusals import NotInBulk
from quod.routing.decide import CasesDepend, Decider

PROGRAMS = 280
BOOKS = 28
NOW = "2026-11-24"
PROGRESS = Path(".quod/assure/bulk-decisions.txt")


def clear(engine: DuckDb) -> DuckDb:
    for (name,) in engine.rows("SELECT table_name FROM duckdb_tables() WHERE NOT internal"):
        if not str(name).startswith("reject_"):
            engine.execute(f"DROP TABLE {name}")
    return engine


@pytest.fixture(scope="module")
def shared() -> DuckDb:
    return DuckDb(threads=1)


@pytest.fixture
def engine(shared: DuckDb) -> DuckDb:
    return clear(shared)


def models_agree(random: Random, engine: DuckDb) -> str:
    """All tables of a random program, against the answers of the goal-directed engine."""
    given = random_program(random)
    relations = {
        name: CommittedRelation([f"c{at}" for at in range(int(name[-1]))], rows)
        for name, rows in given.relations.items()
    }
    commitment = TheoryCommitment(given.clauses, relations, given.closed)
    kept = [clause.head[0] for clause in given.clauses] if random.random() < 0.5 else []
    bulk = BulkProgram(engine, given.clauses, kept=kept)
    for name, rows in given.relations.items():
        bulk.add_rows(name, rows)
    try:
        bulk.evaluate()
    except NotInBulk as reason:
        return reason.message
    evaluation = Evaluation(Program(given.clauses), source=commitment)
    names = {clause.head[0] for clause in given.clauses} | set(given.relations)
    for name in sorted(names):
        arity = int(name.rpartition("/")[2])
        (table,) = evaluation.ask((name, tuple(variable(f"X{at}") for at in range(arity))))
        rows = bulk.rows(name)
        assert len(rows) == len(set(rows))
        assert set(rows) == {answer[0] for answer in table.delivered}, name
    return "agree"


@pytest.mark.parametrize("block", range(4))
def test_random_programs(block: int, shared: DuckDb) -> None:
    seen = Counter(models_agree(Random(seed), clear(shared)) for seed in range(block, PROGRAMS, 4))
    assert seen["agree"] >= 0.9 * sum(seen.values()), seen


def decisions_agree(random: Random, folder: Path, engine: DuckDb) -> Counter[str]:
    """Every decision on every case of a random book, against the prover and the kernel."""
    book = Author(random).write(folder)
    decider = Decider.load(book.path, book.cases, now=NOW, engine=engine)
    seen: Counter[str] = Counter()
    for question in book.questions:
        try:
            decided = decider.decide(question, prove="all")
        except CasesDepend:
            seen["cases depend"] += 1
            continue
        seen.update(decided.counts)
        seen["one by one"] += decided.one_by_one
        if decided.why_one_by_one:
            seen["not in bulk"] += decided.one_by_one
    return seen


@pytest.mark.parametrize("block", range(4))
def test_random_books(block: int, shared: DuckDb, tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    for seed in range(block, BOOKS, 4):
        seen += decisions_agree(Random(seed), tmp_path / str(seed), clear(shared))
    for decision in ("proved", "refuted", "unknown"):
        assert seen[decision], seen


@pytest.mark.assure
def test_ten_thousand_decisions(shared: DuckDb, tmp_path: Path) -> None:
    """The long run; it resumes where it was stopped."""
    PROGRESS.parent.mkdir(parents=True, exist_ok=True)
    start = int(PROGRESS.read_text()) if PROGRESS.exists() else 0
    wanted = int(os.environ.get("QUOD_ASSURE_BULK", "10000"))
    seen: Counter[str] = Counter()
    seed = 1_000_000 + start
    while seen["proved"] + seen["refuted"] + seen["unknown"] - seen["one by one"] < wanted:
        seen += decisions_agree(Random(seed), tmp_path / str(seed), clear(shared))
        seed += 1
        PROGRESS.write_text(str(seed - 1_000_000))
    PROGRESS.unlink()

"""Compiled queries and their plans: no type that rounds, no NULL, no NOT IN."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from books import Author

from quod.knowledge import parse_logic
from quod.reasoning.bulk.engine import EXACT, DuckDb
from quod.reasoning.bulk.program import BulkProgram
from quod.reasoning.bulk.refusals import NotInBulk
from quod.routing.decide import Decider

ROUNDS = re.compile(r"DOUBLE|FLOAT|REAL|DECIMAL|TIMESTAMP|INTERVAL|\bavg\b|NOT IN\b", re.IGNORECASE)


def statements(decider: Decider, question: str) -> list[str]:
    made = decider.decisions(decider.asked(question))
    try:
        made.decide()
    except NotInBulk:
        return []
    return made.program.statements


@pytest.mark.parametrize("seed", range(12))
def test_no_plan_rounds(seed: int, tmp_path: Path) -> None:
    book = Author(Random(seed)).write(tmp_path)
    decider = Decider.load(book.path, book.cases, now="2026-11-24", engine=DuckDb(threads=1))
    for question in book.questions:
        for sql in statements(decider, question):
            types = decider.engine.types(sql)
            assert set(types) <= {*EXACT, "INTEGER"}
            assert not ROUNDS.search(sql)
            assert not ROUNDS.search(decider.engine.plan(sql))
            assert " / " not in sql


def test_a_rounding_expression_is_noticed() -> None:
    engine = DuckDb(threads=1)
    assert engine.types("SELECT 1 / 2 AS x") == ["DOUBLE"]
    assert ROUNDS.search(engine.plan("SELECT avg(x) FROM (VALUES (1::BIGINT), (2)) t(x)"))


def rows(text: str, predicate: str) -> set[str]:
    program = BulkProgram(DuckDb(threads=1), [item.value for item in parse_logic(text)])
    program.evaluate()
    return {" ".join(str(part) for term in row for part in term[1:]) for row in program.rows(predicate)}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("V / 3 * 3", "7/2"),
        ("#round(V, 0, half_even)", "4"),
        ("#round(0 - V, 0, half_even)", "-4"),
        ("#round(V - 1, 0, half_even)", "2"),
        ("#round(V - 1, 0, half_down)", "2"),
        ("#round(V, 0, half_up)", "4"),
        ("#round(0 - V, 0, half_up)", "-4"),
        ("#round(0 - V, 0, up)", "-4"),
        ("#round(0 - V, 0, down)", "-3"),
        ("#round(0 - V, 0, floor)", "-4"),
        ("#round(0 - V, 0, ceiling)", "-3"),
        ("#round(V / 3, 2, half_up)", "117/100"),
        ("V - 1/10 - 2/10", "16/5"),
        ("#abs(0 - V) * 0.1", "7/20"),
    ],
)
def test_arithmetic_is_exact(expression: str, value: str) -> None:
    assert rows(f"v(3.5). r(X) :- v(V), X = {expression}.", "r/1") == {value}


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"), ("2024-02-29", 12, "2025-02-28")],
)
def test_months_end_where_the_month_ends(day: str, months: int, moved: str) -> None:
    assert rows(f"d(date({day})). r(E) :- d(D), E = D + duration({months}, 0).", "r/1") == {moved}


def test_sums_of_nothing_are_zero() -> None:
    text = "p(a). p(b). v(a, 1). v(a, 2). s(X, T) :- p(X), T = sum V : v(X, V). m(X, T) :- p(X), T = min V : v(X, V)."
    assert rows(text, "s/2") == {"a 3", "b 0"}
    assert rows(text, "m/2") == {"a 1"}


def test_numbers_that_could_overflow_are_refused() -> None:
    with pytest.raises(NotInBulk):
        rows(f"v({10**30}). r(X) :- v(V), X = V * V * V.", "r/1")


def test_numbers_may_be_as_large_as_hugeint() -> None:
    assert rows(f"v({10**17}). r(X) :- v(V), X = V * V.", "r/1") == {str(10**34)}

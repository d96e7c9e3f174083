"""`quod decide`: cases from files, rows that cannot be used, refusals, proofs on demand, inert cells."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quod.cli.group import main
from quod.reasoning.bulk.engine import DuckDb, MissingExtra
from quod.routing import load
from quod.routing.decide import BookNotReady, CasesDepend, Decider, UnknownCase, decide

BOOK = """---
title: Claims
relations:
  policy:
    file: policy.csv
    key: [id]
    columns: {id: symbol, kind: symbol, since: date}
  claim:
    file: claim.csv
    key: [id]
    columns: {id: symbol, policy: symbol, amount: number, day: date}
closed: [late/1, large/1, payout/2]
---

# Claims

```quod
late(C) :- claim(C, P, A, D), policy(P, K, S), D < S + duration(1, 0).
large(C) :- claim(C, P, A, D), A / 3 >= 100, absent late(C).
payout(C, R) :- claim(C, P, A, D), absent large(C), R = #round(A * 0.85 / 7, 2, half_even).
share(C, R) :- claim(C, P, A, D), R = 1 / (A - 100).
closed share/2.
```
"""
POLICIES = "id,kind,since\np1,home,2020-01-31\np2,car,2021-05-05\n"
CLAIMS = (
    "id,policy,amount,day\nc1,p1,100,2020-02-28\nc2,p1,300,2020-02-29\nc3,p2,301,2022-01-01\n=c4,p2,-12.5,2022-02-02\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "book.md").write_text(BOOK, encoding="utf-8")
    (tmp_path / "policy.csv").write_text(POLICIES, encoding="utf-8")
    (tmp_path / "claim.csv").write_text(CLAIMS, encoding="utf-8")
    return tmp_path


def run(folder: Path, question: str, *more: str, cases: str = "claim.csv", out: str = "out.csv") -> Result:
    args = ["decide", str(folder / "book.md"), question, "--cases", str(folder / cases), "--out", str(folder / out)]
    return CliRunner().invoke(main, [*args, *more], catch_exceptions=False)


def decisions(path: Path) -> dict[str, tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["key"]: (row["decision"], row["value"]) for row in csv.DictReader(file)}


def test_one_row_for_each_case(folder: Path) -> None:
    assert run(folder, "Is the claim large?", "--prove", "all").exit_code == 0
    assert decisions(folder / "out.csv") == {
        "c1": ("refuted", ""),
        "c2": ("proved", ""),
        "c3": ("proved", ""),
        "'=c4": ("refuted", ""),
    }


def test_values(folder: Path) -> None:
    assert run(folder, "? X, R: payout(X, R).", "--prove", "all").exit_code == 0
    found = decisions(folder / "out.csv")
    assert found["c1"] == ("proved", "12.14")
    assert found["c2"] == ("refuted", "")
    assert found["'=c4"] == ("proved", "-1.52")


def test_division_by_zero_is_the_provers(folder: Path) -> None:
    result = json.loads(run(folder, "? X, R: share(X, R).", "--json").output)
    assert result["one_by_one"] == 1
    found = decisions(folder / "out.csv")
    assert found["c1"] == ("undecided", "")
    assert found["c2"] == ("proved", "0.005")
    assert found["c3"] == ("proved", "1/201")


def test_rows_that_cannot_be_used_are_reported_and_kept(folder: Path) -> None:
    lines = ["id,policy,amount,day", "c1,p1,100,2020-02-28", "c2,p1,,2020-02-29", "c3,p2,301", "c4,p2,1,2022-02-30"]
    (folder / "claim.csv").write_text("\n".join([*lines, "c5,p2,5,2022-02-01", "c5,p2,6,2022-02-01", ""]))
    result = run(folder, "Is the claim large?", "--json")
    assert result.exit_code == 1
    bad = {row["row"]: row["reason"] for row in json.loads(result.output)["bad_rows"]}
    assert sorted(bad) == [3, 4, 5, 6, 7]
    assert "amount is empty" in bad[3] and "not a date" in bad[5]
    with (folder / "out.csv").open(newline="") as file:
        assert [row["decision"] for row in csv.DictReader(file)] == ["refuted"] + ["unusable"] * 5


def test_a_bad_row_stops_decisions_that_could_depend_on_it(folder: Path) -> None:
    text = BOOK.replace(
        "closed share/2.", "closed share/2.\nfirst(C) :- claim(C, P, A, D), N = count B : { claim(B, P, E, F) }, N = 1."
    )
    (folder / "book.md").write_text(text)
    (folder / "claim.csv").write_text(CLAIMS + "c9,p1,x,2022-01-01\n")
    decider = Decider.load(folder / "book.md", folder / "claim.csv", now="2026-01-01")
    with pytest.raises(CasesDepend, match="row 6: amount is 'x'"):
        decider.decide("? X: first(X).")


@pytest.mark.parametrize("kind", [".jsonl", ".parquet"])
def test_other_files(folder: Path, kind: str) -> None:
    if kind == ".jsonl":
        rows = list(csv.DictReader(CLAIMS.splitlines()))
        lines = [json.dumps({**row, "amount": json.loads(row["amount"])}) for row in rows]
        (folder / "claim.jsonl").write_text("\n".join(lines) + "\n")
    else:
        source = f"read_csv('{folder / 'claim.csv'}', types = {{'amount': 'DECIMAL(9,2)'}})"
        DuckDb().execute(f"COPY (FROM {source}) TO '{folder / 'claim.parquet'}' (FORMAT parquet)")
    assert run(folder, "? X, R: payout(X, R).", "--prove", "2", cases=f"claim{kind}", out="out.jsonl").exit_code == 0
    found = [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]
    assert [(row["key"], row["value"]) for row in found][::3] == [("c1", "12.14"), ("=c4", "-1.52")]


def test_an_explanation(folder: Path) -> None:
    decider = Decider.load(folder / "book.md", folder / "claim.csv", now="2026-01-01")
    answer = decider.explain("Is the claim large?", "c3")
    assert answer.verdict == "proved" and answer.proof and "claim" in answer.explain()
    with pytest.raises(UnknownCase):
        decider.explain("Is the claim large?", "c33")


def test_a_book_that_is_not_ready_is_refused(folder: Path) -> None:
    (folder / "book.md").write_text(BOOK + "\nClaims usually flummox the frobnicator, unless they do not.\n")
    result = run(folder, "Is the claim large?")
    assert result.exit_code == 2
    assert BookNotReady.code in result.output and "frobnicator" in result.output
    assert not (folder / "out.csv").exists()


def test_from_a_handle(folder: Path) -> None:
    handle = load(folder / "book.md", now="2026-01-01")
    decided = decide(handle, "Is the claim large?", folder / "claim.csv", folder / "out.csv", prove="all")
    assert decided.counts == {"proved": 2, "refuted": 2}
    assert sorted(decided.proved) == ["=c4", "c1", "c2", "c3"]


def test_samples_are_seeded(folder: Path) -> None:
    decider = Decider.load(folder / "book.md", folder / "claim.csv", now="2026-01-01")
    chosen = [sorted(decider.decide("Is the claim large?", prove=2, seed=seed).proved) for seed in (1, 1, 2, 3, 4)]
    assert chosen[0] == chosen[1] and len({tuple(each) for each in chosen}) > 1


@pytest.mark.parametrize("cell", ["=1", "+1", "@x", "-x", " =1", "\t=1", "＝1"])
def test_cells_are_no_formulas(folder: Path, cell: str) -> None:
    lines = f'id,policy,amount,day\n"{cell}",p1,1,2022-01-01\n'
    (folder / "claim.csv").write_text(lines, encoding="utf-8")
    run(folder, "Is the claim large?")
    assert list(decisions(folder / "out.csv")) == ["'" + cell]


def test_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    with pytest.raises(MissingExtra, match="bulk"):
        DuckDb()

"""Private columns: committed as salted digests; the salts are kept for their owner alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quod.kernel.canonical import canonical
from quod.kernel.check import check
from quod.kernel.commit import cell_digest
from quod.kernel.rejection import Rejection
from quod.knowledge.private import PrivateValue, Salts, SaltsFile, salted, salts_for, salts_path
from quod.knowledge.relations import Relation
from quod.knowledge.tables import RelationSpec, parse_relation
from quod.routing import Handle, load

BOOK = """---
relations:
  pay: {file: pay.csv, key: [who], private: [salary]}
closed: [employed/1, rich/1, poor/1, twin/1, size/2, cost/1]
---

```quod
employed(X) :- pay(X, D, S).
rich(X) :- pay(X, D, S), S > 150.
poor(X) :- pay(X, D, 100).
twin(X) :- pay(X, D, S), pay(Y, E, S), X != Y.
size(D, N) :- pay(_, D, _), N = count X, S : pay(X, D, S).
cost(N) :- N = sum S, X, D : pay(X, D, S).
```
"""
PAY = "who,dept,salary\nanne,it,100\nbob,it,200\ncarl,hr,200\n"
SALTS = Salts(b"0" * 32)


def table(text: str = PAY, *private: str) -> Relation:
    return parse_relation(RelationSpec("pay", private=private or ("salary",)), text, "pay.csv")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "book.md").write_text(BOOK, encoding="utf-8")
    (tmp_path / "pay.csv").write_text(PAY, encoding="utf-8")
    return tmp_path


# --- salting --------------------------------------------------------------------------------------------------


def test_private_cells_and_no_others_become_digests() -> None:
    hidden = salted(table(), SALTS)
    assert [[cell[0] for cell in row] for row in hidden.rows] == [["s", "s", "h"]] * 3
    plain = table()
    for row, hid in zip(plain.rows, hidden.rows, strict=True):
        assert hid[:2] == row[:2]
        assert hid[2] == ("h", cell_digest(SALTS.salt(plain, row, 2), row[2]))
    assert hidden.commitment().json()["private"] == ["2"]


def test_equal_values_have_different_digests() -> None:
    cells = [row[2] for row in salted(table(), SALTS).rows]
    assert len(set(cells)) == 3


def test_the_same_salts_give_the_same_digests() -> None:
    assert salted(table(), SALTS).rows == salted(table(), Salts(b"0" * 32)).rows
    assert salted(table(), SALTS).rows != salted(table(), Salts(b"1" * 32)).rows


def test_other_rows_do_not_matter() -> None:
    more = salted(table(PAY + "dora,hr,1\n"), SALTS)
    assert more.rows[:3] == salted(table(), SALTS).rows


def test_without_private_columns_nothing_changes() -> None:
    relation = parse_relation(RelationSpec("pay"), PAY, "pay.csv")
    assert salted(relation, None) is relation


def test_private_columns_need_salts() -> None:
    with pytest.raises(SaltsFile, match="no salts"):
        salted(table(), None)


@given(st.binary(min_size=32, max_size=32), st.lists(st.integers(), min_size=1, max_size=5, unique=True))
def test_every_cell_has_a_salt_of_its_own(secret: bytes, numbers: list[int]) -> None:
    text = "a,b\n" + "".join(f"{n},{n}\n" for n in numbers)
    relation = table(text, "a", "b")
    salts = [Salts(secret).salt(relation, row, column) for row in relation.rows for column in (0, 1)]
    assert len(set(salts)) == len(salts)
    assert all(len(salt) >= 16 for salt in salts)


def test_the_secret_is_not_shown() -> None:
    assert "0000" not in repr(SALTS)


# --- the file -------------------------------------------------------------------------------------------------


def test_the_file_is_made_once_and_is_its_owners_alone(book: Path) -> None:
    first = salts_for(book, [table()])
    path = salts_path(book)
    assert path == book / "book.salts"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert salts_for(book, [table()]) == first
    assert sorted(each.name for each in book.iterdir()) == ["book.md", "book.salts", "pay.csv"]


def test_two_books_have_different_salts(book: Path) -> None:
    (book / "other").mkdir()
    assert salts_for(book, [table()]) != salts_for(book / "other", [table()])


def test_beside_a_file_it_has_the_files_name(book: Path) -> None:
    assert salts_path(book / "book.md") == book / "book.salts"


def test_no_file_without_private_columns(tmp_path: Path) -> None:
    assert salts_for(tmp_path, [parse_relation(RelationSpec("pay"), PAY, "pay.csv")]) is None
    assert not list(tmp_path.iterdir())


def test_whoever_was_quicker_made_the_file(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = salts_for(book, [table()])
    monkeypatch.setattr(Path, "exists", lambda self: False)
    assert salts_for(book, [table()]) == first


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_file_that_others_can_read_is_refused(book: Path, mode: int) -> None:
    salts_for(book, [table()])
    salts_path(book).chmod(mode)
    with pytest.raises(SaltsFile, match="others can read") as caught:
        salts_for(book, [table()])
    assert caught.value.remedy == "chmod 600 book.salts"


@pytest.mark.parametrize("content", [b"", b"quod salts 1\n", b"quod salts 2\n" + b"0" * 64 + b"\n", b"\xff" * 80])
def test_another_file_is_refused(book: Path, content: bytes) -> None:
    salts_path(book).write_bytes(content)
    salts_path(book).chmod(0o600)
    with pytest.raises(SaltsFile, match="not a file of salts"):
        salts_for(book, [table()])


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SaltsFile, match="cannot be kept"):
        salts_for(tmp_path / "none" / "book.md", [table()])


# --- asking ---------------------------------------------------------------------------------------------------


def decide(handle: Handle, atom: str):  # type: ignore[no-untyped-def]  # reason: a test's shorthand
    from quod.knowledge import Question, parse_logic

    (item,) = parse_logic(f"? {atom}.")
    assert isinstance(item.value, Question)
    return handle.decide(item.value)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("employed(anne)", "proved"),
        ("employed(dora)", "refuted"),
        ("X: employed(X)", "proved"),
        ("size(it, 2)", "proved"),
        ("size(it, 3)", "refuted"),
        ("some S: pay(anne, it, S)", "proved"),
        ("some S: pay(anne, hr, S)", "refuted"),
        ("each X, D, S: pay(X, D, S) -> employed(X)", "proved"),
    ],
)
def test_answers_that_need_no_private_value(book: Path, question: str, verdict: str) -> None:
    handle = load(book)
    answer = decide(handle, question)
    assert answer.verdict == verdict
    assert answer.report is not None
    assert "200" not in answer.proof.decode()


@pytest.mark.parametrize(
    "question",
    [
        *("rich(bob)", "rich(anne)", "X: rich(X)", "poor(anne)", "poor(bob)", "twin(bob)", "twin(anne)", "cost(500)"),
        *("pay(anne, it, 100)", "S: pay(anne, it, S)", "some X: rich(X)", "X, D, S: pay(X, D, S)"),
    ],
)
def test_answers_that_need_one_are_refused(book: Path, question: str) -> None:
    with pytest.raises(PrivateValue, match=r"pay\.salary"):
        decide(load(book), question)


def test_the_proof_checks_against_the_lock_and_another_secret_does_not(book: Path) -> None:
    handle = load(book)
    answer = decide(handle, "employed(anne)")
    again = load(book)
    assert again.digest == handle.digest
    assert decide(again, "employed(anne)").proof == answer.proof
    salts_path(book).unlink()
    other = load(book)
    assert other.digest != handle.digest
    assert isinstance(check(answer.proof, other.context, answer.goal), Rejection)


def test_the_lock_holds_no_private_value(book: Path) -> None:
    from quod.knowledge import show_lock

    handle = load(book)
    text = show_lock(handle.lock())
    assert "200" not in text.replace(handle.digest, "")
    assert salts_path(book).read_text(encoding="ascii").split()[-1] not in text


def test_a_shown_cell_can_be_revealed_by_its_owner(book: Path) -> None:
    """The salts are enough to open a cell: the kernel accepts a `reveal` step made with them."""
    handle = load(book)
    relation = handle.theory.relations[0]
    salts = salts_for(book, [relation])
    assert salts is not None
    answer = decide(handle, "some S: pay(anne, it, S)")
    import json

    proof = json.loads(answer.proof)
    at = next(number for number, step in enumerate(proof["steps"]) if step["by"] == "row")
    row = next(row for row in relation.rows if row[0] == ("s", "anne"))
    steps = [*_reachable(proof["steps"], at)]
    reveal = {
        "by": "reveal",
        "column": "2",
        "premises": [str(len(steps) - 1)],
        "salt": salts.salt(relation, row, 2),
        "value": list(row[2]),
    }
    conclude = {"by": "conclude", "premises": [str(len(steps))]}
    goals = [{"atom": ["pay/3", [["s", "anne"], ["s", "it"], ["n", "100"]]], "kind": "holds"}]
    goal = {"assumptions": [], "defaults": [], "goals": goals, "grade": "proved", "question": []}
    whole = canonical({"quod": "1", "steps": [*steps, reveal, conclude]})
    report = check(whole, handle.context, canonical(goal))
    assert not isinstance(report, Rejection), report


def _reachable(steps: list[dict], last: int) -> list[dict]:  # type: ignore[type-arg]  # reason: JSON
    """The steps that *last* rests on, renumbered, *last* at the end."""
    order: list[int] = []

    def visit(number: int) -> None:
        if number not in order:
            for premise in steps[number]["premises"]:
                visit(int(premise))
            order.append(number)

    visit(last)
    return [{**steps[n], "premises": [str(order.index(int(p))) for p in steps[n]["premises"]]} for n in order]


def test_private_values_are_never_kept_in_the_cache(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Large tables are kept between runs; one with private columns is not, whatever is asked."""
    from quod.knowledge import relation_cache, tables

    kept: list[str] = []
    monkeypatch.setattr(tables, "FEWEST", 1)
    monkeypatch.setattr(relation_cache, "_keep", lambda path, *_: kept.append(str(path)))
    with pytest.raises(PrivateValue):
        decide(load(book), "rich(bob)")
    assert not kept

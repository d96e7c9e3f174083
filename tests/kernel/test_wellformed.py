from __future__ import annotations

from typing import Any

import notation
import pytest
from hypothesis import given
from test_commit import kind, terms
from world import plain

from quod.kernel import wellformed as w
from quod.kernel.canonical import digest
from quod.kernel.values import (
    Clause,
    Pending,
    Term,
    absent,
    aggregate,
    boolean,
    complement,
    compound,
    compute,
    date,
    duration,
    holds,
    is_ground,
    negate,
    number,
    substitute,
    symbol,
    text,
    variable,
)

D = digest("x", "")
X, A = ["v", "X"], ["s", "a"]


@given(terms)
def test_terms_read_back(value: Term) -> None:
    assert w.term(plain(value)) == value
    assert is_ground(value) and not any(w.variables(value))


@pytest.mark.parametrize(
    "value",
    [
        ["s", ""],
        ["v", ""],
        ["s", "a", "b"],
        ["s"],
        [],
        "s",
        {},
        ["s", ["a"]],
        ["x", "a"],
        [["s"], "a"],
        ["t", ["a"]],
        ["b", "yes"],
        ["b", ["true"]],
        ["n", ""],
        ["n", "-0"],
        ["n", "01"],
        ["n", "+1"],
        ["n", "1/1"],
        ["n", "2/4"],
        ["n", "1/0"],
        ["n", "0/2"],
        ["n", "1/-2"],
        ["n", "1.5"],
        ["n", "1e3"],
        ["n", "１"],
        ["n", "٣"],
        ["n", "1\n"],
        ["n", " 1"],
        ["n", ["1"]],
        ["n", "1/2/3"],
        ["n", "-"],
        ["n", "/2"],
        ["d", "2026-02-29"],
        ["d", "0000-01-01"],
        ["d", "10000-01-01"],
        ["d", "2026-1-1"],
        ["d", "20260101"],
        ["d", "2026-01-01\n"],
        ["d", "２026-01-01"],
        ["d", ["2026-01-01"]],
        ["d", "2026-13-01"],
        ["u", "1"],
        ["u", "1", "1/2"],
        ["u", "-0", "0"],
        ["u", "01", "0"],
        ["u", "1", ["1"]],
        ["u", "0", "0", "0"],
        ["f", "f", []],
        ["f", "", [A]],
        ["f", "f", A],
        ["f", "f"],
        ["f", ["f"], [A]],
        ["f", "f", [["x", "a"]]],
        ["h", "x"],
        ["h", D[:-1]],
        ["h", [D]],
    ],
)
def test_no_terms(value: Any) -> None:
    assert kind(w.term, value) == "malformed_value"


@pytest.mark.parametrize(
    "value",
    [
        ["s", "a"],
        ["s", "!a"],
        ["v", " "],
        ["t", ""],
        ["b", "false"],
        ["n", "0"],
        ["n", "-7/3"],
        ["d", "0001-01-01"],
        ["d", "9999-12-31"],
        ["d", "2024-02-29"],
        ["u", "0", "0"],
        ["u", "-12", "7"],
        ["f", "sk:1", [A, X]],
        ["h", D],
    ],
)
def test_terms(value: Any) -> None:
    assert plain(w.term(value)) == value


@pytest.mark.parametrize(
    "name",
    [
        "p/0",
        "p/1",
        "p/99",
        "~p/1",
        "a b/1".replace(" ", "\u00a0"),
        "p~/1",
        "p?/1",
        "*/1",
        "p\x01/2",
        "cold day/1".replace(" ", "_"),
    ],
)
def test_predicates(name: str) -> None:
    assert w.predicate(name) == name
    assert w.arity(name) == int(name.rpartition("/")[2])


@pytest.mark.parametrize(
    "name",
    [
        "p",
        "p/",
        "/1",
        "~/1",
        "p/01",
        "p/100",
        "p/-1",
        "p/1\n",
        "p q/1",
        "p\t/1",
        "p\v/1",
        "p\f/1",
        "p\r/1",
        "p\n/1",
        "p/q/1",
        "~~p/1",
        "?p/1",
        "?/1",
        "~?/1",
        "",
        ["p/1"],
        "p/１",
    ],
)
def test_no_predicates(name: Any) -> None:
    assert kind(w.predicate, name) == "malformed_value"


def test_question_predicates() -> None:
    assert w.predicate("?/0", question=True) == "?/0"
    for name in ("??/1", "?a/1", "~?/1", "?/01", "?/100"):
        assert kind(w.predicate, name, True) == "malformed_value"


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (["p/1", [A]], ""),
        (["p/0", []], ""),
        (["?/1", [A]], ""),
        (["p/1", []], "malformed_value"),
        (["p/1", [A, A]], "malformed_value"),
        (["p/1"], "malformed_value"),
        (["p/1", [A], "x"], "malformed_value"),
        ("p/1", "malformed_value"),
        (["p/1", "a"], "malformed_value"),
        (["p/1", {}], "malformed_value"),
        ([["p/1"], [A]], "malformed_value"),
    ],
)
def test_atoms(value: Any, wanted: str) -> None:
    assert kind(w.atom, value) == wanted
    assert kind(w.atom, ["?/1", [A]], False) == "malformed_value"


ONE = ["n", "1"]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (["+", "p/1", [X]], ""),
        (["-", "p/1", [X]], ""),
        (["?", "p/1", [X]], "malformed_value"),
        (["+", "p/1"], "malformed_value"),
        (["+", "p/1", []], "malformed_value"),
        (["+", "?/1", [X]], "malformed_value"),
        ("+", "malformed_value"),
        (["c", "add", [X, X, X]], ""),
        (["c", "add", [X, X]], "malformed_value"),
        (["c", "power", [X, X]], "malformed_value"),
        (["c", ["add"], [X, X, X]], "malformed_value"),
        (["c", "eq", [X, X]], ""),
        (["c", "eq", X], "malformed_value"),
        (["c", "round", [X, X, X, X]], ""),
        (["c", "years_between", [X, X, X]], ""),
        (["a", "count", X, ONE, [["+", "p/1", [X]]]], ""),
        (["a", "count", X, X, [["+", "p/1", [X]]]], "malformed_value"),
        (["a", "sum", X, X, [["+", "p/1", [X]]]], ""),
        (["a", "mean", X, X, [["+", "p/1", [X]]]], "malformed_value"),
        (["a", ["sum"], X, X, [["+", "p/1", [X]]]], "malformed_value"),
        (["a", "sum", X, X, []], "malformed_value"),
        (["a", "sum", X, X, [["c", "eq", [X, X]]]], "malformed_value"),
        (["a", "sum", X, X, [["-", "p/1", [X]]]], "malformed_value"),
        (["a", "sum", X, X, [["+", "p/1", [X]], ["-", "p/1", [X]]]], "malformed_value"),
        (["a", "sum", X, X, [["c", "eq", [X, X]], ["+", "p/1", [X]]]], ""),
        (["a", "sum", X, X, [["a", "sum", X, X, [["+", "p/1", [X]]]]]], "malformed_value"),
        (["a", "sum", X, X, ["+"]], "malformed_value"),
        (["a", "sum", X, X, "+"], "malformed_value"),
        (["a", "sum", X, X], "malformed_value"),
    ],
)
def test_literals(value: Any, wanted: str) -> None:
    assert kind(w.literal, value, False) == wanted


def test_what_literals_read_as() -> None:
    assert w.literal(["-", "?/1", [X]], True) == ("-", "?/1", (("v", "X"),))
    assert w.literal(["c", "eq", [X, A]], False) == compute("eq", variable("X"), symbol("a"))
    read = w.literal(["a", "max", X, ["v", "Y"], [["+", "p/1", [["v", "Y"]]], ["c", "eq", [X, A]]]], False)
    inner = (holds(("p/1", (variable("Y"),))), compute("eq", variable("X"), symbol("a")))
    assert read == aggregate("max", variable("X"), variable("Y"), inner)
    assert w.ARITY["weekday"] == 2 and len(w.ARITY) == 28 and len(w.TESTS) == 8


def clause(**changed: Any) -> dict[str, Any]:
    fields = {
        "body": [],
        "head": ["p/1", [A]],
        "paraphrase": "P",
        "reader": "R",
        "sentence": "S",
        "since": "",
        "until": "",
    }
    return fields | changed


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (clause(), ""),
        (clause(since="2026-01-01", until="2025-01-01"), ""),
        (clause(since="2026"), "malformed_value"),
        (clause(until="x"), "malformed_value"),
        (clause(until=["2026-01-01"]), "malformed_value"),
        (clause(head=["?/1", [A]]), "malformed_value"),
        (clause(body=[["+", "?/1", [A]]]), "malformed_value"),
        (clause(body="x"), "malformed_value"),
        (clause(more=""), "malformed_value"),
        ("x", "malformed_value"),
        ({"head": ["p/1", [A]]}, "malformed_value"),
        (clause(sentence=["S"]), "malformed_value"),
        (clause(reader={}), "malformed_value"),
        (clause(paraphrase=[]), "malformed_value"),
    ],
)
def test_clauses(value: Any, wanted: str) -> None:
    assert kind(w.clause, value) == wanted


def test_what_clauses_read_as() -> None:
    read = w.clause(clause(since="2026-01-01", until="2027-01-01"))
    assert read == Clause(("p/1", (("s", "a"),)), (), "S", "P", "R", "2026-01-01", "2027-01-01")
    assert plain(read.json()) == clause(since="2026-01-01", until="2027-01-01")
    asked = clause(head=["?/1", [A]], body=[["+", "?/1", [A]], ["-", "p/1", [A]]])
    assert w.clause(asked, question=True).head[0] == "?/1"
    assert kind(w.clause, clause(), True) == "malformed_value"


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ({"bears": ["p/1", "*"], "kind": "unread", "sentence": "S"}, ""),
        ({"bears": [], "kind": "unused", "sentence": ""}, ""),
        ({"bears": [], "kind": "ambiguous", "sentence": ""}, ""),
        ({"bears": ["?/1"], "kind": "unread", "sentence": "S"}, "malformed_value"),
        ({"bears": "*", "kind": "unread", "sentence": "S"}, "malformed_value"),
        ({"bears": ["p"], "kind": "unread", "sentence": "S"}, "malformed_value"),
        ({"bears": [], "kind": "lost", "sentence": "S"}, "malformed_value"),
        ({"bears": [], "kind": ["unread"], "sentence": "S"}, "malformed_value"),
        ({"bears": [], "kind": "unread", "sentence": []}, "malformed_value"),
        ({"bears": [], "kind": "unread"}, "malformed_value"),
        ("x", "malformed_value"),
    ],
)
def test_pending(value: Any, wanted: str) -> None:
    assert kind(w.pending, value) == wanted


def test_what_pending_reads_as() -> None:
    value = {"bears": ["p/1"], "kind": "unread", "sentence": "S"}
    assert w.pending(value) == Pending("S", "unread", ("p/1",))
    assert plain(w.pending(value).json()) == value


@pytest.mark.parametrize("value", ["", "-1", "01", "1.0", "12345678901", "１", " 1", ["1"], "1\n"])
def test_no_index(value: Any) -> None:
    assert kind(w.index, value) == "malformed_value"


def test_index() -> None:
    assert [w.index(each) for each in ("0", "7", "9999999999")] == [0, 7, 9_999_999_999]


def test_texts_and_arrays() -> None:
    assert w.text("x") == "x" and w.array(["1", "2"], w.index) == (1, 2) and w.terms([A]) == (("s", "a"),)
    for call, value in (
        (w.text, ["x"]),
        (w.terms, "x"),
        (w.iso_date, "2026-02-30"),
        (w.iso_date, "2026-W01-1"),
        (w.iso_date, []),
    ):
        assert kind(call, value) == "malformed_value"
    assert kind(w.array, "12", w.index) == "malformed_value"
    assert w.iso_date("2024-02-29") == "2024-02-29"


@pytest.mark.parametrize(
    ("source", "opaque", "eigen", "null", "private"),
    [
        ("a", 0, 0, 0, 0),
        ("!a", 1, 1, 0, 0),
        ("sk:1(a)", 1, 0, 1, 0),
        ("f(sk:1(a))", 1, 0, 1, 0),
        ("f(a, !a)", 1, 1, 0, 0),
        ("f(a, b)", 0, 0, 0, 0),
        ('"!a"', 0, 0, 0, 0),
        ("5", 0, 0, 0, 0),
        ("sk:1", 0, 0, 0, 0),
        ("sk:1(!a)", 1, 1, 1, 0),
        ("<1,2>", 0, 0, 0, 0),
    ],
)
def test_what_is_known_by_name(source: str, opaque: int, eigen: int, null: int, private: int) -> None:
    value = notation.term(source)
    assert (w.is_opaque(value), w.has_eigen(value), w.has_null(value), w.has_private(value)) == (
        opaque,
        eigen,
        null,
        private,
    )


def test_private_cells_are_opaque() -> None:
    cell = ("h", D)
    for value in (cell, compound("f", cell), compound("f", symbol("a"), compound("g", cell))):
        assert w.is_opaque(value) and w.has_private(value) and not w.has_null(value) and not w.has_eigen(value)
    assert w.has_eigen(Clause(("p/1", (symbol("a"),)), (holds(("q/1", (symbol("!b"),))),)))
    assert not w.has_eigen(Clause(("p/2", (symbol("a"), text("!b"))), (), "!x", "!x", "!x"))


def test_rows_are_ground() -> None:
    assert w.ground_row([A, A], 2) == (symbol("a"), symbol("a"))
    for value in ([A], [A, X], [A, ["f", "f", [X]]], "x"):
        assert kind(w.ground_row, value, 2) == "malformed_value"


def test_values() -> None:
    assert symbol("a") == ("s", "a") and text("a") == ("t", "a") and date("2026-01-01") == ("d", "2026-01-01")
    assert boolean(True) == ("b", "true") and boolean(False) == ("b", "false") and duration(1, -2) == ("u", "1", "-2")
    assert number(-3) == ("n", "-3") and variable("X") == ("v", "X")
    assert complement("p/1") == "~p/1" and complement("~p/1") == "p/1"
    assert negate(("p/1", (symbol("a"),))) == ("~p/1", (symbol("a"),))
    assert absent(("p/0", ())) == ("-", "p/0", ())
    nested = notation.term("f(X, g(Y, a))")
    assert substitute(nested, {"X": symbol("b")}) == notation.term("f(b, g(Y, a))")
    assert substitute(nested, {"X": symbol("b"), "Y": number(1)}) == notation.term("f(b, g(1, a))")
    assert (
        not is_ground(nested) and is_ground(notation.term("f(b, g(1, a))")) and list(w.variables(nested)) == ["X", "Y"]
    )

"""What single steps conclude where the corpus of lying provers does not reach."""

from __future__ import annotations

import pytest
from world import Proof, Relation, World, holds, kind, private, run

from quod.kernel.matching import covers, is_pattern, match, matches, outer_variables
from quod.kernel.rejection import Rejection
from quod.kernel.values import Clause

WORLD = World(
    "price(pen, 3)",
    "price(ink, 7)",
    "dear(X) :- price(X, P), gt(P, 5)",
    "twice(X, Q) :- price(X, P), add(P, P, Q)",
    "likely(X) :- price(X, P), not price(X, 9)",
    "sold(pen)",
    "unsold(X) :- price(X, P), not sold(X)",
    "halves(X) :- price(X, P), sum[6; Q; price(Y, R), div(R, 2, Q), lt(R, 5)]",
    "apart(N) :- count[N; 1; price(X, P), price(Y, Q), ne(X, Y)]",
    "open(X) :- count[N; 1; price(X, P)], gt(N, 0)",
    "loose(M) :- price(X, P), max[M; Z; price(Y, Q)]",
    "early(N) :- count[N; 1; gt(P, 5), price(X, P)]",
    "one(X) :- price(X, P), max[3; P; price(X, P)]",
    "~sold(ink)",
    "~stock(ink, 1)",
    "held(N) :- count[N; 1; stock(X, Y)]",
    relations={
        "sold/1": Relation([("ink",)], 1),
        "stock/2": Relation([("pen", "1"), ("ink", "1"), ("nib", "2")], 2, ("01", "10")),
    },
)
PRICES = ["price(pen, 3)", "price(ink, 7)"]


def prices(proof: Proof) -> object:
    return proof.exact(proof.everything({"price(V, W)": PRICES}), *map(proof.apply, PRICES))


def checked(question: str, bindings: str, goal: str, *premises: str, tables: bool = False) -> str:
    proof = Proof(WORLD)
    given = [*map(proof.apply, premises), *([prices(proof)] if tables else [])]
    return kind(run(proof, proof.apply(question, bindings, *given), holds(goal)))


@pytest.mark.parametrize(
    ("question", "bindings", "goal", "premises", "tables", "wanted"),
    [
        ("dear", "X=ink P=7", "dear(ink)", ["price(ink, 7)"], False, ""),
        ("dear", "X=pen P=3", "dear(pen)", ["price(pen, 3)"], False, "computation_false"),
        ("twice", "X=pen P=3 Q=6", "twice(pen, 6)", ["price(pen, 3)"], False, ""),
        ("twice", "X=pen P=3 Q=7", "twice(pen, 7)", ["price(pen, 3)"], False, "computation_false"),
        ("likely", "X=pen P=3", "likely(pen)", ["price(pen, 3)"], True, ""),
        ("halves", "X=pen P=3", "halves(pen)", ["price(pen, 3)"], True, "computation_false"),
        ("apart", "N=2", "apart(2)", [], True, "bad_premise"),
        ("loose", "M=3 P=3 X=pen", "loose(3)", ["price(pen, 3)"], True, "unbound_builtin"),
        ("early", "N=1", "early(1)", [], True, "unbound_builtin"),
        ("one", "P=3 X=pen", "one(pen)", ["price(pen, 3)"], True, ""),
        ("one", "P=7 X=ink", "one(ink)", ["price(ink, 7)"], True, "computation_false"),
        ("likely", "X=pen P=3", "likely(pen)", ["price(pen, 3)", "sold(pen)"], False, "bad_premise"),
    ],
)
def test_apply(question: str, bindings: str, goal: str, premises: list[str], tables: bool, wanted: str) -> None:
    assert checked(question, bindings, goal, *premises, tables=tables) == wanted


def test_a_join_inside_an_aggregate() -> None:
    proof = Proof(WORLD)
    both = prices(proof)
    assert kind(run(proof, proof.apply("apart", "N=2", both, both), holds("apart(2)"))) == ""
    report = run(proof, proof.apply("apart", "N=2", both, both), holds("apart(2)"))
    assert report.accepted and report.defaults == ("price/2",)


def test_rows_of_a_predicate_with_clauses_are_no_table() -> None:
    proof = Proof(WORLD)
    sold = proof.rows("sold/1")
    unsold = proof.apply("unsold", "X=nib P=3", proof.apply("price(pen, 3)"), sold)
    assert kind(run(proof, unsold, holds("unsold(nib)"))) == "bad_premise"
    sure = proof.uncontested(proof.apply("price(pen, 3)"), sold)
    assert kind(run(proof, sure, holds("price(pen, 3)", "proved"))) == "bad_premise"
    table = proof.everything({"sold(V)": ["sold(pen)", "sold(ink)"]}, sold)
    unsold = proof.apply("unsold", "X=pen P=3", proof.apply("price(pen, 3)"), table)
    assert kind(run(proof, unsold, holds("unsold(pen)"))) == "listed_as_answer"


def test_an_answer_that_a_question_gives_is_not_itself_contested() -> None:
    proof = Proof(WORLD, question=["?(X) :- price(X, P), gt(P, 5)"])
    asked = proof.apply(proof.ask(), "X=ink P=7", proof.apply("price(ink, 7)"))
    assert kind(run(proof, proof.uncontested(asked), holds("?(ink)", "proved"))) == ""


def test_rows_that_a_question_counts_may_be_contested() -> None:
    proof = Proof(WORLD, question=["?(N) :- count[N; 1; stock(X, Y)]"])
    asked = proof.apply(proof.ask(), "N=3", proof.rows("stock/2"))
    assert kind(run(proof, asked, holds("?(3)"))) == ""
    assert kind(run(proof, proof.uncontested(asked), holds("?(3)", "proved"))) == "contest_not_excluded"
    denied = proof.everything({"~stock(V, W)": ["~stock(ink, 1)"]})
    assert kind(run(proof, proof.uncontested(asked, denied), holds("?(3)", "proved"))) == "contest_not_excluded"
    narrow = Proof(WORLD, question=["?(N) :- count[N; 1; stock(nib, Y)]"])
    one = narrow.apply(narrow.ask(), "N=1", narrow.rows("stock/2", "nib"))
    assert (
        kind(run(narrow, narrow.uncontested(one, narrow.everything({"~stock(nib, W)": []})), holds("?(1)", "proved")))
        == ""
    )


def test_the_first_rows_that_cover_count() -> None:
    proof = Proof(WORLD)
    one, all_of_them = proof.rows("stock/2", "pen"), proof.rows("stock/2")
    table = proof.tables({"stock(V, 2)": ["stock(nib, 2)"]}, one, all_of_them)
    assert kind(run(proof, table, holds("stock(pen, 2)", "not_derivable"))) == ""
    other = proof.tables({"stock(V, 2)": ["stock(nib, 2)"]}, one, proof.rows("stock/2", "2", index=1))
    assert kind(run(proof, other, holds("stock(pen, 2)", "not_derivable"))) == ""


def test_rows_by_the_second_column() -> None:
    proof = Proof(WORLD)
    ones = proof.rows("stock/2", "1", index=1)
    assert kind(run(proof, ones, holds("stock(nib, 1)", "not_derivable"))) == ""
    assert kind(run(proof, ones, holds("stock(ink, 1)", "not_derivable"))) == "wrong_goal"
    assert kind(run(proof, ones, holds("stock(nib, 2)", "not_derivable"))) == "wrong_goal"
    assert kind(run(proof, proof.row(ones, "ink", "1"), holds("stock(ink, 1)"))) == ""
    assert kind(run(proof, proof.row(ones, "nib", "2"), holds("stock(nib, 2)"))) == "row_not_found"


def test_replays_with_aggregates() -> None:
    proof = Proof(WORLD)
    table = prices(proof)
    for listed, wanted in (
        ({"one(V)": ["one(pen)"]}, ""),
        ({"one(V)": []}, "unlisted_answer"),
        ({"one(ink)": []}, ""),
        ({"one(V)": ["one(pen)", "one(x)"]}, ""),
    ):
        goal = holds("one(ink)", "not_derivable")
        assert kind(run(proof, proof.everything(listed, table), goal)) == wanted
    loose = proof.everything({"loose(V)": []}, table)
    assert kind(run(proof, loose, holds("loose(3)", "not_derivable"))) == "unbound_builtin"
    opened = proof.everything({"open(pen)": ["open(pen)"]}, table)
    assert kind(run(proof, opened, holds("open(ink)", "not_derivable"))) == "wrong_goal"
    unbound = proof.everything({"open(V)": []}, table)
    assert kind(run(proof, unbound, holds("open(ink)", "not_derivable"))) == "unbound_builtin"
    inexact = proof.everything({"one(V)": ["one(pen)"]}, proof.everything({"price(V, W)": PRICES}))
    assert kind(run(proof, inexact, holds("one(ink)", "not_derivable"))) == "not_exact"


def test_the_greatest_of_nothing_is_none() -> None:
    world = World("p(a, 1)", "top(X, M) :- q(X), max[M; Y; p(X, Y)]", "q(a)", "q(b)")
    proof = Proof(world)
    values = proof.exact(proof.everything({"p(V, W)": ["p(a, 1)"]}), proof.apply("p(a, 1)"))
    table = proof.everything({"top(V, W)": ["top(a, 1)"], "q(V)": ["q(a)", "q(b)"]}, values)
    assert kind(run(proof, table, holds("top(b, 1)", "not_derivable"))) == ""


def test_closed_only_if_everything_is() -> None:
    base = ("p(X) :- q(X), r(X)", "q(a)", "r(a)")
    for closed, wanted in ((("p/1", "q/1", "r/1"), ""), (("p/1", "q/1"), "not_closed"), (("q/1", "r/1"), "not_closed")):
        proof = Proof(World(*base, closed=closed))
        one = proof.everything({"p(V)": ["p(a)"], "q(V)": ["q(a)"]}, proof.everything({"r(V)": ["r(a)"]}))
        assert kind(run(proof, one, holds("p(b)", "refuted"))) == wanted
        both = proof.everything({"p(V)": ["p(a)"], "q(V)": ["q(a)"], "r(V)": ["r(a)"]})
        assert kind(run(proof, both, holds("p(b)", "refuted"))) == wanted
    relation = Relation([("a",)], 1)
    for roots, wanted in (([[relation.digest, "claimed"]], ""), ([], "not_closed")):
        world = World("p(X) :- q(X)", relations={"q/1": relation}, closed=("p/1", "q/1"))
        proof = Proof(world)
        table = proof.everything({"p(V)": ["p(a)"]}, proof.rows("q/1"))
        assert kind(run(proof, table, holds("p(b)", "refuted"), context=world.context(roots=roots))) == wanted
        listed = proof.everything({"q(V)": ["q(a)"]}, proof.rows("q/1"))
        assert kind(run(proof, listed, holds("q(b)", "refuted"), context=world.context(roots=roots))) == wanted
    world = World("q(b)", relations={"q/1": relation}, closed=("q/1",))
    proof = Proof(world)
    listed = proof.everything({"q(V)": ["q(a)", "q(b)"]}, proof.rows("q/1"))
    assert kind(run(proof, listed, holds("q(c)", "refuted"), context=world.context(roots=[]))) == "not_closed"
    assert kind(run(proof, listed, holds("q(c)", "refuted"))) == ""


def test_a_closed_relation_does_not_close_what_stands_beside_it() -> None:
    world = World("p(X) :- q(X)", relations={"q/1": Relation([("a",)], 1)}, closed=("q/1",))
    proof = Proof(world)
    table = proof.everything({"p(V)": ["p(a)"], "q(V)": ["q(a)"]}, proof.rows("q/1"))
    assert kind(run(proof, table, holds("p(b)", "refuted"))) == "not_closed"
    assert kind(run(proof, table, holds("q(b)", "refuted"))) == "not_closed"


def test_grades_and_defaults_are_inherited() -> None:
    world = World("p(X) :- q(X), not r(X)", "q(a)", "s(X) :- q(X), not p(X)", "r(b)")
    proof = Proof(world)
    none = proof.everything({"r(V)": ["r(b)"]})
    shown = proof.apply("p(X)", "X=a", proof.apply("q(a)"), none)
    known = proof.everything({"s(V)": [], "q(V)": ["q(a)"]}, shown)
    report = run(proof, known, holds("s(a)", "not_derivable"))
    assert report.accepted and report.defaults == ("r/1",)
    guessed = proof.everything({"s(V)": [], "q(V)": ["q(a)"]}, proof.claim("p(a)"))
    report = run(proof, guessed, holds("s(a)", "not_derivable"))
    assert report.accepted and report.grade == "claimed"
    exact = proof.exact(proof.everything({"p(V)": ["p(a)"], "q(V)": ["q(a)"]}), shown, proof.apply("q(a)"))
    report = run(proof, proof.uncontested(exact), holds("p(b)", "not_derivable"))
    assert report.accepted and report.defaults == ("r/1",)


def test_no_leaf_needs_no_table_but_a_leaf_does() -> None:
    world = World("p(a)", closed=("~q/1",))
    proof = Proof(world)
    assert kind(run(proof, proof.uncontested(proof.apply("p(a)")), holds("p(a)", "proved"))) == ""
    proof = Proof(World("q(a)", closed=("~q/1",)))
    shown = proof.apply("q(a)")
    assert kind(run(proof, proof.uncontested(shown), holds("q(a)", "proved"))) == "contest_not_excluded"
    sure = proof.uncontested(shown, proof.tables({"~q(V)": []}))
    assert kind(run(proof, sure, holds("q(a)", "proved"))) == ""


def test_in_force() -> None:
    for since, until, wanted in (
        ("", "", ""),
        ("2026-03-01", "", ""),
        ("2026-03-02", "", "not_in_force"),
        ("", "2026-03-02", ""),
        ("", "2026-03-01", "not_in_force"),
        ("2025-01-01", "2025-12-31", "not_in_force"),
        ("2026-02-01", "2026-04-01", ""),
    ):
        clause = Clause(("p/1", (("s", "a"),)), (), "p", "p", "test", since, until)
        proof = Proof(World(clause))
        assert kind(run(proof, proof.apply("p"), holds("p(a)"))) == wanted
        table = proof.tables({"p(V)": []}, "p")
        assert kind(run(proof, table, holds("p(a)", "not_derivable"))) == ("unlisted_answer" if not wanted else "")


# Matching -----------------------------------------------------------------------------------------------------


def test_matching() -> None:
    from notation import atom, term

    hidden, other = private("a"), private("b")
    for mine, ground, bound in (
        ("X", "a", {"X": "a"}),
        ("f(X, b)", "f(a, b)", {"X": "a"}),
        ("f(X, X)", "f(a, a)", {"X": "a"}),
        ("a", "a", {}),
        ("f(X, g(Y))", "f(a, g(b))", {"X": "a", "Y": "b"}),
    ):
        bindings: dict[str, object] = {}
        assert match(term(mine), term(ground), bindings)
        assert bindings == {name: term(value) for name, value in bound.items()}
    for mine, ground in (
        ("a", "b"),
        ("f(X, X)", "f(a, b)"),
        ("f(X)", "g(a)"),
        ("f(X)", "f(a, b)"),
        ("f(X)", "a"),
        ("a", "f(a)"),
        ("sk:1(a)", "b"),
    ):
        assert not match(term(mine), term(ground), {})
    assert match(("v", "X"), hidden, {}) and match(hidden, hidden, {})
    boxed, plain_box = ("f", "f", (hidden,)), ("f", "f", (("s", "a"),))
    assert match(boxed, boxed, {}) and not match(boxed, ("f", "g", (("s", "a"),)), {})
    for mine, ground, bindings in (
        (hidden, other, {}),
        (hidden, ("s", "a"), {}),
        (("s", "a"), hidden, {}),
        (boxed, plain_box, {}),
        (plain_box, boxed, {}),
        (boxed, ("f", "f", (other,)), {}),
        (("v", "X"), plain_box, {"X": boxed}),
        (("v", "X"), boxed, {"X": plain_box}),
        (("v", "X"), hidden, {"X": plain_box}),
        (plain_box, hidden, {}),
    ):
        with pytest.raises(Rejection, match="not_comparable"):
            match(mine, ground, dict(bindings))
    assert matches(atom("p(X, b)"), atom("p(a, b)")) and not matches(atom("p(X, b)"), atom("p(a, c)"))
    assert not matches(("p/2", (("s", "a"), hidden)), ("p/2", (("s", "b"), other)))
    assert covers(atom("p(X, b)"), "p/2", atom("p(a, b)")[1]) and not covers(atom("p(X, b)"), "q/2", atom("p(a, b)")[1])
    assert not covers(atom("p(X, b)"), "p/2", atom("p(a, Y)")[1]) and covers(atom("p(X, Y)"), "p/2", atom("p(Z, Z)")[1])
    assert is_pattern(atom("p(X, Y, f(a))")) and not is_pattern(atom("p(X, X)")) and not is_pattern(atom("p(f(X))"))


@pytest.mark.parametrize(
    ("source", "outer"),
    [
        ("p(X) :- q(X, Y)", ["X", "Y"]),
        ("p(N) :- count[N; 1; q(X, Y)]", ["N"]),
        ("p(N) :- r(X), count[N; 1; q(X, Y)]", ["N", "X"]),
        ("p(N, Y) :- count[N; 1; q(X, Y)]", ["N", "Y"]),
        ("p(N) :- count[N; 1; q(X, Y)], count[M; 1; q(X, Z)]", ["M", "N", "X"]),
        ("p(N) :- count[N; 1; q(N, Y)]", ["N"]),
        ("p(a) :- sum[N; X; q(Y, Z)]", ["N"]),
        ("p(a) :- sum[f(N); X; q(f(Y), Z), lt(Z, W)]", ["N"]),
        ("p(a) :- sum[N; X; q(Y, Z)], gt(X, 1)", ["N", "X"]),
        ("p(f(B, A)) :- not q(C)", ["A", "B", "C"]),
        ("p(a) :- sum[X; X; q(X)]", ["X"]),
        ("p(a)", []),
    ],
)
def test_outer_variables(source: str, outer: list[str]) -> None:
    from notation import clause

    assert list(outer_variables(clause(source))) == outer


def test_outer_variables_are_ordered_by_bytes() -> None:
    clause = Clause(("p/2", (("v", "😀"), ("v", "￿"))))
    assert outer_variables(clause) == ("￿", "😀")


@pytest.mark.parametrize("swapped", [False, True])
def test_what_any_premise_rests_on_is_inherited(swapped: bool) -> None:
    first, second = ("tall(Y)", "fly(X)") if swapped else ("fly(X)", "tall(Y)")
    world = World("bird(a)", "tall(b)", "fly(X) :- bird(X), not odd(X)", f"pair(X, Y) :- {first}, {second}")
    proof = Proof(world)
    flies = proof.apply("fly(X)", "X=a", proof.apply("bird(a)"), proof.everything({"odd(V)": []}))

    def pair(tall: object, fly: object = flies) -> object:
        given = (tall, fly) if swapped else (fly, tall)
        return proof.apply("pair", "X=a Y=b", *given)

    goal = holds("pair(a, b)")
    stated, assumed = proof.apply("tall(b)"), proof.assume("tall(b)")
    assert kind(run(proof, pair(stated), goal)) == ""
    assert kind(run(proof, pair(stated), goal, defaults=())) == "default_not_allowed"
    assert kind(run(proof, pair(assumed), goal, assumptions=["tall(b)"])) == "assumption_in_closure"
    supposed = pair(stated, proof.assume("fly(a)"))
    assert kind(run(proof, supposed, goal)) == "assumption_not_allowed"
    assert kind(run(proof, supposed, goal, assumptions=["fly(a)"])) == ""
    assert kind(run(proof, pair(proof.claim("tall(b)")), goal, grade="attested")) == "grade_too_low"
    assert kind(run(proof, pair(stated, proof.claim("fly(a)")), goal, grade="attested")) == "grade_too_low"


@pytest.mark.parametrize(
    ("pattern", "answers", "wanted"),
    [
        ("price(V, W)", ["price(X, 3)"], "bad_answers"),
        ("price(V, W)", ["price(f(X), 3)"], "bad_answers"),
        ("price(pen, W)", ["price(ink, 7)"], "bad_answers"),
        ("price(pen, W)", ["sold(pen)"], "bad_answers"),
        ("price(pen, W)", ["price(pen, 3)", "price(pen, 3)"], "bad_answers"),
        ("price(pen, W)", ["price(pen, 3)", "price(pen, 4)"], ""),
        ("price(pen, W)", ["price(pen, 4)"], "unlisted_answer"),
    ],
)
def test_answers_are_ground_match_and_are_listed_once(pattern: str, answers: list[str], wanted: str) -> None:
    proof = Proof(WORLD)
    table = proof.everything({pattern: answers})
    assert kind(run(proof, table, holds("price(pen, 9)", "not_derivable"))) == wanted

"""Tables, views, recursion, strata and budgets, without proofs."""

from __future__ import annotations

import pytest
from reasoning_world import World, atom

from quod.kernel.values import Clause, symbol, variable
from quod.reasoning import Evaluation, OutOfFuel, Program

CHAIN = "".join(f"edge(n{at}, n{at + 1})." for at in range(20))


@pytest.mark.parametrize(
    "recursion",
    [
        "path(X, Z) :- path(X, Y), edge(Y, Z).",
        "path(X, Z) :- edge(X, Y), path(Y, Z).",
        "path(X, Z) :- path(X, Y), path(Y, Z).",
    ],
)
def test_recursion_ends(recursion: str) -> None:
    world = World(f"path(X, Y) :- edge(X, Y). {recursion} {CHAIN} edge(n20, n0).")
    assert len(world.answers("path(X, Y)")) == 21 * 21
    assert len(world.answers("path(n3, Y)")) == 21
    assert len(world.answers("path(X, n3)")) == 21
    assert world.answers("path(n3, n2)") == ["n3 n2"]
    assert world.answers("path(n3, nowhere)") == []


def test_mutual_recursion_and_repeated_variables() -> None:
    rules = "even(n0). odd(Y) :- even(X), edge(X, Y). even(Y) :- odd(X), edge(X, Y). self(X) :- edge(X, X)."
    assert len(World(f"{rules} {CHAIN}").answers("even(X)")) == 11
    world = World(f"{rules} {CHAIN} edge(n4, n4).")
    assert len(world.answers("even(X)")) == 11 + 8
    assert world.answers("self(X)") == ["n4"]
    assert world.answers("self(n3)") == []


def test_a_call_is_answered_from_a_more_general_table() -> None:
    world = World(f"path(X, Y) :- edge(X, Y). path(X, Z) :- path(X, Y), edge(Y, Z). {CHAIN}")
    evaluation = Evaluation(world.program)
    (free,) = evaluation.ask(atom("path(X, Y)"))
    told = len(evaluation.agenda)
    views = evaluation.ask(atom("path(n3, Y)"), atom("path(n3, n5)"), atom("path(n5, n3)"))
    assert [view.source for view in views] == [free, free, free]
    assert [len(view.delivered) for view in views] == [17, 1, 0]
    assert len(evaluation.agenda) == told


def test_views_are_told_what_comes_later() -> None:
    world = World(
        "p(X, Y) :- q(X, Y). p(X, Z) :- p(X, Y), p(Y, Z). r(X) :- p(X, Y), p(Y, c). q(a, b). q(b, c). q(c, d). q(b, b)."
    )
    evaluation = Evaluation(world.program)
    evaluation.call(atom("p(X, Y)"))
    assert {answer[0][0][1] for answer in evaluation.ask(atom("r(X)"))[0].delivered} == {"a", "b"}


def test_an_evaluation_goes_on_where_it_was() -> None:
    world = World("a(X) :- b(X), absent c(X). c(X) :- d(X). b(one). b(two). d(two).")
    evaluation = Evaluation(world.program)
    assert not evaluation.ask(atom("a(two)"))[0].delivered
    assert evaluation.ask(atom("a(one)"))[0].delivered
    (free,) = evaluation.ask(atom("a(X)"))
    assert [answer[0] for answer in free.delivered] == [(symbol("one"),)]
    assert [table.args for table in free.denied] == [(symbol("two"),)]


def test_fresh_facts_do_not_stay() -> None:
    program = Program(World("cold(X) :- rough(X). rough(always).").clauses)
    for name in ("anne", "bob"):
        evaluation = Evaluation(program, [Clause(("rough/1", (symbol(name),)))])
        (table,) = evaluation.ask(("cold/1", (variable("X"),)))
        assert [answer[0][0][1] for answer in table.delivered] == ["always", name]


def test_compounds_are_matched_inside() -> None:
    world = World(
        "size(box(X, Y), X) :- owns(Y, box(X, Y)). owns(anne, box(3, anne)). owns(bob, box(4, anne)). owns(eve, 7)."
    )
    assert [answer[1] for answer in Evaluation(world.program).ask(atom("size(X, Y)"))[0].delivered[0][0]][1] == "3"
    assert len(Evaluation(world.program).ask(atom("size(box(3, anne), X)"))[0].delivered) == 1
    assert not Evaluation(world.program).ask(atom("size(box(4, anne), X)"))[0].delivered
    assert not Evaluation(world.program).ask(atom("size(7, X)"))[0].delivered


def test_aggregates_over_distinct_bindings() -> None:
    world = World(
        "n(P, N) :- person(P), N = count C : child(P, C)."
        "t(P, S) :- person(P), S = sum A : { child(P, C), age(C, A) }."
        "y(P, A) :- person(P), A = min A1 : { child(P, C), age(C, A1) }."
        "person(p). person(q). child(p, a). child(p, b). age(a, 7). age(b, 7)."
    )
    assert world.answers("n(P, N)") == ["p 2", "q 0"]
    assert world.answers("t(P, N)") == ["p 14", "q 0"]
    assert world.answers("y(P, N)") == ["p 7"]


def test_fuel_counts_answers_tried() -> None:
    world = World("pair(X, Y) :- item(X), item(Y)." + "".join(f"item({at})." for at in range(50)))
    with pytest.raises(OutOfFuel):
        Evaluation(world.program, fuel=2000).ask(atom("pair(X, Y)"))
    evaluation = Evaluation(world.program, fuel=10_000)
    evaluation.ask(atom("pair(X, Y)"))
    assert evaluation.fuel > 0


def test_positive_evaluations_do_without_absence() -> None:
    world = World("a(X) :- b(X), absent c(X). a(X) :- d(X). n(N) :- N = count X : b(X). b(one). d(two).")
    evaluation = Evaluation(world.program, positive=True)
    assert [answer[0] for answer in evaluation.ask(atom("a(X)"))[0].delivered] == [(symbol("two"),)]
    assert not evaluation.ask(atom("n(X)"))[0].delivered


def test_long_chains_need_no_deep_stack() -> None:
    rules = "".join(f"p{at + 1}(X) :- p{at}(X)." for at in range(3000))
    assert World(f"p0(a). {rules}").answers("p3000(X)") == ["a"]


def test_no_arguments_and_constants_in_heads() -> None:
    world = World("rain. wet :- rain, absent roof. likes(anne, X) :- cat(X). likes(bob, tom). cat(tom).")
    assert world.answers("wet") == [""]
    assert world.answers("likes(X, tom)") == ["bob tom", "anne tom"]
    assert world.answers("likes(carl, X)") == []

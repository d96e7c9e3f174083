"""Why not: what is missing, on books small enough to see it."""

from __future__ import annotations

import pytest

from quod.kernel.values import Atom, Clause
from quod.knowledge import parse_logic, show_literal
from quod.reasoning import Program
from quod.reasoning.abduction import why_not


def program(text: str) -> Program:
    return Program([item.value for item in parse_logic(text) if isinstance(item.value, Clause)])


def atom(text: str) -> Atom:
    (item,) = parse_logic(f"{text}.")
    assert isinstance(item.value, Clause)
    return item.value.head


def missing(text: str, asked: str, **options) -> list[str]:
    found = why_not(program(text), atom(asked), **options)
    assert found.verdict == "missing"
    return [" & ".join(map(show_literal, [*each.literals, *each.conditions])) for each in found.sets]


def test_one_rule() -> None:
    assert missing("welcome(X) :- member(X). member(anne).", "welcome(bob)") == ["member(bob)"]


def test_nothing_is_missing() -> None:
    assert why_not(program("welcome(X) :- member(X). member(anne)."), atom("welcome(anne)")).verdict == "derivable"


def test_nothing_concludes_it() -> None:
    assert missing("welcome(X) :- member(X).", "green(anne)") == ["green(anne)"]


def test_rules_that_lead_nowhere() -> None:
    assert missing("p(X) :- q(X). q(X) :- p(X).", "p(a)") == ["p(a)"]


def test_nearest_rule_first() -> None:
    rules = "p(X) :- a(X), b(X), c(X). p(X) :- a(X), d(X). a(m). e(m). d(X) :- e(X), f(X)."
    assert missing(rules, "p(m)") == ["f(m)", "b(m) & c(m)"]


def test_an_exception_in_the_way() -> None:
    rules = "key(X) :- member(X), absent suspended(X). member(bob). suspended(bob)."
    assert missing(rules, "key(bob)") == ["absent suspended(bob)"]


def test_a_comparison_that_fails_with_its_values() -> None:
    rules = "adult(X) :- age(X, N), N >= 18. age(tim, 15)."
    assert missing(rules, "adult(tim)", keys={"age/2": (0,)})[0] == "15 >= 18"


def test_a_fact_with_unknown_values_and_their_conditions() -> None:
    assert missing("adult(X) :- age(X, N), N >= 18. age(tim, 15).", "adult(ann)") == ["age(ann, X) & X >= 18"]


def test_one_unknown_fact_serves_two_rules() -> None:
    rules = "p(X) :- q(X), r(X). q(X) :- t(X, N), N > 1. r(X) :- t(X, N), N < 5."
    assert missing(rules, "p(a)")[0] == "t(a, X) & X < 5 & X > 1"


def test_conditions_that_no_value_meets() -> None:
    rules = "p(X) :- q(X), r(X). q(X) :- t(X, N), N > 5. r(X) :- t(X, N), N < 5."
    assert missing(rules, "p(a)", slack=None, most=4)[0].startswith("t(a, X) & t(a, Y)")


def test_the_value_of_an_aggregate() -> None:
    rules = "busy(X) :- person(X), N = count Y : { task(X, Y) }, N >= 3. person(a). task(a, t1). task(a, t2)."
    assert missing(rules, "busy(a)")[0] == "2 >= 3"


def test_a_fact_that_makes_an_exception_hold() -> None:
    rules = "p(X) :- b(X), absent c(X). c(X) :- b(X), d(X). d(a)."
    assert missing(rules, "p(a)") == ["b(a) & absent c(a)"]


def test_known_individuals_before_unknown_ones() -> None:
    rules = "welcome(X) :- guest(X, Y), member(Y). member(anne). member(bob)."
    assert missing(rules, "welcome(eve)") == ["guest(eve, anne)", "guest(eve, bob)", "guest(eve, X) & member(X)"]


def test_recursion_ends() -> None:
    rules = "reach(X, Y) :- road(X, Y). reach(X, Y) :- road(X, Z), reach(Z, Y). road(a, b). road(c, d)."
    found = missing(rules, "reach(a, d)")
    assert found[:3] == ["road(a, d)", "road(a, c)", "road(b, d)"]


def test_what_is_not_there_may_be_negated() -> None:
    assert missing("p(X) :- neg q(X). r(a).", "p(a)") == ["neg q(a)"]


def test_fuel_bounds_it() -> None:
    rules = "reach(X, Y) :- road(X, Y). reach(X, Y) :- road(X, Z), reach(Z, Y). road(a, b)."
    found = why_not(program(rules), atom("reach(b, a)"), fuel=200, slack=None, most=1_000)
    assert found.verdict == "undecided"
    assert found.more


def test_a_key_is_not_given_a_second_row() -> None:
    rules = "dear(X) :- price(X, N), N > 9. price(tea, 3)."
    assert missing(rules, "dear(tea)") == ["3 > 9", "price(tea, X) & X > 9"]


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_facts_does_not_matter(order: int) -> None:
    clauses = [item.value for item in parse_logic("p(X) :- q(X), r(X), s(X). q(a). r(b). s(c).")]
    found = why_not(Program(clauses[::order]), atom("p(a)"))
    assert [each.literals for each in found.sets] == [(("+", "r/1", (("s", "a"),)), ("+", "s/1", (("s", "a"),)))]

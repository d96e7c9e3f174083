"""Shapes, join orders, strata, and the code generated from them."""

from __future__ import annotations

import pytest
from reasoning_world import World

from quod.kernel.values import Clause
from quod.knowledge.logic import parse_logic
from quod.reasoning.generate import compile_shape
from quod.reasoning.orders import Unsafe, join_order
from quod.reasoning.program import Program
from quod.reasoning.shapes import local_variables, shape_of
from quod.reasoning.strata import NotStratified, strata


def clause(text: str) -> Clause:
    (item,) = parse_logic(text)
    assert isinstance(item.value, Clause)
    return item.value


def order(text: str, adornment: str, *, cautious: bool = False) -> tuple[int, ...]:
    return join_order(shape_of(clause(text), {}).shape, adornment, cautious)


def test_rules_of_one_shape_share_their_code() -> None:
    one = shape_of(clause("cold(X) :- rough(X), kind(X, anne)."), {})
    other = shape_of(clause("big(Y) :- red(Y), round(Y, 3)."), {})
    assert one.shape == other.shape
    assert (one.names, one.slots, other.slots) == (("X",), (("s", "anne"),), (("n", "3"),))
    assert compile_shape(one.shape, "b", False) is compile_shape(other.shape, "b", False)


@pytest.mark.parametrize(
    "other",
    [
        "cold(X) :- rough(X), kind(anne, X).",
        "cold(X) :- rough(X), kind(X, Y).",
        "cold(X) :- rough(X), absent kind(X, anne).",
        "cold(X) :- rough(X), kind(X, f(X)).",
        "cold(a) :- rough(X), kind(X, anne).",
    ],
)
def test_what_differs_has_another_shape(other: str) -> None:
    assert shape_of(clause("cold(X) :- rough(X), kind(X, anne)."), {}).shape != shape_of(clause(other), {}).shape


def test_bound_literals_come_first() -> None:
    text = "p(X) :- q(Y, Z), r(X, Y), s(X)."
    assert order(text, "b") == (2, 1, 0)
    assert order(text, "f") == (2, 1, 0)


def test_computations_come_as_soon_as_they_are_bound_and_absence_before_new_bindings() -> None:
    text = "p(X) :- absent u(X), q(X, Y), t(X, Z), Y > 3, Z = Y + 1."
    assert order(text, "b") == (0, 1, 3, 4, 2)
    assert order(text, "f") == (1, 3, 4, 2, 0)


def test_cautious_orders_keep_what_is_written() -> None:
    text = "p(X) :- absent u(X), q(X, Y), t(X, Z), Y > 3, Z = Y + 1."
    assert order(text, "b", cautious=True) == (0, 1, 2, 3, 4)
    assert order(text, "f", cautious=True) == (1, 0, 2, 3, 4)


def test_aggregates_wait_for_their_outer_variables() -> None:
    aggregate = clause("p(X, N) :- r(X), N = count Y : { q(X, Y) }.")
    assert local_variables(aggregate, 1) == {"Y"}
    assert join_order(shape_of(aggregate, {}).shape, "ff", False) == (0, 1)
    swapped = aggregate._replace(body=aggregate.body[::-1])
    assert join_order(shape_of(swapped, {}).shape, "ff", False) == (1, 0)
    assert join_order(shape_of(swapped, {}).shape, "bf", False) == (1, 0)


@pytest.mark.parametrize(
    "text", ["p(X) :- q(Y).", "p(a) :- q(Y), absent r(Z).", "p(a) :- q(Y), Z > 3.", "p(X) :- X = Y + 1, q(X)."]
)
def test_unsafe_clauses_are_refused_when_called(text: str) -> None:
    with pytest.raises(Unsafe):
        order(text, "f")


def test_strata_are_the_least() -> None:
    world = World("a(X) :- b(X), absent c(X). c(X) :- d(X). d(X) :- c(X). e(N) :- N = count X : a(X). b(x).")
    assert world.program.strata == {"c/1": 0, "d/1": 0, "a/1": 1, "e/1": 2}


@pytest.mark.parametrize(
    "text", ["p(X) :- q(X), absent p(X).", "p(X) :- q(X), absent r(X). r(X) :- s(X). s(X) :- p(X)."]
)
def test_no_strata_for_a_cycle_through_absence(text: str) -> None:
    clauses = [item.value for item in parse_logic(text)]
    with pytest.raises(NotStratified) as caught:
        Program(clauses)  # type: ignore[arg-type]
    assert "p/1" in caught.value.fields["cycle"]


def test_a_question_stands_on_the_strata_below() -> None:
    rules = {"?/0": [clause("a(X) :- b(X), absent c(X).")._replace(head=("?/0", ()))]}
    assert strata(rules, {"c/1": 3})["?/0"] == 4


def test_equal_clauses_are_one_rule() -> None:
    rule = clause("cold(X) :- rough(X).")
    assert len(Program((rule, rule)).rules["cold/1"]) == 1

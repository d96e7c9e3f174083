"""Class analysis: every cycle and every variable is named."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inline_snapshot import snapshot

from quod.kernel.values import Clause
from quod.knowledge.analysis import ERRORS, fatal, remarks
from quod.knowledge.errors import NotStratified, NotTerminating, NullUnsafe, Unsafe
from quod.knowledge.logic import parse_logic
from quod.knowledge.shape import outer_variables
from quod.knowledge.strata import Dependencies, strata
from quod.knowledge.theory import Theory


def clauses(logic: str) -> list[Clause]:
    return [item.value for item in parse_logic(logic)]


def codes(logic: str) -> list[str]:
    return [finding.code for finding in fatal(clauses(logic))]


SAFE = [
    "p(a).",
    "p(X) :- q(X).",
    "p(X) :- q(f(X)).",
    "p(X, Y) :- q(X), Y = X.",
    "p(X, Y) :- q(X), Y = f(X, X).",
    "p(Z) :- Z = Y * 2, Y = X + 1, q(X).",
    "p(X) :- absent r(X), q(X).",
    "p :- absent q(a).",
    "p(D) :- q(X), D = #year(X), D > 3.",
    "p(N) :- N = count : q(X).",
    "p(C, T) :- c(C), T = sum A : r(C, A).",
    "p(C, T) :- c(C), T = sum V : { r(C, A), V = A * 2 }, T > 3.",
    "p(C) :- c(C), N = count : { r(C, _) }, M = count : { s(C, _) }, N > M.",
    "p :- N = count : { q(X) }, N = 3.",
    "t(X, Z) :- t(X, Y), t(Y, Z). t(X, Y) :- e(X, Y).",
    "n(Y) :- n(X), Y = X + 1, limit(Y).",
    "n(Y) :- n(X), m(X), Y = X + 1.",
    "a(f(X)) :- b(X). b(X) :- c(X).",
    "p(X, C) :- p(X, A), q(X, B), C = #least(A, B).",
    "p(X) :- p(Y), X = Y.",
    "h(X, 'sk:c'(X)) :- r(X). p(X) :- h(X, Y), k(Y), Y != bob.",
    "h(X, 'sk:c'(X)) :- r(X). p(X) :- h(X, Y), Y = bob.",
    "h(X, 'sk:c'(X)) :- r(X). p(X) :- h(X, Y), X != bob.",
    "p(X) :- q(X), absent r(X). s(X) :- p(X), absent q(X).",
]


@pytest.mark.parametrize("logic", SAFE)
def test_inside_the_class(logic):
    assert codes(logic) == []


@pytest.mark.parametrize(
    ("logic", "variable", "where"),
    [
        ("p(X).", "X", "the conclusion"),
        ("p(f(X)) :- q(Y).", "X", "the conclusion"),
        ("p(X) :- absent q(X).", "X", "the conclusion"),
        ("p :- r(Y), absent q(X, Y).", "X", "absent q(X, Y)"),
        ("p :- r(X), X > Y.", "Y", "X > Y"),
        ("p(X) :- r(Y), Y = f(X).", "X", "the conclusion"),
        ("p(X) :- X = Y, Y = X.", "X", "the conclusion"),
        ("p :- q(X), Y = Z + 1.", "Y", "Y = Z + 1"),
        ("p(T) :- q(X), X = T + 1.", "T", "the conclusion"),
        ("p(C, T) :- T = sum A : r(C, A).", "C", "the conclusion"),
        ("p :- r(X), absent q(X, _).", "_", "absent q(X, _1)"),
        ("p(S, T) :- S = sum A : { r(O, A) }, T = sum B : s(O, B).", "S", "the conclusion"),
        ("p(T) :- T = sum B : s(A).", "T", "the conclusion"),
    ],
)
def test_unsafe(logic, variable, where):
    (finding,) = fatal(clauses(logic))
    assert finding.code == "unsafe"
    assert re.search(rf"nothing binds `{variable}` in `?{re.escape(where)}", finding.message)
    assert finding.remedy
    with pytest.raises(Unsafe):
        Theory.build(items=parse_logic(logic))


def test_unsafe_as_it_is_shown():
    with pytest.raises(Unsafe) as caught:
        Theory.build(items=parse_logic("cold(anne).\nold(X) :- age(X, A), A > Limit.\n", "a.quod"))
    assert str(caught.value) == snapshot(
        """\
a.quod:2:1: nothing binds `Limit` in `A > Limit` of «old(X) :- age(X, A), A > Limit.» [unsafe]
    old(X) :- age(X, A), A > Limit.
    ^
  fix: add a condition that binds it: a literal without `absent`\
"""
    )


def test_a_cycle_through_absence_is_named_with_its_sentences():
    logic = "win(X) :- move(X, Y), absent safe(Y). safe(X) :- good(X). good(X) :- win(X). other(a)."
    (finding,) = fatal(clauses(logic))
    assert finding.code == "not_stratified"
    assert finding.predicates == ("win/1", "safe/1", "good/1")
    assert finding.message == snapshot(
        "win/1 depends on the absence of safe/1, which depends on it (win/1 → safe/1 → good/1 → win/1), "
        "by «win(X) :- move(X, Y), absent safe(Y).» and «safe(X) :- good(X).» and «good(X) :- win(X).»"
    )
    with pytest.raises(NotStratified) as caught:
        Theory.build(items=parse_logic(logic))
    assert caught.value.code == "not_stratified"
    with pytest.raises(NotStratified):
        strata(clauses(logic))


@pytest.mark.parametrize(
    "logic",
    [
        "p(X) :- q(X), absent p(X).",
        "p(N) :- N = count : p(X).",
        "p(X) :- q(X), N = count : r(X, _). r(X, a) :- p(X).",
        "neg p(X) :- q(X), absent neg p(X).",
    ],
)
def test_not_stratified(logic):
    assert codes(logic) == ["not_stratified"]


def test_one_finding_for_each_component():
    assert codes("p :- absent q. q :- absent p. r :- absent r.") == ["not_stratified"] * 2


@pytest.mark.parametrize(
    ("logic", "said"),
    [
        ("n(Y) :- n(X), Y = X + 1.", "`Y = X + 1`"),
        ("n(f(X)) :- n(X).", "`n(f(X))`"),
        ("n(Y) :- n(X), Y = f(X).", "`Y = f(X)`"),
        ("n(Y) :- n(X), Z = X * 2, Y = Z.", "`Y = Z`"),
        ("a(f(X)) :- b(X). b(X) :- a(X).", "a/1 → b/1 → a/1"),
        ("h(X, 'sk:c'(X)) :- p(X). p(Y) :- h(X, Y).", "h/2 → p/1 → h/2"),
        ("path(X, Z, C) :- path(X, Y, A), edge(Y, Z, B), C = A + B. path(X, Y, C) :- edge(X, Y, C).", "`C = A + B`"),
        ("p(T) :- p(X), Y = #abs(X), T = f(Y).", "a new value"),
    ],
)
def test_not_terminating(logic, said):
    (finding,) = fatal(clauses(logic))
    assert finding.code == "not_terminating"
    assert said in finding.message
    with pytest.raises(NotTerminating) as caught:
        Theory.build(items=parse_logic(logic))
    assert caught.value.code == "not_terminating"


@pytest.mark.parametrize(
    "use",
    [
        "p(X) :- h(X, Y), Y != bob.",
        "p(X) :- h(X, Y), Y < 3.",
        "p(Z) :- h(X, Y), Z = Y + 1.",
        "p(X) :- h(X, Y), Z = Y, Z != bob.",
        "p(X) :- r(X), X != 'sk:c'(a).",
        "p(N) :- N = count : h(X, Y).",
        "p(N) :- N = max Y : h(X, Y).",
        "g(Y) :- h(X, Y). p(N) :- N = count : g(X).",
        "g(pair(Y)) :- h(X, Y). p(X) :- g(X), X != bob.",
    ],
)
def test_null_unsafe(use):
    logic = "h(X, 'sk:c'(X)) :- r(X). " + use
    (finding,) = fatal(clauses(logic))
    assert finding.code == "null_unsafe"
    assert finding.clauses[0].sentence in use
    with pytest.raises(NullUnsafe) as caught:
        Theory.build(items=parse_logic(logic))
    assert caught.value.code == "null_unsafe"


def test_strata():
    logic = "a :- b, absent c. c :- absent d, e. f(N) :- N = count : g(X). g(X) :- h(X), a. b."
    assert strata(clauses(logic)) == {"a/0": 2, "b/0": 0, "c/0": 1, "d/0": 0, "e/0": 0, "f/1": 3, "g/1": 2, "h/1": 0}
    assert strata([]) == {}


def test_a_long_chain_does_not_recurse():
    chain = clauses("p0. " + " ".join(f"p{i} :- p{i - 1}, absent q{i}." for i in range(1, 3000)))
    assert strata(chain)["p2999/0"] == 1
    assert not fatal(chain)


propositional = st.lists(
    st.tuples(st.integers(0, 5), st.lists(st.tuples(st.sampled_from("+-"), st.integers(0, 5)), max_size=3)), max_size=8
)


@settings(max_examples=300, deadline=None)
@given(propositional, st.randoms())
def test_strata_respect_every_clause_in_any_order(programme, shuffler: random.Random):
    made = [Clause((f"p{h}/0", ()), tuple((sign, f"p{b}/0", ()) for sign, b in body)) for h, body in programme]
    shuffled = made[:]
    shuffler.shuffle(shuffled)
    try:
        level = strata(made)
    except NotStratified:
        with pytest.raises(NotStratified):
            strata(shuffled)
        assert _has_negative_cycle(made)
        return
    assert level == strata(shuffled)
    assert not _has_negative_cycle(made)
    for clause in made:
        for sign, predicate, _ in clause.body:
            assert level[clause.head[0]] >= level[predicate] + (sign == "-")


def _has_negative_cycle(made: list[Clause]) -> bool:
    """The definition, by closure: some p depends negatively on q, and q on p."""
    reach = {(clause.head[0], literal[1]) for clause in made for literal in clause.body}
    while new := {(a, d) for a, b in reach for c, d in reach if b == c} - reach:
        reach |= new
    return any(
        literal[0] == "-" and (literal[1] == clause.head[0] or (literal[1], clause.head[0]) in reach)
        for clause in made
        for literal in clause.body
    )


def test_paths_are_shortest():
    graph = Dependencies(clauses("a :- b, c. b :- c. c :- d. d :- a."))
    assert [clause.head[0] for clause in graph.path("b/0", "a/0")] == ["b/0", "c/0", "d/0"]
    assert graph.path("a/0", "a/0") == []


def test_outer_variables_follow_the_format():
    (one,) = clauses("p(C, T) :- c(C), T = sum A : { r(C, A, O, X) }, M = count : { s(O) }, M > 0.")
    assert outer_variables(one) == {"C", "T", "O", "M"}


def test_remarks_about_what_nothing_states():
    found = remarks(clauses("p(X) :- custmer(X), table(X). customer(a)."), ["table/1"])
    assert [(finding.code, finding.predicates) for finding in found] == [("undefined_predicate", ("custmer/1",))]
    assert found[0].remedy == "Did you mean 'customer/1'?"


def test_every_fatal_finding_has_an_error():
    assert {kind.code for kind in ERRORS.values()} == set(ERRORS)

"""The PyPI package `datalog-conformance`, 0.1.0, judged by its own runner (design bar: all positive cases pass)."""

from __future__ import annotations

import pytest
from datalog_conformance import YamlTestRunner
from suite import NotSupported, QuodEvaluator, Suite, suites, theory_of, translated

from quod.knowledge.errors import NotStratified, TableRows, Unsafe

#: Programs of thousands of rows; they run in the long run.
LARGE = (
    "souffle_evaluation_access1",
    "souffle_example_lubm",
    "souffle_example_po3",
    "souffle_example_po4",
    "souffle_example_po5",
    "souffle_example_ranpo",
)
#: A program with a million atoms in its model, whose closures are larger than a checker takes: the model is compared.
HUGE = "souffle_example_hmmer"
POSITIVE = ("basic", "negation", "recursion")
#: How many cases of each category the package holds, and how many are of LARGE programs.
CASES = {"basic": (26, 4), "negation": (33, 1), "recursion": (49, 22)}
#: Quod's own error for each case that is to be refused, where the package names one of another evaluator.
REFUSED = {
    "crepe_invalid_arity": TableRows,
    "crepe_recursive_negation": NotStratified,
    "crepe_unbound_variable": Unsafe,
    "crepe_underscore_in_goal": Unsafe,
    "unbound_variable": Unsafe,
    "unsafe_negation_variable_only_in_negative_literal": Unsafe,
}


def passes(suite: Suite, chunk: int = 0) -> int:
    """Run the cases of one file by the package's runner; how many rows were proved."""
    asked = [name for case in suite.cases for name in case.expect or ()]
    evaluator = QuodEvaluator(suite.cases[0].source.startswith("nemo/"), chunk, asked)
    for case in suite.cases:
        YamlTestRunner(evaluator).run_test_case(case)
    return evaluator.proved


@pytest.mark.parametrize("category", POSITIVE)
def test_positive_cases_pass(category: str) -> None:
    found = list(suites(category, leave_out=(*LARGE, HUGE)))
    for suite in found:
        passes(suite)
    total, large = CASES[category]
    assert sum(len(suite.cases) for suite in found) == total - large


@pytest.mark.assure
@pytest.mark.parametrize("name", LARGE)
def test_large_positive_cases_pass(name: str) -> None:
    (suite,) = [each for category in POSITIVE for each in suites(category, only=name)]
    assert passes(suite, chunk=100) > 0


@pytest.mark.assure
def test_the_model_of_the_huge_program_is_right() -> None:
    (suite,) = suites("recursion", only=HUGE)
    names = [name for case in suite.cases for name in case.expect or ()]
    evaluator = QuodEvaluator(chunk=1, only=names, proofs=False)
    for case in suite.cases:
        YamlTestRunner(evaluator).run_test_case(case)


def test_error_cases_are_refused_by_our_own_errors() -> None:
    cases = [case for suite in suites("errors") for case in suite.cases]
    assert {case.name for case in cases} == set(REFUSED)
    for case in cases:
        assert case.program is not None
        with pytest.raises(REFUSED[case.name]) as caught:
            theory_of(case.program)
        assert caught.value.remedy
        assert caught.value.place is not None


def test_defeasible_cases_are_refused_by_name() -> None:
    theories = [
        theory
        for suite in suites("defeasible", leave_out=(*LARGE, HUGE))
        for case in suite.cases
        for theory in ([case.theory] if case.theory else [each.theory for each in case.theories])
    ]
    assert len(theories) >= 100
    for theory in theories:
        with pytest.raises(NotSupported, match="defeasible rules are not supported"):
            theory_of(theory)


@pytest.mark.parametrize(
    ("rule", "logic"),
    [
        ("p(x, y) :- q(x, z), r(z, y, _).", ["p(V_x, V_y) :- q(V_x, V_z), r(V_z, V_y, _)."]),
        ("Ok() :- not Ok()", ["'Ok'() :- absent 'Ok'()."]),
        ("A(2, i) :- In(a, 5, i)", ["'A'(2, V_i) :- 'In'(_, 5, V_i)."]),
        ("T (x) :- R(x, \"a, b\"), (x <= 25).", ["'T'(V_x) :- 'R'(V_x, \"a, b\"), V_x <= 25."]),
        (
            "p(X) :- q(X), not r(X, _).",
            ["p(V_X) :- q(V_X), absent without_0_of_p(V_X).", "without_0_of_p(V_X) :- r(V_X, _)."],
        ),
    ],
)
def test_the_adapter_keeps_the_meaning(rule: str, logic: list[str]) -> None:
    assert translated(rule) == logic


def test_a_variable_of_one_negation_is_local_only_where_the_dialect_says_so() -> None:
    rule = "p(X) :- q(X), not r(X, P, P)."
    assert translated(rule) == ["p(V_X) :- q(V_X), absent r(V_X, V_P, V_P)."]
    assert translated(rule, local_negation=True)[1] == "without_0_of_p(V_X) :- r(V_X, V_P, V_P)."

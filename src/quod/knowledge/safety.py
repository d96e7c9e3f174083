"""Safety: something binds every variable, so that a clause says only finitely many things (range restriction).

Positive literals bind their variables; a function binds its result and an aggregate its result once their
arguments are bound; ``X = t`` binds ``X`` once *t* is bound. Everything else must find its variables bound.
"""

from __future__ import annotations

from collections.abc import Iterable

from quod.kernel.values import Clause, Literal
from quod.knowledge.builtin import TESTS
from quod.knowledge.finding import Finding, quote
from quod.knowledge.notation import show_literal
from quod.knowledge.shape import literal_variables, outer_variables, term_variables, variables


def unsafe(clauses: Iterable[Clause]) -> list[Finding]:
    """One finding for each clause with a variable that nothing binds."""
    return [finding for clause in clauses if (finding := _check(clause)) is not None]


def _check(clause: Clause) -> Finding | None:
    outer = outer_variables(clause)
    if not outer and not any(literal[0] == "a" for literal in clause.body):
        return None
    bound, waiting = _bind(clause.body, set(), outer)
    missing = variables(clause.head[1]) - bound
    if missing:
        return _finding(clause, missing, "the conclusion", "add a condition that says which things are meant")
    for literal in waiting:
        missing = (literal_variables(literal) & outer) - bound
        if not missing:
            missing = literal_variables(literal)
        where = f"`{show_literal(literal)}`"
        return _finding(clause, missing, where, _remedy(literal, missing))
    return None


def _remedy(literal: Literal, missing: set[str]) -> str:
    if literal[0] == "-" and all(name.startswith("_") for name in missing):
        return "give what is absent a predicate of its own: `has_order(X) :- order(X, _).`, `absent has_order(X)`"
    if literal[0] == "a":
        return "say outside the aggregate for which things it is taken; variables of two aggregates are not local"
    return "add a condition that binds it: a literal without `absent`"


def _finding(clause: Clause, missing: set[str], where: str, remedy: str) -> Finding:
    name = min(missing)
    shown = "`_`" if name.startswith("_") else f"`{name}`"
    message = f"nothing binds {shown} in {where} of {quote(clause)}"
    return Finding("unsafe", message, (clause.head[0],), (clause,), remedy)


def _bind(body: tuple[Literal, ...], bound: set[str], outer: set[str]) -> tuple[set[str], list[Literal]]:
    """The variables that *body* binds, given *bound*, and the literals that could not be reached."""
    bound = set(bound)
    for literal in body:
        if literal[0] == "+":
            bound |= literal_variables(literal)
    waiting = [literal for literal in body if literal[0] != "+"]
    while True:
        left = [literal for literal in waiting if not _reach(literal, bound, outer)]
        if len(left) == len(waiting):
            return bound, left
        waiting = left


def _reach(literal: Literal, bound: set[str], outer: set[str]) -> bool:
    """Whether *literal* can be evaluated with *bound*, to which its results are added."""
    if literal[0] == "-":
        return literal_variables(literal) <= bound
    if literal[0] == "a":
        return _reach_aggregate(literal, bound, outer)
    op, args = literal[1], literal[2]
    if op == "eq":
        for result, other in (args, args[::-1]):
            if result[0] == "v" and term_variables(other) <= bound:
                bound.add(result[1])
    elif op not in TESTS and variables(args[:-1]) <= bound:
        bound |= term_variables(args[-1])
    return variables(args) <= bound


def _reach_aggregate(literal: Literal, bound: set[str], outer: set[str]) -> bool:
    _, _, result, value, inner = literal
    groups = term_variables(value) & outer
    for part in inner:
        groups |= literal_variables(part) & outer
    if not groups <= bound:
        return False
    local, left = _bind(inner, bound, set())
    if left or not term_variables(value) <= local:
        return False
    bound |= term_variables(result)
    return True

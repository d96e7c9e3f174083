"""Aggregates: counts, sums and extremes over the distinct bindings of all variables inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quod.kernel.computation import evaluate, total
from quod.kernel.rejection import reject
from quod.kernel.values import Literal, Substitution, Term, is_ground, substitute
from quod.kernel.wellformed import TESTS, is_opaque
from quod.reasoning.shapes import variables_inside

TRUE = ("b", "true")


def aggregate_value(
    literal: Literal, bindings: Substitution, answers: Sequence[Sequence[tuple[Term, ...]]]
) -> Term | None:
    """The value of an aggregate under *bindings* of its outer variables; None for the extreme of nothing.

    *answers* has the rows for each inner ``+`` literal. Fails when: the kernel would reject it.
    """
    names = sorted(set(variables_inside(literal)))
    values: dict[tuple[Term, ...], Term] = {}
    for way in _ways(literal[4], bindings, answers):
        value = substitute(literal[3], way)
        if not is_ground(value):
            reject("unbound_builtin", op=literal[1])
        values.setdefault(tuple([way[name] for name in names]), value)
    known = [column for column in zip(*values, strict=True) if not any(map(is_opaque, column))]
    if literal[1] in ("count", "sum") and len(set(zip(*known, strict=True))) < len(values) > 1:
        reject("not_comparable", reason="individuals that may be the same are not counted apart")
    return total(literal[1], list(values.values()))


def _ways(
    literals: Sequence[Literal], bindings: Substitution, answers: Sequence[Sequence[tuple[Term, ...]]]
) -> Iterator[Substitution]:
    if not literals:
        yield bindings
        return
    first, rest = literals[0], literals[1:]
    args = [substitute(arg, bindings) for arg in first[2]]
    if first[0] == "+":
        for row in answers[0]:
            extended = dict(bindings)
            if match_all(args, row, extended):
                yield from _ways(rest, extended, answers[1:])
        return
    test = first[1] in TESTS
    inputs = args if test else args[:-1]
    if not all(map(is_ground, inputs)):
        reject("unbound_builtin", op=first[1])
    result = evaluate(first[1], inputs)
    if not test:
        extended = dict(bindings)
        if match(args[-1], result, extended):
            yield from _ways(rest, extended, answers)
    elif result == TRUE:
        yield from _ways(rest, bindings, answers)


def match_all(terms: Sequence[Term], row: Sequence[Term], bindings: Substitution) -> bool:
    """Match *terms* one-way against the ground terms of *row*, extending *bindings*."""
    return all(match(term, value, bindings) for term, value in zip(terms, row, strict=True))


def match(term: Term, value: Term, bindings: Substitution) -> bool:
    """Match *term* one-way against the ground term *value*, extending *bindings*."""
    if term[0] == "v":
        return bindings.setdefault(term[1], value) == value
    if term[0] == "f" and value[0] == "f":
        return term[1] == value[1] and len(term[2]) == len(value[2]) and match_all(term[2], value[2], bindings)
    return term == value

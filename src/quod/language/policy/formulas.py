"""Formulas of policy sentences and the clause bodies they come to, positive or denied."""

from __future__ import annotations

from itertools import combinations
from typing import Final, NamedTuple, TypeAlias

from quod.kernel.values import Literal, Term, complement
from quod.language.formulas import FLIPPED, Refused

Body: TypeAlias = tuple[Literal, ...]
MAX_BODIES: Final = 64


class Lit(NamedTuple):
    """An atom."""

    predicate: str
    args: tuple[Term, ...]


class Test(NamedTuple):
    """A comparison."""

    op: str
    left: Term
    right: Term


class Let(NamedTuple):
    """``given`` looks up or computes values, whatever becomes of ``body``: it is never denied."""

    given: Body
    body: Formula


class No(NamedTuple):
    """Denial."""

    body: Formula


class And(NamedTuple):
    """All of them."""

    items: tuple[Formula, ...]


class Or(NamedTuple):
    """At least ``least`` of them."""

    items: tuple[Formula, ...]
    least: int = 1


Formula: TypeAlias = Lit | Test | Let | No | And | Or


def bodies(formula: Formula, positive: bool = True) -> list[Body]:
    """The alternatives under which *formula* holds (or, not *positive*, is false)."""
    if isinstance(formula, Lit):
        return [(("+", formula.predicate if positive else complement(formula.predicate), formula.args),)]
    if isinstance(formula, Test):
        return [(("c", formula.op if positive else FLIPPED[formula.op], (formula.left, formula.right)),)]
    if isinstance(formula, Let):
        return [formula.given + body for body in bodies(formula.body, positive)]
    if isinstance(formula, No):
        return bodies(formula.body, not positive)
    if isinstance(formula, And):
        return _all(formula.items, True) if positive else _any(formula.items, False)
    if positive:
        found: list[Body] = []
        for chosen in combinations(formula.items, formula.least):
            found += _all(chosen, True)
        return _few(found)
    found = []
    for chosen in combinations(formula.items, len(formula.items) - formula.least + 1):
        found += _all(chosen, False)
    return _few(found)


def _all(items: tuple[Formula, ...], positive: bool) -> list[Body]:
    found: list[Body] = [()]
    for item in items:
        found = _few([body + more for body in found for more in bodies(item, positive)])
    return found


def _any(items: tuple[Formula, ...], positive: bool) -> list[Body]:
    return _few([body for item in items for body in bodies(item, positive)])


def _few(found: list[Body]) -> list[Body]:
    if len(found) > MAX_BODIES:
        raise Refused("the condition has too many alternatives")
    return found

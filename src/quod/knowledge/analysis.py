"""Class analysis: whether deduction decides these clauses, and what their writer should know besides.

`fatal` findings keep a theory from being built; `remarks` do not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from quod.kernel.values import Clause, complement
from quod.knowledge.errors import (
    ClassError,
    NotStratified,
    NotTerminating,
    NullUnsafe,
    Unsafe,
    did_you_mean,
)
from quod.knowledge.finding import Finding, quote
from quod.knowledge.growth import nonterminating, null_unsafe
from quod.knowledge.notation import show_predicate
from quod.knowledge.safety import unsafe
from quod.knowledge.shape import body_predicates
from quod.knowledge.strata import Dependencies, unstratified

#: The error that each fatal finding becomes.
ERRORS: dict[str, type[ClassError]] = {
    "not_stratified": NotStratified,
    "not_terminating": NotTerminating,
    "null_unsafe": NullUnsafe,
    "unsafe": Unsafe,
}


def fatal(clauses: Iterable[Clause]) -> list[Finding]:
    """What keeps *clauses* outside the class that deduction decides; empty if nothing does."""
    clauses = list(clauses)
    graph = Dependencies(clauses)
    recursion = unstratified(clauses, graph) + nonterminating(clauses, graph)
    return unsafe(clauses) + recursion + null_unsafe(clauses)


def remarks(clauses: Iterable[Clause], known: Collection[str] = ()) -> list[Finding]:
    """Conditions on predicates that nothing concludes and that are not *known* otherwise: often a misspelling."""
    clauses = list(clauses)
    defined = {clause.head[0] for clause in clauses} | set(known)
    used: dict[str, list[Clause]] = {}
    for clause in clauses:
        for _, predicate in body_predicates(clause.body):
            if predicate not in defined and predicate.removeprefix("~") not in known:
                used.setdefault(predicate, []).append(clause)
    found: list[Finding] = []
    for predicate, users in used.items():
        name = show_predicate(predicate)
        others = [show_predicate(other) for other in sorted(defined - {complement(predicate)})]
        message = f"nothing says when {name} holds, which {quote(users[0])} needs"
        remedy = did_you_mean(name, others) or "state it, or leave it if facts will come later"
        found.append(Finding("undefined_predicate", message, (predicate,), tuple(users), remedy))
    return found

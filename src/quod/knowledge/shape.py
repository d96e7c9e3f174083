"""What occurs in terms, literals and clauses: their variables and predicates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quod.kernel.values import Clause, Literal, Term


def term_variables(term: Term) -> set[str]:
    """The names of the variables in *term*."""
    if term[0] == "v":
        return {term[1]}
    return variables(term[2]) if term[0] == "f" else set()


def variables(terms: Iterable[Term]) -> set[str]:
    """The names of the variables in all *terms*."""
    found: set[str] = set()
    for term in terms:
        if term[0] == "v":
            found.add(term[1])
        elif term[0] == "f":
            found |= variables(term[2])
    return found


def literal_variables(literal: Literal) -> set[str]:
    """The names of the variables in *literal*, those inside an aggregate too."""
    if literal[0] != "a":
        return variables(literal[2])
    found = variables(literal[2:4])
    for inner in literal[4]:
        found |= literal_variables(inner)
    return found


def body_predicates(body: tuple[Literal, ...]) -> Iterator[tuple[str, str]]:
    """``(tag, predicate)`` of each atom a body mentions: tag ``+``, ``-``, or ``a`` inside an aggregate."""
    for literal in body:
        if literal[0] in "+-":
            yield literal[0], literal[1]
        elif literal[0] == "a":
            for _, predicate in body_predicates(literal[4]):
                yield "a", predicate


def outer_variables(clause: Clause) -> set[str]:
    """The variables of *clause* that are not local to one of its aggregates (``spec/format.md``, §2)."""
    outer = variables(clause.head[1])
    mentioned = [literal_variables(literal) for literal in clause.body]
    for i, literal in enumerate(clause.body):
        if literal[0] != "a":
            outer |= mentioned[i]
            continue
        outer |= term_variables(literal[2])
        for j, others in enumerate(mentioned):
            if i != j:
                outer |= mentioned[i] & others
    return outer

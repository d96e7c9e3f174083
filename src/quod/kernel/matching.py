"""Matching: what covers what, and which variables stand where (``spec/primitives.md``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from quod.kernel.rejection import reject
from quod.kernel.values import Atom, Clause, Literal, Substitution, Term
from quod.kernel.wellformed import variables

T = TypeVar("T")


def covers(pattern: Atom, name: str, args: Sequence[Term]) -> bool:
    """Whether *pattern* covers the call ``name(args)``: each argument a variable, or equal."""
    if pattern[0] != name:
        return False
    return all(not (mine[0] != "v" and mine != theirs) for mine, theirs in zip(pattern[1], args, strict=True))


def match(term: Term, ground: Term, bindings: Substitution) -> bool:
    """One-way matching of *term* against a ground term, extending *bindings* in place.

    Fails when: a private cell meets something other than itself (``not_comparable``).
    """
    tag = term[0]
    if tag == "v":
        bound = bindings.get(term[1])
        if bound is None:
            bindings[term[1]] = ground
            return True
        return match(bound, ground, bindings)
    if tag == "f" and ground[0] == "f" and term != ground:
        return (
            term[1] == ground[1]
            and len(term[2]) == len(ground[2])
            and all(map(lambda mine, theirs: match(mine, theirs, bindings), term[2], ground[2]))
        )
    if term == ground:
        return True
    if term[0] == "h" or ground[0] == "h":
        reject("not_comparable", reason="a private cell")
    return False


def matches(pattern: Atom, found: Atom) -> bool:
    """Whether *found*, ground and of the same predicate, matches *pattern*; private cells as in `match`."""
    bindings: Substitution = {}
    return all(map(lambda mine, theirs: match(mine, theirs, bindings), pattern[1], found[1]))


def is_pattern(atom: Atom) -> bool:
    """Whether the arguments of *atom* are ground or distinct variables."""
    names = [arg[1] for arg in atom[1] if arg[0] == "v"]
    return len(set(names)) == len(names) and not any(arg[0] == "f" and any(variables(arg)) for arg in atom[1])


def literal_variables(literal: Literal) -> Iterator[str]:
    """The names of the variables of a body literal."""
    if literal[0] == "a":
        yield from variables(literal[2])
        yield from inner_variables(literal)
    else:
        for arg in literal[2]:
            yield from variables(arg)


def inner_variables(literal: Literal) -> Iterator[str]:
    """The names of the variables inside an aggregate: of its value and inner literals."""
    yield from variables(literal[3])
    for inner in literal[4]:
        yield from literal_variables(inner)


def outer_variables(clause: Clause) -> tuple[str, ...]:
    """The variables of a clause that are not local to one of its aggregates, in the order of their bytes."""
    seen: dict[str, set[int]] = {name: {-1} for arg in clause.head[1] for name in variables(arg)}
    for at, literal in enumerate(clause.body):
        inner = set(inner_variables(literal)) if literal[0] == "a" else set()
        result = set(variables(literal[2])) if literal[0] == "a" else set()
        for name in literal_variables(literal):
            seen.setdefault(name, set()).add(at if name in inner and name not in result else -1 - at)
    return tuple(sorted((name for name, places in seen.items() if min(places) < 0 or len(places) > 1), key=str.encode))


def each_way(
    literals: Sequence[T], bindings: Substitution, solve: Callable[[T, Substitution], Iterator[Substitution]]
) -> Iterator[Substitution]:
    """Every way through *literals* in order, depth-first and without recursion: a body may be of any length."""
    todo = [iter((bindings,))]
    while todo:
        found = next(todo[-1], None)
        if found is None:
            todo.pop()
        elif len(todo) > len(literals):
            yield found
        else:
            todo.append(solve(literals[len(todo) - 1], found))

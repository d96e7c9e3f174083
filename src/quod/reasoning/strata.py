"""Strata: the order in which predicates are complete, so that absence and aggregates can be decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from quod.kernel.errors import QuodError
from quod.kernel.values import Clause, Literal


class NotStratified(QuodError):
    """A predicate depends on its own absence, or on an aggregate over itself."""

    code = "not_stratified"


def uses(body: Iterable[Literal]) -> Iterator[tuple[str, bool]]:
    """The predicates a body uses, and whether each has to be complete first."""
    for literal in body:
        if literal[0] == "a":
            for inner in literal[4]:
                if inner[0] == "+":
                    yield inner[1], True
        elif literal[0] != "c":
            yield literal[1], literal[0] == "-"


def strata(rules: Mapping[str, Iterable[Clause]], below: Mapping[str, int] | None = None) -> dict[str, int]:
    """The stratum of each predicate that *rules* define; others have that of *below*, or 0.

    Least numbers such that a predicate is not below what it uses and above what must be complete before it.
    Fails when: there are none (`NotStratified`).
    """
    edges = {name: [use for clause in rules[name] for use in uses(clause.body)] for name in rules}
    found: dict[str, int] = dict(below or {})
    for component in _components(edges):
        inside = frozenset(component)
        level = 0
        for name in component:
            for used, strict in edges[name]:
                if used not in inside:
                    level = max(level, found.get(used, 0) + strict)
                elif strict:
                    raise NotStratified(
                        f"{name} depends on the absence of {used}, or on an aggregate over it, and {used} on {name}.",
                        remedy="break the cycle: a conclusion cannot rest on its own absence",
                        cycle=tuple(component),
                    )
        for name in component:
            found[name] = level
    return found


def _components(edges: Mapping[str, list[tuple[str, bool]]]) -> Iterator[list[str]]:
    """Strongly connected components, callees first (Tarjan 1972, without recursion)."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    waiting: list[str] = []
    open_: dict[str, None] = {}
    for root in edges:
        if root in number:
            continue
        number[root] = low[root] = len(number)
        waiting.append(root)
        open_[root] = None
        stack = [(root, iter(edges[root]))]
        while stack:
            name, rest = stack[-1]
            below = next((used for used, _ in rest if used in edges and used not in number), None)
            if below is not None:
                number[below] = low[below] = len(number)
                waiting.append(below)
                open_[below] = None
                stack.append((below, iter(edges[below])))
                continue
            stack.pop()
            for used, _ in edges[name]:
                if used in open_:
                    low[name] = min(low[name], low[used])
            if low[name] == number[name]:
                at = waiting.index(name)
                component = waiting[at:]
                del waiting[at:]
                for each in component:
                    del open_[each]
                yield component

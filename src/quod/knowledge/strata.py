"""Which predicates depend on which, and the strata that `absent` and aggregates need.

A predicate that depends on its own absence, or on an aggregate of itself, has no stratum
(Apt, Blair and Walker 1988). Components are Tarjan's (1972), without recursion.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from quod.kernel.values import Clause
from quod.knowledge.errors import NotStratified
from quod.knowledge.finding import Finding, quote
from quod.knowledge.notation import show_predicate
from quod.knowledge.shape import body_predicates


class Dependencies:
    """The graph of *clauses*: an edge from the predicate of a head to each predicate of its body.

    ``component`` numbers the strongly connected components, a predicate's after those it depends on.
    """

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self.edges: dict[str, dict[str, list[tuple[str, Clause]]]] = {}
        for clause in clauses:
            below = self.edges.setdefault(clause.head[0], {})
            for tag, predicate in body_predicates(clause.body):
                self.edges.setdefault(predicate, {})
                below.setdefault(predicate, []).append((tag, clause))
        self.component = _components(self.edges)

    def recursive(self, head: str, predicate: str) -> bool:
        """Whether *predicate*, in the body of a clause for *head*, depends on *head* again."""
        return self.component[head] == self.component[predicate]

    def path(self, start: str, end: str) -> list[Clause]:
        """The clauses of a shortest way of dependence from *start* to *end* in their component; none if equal."""
        came: dict[str, tuple[str, Clause]] = {}
        queue = deque([start])
        while queue and end not in came and start != end:
            here = queue.popleft()
            for below, uses in self.edges[here].items():
                if below not in came and self.recursive(here, below):
                    came[below] = (here, uses[0][1])
                    queue.append(below)
        clauses: list[Clause] = []
        while end != start:
            end, clause = came[end]
            clauses.append(clause)
        return clauses[::-1]


def _components(edges: Mapping[str, Mapping[str, object]]) -> dict[str, int]:
    """The number of each predicate's strongly connected component, dependences first."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    found: dict[str, int] = {}
    stack: list[str] = []
    count = 0
    for root in edges:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        work = [(root, iter(edges[root]))]
        while work:
            here, rest = work[-1]
            below = next(rest, None)
            if below is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[here])
                if low[here] == index[here]:
                    member = ""
                    while member != here:
                        member = stack.pop()
                        found[member] = count
                    count += 1
            elif below not in index:
                index[below] = low[below] = len(index)
                stack.append(below)
                work.append((below, iter(edges[below])))
            elif below not in found:
                low[here] = min(low[here], index[below])
    return found


def unstratified(clauses: Iterable[Clause], graph: Dependencies | None = None) -> list[Finding]:
    """One finding for each component with a dependence on its own absence or aggregate."""
    graph = graph or Dependencies(clauses)
    seen: set[int] = set()
    found: list[Finding] = []
    for head, below in graph.edges.items():
        for predicate, uses in below.items():
            strict = [(tag, clause) for tag, clause in uses if tag != "+"]
            if not strict or not graph.recursive(head, predicate) or graph.component[head] in seen:
                continue
            seen.add(graph.component[head])
            tag, clause = strict[0]
            found.append(_cycle(head, predicate, tag, (clause, *graph.path(predicate, head))))
    return found


def _cycle(head: str, predicate: str, tag: str, clauses: tuple[Clause, ...]) -> Finding:
    how = "the absence" if tag == "-" else "an aggregate"
    around = [clause.head[0] for clause in clauses]
    chain = " → ".join(map(show_predicate, [*around, head]))
    return Finding(
        "not_stratified",
        f"{show_predicate(head)} depends on {how} of {show_predicate(predicate)}, which depends on it "
        f"({chain}), by {' and '.join(map(quote, clauses))}",
        tuple(dict.fromkeys(around)),
        clauses,
        "change one of these sentences, so that no conclusion rests on its own absence",
    )


def strata(clauses: Iterable[Clause]) -> dict[str, int]:
    """The lowest stratum of each predicate that *clauses* mention: `absent` and aggregates look strictly down.

    *Fails when* there are none (`NotStratified`).

    >>> from quod.knowledge.logic import parse_logic
    >>> strata([item.value for item in parse_logic("p(X) :- q(X), absent r(X). r(X) :- s(X).")])
    {'p/1': 1, 'q/1': 0, 'r/1': 0, 's/1': 0}
    """
    graph = Dependencies(clauses)
    for finding in unstratified((), graph):
        raise NotStratified(finding.message, remedy=finding.remedy, finding=finding)
    level: dict[int, int] = {}
    for head in sorted(graph.edges, key=graph.component.__getitem__):
        component = graph.component[head]
        needed = level.get(component, 0)
        for predicate, uses in graph.edges[head].items():
            if graph.component[predicate] != component:
                strict = any(tag != "+" for tag, _ in uses)
                needed = max(needed, level[graph.component[predicate]] + strict)
        level[component] = needed
    return {predicate: level[graph.component[predicate]] for predicate in graph.edges}

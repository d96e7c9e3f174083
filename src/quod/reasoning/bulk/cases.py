"""Which predicates are about one case each, and whether cases can be decided apart from one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from quod.kernel.values import Clause, Literal, Term, complement
from quod.knowledge.shape import body_predicates


def reach(roots: Iterable[str], clauses: Iterable[Clause], *, contests: bool = False) -> tuple[str, ...]:
    """The predicates that *roots* depend on, themselves included; with *contests* also what could contradict them."""
    below: dict[str, dict[str, None]] = {}
    for clause in clauses:
        used = below.setdefault(clause.head[0], {})
        used.update((predicate, None) for _, predicate in body_predicates(clause.body))
    found: dict[str, None] = {}
    todo = list(roots)
    while todo:
        predicate = todo.pop()
        if predicate in found:
            continue
        found[predicate] = None
        todo += below.get(predicate, {})
        if contests and predicate[0] != "?":
            todo.append(complement(predicate))
    return tuple(sorted(found))


class CaseAnalysis:
    """For each predicate the argument that is always the key of the case it is about, if there is one.

    ``positions`` has those; the key of the *cases* relation is argument *key*. The cases are ``independent`` if nothing
    about one case depends on another; *asked* is the predicate asked about and the argument that is the case.
    """

    def __init__(
        self, clauses: Sequence[Clause], tables: Iterable[str], cases: str, key: int, asked: tuple[str, int]
    ) -> None:
        root, at = asked
        self._clauses = clauses
        candidates: dict[str, set[int]] = {}
        for clause in clauses:
            candidates.setdefault(clause.head[0], set(range(len(clause.head[1]))))
        for predicate in tables:
            if predicate != cases:
                candidates[predicate] = set()
        candidates[cases] = {key} if cases not in candidates else set()
        while self._narrow(candidates):
            pass
        self.positions = {name: min(found) for name, found in candidates.items() if found}
        if at in candidates.get(root, ()):
            self.positions[root] = at
        self.independent = self.positions.get(root) == at and all(map(self._alone, clauses))

    def _narrow(self, candidates: Mapping[str, set[int]]) -> bool:
        changed = False
        for clause in self._clauses:
            keys = {arg[1] for arg in _keys(clause.body, candidates) if arg[0] == "v"}
            mine = candidates[clause.head[0]]
            kept = {at for at in mine if clause.head[1][at][0] == "v" and clause.head[1][at][1] in keys}
            changed = changed or kept != mine
            mine &= kept
        return changed

    def variable(self, clause: Clause) -> str:
        """The variable of *clause* that stands for its case, or ``""``."""
        at = self.positions.get(clause.head[0])
        return "" if at is None else str(clause.head[1][at][1])

    def _alone(self, clause: Clause) -> bool:
        case = self.variable(clause)
        for _, predicate, args in _atoms(clause.body):
            at = self.positions.get(predicate)
            if at is not None and (not case or args[at] != ("v", case)):
                return False
        return True


def _keys(body: Sequence[Literal], candidates: Mapping[str, set[int]]) -> Iterator[Term]:
    for literal in body:
        if literal[0] == "+":
            for at in candidates.get(literal[1], ()):
                yield literal[2][at]


def _atoms(body: Sequence[Literal]) -> Iterator[Literal]:
    for literal in body:
        if literal[0] in "+-":
            yield literal
        elif literal[0] == "a":
            yield from _atoms(literal[4])

"""Derivations: for each atom the smallest one found, if need be without some atoms.

The cost of a derivation is the number of its steps, repetitions counted; Knuth, *A generalization of Dijkstra's
algorithm*, 1977. Ties go to what was found first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from heapq import heappop, heappush

from quod.kernel.values import Atom
from quod.reasoning.evaluation import Answer, Evaluation
from quod.reasoning.program import Rule


def atom_of(answer: Answer) -> Atom:
    """The atom an answer shows."""
    return (answer[1].adorned.predicate, answer[0])


def positive(answer: Answer) -> Iterator[Answer]:
    """The answers that an answer was derived from."""
    if isinstance(answer[2], Rule):
        for kind, premise in zip(answer[2].kinds, answer[4], strict=True):
            if kind == "+":
                yield premise


class Derivations:
    """The choice of a derivation for each atom of an evaluation; atoms in *avoid* are taken to have none."""

    def __init__(self, evaluation: Evaluation, avoid: Collection[Atom] = ()) -> None:
        self._evaluation = evaluation
        self._avoid = avoid
        self._seen = (-1, -1)
        self._ways: dict[Atom, list[Answer]] = {}
        self._best: dict[Atom, Answer | None] = {}

    def best(self, atom: Atom) -> Answer | None:
        """The smallest derivation of *atom*, or None."""
        size = (len(self._evaluation.agenda), len(self._evaluation.others))
        if size != self._seen:
            self._seen = size
            self._gather()
        if atom not in self._best:
            self._settle(atom)
        return self._best.get(atom)

    def _gather(self) -> None:
        """Sort all answers by atom: what was given, then what was derived first, then other derivations."""
        self._ways = {}
        self._best = {}
        evaluation = self._evaluation
        for tables in evaluation.tables.values():
            for table in tables.values():
                for answer in table.answers.values():
                    if not isinstance(answer[2], Rule):
                        self._ways.setdefault(atom_of(answer), [answer])
        for answer in (*evaluation.agenda, *evaluation.others):
            self._ways.setdefault(atom_of(answer), []).append(answer)

    def _settle(self, target: Atom) -> None:
        """Choose for *target* and all atoms that its derivations use."""
        reached = self._reach(target)
        waiting: dict[Atom, list[int]] = {}
        answers: list[Answer] = []
        needs: list[list[Atom]] = []
        missing: list[int] = []
        heap: list[tuple[int, int]] = []
        for atom in reached:
            for answer in self._ways.get(atom, ()):
                number = len(answers)
                answers.append(answer)
                needs.append([atom_of(premise) for premise in positive(answer)])
                missing.append(len(needs[-1]))
                for need in needs[-1]:
                    waiting.setdefault(need, []).append(number)
                if not needs[-1]:
                    heappush(heap, (1, number))
        costs: dict[Atom, int] = {}
        while heap:
            cost, number = heappop(heap)
            atom = atom_of(answers[number])
            if atom in costs:
                continue
            costs[atom] = cost
            self._best[atom] = answers[number]
            for other in waiting.get(atom, ()):
                missing[other] -= 1
                if not missing[other]:
                    heappush(heap, (1 + sum([costs[need] for need in needs[other]]), other))
        for atom in reached:
            self._best.setdefault(atom, None)

    def _reach(self, target: Atom) -> dict[Atom, None]:
        reached: dict[Atom, None] = {}
        todo = [target]
        while todo:
            atom = todo.pop()
            if atom in reached:
                continue
            reached[atom] = None
            for answer in self._ways.get(atom, ()):
                todo += map(atom_of, positive(answer))
        for atom in self._avoid:
            reached.pop(atom, None)
        return reached

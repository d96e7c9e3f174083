"""Coverage: which clauses of a book the proofs of its examples use, and which exceptions they saw block a rule."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quod.kernel.values import Atom, Clause, Literal, substitute
from quod.kernel.wellformed import atom as read_atom
from quod.kernel.wellformed import clause as read_clause
from quod.kernel.wellformed import term as read_term
from quod.knowledge import show_literal
from quod.reasoning.unification import renamed, unify


@dataclass(frozen=True)
class Unless:
    """An exception of a rule: the absent literal, and the number of proofs in which it blocked the rule."""

    literal: str
    blocked: int


@dataclass(frozen=True)
class Covered:
    """A clause: the number of proofs in which it fired, and its exceptions."""

    sentence: str
    kind: str
    fired: int
    exceptions: tuple[Unless, ...]


@dataclass(frozen=True)
class Coverage:
    """What the examples cover, clause by clause, in the order of the theory."""

    clauses: tuple[Covered, ...]

    @property
    def rules(self) -> tuple[Covered, ...]:
        """The clauses that are rules."""
        return tuple([each for each in self.clauses if each.kind == "rule"])

    @property
    def exceptions(self) -> tuple[tuple[Covered, Unless], ...]:
        """All exceptions, each with its rule."""
        return tuple([(each, one) for each in self.clauses for one in each.exceptions])

    def counts(self) -> tuple[int, int, int, int]:
        """Rules that fired, rules, exceptions that blocked, exceptions."""
        fired, blocked = [each for each in self.rules if each.fired], [one for _, one in self.exceptions if one.blocked]
        return len(fired), len(self.rules), len(blocked), len(self.exceptions)

    def json(self) -> dict[str, Any]:
        """What ``--json`` prints."""
        fired, rules, blocked, exceptions = self.counts()
        return {
            "clauses": [
                {
                    "exceptions": [{"blocked": one.blocked, "literal": one.literal} for one in each.exceptions],
                    "fired": each.fired,
                    "kind": each.kind,
                    "sentence": each.sentence,
                }
                for each in self.clauses
            ],
            "exceptions": exceptions,
            "exceptions_blocked": blocked,
            "rules": rules,
            "rules_fired": fired,
        }


class Counting:
    """Counts over proofs what of *clauses* they use."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self._clauses = tuple(clauses)
        self._fired: dict[Clause, int] = dict.fromkeys(self._clauses, 0)
        self._blocked: dict[tuple[Clause, int], int] = {}

    def add(self, proof: bytes) -> None:
        """Count one proof that the kernel has accepted; nothing if it is empty."""
        steps: Sequence[Mapping[str, Any]] = json.loads(proof)["steps"] if proof else []
        clauses = {at: read_clause(step["clause"]) for at, step in enumerate(steps) if step["by"] == "clause"}
        held = dict(_held(steps, clauses))
        for clause in dict.fromkeys(_applied(steps, clauses)):
            if clause in self._fired:
                self._fired[clause] += 1
        for seen in dict.fromkeys(_blocking(steps, clauses, held)):
            self._blocked[seen] = self._blocked.get(seen, 0) + 1

    def coverage(self) -> Coverage:
        """What all proofs counted so far cover."""
        return Coverage(tuple(map(self._covered, self._clauses)))

    def _covered(self, clause: Clause) -> Covered:
        exceptions = tuple(
            [
                Unless(show_literal(literal), self._blocked.get((clause, at), 0))
                for at, literal in enumerate(clause.body)
                if literal[0] == "-"
            ]
        )
        kind = "rule" if clause.body else "fact"
        return Covered(clause.sentence, kind, self._fired[clause], exceptions)


def _applied(steps: Sequence[Mapping[str, Any]], clauses: Mapping[int, Clause]) -> Iterable[Clause]:
    """The clauses of the theory that steps apply."""
    for step in steps:
        if step["by"] == "apply" and int(step["premises"][0]) in clauses:
            yield clauses[int(step["premises"][0])]


def _held(steps: Sequence[Mapping[str, Any]], clauses: Mapping[int, Clause]) -> Iterable[tuple[int, Atom]]:
    """The atoms that steps show to hold, as far as clauses and rows do."""
    for at, step in enumerate(steps):
        premises = [int(each) for each in step["premises"]]
        if step["by"] == "apply" and premises[0] in clauses:
            head = clauses[premises[0]].head
            bindings = {name: read_term(value) for name, value in step["bindings"]}
            yield at, (head[0], tuple([substitute(arg, bindings) for arg in head[1]]))
        elif step["by"] == "row":
            yield at, (str(steps[premises[0]]["predicate"]), tuple(map(read_term, step["args"])))


def _blocking(
    steps: Sequence[Mapping[str, Any]], clauses: Mapping[int, Clause], held: Mapping[int, Atom]
) -> Iterable[tuple[Clause, int]]:
    """The absent literals that a closure met and found to hold: what it was given proofs of.

    A closure takes an absence as given unless one of its premises shows the contrary, so a premise that holds and
    matches an absent literal of a clause it replays is there because it blocked the clause.
    """
    for step in steps:
        if step["by"] != "tables":
            continue
        patterns = [read_atom(each) for each in step["patterns"]]
        premises = [int(each) for each in step["premises"]]
        holding = [held[each] for each in premises if each in held]
        for clause in [clauses[each] for each in premises if each in clauses]:
            for at, literal in enumerate(clause.body):
                if literal[0] == "-" and any(_meets(clause, literal, pattern, holding) for pattern in patterns):
                    yield clause, at


def _meets(clause: Clause, literal: Literal, pattern: Atom, holding: Sequence[Atom]) -> bool:
    """Whether *literal* of *clause*, called as *pattern*, is the contrary of something that holds."""
    if pattern[0] != clause.head[0]:
        return False
    other = renamed(("+", *pattern), "'")
    called = unify(clause.head[1], other[2], {})
    if called is None:
        return False
    return any(name == literal[1] and unify(literal[2], args, called) is not None for name, args in holding)

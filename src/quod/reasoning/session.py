"""One question being answered: an evaluation, and the attempts to prove what it found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from quod.kernel.values import Atom, Clause, negate
from quod.kernel.wellformed import is_opaque
from quod.reasoning.derivations import Derivations
from quod.reasoning.evaluation import Evaluation, Table
from quod.reasoning.evidence import Blocked, Evidence
from quod.reasoning.findings import Shown
from quod.reasoning.plan import NotDerived, Plan
from quod.reasoning.ports import Commitment
from quod.reasoning.steps import Step, shown

Goal = dict[str, Any]


class Terms(NamedTuple):
    """What a goal allows: the defaults (predicates, or ``*``) and the lowest grade."""

    defaults: tuple[str, ...] = ("*",)
    grade: str = "proved"


class Contested(Exception):
    """Something a proof rests on has a derivable complement."""

    def __init__(self, atoms: Sequence[Atom]) -> None:
        super().__init__(atoms)
        self.atoms = tuple(atoms)


class Session:
    """A question, its evaluation, and the proofs written for it."""

    def __init__(
        self, commitment: Commitment, evaluation: Evaluation, terms: Terms, question: Sequence[Clause] = ()
    ) -> None:
        self.commitment = commitment
        self.evaluation = evaluation
        self._terms = terms
        self._question = tuple(question)

    def attempt(self, avoid: Iterable[Atom] = ()) -> Attempt:
        """A new proof whose derivations do without the atoms *avoid*."""
        evidence = Evidence(self.commitment, self._question)
        return Attempt(self, evidence, Derivations(self.evaluation, dict.fromkeys(avoid)))

    def goal(self, goals: list[Goal]) -> Goal:
        """The goal document for *goals*."""
        question = [clause.json() for clause in self._question]
        defaults, grade = list(self._terms.defaults), self._terms.grade
        return {"assumptions": [], "defaults": defaults, "goals": goals, "grade": grade, "question": question}

    def is_closed(self, table: Table) -> bool:
        """Whether everything a closure of *table* consults is closed."""
        seen: dict[Table, None] = {}
        todo = [table]
        while todo:
            member = todo.pop()
            member = member.source or member
            if member in seen:
                continue
            seen[member] = None
            if member.predicate[0] != "?" and not self.commitment.is_closed(member.predicate):
                return False
            if member.adorned.has_nulls:
                return False
            todo += [*member.calls, *member.totals]
        return True


class Attempt:
    """One attempt at a proof."""

    def __init__(self, session: Session, evidence: Evidence, derivations: Derivations) -> None:
        self._session = session
        self._evidence = evidence
        self._plan = Plan(evidence, derivations)

    def holds(self, *atoms: Atom) -> list[Step]:
        """Steps that show *atoms*."""
        self._plan.write(holds=atoms)
        return [self._plan.holds(atom) for atom in atoms]

    def closed(self, *tables: Table) -> list[Step]:
        """Steps that close *tables*."""
        self._plan.write(closed=tables)
        return [self._plan.closed(table) for table in tables]

    def exact(self, table: Table) -> Step:
        """The step that closes *table* and proves all its answers."""
        self._plan.write(exact=(table,))
        return self._plan.exact(table)

    def contested(self, atom: Atom) -> Step:
        """The step that shows *atom* and its complement."""
        return Step("contested", self.holds(atom, negate(atom)))

    def uncontested(self, step: Step) -> Step:
        """The step that nothing *step* rests on is contested. Fails when: something is (`Contested`)."""
        commitment, evidence = self._session.commitment, self._evidence
        complements = [negate(atom) for atom in shown(step) if atom[0][0] != "?"]
        consulted = [atom for atom in complements if commitment.has_leaf(atom[0])]
        for atom in complements:
            evidence.look_up(atom[0])
        tables = self._session.evaluation.ask(*consulted)
        # what excludes a contest may itself be contested: nothing that is shown rests on it
        self._plan.derivations = Derivations(self._session.evaluation)
        found = [negate(atom) for atom, table in zip(consulted, tables, strict=True) if table.delivered]
        if found:
            raise Contested(found)
        evidence.consult([atom[0] for atom in complements])
        steps = {id(each): each for each in self.closed(*tables)}
        return Step("uncontested", (evidence.theory, step, *steps.values()))

    def each(self, body: Sequence[Atom], head: Atom, instance: Atom) -> Step:
        """The step that *head* follows from *body*, for its instance on eigen symbols."""
        step = self.holds(instance)[0]
        if self._session.commitment.pending:
            raise Blocked(self._session.commitment.pending)
        return Step("each", (self._evidence.theory, step), body=list(body), head=head)

    def conclude(self, goals: list[Goal], steps: Sequence[Step]) -> Shown:
        """The proof of *goals* by *steps*."""
        return Shown(self._session.goal(goals), self._evidence.proof(steps))


def undisputed(session: Session, atom: Atom) -> tuple[Attempt, Step]:
    """A proof of *atom* resting on nothing contested, if need be by another derivation.

    Fails when: there is none; then `Contested` names what the smallest derivation rests on.
    """
    avoid: dict[Atom, None] = {}
    first: Contested | None = None
    while True:
        attempt = session.attempt(avoid)
        try:
            return attempt, attempt.uncontested(attempt.holds(atom)[0])
        except Contested as contested:
            first = first or contested
            if all(each in avoid for each in contested.atoms):
                raise first from None
            avoid.update(dict.fromkeys(contested.atoms))
        except NotDerived:
            if first is None:
                raise
            raise first from None


def plain(atom: Atom) -> bool:
    """Whether the arguments of an answer are all known by name."""
    return not any(map(is_opaque, atom[1]))

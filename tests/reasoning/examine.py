"""Everything that is asked of one program: its model, and a checked proof for what is and what is not in it."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable

import naive
from programs import RandomProgram

from quod.kernel.canonical import canonical
from quod.kernel.check import check
from quod.kernel.values import Clause, negate, variable
from quod.knowledge.commitments import CommittedRelation, TheoryCommitment
from quod.reasoning import Evaluation, Finding, Program, Prover, Shown

NOW = "2026-11-24"


class Subject:
    """A program under examination."""

    def __init__(self, program: RandomProgram) -> None:
        self.program = program
        relations = {
            name: CommittedRelation([f"c{at}" for at in range(int(name[-1]))], rows, orders=_orders(int(name[-1])))
            for name, rows in program.relations.items()
        }
        closed = list(program.closed)
        self.commitment = TheoryCommitment(program.clauses, relations, closed)
        self.context = canonical(self.commitment.context(NOW))
        self.compiled = Program(program.clauses, now=NOW)
        self.prover = Prover(self.commitment, self.compiled)
        rows = [Clause((name, row)) for name, table in program.relations.items() for row in table]
        self.given = [*program.clauses, *rows]
        self.model = naive.model(self.given)
        self.contested = {atom for atom in self.model if negate(atom) in self.model}
        self.clean = naive.model(self.given, self.contested) if self.contested else self.model

    def evaluate(self, *atoms):
        evaluation = Evaluation(self.compiled, source=self.commitment)
        return [
            {(atom[0], answer[0]) for answer in table.delivered}
            for atom, table in zip(atoms, evaluation.ask(*atoms), strict=True)
        ]

    def check(self, shown: Shown):
        return check(canonical(shown.proof), self.context, canonical(shown.goal))

    def accepted(self, shown: Shown | None) -> None:
        assert shown is not None
        result = self.check(shown)
        assert result.accepted, (str(result), shown)


def _orders(arity: int) -> list[tuple[int, ...]]:
    return [tuple(reversed(range(arity)))]


def models_agree(subject: Subject, atoms: Iterable) -> None:
    """The engine's tables are the model, for free, partly bound and ground calls, alone and together."""
    predicates = dict.fromkeys([each.head[0] for each in subject.given] + [atom[0] for atom in subject.program.atoms])
    free = [(name, tuple(variable(f"V{at}") for at in range(int(name.rpartition("/")[2])))) for name in predicates]
    for pattern, found in zip(free, subject.evaluate(*free), strict=True):
        assert found == {atom for atom in subject.model if atom[0] == pattern[0]}, pattern
    calls = []
    for name, args in atoms:
        for bound in range(1 << min(len(args), 3)):
            call = tuple(arg if bound >> at & 1 else variable(f"V{at}") for at, arg in enumerate(args))
            calls.append((name, call))
            assert subject.evaluate(calls[-1])[0] == matching(subject.model, calls[-1]), calls[-1]
    for call, found in zip(calls, subject.evaluate(*calls), strict=True):
        assert found == matching(subject.model, call), call


def matching(model, call):
    return {
        atom
        for atom in model
        if atom[0] == call[0]
        and all(arg[0] == "v" or arg == value for arg, value in zip(call[1], atom[1], strict=True))
    }


def expected(subject: Subject, atom) -> set[str]:
    """The verdicts that are right for *atom*, by the definitions of design §5."""
    yes, no = atom in subject.model, negate(atom) in subject.model
    if yes and no:
        return {"conflict"}
    if not yes and not no:
        return {"unknown", "refuted", "proved"}
    verdict = "proved" if yes else "refuted"
    if (atom if yes else negate(atom)) not in subject.clean:
        return {"conflict"}
    # a closure the proof needs may itself rest on something contested
    return {verdict, "conflict"} if subject.contested else {verdict}


def verdict_is_right(subject: Subject, atom) -> Finding:
    finding = subject.prover.verdict(atom)
    assert finding.verdict in expected(subject, atom), (finding.verdict, atom)
    subject.accepted(finding.shown)
    if finding.verdict == "conflict":
        assert finding.contested in subject.contested
    if finding.closed:
        assert finding.shown is not None
        assert finding.shown.goal["goals"][0]["kind"] == "refuted"
    holds = subject.prover.holds(atom)
    assert (holds is not None) == (atom in subject.model)
    if holds is not None:
        subject.accepted(holds)
    return finding


def lies_are_rejected(subject: Subject, atom) -> Counter:
    """Closures from which a derivable atom was struck out, with the goal that it is not derivable."""
    kinds: Counter = Counter()
    for pattern in (atom, (atom[0], tuple(variable(f"V{at}") for at in range(len(atom[1]))))):
        shown = closure(subject, pattern)
        proof = copy.deepcopy(shown.proof)
        for step in proof["steps"]:
            if step["by"] == "tables":
                step["answers"] = [[each for each in listed if each != atom] for listed in step["answers"]]
        goal = {**shown.goal, "goals": [{"atom": atom, "kind": "not_derivable"}]}
        result = check(canonical(proof), subject.context, canonical(goal))
        assert not result.accepted, atom
        kinds[result.kind] += 1
    return kinds


def closure(subject: Subject, pattern) -> Shown:
    """A true closure of *pattern* that lists its answers."""
    session = subject.prover._session(subject.compiled)
    table = session.evaluation.ask(pattern)[0]
    attempt = session.attempt()
    return attempt.conclude([{"atom": pattern, "kind": "not_derivable"}], attempt.closed(table))


def question_is_right(subject: Subject, clause: Clause) -> None:
    """A *which* question: exactly the bindings of its body in the model."""
    wanted = naive.model([*subject.given, clause]) - subject.model
    finding = subject.prover.which((clause,))
    assert set(finding.answers) == wanted or finding.verdict == "conflict"
    subject.accepted(finding.shown)
    some = Clause(("?/0", ()), clause.body)
    found = subject.prover.some((some,))
    assert found.verdict in ({"proved", "conflict"} if wanted else {"unknown", "refuted"})
    subject.accepted(found.shown)


def questions(program: RandomProgram) -> list[Clause]:
    """Rules turned into questions."""
    asked = []
    for clause in program.clauses:
        if clause.body:
            args = tuple(dict.fromkeys(arg for arg in clause.head[1] if arg[0] == "v" or arg[0] == "f"))
            asked.append(Clause((f"?/{len(args)}", args), clause.body))
    return asked

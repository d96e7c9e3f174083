"""Small theories in logic notation, with a prover and the kernel's opinion."""

from __future__ import annotations

from quod.kernel.canonical import canonical
from quod.kernel.check import Report, check
from quod.kernel.values import Atom, Clause, Pending
from quod.knowledge.commitments import CommittedRelation, TheoryCommitment
from quod.knowledge.logic import Declaration, parse_logic
from quod.knowledge.readings import Question
from quod.reasoning import Evaluation, Finding, Program, Prover, Shown


class World:
    """A theory: clauses and ``closed`` declarations in *text*, relations, pending sentences."""

    def __init__(
        self,
        text: str,
        relations: dict[str, CommittedRelation] | None = None,
        pending: tuple[Pending, ...] = (),
        now: str = "2026-11-24",
        **options: object,
    ) -> None:
        items = [item.value for item in parse_logic(text)]
        self.clauses = tuple(item for item in items if isinstance(item, Clause))
        closed = [item.predicate for item in items if isinstance(item, Declaration) and item.kind == "closed"]
        self.commitment = TheoryCommitment(self.clauses, relations, closed, pending)
        self.context = canonical(self.commitment.context(now))
        self.program = Program(self.clauses, now=now)
        self.prover = Prover(self.commitment, self.program, **options)

    def verdict(self, text: str) -> Finding:
        return self.checked(self.prover.verdict(atom(text)))

    def which(self, text: str) -> Finding:
        return self.checked(self.prover.which(question(text).clauses))

    def some(self, text: str) -> Finding:
        return self.checked(self.prover.some(question(text).clauses))

    def each(self, text: str) -> Finding:
        asked = question(text)
        assert asked.head is not None
        return self.checked(self.prover.each([(name, args) for _, name, args in asked.body], asked.head))

    def answers(self, text: str) -> list[str]:
        """The terms of one-place answers of a call, in the order found."""
        evaluation = Evaluation(self.program, source=self.commitment)
        return [" ".join(arg[1] for arg in answer[0]) for answer in evaluation.ask(atom(text))[0].delivered]

    def report(self, shown: Shown) -> Report:
        result = check(canonical(shown.proof), self.context, canonical(shown.goal))
        assert isinstance(result, Report), str(result)
        return result

    def checked(self, finding: Finding) -> Finding:
        for shown in (finding.shown, finding.tentative):
            if shown is not None:
                self.report(shown)
        return finding


def atom(text: str) -> Atom:
    """An atom; capitals are variables."""
    (item,) = parse_logic(f"{text} :- true_.")
    assert isinstance(item.value, Clause)
    return item.value.head


def question(text: str) -> Question:
    """A question in logic notation."""
    (item,) = parse_logic(text)
    assert isinstance(item.value, Question)
    return item.value


def sentences(shown: Shown) -> set[str]:
    """The clauses of the theory that the steps of a proof apply."""
    steps = shown.proof["steps"]
    applied = [steps[int(step["premises"][0])] for step in steps if step["by"] == "apply"]
    return {step["clause"]["sentence"] for step in applied if step["by"] == "clause"}

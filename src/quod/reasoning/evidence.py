"""The evidence of one proof: what it opens of the theory, each part once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quod.kernel.errors import QuodError
from quod.kernel.values import Atom, Clause, Pending
from quod.reasoning.evaluation import Fetched
from quod.reasoning.ports import Commitment
from quod.reasoning.program import Args
from quod.reasoning.steps import Document, Step, document


class Blocked(QuodError):
    """Pending sentences bear on what a closure has to consult; `pending` are they."""

    code = "pending_sentence"

    def __init__(self, pending: Sequence[Pending]) -> None:
        super().__init__(
            "A sentence that deduction does not use could bear on this.", remedy="rewrite it, or mark it a note"
        )
        self.pending = tuple(pending)


class Evidence:
    """Steps that take something from the theory or the question."""

    def __init__(self, commitment: Commitment, question: Sequence[Clause] = ()) -> None:
        self.commitment = commitment
        self.question = tuple(question)
        pending = [each.json() for each in commitment.pending]
        self.theory = Step("theory", (), pending=pending, tree=[])
        self._opened: dict[str, None] = {}
        self._clauses: dict[Clause, Step] = {}
        self._rows: dict[Fetched, Step] = {}

    def look_up(self, predicate: str) -> None:
        """Have the theory opened at *predicate*."""
        self._opened[predicate] = None

    def clauses(self, predicate: str) -> Sequence[Clause]:
        """All clauses of *predicate*, as the checker numbers them."""
        if predicate[0] == "?":
            return [clause for clause in self.question if clause.head[0] == predicate]
        return self.commitment.clauses(predicate)

    def clause(self, clause: Clause) -> Step:
        """The step that states *clause*."""
        step = self._clauses.get(clause)
        if step is None:
            if clause.head[0][0] == "?":
                step = Step("ask", (), index=str(self.question.index(clause)))
            else:
                self.look_up(clause.head[0])
                step = Step("clause", (self.theory,), clause=clause.json())
            self._clauses[clause] = step
        return step

    def rows(self, fetched: Fetched) -> Step:
        """The step that shows all rows under a prefix."""
        step = self._rows.get(fetched)
        if step is None:
            name, index, prefix = fetched.predicate, fetched.index, fetched.prefix
            self.look_up(name)
            tree = list(self.commitment.open_rows(name, index, prefix))
            step = Step("rows", (self.theory,), index=str(index), predicate=name, prefix=prefix, tree=tree)
            self._rows[fetched] = step
        return step

    def row(self, fetched: Fetched, args: Args) -> Step:
        """The step that shows one row to hold."""
        return Step("row", (self.rows(fetched),), (fetched.predicate, args), args=args)

    def only_rows(self, fetched: Fetched | None) -> bool:
        """Whether rows alone are a table: the predicate has no clauses."""
        return fetched is not None and not self.clauses(fetched.predicate)

    def consult(self, predicates: Iterable[str]) -> None:
        """Fails when: a pending sentence could bear on one of *predicates* (`Blocked`)."""
        if self.commitment.pending:
            names = {"*", *predicates}
            found = [each for each in self.commitment.pending if not names.isdisjoint(each.bears)]
            if found:
                raise Blocked(found)

    def proof(self, goals: Iterable[Step]) -> Document:
        """The proof that concludes *goals*."""
        self.theory.fields["tree"] = list(self.commitment.open(self._opened))
        return document(goals)


def assume(atom: Atom) -> Step:
    """The step that assumes *atom*."""
    return Step("assume", (), atom, atom=atom)

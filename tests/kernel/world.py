"""Small worlds for the kernel's tests: a theory with its digest and openings, and proofs about it.

A `World` commits to clauses, relations and pending sentences; a `Proof` writes steps. Nothing here is careful: a test
may ask for any step, and the kernel has to say no.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import notation

from quod.kernel.canonical import canonical, digest, unspell
from quod.kernel.check import Report, check
from quod.kernel.commit import cell_digest, cell_key, clause_digest, predicate_key, row_key, theory_digest
from quod.kernel.rejection import Rejection
from quod.kernel.tree import Tree
from quod.kernel.values import Atom, Clause, Pending, Term

SALT = "0123456789abcdef"


def plain(value: Any) -> Any:
    """Tuples as lists: what the JSON parser would give."""
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return {key: plain(each) for key, each in value.items()} if isinstance(value, dict) else value


def term(value: Any) -> Term:
    return notation.term(value) if isinstance(value, str) else value


def atom(value: Any) -> Atom:
    return notation.atom(value) if isinstance(value, str) else value


def private(value: Any, salt: str = SALT) -> Term:
    return ("h", cell_digest(salt, term(value)))


class Relation:
    """A committed table; *orders* as text, ``"10"`` for the second column first."""

    def __init__(
        self, rows: Iterable[Sequence[Any]], width: int, orders: Sequence[str] = (), private: Sequence[int] = ()
    ) -> None:
        self.rows = [tuple(map(term, row)) for row in rows]
        self.orders = [tuple(map(int, order)) for order in orders] or [tuple(range(width))]
        self.leaves = [sorted((row_key(row, order), row) for row in self.rows) for order in self.orders]
        self.trees = [Tree(key for key, _ in leaves) for leaves in self.leaves]
        self.json = {
            "columns": [f"c{column}" for column in range(width)],
            "count": str(len(self.rows)),
            "indexes": [
                [list(map(str, order)), tree.root] for order, tree in zip(self.orders, self.trees, strict=True)
            ],
            "key": ["0"] if width else [],
            "private": list(map(str, private)),
        }
        self.digest = digest("relation", self.json)

    def open(self, prefix: Sequence[Term] = (), index: int = 0) -> list[Any]:
        leaves = self.leaves[index]
        items = self.trees[index].open([b"".join(map(cell_key, prefix))])
        return [["r", plain(leaves[item][1])] if isinstance(item, int) else list(item) for item in items]


class World:
    """Clauses (as text or `Clause`), relations by predicate, closed predicates and pending sentences."""

    def __init__(
        self,
        *clauses: str | Clause,
        relations: dict[str, Relation] | None = None,
        closed: Sequence[str] = (),
        pending: Sequence[Pending] = (),
    ) -> None:
        self.clauses = [notation.clause(each) if isinstance(each, str) else each for each in clauses]
        self.relations = relations or {}
        self.closed = tuple(closed)
        self.pending = sorted(pending, key=lambda each: canonical(each.json()))
        names = {*self.relations, *closed, *(each.head[0] for each in self.clauses)}
        self.leaves: dict[str, Any] = {name: self._leaf(name) for name in sorted(names)}
        self.names = sorted(self.leaves, key=predicate_key)
        self.tree = Tree(
            [predicate_key(name) for name in self.names],
            [unspell(digest("predicate", self.leaves[name])) for name in self.names],
        )
        self.digest = theory_digest(self.tree.root, self.pending)

    def _leaf(self, name: str) -> Any:
        found = {clause_digest(each) for each in self.clauses if each.head[0] == name}
        relation = self.relations.get(name)
        closed = "yes" if name in self.closed else "no"
        return {"clauses": sorted(found), "closed": closed, "relation": relation.json if relation else ""}

    def open(self, *names: str) -> list[Any]:
        """The opening at *names*, or the whole map."""
        items = self.tree.open(map(predicate_key, names) if names else [b""])
        return [
            ["l", self.names[item], self.leaves[self.names[item]]] if isinstance(item, int) else list(item)
            for item in items
        ]

    def clause(self, source: str) -> Clause:
        """The clause whose sentence is, or starts with, *source*."""
        exact = [each for each in self.clauses if each.sentence == source]
        return (exact or [each for each in self.clauses if each.sentence.startswith(source)])[0]

    def context(self, fuel: int = 100_000, now: str = "2026-03-01", roots: Any = None) -> dict[str, Any]:
        vouched = [[each.digest, "proved"] for each in self.relations.values()] if roots is None else roots
        return {"fuel": str(fuel), "now": now, "roots": vouched, "theory": self.digest}


@dataclass(eq=False)
class Step:
    by: str
    premises: list[Step]
    fields: dict[str, Any] = field(default_factory=dict)


class Proof:
    """Steps about a world; *question* clauses belong to the goal."""

    def __init__(self, world: World, question: Sequence[str | Clause] = (), opened: Sequence[str] = ()) -> None:
        self.world = world
        self.question = [notation.clause(each) if isinstance(each, str) else each for each in question]
        self.theory = Step(
            "theory", [], {"pending": [each.json() for each in world.pending], "tree": world.open(*opened)}
        )
        self._clauses: dict[Any, Step] = {}

    def step(self, by: str, *premises: Step, **fields: Any) -> Step:
        return Step(by, list(premises), {name: plain(value) for name, value in fields.items()})

    def clause(self, source: str | Clause) -> Step:
        found = self.world.clause(source) if isinstance(source, str) else source
        if found not in self._clauses:
            self._clauses[found] = self.step("clause", self.theory, clause=found.json())
        return self._clauses[found]

    def ask(self, index: int = 0) -> Step:
        return self.step("ask", index=str(index))

    def rows(self, name: str, *prefix: Any, index: int = 0, tree: Any = None) -> Step:
        cells = tuple(map(term, prefix))
        opened = self.world.relations[name].open(cells, index) if tree is None else tree
        return self.step("rows", self.theory, index=str(index), predicate=name, prefix=cells, tree=opened)

    def row(self, rows: Step, *args: Any) -> Step:
        return self.step("row", rows, args=tuple(map(term, args)))

    def reveal(self, holds: Step, column: int, value: Any, salt: str = SALT) -> Step:
        return self.step("reveal", holds, column=str(column), salt=salt, value=term(value))

    def assume(self, value: Any) -> Step:
        return self.step("assume", atom=atom(value))

    def claim(self, value: Any, model: str = "m", probability: str = "1/2") -> Step:
        return self.step("claim", atom=atom(value), model=model, probability=["n", probability])

    def apply(self, stated: Step | str, bindings: str = "", *premises: Step) -> Step:
        """*bindings* as ``"X=a Y=b"``."""
        pairs = [pair.partition("=")[::2] for pair in bindings.split()]
        bound = sorted(([name, term(value)] for name, value in pairs), key=lambda pair: str(pair[0]).encode())
        clause = self.clause(stated) if isinstance(stated, str) else stated
        return self.step("apply", clause, *premises, bindings=bound)

    def tables(self, listed: dict[str, Sequence[Any]], *premises: Step | str, orders: Any = ()) -> Step:
        """Patterns with their answers; clauses may be named by their text."""
        given = [self.clause(each) if isinstance(each, str) else each for each in premises]
        answers = [[atom(each) for each in found] for found in listed.values()]
        return self.step(
            "tables", self.theory, *given, answers=answers, orders=orders, patterns=list(map(atom, listed))
        )

    def everything(self, listed: dict[str, Sequence[Any]], *more: Step, orders: Any = ()) -> Step:
        """`tables` with all clauses of the predicates of the patterns as premises."""
        names = {atom(pattern)[0] for pattern in listed}
        given = [self.clause(each) for each in self.world.clauses if each.head[0] in names]
        asked = [self.ask(at) for at, each in enumerate(self.question) if each.head[0] in names]
        return self.tables(listed, *given, *asked, *more, orders=orders)

    def exact(self, table: Step, *proofs: Step) -> Step:
        return self.step("exact", table, *proofs)

    def uncontested(self, shown: Step, *tables: Step) -> Step:
        return self.step("uncontested", self.theory, shown, *tables)

    def document(self, *shown: Step) -> dict[str, Any]:
        """The proof whose last step concludes *shown*."""
        order: list[Step] = []
        where: dict[int, str] = {}

        def visit(step: Step) -> None:
            if id(step) not in where:
                for premise in step.premises:
                    visit(premise)
                where[id(step)] = str(len(order))
                order.append(step)

        visit(Step("conclude", list(shown)))
        steps = [
            {"by": step.by, "premises": [where[id(each)] for each in step.premises], **step.fields} for step in order
        ]
        return {"quod": "1", "steps": steps}

    def goal(
        self,
        *goals: dict[str, Any],
        assumptions: Sequence[Any] = (),
        defaults: Sequence[str] = ("*",),
        grade: str = "claimed",
    ) -> dict[str, Any]:
        return plain(
            {
                "assumptions": [atom(each) for each in assumptions],
                "defaults": defaults,
                "goals": goals,
                "grade": grade,
                "question": [each.json() for each in self.question],
            }
        )


def holds(value: Any, kind: str = "holds") -> dict[str, Any]:
    return {"atom": atom(value), "kind": kind}


def exactly(pattern: Any, answers: Sequence[Any], closed: str = "no") -> dict[str, Any]:
    return {"answers": list(map(atom, answers)), "closed": closed, "kind": "exactly", "pattern": atom(pattern)}


def for_each(body: Sequence[Any], head: Any) -> dict[str, Any]:
    return {"body": list(map(atom, body)), "head": atom(head), "kind": "each"}


def run(
    proof: Proof,
    shown: Sequence[Step] | Step,
    *goals: dict[str, Any],
    context: dict[str, Any] | None = None,
    **options: Any,
) -> Report | Rejection:
    """Check the proof that concludes *shown*, one step for each goal."""
    last = [shown] if isinstance(shown, Step) else shown
    stated = proof.world.context() if context is None else context
    return check(canonical(proof.document(*last)), canonical(stated), canonical(proof.goal(*goals, **options)))


def kind(outcome: Report | Rejection) -> str:
    """``""`` for an accepted proof, otherwise the kind of the rejection."""
    return outcome.kind if isinstance(outcome, Rejection) else ""


def pretty(value: Any) -> str:
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False)


def root_of(keys: Iterable[bytes]) -> str:
    return Tree(sorted(set(keys))).root

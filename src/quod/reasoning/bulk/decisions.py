"""Decisions for all cases at once: one row for each, and the cases that have to be decided one by one.

A case goes to the prover if a computation that bears on it is outside its domain, if something that bears on it is
contested, or if nothing shows it and only the prover can say whether what it would consult is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from quod.kernel.values import Atom, Clause, Term, complement, holds, variable
from quod.reasoning.bulk.cases import CaseAnalysis, reach
from quod.reasoning.bulk.cells import Value, equal, literal_value
from quod.reasoning.bulk.engine import SqlEngine
from quod.reasoning.bulk.program import BulkProgram
from quod.reasoning.bulk.showing import shown
from quod.reasoning.bulk.tables import Stored

#: The variable that stands for the case in a question.
CASE = "Case"


@dataclass(frozen=True)
class CaseQuestion:
    """A question about each case: an ``atom`` to be judged, or ``clauses`` for the values to be found.

    Both have the variable `CASE`; the heads of the clauses are a question predicate with it as first argument.
    """

    atom: Atom | None = None
    clauses: tuple[Clause, ...] = ()

    @property
    def root(self) -> str:
        """The predicate that is decided."""
        return self.atom[0] if self.atom is not None else self.clauses[0].head[0]


@dataclass(frozen=True)
class Scope:
    """The relation of the cases: its predicate, which argument is the key, and the SQL table .

    ``row`` is SQL for the number of the row ``{0}`` in its file.
    """

    predicate: str
    key: int
    stored: Stored
    row: str = "{0}.row"

    def column(self, alias: str) -> Value:
        """The key in the row called *alias*."""
        return self.stored.places[self.key].value(alias, self.key)


class BulkDecisions:
    """The decisions of one question for all cases; ``table`` has row, key, decision and value (both as text).

    An empty decision is one the prover has to make; if cases are not ``independent``, a bad row could bear on others.
    """

    def __init__(
        self,
        engine: SqlEngine,
        clauses: Sequence[Clause],
        tables: dict[str, Stored],
        scope: Scope,
        question: CaseQuestion,
        closed: Collection[str],
        progress: Callable[[str], object] = lambda predicate: None,
    ) -> None:
        self.engine = engine
        self.table = engine.name()
        self._scope = scope
        self._question = question
        asked = [self._restricted(clause) for clause in question.clauses]
        consulted = reach([question.root], [*clauses, *asked])
        evaluated = reach([question.root], [*clauses, *asked], contests=True)
        if question.atom is not None:
            evaluated = reach([question.root, complement(question.root)], clauses, contests=True)
        self.evaluated = evaluated
        wanted = [clause for clause in (*clauses, *asked) if clause.head[0] in evaluated]
        at = 0 if question.atom is None else question.atom[1].index(variable(CASE))
        self.analysis = CaseAnalysis(wanted, tables, scope.predicate, scope.key, (question.root, at))
        self.independent = self.analysis.independent
        self.is_closed = all(name in closed or name[0] == "?" for name in consulted)
        self._root_closed = question.root[0] == "?" or question.root in closed
        self._complement_closed = question.root[0] == "~" and complement(question.root) in closed
        self.program = BulkProgram(
            engine, wanted, kept=[question.root], cases=self.analysis.variable, progress=progress
        )
        for name in evaluated:
            if name in tables:
                self.program.add_table(name, tables[name])

    def _restricted(self, clause: Clause) -> Clause:
        """*clause* for the cases only."""
        args: list[Term] = [variable(f"_case{at}") for at in range(len(self._scope.stored.places))]
        args[self._scope.key] = variable(CASE)
        return clause._replace(body=(holds((self._scope.predicate, tuple(args))), *clause.body))

    # --- deciding -----------------------------------------------------------------------------------------------------

    def decide(self) -> None:
        """Make ``table``. Fails when: the rules have no exact SQL (`NotInBulk`)."""
        self.program.evaluate()
        marked = self._marked()
        key = self._scope.column("c")
        yes, value = self._answers()
        columns = f"{self._scope.row.format('c')} AS row, {shown(key)} AS key"
        joins = f"FROM {self._scope.stored.table} c"
        joins += f" LEFT JOIN ({yes}) y ON {equal(key, self._scope.column('y'))}" if yes else ""
        no = self._refuted() if self._question.atom is not None else ""
        joins += f" LEFT JOIN ({no}) n ON {equal(key, self._scope.column('n'))}" if no else ""
        some = "y.found IS NOT NULL" if yes else "false"
        refuted = "n.found IS NOT NULL" if no else "false"
        decided = f"CASE WHEN {some} AND {refuted} THEN 'conflict' WHEN {some} THEN 'proved' "
        decided += f"WHEN {refuted} THEN 'refuted' ELSE {self._otherwise()} END"
        if marked == "all":
            decided = "''"
        elif marked:
            joins += f" LEFT JOIN ({marked}) m ON {equal(key, self._scope.column('m'))}"
            decided = f"CASE WHEN m.found IS NOT NULL THEN '' ELSE {decided} END"
        shown_value = f"coalesce({value}, '')" if value else "''"
        self.program.create(self.table, f"SELECT {columns}, {decided} AS decision, {shown_value} AS value {joins}")

    def _otherwise(self) -> str:
        """The decision where nothing is shown: refuted if all that is consulted is closed."""
        if self._complement_closed:
            return "''"
        if not self._root_closed:
            return "'unknown'"
        return "'refuted'" if self.is_closed else "''"

    def _answers(self) -> tuple[str, str]:
        """A query for the cases that are shown, and SQL for the values found for them."""
        stored = self.program.tables.get(self._question.root)
        if self._question.atom is not None:
            return self._keys(stored, self._question.atom), ""
        if stored is None:
            return "", ""
        if len(stored.places) == 1:
            return self._keys(stored, (self._question.root, (variable(CASE),))), ""
        parts = [shown(place.value("t", at)) for at, place in enumerate(stored.places) if at]
        text = " || ', ' || ".join(parts)
        key = self._renamed(stored, 0)
        names = ", ".join(str(at + 1) for at in range(len(self._key_columns())))
        sql = f"SELECT {key}, string_agg({text}, '; ' ORDER BY {text}) AS value, true AS found FROM {stored.table} t"
        return f"{sql} GROUP BY {names}", "y.value"

    def _refuted(self) -> str:
        atom = self._question.atom
        if atom is None:
            return ""
        return self._keys(self.program.tables.get(complement(atom[0])), atom)

    def _keys(self, stored: Stored | None, atom: Atom) -> str:
        """A query for the cases for which *stored* has the *atom*."""
        if stored is None:
            return ""
        at = atom[1].index(variable(CASE))
        conditions: list[str] = []
        for place, arg in enumerate(atom[1]):
            if arg[0] != "v":
                conditions.append(equal(stored.places[place].value("t", place), literal_value(arg)))
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        if stored.places[at].sort != self._scope.stored.places[self._scope.key].sort:
            return ""
        return f"SELECT DISTINCT {self._renamed(stored, at)}, true AS found FROM {stored.table} t{where}"

    def _key_columns(self) -> list[tuple[str, str]]:
        return self._scope.stored.places[self._scope.key].columns(self._scope.key)

    def _renamed(self, stored: Stored, at: int) -> str:
        """SQL for argument *at* of the row ``t``, in the columns of the key."""
        place = self._scope.stored.places[self._scope.key]
        cells = place.store(stored.places[at].value("t", at))
        return ", ".join(f"{sql} AS {name}" for sql, (name, _) in zip(cells, self._key_columns(), strict=True))

    # --- what the prover has to decide --------------------------------------------------------------------------------

    def _marked(self) -> str:
        """A query for the cases that are left to the prover; ``all``, or ``""`` if there are none."""
        found: list[str] = []
        for problem in self.program.problems:
            if not self.engine.rows(f"SELECT 1 FROM ({problem.sql}) p LIMIT 1"):
                continue
            if not (problem.of_case and self.independent):
                return "all"
            found.append(problem.sql)
        place = self._scope.stored.places[self._scope.key]
        names = [name for name, _ in place.columns(0)]
        wanted = [name for name, _ in self._key_columns()]
        marks = [f"SELECT {_as(names, wanted)} FROM ({sql}) p" for sql in found]
        for name in self.evaluated:
            contested = self._contested(name)
            if contested == "all":
                return "all"
            marks += [contested] if contested else []
        if not marks:
            return ""
        return f"SELECT DISTINCT *, true AS found FROM ({' UNION ALL '.join(marks)}) u"

    def _contested(self, name: str) -> str:
        """A query for the cases with a contested atom of *name*; ``all``, or ``""`` if there are none."""
        yes, no = self.program.tables.get(name), self.program.tables.get(complement(name))
        if name[0] in "~?" or yes is None or no is None:
            return ""
        pairs = zip(yes.places, no.places, strict=True)
        same = [equal(a.value("t", at), b.value("x", at)) for at, (a, b) in enumerate(pairs)]
        joined = f"FROM {yes.table} t, {no.table} x WHERE {' AND '.join(same) or 'true'}"
        if not self.engine.rows(f"SELECT 1 {joined} LIMIT 1"):
            return ""
        at = self.analysis.positions.get(name)
        if at is None or not self.independent:
            return "all"
        return f"SELECT {self._renamed(yes, at)} {joined}"


def _as(names: Sequence[str], wanted: Sequence[str]) -> str:
    return ", ".join(f"{name} AS {other}" for name, other in zip(names, wanted, strict=True))

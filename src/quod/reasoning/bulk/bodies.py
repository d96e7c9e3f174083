"""Bodies of rules as the FROM and WHERE of a query, built literal by literal as their variables become bound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from quod.kernel.values import Clause, Literal, Term
from quod.knowledge.shape import literal_variables, term_variables
from quod.reasoning.bulk.cells import Place, Value, equal, literal_value, place_for
from quod.reasoning.bulk.functions import ALWAYS, compute, guard, is_test
from quod.reasoning.bulk.refusals import NotInBulk
from quod.reasoning.bulk.tables import Stored, Tables
from quod.reasoning.bulk.unfolding import absence


class Dead(Exception):
    """The body cannot be true: a predicate it needs has no rows."""


@dataclass(frozen=True)
class Problem:
    """A query for where a computation is outside its domain: the case concerned, or no column if any may be."""

    sql: str
    of_case: bool


@dataclass
class Body:
    """A body under construction. ``values`` are the variables bound so far; ``size`` bounds the number of ways."""

    tables: Tables
    case: str = ""
    names: Iterable[int] = field(default_factory=count)
    sources: list[str] = field(default_factory=list[str])
    conditions: list[str] = field(default_factory=list[str])
    values: dict[str, Value] = field(default_factory=dict[str, Value])
    problems: list[Problem] = field(default_factory=list[Problem])
    size: int = 1
    unfolds: Mapping[str, Clause] = field(default_factory=dict[str, Clause])
    rows: list[Literal] = field(default_factory=list[Literal])

    # --- queries ------------------------------------------------------------------------------------------------------

    def tail(self, *more: str) -> str:
        """FROM and WHERE."""
        conditions = [each for each in (*self.conditions, *more) if each != ALWAYS]
        where = " WHERE " + " AND ".join(f"({each})" for each in conditions) if conditions else ""
        return (" FROM " + ", ".join(self.sources) if self.sources else " FROM (SELECT 1 AS one) one") + where

    def alias(self, prefix: str = "t") -> str:
        """A new name."""
        return f"{prefix}{next(iter(self.names))}"

    def stage(self, names: Iterable[str] | None = None) -> None:
        """Make what is there one source, with columns for the variables *names* (all of them)."""
        alias = self.alias("s")
        kept = [name for name in (self.values if names is None else names) if name in self.values]
        places = {name: place_for([self.values[name]]) for name in kept}
        self.sources = [f"({self.selected(kept, places)}{self.tail()}) {alias}"]
        self.conditions = []
        self.values = {name: places[name].value(alias, at) for at, name in enumerate(kept)}

    def selected(self, names: Sequence[str], places: Mapping[str, Place], distinct: bool = False) -> str:
        """SELECT with columns for the variables *names*."""
        columns: list[str] = []
        for at, name in enumerate(names):
            stored = places[name].store(self.values[name])
            for sql, (column, _) in zip(stored, places[name].columns(at), strict=True):
                columns.append(f"{sql} AS {column}")
        return ("SELECT DISTINCT " if distinct else "SELECT ") + (", ".join(columns) or "1 AS one")

    # --- literals -----------------------------------------------------------------------------------------------------

    def positive(self, literal: Literal, table: str = "") -> None:
        """Join the rows of *literal*, or those of another *table* with the same columns."""
        stored = self.tables.get(literal[1])
        if stored is None:
            raise Dead
        alias = self.alias()
        self.rows.append(literal)
        self.sources.append(f"{table or stored.table} {alias}")
        self.conditions += self._matched(literal[2], stored, alias, bind=True)
        self.size *= max(stored.rows, 1)

    def negative(self, literal: Literal) -> None:
        """Keep the ways for which *literal* has no row."""
        stored = self.tables.get(literal[1])
        if stored is None:
            return
        rest = absence(literal, self.unfolds, self.rows, self.tables, self.alias("_u"))
        if rest is not None:
            self._none(rest)
            return
        alias = self.alias("a")
        conditions = self._matched(literal[2], stored, alias, bind=False)
        if "false" in conditions:
            return
        where = " WHERE " + " AND ".join(f"({each})" for each in conditions) if conditions else ""
        self.conditions.append(f"NOT EXISTS (SELECT 1 FROM {stored.table} {alias}{where})")

    def _none(self, literals: Sequence[Literal]) -> None:
        """Keep the ways for which *literals*, some of whose variables are bound here, cannot all be true."""
        inside = Body(self.tables, "", self.names, values=dict(self.values), unfolds=self.unfolds, rows=list(self.rows))
        try:
            for literal in literals:
                if literal[0] == "+":
                    inside.positive(literal)
            for literal in literals:
                if literal[0] == "c":
                    inside.computed(literal)
                elif literal[0] == "-":
                    inside.negative(literal)
        except Dead:
            return
        if inside.sources:
            self.conditions.append(f"NOT EXISTS (SELECT 1{inside.tail()})")
        else:
            self.conditions.append(f"NOT ({' AND '.join(f'({each})' for each in inside.conditions) or ALWAYS})")

    def _matched(self, args: Sequence[Term], stored: Stored, alias: str, bind: bool) -> list[str]:
        conditions: list[str] = []
        for at, arg in enumerate(args):
            cell = stored.places[at].value(alias, at)
            if arg[0] == "v" and arg[1] not in self.values and bind:
                self.values[arg[1]] = cell
            else:
                conditions.append(equal(cell, self.value(arg)))
        return conditions

    def value(self, term: Term) -> Value:
        """The value of a bound variable or a ground term."""
        if term[0] == "v":
            return self.values[term[1]]
        if term_variables(term):
            raise NotInBulk("a compound term with variables")
        return literal_value(term)

    def is_bound(self, term: Term) -> bool:
        """Whether all variables of *term* are bound."""
        return all(name in self.values for name in term_variables(term))

    def computed(self, literal: Literal) -> None:
        """Keep the ways for which a test is true; bind the result of a function."""
        _, op, args = literal
        if op == "eq":
            for result, other in (args, args[::-1]):
                if result[0] == "v" and not self.is_bound(result):
                    self.values[result[1]] = self.value(other)
                    return
        inputs = args if is_test(op) else args[:-1]
        found = compute(op, [self.value(arg) for arg in inputs], inputs)
        if found.outside:
            self.report(found.outside)
            self.conditions.append("false" if found.outside == ALWAYS else f"NOT ({found.outside})")
        if is_test(op):
            condition = found.condition
            if found.outside and found.outside != ALWAYS:
                condition = f"CASE WHEN {found.outside} THEN false ELSE {condition} END"
            self.conditions.append(condition)
        elif found.value is None:
            raise Dead
        else:
            self.result(args[-1], guard(found.value, found.outside))

    def result(self, term: Term, value: Value) -> None:
        """Bind *term* to *value*, or keep the ways for which they are equal."""
        if term[0] == "v" and term[1] not in self.values:
            self.values[term[1]] = value
            self.stage()
        else:
            self.conditions.append(equal(self.value(term), value))

    def report(self, outside: str) -> None:
        """Note where something is *outside* its domain, among the ways there are so far."""
        if self.case in self.values:
            places = {self.case: place_for([self.values[self.case]])}
            self.problems.append(Problem(self.selected([self.case], places, True) + self.tail(outside), True))
        else:
            self.problems.append(Problem(f"SELECT 1 AS one{self.tail(outside)} LIMIT 1", False))

    def is_ready(self, literal: Literal, outer: set[str]) -> bool:
        """Whether everything *literal* needs is bound."""
        if literal[0] == "-":
            return literal_variables(literal) <= self.values.keys()
        if literal[0] == "a":
            needed = term_variables(literal[3])
            for part in literal[4]:
                needed |= literal_variables(part)
            return needed & outer <= self.values.keys()
        if literal[1] == "eq" and any(self.is_bound(arg) for arg in literal[2]):
            return all(self.is_bound(arg) or arg[0] == "v" for arg in literal[2])
        inputs = literal[2] if is_test(literal[1]) else literal[2][:-1]
        return all(map(self.is_bound, inputs))

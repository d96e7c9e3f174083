"""Evaluation: goal-directed and tabled; every answer remembers the first way it was derived.

There is one table for each call: the predicate and its bound arguments. Whoever waits for answers of a table is
resumed with each, once; nothing is evaluated again. Absence and aggregates wait until the lowest stratum that is
waited for is complete, which it is when nothing else is left to do.

An answer is ``(args, table, how, bindings, premises)``: *how* is the `Rule`, or where the fact comes from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, TypeAlias

from quod.kernel.computation import evaluate
from quod.kernel.errors import QuodError
from quod.kernel.rejection import Rejection
from quod.kernel.values import Atom, Clause, Literal, Term
from quod.reasoning.aggregates import aggregate_value
from quod.reasoning.ports import RowSource
from quod.reasoning.program import Adorned, Args, Facts, Program

Answer: TypeAlias = tuple[Args, "Table", Any, Args, tuple[Any, ...]]
Aggregate: TypeAlias = tuple[Literal, tuple[str, ...]]
Continuation: TypeAlias = Callable[[Any, Any, Any], None]

FUEL = 2_000_000
TRUE = ("b", "true")


class OutOfFuel(QuodError):
    """The budget for answers tried is spent."""

    code = "out_of_fuel"


class Assumed:
    """Where an assumed atom comes from."""


ASSUMED = Assumed()


class Fetched:
    """Rows looked up in an index of a relation, all under one prefix."""

    __slots__ = ("index", "predicate", "prefix", "rows")

    def __init__(self, predicate: str, index: int, prefix: Args, rows: Sequence[Args]) -> None:
        self.predicate = predicate
        self.index = index
        self.prefix = prefix
        self.rows = rows


class Table:
    """A call, its answers and who waits for them.

    ``delivered`` are the answers all consumers have seen; ``calls`` the tables its rules consulted; ``denied`` the
    tables of absent literals that turned out present; ``totals`` the tables its aggregates ranged over; ``faults`` the
    computations outside their domain.
    """

    args: Args = ()
    denied: Collection[Table] = ()
    totals: Collection[Table] = ()
    faults: Collection[tuple[str, Args, str]] = ()
    source: Table | None = None
    fetched: Fetched | None = None
    views: dict[Adorned, tuple[dict[Any, list[Answer]], dict[Any, Table]]] | None = None

    def __init__(self, adorned: Adorned, key: Any) -> None:
        self.adorned = adorned
        self.key = key
        self.answers: dict[Args, Answer] = {}
        self.delivered: list[Answer] = []
        self.consumers: list[tuple[Continuation, Any]] = []
        self.calls: dict[Table, None] = {}

    @property
    def predicate(self) -> str:
        """The predicate called."""
        return self.adorned.predicate

    @property
    def pattern(self) -> Atom:
        """The call as a pattern: ground terms and distinct variables."""
        args = self.adorned.args_of(self.key)
        return (self.predicate, tuple([("v", f"X{at}") if arg is None else arg for at, arg in enumerate(args)]))


class Evaluation:
    """One evaluation of a program over its facts and *facts*; it can be asked for more and goes on from there.

    *facts* are ground clauses without body, *assumed* atoms; *source* has the rows of relations.
    *positive* evaluations never let an absent literal or an aggregate succeed: what they derive rests on neither.
    """

    def __init__(
        self,
        program: Program,
        facts: Iterable[Clause] = (),
        *,
        assumed: Iterable[Atom] = (),
        source: RowSource | None = None,
        fuel: int = FUEL,
        positive: bool = False,
    ) -> None:
        self.program = program
        self.source = source
        self.fuel = fuel
        self.positive = positive
        self.tables: defaultdict[Adorned, dict[Any, Table]] = defaultdict(dict)
        self.agenda: list[Answer] = []
        self.others: list[Answer] = []
        self._fresh: list[Table] = []
        self._opened = 0
        self._told = 0
        self._waiting: dict[int, list[tuple[Continuation, Any, Any]]] = {}
        self._fetched: dict[tuple[str, int, Args], Fetched] = {}
        self._facts = [program.facts] if program.facts.rows else []
        extra = Facts()
        extra.add_clauses(facts, program.now)
        for atom in assumed:
            extra.add(atom, ASSUMED)
        if extra.rows:
            self._facts.append(extra)

    # --- asking -----------------------------------------------------------------------------------------------

    def call(self, atom: Atom) -> Table:
        """The table for the call *atom* (ground terms and distinct variables), not yet evaluated."""
        adornment = "".join(["f" if arg[0] == "v" else "b" for arg in atom[1]])
        adorned = self.program.adorned(atom[0], adornment)
        key = adorned.key_of(atom[1])
        return self.tables[adorned].get(key) or self.open(adorned, key)

    def ask(self, *atoms: Atom) -> list[Table]:
        """The complete tables for the calls *atoms*."""
        found = [self.call(atom) for atom in atoms]
        self.run()
        return found

    def run(self) -> None:
        """Go on until every table is complete. Fails when: the fuel is spent (`OutOfFuel`)."""
        fresh, agenda = self._fresh, self.agenda
        while True:
            while self._opened < len(fresh):
                table = fresh[self._opened]
                self._opened += 1
                key = table.key
                for entry in table.adorned.entries:
                    entry(self, table, key)
            if self._told < len(agenda):
                answer = agenda[self._told]
                self._told += 1
                table = answer[1]
                consumers = table.consumers
                self.spend(1 + len(consumers))
                # those who come to wait meanwhile are resumed too: they have not seen this answer
                for consumer, env in consumers:
                    consumer(self, env, answer)
                table.delivered.append(answer)
                if table.views is not None:
                    self._project(table, answer)
            elif self._waiting:
                self._release()
            else:
                return

    def _release(self) -> None:
        """Resume what waits for the lowest stratum, now complete."""
        for continuation, env, waited in self._waiting.pop(min(self._waiting)):
            if isinstance(waited, Table):
                if waited.delivered:
                    _note(env[0], "denied", waited)
                else:
                    continuation(self, env, waited)
            else:
                self._total(continuation, env, *waited)

    # --- what generated code calls ----------------------------------------------------------------------------

    def spend(self, amount: int) -> None:
        """Count *amount* answers tried. Fails when: the fuel is spent (`OutOfFuel`)."""
        self.fuel -= amount
        if self.fuel < 0:
            raise OutOfFuel("The budget for this question is spent.", remedy="ask for more fuel or a narrower question")

    def open(self, adorned: Adorned, key: Any) -> Table:
        """A new table, with the facts and rows that match; a view where a more general table exists."""
        for general, key_in in adorned.generals:
            if general in self.tables:
                found = self.tables[general].get(key_in(key))
                if found is not None:
                    return self._view(found.source or found, adorned, key)
        table = Table(adorned, key)
        self.tables[adorned][key] = table
        if adorned.ground:
            table.args = args = (key,) if len(adorned.positions) == 1 else key
            for facts in self._facts:
                rows = facts.rows.get(adorned.predicate)
                if rows is not None and args in rows:
                    self._given(table, args, rows[args])
        else:
            answers, delivered = table.answers, table.delivered
            for facts in self._facts:
                for args, source in facts.matching(adorned, key):
                    if args not in answers:
                        answers[args] = answer = (args, table, source, (), ())
                        delivered.append(answer)
        if self.source is not None and self.source.has_relation(adorned.predicate):
            self._fetch(self.source, table)
        if adorned.derived:
            self._fresh.append(table)
        return table

    def absent(self, continuation: Continuation, env: Any, table: Table) -> None:
        """Go on if nothing is in *table*, once that is known."""
        if self.positive:
            return
        if table.delivered:
            _note(env[0], "denied", table)
        elif table.adorned.derived:
            self._waiting.setdefault(table.adorned.stratum, []).append((continuation, env, table))
        else:
            continuation(self, env, table)

    def gather(
        self, continuation: Continuation, env: Any, tables: tuple[Table, ...], aggregate: Aggregate, values: Args
    ) -> None:
        """Go on with the value of *aggregate* over *tables*, once they are complete."""
        if self.positive:
            return
        derived = [table.adorned.stratum for table in tables if table.adorned.derived]
        if derived:
            waiting = self._waiting.setdefault(max(derived), [])
            waiting.append((continuation, env, (tables, aggregate, values)))
        else:
            self._total(continuation, env, tables, aggregate, values)

    def _total(
        self, continuation: Continuation, env: Any, tables: tuple[Table, ...], aggregate: Aggregate, values: Args
    ) -> None:
        literal, names = aggregate
        owner = env[0]
        for table in tables:
            _note(owner, "totals", table)
        answers = [[answer[0] for answer in table.delivered] for table in tables]
        self.spend(sum(map(len, answers)))
        try:
            value = aggregate_value(literal, dict(zip(names, values, strict=True)), answers)
        except Rejection as rejection:
            _note(owner, "faults", (literal[1], values, rejection.kind))
            return
        if value is not None:
            continuation(self, env, (tables, value))

    def test(self, op: str, args: Args, table: Table) -> bool:
        """Whether a test is true; one outside its domain is noted at *table* and not true."""
        try:
            return evaluate(op, args) == TRUE
        except Rejection as rejection:
            _note(table, "faults", (op, args, rejection.kind))
            return False

    def compute(self, op: str, args: Args, table: Table) -> Term | None:
        """The result of a function; one outside its domain is noted at *table*, without result."""
        try:
            return evaluate(op, args)
        except Rejection as rejection:
            _note(table, "faults", (op, args, rejection.kind))
            return None

    # --- tables that are not evaluated by rules ---------------------------------------------------------------

    def _given(self, table: Table, args: Args, source: Any) -> None:
        if args not in table.answers:
            answer = (args, table, source, (), ())
            table.answers[args] = answer
            table.delivered.append(answer)

    def _fetch(self, source: RowSource, table: Table) -> None:
        """Put the rows that match the call of *table* into it."""
        adorned = table.adorned
        args = adorned.args_of(table.key)
        bound = {at: term for at, term in enumerate(args) if term is not None}
        index, prefix, rows = source.rows(adorned.predicate, bound)
        place = (adorned.predicate, index, tuple(prefix))
        fetched = self._fetched.get(place)
        if fetched is None:
            fetched = self._fetched[place] = Fetched(adorned.predicate, index, tuple(prefix), rows)
        table.fetched = fetched
        self.spend(len(fetched.rows))
        for row in fetched.rows:
            if adorned.key_of(row) == table.key:
                self._given(table, row, fetched)
            elif any(row[at] != term and "h" in (row[at][0], term[0]) for at, term in bound.items()):
                _note(table, "faults", ("eq", row, "not_comparable"))

    def _view(self, general: Table, adorned: Adorned, key: Any) -> Table:
        """The part of *general* that matches a more special call."""
        if general.views is None:
            general.views = {}
        if adorned not in general.views:
            parts: dict[Any, list[Answer]] = {}
            for answer in general.delivered:
                parts.setdefault(adorned.key_of(answer[0]), []).append(answer)
            general.views[adorned] = (parts, {})
        parts, views = general.views[adorned]
        view = Table(adorned, key)
        view.source = general
        view.delivered = parts.setdefault(key, [])
        views[key] = self.tables[adorned][key] = view
        return view

    def _project(self, table: Table, answer: Answer) -> None:
        """Hand an answer of *table* on to its views."""
        for adorned, (parts, views) in list((table.views or {}).items()):
            key = adorned.key_of(answer[0])
            view = views.get(key)
            if view is not None:
                self.fuel -= len(view.consumers)
                for consumer, env in view.consumers:
                    consumer(self, env, answer)
            parts.setdefault(key, []).append(answer)


def _note(table: Table, what: str, noted: Any) -> None:
    """Add to one of the collections of *table* that most tables do not have."""
    found: Any = getattr(table, what)
    if found:
        found[noted] = None
    else:
        setattr(table, what, {noted: None})

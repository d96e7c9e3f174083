"""Programs evaluated in bulk: component by component, each predicate a table.

A recursive component is a semi-naive loop (Bancilhon 1986): each round joins what the round before has added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from quod.kernel.values import Clause, Term, complement, is_ground
from quod.knowledge.shape import body_predicates
from quod.knowledge.strata import Dependencies
from quod.reasoning.bulk.bodies import Problem
from quod.reasoning.bulk.cells import Column, Place, Value, place_for, term_of
from quod.reasoning.bulk.engine import EXACT, Inexact, SqlEngine
from quod.reasoning.bulk.numbers import Rational
from quod.reasoning.bulk.refusals import NotInBulk
from quod.reasoning.bulk.rules import Query, problems, query
from quod.reasoning.bulk.tables import Stored
from quod.reasoning.bulk.unfolding import can_unfold, unfolded

_ROUNDS = 6
_DEEPEST = 12  # views upon views: engines read queries recursively


class BulkProgram:
    """Clauses in force and tables of rows; `evaluate` fills ``tables`` and ``problems``.

    ``statements`` are the queries that were run, for people and tests. The rows of the predicates *kept* are wanted,
    the others serve to find them. *cases* gives, for a clause, the variable that
    stands for its case, or ``""``.
    """

    def __init__(
        self,
        engine: SqlEngine,
        clauses: Iterable[Clause],
        *,
        kept: Iterable[str] = (),
        cases: Callable[[Clause], str] = lambda clause: "",
        progress: Callable[[str], object] = lambda predicate: None,
    ) -> None:
        self.engine = engine
        self.clauses = tuple(clauses)
        self.tables: dict[str, Stored] = {}
        self.problems: list[Problem] = []
        self.statements: list[str] = []
        self._cases = cases
        self._progress = progress
        self._made: list[str] = []
        self._views: list[str] = []
        self._unfolds: dict[str, Clause] = {}
        self._depths: dict[str, int] = {}
        self._kept = frozenset(kept)
        self._heads = frozenset(clause.head[0] for clause in self.clauses)
        self._mentions = Counter(name for clause in self.clauses for _, name in body_predicates(clause.body))

    # --- rows ---------------------------------------------------------------------------------------------------------

    def add_table(self, predicate: str, stored: Stored) -> None:
        """The rows of *predicate* are those of an existing table."""
        if stored.rows:
            self.tables[predicate] = stored

    def add_rows(
        self, predicate: str, rows: Sequence[tuple[Term, ...]], keys: tuple[tuple[int, ...], ...] = ()
    ) -> None:
        """The rows of *predicate* are *rows*, without repetition."""
        if rows:
            self.tables[predicate] = self._loaded(rows, keys)

    def _loaded(self, rows: Sequence[tuple[Term, ...]], keys: tuple[tuple[int, ...], ...] = ()) -> Stored:
        columns = [Column(cells) for cells in zip(*rows, strict=True)]
        places = tuple(column.place for column in columns)
        named = [pair for at, place in enumerate(places) for pair in place.columns(at)]
        parts = [column.sql_cells() for column in columns]
        cells = [[cell for part in row for cell in part] for row in zip(*parts, strict=True)] if parts else [[1]]
        table = self.name()
        self.engine.load_rows(table, named or [("one", "BIGINT")], cells)
        return Stored(table, places, len(cells), keys)

    def rows(self, predicate: str) -> list[tuple[Term, ...]]:
        """The rows of *predicate* as terms."""
        stored = self.tables.get(predicate)
        if stored is None:
            return []
        widths = [len(place.columns(at)) for at, place in enumerate(stored.places)]
        found: list[tuple[Term, ...]] = []
        for row in self.engine.rows(f"SELECT * FROM {stored.table}"):
            cells = list(row)
            found.append(
                tuple(term_of(p, [cells.pop(0) for _ in range(w)]) for p, w in zip(stored.places, widths, strict=True))
            )
        return found

    # --- evaluation ---------------------------------------------------------------------------------------------------

    def evaluate(self) -> None:
        """Evaluate all clauses. Fails when: something in them has no exact SQL (`NotInBulk`)."""
        graph = Dependencies(self.clauses)
        components: dict[int, list[str]] = {}
        for predicate in graph.edges:
            components.setdefault(graph.component[predicate], []).append(predicate)
        heads: dict[str, list[Clause]] = {}
        for clause in self.clauses:
            heads.setdefault(clause.head[0], []).append(clause)
        for _, members in sorted(components.items()):
            clauses = [clause for name in members for clause in heads.get(name, ())]
            if not clauses:
                continue
            self._progress(members[0])
            if len(members) == 1 and members[0] not in graph.edges[members[0]]:
                self._plain(members[0], clauses)
            else:
                _Recursion(self, members, clauses).run()
            for clause in clauses:
                self.problems += problems(clause, self.tables, self._cases(clause))

    def parts(self, predicate: str, clauses: Sequence[Clause]) -> tuple[list[Stored], list[Query]]:
        """The tables and queries whose union is *predicate*, so far as they can have rows."""
        stored = [self.tables[predicate]] if predicate in self.tables else []
        ground = [clause.head[1] for clause in clauses if not clause.body and all(map(is_ground, clause.head[1]))]
        if ground:
            stored.append(self._loaded(list(dict.fromkeys(ground))))
        rules = [query(self._whole(clause), self.tables, unfolds=self._unfolds) for clause in clauses if clause.body]
        return stored, [each for each in rules if each is not None]

    def _whole(self, clause: Clause) -> Clause:
        return unfolded(clause, self._unfolds, self.tables)

    def _plain(self, predicate: str, clauses: Sequence[Clause]) -> None:
        stored, queries = self.parts(predicate, clauses)
        if len(stored) == 1 and not queries:
            self.tables[predicate] = stored[0]
        elif stored or queries:
            places = joined_places(stored, queries)
            keys = queries[0].keys if len(queries) == 1 and not stored else ()
            if not stored and len(queries) == 1 and queries[0].unique and self._uses(predicate) == 1:
                used = [self._depths.get(name, 0) for clause in clauses for _, name in body_predicates(clause.body)]
                if max(used, default=0) < _DEEPEST:
                    self._depths[predicate] = 1 + max(used, default=0)
                    self._view(predicate, places, queries[0], keys)
                    if can_unfold(queries[0].clause):
                        self._unfolds[predicate] = queries[0].clause
                    return
            self.store(predicate, places, union(places, stored, queries), keys)

    def _uses(self, predicate: str) -> int:
        """How many literals mention *predicate*; one that is asked about, or could be contested, is not just used."""
        if predicate in self._kept or complement(predicate) in self._heads:
            return 2
        return self._mentions[predicate]

    def _view(self, predicate: str, places: tuple[Place, ...], made: Query, keys: tuple[tuple[int, ...], ...]) -> None:
        """Leave the rows of *predicate* to the only query that reads them."""
        view, sql = self.name(), made.select(places)
        self._check(sql)
        self.engine.execute(f"CREATE VIEW {view} AS {sql}")
        self._views.append(view)
        self.tables[predicate] = Stored(view, places, made.size, keys)

    def store(self, predicate: str, places: tuple[Place, ...], sql: str, keys: tuple[tuple[int, ...], ...] = ()) -> int:
        """Make the rows of *sql* those of *predicate*; their number. Without rows it has no table."""
        table = self.name()
        self.create(table, sql)
        ((rows,),) = self.engine.rows(f"SELECT count(*) FROM {table}")
        if rows:
            self.tables[predicate] = Stored(table, places, rows, keys)
        else:
            self.engine.execute(f"DROP TABLE {table}")
        return int(rows)

    def create(self, table: str, sql: str) -> None:
        """A table of the rows of *sql*. Fails when: a column has a type that rounds (`Inexact`)."""
        self._check(sql)
        self.engine.execute(f"CREATE TABLE {table} AS {sql}")

    def _check(self, sql: str) -> None:
        wrong = [kind for kind in self.engine.types(sql) if kind not in (*EXACT, "INTEGER")]
        if wrong:
            raise Inexact(f"an expression has the type {wrong[0]}", remedy="please report this", sql=sql)
        self.statements.append(sql)

    def name(self) -> str:
        """A new name for a table."""
        self._made.append(self.engine.name())
        return self._made[-1]

    def close(self) -> None:
        """Drop the tables that were made."""
        for view in reversed(self._views):
            self.engine.execute(f"DROP VIEW {view}")
        for table in [each for each in self._made if each not in self._views]:
            self.engine.execute(f"DROP TABLE IF EXISTS {table}")
        self.tables = {}


def joined_places(stored: Sequence[Stored], queries: Sequence[Query], wide: bool = False) -> tuple[Place, ...]:
    """The places that hold the rows of all of them."""
    columns: list[Sequence[Value | Place]] = [each.places for each in stored]
    columns += [each.head for each in queries]
    return tuple(place_for(list(values), wide) for values in zip(*columns, strict=True))


def union(places: Sequence[Place], stored: Sequence[Stored], queries: Sequence[Query]) -> str:
    """The rows of all of them, each once."""
    parts = [_copied(places, each) for each in stored] + [each.select(places) for each in queries]
    return parts[0] if len(parts) == 1 else " UNION ".join(f"({part})" for part in parts)


def _copied(places: Sequence[Place], stored: Stored) -> str:
    columns: list[str] = []
    for at, (place, mine) in enumerate(zip(places, stored.places, strict=True)):
        names = place.columns(at)
        cells = place.store(mine.value("t", at))
        columns += [f"{sql} AS {name}" for sql, (name, _) in zip(cells, names, strict=True)]
    return f"SELECT {', '.join(columns) or '1 AS one'} FROM {stored.table} t"


class _Recursion:
    """A recursive component: its tables grow round by round until nothing is new."""

    def __init__(self, program: BulkProgram, members: Sequence[str], clauses: Sequence[Clause]) -> None:
        self._program = program
        self._members = list(members)
        inside = frozenset(members)
        self._exits: dict[str, list[Clause]] = {name: [] for name in members}
        self._steps: list[tuple[Clause, list[int]]] = []
        for clause in clauses:
            calls = [at for at, each in enumerate(clause.body) if each[0] == "+" and each[1] in inside]
            if calls:
                self._steps.append((clause, calls))
            else:
                self._exits[clause.head[0]].append(clause)
        self._computes = any(
            literal[0] in "ca" and literal[1] not in ("eq", "ne", "lt", "le", "gt", "ge")
            for clause, _ in self._steps
            for literal in clause.body
        )

    def run(self) -> None:
        """Fill the tables of all members."""
        program = self._program
        firsts = {name: program.parts(name, self._exits[name]) for name in self._members}
        places = self._places(firsts)
        for name in self._members:
            program.tables.pop(name, None)
        if len(places) == 1 and not self._computes and all(len(calls) == 1 for _, calls in self._steps):
            ((name, own),) = places.items()
            self._linear(name, firsts[name], own)
            return
        full: dict[str, Stored] = {}
        delta: dict[str, str] = {}
        for name, own in places.items():
            stored, queries = firsts[name]
            full[name] = Stored(program.name(), own, 0)
            delta[name] = program.name()
            start = union(own, stored, queries) if stored or queries else _nothing(own)
            program.create(delta[name], start)
            program.engine.execute(f"CREATE TABLE {full[name].table} AS SELECT * FROM {delta[name]}")
        while True:
            counted = {name: self._counted(full[name]) for name in full}
            program.tables.update(counted)
            if not self._round(counted, delta):
                break
        for name in list(full):
            if not program.tables[name].rows:
                del program.tables[name]

    def _linear(self, name: str, first: tuple[list[Stored], list[Query]], places: tuple[Place, ...]) -> None:
        """One predicate that every rule calls once: the engine's own recursion."""
        program = self._program
        table = program.name()
        program.tables[name] = Stored(table, places, 1)
        own = [(clause, calls[0]) for clause, calls in self._steps if clause.head[0] == name and self._ready(clause)]
        made = [query(clause, program.tables, delta=(call, table)) for clause, call in own]
        steps = [replace(each, unique=True).select(places) for each in made if each is not None]
        names = ", ".join(column for at, place in enumerate(places) for column, _ in place.columns(at)) or "one"
        start = union(places, *first)
        del program.tables[name]
        rest = f" UNION ({' UNION ALL '.join(f'({step})' for step in steps)})" if steps else ""
        recursive = f"WITH RECURSIVE {table}({names}) AS (({start}){rest}) SELECT * FROM {table}"
        program.store(name, places, recursive if steps else start)

    def _counted(self, stored: Stored) -> Stored:
        """*stored* with the number of its rows, and the bounds of its numbers if rules compute some."""
        engine = self._program.engine
        ((rows,),) = engine.rows(f"SELECT count(*) FROM {stored.table}")
        return replace(measured(engine, stored) if self._computes and rows else stored, rows=int(rows))

    def _round(self, full: dict[str, Stored], delta: dict[str, str]) -> bool:
        program = self._program
        found: dict[str, list[str]] = {}
        for clause, calls in self._steps:
            name = clause.head[0]
            for at in calls:
                made = (
                    query(clause, program.tables, delta=(at, delta[clause.body[at][1]]))
                    if self._ready(clause)
                    else None
                )
                if made is not None:
                    found.setdefault(name, []).append(made.select(full[name].places))
        fresh: dict[str, str] = {}
        any_new = False
        for name in full:
            fresh[name] = program.name()
            rows = " UNION ".join(f"({each})" for each in found.get(name, [])) or _nothing(full[name].places)
            columns = [column for at, place in enumerate(full[name].places) for column, _ in place.columns(at)]
            same = " AND ".join(f"f.{each} = n.{each}" for each in columns) or "true"
            program.create(
                fresh[name],
                f"SELECT * FROM ({rows}) n WHERE NOT EXISTS (SELECT 1 FROM {full[name].table} f WHERE {same})",
            )
        for name in full:
            program.engine.execute(f"INSERT INTO {full[name].table} SELECT * FROM {fresh[name]}")
            ((rows,),) = program.engine.rows(f"SELECT count(*) FROM {fresh[name]}")
            any_new = any_new or rows > 0
            program.engine.execute(f"DROP TABLE {delta[name]}")
            delta[name] = fresh[name]
        return any_new

    def _ready(self, clause: Clause) -> bool:
        return all(name in self._program.tables for tag, name in body_predicates(clause.body) if tag == "+")

    def _places(self, firsts: dict[str, tuple[list[Stored], list[Query]]]) -> dict[str, tuple[Place, ...]]:
        """The places of all members that can have rows, found by compiling the rules until nothing changes."""
        program = self._program
        places: dict[str, tuple[Place, ...]] = {}
        for name, (stored, queries) in firsts.items():
            if stored or queries:
                places[name] = joined_places(stored, queries, self._computes)
        for _ in range(_ROUNDS + len(self._members)):
            before = dict(places)
            for name, own in places.items():
                program.tables[name] = Stored("unknown", self._bounded(own), 1)
            for clause, _calls in self._steps:
                made = query(clause, program.tables) if self._ready(clause) else None
                if made is not None:
                    name = clause.head[0]
                    have = [Stored("", places[name], 0)] if name in places else []
                    head = tuple(self._flat(value) for value in made.head)
                    places[name] = joined_places(have, [replace(made, head=head)], self._computes)
            if places == before:
                return places
        raise NotInBulk("a recursion whose numbers keep changing their denominators")

    def _bounded(self, own: tuple[Place, ...]) -> tuple[Place, ...]:
        """While types are found only: bounds small enough for any computation to compile."""
        if not self._computes:
            return own
        return tuple(replace(place, numbers=tuple(replace(n, low=-1, high=1) for n in place.numbers)) for place in own)

    def _flat(self, value: Value) -> Value:
        if not self._computes:
            return value
        return replace(value, numbers=tuple(replace(n, low=-1, high=1) for n in value.numbers))


def _nothing(places: Sequence[Place]) -> str:
    named = [pair for at, place in enumerate(places) for pair in place.columns(at)] or [("one", "INTEGER")]
    return "SELECT " + ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in named) + " WHERE false"


def measured(engine: SqlEngine, stored: Stored) -> Stored:
    """*stored* with the bounds its numbers have now."""
    wanted: list[str] = []
    for at, place in enumerate(stored.places):
        for part, number in enumerate(place.numbers):
            wanted += [f"min(n{at}_{part})", f"max(n{at}_{part})"]
            if not isinstance(number.den, int):
                wanted.append(f"max(d{at}_{part})")
    if not wanted:
        return stored
    (found,) = engine.rows(f"SELECT {', '.join(wanted)} FROM {stored.table}")
    cells: list[Any] = list(found)
    places: list[Place] = []
    for place in stored.places:
        numbers: list[Rational] = []
        for number in place.numbers:
            low, high = int(cells.pop(0)), int(cells.pop(0))
            most = 1 if isinstance(number.den, int) else int(cells.pop(0))
            numbers.append(replace(number, low=low, high=high, most=most))
        places.append(replace(place, numbers=tuple(numbers)))
    return Stored(stored.table, tuple(places), stored.rows, stored.keys)

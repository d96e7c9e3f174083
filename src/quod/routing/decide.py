"""Decisions in bulk: one question about every case of a file, decided by SQL, any of them proved on demand."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from quod.kernel.errors import NotUsable, Place, QuodError
from quod.kernel.values import Term
from quod.knowledge import Relation, RelationSpec, Theory, make_theory, read_documents
from quod.knowledge.errors import TableMissing, TableRows, did_you_mean
from quod.knowledge.private import salts_for
from quod.language import EnglishReader
from quod.reasoning.bulk.cells import term_of
from quod.reasoning.bulk.decisions import BulkDecisions, Scope
from quod.reasoning.bulk.engine import DuckDb, SqlEngine, quoted
from quod.reasoning.bulk.files import BadRow, FileReader, FileTable
from quod.reasoning.bulk.program import BulkProgram
from quod.reasoning.bulk.refusals import NotInBulk
from quod.reasoning.bulk.showing import shown
from quod.reasoning.bulk.tables import Stored
from quod.routing.answers import Answer
from quod.routing.case_questions import AskedCase, asked_about
from quod.routing.decision_file import write
from quod.routing.handle import Handle

Progress = Callable[[str], object]


class BookNotReady(NotUsable):
    """Sentences that are unread, ambiguous or unused could bear on the decisions."""

    code = "book_not_ready"


class CasesDepend(NotUsable):
    """Rows cannot be used, and the decisions on others could depend on them."""

    code = "cases_depend"


class UnknownCase(NotUsable):
    """No case has this key."""

    code = "unknown_case"


class DecisionsDiffer(QuodError):
    """Bulk and prover decided one case differently: a bug in Quod, never a decision."""

    code = "decisions_differ"


@dataclass(frozen=True)
class Decided:
    """What was decided: how many cases each way, the rows that could not be used, and how it was done.

    ``one_by_one`` counts cases the prover decided, ``why_one_by_one`` says why all of them were if so; ``proved`` are
    the answers that were asked for, by key.
    """

    counts: dict[str, int]
    bad: tuple[BadRow, ...]
    one_by_one: int
    why_one_by_one: str = ""
    proved: dict[str, Answer] = field(default_factory=dict[str, Answer])

    def json(self) -> dict[str, Any]:
        """The object that ``--json`` prints."""
        return {
            "bad_rows": [{"key": row.key, "reason": row.reason, "row": row.row} for row in self.bad],
            "counts": self.counts,
            "one_by_one": self.one_by_one,
            "proofs": {key: answer.json() for key, answer in self.proved.items()},
            "why_one_by_one": self.why_one_by_one,
        }


def decide(
    handle: Handle,
    question: str,
    cases: Path | str,
    out: Path | str | None = None,
    *,
    prove: int | str = 0,
    seed: int = 0,
    progress: Progress = lambda what: None,
    engine: SqlEngine | None = None,
) -> Decided:
    """Decide *question* about every case in the file *cases*; the decisions are written to *out*.

    *prove* is how many of the cases, chosen by *seed*, are proved and checked as well, or ``all``.

    Fails when: the book is not ready (`BookNotReady`), the cases cannot be used (`NotUsable`), or DuckDB is not
    installed (`MissingExtra`).
    """
    decider = Decider.of(handle, cases, engine=engine, progress=progress)
    return decider.decide(question, out, prove=prove, seed=seed)


class Decider:
    """A book with its tables and cases in an SQL engine, ready to decide questions."""

    def __init__(
        self,
        theory: Theory,
        reader: EnglishReader,
        now: str,
        engine: SqlEngine,
        tables: dict[str, FileTable],
        cases: str,
        progress: Progress,
        reopen: Callable[[Theory], Handle],
    ) -> None:
        self.theory = theory
        self.now = now
        self.engine = engine
        self.cases = cases
        self._reader = reader
        self._tables = tables
        self._progress = progress
        self._reopen = reopen

    @classmethod
    def of(
        cls,
        handle: Handle,
        cases: Path | str,
        *,
        engine: SqlEngine | None = None,
        progress: Progress = lambda what: None,
    ) -> Decider:
        """The book of *handle* with the cases in a file."""
        engine = engine or DuckDb()
        tables: dict[str, FileTable] = {}
        relations = list(handle.theory.relations)
        name = _case_name(Path(cases), [relation.name for relation in relations])
        known = next((each for each in relations if each.name == name), None)
        spec = RelationSpec(name)
        if known is not None:
            spec = RelationSpec(
                name, key=known.key, indexes=known.indexes, sorts=dict(zip(known.columns, known.sorts, strict=True))
            )
        relation, table = _read(engine, spec, Path(cases), progress)
        relations = [each for each in relations if each.name != name] + [relation]
        theory = replace(handle.theory, relations=tuple(sorted(relations, key=lambda each: each.predicate)))
        theory = theory.with_clauses()
        for each in relations:
            if each is not relation:
                tables[each.predicate] = _loaded(engine, each)
        tables[relation.predicate] = table
        now = handle.now

        def reopen(with_rows: Theory) -> Handle:
            return Handle(with_rows, handle.reader, now=now)

        return cls(theory, handle.reader, now, engine, tables, relation.predicate, progress, reopen)

    @classmethod
    def load(
        cls,
        book: Path | str,
        cases: Path | str,
        *,
        now: str,
        data: Path | None = None,
        engine: SqlEngine | None = None,
        progress: Progress = lambda what: None,
    ) -> Decider:
        """The book at *book* with its tables read straight into the engine, and the cases in a file."""
        engine, path = engine or DuckDb(), Path(book)
        documents = read_documents(path)
        base = data or (path if path.is_dir() else path.parent)
        specs = [spec for document in documents for spec in document.front.relations]
        name = _case_name(Path(cases), [spec.name for spec in specs])
        specs = [spec for spec in specs if spec.name != name] + [
            next((spec for spec in specs if spec.name == name), RelationSpec(name))
        ]
        relations: list[Relation] = []
        tables: dict[str, FileTable] = {}
        for spec in specs:
            file = Path(cases) if spec.name == name else _inside(base, spec)
            relation, table = _read(engine, spec, file, progress)
            if table.bad and spec.name != name:
                _refuse_rows(file, table.bad)
            relations.append(relation)
            tables[relation.predicate] = table
        progress("reading the book")
        reader = EnglishReader()
        theory = make_theory(documents, reader, relations)

        def reopen(with_rows: Theory) -> Handle:
            return Handle(with_rows, reader, now=now, salts=salts_for(path, with_rows.relations))

        return cls(theory, reader, now, engine, tables, relations[-1].predicate, progress, reopen)

    # --- deciding -----------------------------------------------------------------------------------------------------

    def asked(self, question: str) -> AskedCase:
        """*question* as one about each case."""
        return asked_about(question, self._reader, self.theory, self.cases.rpartition("/")[0])

    @property
    def scope(self) -> Scope:
        """Where the cases are."""
        relation = next(each for each in self.theory.relations if each.predicate == self.cases)
        key = relation.columns.index(relation.key[0]) if relation.key else 0
        return Scope(self.cases, key, self._tables[self.cases].stored, self._tables[self.cases].row)

    def decisions(self, asked: AskedCase) -> BulkDecisions:
        """The decisions, not yet made. Fails when: the book is not ready (`BookNotReady`)."""
        clauses = [clause for clause in self.theory.clauses if _in_force(clause.since, clause.until, self.now)]
        tables = {name: table.stored for name, table in self._tables.items()}
        made = BulkDecisions(
            self.engine, clauses, tables, self.scope, asked.question, frozenset(self.theory.closed), self._deduce
        )
        self._refuse_pending(made.evaluated)
        return made

    def decide(self, question: str, out: Path | str | None = None, *, prove: int | str = 0, seed: int = 0) -> Decided:
        """Decide *question* about every case; see `decide`."""
        asked = self.asked(question)
        made = self.decisions(asked)
        bad = self._tables[self.cases].bad
        if bad and not made.independent:
            _refuse_rows(Path(self.cases), bad, CasesDepend)
        why = ""
        try:
            if self.scope.stored.rows:
                made.decide()
        except NotInBulk as reason:
            why = reason.message
        if why or not self.scope.stored.rows:
            self.engine.execute(f"CREATE TABLE {made.table} AS {self._undecided()}")
        one_by_one = self._finish(made, asked)
        chosen = self._chosen(made.table, prove, seed)
        proved = {key: self._compared(made.table, asked, row, key) for row, key in chosen}
        if out is not None:
            self._progress("writing")
            write(self.engine, made.table, bad, Path(out))
        counted = self.engine.rows(f"SELECT decision, count(*) FROM {made.table} GROUP BY decision ORDER BY decision")
        counts = {str(decision): int(number) for decision, number in counted}
        made.program.close()
        self.engine.execute(f"DROP TABLE {made.table}")
        if bad:
            counts["unusable"] = len(bad)
        return Decided(counts, bad, one_by_one, why, proved)

    def _undecided(self) -> str:
        scope = self.scope
        return (
            f"SELECT {scope.row.format('c')} AS row, {shown(scope.column('c'))} AS key, '' AS decision, '' AS value "
            f"FROM {scope.stored.table} c"
        )

    def _deduce(self, predicate: str) -> None:
        self._progress(f"deducing {predicate}")

    def _refuse_pending(self, evaluated: Sequence[str]) -> None:
        names = frozenset(evaluated)
        bearing = [each for each in self.theory.pending if "*" in each.bears or names & set(each.bears)]
        if bearing:
            listed = "; ".join(f"«{each.sentence}» ({each.kind})" for each in bearing[:5])
            more = f" and {len(bearing) - 5} more" if len(bearing) > 5 else ""
            raise BookNotReady(
                f"sentences of the book were not used and could bear on the decisions: {listed}{more}",
                remedy="rewrite them so that they are read, or mark them as notes",
                place=self.theory.place(bearing[0].sentence),
                sentences=tuple(each.sentence for each in bearing),
            )

    # --- one by one ---------------------------------------------------------------------------------------------------

    @cached_property
    def handle(self) -> Handle:
        """The ordinary handle on the book with all its rows: what proves a case."""
        self._progress("committing to the rows")
        relations = [replace(each, rows=tuple(self._rows(each.predicate))) for each in self.theory.relations]
        return self._reopen(replace(self.theory, relations=tuple(relations)))

    def _rows(self, predicate: str) -> Iterator[tuple[Term, ...]]:
        table = self._tables[predicate]
        stored = table.stored
        names = [name for at, place in enumerate(stored.places) for name, _ in place.columns(at)]
        widths = [len(place.columns(at)) for at, place in enumerate(stored.places)]
        for row in self.engine.rows(
            f"SELECT {', '.join(names)} FROM {stored.table} t ORDER BY {table.row.format('t')}"
        ):
            terms: list[Term] = []
            at = 0
            for place, width in zip(stored.places, widths, strict=True):
                terms.append(term_of(place, row[at : at + width]))
                at += width
            yield tuple(terms)

    def explain(self, question: str, key: str) -> Answer:
        """The answer for the case with *key*, with its proof. Fails when: there is none (`UnknownCase`)."""
        asked = self.asked(question)
        return self._answer(asked, self._key(key))

    def _answer(self, asked: AskedCase, key: Term) -> Answer:
        return self.handle.decide(asked.about(key))

    def _key(self, key: str, row: int | None = None) -> Term:
        scope = self.scope
        place = scope.stored.places[scope.key]
        names = ", ".join(f"c.{name}" for name, _ in place.columns(scope.key))
        where = f"{scope.row.format('c')} = {row}" if row is not None else f"{shown(scope.column('c'))} = {quoted(key)}"
        found = self.engine.rows(f"SELECT {names} FROM {scope.stored.table} c WHERE {where} LIMIT 1")
        if not found:
            raise UnknownCase(f"there is no case {key!r}", remedy="give a key as it stands in the file of cases")
        return term_of(place, found[0])

    def _finish(self, made: BulkDecisions, asked: AskedCase) -> int:
        """Have the prover decide the cases that bulk deduction left to it; how many."""
        left = self.engine.rows(f"SELECT row, key FROM {made.table} WHERE decision = '' ORDER BY row")
        if not left:
            return 0
        found: list[tuple[int, str, str]] = []
        for number, (row, key) in enumerate(left):
            if number % 100 == 0:
                self._progress(f"deciding one by one: {number} of {len(left)}")
            answer = self._answer(asked, self._key(str(key), int(row)))
            decision, value = asked.outcome(answer)
            found.append((int(row), decision, value))
        self.engine.load_rows("finished", [("row", "BIGINT"), ("decision", "VARCHAR"), ("value", "VARCHAR")], found)
        self.engine.execute(
            f"UPDATE {made.table} SET decision = f.decision, value = f.value FROM finished f "
            f"WHERE f.row = {made.table}.row"
        )
        self.engine.execute("DROP TABLE finished")
        return len(left)

    def _chosen(self, table: str, prove: int | str, seed: int) -> list[tuple[int, str]]:
        if not prove:
            return []
        everything = self.engine.rows(f"SELECT row, key FROM {table} ORDER BY row")
        if prove == "all":
            return [(int(row), str(key)) for row, key in everything]
        number = min(int(prove), len(everything))
        return [(int(r), str(k)) for r, k in sorted(random.Random(seed).sample(everything, number))]

    def _compared(self, table: str, asked: AskedCase, row: int, key: str) -> Answer:
        """The answer for one case. Fails when: it is not the decision made in bulk (`DecisionsDiffer`)."""
        answer = self._answer(asked, self._key(key, row))
        ((decision, value),) = self.engine.rows(f"SELECT decision, value FROM {table} WHERE row = {row}")
        if asked.outcome(answer) != (decision, value):
            raise DecisionsDiffer(
                f"the case {key!r} is {decision} {value!r} in bulk and {asked.outcome(answer)} when proved",
                remedy="please report this with the book and the case; no decisions are written",
            )
        return answer


def _in_force(since: str, until: str, now: str) -> bool:
    return (not since or since <= now) and (not until or now < until)


def _case_name(path: Path, known: Sequence[str]) -> str:
    """The relation that a file of cases stands for: the one of its name, or the only one."""
    if path.stem in known or not known:
        return path.stem
    similar = did_you_mean(path.stem, known)
    if similar:
        raise TableMissing(
            f"the book has no table {path.stem!r}", remedy=f"name the file as the table it is; {similar}"
        )
    return path.stem


def _read(engine: SqlEngine, spec: RelationSpec, path: Path, progress: Progress) -> tuple[Relation, FileTable]:
    progress(f"reading {path.name}")
    table = FileReader(engine, path, spec.name).read(spec.sorts, spec.key)
    relation = Relation(spec.name, table.columns, table.sorts, spec.key, spec.private, spec.indexes, (), path.name)
    return relation, table


def _inside(base: Path, spec: RelationSpec) -> Path:
    file = base / spec.file
    if not file.resolve().is_relative_to(base.resolve()):
        raise TableMissing(f"{spec.file} is outside the folder of the book", remedy="put it beside the book")
    return file


def _loaded(engine: SqlEngine, relation: Relation) -> FileTable:
    program = BulkProgram(engine, ())
    keys = (relation.positions(relation.key) or tuple(range(len(relation.columns))),)
    program.add_rows(relation.predicate, relation.rows, keys)
    stored = program.tables.get(relation.predicate, Stored("nothing", (), 0))
    if stored.rows:
        name = f"given_{relation.name}"
        engine.execute(f"CREATE TABLE {name} AS SELECT row_number() OVER () AS row, * FROM {stored.table}")
        engine.execute(f"DROP TABLE {stored.table}")
        stored = replace(stored, table=name)
    return FileTable(relation.columns, relation.sorts, stored, ())


def _refuse_rows(file: Path, bad: Sequence[BadRow], kind: type[NotUsable] = TableRows) -> None:
    listed = "\n    ".join(f"row {row.row}: {row.reason}" for row in bad[:20])
    more = f"\n    and {len(bad) - 20} more" if len(bad) > 20 else ""
    raise kind(
        f"rows cannot be used:\n    {listed}{more}",
        remedy="correct these rows; decisions on other rows could depend on them",
        place=Place(file.name, bad[0].row, 1),
        rows=tuple((row.row, row.reason) for row in bad),
    )

"""The theory: clauses, relations, pending sentences and declarations, as one immutable value.

`Theory.build` is the only way to make one; it puts clauses into canonical order, so that the order of sentences does
not matter, and refuses what lies outside the class that deduction decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from quod.kernel.canonical import canonical
from quod.kernel.errors import Place
from quod.kernel.values import Clause, Literal, Pending
from quod.knowledge.analysis import ERRORS, fatal, remarks
from quod.knowledge.declarations import Declared, resolve
from quod.knowledge.errors import TableAndProse, UnknownSentence, did_you_mean
from quod.knowledge.finding import Finding, quote
from quod.knowledge.logic import Declaration, Item, Unused, both_signs
from quod.knowledge.notation import show_predicate
from quod.knowledge.readings import Question, Read, Reading
from quod.knowledge.relations import Relation
from quod.knowledge.vocabulary import Entry, vocabulary

#: What an unread sentence bears on: anything.
EVERYTHING = ("*",)


@dataclass(frozen=True)
class Sourced:
    """What a reader said about one sentence, and where the sentence stands."""

    read: Read
    place: Place


@dataclass(frozen=True, eq=False)
class Theory:
    """What is known.

    ``declared`` maps predicates to ``open`` or ``closed``; ``closed`` lists those that are closed, tables included;
    ``manifest`` says where each sentence stands.
    """

    title: str = ""
    clauses: tuple[Clause, ...] = ()
    relations: tuple[Relation, ...] = ()
    pending: tuple[Pending, ...] = ()
    declared: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    closed: tuple[str, ...] = ()
    reads: tuple[Sourced, ...] = ()
    questions: tuple[Question, ...] = ()
    manifest: Mapping[str, tuple[Place, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def build(
        cls,
        *,
        reads: Iterable[Sourced] = (),
        items: Iterable[Item] = (),
        clauses: Iterable[Clause] = (),
        relations: Iterable[Relation] = (),
        declared: Iterable[Declared] = (),
        title: str = "",
    ) -> Theory:
        """The theory of all that *reads*, logic *items*, *clauses*, *relations* and *declared* say.

        A reading's clause that is not safe becomes a pending sentence (deduction cannot use it); everything else
        outside the class is refused, with the sentence or cycle (`ClassError`).

        *Fails when* a predicate is both in a table and concluded by a sentence (`TableAndProse`) or declared both
        open and closed (`OpenAndClosed`), a declaration names nothing (`UnknownPredicate`), or clauses are unsafe,
        not stratified, not terminating or compare nulls (`ClassError`).
        """
        parts = _Parts(list(declared), list(clauses))
        for sourced in reads:
            parts.add_read(sourced)
        for item in items:
            parts.add_item(item)
        tables = tuple(sorted(relations, key=lambda relation: relation.predicate))
        base = cls(
            title=title,
            relations=tables,
            declared=MappingProxyType(resolve(parts.declared, parts.mentioned(tables) if parts.declared else ())),
            reads=tuple(parts.reads),
            questions=tuple(parts.questions),
            manifest=MappingProxyType({sentence: tuple(places) for sentence, places in parts.manifest.items()}),
        )
        return base._assemble(parts.clauses, parts.presupposed, parts.pending, frozenset(parts.prose))

    def _assemble(
        self,
        clauses: Iterable[Clause],
        presupposed: Iterable[Clause],
        pending: Iterable[Pending],
        prose: Collection[Clause],
    ) -> Theory:
        """This theory with exactly these clauses and pending sentences, checked and in canonical order."""
        clauses, pending = list(clauses), list(pending)
        tables = {relation.predicate for relation in self.relations}
        self._check_tables(clauses, tables)
        closed = {name for name, kind in self.declared.items() if kind == "closed"}
        closed |= {name for name in tables if self.declared.get(name) != "open"}
        stated = {clause.head for clause in clauses if not clause.body}
        added: dict[str, Clause] = {}
        for clause in sorted(presupposed, key=_order):
            if clause.head not in stated and clause.head[0] not in tables:
                added.setdefault(repr(clause.head), clause)
        ready: list[Clause] = []
        for clause in dict.fromkeys([*clauses, *added.values()]):
            final = close_world(clause, closed)
            if clause in prose and (wrong := fatal([final])) and wrong[0].code == "unsafe":
                pending.append(Pending(clause.sentence, "unused", both_signs([clause.head[0]])))
            else:
                ready.append(final)
        ordered = tuple(sorted(dict.fromkeys(ready), key=_order))
        self._refuse(fatal(ordered))
        return replace(
            self,
            clauses=ordered,
            pending=tuple(sorted(dict.fromkeys(pending))),
            closed=tuple(sorted(closed)),
        )

    def _check_tables(self, clauses: Iterable[Clause], tables: Collection[str]) -> None:
        for clause in clauses:
            table = clause.head[0].removeprefix("~")
            if table in tables and table not in self.declared:
                name = show_predicate(table)
                raise TableAndProse(
                    f"{name} is a table, and {quote(clause)} concludes it too",
                    remedy=f"declare `closed: [{name}]` if table and sentences together say all there is, `open: "
                    f"[{name}]` if they do not, or give the conclusion another name",
                    place=self.place(clause.sentence),
                    predicate=table,
                )

    def _refuse(self, findings: list[Finding]) -> None:
        if findings:
            first, more = findings[0], len(findings) - 1
            raise ERRORS[first.code](
                first.message + (f" (and {more} more like this)" if more else ""),
                remedy=first.remedy,
                place=self.place(first.clauses[0].sentence),
                findings=tuple(findings),
            )

    # ------------------------------------------------------------------ asking

    def place(self, sentence: str) -> Place | None:
        """Where *sentence* first stands, if it comes from a document."""
        places = self.manifest.get(sentence)
        return places[0] if places else None

    def is_closed(self, predicate: str) -> bool:
        """Whether what is not shown of *predicate* is false, rather than unknown."""
        return predicate in self.closed

    @property
    def readings(self) -> tuple[Reading, ...]:
        """All readings of all sentences, in the order of the documents."""
        return tuple([reading for sourced in self.reads for reading in sourced.read.readings])

    @property
    def unread(self) -> tuple[Sourced, ...]:
        """The sentences that were not read."""
        return tuple([sourced for sourced in self.reads if sourced.read.status == "unread"])

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Remarks on the clauses, which stop nothing: conditions that nothing states, often misspelt."""
        return tuple(remarks(self.clauses, [*self.declared, *(relation.predicate for relation in self.relations)]))

    @cached_property
    def vocabulary(self) -> Mapping[str, Entry]:
        """Each predicate with the sorts of its places and the clauses that conclude or use it."""
        return vocabulary(self.clauses, self.relations)

    # ------------------------------------------------------------------ what if

    def with_clauses(self, *clauses: Clause, presupposed: Iterable[Clause] = ()) -> Theory:
        """Another theory that has *clauses* too, and those *presupposed* that nothing states.

        *Fails when* the clauses, together with the others, are outside the class (`ClassError`, `TableAndProse`).
        """
        return self._assemble([*self.clauses, *clauses], presupposed, self.pending, ())

    def without(self, *removed: Clause | str) -> Theory:
        """Another theory without these clauses or, given as text, sentences.

        *Fails when* one is not in the theory (`UnknownSentence`).
        """
        sentences = {clause.sentence for clause in self.clauses} | {pending.sentence for pending in self.pending}
        for one in removed:
            text = one if isinstance(one, str) else one.sentence or one.paraphrase
            if one not in sentences and one not in self.clauses:
                remedy = did_you_mean(text, sentences) or "give a sentence of the theory as it is written there"
                raise UnknownSentence(f"the theory has no sentence «{text}»", remedy=remedy)
        kept = [clause for clause in self.clauses if clause not in removed and clause.sentence not in removed]
        waiting = [pending for pending in self.pending if pending.sentence not in removed]
        rest = replace(self, reads=tuple([one for one in self.reads if one.read.sentence not in removed]))
        return rest._assemble(kept, (), waiting, ())


class _Parts:
    """What the documents say, sorted by what becomes of it."""

    def __init__(self, declared: list[Declared], clauses: list[Clause]) -> None:
        self.declared = declared
        self.clauses = clauses
        self.prose: list[Clause] = []
        self.presupposed: list[Clause] = []
        self.pending: list[Pending] = []
        self.reads: list[Sourced] = []
        self.questions: list[Question] = []
        self.manifest: dict[str, list[Place]] = {}

    def add_read(self, sourced: Sourced) -> None:
        read = sourced.read
        self.reads.append(sourced)
        self.manifest.setdefault(read.sentence, []).append(sourced.place)
        if read.status == "unread":
            self.pending.append(Pending(read.sentence, "unread", EVERYTHING))
        elif read.status == "ambiguous":
            bears = [_bearing(reading) for reading in read.readings]
            all_of_them = EVERYTHING if EVERYTHING in bears else both_signs([name for one in bears for name in one])
            self.pending.append(Pending(read.sentence, "ambiguous", all_of_them))
        else:
            (reading,) = read.readings
            self.prose += reading.clauses
            self.clauses += reading.clauses
            self.presupposed += reading.presupposed
            if reading.unused:
                self.pending.append(Pending(read.sentence, "unused", both_signs(reading.bears) or EVERYTHING))

    def add_item(self, item: Item) -> None:
        value = item.value
        if isinstance(value, Declaration):
            self.declared.append(Declared(value.kind, value.predicate, item.place))
        elif isinstance(value, Question):
            self.questions.append(value)
        else:
            self.manifest.setdefault(value.sentence, []).append(item.place)
            if isinstance(value, Unused):
                self.pending.append(Pending(value.sentence, "unused", value.bears or EVERYTHING))
            else:
                self.clauses.append(value)

    def mentioned(self, relations: Iterable[Relation]) -> list[str]:
        """All predicates that clauses, relations and pending sentences mention."""
        names = dict.fromkeys(relation.predicate for relation in relations)
        names |= dict.fromkeys(vocabulary([*self.clauses, *self.presupposed], ()))
        names |= dict.fromkeys(name for pending in self.pending for name in pending.bears if name != "*")
        return list(names)


def _bearing(reading: Reading) -> tuple[str, ...]:
    return both_signs([clause.head[0] for clause in reading.clauses] + list(reading.bears)) or EVERYTHING


def _order(clause: Clause) -> bytes:
    return canonical(clause.json())


def close_world(clause: Clause, closed: Collection[str]) -> Clause:
    """*clause* with ``neg p`` in its body read as ``absent p`` for each *closed* predicate p.

    >>> body = (("+", "~q/0", ()), ("+", "~r/0", ()))
    >>> close_world(Clause(("p/0", ()), body), ["q/0"]).body
    (('-', 'q/0', ()), ('+', '~r/0', ()))
    """
    if not closed or not clause.body:
        return clause
    return clause._replace(body=tuple([_closed(literal, closed) for literal in clause.body]))


def _closed(literal: Literal, closed: Collection[str]) -> Literal:
    if literal[0] == "+" and literal[1][0] == "~" and literal[1][1:] in closed:
        return ("-", literal[1][1:], literal[2])
    return literal

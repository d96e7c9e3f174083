"""The vocabulary of a theory: its predicates, the sorts of their places, and where they are used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from quod.kernel.values import Clause, Literal, Term
from quod.knowledge.relations import Relation
from quod.knowledge.shape import body_predicates

_SORTS = {
    "b": "boolean",
    "d": "date",
    "f": "compound",
    "n": "number",
    "s": "symbol",
    "t": "text",
    "u": "duration",
}


@dataclass(frozen=True)
class Entry:
    """A predicate; ``sorts`` has for each place the sorts seen there, none where nothing is known."""

    predicate: str
    sorts: tuple[tuple[str, ...], ...]
    concluded: tuple[Clause, ...] = ()
    used: tuple[Clause, ...] = ()
    relation: Relation | None = None


def vocabulary(clauses: Iterable[Clause], relations: Iterable[Relation]) -> Mapping[str, Entry]:
    """The entries of all predicates that *clauses* and *relations* mention, by predicate."""
    clauses = list(clauses)
    tables = {relation.predicate: relation for relation in relations}
    concluded: dict[str, list[Clause]] = {predicate: [] for predicate in tables}
    used: dict[str, list[Clause]] = {}
    for clause in clauses:
        concluded.setdefault(clause.head[0], []).append(clause)
        for predicate in dict.fromkeys(name for _, name in body_predicates(clause.body)):
            concluded.setdefault(predicate, [])
            used.setdefault(predicate, []).append(clause)
    sorts = _sorts(clauses, tables)
    entries: dict[str, Entry] = {}
    for predicate in sorted(concluded):
        places = range(int(predicate.rpartition("/")[2]))
        seen = tuple([tuple(sorted(sorts.get((predicate, place), ()))) for place in places])
        by, uses = tuple(concluded[predicate]), tuple(used.get(predicate, ()))
        entries[predicate] = Entry(predicate, seen, by, uses, tables.get(predicate))
    return MappingProxyType(entries)


def _sorts(clauses: Sequence[Clause], tables: Mapping[str, Relation]) -> dict[tuple[str, int], set[str]]:
    """The sorts seen in each place: of constants, of columns, and carried by variables from bodies to heads."""
    sorts: dict[tuple[str, int], set[str]] = {}
    for predicate, relation in tables.items():
        for place, sort in enumerate(relation.sorts):
            sorts.setdefault((predicate, place), set()).add(sort)
    changed = True
    while changed:
        changed = False
        for clause in clauses:
            carried = _carried(clause.body, sorts)
            for place, term in enumerate(clause.head[1]):
                seen = sorts.setdefault((clause.head[0], place), set())
                new = _of(term, carried) - seen
                if new:
                    seen |= new
                    changed = True
    return sorts


def _of(term: Term, carried: Mapping[str, set[str]]) -> set[str]:
    return carried.get(term[1], set()) if term[0] == "v" else {_SORTS.get(term[0], "private")}


def _carried(body: tuple[Literal, ...], sorts: Mapping[tuple[str, int], set[str]]) -> dict[str, set[str]]:
    carried: dict[str, set[str]] = {}
    for literal in body:
        if literal[0] == "+":
            for place, term in enumerate(literal[2]):
                if term[0] == "v":
                    carried.setdefault(term[1], set()).update(sorts.get((literal[1], place), ()))
        elif literal[0] == "a" and literal[1] == "count" and literal[2][0] == "v":
            carried.setdefault(literal[2][1], set()).add("number")
    return carried

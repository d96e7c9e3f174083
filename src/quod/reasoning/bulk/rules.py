"""Rules as queries: a clause becomes a SELECT of its head, and queries for computations outside their domain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from quod.kernel.values import Clause, Literal
from quod.knowledge.shape import literal_variables, outer_variables, term_variables
from quod.reasoning.bulk.bodies import Body, Dead, Problem
from quod.reasoning.bulk.cells import Place, Value
from quod.reasoning.bulk.functions import is_test
from quod.reasoning.bulk.refusals import NotInBulk
from quod.reasoning.bulk.tables import Tables
from quod.reasoning.bulk.totals import total


@dataclass(frozen=True)
class Query:
    """A compiled rule: the values of its head over a body.

    It is ``unique`` if no two ways give one head; ``keys`` are arguments of the head that determine the others;
    ``size`` bounds the number of rows.
    """

    clause: Clause
    body: Body
    head: tuple[Value, ...]
    unique: bool
    keys: tuple[tuple[int, ...], ...] = ()
    size: int = 0

    def select(self, places: Sequence[Place]) -> str:
        """The SELECT whose columns are those of *places*."""
        columns: list[str] = []
        for at, (place, value) in enumerate(zip(places, self.head, strict=True)):
            names = place.columns(at)
            columns += [f"{sql} AS {name}" for sql, (name, _) in zip(place.store(value), names, strict=True)]
        distinct = "" if self.unique else "DISTINCT "
        return f"SELECT {distinct}{', '.join(columns) or '1 AS one'}{self.body.tail()}"


def query(
    clause: Clause,
    tables: Tables,
    *,
    delta: tuple[int, str] | None = None,
    unfolds: Mapping[str, Clause] = MappingProxyType({}),
) -> Query | None:
    """*clause* over *tables*; None if it cannot fire. *delta*: a literal's number, and the table it reads instead.

    Fails when: it has no exact SQL (`NotInBulk`).
    """
    try:
        body = compiled(clause, range(len(clause.body)), tables, delta=delta, unfolds=unfolds)
        head = tuple(body.value(arg) for arg in clause.head[1])
    except Dead:
        return None
    if "false" in body.conditions:
        return None
    heads = {name for arg in clause.head[1] for name in term_variables(arg)}
    positive = {name for each in clause.body if each[0] == "+" for name in literal_variables(each)}
    keys = [
        (at,)
        for at, arg in enumerate(clause.head[1])
        if arg[0] == "v" and heads | positive <= _determined({arg[1]}, clause, tables)
    ]
    sizes = [  # each row of a literal that determines the others gives at most one
        tables[each[1]].rows
        for each in clause.body
        if each[0] == "+" and positive <= _determined(literal_variables(each), clause, tables)
    ]
    unique = positive <= _determined(heads, clause, tables)
    return Query(clause, body, head, unique, tuple(keys), min([*sizes, body.size]))


def compiled(
    clause: Clause,
    chosen: Sequence[int],
    tables: Tables,
    *,
    case: str = "",
    delta: tuple[int, str] | None = None,
    unfolds: Mapping[str, Clause] = MappingProxyType({}),
) -> Body:
    """The literals of *clause* with the numbers *chosen*, as a body."""
    body = Body(tables, case, unfolds=unfolds)
    for at in chosen:
        if clause.body[at][0] == "+":
            body.positive(clause.body[at], delta[1] if delta is not None and delta[0] == at else "")
    waiting = [clause.body[at] for at in chosen if clause.body[at][0] != "+"]
    outer = outer_variables(clause)
    while waiting:
        # tests first, for they are cheap and keep computations within their domain
        ready = min((each for each in waiting if body.is_ready(each, outer)), key=_rank, default=None)
        if ready is None:
            raise NotInBulk("a condition that nothing binds")
        waiting.remove(ready)
        _add(body, ready, outer)
    return body


def _rank(literal: Literal) -> int:
    return {"c": 0 if is_test(literal[1]) else 1, "-": 2, "a": 3}[literal[0]]


def _add(body: Body, literal: Literal, outer: set[str]) -> None:
    if literal[0] == "-":
        body.negative(literal)
    elif literal[0] == "c":
        body.computed(literal)
    else:
        total(body, literal, outer)


def problems(clause: Clause, tables: Tables, case: str) -> list[Problem]:
    """Queries for where a computation of *clause* is reached outside its domain, with the order as written."""
    found: list[Problem] = []
    for at, literal in enumerate(clause.body):
        if literal[0] == "a" or literal[0] == "c" and literal[1] not in ("eq", "ne"):
            body = Body(tables, case)
            outer = outer_variables(clause)
            try:
                body = compiled(clause, _before(clause, at), tables, case=case)
                body.problems.clear()
                _add(body, literal, outer)
            except Dead:
                pass
            found += body.problems
    return found


def _before(clause: Clause, at: int) -> list[int]:
    """The literals that are reached before number *at*: those written before it, and what binds its variables.

    Absent literals are left out: then too much may be named a problem, never too little.
    """
    outer = outer_variables(clause)
    support = _support(clause, _inputs(clause.body[at], outer), at, outer)
    if support is None:
        raise NotInBulk("a condition that nothing binds")
    chosen = support
    for j in range(at):
        if clause.body[j][0] in "+c":
            also = _support(clause, _inputs(clause.body[j], outer), at, outer)
            chosen |= {j, *also} if also is not None else set()  # what needs this literal's result comes after it
    return sorted(chosen)


def _support(clause: Clause, names: set[str], without: int, outer: set[str]) -> set[int] | None:
    """Literals that bind the variables *names*, other than number *without*; None if there are none."""
    chosen: set[int] = set()
    bound: set[str] = set()
    needed = sorted(names)
    while needed:
        name = needed.pop()
        if name in bound:
            continue
        binders = [j for j, each in enumerate(clause.body) if j not in (without, *chosen) and name in _binds(each)]
        if not binders:
            return None
        binder = min(binders, key=lambda j: _PREFERRED.index(clause.body[j][0]) + 3 * (clause.body[j][1] == "eq"))
        chosen.add(binder)
        bound |= _binds(clause.body[binder]) if clause.body[binder][1] != "eq" else {name}
        needed += sorted(_inputs(clause.body[binder], outer) | _other_side(clause.body[binder], name))
    return chosen


_PREFERRED = "+ca"


def _other_side(literal: Literal, name: str) -> set[str]:
    """The variables that an equation must have bound to bind *name*."""
    if literal[1] != "eq" or literal[0] != "c":
        return set()
    left, right = literal[2]
    return term_variables(right if left == ("v", name) else left)


def _binds(literal: Literal) -> set[str]:
    if literal[0] == "+":
        return literal_variables(literal)
    if literal[0] == "c" and literal[1] == "eq":
        return {arg[1] for arg in literal[2] if arg[0] == "v"}
    if literal[0] == "c" and not is_test(literal[1]):
        return term_variables(literal[2][-1])
    return term_variables(literal[2]) if literal[0] == "a" else set()


def _inputs(literal: Literal, outer: set[str]) -> set[str]:
    if literal[0] == "a":
        found = term_variables(literal[3])
        for part in literal[4]:
            found |= literal_variables(part)
        return found & outer
    if literal[0] == "+" or literal[1] == "eq":
        return set()
    found = set()
    for arg in literal[2] if is_test(literal[1]) or literal[0] == "-" else literal[2][:-1]:
        found |= term_variables(arg)
    return found


def _determined(names: set[str], clause: Clause, tables: Tables) -> set[str]:
    """The variables that *names* determine, by the keys of the tables and because computations have one result."""
    known = set(names)
    outer = outer_variables(clause)
    size = -1
    while size < len(known):
        size = len(known)
        for literal in clause.body:
            if literal[0] == "+":
                if _has_key(literal, known, tables):
                    known |= literal_variables(literal)
            elif literal[0] != "-" and literal[1] != "eq" and _inputs(literal, outer) <= known:
                known |= _binds(literal)
    return known


def _has_key(literal: Literal, known: set[str], tables: Tables) -> bool:
    return any(
        all(literal[2][at][0] != "v" or literal[2][at][1] in known for at in key) for key in tables[literal[1]].keys
    )

"""Family *closure*: nothing else of these shapes is derivable (``spec/primitives.md``).

A listed answer is an upper bound. In a replay ``absent a`` counts as true unless a premise proves ``a``; so whatever
matches a pattern and is not listed is false in the well-founded model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from quod.kernel.computation import evaluate, total
from quod.kernel.conclusions import (
    Conclusion,
    Cover,
    Holds,
    Rows,
    Session,
    Stated,
    Table,
    Tables,
    Theory,
    is_table,
    premise,
)
from quod.kernel.matching import covers, each_way, inner_variables, is_pattern, match, matches
from quod.kernel.rejection import reject
from quod.kernel.values import Atom, Clause, Literal, Substitution, Term, is_ground, substitute
from quod.kernel.wellformed import TESTS, array, atom, has_null, index, is_opaque

Premises = Sequence[Conclusion]
TRUE = ("b", "true")


def tried(
    session: Session, literal: Literal, bindings: Substitution, answers: Iterable[Atom]
) -> Iterator[Substitution]:
    """The ways to match a ``+`` literal against *answers*; 1 fuel for each."""
    call = [substitute(arg, bindings) for arg in literal[2]]
    for _, values in answers:
        session.spend()
        extended = dict(bindings)
        if all(map(lambda mine, theirs: match(mine, theirs, extended), call, values)):
            yield extended


def aggregate_value(
    session: Session, literal: Literal, bindings: Substitution, answers: Sequence[Sequence[Atom]]
) -> Term | None:
    """The value of an aggregate over the distinct bindings of its variables; None for the extreme of nothing."""
    names = sorted(set(inner_variables(literal)))
    distinct: dict[tuple[Term, ...], Term] = {}
    given = iter(answers)
    parts = [(inner, next(given) if inner[0] == "+" else None) for inner in literal[4]]

    def solve(part: tuple[Literal, Sequence[Atom] | None], found: Substitution) -> Iterator[Substitution]:
        return computed(part[0], found) if part[1] is None else tried(session, part[0], found, part[1])

    for way in each_way(parts, bindings, solve):
        value = substitute(literal[3], way)
        if not is_ground(value):
            reject("unbound_builtin", op=literal[1])
        distinct.setdefault(tuple([way[name] for name in names]), value)
    known = [column for column in zip(*distinct, strict=True) if not any(map(is_opaque, column))]
    if literal[1] in ("count", "sum") and len(set(zip(*known, strict=True))) < len(distinct) > 1:
        reject("not_comparable", reason="individuals that may be the same are not counted apart")
    return total(literal[1], list(distinct.values()))


def computed(literal: Literal, bindings: Substitution) -> Iterator[Substitution]:
    """The bindings under which a computation comes out: at most one.

    Fails when: an argument other than a function's result is not ground (``unbound_builtin``).
    """
    _, op, args = literal
    values = [substitute(arg, bindings) for arg in args]
    test = op in TESTS
    if not all(map(is_ground, values if test else values[:-1])):
        reject("unbound_builtin", op=op)
    if test:
        if evaluate(op, values) == TRUE:
            yield bindings
        return
    extended = dict(bindings)
    if match(args[-1], evaluate(op, values[:-1]), extended):
        yield extended


class Replay:
    """Evaluates every clause that could produce a match of a pattern, over listed answers."""

    def __init__(self, session: Session, patterns: Sequence[Atom], answers: Sequence[Sequence[Atom]]) -> None:
        self.session = session
        self.patterns = patterns
        self.answers = answers
        self._cover = Cover(patterns)
        self.listed = [frozenset(each) for each in answers]
        self.proved: set[Atom] = set()
        self.stated: dict[str | int, Stated] = {}
        self._outer: frozenset[str] = frozenset()

    def take(self, premises: Premises) -> None:
        """Sort the premises. Fails when: one is of a kind that has no place here (``bad_premise``)."""
        for at, found in enumerate(premises):
            if isinstance(found, Stated):
                self.stated.setdefault(found.identity, found)
            elif isinstance(found, Holds):
                self.proved.add(found.atom)
            elif isinstance(found, Table):
                continue
            else:
                reject("bad_premise", premise=at + 1)
        tables = [found for found in premises if isinstance(found, Table)]
        self.tables = Tables(table for table in tables if is_table(table))
        self.exact = Tables(table for table in tables if table.exact)
        self.rows = Tables(table for table in tables if isinstance(table, Rows))

    def relation(self, at: int, name: str) -> None:
        """The rows that match pattern *at* are listed. Fails when: ``rows_missing``, ``unlisted_answer``."""
        pattern = self.patterns[at]
        rows = self.rows.first(name, pattern[1])
        if rows is None:
            reject("rows_missing", predicate=name)
        for found in rows.answers[0]:
            if matches(pattern, found) and found not in self.listed[at]:
                reject("unlisted_answer", predicate=name)

    def clause(self, at: int, clause: Clause, order: Sequence[int]) -> None:
        """Every head that *clause* produces for pattern *at* is listed."""
        bindings: Substitution = {}
        for wanted, offered in zip(self.patterns[at][1], clause.head[1], strict=True):
            if wanted[0] != "v" and not match(offered, wanted, bindings):
                return
        for end in each_way([clause.body[number] for number in order], bindings, self._solve):
            head = tuple([substitute(arg, end) for arg in clause.head[1]])
            if not all(map(is_ground, head)):
                reject("unbound_variable", sentence=clause.sentence)
            if (clause.head[0], head) not in self.listed[at]:
                reject("unlisted_answer", predicate=clause.head[0], sentence=clause.sentence)

    def _solve(self, literal: Literal, bindings: Substitution) -> Iterator[Substitution]:
        if literal[0] == "c":
            return computed(literal, bindings)
        if literal[0] == "a":
            return self._aggregate(literal, bindings)
        args = tuple([substitute(arg, bindings) for arg in literal[2]])
        if literal[0] == "+":
            return tried(self.session, literal, bindings, self._covering(literal[1], args))
        if not all(map(is_ground, args)):
            reject("unbound_builtin", predicate=literal[1])
        return iter(() if (literal[1], args) in self.proved else (bindings,))

    def _covering(self, name: str, call: Sequence[Term]) -> Sequence[Atom]:
        at = self._cover.first(name, call)
        if at is not None:
            return self.answers[at]
        table = self.tables.first(name, call)
        answers = table.covering(name, call) if table else None
        return reject("uncovered_call", predicate=name) if answers is None else answers

    def _aggregate(self, literal: Literal, bindings: Substitution) -> Iterator[Substitution]:
        for name in sorted(set(inner_variables(literal)) & self._outer):
            if name not in bindings:
                reject("unbound_builtin", op=literal[1])
        answers = [self._exact(each, bindings) for each in literal[4] if each[0] == "+"]
        value = aggregate_value(self.session, literal, bindings, answers)
        extended = dict(bindings)
        if value is not None and match(literal[2], value, extended):
            yield extended

    def _exact(self, literal: Literal, bindings: Substitution) -> Sequence[Atom]:
        call = [substitute(arg, bindings) for arg in literal[2]]
        table = self.exact.first(literal[1], call)
        answers = table.covering(literal[1], call) if table else None
        return reject("not_exact", predicate=literal[1]) if answers is None else answers

    def all_clauses(self, theory: Theory, orders: dict[tuple[int, int], tuple[int, ...]]) -> bool:
        """Replay every clause for every pattern; whether all that was consulted is closed."""
        closed = True
        for at, (name, _) in enumerate(self.patterns):
            leaf, identities = self.session.clauses(theory, name)
            if name[0] != "?":
                closed = closed and leaf is not None and leaf.closed
            if leaf is not None and leaf.relation is not None:
                closed = closed and leaf.relation.digest in self.session.context.roots
                self.relation(at, name)
            for number, identity in enumerate(identities):
                stated = self.stated.get(identity)
                if stated is None or stated.clause.head[0] != name:
                    reject("clause_missing", predicate=name)
                closed = closed and not any(map(has_null, stated.clause.head[1]))
                self.session.spend()
                natural = tuple(range(len(stated.clause.body)))
                order = orders.pop((at, number), natural)
                if order is not natural and tuple(sorted(order)) != natural:
                    reject("bad_order", predicate=name)
                if self.session.in_force(stated.clause):
                    self._outer = frozenset(stated.outer)
                    self.clause(at, stated.clause, order)
        if orders:
            reject("bad_order")
        return closed


def _order(value: Any) -> tuple[tuple[int, int], tuple[int, ...]]:
    if not isinstance(value, list) or len(value) != 3:
        reject("malformed_value", expected="order")
    return (index(value[0]), index(value[1])), array(value[2], index)


def _patterns(value: Any) -> tuple[Atom, ...]:
    found = array(value, atom)
    if not found or len(set(found)) != len(found) or not all(map(is_pattern, found)):
        reject("malformed_value", expected="patterns")
    return found


def tables(session: Session, step: dict[str, Any], premises: Premises) -> Conclusion:
    """Nothing matches the patterns but what is listed.

    Fails when: a clause or the rows of a predicate are left out, a literal is not covered, something produced is not
    listed, a premise has an open assumption, or a pending sentence could bear on what was consulted.
    """
    answers = array(step["answers"], lambda each: array(each, atom))
    entries = array(step["orders"], _order)
    patterns = _patterns(step["patterns"])
    if len(answers) != len(patterns):
        reject("malformed_value", expected="answers for each pattern")
    theory = premise(premises, 0, Theory)
    replay = Replay(session, patterns, answers)
    replay.take(premises[1:])
    if any(found.assumed for found in premises):
        reject("assumption_in_closure")
    for pattern, listed, distinct in zip(patterns, answers, replay.listed, strict=True):
        if len(distinct) != len(listed) or not all(_matches(pattern, each) for each in listed):
            reject("bad_answers", predicate=pattern[0])
    orders = dict(entries)
    if len(orders) != len(entries):
        reject("bad_order")
    closed = replay.all_clauses(theory, orders)
    result = Table(patterns, answers)
    used = [found for found in premises if isinstance(found, Table)]
    result.consulted = result.consulted.union(*(found.consulted for found in used))
    theory.bears(result.consulted)
    result.rest_on(premises)
    result.closed = closed and all(found.closed for found in used)
    return result


def _matches(pattern: Atom, found: Atom) -> bool:
    return pattern[0] == found[0] and covers(pattern, *found) and all(map(is_ground, found[1]))


def exact(session: Session, step: dict[str, Any], premises: Premises) -> Conclusion:
    """A table each of whose answers is proved. Fails when: a proof is missing (``answer_not_proved``)."""
    table = premise(premises, 0, Table)
    if isinstance(table, Rows):
        reject("bad_premise", premise=0, expected="tables")
    proofs = [premise(premises, at, Holds) for at in range(1, len(premises))]
    if [proof.atom for proof in proofs] != [found for listed in table.answers for found in listed]:
        reject("answer_not_proved")
    if any(proof.assumed for proof in proofs):
        reject("assumption_in_closure")
    result = Table(table.patterns, table.answers)
    result.consulted, result.closed, result.exact = table.consulted, table.closed, True
    result.rest_on(premises)
    return result

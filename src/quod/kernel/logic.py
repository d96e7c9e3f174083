"""Family *logic*: applying clauses, contradiction, generality, and the root (``spec/primitives.md``)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from quod.kernel.closure import aggregate_value
from quod.kernel.computation import evaluate
from quod.kernel.conclusions import (
    Conclusion,
    Each,
    Holds,
    Rows,
    Session,
    Stated,
    Table,
    Theory,
    exactly,
    is_table,
    premise,
)
from quod.kernel.rejection import reject
from quod.kernel.values import Atom, Literal, Substitution, Term, is_ground, substitute
from quod.kernel.wellformed import TESTS, array, atom, has_eigen, term, text, variables

Premises = Sequence[Conclusion]
TRUE = ("b", "true")


def _binding(value: Any) -> tuple[str, Term]:
    if not isinstance(value, list) or len(value) != 2:
        reject("malformed_value", expected="binding")
    name, bound = text(value[0]), term(value[1])
    return (name, bound) if is_ground(bound) else reject("malformed_value", expected="ground term")


def _bindings(value: Any) -> Substitution:
    pairs = array(value, _binding)
    if len(pairs) > 1 and any(a.encode() >= b.encode() for (a, _), (b, _) in itertools.pairwise(pairs)):
        reject("malformed_value", expected="ascending names")
    return dict(pairs)


def instance(args: Sequence[Term], bindings: Substitution) -> tuple[Term, ...]:
    """The arguments under *bindings*."""
    return tuple([substitute(arg, bindings) for arg in args])


def _premises_for(stated: Stated, premises: Premises) -> None:
    """Fails when: the premises after the first are not one for each literal that needs one (``bad_premise``)."""
    for at, needed in enumerate(stated.needs, 1):
        if needed is Holds:
            premise(premises, at, Holds)
        elif not is_table(premise(premises, at, Table)):
            reject("bad_premise", premise=at, expected="table")
    exactly(premises, len(stated.needs) + 1)


def apply(session: Session, step: dict[str, Any], premises: Premises) -> Conclusion:
    """A clause applied to premises, under explicit bindings.

    Fails when: the clause is not in force, the bindings are not those of its outer variables, a premise shows something
    else, an absent atom is not covered by its table or is listed there, a computation does not come out, or a table is
    used under an open assumption.
    """
    bindings = _bindings(step["bindings"])
    stated = premise(premises, 0, Stated)
    clause = stated.clause
    _premises_for(stated, premises)
    if not session.in_force(clause):
        reject("not_in_force", sentence=clause.sentence)
    if tuple(bindings) != stated.outer:
        reject("bad_bindings", expected=stated.outer)
    defaults: set[str] = set()
    counted: list[Atom] = []
    absence = False
    at = 0
    for literal in clause.body:
        sign = literal[0]
        if sign == "+":
            at += 1
            if premises[at].atom != (literal[1], instance(literal[2], bindings)):  # type: ignore[attr-defined]  # reason: _premises_for
                reject("premise_mismatch", premise=at)
        elif sign == "c":
            _compute(literal, bindings)
        elif sign == "-":
            at += 1
            absence = True
            _absent(premise(premises, at, Table), literal[1], instance(literal[2], bindings), defaults)
        else:
            absence = True
            needed = [each for each in literal[4] if each[0] == "+"]
            tables = [premise(premises, at + 1 + number, Table) for number in range(len(needed))]
            at += len(needed)
            _aggregate(session, literal, bindings, tables, defaults)
            counted += [row for table in tables if isinstance(table, Rows) for row in table.answers[0]]
    result = Holds((clause.head[0], instance(clause.head[1], bindings)))
    result.counted = tuple(counted)
    result.rest_on(premises)
    result.absence = result.absence or absence
    if result.assumed and result.absence:
        reject("assumption_in_closure")
    if defaults:
        result.defaults |= defaults
    return result


def _compute(literal: Literal, bindings: Substitution) -> None:
    args = instance(literal[2], bindings)
    if literal[1] in TESTS:
        good = evaluate(literal[1], args) == TRUE
    else:
        good = evaluate(literal[1], args[:-1]) == args[-1]
    if not good:
        reject("computation_false", op=literal[1])


def _absent(table: Table, name: str, args: tuple[Term, ...], defaults: set[str]) -> None:
    listed = table.lists((name, args))
    if listed is None:
        reject("not_covered", predicate=name)
    if listed:
        reject("listed_as_answer", predicate=name)
    if not table.closed:
        defaults.add(name)


def _aggregate(
    session: Session, literal: Literal, bindings: Substitution, tables: Sequence[Table], defaults: set[str]
) -> None:
    calls = [each for each in literal[4] if each[0] == "+"]
    found: list[Sequence[Atom]] = []
    for table, call in zip(tables, calls, strict=True):
        if not table.exact:
            reject("not_exact", predicate=call[1])
        answers = table.covering(call[1], instance(call[2], bindings))
        if answers is None:
            reject("not_covered", predicate=call[1])
        if not table.closed:
            defaults.add(call[1])
        found.append(answers)
    if aggregate_value(session, literal, bindings, found) != substitute(literal[2], bindings):
        reject("computation_false", op=literal[1])


def each(session: Session, step: dict[str, Any], premises: Premises) -> Conclusion:
    """For all values: body → head, shown on eigen symbols in the place of the variables.

    Fails when: the premise is not the head on them (``premise_mismatch``), rests on other assumptions
    (``assumption_not_allowed``) or on an absence (``assumption_in_closure``), or a sentence is pending
    (``pending_sentence``).
    """
    body = array(step["body"], lambda value: atom(value, question=False))
    head = atom(step["head"], question=False)
    if has_eigen(body) or has_eigen(head):
        reject("malformed_value", expected="no eigen symbols")
    theory, shown = premise(premises, 0, Theory), premise(premises, 1, Holds)
    exactly(premises, 2)
    names = {name for each_atom in body for arg in each_atom[1] for name in variables(arg)}
    if any(name not in names for arg in head[1] for name in variables(arg)):
        reject("unbound_variable")
    eigen: Substitution = {name: ("s", "!" + name) for name in names}
    if shown.atom != (head[0], instance(head[1], eigen)):
        reject("premise_mismatch")
    if not session.assumed(session.premises[len(session.done)][1:]) <= {
        (name, instance(args, eigen)) for name, args in body
    }:
        reject("assumption_not_allowed")
    if shown.absence:  # what is absent of a fresh symbol need not be absent of every value
        reject("assumption_in_closure")
    if theory.pending:
        reject("pending_sentence", sentence=theory.pending[0].sentence)
    result = Each(body, head)
    result.rest_on(premises)
    result.assumed = False
    return result

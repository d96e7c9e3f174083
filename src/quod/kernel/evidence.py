"""Family *evidence*: what the theory, its tables, the goal, a model or an assumption says (``spec/primitives.md``)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from quod.kernel.canonical import digest, spell
from quod.kernel.commit import cell_digest, cell_key, open_index, open_map, theory_digest
from quod.kernel.conclusions import GRADES, Assumed, Conclusion, Holds, Rows, Session, Stated, Theory, exactly, premise
from quod.kernel.rejection import reject
from quod.kernel.values import Atom, Term
from quod.kernel.wellformed import (
    array,
    atom,
    clause,
    has_eigen,
    has_null,
    has_private,
    index,
    is_opaque,
    pending,
    predicate,
    term,
    terms,
    text,
    variables,
)

Premises = Sequence[Conclusion]


def theory(session: Session, step: dict[str, Any], premises: Premises) -> Conclusion:
    """The opened part of the theory of the context.

    Fails when: the commitment recomputed from ``tree`` and ``pending`` is another (``wrong_theory``).
    """
    waiting = array(step["pending"], pending)
    session.spend(len(step["tree"]) if isinstance(step["tree"], list) else 0)
    opened = open_map(step["tree"])
    exactly(premises, 0)
    if theory_digest(spell(opened.root), waiting) != session.context.theory:
        reject("wrong_theory")
    return Theory(opened, waiting)


def stated(session: Session, step: dict[str, Any], premises: Premises) -> Conclusion:
    """A clause that the theory has.

    Fails when: it is not among the clauses of its predicate (``clause_not_in_theory``), or uses an eigen symbol
    (``reserved_symbol``).
    """
    found = clause(step["clause"])
    source = premise(premises, 0, Theory)
    exactly(premises, 1)
    leaf = source.lookup(found.head[0])
    identity = digest("clause", step["clause"])
    if leaf is None or identity not in leaf.clauses:
        reject("clause_not_in_theory", sentence=found.sentence)
    if has_eigen(found):
        reject("reserved_symbol")
    session.sentences.add(found.sentence)
    return Stated(found, identity)


def ask(session: Session, step: dict[str, Any], premises: Premises) -> Conclusion:
    """A clause of the question. Fails when: the goal has no such clause (``clause_not_in_theory``)."""
    at = index(step["index"])
    exactly(premises, 0)
    if at >= len(session.question):
        reject("clause_not_in_theory", index=at)
    return Stated(session.question[at], at)


def rows(session: Session, step: dict[str, Any], premises: Premises) -> Conclusion:
    """All rows of a relation that start with ``prefix`` in one of its indexes.

    Fails when: the predicate has no such index (``rows_missing``), the rows are of another relation (``wrong_root``),
    or some may have been left out (``range_not_complete``).
    """
    number, name, prefix = index(step["index"]), predicate(step["predicate"]), terms(step["prefix"])
    if not isinstance(step["tree"], list) or any(any(variables(each)) for each in prefix):
        reject("malformed_value", expected="tree and ground prefix")
    source = premise(premises, 0, Theory)
    exactly(premises, 1)
    leaf = source.lookup(name)
    relation = leaf.relation if leaf else None
    if leaf is None or relation is None or number >= len(relation.indexes) or len(prefix) > len(relation.indexes[0][0]):
        reject("rows_missing", predicate=name)
    order, root = relation.indexes[number]
    if any(column in relation.private or has_private(cell) for column, cell in zip(order, prefix, strict=False)):
        reject("not_comparable", reason="a prefix on a private column")
    session.spend(len(step["tree"]))
    opened = open_index(step["tree"], order, session.spend)
    if spell(opened.root) != root:
        reject("wrong_root", predicate=name)
    if not opened.shows(b"".join(map(cell_key, prefix))):
        reject("range_not_complete", predicate=name)
    if any(has_eigen(row) or any(map(has_null, row)) for row in opened.leaves):
        reject("reserved_symbol")
    for column, cell in ((column, cell) for row in opened.leaves for column, cell in enumerate(row)):
        if (cell[0] == "h") != (column in relation.private) or cell[0] == "f" and has_private(cell):
            reject("malformed_tree", reason="a private column has private cells, and no other")
    found = [row for row in opened.leaves if all(row[order[at]] == cell for at, cell in enumerate(prefix))]
    pattern: list[Term] = [("v", str(column)) for column in range(len(order))]
    for at, cell in enumerate(prefix):
        pattern[order[at]] = cell
    result = Rows(name, (name, tuple(pattern)), found, not leaf.clauses)
    result.waiting = source.waits((name,))
    if len(result.rows) != len(found):
        reject("malformed_tree", reason="a row twice")
    vouched = session.context.roots.get(relation.digest)
    result.closed = leaf.closed and vouched is not None
    result.grade = vouched if vouched is not None else GRADES.index("claimed")
    session.sources.add(relation.digest)
    return result


def row(session: Session, step: dict[str, Any], premises: Premises) -> Conclusion:
    """One row, as a fact. Fails when: the premise does not show it (``row_not_found``)."""
    args = terms(step["args"])
    source = premise(premises, 0, Rows)
    exactly(premises, 1)
    if args not in source.rows:
        reject("row_not_found")
    result = Holds((source.predicate, args), from_row=True)
    result.rest_on(premises)
    return result


def reveal(session: Session, step: dict[str, Any], premises: Premises) -> Conclusion:
    """A private cell, opened. Fails when: another value was committed (``wrong_salt``)."""
    column, salt, value = index(step["column"]), text(step["salt"]), term(step["value"])
    if len(salt) < 16 or any(variables(value)) or is_opaque(value):
        reject("malformed_value", expected="salt and plain value")
    source = premise(premises, 0, Holds)
    if not source.from_row:
        reject("bad_premise", expected="row")
    exactly(premises, 1)
    name, args = source.atom
    if column >= len(args):
        reject("malformed_value", expected="column")
    if args[column] != ("h", cell_digest(salt, value)):
        reject("wrong_salt", column=column)
    result = Holds((name, (*args[:column], value, *args[column + 1 :])), from_row=True)
    result.rest_on(premises)
    return result


def _plain_atom(value: Any) -> Atom:
    found = atom(value, question=False)
    return reject("malformed_value", expected="ground") if any(map(any, map(variables, found[1]))) else found


def assume(session: Session, step: dict[str, Any], premises: Premises) -> Conclusion:
    """An open assumption; it stays open until `each` discharges it or the goal allows it."""
    result = Assumed(_plain_atom(step["atom"]))
    exactly(premises, 0)
    return result


def claim(session: Session, step: dict[str, Any], premises: Premises) -> Conclusion:
    """What a model says, with its probability: of the lowest grade, never combined here."""
    found, model, probability = (
        _plain_atom(step["atom"]),
        text(step["model"]),
        term(step["probability"]),
    )
    if has_eigen(found) or not model or probability[0] != "n" or not 0 <= Fraction(probability[1]) <= 1:
        reject("malformed_value", expected="claim")
    exactly(premises, 0)
    result = Holds(found)
    result.grade = GRADES.index("claimed")
    session.claims.append((found, model, probability))
    return result

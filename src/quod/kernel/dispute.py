"""Family *dispute*: what holds together with its complement, and what nothing disputes (``spec/primitives.md``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quod.kernel.conclusions import (
    Conclusion,
    Contested,
    Holds,
    Rows,
    Session,
    Table,
    Tables,
    Theory,
    exactly,
    is_table,
    premise,
)
from quod.kernel.rejection import reject
from quod.kernel.values import Term, complement

Premises = Sequence[Conclusion]


def contested(session: Session, step: dict[str, Any], premises: Premises) -> Conclusion:
    """An atom and its complement. Fails when: the second is not the complement of the first (``premise_mismatch``)."""
    first, second = premise(premises, 0, Holds), premise(premises, 1, Holds)
    exactly(premises, 2)
    if first.atom[0][0] == "?":
        reject("bad_premise", expected="not a question predicate")
    if second.atom != (complement(first.atom[0]), first.atom[1]):
        reject("premise_mismatch")
    result = Contested(first.atom)
    result.rest_on(premises)
    return result


def uncontested(session: Session, step: dict[str, Any], premises: Premises) -> Conclusion:
    """Nothing the second premise rests on has a derivable complement.

    Fails when: a complement is listed by, or missing from, the tables (``contest_not_excluded``), or a pending sentence
    bears on it (``pending_sentence``).
    """
    theory = premise(premises, 0, Theory)
    shown = premises[1] if len(premises) > 1 else None
    if not isinstance(shown, Holds) and not (isinstance(shown, Table) and shown.exact and not isinstance(shown, Rows)):
        reject("bad_premise", premise=1, expected="holds or exact table")
    tables = [premise(premises, at, Table) for at in range(2, len(premises))]
    if not all(map(is_table, tables)):
        reject("bad_premise", expected="table")
    several = Tables(tables)
    for at in session.support(session.premises[len(session.done)][1:2]):
        found = session.done[at]
        for name, args in (found.atom, *found.counted) if isinstance(found, Holds) else ():
            if name[0] != "?":
                session.spend()
                _exclude(theory, complement(name), args, several)
    if shown.assumed:
        reject("assumption_in_closure")
    result = _marked(shown)
    result.rest_on(premises)
    return result


def _exclude(theory: Theory, name: str, args: tuple[Term, ...], tables: Tables) -> None:
    table = tables.first(name, args)
    if table:
        return reject("contest_not_excluded", predicate=name) if table.lists((name, args)) else None
    if theory.lookup(name) is not None:
        reject("contest_not_excluded", predicate=name)
    theory.bears((name,))


def _marked(shown: Holds | Table) -> Conclusion:
    if isinstance(shown, Holds):
        copy = Holds(shown.atom)
        copy.uncontested = True
        return copy
    table = Table(shown.patterns, shown.answers)
    table.consulted, table.exact, table.closed, table.uncontested = shown.consulted, True, shown.closed, True
    return table

"""Termination: no recursion makes ever new values, and no null reaches what needs to know who it is.

*Growth.* Within a recursive component a value is *taken around* if only recursive literals bind it. A head that
holds a compound or computed term made of such a value could grow without end, so the clause is refused.

*Nulls* flow from heads with a null (``sk:…``) through rules to argument places (weak acyclicity's bookkeeping,
Fagin et al. 2005); where a variable can only stand for values of such places, no order, ``!=`` or aggregate
may use it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quod.kernel.values import Clause, Literal, Term
from quod.knowledge.builtin import NULL, ORDERING, TESTS
from quod.knowledge.finding import Finding, quote
from quod.knowledge.notation import show_literal, show_predicate
from quod.knowledge.shape import literal_variables, term_variables, variables
from quod.knowledge.strata import Dependencies


def nonterminating(clauses: Iterable[Clause], graph: Dependencies | None = None) -> list[Finding]:
    """One finding for each recursive clause whose conclusion could grow without end."""
    clauses = list(clauses)
    graph = graph or Dependencies(clauses)
    found: list[Finding] = []
    for clause in clauses:
        around = _taken_around(clause, graph)
        if around and (grown := _grown(clause, around)):
            found.append(_growth(clause, grown, graph))
    return found


def _taken_around(clause: Clause, graph: Dependencies) -> set[str]:
    """The variables that only recursive literals of *clause* bind."""
    inside: set[str] = set()
    outside: set[str] = set()
    for literal in clause.body:
        if literal[0] == "+":
            recursive = graph.recursive(clause.head[0], literal[1])
            (inside if recursive else outside).update(literal_variables(literal))
    return inside - outside


def _grown(clause: Clause, around: set[str]) -> str:
    """How the head of *clause* makes a new value of those taken *around*, or an empty text."""
    bounded: set[str] = set()
    for literal in clause.body:
        if literal[0] == "+":
            bounded |= literal_variables(literal)
    grown: dict[str, str] = {}
    changed = True
    while changed:
        changed = False
        for literal in clause.body:
            for name in _results(literal, around | grown.keys(), grown.keys()):
                if name not in bounded and name not in grown:
                    grown[name] = show_literal(literal)
                    changed = True
    for arg in clause.head[1]:
        if arg[0] == "f" and term_variables(arg) & (around | grown.keys()):
            return f"the term `{show_literal(('+', clause.head[0], clause.head[1]))}`"
    made = sorted(variables(clause.head[1]) & grown.keys())
    return f"`{grown[made[0]]}`" if made else ""


def _results(literal: Literal, around: set[str], grown: Iterable[str]) -> list[str]:
    """The variables to which *literal* gives a value made of *around*; ``X = Y`` only passes on what is *grown*."""
    if literal[0] != "c" or (literal[1] in TESTS and literal[1] != "eq"):
        return []
    args: tuple[Term, ...] = literal[2]
    if literal[1] in ("least", "greatest"):  # these choose a value and make none
        around = set(grown)
    if literal[1] != "eq":
        return sorted(term_variables(args[-1])) if variables(args[:-1]) & around else []
    made: list[str] = []
    for result, other in (args, args[::-1]):
        sources = around if other[0] == "f" else set(grown)
        if result[0] == "v" and term_variables(other) & sources:
            made.append(result[1])
    return made


def _growth(clause: Clause, grown: str, graph: Dependencies) -> Finding:
    head = clause.head[0]
    back = next(lit[1] for lit in clause.body if lit[0] == "+" and graph.recursive(head, lit[1]))
    clauses = (clause, *graph.path(back, head))
    chain = " → ".join(map(show_predicate, [one.head[0] for one in clauses] + [head]))
    return Finding(
        "not_terminating",
        f"{grown} makes a new value in a recursion ({chain}), by {' and '.join(map(quote, clauses))}",
        tuple(dict.fromkeys(one.head[0] for one in clauses)),
        clauses,
        "bound the new value by a condition outside the recursion, such as a table of the values that may occur",
    )


def is_null(term: Term) -> bool:
    """Whether *term* is a null or contains one."""
    return term[0] == "f" and (term[1].startswith(NULL) or any(map(is_null, term[2])))


def null_unsafe(clauses: Iterable[Clause]) -> list[Finding]:
    """One finding for each clause in which a null could reach an order, ``!=``, a function or an aggregate."""
    clauses = list(clauses)
    places = _null_places(clauses)
    return [finding for clause in clauses if (finding := _null_use(clause, places)) is not None]


def _null_places(clauses: Sequence[Clause]) -> set[tuple[str, int]]:
    """The argument places that may hold a null: seeded by heads, spread through rules."""
    places: set[tuple[str, int]] = set()
    changed = True
    while changed:
        changed = False
        for clause in clauses:
            predicate, args = clause.head
            nulls = _null_variables(clause.body, places) if places else set()
            for i, arg in enumerate(args):
                if (predicate, i) not in places and (is_null(arg) or term_variables(arg) & nulls):
                    places.add((predicate, i))
                    changed = True
    return places


def _null_variables(body: tuple[Literal, ...], places: set[tuple[str, int]]) -> set[str]:
    """The variables that may stand for a null: each of their positive occurrences is in one of *places*."""
    maybe: set[str] = set()
    never: set[str] = set()
    for literal in body:
        if literal[0] != "+":
            continue
        for i, arg in enumerate(literal[2]):
            (maybe if (literal[1], i) in places else never).update(term_variables(arg))
    maybe -= never
    for literal in body:
        if literal[0] == "c" and literal[1] == "eq":
            for result, other in (literal[2], literal[2][::-1]):
                if result[0] == "v" and (is_null(other) or term_variables(other) & maybe) and result[1] not in never:
                    maybe.add(result[1])
    return maybe


def _null_use(clause: Clause, places: set[tuple[str, int]]) -> Finding | None:
    outside = _null_variables(clause.body, places)
    for literal in clause.body:
        nulls = outside
        if literal[0] == "a":
            nulls = outside | _null_variables(literal[4], places)
            used = literal_variables(literal) & nulls
        elif literal[0] == "c" and (literal[1] in ORDERING or literal[1] not in TESTS):
            used = variables(literal[2]) & nulls
        else:
            continue
        if used or (literal[0] == "c" and any(map(is_null, literal[2]))):
            what = f"`{min(used)}`" if used else "a term"
            message = (
                f"{what} in `{show_literal(literal)}` of {quote(clause)} may stand for something known only to exist"
            )
            remedy = "name the things that are compared or counted, or give them a condition that names them"
            return Finding("null_unsafe", message, (clause.head[0],), (clause,), remedy)
    return None

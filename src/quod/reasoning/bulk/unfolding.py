"""Rules put into the rules that use them, and rows that keys show to be one row joined only once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

from quod.kernel.values import Clause, Literal, Substitution, Term, substitute, variable
from quod.knowledge.builtin import TESTS
from quod.knowledge.shape import literal_variables
from quod.reasoning.bulk.tables import Tables

_LONGEST = 40  # literals in one body


def unfolded(clause: Clause, rules: Mapping[str, Clause], tables: Tables) -> Clause:
    """*clause* with the bodies of *rules* for its positive literals, and no row joined twice by its key."""
    names = count()
    body: list[Literal] = []
    for literal in clause.body:
        rule = rules.get(literal[1]) if literal[0] == "+" else None
        if rule is None or len(body) + len(rule.body) > _LONGEST:
            body.append(literal)
        else:
            body += _called(rule, literal[2], f"_u{next(names)}_")
    if len(body) == len(clause.body) and not rules:
        return clause
    return _merged(clause._replace(body=tuple(body)), tables)


def can_unfold(clause: Clause) -> bool:
    """Whether the head of *clause* is distinct variables."""
    args = clause.head[1]
    return all(arg[0] == "v" for arg in args) and len(set(args)) == len(args)


def _called(rule: Clause, args: Sequence[Term], prefix: str) -> list[Literal]:
    """The body of *rule* as called with *args*, its other variables renamed."""
    bindings: Substitution = {str(head[1]): arg for head, arg in zip(rule.head[1], args, strict=True)}
    for literal in rule.body:
        for name in sorted(literal_variables(literal)):
            bindings.setdefault(name, variable(prefix + name))
    return [instance(literal, bindings) for literal in rule.body]


def instance(literal: Literal, bindings: Substitution) -> Literal:
    """*literal* with its variables replaced."""
    if literal[0] == "a":
        _, op, result, value, inner = literal
        inside = tuple(instance(each, bindings) for each in inner)
        return ("a", op, substitute(result, bindings), substitute(value, bindings), inside)
    return (literal[0], literal[1], tuple(substitute(arg, bindings) for arg in literal[2]))


def _merged(clause: Clause, tables: Tables) -> Clause:
    """*clause* with positive literals that a key shows to be one row made one."""
    changed = True
    while changed:
        changed = False
        positive = [at for at, each in enumerate(clause.body) if each[0] == "+" and each[1] in tables]
        for number, one in enumerate(positive):
            for other in positive[number + 1 :]:
                joined = _joined(clause, one, other, tables)
                if joined is not None:
                    clause, changed = joined, True
                    break
            if changed:
                break
    return clause


def _joined(clause: Clause, one: int, other: int, tables: Tables) -> Clause | None:
    first, second = clause.body[one], clause.body[other]
    if first[1] != second[1] or not _same_key(first, second, tables):
        return None
    bindings: Substitution = {}
    for mine, theirs in zip(first[2], second[2], strict=True):
        a, b = substitute(mine, bindings), substitute(theirs, bindings)
        if a == b:
            continue
        if b[0] == "v":
            bindings = {name: substitute(term, {b[1]: a}) for name, term in bindings.items()} | {str(b[1]): a}
        elif a[0] == "v":
            bindings = {name: substitute(term, {a[1]: b}) for name, term in bindings.items()} | {str(a[1]): b}
        else:
            return None
    body = [instance(literal, bindings) for at, literal in enumerate(clause.body) if at != other]
    head = (clause.head[0], tuple(substitute(arg, bindings) for arg in clause.head[1]))
    return clause._replace(head=head, body=tuple(dict.fromkeys(body)))


def _same_key(first: Literal, second: Literal, tables: Tables) -> bool:
    return any(all(first[2][at] == second[2][at] for at in key) for key in tables[first[1]].keys)


def absence(
    literal: Literal, rules: Mapping[str, Clause], rows: Sequence[Literal], tables: Tables, prefix: str
) -> list[Literal] | None:
    """What must not be true for the absent *literal*, given the *rows* already joined; None if that says no more.

    A row inside that a key shows to be one of *rows* is not looked up again.
    """
    rule = rules.get(literal[1])
    if rule is None or any(each[0] == "a" or each[0] == "c" and each[1] not in TESTS for each in rule.body):
        return None
    inside = _called(rule, literal[2], prefix)
    given = {name for row in rows for name in literal_variables(row)} | literal_variables(literal)
    found = False
    at = 0
    while at < len(inside):
        mine = inside[at]
        outer = next(
            (row for row in rows if mine[0] == "+" and row[1] == mine[1] and _same_key(mine, row, tables)), None
        )
        if outer is None:
            at += 1
            continue
        found = True
        bindings: Substitution = {}
        equations: list[Literal] = []
        for arg, known in zip(mine[2], outer[2], strict=True):
            arg = substitute(arg, bindings)
            if arg[0] == "v" and arg[1] not in given:
                bindings[str(arg[1])] = known
            elif arg != known:
                equations.append(("c", "eq", (arg, known)))
        inside = [instance(each, bindings) for each in inside[:at] + inside[at + 1 :]] + equations
        at = 0
    return inside if found else None

"""The reference evaluator: a dumb stratified fixpoint over all ground atoms, by the definitions and nothing else."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator
from fractions import Fraction

Model = dict[str, dict[tuple, None]]

TESTS = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}
FUNCTIONS = {"add": operator.add, "sub": operator.sub, "mul": operator.mul}


def model(clauses: Iterable, blocked: Iterable = ()) -> set:
    """All atoms true in the stratified model; *blocked* atoms are never used to derive others positively."""
    clauses = list(clauses)
    full: Model = {}
    strata = levels(clauses)
    for level in range(max(strata.values(), default=0) + 1):
        fixpoint([each for each in clauses if strata[each.head[0]] == level], full, full, frozenset())
    if not blocked:
        return atoms_of(full)
    kept: Model = {}
    for level in range(max(strata.values(), default=0) + 1):
        fixpoint([each for each in clauses if strata[each.head[0]] == level], kept, full, frozenset(blocked))
    return atoms_of(kept)


def atoms_of(found: Model) -> set:
    return {(name, args) for name, rows in found.items() for args in rows}


def levels(clauses) -> dict[str, int]:
    names = {each.head[0] for each in clauses}
    for clause in clauses:
        for literal in clause.body:
            names.update([inner[1] for inner in literal[4]] if literal[0] == "a" else [literal[1]])
    level = dict.fromkeys(sorted(names), 0)
    for _ in range(len(names) + 1):
        for clause in clauses:
            for literal in clause.body:
                used = literal[4] if literal[0] == "a" else [literal]
                for each in used:
                    if each[0] in "+-":
                        strict = literal[0] in "-a"
                        level[clause.head[0]] = max(level[clause.head[0]], level[each[1]] + strict)
    if max(level.values(), default=0) > len(names):
        raise ValueError("not stratified")
    return level


def fixpoint(clauses, positive: Model, settled: Model, blocked: frozenset) -> None:
    changed = True
    while changed:
        changed = False
        for clause in clauses:
            for bindings in list(solutions(list(clause.body), {}, positive, settled)):
                atom = (clause.head[0], tuple(put(arg, bindings) for arg in clause.head[1]))
                rows = positive.setdefault(atom[0], {})
                if atom[1] not in rows and atom not in blocked:
                    rows[atom[1]] = None
                    changed = True


def solutions(body, bindings, positive: Model, settled: Model) -> Iterator[dict]:
    if not body:
        yield bindings
        return
    at = next((at for at, literal in enumerate(body) if literal[0] == "+"), -1)
    if at < 0:
        at = next(at for at, literal in enumerate(body) if ready(literal, bindings, body))
    literal = body[at]
    rest = body[:at] + body[at + 1 :]
    for extended in one(literal, bindings, positive, settled):
        yield from solutions(rest, extended, positive, settled)


def ready(literal, bindings, body) -> bool:
    if literal[0] == "c":
        inputs = literal[2] if literal[1] in TESTS else literal[2][:-1]
        return all(closed(put(arg, bindings)) for arg in inputs)
    if literal[0] == "a":
        inside = {
            name for part in (literal[3], *[arg for each in literal[4] for arg in each[2]]) for name in names(part)
        }
        results = {
            name
            for other in body
            if other[0] in "ca" and other is not literal
            for name in names(other[2] if other[0] == "a" else other[2][-1])
        }
        return not (inside & results - set(bindings))
    return all(closed(put(arg, bindings)) for arg in literal[2])


def one(literal, bindings, positive: Model, settled: Model) -> Iterator[dict]:
    if literal[0] == "+":
        for row in positive.get(literal[1], {}):
            extended = dict(bindings)
            if all(fits(arg, value, extended) for arg, value in zip(literal[2], row, strict=True)):
                yield extended
    elif literal[0] == "-":
        if tuple(put(arg, bindings) for arg in literal[2]) not in settled.get(literal[1], {}):
            yield bindings
    elif literal[0] == "c":
        yield from calculated(literal, bindings)
    else:
        value = aggregated(literal, bindings, settled)
        extended = dict(bindings)
        if value is not None and fits(literal[2], value, extended):
            yield extended


def calculated(literal, bindings) -> Iterator[dict]:
    _, op, args = literal
    values = [put(arg, bindings) for arg in args]
    if op in TESTS:
        if op in ("eq", "ne"):
            good = TESTS[op](values[0], values[1])
        else:
            good = TESTS[op](Fraction(values[0][1]), Fraction(values[1][1]))
        if good:
            yield bindings
        return
    result = ("n", str(FUNCTIONS[op](Fraction(values[0][1]), Fraction(values[1][1]))))
    extended = dict(bindings)
    if fits(args[-1], result, extended):
        yield extended


def aggregated(literal, bindings, settled: Model):
    _, op, _, value, inner = literal
    seen = {}
    for way in solutions(list(inner), dict(bindings), settled, settled):
        inside = {name for part in (value, *[arg for each in inner for arg in each[2]]) for name in names(part)}
        seen[tuple((name, way[name]) for name in sorted(inside))] = put(value, way)
    if op == "count":
        return ("n", str(len(seen)))
    numbers = [Fraction(each[1]) for each in seen.values()]
    if op == "sum":
        return ("n", str(sum(numbers, Fraction(0))))
    return ("n", str((min if op == "min" else max)(numbers))) if numbers else None


def names(term) -> set[str]:
    if term[0] == "v":
        return {term[1]}
    return {name for arg in term[2] for name in names(arg)} if term[0] == "f" else set()


def put(term, bindings):
    if term[0] == "v":
        return bindings.get(term[1], term)
    return ("f", term[1], tuple(put(arg, bindings) for arg in term[2])) if term[0] == "f" else term


def closed(term) -> bool:
    return not names(term)


def fits(term, value, bindings) -> bool:
    if term[0] == "v":
        return bindings.setdefault(term[1], value) == value
    if term[0] == "f":
        return (
            value[0] == "f"
            and value[1] == term[1]
            and len(value[2]) == len(term[2])
            and all(fits(mine, theirs, bindings) for mine, theirs in zip(term[2], value[2], strict=True))
        )
    return term == value

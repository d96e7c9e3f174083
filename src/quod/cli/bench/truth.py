"""A naive evaluator of goals, which shares no code with kernel or provers: what a mutant's goal is worth.

Stratified models bottom-up, by trying everything; for the small worlds of `quod.cli.bench.worlds` only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import Any, TypeAlias

Model: TypeAlias = dict[str, set[Any]]
Bindings: TypeAlias = dict[str, Any]
LARGE = 2000
Rule: TypeAlias = tuple[Any, Sequence[Any]]


class Unstratified(Exception):
    """Absence or an aggregate on a cycle, or too much to derive: the naive evaluator has no model to offer."""


def frozen(value: Any) -> Any:
    """Lists as tuples, so that terms of a document and of a world are the same things."""
    return tuple([frozen(each) for each in value]) if isinstance(value, (list, tuple)) else value


def model_of(rules: Sequence[Rule], facts: Sequence[Any]) -> Model:
    """The model: for each predicate the argument tuples that hold.

    Fails when: the rules are not stratified (`Unstratified`).
    """
    model: Model = {}
    for name, args in facts:
        model.setdefault(name, set()).add(args)
    for level in _levels(rules):
        grown = True
        while grown:
            grown = False
            for (name, args), body in level:
                for found in list(_ways(_sorted(body), {}, model)):
                    instance = tuple([_put(arg, found) for arg in args])
                    rows = model.setdefault(name, set())
                    grown = grown or instance not in rows
                    rows.add(instance)
                    if len(rows) > LARGE:
                        raise Unstratified
    return model


def _levels(rules: Sequence[Rule]) -> list[list[Rule]]:
    level = {head[0]: 0 for head, _ in rules}
    for _ in range(len(level) + 1):
        before = dict(level)
        for (name, _), body in rules:
            for sign, inner in ((sign, inner) for literal in body for sign, inner in _mentioned(literal)):
                if inner in level:
                    level[name] = max(level[name], level[inner] + (sign != "+"))
        if level == before:
            return [
                [rule for rule in rules if level[rule[0][0]] == at] for at in range(max(level.values(), default=0) + 1)
            ]
    raise Unstratified


def _mentioned(literal: Any) -> list[tuple[str, str]]:
    if literal[0] == "a":
        return [("a", inner[1]) for inner in literal[4] if inner[0] == "+"]
    return [] if literal[0] == "c" else [(literal[0], literal[1])]


def _sorted(body: Sequence[Any]) -> list[Any]:
    """What binds first, what only tests last."""
    return sorted(body, key=lambda literal: "+ca-".index(literal[0]))


def _ways(body: Sequence[Any], bindings: Bindings, model: Model) -> Iterator[Bindings]:
    if not body:
        yield bindings
        return
    literal, rest = body[0], body[1:]
    for found in _solve(literal, bindings, model):
        yield from _ways(rest, found, model)


def _solve(literal: Any, bindings: Bindings, model: Model) -> Iterator[Bindings]:
    if literal[0] == "+":
        for args in model.get(literal[1], ()):
            found = dict(bindings)
            if all(_match(mine, theirs, found) for mine, theirs in zip(literal[2], args, strict=True)):
                yield found
    elif literal[0] == "-":
        if tuple([_put(arg, bindings) for arg in literal[2]]) not in model.get(literal[1], ()):
            yield bindings
    elif literal[0] == "c":
        yield from _compute(literal[1], [_put(arg, bindings) for arg in literal[2]], bindings)
    else:
        yield from _total(literal, bindings, model)


def _compute(op: str, args: list[Any], bindings: Bindings) -> Iterator[Bindings]:
    if op in ("eq", "ne"):
        if (args[0] == args[1]) == (op == "eq"):
            yield bindings
        return
    if any(arg[0] != "n" for arg in args[:2]):
        return
    a, b = Fraction(args[0][1]), Fraction(args[1][1])
    if op in ("lt", "le", "gt", "ge"):
        if {"lt": a < b, "le": a <= b, "gt": a > b, "ge": a >= b}[op]:
            yield bindings
        return
    found = dict(bindings)
    if _match(args[2], ("n", str({"add": a + b, "sub": a - b, "mul": a * b}[op])), found):
        yield found


def _total(literal: Any, bindings: Bindings, model: Model) -> Iterator[Bindings]:
    _, op, result, value, inner = literal
    distinct = {tuple(sorted(way.items())): _put(value, way) for way in _ways(_sorted(inner), bindings, model)}
    amounts = [Fraction(each[1]) for each in distinct.values()]
    if op in ("min", "max") and not amounts:
        return
    total = {"count": len(amounts), "sum": sum(amounts), "min": min(amounts, default=0), "max": max(amounts, default=0)}
    found = dict(bindings)
    if _match(result, ("n", str(total[op])), found):
        yield found


def _put(term: Any, bindings: Bindings) -> Any:
    if term[0] == "v":
        return bindings.get(term[1], term)
    return ("f", term[1], tuple([_put(arg, bindings) for arg in term[2]])) if term[0] == "f" else term


def _match(term: Any, ground: Any, bindings: Bindings) -> bool:
    if term[0] == "v":
        return bool(bindings.setdefault(term[1], ground) == ground)
    if term[0] == "f" and ground[0] == "f" and term[1] == ground[1] and len(term[2]) == len(ground[2]):
        return all(_match(mine, theirs, bindings) for mine, theirs in zip(term[2], ground[2], strict=True))
    return bool(term == ground)


# --- goals --------------------------------------------------------------------------------------------------------


class Truth:
    """What is true in a world: its rules in force and facts, which predicates are closed, what is pending."""

    def __init__(
        self, rules: Sequence[Rule], facts: Sequence[Any], closed: frozenset[str], pending: Sequence[Sequence[str]]
    ) -> None:
        self._rules = rules
        self._facts = facts
        self._closed = closed
        self._pending = frozenset(name for bears in pending for name in bears)

    def model(self) -> Model:
        """The model of the world, without assumptions."""
        return model_of(self._rules, self._facts)

    def of(self, goal: dict[str, Any]) -> bool:
        """Whether all goals are true, under the goal's assumptions. Fails when: there is no model (`Unstratified`)."""
        asked = [frozen([clause["head"], clause["body"]]) for clause in goal["question"]]
        facts = [*self._facts, *frozen(goal["assumptions"])]
        model = model_of([*self._rules, *asked], facts)
        return all(self._one(each, model) for each in goal["goals"])

    def _one(self, goal: dict[str, Any], model: Model) -> bool:
        kind = goal["kind"]
        if kind == "each":
            return self._each(frozen(goal["body"]), frozen(goal["head"]), model)
        name, args = frozen(goal["pattern"] if kind == "exactly" else goal["atom"])
        found = {each for each in model.get(name, ()) if all(_match(a, b, {}) for a, b in zip(args, each, strict=True))}
        other = name[1:] if name[0] == "~" else "~" + name
        denied = args in model.get(other, ()) and name[0] != "?"
        if kind == "holds":
            return bool(found)
        if kind == "proved":
            return bool(found) and not denied
        if kind == "contested":
            return bool(found) and denied
        if kind == "exactly":
            right = {(name, each) for each in found} == set(frozen(goal["answers"])) and not self._waits(name)
            return right and (goal["closed"] == "no" or self._shut(name))
        if kind == "not_derivable":
            return not found and not self._waits(name)
        return not found and (denied or self._shut(name) and not self._waits(name))

    def _shut(self, name: str) -> bool:
        return name[0] == "?" or name in self._closed

    def _waits(self, name: str) -> bool:
        """Whether a pending sentence could add to the predicate itself."""
        return "*" in self._pending or name in self._pending

    def _each(self, body: Sequence[Any], head: Any, model: Model) -> bool:
        names = sorted({arg[1] for _, args in body for arg in args if arg[0] == "v"})
        known = {arg for rows in model.values() for row in rows for arg in row} | {("s", "somebody else")}
        for values in product(sorted(known, key=str), repeat=len(names)):
            bound = dict(zip(names, values, strict=True))
            facts = [(name, tuple([_put(arg, bound) for arg in args])) for name, args in (*body, head)]
            if all(args in model.get(name, ()) for name, args in facts[:-1]) and facts[-1][1] not in model.get(
                facts[-1][0], ()
            ):
                return False
        return True

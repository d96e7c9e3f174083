"""Aggregates: count, sum, min and max over the distinct bindings of all variables inside.

Tables are sets and every argument inside is a variable or a value, so the joined rows are the distinct bindings.
"""

from __future__ import annotations

from quod.kernel.values import Literal
from quod.knowledge.shape import literal_variables, term_variables
from quod.reasoning.bulk.bodies import Body, Dead
from quod.reasoning.bulk.cells import Value, equal, number_value, place_for
from quod.reasoning.bulk.numbers import Rational, cast, integer, kind_for
from quod.reasoning.bulk.refusals import NotInBulk


def total(body: Body, literal: Literal, outer: set[str]) -> None:
    """Add the aggregate *literal* to *body*. Fails when: it has no exact SQL (`NotInBulk`) or no value (`Dead`)."""
    _, op, result, value, inner = literal
    groups = sorted(_inside(literal) & outer)
    try:
        inside = _inner(body, inner, groups)
    except Dead:
        if op in ("min", "max"):
            raise
        body.result(result, number_value(integer("CAST(0 AS BIGINT)", 0, 0)))
        return
    body.problems += inside.problems
    body.stage()
    alias = body.alias("g")
    places = {name: place_for([inside.values[name]]) for name in groups}
    grouped = inside.selected(groups, places) if groups else "SELECT"
    measured = _Measure(op, inside.value(value) if op != "count" else None, inside.size)
    columns = ", ".join(f"{sql} AS {name}" for name, sql in measured.columns)
    columns = f", {columns}" if groups else f" {columns}"
    ends = [f"{name}" for at, each in enumerate(groups) for name, _ in places[each].columns(at)]
    group_by = f" GROUP BY {', '.join(str(at + 1) for at in range(len(ends)))}" if groups else ""
    matched = [equal(body.values[name], places[name].value(alias, at)) for at, name in enumerate(groups)]
    (source,) = body.sources
    body.sources = [
        f"{source} LEFT JOIN ({grouped}{columns}{inside.tail()}{group_by}) {alias} ON {' AND '.join(matched) or 'true'}"
    ]
    outside = measured.outside(alias)
    if outside:
        body.report(outside)
        body.conditions.append(f"NOT ({outside})")
    if op in ("min", "max"):
        body.conditions.append(f"{alias}.total IS NOT NULL")
    body.result(result, measured.value(alias))


def _inside(literal: Literal) -> set[str]:
    found = term_variables(literal[3])
    for part in literal[4]:
        found |= literal_variables(part)
    return found


def _inner(body: Body, literals: tuple[Literal, ...], groups: list[str]) -> Body:
    """The body inside the aggregate; where its own rows do not bind a group, those of the outer body do."""
    inside = Body(body.tables, body.case, body.names)
    for literal in literals:
        if literal[0] == "+":
            inside.positive(literal)
    missing = [name for name in groups if name not in inside.values]
    if missing:
        alias = body.alias("b")
        places = {name: place_for([body.values[name]]) for name in groups}
        inside.sources.append(f"({body.selected(groups, places, True)}{body.tail()}) {alias}")
        for at, name in enumerate(groups):
            value = places[name].value(alias, at)
            if name in inside.values:
                inside.conditions.append(equal(inside.values[name], value))
            else:
                inside.values[name] = value
    waiting = [literal for literal in literals if literal[0] != "+"]
    while waiting:
        ready = next((each for each in waiting if inside.is_ready(each, set())), None)
        if ready is None:
            raise NotInBulk("a computation inside an aggregate that nothing binds")
        waiting.remove(ready)
        inside.computed(ready)
    return inside


class _Measure:
    """What is computed for each group, and how it is read."""

    def __init__(self, op: str, value: Value | None, size: int) -> None:
        self.op = op
        self.of = value
        self.size = size
        self.columns = [("total", self._total())]
        if value is not None and value.sort == "quantity":
            self.columns += [("unit", f"min({value.sql})"), ("other", f"max({value.sql})")]

    def _total(self) -> str:
        if self.of is None:
            return "count(*)"
        if self.of.numbers and not isinstance(self.of.number.den, int) or len(self.of.numbers) > 1:
            raise NotInBulk(f"{self.op} of durations, or of numbers over different denominators")
        if not self.of.numbers:
            return f"{self.op if self._ordered else 'count'}({self.of.sql if self._ordered else '*'})"
        return f"{self.op}({self.of.number.sql})"

    @property
    def _ordered(self) -> bool:
        return self.of is not None and self.of.sort in ("date", "text") and self.op != "sum"

    def outside(self, alias: str) -> str:
        """Where the aggregate is outside its domain, or what it gives has another sort than elsewhere."""
        if self.of is None:
            return ""
        if self.of.sort == "quantity":
            mixed = f"{alias}.unit IS NOT NULL AND {alias}.unit <> {alias}.other"
            return f"{mixed} OR {alias}.total IS NULL" if self.op == "sum" else mixed
        return "" if self.of.numbers or self._ordered else f"coalesce({alias}.total, 0) > 0"

    def value(self, alias: str) -> Value:
        """The value of the aggregate in the row called *alias*."""
        if self._ordered and self.of is not None:
            return Value(self.of.sort, f"{alias}.total")
        sql, place = f"{alias}.total", None
        if self.of is None or not self.of.numbers:
            return number_value(integer(f"coalesce({sql}, 0)", 0, self.size))
        number = self.of.number
        if self.op != "sum":
            place = Rational(sql, number.low, number.high, number.den, 1, number.kind)
        else:
            low, high = min(0, number.low * self.size), max(0, number.high * self.size)
            kind = kind_for(max(abs(low), abs(high)))
            summed = cast(sql, kind, "HUGEINT")
            place = Rational(f"coalesce({summed}, CAST(0 AS {kind}))", low, high, number.den, 1, kind)
        return Value(self.of.sort, f"{alias}.unit" if self.of.sort == "quantity" else "", (place,))

"""The computations of ``spec/computation.md`` as SQL, written anew: nothing here is shared with the kernel.

Each gives a `Computed`: the value or condition, and SQL that is true where it lies *outside* the domain (``""``:
nowhere).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quod.kernel.values import Term
from quod.reasoning.bulk import numbers as exact
from quod.reasoning.bulk.cells import Value, days, equal, number_value
from quod.reasoning.bulk.numbers import MODES, Rational, align, integer, may_be_zero
from quod.reasoning.bulk.refusals import NotInBulk

ALWAYS = "true"
_DAYS = 3_652_059  # from the first representable date to the last
_SIGNS = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<"}
_TESTS = ("contains", "eq", "ge", "gt", "le", "lt", "ne", "starts_with")


@dataclass(frozen=True)
class Computed:
    """A test's ``condition`` or a function's ``value``, and where it is outside its domain."""

    condition: str = ""
    value: Value | None = None
    outside: str = ""


OUTSIDE = Computed(condition="false", outside=ALWAYS)


def is_test(op: str) -> bool:
    """Whether *op* has a truth value rather than a result."""
    return op in _TESTS


def compute(op: str, args: Sequence[Value], terms: Sequence[Term]) -> Computed:
    """*op* on *args*, which the rule writes as *terms*. Fails when: it has no exact SQL (`NotInBulk`)."""
    if op == "eq":
        return Computed(equal(args[0], args[1]))
    if op == "ne":
        return Computed(f"NOT ({equal(args[0], args[1])})")
    if op in _SIGNS:
        return _compare(_SIGNS[op], args[0], args[1])
    if op in ("starts_with", "contains"):
        texts = args[0].sort == args[1].sort == "text"
        return Computed(f"{op}({args[0].sql}, {args[1].sql})") if texts else OUTSIDE
    if op == "round":
        return _round(args, terms)
    if op not in _FUNCTIONS:
        raise NotInBulk(f"{op} has no exact SQL")
    return _FUNCTIONS[op](*args)


def _either(*conditions: str) -> str:
    some = [each for each in conditions if each]
    return ALWAYS if ALWAYS in some else " OR ".join(f"({each})" for each in some)


def _guarded(sql: str, outside: str) -> str:
    return f"CASE WHEN {outside} THEN NULL ELSE {sql} END" if outside else sql


def guard(value: Value, outside: str) -> Value:
    """*value* with nothing computed where it is *outside* its domain."""
    if not outside:
        return value
    numbers = tuple(
        Rational(
            _guarded(each.sql, outside),
            each.low,
            each.high,
            each.den if isinstance(each.den, int) else _guarded(each.den, outside),
            each.most,
            each.kind,
        )
        for each in value.numbers
    )
    return Value(value.sort, _guarded(value.sql, outside) if value.sql else "", numbers)


# --- order ------------------------------------------------------------------------------------------------------------


def _compare(sign: str, a: Value, b: Value) -> Computed:
    if a.sort != b.sort or a.sort in ("symbol", "boolean"):
        return OUTSIDE
    if a.sort in ("date", "text"):
        return Computed(f"{a.sql} {sign} {b.sql}")
    if a.sort == "duration":
        return _compare_durations(sign, a, b)
    left, right = align(a.number, b.number)
    outside = f"{a.sql} <> {b.sql}" if a.sort == "quantity" else ""
    return Computed(f"{left} {sign} {right}", outside=outside)


def _compare_durations(sign: str, a: Value, b: Value) -> Computed:
    months, days_ = align(a.numbers[0], b.numbers[0]), align(a.numbers[1], b.numbers[1])
    no_months = f"{a.numbers[0].sql} = 0 AND {b.numbers[0].sql} = 0"
    no_days = f"{a.numbers[1].sql} = 0 AND {b.numbers[1].sql} = 0"
    condition = (
        f"CASE WHEN {no_days} THEN {months[0]} {sign} {months[1]} "
        f"WHEN {no_months} THEN {days_[0]} {sign} {days_[1]} ELSE false END"
    )
    return Computed(condition, outside=f"NOT ({no_days}) AND NOT ({no_months})")


def _choose(sign: str) -> Callable[[Value, Value], Computed]:
    def choose(a: Value, b: Value) -> Computed:
        second = _compare(sign, b, a)
        if second.outside == ALWAYS:
            return OUTSIDE
        take = second.condition
        numbers: list[Rational] = []
        for mine, other in zip(a.numbers, b.numbers, strict=True):
            left, right = align(mine, other)
            if not (isinstance(mine.den, int) and isinstance(other.den, int)):
                raise NotInBulk("the lesser or greater of numbers over different denominators")
            den = math.lcm(mine.den, other.den)
            low = min(mine.low * (den // mine.den), other.low * (den // other.den))
            high = max(mine.high * (den // mine.den), other.high * (den // other.den))
            kind = exact.kind_for(max(abs(low), abs(high)))
            numbers.append(
                Rational(f"CAST(CASE WHEN {take} THEN {right} ELSE {left} END AS {kind})", low, high, den, 1, kind)
            )
        sql = f"CASE WHEN {take} THEN {b.sql} ELSE {a.sql} END" if a.sql else ""
        return Computed(value=Value(a.sort, sql, tuple(numbers)), outside=second.outside)

    return choose


# --- arithmetic -------------------------------------------------------------------------------------------------------


def _sum(sign: int) -> Callable[[Value, Value], Computed]:
    def add(a: Value, b: Value) -> Computed:
        if a.sort == b.sort and a.sort in ("number", "quantity", "duration"):
            parts = tuple(exact.add(x, y, sign) for x, y in zip(a.numbers, b.numbers, strict=True))
            outside = f"{a.sql} <> {b.sql}" if a.sort == "quantity" else ""
            return Computed(value=Value(a.sort, a.sql, parts), outside=outside)
        if a.sort == "date" and b.sort == "duration":
            return _move(a, b, sign)
        if a.sort == b.sort == "date" and sign < 0:
            return Computed(value=days(f"CAST({a.sql} - {b.sql} AS BIGINT)", -_DAYS, _DAYS))
        return OUTSIDE

    return add


def _move(day: Value, span: Value, sign: int) -> Computed:
    """*day* moved by months, clamped to the end of the month, and then by days."""
    months, rest = span.numbers
    if exact.kind_for(months.reach + 12 * 9999) != "BIGINT" or exact.kind_for(rest.reach + _DAYS) != "BIGINT":
        raise NotInBulk("a duration too long for any date")
    d, by = day.sql, "+" if sign > 0 else "-"
    number = f"CAST({rest.sql} AS BIGINT)"
    if months.low == months.high == 0:
        moved, too_far = d, ""
    else:
        month = f"(CAST(year({d}) AS BIGINT) * 12 + month({d}) - 1 {by} {months.sql})"
        too_far = f"{month} < 12 OR {month} >= 120000"
        first = f"make_date({month} // 12, {month} % 12 + 1, 1)"
        last = f"day(last_day({first}))"
        moved = f"make_date({month} // 12, {month} % 12 + 1, least(day({d}), {last}))"
    if rest.low == rest.high == 0:
        return Computed(value=Value("date", moved), outside=too_far)
    since = f"(CAST({_guarded(moved, too_far)} - DATE '0001-01-01' AS BIGINT) {by} {number})"
    beyond = f"{since} < 0 OR {since} >= {_DAYS}"
    value = f"(DATE '0001-01-01' + CAST({since} AS INTEGER))"
    return Computed(value=Value("date", value), outside=_either(too_far, beyond))


def _times(a: Value, b: Value) -> Computed:
    if a.sort == "number" and b.sort == "quantity":
        a, b = b, a
    if b.sort != "number" or a.sort not in ("number", "quantity"):
        return OUTSIDE
    return Computed(value=Value(a.sort, a.sql, (exact.multiply(a.number, b.number),)))


def _divide(a: Value, b: Value) -> Computed:
    if a.sort not in ("number", "quantity") or not (b.sort == "number" or a.sort == b.sort == "quantity"):
        return OUTSIDE
    units = f"{a.sql} <> {b.sql}" if b.sort == "quantity" else ""
    if b.number.low == b.number.high == 0:
        return OUTSIDE
    outside = _either(units, f"{b.number.sql} = 0" if may_be_zero(b.number) else "")
    result = exact.divide(a.number, b.number)
    return Computed(
        value=Value("number", "", (result,)) if b.sort == "quantity" else Value(a.sort, a.sql, (result,)),
        outside=outside,
    )


def _numeric(change: Callable[[Rational], Rational]) -> Callable[[Value], Computed]:
    def apply(a: Value) -> Computed:
        return Computed(value=number_value(change(a.number))) if a.sort == "number" else OUTSIDE

    return apply


def _round(args: Sequence[Value], terms: Sequence[Term]) -> Computed:
    if terms[1][0] == "v" or terms[2][0] == "v":
        raise NotInBulk("rounding to places or in a mode that the data decides")
    if args[0].sort != "number" or terms[1][0] != "n" or terms[2][0] != "s" or terms[2][1] not in MODES:
        return OUTSIDE
    places = Fraction(terms[1][1])
    if places.denominator != 1 or abs(places) > 50:
        return OUTSIDE
    return Computed(value=number_value(exact.rounded(args[0].number, int(places), terms[2][1])))


# --- dates and texts --------------------------------------------------------------------------------------------------


def _part(name: str, low: int, high: int) -> Callable[[Value], Computed]:
    def part(a: Value) -> Computed:
        if a.sort != "date":
            return OUTSIDE
        return Computed(value=number_value(integer(f"CAST({name}({a.sql}) AS BIGINT)", low, high)))

    return part


def _months_sql(a: str, b: str) -> str:
    forward = "(CAST(year({e}) - year({s}) AS BIGINT) * 12 + month({e}) - month({s})"
    forward += " - CASE WHEN least(day({s}), day(last_day({e}))) > day({e}) THEN 1 ELSE 0 END)"
    return f"CASE WHEN {a} <= {b} THEN {forward.format(s=a, e=b)} ELSE -{forward.format(s=b, e=a)} END"


def _months(divisor: int) -> Callable[[Value, Value], Computed]:
    def between(a: Value, b: Value) -> Computed:
        if a.sort != "date" or b.sort != "date":
            return OUTSIDE
        sql = f"(CAST({_months_sql(a.sql, b.sql)} AS BIGINT) // {divisor})"
        return Computed(value=number_value(integer(sql, -120_000, 120_000)))

    return between


def _text(sql: str) -> Callable[[Value], Computed]:
    def apply(a: Value) -> Computed:
        return Computed(value=Value("text", sql.format(a.sql))) if a.sort == "text" else OUTSIDE

    return apply


def _length(a: Value) -> Computed:
    if a.sort != "text":
        return OUTSIDE
    return Computed(value=number_value(integer(f"CAST(length({a.sql}) AS BIGINT)", 0, 10**10)))


def _text_of(a: Value) -> Computed:
    return Computed(value=Value("text", a.sql)) if a.sort == "symbol" else OUTSIDE


_FUNCTIONS: dict[str, Callable[..., Computed]] = {
    "abs": _numeric(exact.absolute),
    "add": _sum(1),
    "ceiling": _numeric(lambda a: exact.rounded(a, 0, "ceiling")),
    "day": _part("day", 1, 31),
    "div": _divide,
    "floor": _numeric(lambda a: exact.rounded(a, 0, "floor")),
    "greatest": _choose(">"),
    "least": _choose("<"),
    "length": _length,
    "lowercase": _text("translate({0}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"),
    "month": _part("month", 1, 12),
    "months_between": _months(1),
    "mul": _times,
    "sub": _sum(-1),
    "text_of": _text_of,
    "weekday": _part("isodow", 1, 7),
    "year": _part("year", 1, 9999),
    "years_between": _months(12),
}

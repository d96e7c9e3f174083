"""Exact rational arithmetic as SQL integers: a numerator and a denominator, with bounds known before anything runs.

A `Rational` is SQL for an integer numerator between ``low`` and ``high``, over a denominator that is a Python integer,
or SQL for a positive integer of at most ``most``. Every operation widens the bounds; one whose bounds leave HUGEINT is
refused (`TooLarge`) when it is compiled, so that no expression can overflow when it runs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from quod.reasoning.bulk.refusals import TooLarge

_BIG, _HUGE = 2**62, 2**126


@dataclass(frozen=True)
class Rational:
    """An exact number in SQL; ``most`` counts only if the denominator is SQL."""

    sql: str
    low: int
    high: int
    den: int | str = 1
    most: int = 1
    kind: str = "BIGINT"

    @property
    def reach(self) -> int:
        """The largest absolute value of the numerator."""
        return max(abs(self.low), abs(self.high))

    @property
    def largest(self) -> int:
        """The largest denominator."""
        return self.den if isinstance(self.den, int) else self.most


def kind_for(reach: int) -> str:
    """The integer type for absolute values up to *reach*. Fails when: there is none (`TooLarge`)."""
    if reach < _BIG:
        return "BIGINT"
    if reach < _HUGE:
        return "HUGEINT"
    raise TooLarge(f"a number of {len(str(reach))} digits may come up")


def cast(sql: str, kind: str, have: str) -> str:
    """*sql* of the type *have* as *kind*."""
    return sql if kind == have else f"CAST({sql} AS {kind})"


def constant(value: Fraction) -> Rational:
    """The number *value*."""
    n, d = value.numerator, value.denominator
    kind = kind_for(max(abs(n), d))
    return Rational(f"CAST({n} AS {kind})", n, n, d, 1, kind)


def integer(sql: str, low: int, high: int, kind: str = "BIGINT") -> Rational:
    """An integer expression of type *kind*."""
    return Rational(sql, low, high, 1, 1, kind)


def _product(a: str, kind_a: str, reach_a: int, b: str, kind_b: str, reach_b: int) -> tuple[str, str]:
    kind = kind_for(max(reach_a * reach_b, reach_a, reach_b))
    return f"({cast(a, kind, kind_a)} * {cast(b, kind, kind_b)})", kind


def times(a: Rational, factor: int | str, most: int) -> Rational:
    """The numerator of *a* times a positive integer (SQL of at most *most*); its denominator is dropped."""
    if factor == 1:
        return Rational(a.sql, a.low, a.high, 1, 1, a.kind)
    wide = kind_for(most)
    sql, kind = _product(a.sql, a.kind, a.reach, _sql(factor, wide), wide, most)
    bounds = [bound * each for bound in (a.low, a.high) for each in (1, most)]
    if isinstance(factor, int):
        bounds = [a.low * factor, a.high * factor]
    return Rational(sql, min(bounds), max(bounds), 1, 1, kind)


def _sql(value: int | str, kind: str) -> str:
    return f"CAST({value} AS {kind})"


def _common(a: Rational, b: Rational) -> tuple[Rational, Rational, int | str, int]:
    """The numerators of *a* and *b* over one denominator, and that, with its bound."""
    if isinstance(a.den, int) and isinstance(b.den, int):
        den = math.lcm(a.den, b.den)
        kind_for(den)
        return times(a, den // a.den, den // a.den), times(b, den // b.den, den // b.den), den, 1
    if a.den == b.den:
        return times(a, 1, 1), times(b, 1, 1), a.den, max(a.most, b.most)
    most = a.largest * b.largest
    sql, _ = _product(_den(a), kind_for(a.largest), a.largest, _den(b), kind_for(b.largest), b.largest)
    return times(a, b.den, b.largest), times(b, a.den, a.largest), sql, most


def _den(a: Rational) -> str:
    return _sql(a.den, kind_for(a.largest))


def align(a: Rational, b: Rational) -> tuple[str, str]:
    """Two integers in SQL, of one type, that stand to each other as *a* to *b*."""
    left, right, _, _ = _common(a, b)
    kind = kind_for(max(left.reach, right.reach))
    return cast(left.sql, kind, left.kind), cast(right.sql, kind, right.kind)


def add(a: Rational, b: Rational, sign: int = 1) -> Rational:
    """The sum, or with *sign* -1 the difference."""
    left, right, den, most = _common(a, b)
    low = left.low + (right.low if sign > 0 else -right.high)
    high = left.high + (right.high if sign > 0 else -right.low)
    kind = kind_for(max(abs(low), abs(high), left.reach, right.reach))
    sql = f"({cast(left.sql, kind, left.kind)} {'+' if sign > 0 else '-'} {cast(right.sql, kind, right.kind)})"
    return Rational(sql, low, high, den, most, kind)


def multiply(a: Rational, b: Rational) -> Rational:
    """The product."""
    sql, kind = _product(a.sql, a.kind, a.reach, b.sql, b.kind, b.reach)
    bounds = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    if isinstance(a.den, int) and isinstance(b.den, int):
        kind_for(a.den * b.den)
        return Rational(sql, min(bounds), max(bounds), a.den * b.den, 1, kind)
    den, _ = _product(_den(a), kind_for(a.largest), a.largest, _den(b), kind_for(b.largest), b.largest)
    return Rational(sql, min(bounds), max(bounds), den, a.largest * b.largest, kind)


def may_be_zero(a: Rational) -> bool:
    """Whether *a* can be zero."""
    return a.low <= 0 <= a.high


def divide(a: Rational, b: Rational) -> Rational:
    """The quotient, where *b* is not zero (the caller sees to that)."""
    if b.low == b.high and isinstance(b.den, int):  # by a number of the rules: the denominator stays a number
        return multiply(a, constant(Fraction(b.den, b.low)))
    top = times(a, b.den, b.largest)
    bottom = times(b, a.den, a.largest)
    if bottom.low >= 0:
        return Rational(top.sql, top.low, top.high, bottom.sql, bottom.reach, top.kind)
    sign = f"(CASE WHEN {bottom.sql} < 0 THEN -1 ELSE 1 END)"
    sql = f"({top.sql} * {cast(sign, top.kind, 'INTEGER')})"
    return Rational(sql, -top.reach, top.reach, f"abs({bottom.sql})", bottom.reach, top.kind)


def reduced(a: Rational) -> Rational:
    """*a* in lowest terms, if its denominator is SQL: equal numbers have equal parts."""
    if isinstance(a.den, int):
        return a
    kind = kind_for(max(a.reach, a.largest))
    top, bottom = cast(a.sql, kind, a.kind), _sql(a.den, kind)
    return Rational(
        f"({top} // gcd({top}, {bottom}))", a.low, a.high, f"({bottom} // gcd({top}, {bottom}))", a.most, kind
    )


def over(a: Rational, den: int) -> Rational:
    """*a*, whose denominator divides *den*, over *den*."""
    if not isinstance(a.den, int) or den % a.den:
        raise TooLarge("denominators do not stay the same")
    scaled = times(a, den // a.den, den // a.den)
    return Rational(scaled.sql, scaled.low, scaled.high, den, 1, scaled.kind)


def absolute(a: Rational) -> Rational:
    """The absolute value."""
    low = 0 if may_be_zero(a) else min(abs(a.low), abs(a.high))
    return Rational(f"abs({a.sql})", low, a.reach, a.den, a.most, a.kind)


_ROUNDINGS = {
    "down": "0",
    "up": "CASE WHEN {r} > 0 THEN 1 WHEN {r} < 0 THEN -1 ELSE 0 END",
    "floor": "CASE WHEN {r} < 0 THEN -1 ELSE 0 END",
    "ceiling": "CASE WHEN {r} > 0 THEN 1 ELSE 0 END",
    "half_up": "CASE WHEN 2 * {r} >= {d} THEN 1 WHEN -2 * {r} >= {d} THEN -1 ELSE 0 END",
    "half_down": "CASE WHEN 2 * {r} > {d} THEN 1 WHEN -2 * {r} > {d} THEN -1 ELSE 0 END",
    "half_even": "CASE WHEN 2 * {r} > {d} OR 2 * {r} = {d} AND {q} % 2 <> 0 THEN 1 "
    "WHEN -2 * {r} > {d} OR -2 * {r} = {d} AND {q} % 2 <> 0 THEN -1 ELSE 0 END",
}

MODES = tuple(sorted(_ROUNDINGS))


def rounded(a: Rational, places: int, mode: str) -> Rational:
    """*a* rounded to the nearest multiple of ``10**-places`` as *mode* says."""
    scale = 10 ** abs(places)
    top = times(a, scale, scale) if places > 0 else a
    den, most = a.den, a.largest
    if places < 0:
        den, most = (den * scale if isinstance(den, int) else f"({_den(a)} * {_sql(scale, 'HUGEINT')})"), most * scale
    unit = scale if places > 0 else 1
    if den == 1:
        return Rational(top.sql, top.low, top.high, unit, 1, top.kind)
    kind = kind_for(2 * max(top.reach, most) + 2)
    n, d = cast(top.sql, kind, top.kind), _sql(den, kind)
    up = _ROUNDINGS[mode].format(q=f"({n} // {d})", r=f"({n} % {d})", d=d)
    sql = f"({n} // {d} + CAST({up} AS {kind}))"
    least = den if isinstance(den, int) else 1
    low, high = top.low // least - 1, top.high // least + 2
    result = Rational(sql, low, high, unit, 1, kind)
    return times(result, scale, scale) if places < 0 else result

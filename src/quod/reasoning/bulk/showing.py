"""Values as text, in SQL: numbers as decimals of at most nine places, otherwise as fractions in lowest terms."""

from __future__ import annotations

from fractions import Fraction

from quod.kernel.values import Term
from quod.reasoning.bulk.cells import Value
from quod.reasoning.bulk.numbers import Rational, kind_for

PLACES = 9
SCALE = 10**PLACES


def shown(value: Value) -> str:
    """SQL for *value* as a person writes it."""
    if value.sort == "number":
        return _number(value.number)
    if value.sort == "quantity":
        return f"{_number(value.number)} || ' ' || {value.sql}"
    if value.sort == "duration":
        months, days = (each.sql for each in value.numbers)
        return f"'P' || CAST({months} AS VARCHAR) || 'M' || CAST({days} AS VARCHAR) || 'D'"
    return value.sql if value.sort in ("symbol", "text") else f"CAST({value.sql} AS VARCHAR)"


def _number(value: Rational) -> str:
    if value.den == 1:
        return f"CAST({value.sql} AS VARCHAR)"
    kind = kind_for(max(value.reach, value.largest) * SCALE)
    top, bottom, scale = f"CAST({value.sql} AS {kind})", f"CAST({value.den} AS {kind})", f"CAST({SCALE} AS {kind})"
    decimal = _decimal(f"({top} * ({scale} // {bottom}))", scale)
    if isinstance(value.den, int) and SCALE % value.den == 0:
        return decimal
    divisor = f"gcd({top}, {bottom})"
    n, d = f"({top} // {divisor})", f"({bottom} // {divisor})"
    decimal = _decimal(f"({n} * ({scale} // {d}))", scale)
    fraction = f"CAST({n} AS VARCHAR) || '/' || CAST({d} AS VARCHAR)"
    return f"CASE WHEN {scale} % {d} = 0 THEN {decimal} ELSE {fraction} END"


def _decimal(sql: str, scale: str) -> str:
    rest = f"rtrim(lpad(CAST(abs({sql}) % {scale} AS VARCHAR), {PLACES}, '0'), '0')"
    return (
        f"CASE WHEN {sql} < 0 THEN '-' ELSE '' END || CAST(abs({sql}) // {scale} AS VARCHAR) || "
        f"CASE WHEN {sql} % {scale} = 0 THEN '' ELSE '.' || {rest} END"
    )


def said(term: Term) -> str:
    """What `shown` gives for *term*.

    >>> said(("n", "-5/4")), said(("n", "1/3"))
    ('-1.25', '1/3')
    """
    if term[0] == "n":
        value = Fraction(term[1])
        if value.denominator == 1 or SCALE % value.denominator:
            return str(term[1])
        digits = abs(value.numerator) * (SCALE // value.denominator)
        rest = f"{digits % SCALE:0{PLACES}}".rstrip("0")
        return f"{'-' if value < 0 else ''}{digits // SCALE}.{rest}"
    if term[0] == "u":
        return f"P{term[1]}M{term[2]}D"
    if term[0] == "f" and term[1] == "quantity":
        return f"{said(term[2][0])} {term[2][1][1]}"
    return str(term[1])

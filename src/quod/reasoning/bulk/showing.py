"""Values as text, in SQL: numbers as decimals where they end, otherwise as fractions in lowest terms."""

from __future__ import annotations

from quod.reasoning.bulk.cells import Value
from quod.reasoning.bulk.numbers import Rational, kind_for


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
    if isinstance(value.den, int):
        places = next((k for k in range(1, 19) if 10**k % value.den == 0), 0)
        if places and value.reach * 10**places < 2**126:
            return _decimal(value.sql, 10**places // value.den, places, kind_for(value.reach * 10**places))
    kind = kind_for(max(value.reach, value.largest))
    top, bottom = f"CAST({value.sql} AS {kind})", f"CAST({value.den} AS {kind})"
    divisor = f"gcd({top}, {bottom})"
    whole = f"CAST({top} // {divisor} AS VARCHAR)"
    return (
        f"CASE WHEN {bottom} // {divisor} = 1 THEN {whole} "
        f"ELSE {whole} || '/' || CAST({bottom} // {divisor} AS VARCHAR) END"
    )


def _decimal(sql: str, factor: int, places: int, kind: str) -> str:
    digits = f"abs(CAST({sql} AS {kind}) * {factor})"
    scale = f"CAST({10**places} AS {kind})"
    rest = f"rtrim(lpad(CAST({digits} % {scale} AS VARCHAR), {places}, '0'), '0')"
    sign = f"CASE WHEN {sql} < 0 THEN '-' ELSE '' END"
    return (
        f"{sign} || CAST({digits} // {scale} AS VARCHAR) || "
        f"CASE WHEN {digits} % {scale} = 0 THEN '' ELSE '.' || {rest} END"
    )

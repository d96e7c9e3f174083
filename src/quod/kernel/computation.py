"""Family *computation*: ground tests and functions (``spec/computation.md``), exact throughout.

Fails when: an argument is not ground (the caller says so), not known by name (``not_comparable``), or outside the
domain of the operation (``domain_error``); an operation is never false for being undefined.
"""

from __future__ import annotations

import calendar
import datetime
import math
import unicodedata
from collections.abc import Callable, Sequence
from fractions import Fraction

from quod.kernel.rejection import reject
from quod.kernel.values import Term, boolean, compound, number, text
from quod.kernel.wellformed import TESTS, is_opaque

_LIMIT = 10**300
_LENGTH = 65_536  # code points of a joined text
_MARKS = 30  # combining marks at a seam: putting more of them in order takes quadratic time


def evaluate(op: str, args: Sequence[Term]) -> Term:
    """The value of *op* on ground *args*: a boolean for a test, the result of a function.

    >>> evaluate("add", (("n", "1/2"), ("n", "1/3")))
    ('n', '5/6')
    """
    if any(map(is_opaque, args)):
        reject("not_comparable", op=op)
    if op in TESTS:
        return boolean(_TESTS[op](args[0], args[1]))
    try:
        return _FUNCTIONS[op](*args)
    except (OverflowError, ValueError):
        reject("domain_error", op=op)


# --- sorts --------------------------------------------------------------------------------------------------------


def _sort(*args: Term) -> str:
    """The sort that all *args* have, or ``""``."""
    tags = {arg[0] for arg in args}
    if tags == {"f"}:
        return "quantity" if all(map(_is_quantity, args)) and len({arg[2][1] for arg in args}) == 1 else ""
    return str(tags.pop()) if len(tags) == 1 else ""


def _is_quantity(value: Term) -> bool:
    return (
        value[0] == "f"
        and value[1] == "quantity"
        and len(value[2]) == 2
        and value[2][0][0] == "n"
        and value[2][1][0] == "s"
    )


def _rational(value: Term) -> Fraction:
    return Fraction(value[1]) if value[0] == "n" else reject("domain_error", expected="number")


def _amount(value: Term) -> Fraction:
    return Fraction(value[2][0][1])


def _number(value: Fraction | int) -> Term:
    exact = Fraction(value)
    if abs(exact.numerator) >= _LIMIT or exact.denominator >= _LIMIT:
        reject("domain_error", reason="more than 300 digits")
    return number(exact)


def _quantity(amount: Fraction, like: Term) -> Term:
    return compound("quantity", _number(amount), like[2][1])


def _integer(value: int) -> str:
    return str(value) if abs(value) < _LIMIT else reject("domain_error", reason="more than 300 digits")


def _duration(months: int, days: int) -> Term:
    return ("u", _integer(months), _integer(days))


def _day(value: Term) -> datetime.date:
    return datetime.date.fromisoformat(value[1]) if value[0] == "d" else reject("domain_error", expected="date")


def _date(value: datetime.date) -> Term:
    return ("d", value.isoformat())


def _text(value: Term) -> str:
    return str(value[1]) if value[0] == "t" else reject("domain_error", expected="text")


# --- tests --------------------------------------------------------------------------------------------------------


def _key(a: Term, b: Term) -> tuple[Fraction | int | str | bytes, Fraction | int | str | bytes]:
    """Two comparable things that stand to each other as *a* does to *b*."""
    sort = _sort(a, b)
    if sort == "n":
        return Fraction(a[1]), Fraction(b[1])
    if sort == "quantity":
        return _amount(a), _amount(b)
    if sort == "d":
        return a[1], b[1]
    if sort == "t":
        return a[1].encode(), b[1].encode()
    if sort == "u":
        for part, other in ((1, 2), (2, 1)):
            if a[other] == b[other] == "0":
                return int(a[part]), int(b[part])
    reject("domain_error", reason="no order between these")


def less(a: Term, b: Term) -> bool:
    """Whether *a* comes before *b*."""
    left, right = _key(a, b)
    return left < right  # type: ignore[operator]  # reason: _key returns two of one type


_TESTS: dict[str, Callable[[Term, Term], bool]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": less,
    "le": lambda a, b: not less(b, a),
    "gt": lambda a, b: less(b, a),
    "ge": lambda a, b: not less(a, b),
    "starts_with": lambda a, b: _text(a).startswith(_text(b)),
    "contains": lambda a, b: _text(b) in _text(a),
}


# --- functions ----------------------------------------------------------------------------------------------------


def _move(day: datetime.date, months: int, days: int) -> Term:
    """*day* moved by months (clamped to the end of the month), then by days."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        reject("domain_error", reason="date out of range")
    last = calendar.monthrange(year, month + 1)[1]
    return _date(datetime.date(year, month + 1, min(day.day, last)) + datetime.timedelta(days))


def _add(a: Term, b: Term, sign: int = 1) -> Term:
    sort = _sort(a, b)
    if sort == "n":
        return _number(Fraction(a[1]) + sign * Fraction(b[1]))
    if sort == "quantity":
        return _quantity(_amount(a) + sign * _amount(b), a)
    if sort == "u":
        return _duration(int(a[1]) + sign * int(b[1]), int(a[2]) + sign * int(b[2]))
    if a[0] == "d" and b[0] == "u":
        return _move(_day(a), sign * int(b[1]), sign * int(b[2]))
    if sort == "d" and sign < 0:
        return _duration(0, (_day(a) - _day(b)).days)
    reject("domain_error", op="add" if sign > 0 else "sub")


def _multiply(a: Term, b: Term) -> Term:
    if _is_quantity(a) and b[0] == "n":
        return _quantity(_amount(a) * Fraction(b[1]), a)
    if a[0] == "n" and _is_quantity(b):
        return _quantity(Fraction(a[1]) * _amount(b), b)
    return _number(_rational(a) * _rational(b))


def _divide(a: Term, b: Term) -> Term:
    if _sort(a, b) == "quantity":
        return _number(_amount(a) / _nonzero(_amount(b)))
    if _is_quantity(a):
        return _quantity(_amount(a) / _nonzero(_rational(b)), a)
    return _number(_rational(a) / _nonzero(_rational(b)))


def _nonzero(value: Fraction) -> Fraction:
    return value if value else reject("domain_error", reason="division by zero")


def _away(value: Fraction) -> int:
    return math.ceil(value) if value > 0 else math.floor(value)


def _half(value: Fraction, tie: Callable[[Fraction], int]) -> int:
    return tie(value) if 2 * value % 2 == 1 else math.floor(value + Fraction(1, 2))


_ROUNDINGS: dict[str, Callable[[Fraction], int]] = {
    "up": _away,
    "down": math.trunc,
    "ceiling": math.ceil,
    "floor": math.floor,
    "half_up": lambda value: _half(value, _away),
    "half_down": lambda value: _half(value, math.trunc),
    "half_even": round,
}


def _round(value: Term, places: Term, mode: Term) -> Term:
    exact, digits = _rational(value), _rational(places)
    if mode[0] != "s" or mode[1] not in _ROUNDINGS or digits.denominator != 1 or abs(digits) > 50:
        reject("domain_error", op="round")
    scale = Fraction(10) ** int(digits)
    return _number(_ROUNDINGS[mode[1]](exact * scale) / scale)


def _months(a: Term, b: Term) -> int:
    start, end = _day(a), _day(b)
    if start > end:
        return -_months(b, a)
    months = (end.year - start.year) * 12 + end.month - start.month
    last = calendar.monthrange(end.year, end.month)[1]
    return months - (min(start.day, last) > end.day)


def _choose(a: Term, b: Term, second: bool) -> Term:
    return b if second else a


def _concat(a: str, b: str) -> Term:
    marks = all(unicodedata.category(each)[0] == "M" for each in b[: _MARKS + 1])
    if len(b) > _MARKS and marks or len(a) + len(b) > _LENGTH + _MARKS:  # at most so many join with what is before
        reject("domain_error", op="concat")
    joined = unicodedata.normalize("NFC", a + b)
    return text(joined) if len(joined) <= _LENGTH else reject("domain_error", op="concat")


def _lowercase(value: Term) -> Term:
    return text("".join(chr(ord(each) + 32) if "A" <= each <= "Z" else each for each in _text(value)))


_FUNCTIONS: dict[str, Callable[..., Term]] = {
    "abs": lambda a: _number(abs(_rational(a))),
    "add": _add,
    "ceiling": lambda a: _number(math.ceil(_rational(a))),
    "concat": lambda a, b: _concat(_text(a), _text(b)),
    "day": lambda a: _number(_day(a).day),
    "div": _divide,
    "floor": lambda a: _number(math.floor(_rational(a))),
    "greatest": lambda a, b: _choose(a, b, less(a, b)),
    "least": lambda a, b: _choose(a, b, less(b, a)),
    "length": lambda a: _number(len(_text(a))),
    "lowercase": _lowercase,
    "month": lambda a: _number(_day(a).month),
    "months_between": lambda a, b: _number(_months(a, b)),
    "mul": _multiply,
    "round": _round,
    "sub": lambda a, b: _add(a, b, -1),
    "text_of": lambda a: text(a[1]) if a[0] == "s" else reject("domain_error", expected="symbol"),
    "weekday": lambda a: _number(_day(a).isoweekday()),
    "year": lambda a: _number(_day(a).year),
    "years_between": lambda a, b: _number(math.trunc(Fraction(_months(a, b), 12))),
}


# --- aggregates ---------------------------------------------------------------------------------------------------


def total(op: str, values: Sequence[Term]) -> Term | None:
    """``count``, ``sum``, ``min`` or ``max`` of *values*; None for the least or greatest of nothing.

    Fails when: a value is opaque (``not_comparable``), or the values are not all numbers or all quantities of one
    unit (``sum``) or not comparable (``min``, ``max``) (``domain_error``).
    """
    if any(map(is_opaque, values)):
        reject("not_comparable", op=op)
    if op == "count":
        return _number(len(values))
    if op == "sum":
        if values and _sort(*values) not in ("n", "quantity"):
            reject("domain_error", op=op)
        result = values[0] if values else number(0)
        for value in values[1:]:
            result = _add(result, value)
        return result
    if not values:
        return None
    best = values[0]
    for value in values:  # the first with itself, so that one value that has no order is noticed too
        best = evaluate("least" if op == "min" else "greatest", (best, value))
    return best

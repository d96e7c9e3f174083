"""Terms as SQL: which columns hold a value of which sort, and how to come back from them.

========== =============================================
sort       SQL
========== =============================================
symbol     VARCHAR; text too
boolean    BOOLEAN
date       DATE
number     an integer over one denominator for the whole column, or over a column of denominators
duration   two integers, months and days
quantity   a number, and VARCHAR for the unit
========== =============================================

No column is ever NULL.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from quod.kernel.values import Term
from quod.reasoning.bulk.engine import quoted
from quod.reasoning.bulk.numbers import Rational, align, cast, constant, integer, kind_for, over, reduced
from quod.reasoning.bulk.refusals import NotInBulk

_SORTS = {"s": "symbol", "t": "text", "b": "boolean", "d": "date", "n": "number", "u": "duration"}
_TYPES = {"symbol": "VARCHAR", "text": "VARCHAR", "boolean": "BOOLEAN", "date": "DATE"}
_TAGS = {"symbol": "s", "text": "t"}


@dataclass(frozen=True)
class Value:
    """A value in SQL: ``sql`` for a symbol, text, boolean or date, or a quantity's unit; ``numbers`` for the rest."""

    sort: str
    sql: str = ""
    numbers: tuple[Rational, ...] = ()

    @property
    def number(self) -> Rational:
        """The number, or the amount of a quantity."""
        return self.numbers[0]


@dataclass(frozen=True)
class Place:
    """One argument of a predicate: its sort, and for each number in it the denominator (0: a column) and bounds."""

    sort: str
    numbers: tuple[Rational, ...] = ()

    def columns(self, at: int) -> list[tuple[str, str]]:
        """Names and SQL types of the columns of argument number *at*."""
        found = [(f"c{at}", _TYPES[self.sort])] if self.sort in _TYPES else []
        found += [(f"c{at}", "VARCHAR")] if self.sort == "quantity" else []
        for part, each in enumerate(self.numbers):
            found.append((f"n{at}_{part}", each.kind))
            if not isinstance(each.den, int):
                found.append((f"d{at}_{part}", kind_for(each.most)))
        return found

    def value(self, alias: str, at: int) -> Value:
        """The value in the columns of argument *at* of the row called *alias*."""
        numbers = tuple(
            Rational(
                f"{alias}.n{at}_{part}",
                each.low,
                each.high,
                each.den if isinstance(each.den, int) else f"{alias}.d{at}_{part}",
                each.most,
                each.kind,
            )
            for part, each in enumerate(self.numbers)
        )
        return Value(self.sort, "" if self.sort in ("number", "duration") else f"{alias}.c{at}", numbers)

    def store(self, value: Value) -> list[str]:
        """SQL for the columns that hold *value* here."""
        found = [value.sql] if self.sort in _TYPES or self.sort == "quantity" else []
        for mine, given in zip(self.numbers, value.numbers, strict=True):
            if isinstance(mine.den, int):
                given = over(given, mine.den)
                found.append(cast(given.sql, mine.kind, given.kind))
            else:
                given = reduced(given)
                found.append(cast(given.sql, mine.kind, given.kind))
                found.append(f"CAST({given.den} AS {kind_for(mine.most)})")
        return found


def place_for(values: Sequence[Value | Place], wide: bool = False) -> Place:
    """The place that holds all *values*. Fails when: they have different sorts (`NotInBulk`)."""
    sorts = list(dict.fromkeys(value.sort for value in values))
    if len(sorts) > 1:
        raise NotInBulk(f"one place holds values of several sorts ({', '.join(sorts)})")
    numbers = tuple(_joined(each, wide) for each in zip(*[value.numbers for value in values], strict=True))
    return Place(sorts[0], numbers)


def _joined(numbers: Sequence[Rational], wide: bool) -> Rational:
    """The bounds and denominator of a column that holds all *numbers*."""
    dens = [each.den for each in numbers]
    fixed = [den for den in dens if isinstance(den, int)]
    den: int | str = ""
    scales = [1] * len(numbers)
    if len(fixed) == len(dens):
        den = common = math.lcm(*fixed)
        scales = [common // each for each in fixed]
    low = min(each.low * scale for each, scale in zip(numbers, scales, strict=True))
    high = max(each.high * scale for each, scale in zip(numbers, scales, strict=True))
    most = max(each.largest for each in numbers)
    kind = kind_for(max(abs(low), abs(high)))
    return Rational("", low, high, den, most, "HUGEINT" if wide else kind)


def literal_value(term: Term) -> Value:
    """A ground term of the rules as SQL. Fails when: it has none (`NotInBulk`)."""
    sort = sort_of(term)
    if sort in _TAGS.values() or sort in ("symbol", "text"):
        return Value(sort, quoted(term[1]))
    if sort == "boolean":
        return Value(sort, f"({term[1]})")
    if sort == "date":
        return Value(sort, f"DATE '{term[1]}'")
    if sort == "number":
        return Value(sort, "", (constant(Fraction(term[1])),))
    if sort == "duration":
        return Value(sort, "", tuple(constant(Fraction(part)) for part in term[1:3]))
    return Value(sort, quoted(term[2][1][1]), (constant(Fraction(term[2][0][1])),))


def sort_of(term: Term) -> str:
    """The sort of a ground term. Fails when: there are no columns for it (`NotInBulk`)."""
    if term[0] in _SORTS and not (term[0] == "s" and term[1].startswith("!")):
        return _SORTS[term[0]]
    parts = term[2] if term[0] == "f" and term[1] == "quantity" else ()
    if [part[0] for part in parts] == ["n", "s"]:
        return "quantity"
    raise NotInBulk("a compound term, or a value that is not known by name")


def _fractions(term: Term, sort: str) -> tuple[Fraction, ...]:
    if sort == "number":
        return (Fraction(term[1]),)
    return (Fraction(term[1]), Fraction(term[2])) if sort == "duration" else (Fraction(term[2][0][1]),)


class Column:
    """The cells of one argument of ground atoms, turned into SQL cells."""

    def __init__(self, cells: Iterable[Term]) -> None:
        self.cells = list(cells)
        sorts = list(dict.fromkeys(sort_of(cell) for cell in dict.fromkeys(self.cells)))
        if len(sorts) > 1:
            raise NotInBulk(f"one place holds values of several sorts ({', '.join(sorts)})")
        self.sort = sorts[0]
        self._numbers: dict[Term, tuple[Fraction, ...]] = {}
        if self.sort in ("number", "duration", "quantity"):
            self._numbers = {cell: _fractions(cell, self.sort) for cell in dict.fromkeys(self.cells)}
        parts = list(zip(*self._numbers.values(), strict=True))
        self.place = Place(self.sort, tuple(_common(part) for part in parts))

    def sql_cells(self) -> list[list[Any]]:
        """For each cell, what stands in the columns of `Place`."""
        known: dict[Term, list[Any]] = {}
        for cell in self.cells:
            if cell not in known:
                known[cell] = self._cell(cell)
        return [known[cell] for cell in self.cells]

    def _cell(self, cell: Term) -> list[Any]:
        found: list[Any] = [cell[1]] if self.sort in _TYPES else []
        found += [cell[2][1][1]] if self.sort == "quantity" else []
        for value, mine in zip(self._numbers.get(cell, ()), self.place.numbers, strict=True):
            if isinstance(mine.den, int):
                found.append(value.numerator * (mine.den // value.denominator))
            else:
                found += [value.numerator, value.denominator]
        return found


def _common(values: Sequence[Fraction]) -> Rational:
    """The narrowest column for *values*: over one denominator if that stays small, otherwise pairs."""
    den = math.lcm(*dict.fromkeys(value.denominator for value in values))
    if den < 10**18:
        tops = [value.numerator * (den // value.denominator) for value in values]
        low, high = min(tops), max(tops)
        if max(abs(low), abs(high)) < 2**62:
            return Rational("", low, high, den, 1, "BIGINT")
    low, high = min(value.numerator for value in values), max(value.numerator for value in values)
    most = max(value.denominator for value in values)
    kind_for(most)
    return Rational("", low, high, "", most, kind_for(max(abs(low), abs(high))))


def term_of(place: Place, cells: Sequence[Any]) -> Term:
    """The term that *cells*, the columns of *place*, stand for."""
    if place.sort in _TAGS:
        return (_TAGS[place.sort], cells[0])
    if place.sort == "boolean":
        return ("b", "true" if cells[0] else "false")
    if place.sort == "date":
        return ("d", cells[0].isoformat())
    rest = list(cells[1:] if place.sort == "quantity" else cells)
    numbers: list[Fraction] = []
    for each in place.numbers:
        top = int(rest.pop(0))
        numbers.append(Fraction(top, each.den if isinstance(each.den, int) else int(rest.pop(0))))
    if place.sort == "duration":
        return ("u", str(numbers[0]), str(numbers[1]))
    number = ("n", str(numbers[0]))
    return ("f", "quantity", (number, ("s", cells[0]))) if place.sort == "quantity" else number


def equal(a: Value, b: Value) -> str:
    """SQL for: *a* and *b* are the same value."""
    if a.sort != b.sort:
        return "false"
    parts = [f"{a.sql} = {b.sql}"] if a.sql else []
    for mine, other in zip(a.numbers, b.numbers, strict=True):
        left, right = align(mine, other)
        parts.append(f"{left} = {right}")
    return parts[0] if len(parts) == 1 else "(" + " AND ".join(parts) + ")"


def days(sql: str, low: int, high: int) -> Value:
    """A duration of whole days."""
    return Value("duration", "", (integer("CAST(0 AS BIGINT)", 0, 0), integer(sql, low, high)))


def number_value(rational: Rational) -> Value:
    """*rational* as a value."""
    return Value("number", "", (rational,))

"""Cells of tables: text that has a sort, and the term it stands for."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from quod.kernel.values import Term

#: The sorts a column can be declared to have.
SORTS = ("boolean", "date", "duration", "number", "symbol", "text")

_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,199})(?:\.[0-9]{1,99})?")
_RATIONAL = re.compile(r"-?[0-9]{1,200}(?:\.[0-9]{1,99}|/[0-9]{1,99})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DURATION = re.compile(r"(-?)P(?:([0-9]{1,9})Y)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})W)?(?:([0-9]{1,9})D)?")


def inferred(cells: Sequence[str]) -> str:
    """The narrowest of number, date and boolean that all non-empty *cells* have, otherwise symbol."""
    values = dict.fromkeys(cell for cell in cells if cell)
    for sort, test in (("number", _DECIMAL.fullmatch), ("date", _as_date), ("boolean", _as_boolean)):
        if values and all(test(value) for value in values):
            return sort
    return "symbol"


def converted(cells: Sequence[str], sort: str) -> list[Term | None]:
    """The terms of *cells*, equal cells sharing one; ``None`` where a cell does not have the *sort*."""
    convert = _CONVERT[sort]
    known: dict[str, Term | None] = {}
    for cell in cells:
        if cell not in known:
            known[cell] = convert(cell)
    return [known[cell] for cell in cells]


def _as_number(cell: str) -> Term | None:
    if not _RATIONAL.fullmatch(cell):
        return None
    denominator = cell.partition("/")[2]
    if denominator and not int(denominator):
        return None
    return ("n", str(Fraction(cell)))


def _as_date(cell: str) -> Term | None:
    if not _DATE.fullmatch(cell):
        return None
    try:
        datetime.date.fromisoformat(cell)
    except ValueError:
        return None
    return ("d", cell)


def _as_boolean(cell: str) -> Term | None:
    lower = cell.lower()
    return ("b", lower) if lower in ("true", "false") else None


def _as_duration(cell: str) -> Term | None:
    """ISO 8601 durations of whole years, months, weeks and days: ``P1Y6M``, ``-P10D``."""
    match = _DURATION.fullmatch(cell)
    if match is None or not any(match.groups()[1:]):
        return None
    sign = -1 if match[1] else 1
    years, months, weeks, days = (int(part or 0) for part in match.groups()[1:])
    return ("u", str(sign * (12 * years + months)), str(sign * (7 * weeks + days)))


def _as_symbol(cell: str) -> Term | None:
    return ("s", cell) if cell and "\0" not in cell and cell[0] != "!" else None


def _as_text(cell: str) -> Term | None:
    return ("t", cell) if "\0" not in cell else None


_CONVERT: dict[str, Callable[[str], Term | None]] = {
    "boolean": _as_boolean,
    "date": _as_date,
    "duration": _as_duration,
    "number": _as_number,
    "symbol": _as_symbol,
    "text": _as_text,
}

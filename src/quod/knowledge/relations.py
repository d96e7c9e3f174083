"""Relations: tables of typed rows, as values."""

from __future__ import annotations

import csv
import datetime
import io
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

from quod.kernel.errors import Place
from quod.kernel.values import Term
from quod.knowledge.errors import TableError, TableHeader, TableKeys, TableMissing, TableRows, did_you_mean

Row: TypeAlias = tuple[Term, ...]
Column: TypeAlias = list[str]

#: The sorts a column can be declared to have.
SORTS = ("boolean", "date", "duration", "number", "symbol", "text")

_SHOWN = 20
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,199})(?:\.[0-9]{1,99})?")
_RATIONAL = re.compile(r"-?[0-9]{1,200}(?:\.[0-9]{1,99}|/[0-9]{1,99})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DURATION = re.compile(r"(-?)P(?:([0-9]{1,9})Y)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})W)?(?:([0-9]{1,9})D)?")


@dataclass(frozen=True, eq=False)
class Relation:
    """A table: ``rows`` are tuples of terms, one for each of ``columns``; no two have the same ``key``.

    ``private`` columns are committed as salted digests; ``indexes`` are orders in which proofs may read the rows.
    An empty ``key`` means that the whole row is the key.
    """

    name: str
    columns: tuple[str, ...]
    sorts: tuple[str, ...]
    key: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    rows: tuple[Row, ...] = ()
    file: str = ""

    @property
    def predicate(self) -> str:
        """The predicate whose atoms are the rows."""
        return f"{self.name}/{len(self.columns)}"

    def positions(self, columns: Sequence[str]) -> tuple[int, ...]:
        """The 0-based positions of *columns*."""
        return tuple([self.columns.index(column) for column in columns])


@dataclass(frozen=True)
class RelationSpec:
    """What front matter says about a relation; ``sorts`` are those declared, the others are inferred."""

    name: str
    file: str = ""
    key: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    sorts: Mapping[str, str] | None = None
    place: Place | None = None


def read_relation(spec: RelationSpec, path: Path, shown: str = "") -> Relation:
    """The relation in the CSV file at *path*, which messages call *shown*.

    *Fails when* there is no such file (`TableMissing`), a declared column is not there (`TableHeader`), a row has
    the wrong number of cells or a cell not of its column's sort (`TableRows`, listing all of them), or two rows have
    one key (`TableKeys`).
    """
    shown = shown or path.name
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        message = f"the table {spec.name!r} has no file {shown}"
        remedy = "put the file there, or give another one as `file:`"
        raise TableMissing(message, remedy=remedy, place=spec.place, reason=error.strerror) from None
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        raise TableRows(
            f"{shown} is not UTF-8 text", remedy="save it as UTF-8", place=Place(shown, row), rows=(row,)
        ) from None
    return parse_relation(spec, unicodedata.normalize("NFC", text), shown)


def parse_relation(spec: RelationSpec, text: str, file: str = "<table>") -> Relation:
    """The relation in the CSV *text*, which messages call *file*."""
    header, rows, lines = _cells(spec, text, file)
    _check_columns(spec, header, file)
    bad: list[tuple[int, str]] = []
    sorts: list[str] = []
    columns: list[list[Term | None]] = []
    declared = spec.sorts or {}
    for i, name in enumerate(header):
        cells = [row[i] for row in rows]
        sort = declared.get(name) or _inferred(cells)
        terms = _converted(cells, sort)
        for line, cell, term in zip(lines, cells, terms, strict=True):
            if term is None:
                bad.append((line, _not_a(sort, name, cell)))
        sorts.append(sort)
        columns.append(terms)
    _refuse(TableRows, bad, file, "row", "correct these rows, or declare another sort in `columns:`")
    typed: list[Row] = list(zip(*columns, strict=True))  # type: ignore[arg-type]  # reason: None was refused above
    relation = Relation(spec.name, header, tuple(sorts), spec.key, spec.private, spec.indexes, tuple(typed), file)
    _check_keys(relation, lines)
    return relation


def _cells(spec: RelationSpec, text: str, file: str) -> tuple[tuple[str, ...], list[Column], list[int]]:
    """The header, the rows with as many cells as it, and the line on which each row ends."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Column] = []
    lines: list[int] = []
    bad: list[tuple[int, str]] = []
    try:
        header = tuple([name.strip() for name in next(reader, [])])
        if not header:
            message, remedy = f"the table {spec.name!r} is empty", "give it a first line that names its columns"
            raise TableHeader(message, remedy=remedy, place=Place(file, 1))
        for row in reader:
            if len(row) == len(header):
                rows.append(row)
                lines.append(reader.line_num)
            elif row:
                bad.append((reader.line_num, f"{len(row)} cells where the header has {len(header)}"))
            elif len(header) == 1:
                bad.append((reader.line_num, "an empty line, which could be an empty cell"))
    except csv.Error as error:
        bad.append((reader.line_num, f"not CSV: {error}"))
        header = ()
    _refuse(TableRows, bad, file, "row", "correct these rows; quote cells that contain commas")
    return header, rows, lines


def _check_columns(spec: RelationSpec, header: tuple[str, ...], file: str) -> None:
    place = Place(file, 1, 1, ",".join(header)[:200])
    for i, name in enumerate(header):
        if not name or name in header[:i]:
            message = f"two columns are called {name!r}" if name else f"column {i + 1} has no name"
            raise TableHeader(message, remedy="give each column a name of its own", place=place)
    mentioned = (*spec.key, *spec.private, *[c for index in spec.indexes for c in index], *(spec.sorts or {}))
    for name in mentioned:
        if name not in header:
            remedy = did_you_mean(name, header) or "the columns are " + ", ".join(header)
            raise TableHeader(f"the table {spec.name!r} has no column {name!r}", remedy=remedy, place=place)


def _check_keys(relation: Relation, lines: list[int]) -> None:
    positions = relation.positions(relation.key or relation.columns)
    first: dict[Row, int] = {}
    bad: list[tuple[int, str]] = []
    for row, line in zip(relation.rows, lines, strict=True):
        key = row if len(positions) == len(row) else tuple([row[i] for i in positions])
        if first.setdefault(key, line) != line:
            shown = ", ".join(str(cell[1]) for cell in key)
            bad.append((line, f"the key ({shown}) is that of row {first[key]}"))
    remedy = "keep one of them" + ("" if relation.key else ", or add a column that tells them apart")
    _refuse(TableKeys, bad, relation.file, "row", remedy)


def _refuse(kind: type[TableError], bad: list[tuple[int, str]], file: str, what: str, remedy: str) -> None:
    """Raise one error of *kind* that lists all *bad* rows, if there are any."""
    if not bad:
        return
    bad.sort()
    listed = [f"{what} {line}: {why}" for line, why in bad]
    more = f"\n    and {len(bad) - _SHOWN} more" if len(bad) > _SHOWN else ""
    count = "one row cannot be used" if len(bad) == 1 else f"{len(bad)} cells or rows cannot be used"
    message = f"{count}:\n    " + "\n    ".join(listed[:_SHOWN]) + more
    raise kind(message, remedy=remedy, place=Place(file, bad[0][0], 1), rows=tuple(bad))


def _not_a(sort: str, column: str, cell: str) -> str:
    if not cell:
        return f"{column} is empty, which only a column declared `text` may be"
    shown = cell if len(cell) <= 40 else cell[:40] + "…"
    return f"{column} is {shown!r}, which is not a {sort}"


# ---------------------------------------------------------------------- sorts


def _inferred(cells: Column) -> str:
    """The narrowest of number, date and boolean that all non-empty *cells* have, otherwise symbol."""
    values = dict.fromkeys(cell for cell in cells if cell)
    for sort, test in (("number", _DECIMAL.fullmatch), ("date", _as_date), ("boolean", _as_boolean)):
        if values and all(test(value) for value in values):
            return sort
    return "symbol"


def _converted(cells: Column, sort: str) -> list[Term | None]:
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
    numerator, _, denominator = cell.partition("/")
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

"""Files as tables: CSV, JSON lines and Parquet, every cell typed exactly, every row that cannot be used named."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from quod.kernel.errors import Place as Where
from quod.knowledge.cells import converted
from quod.knowledge.errors import TableHeader, TableMissing, TableRows
from quod.reasoning.bulk.cells import Column, Place
from quod.reasoning.bulk.engine import SqlEngine, quoted
from quod.reasoning.bulk.numbers import Rational
from quod.reasoning.bulk.tables import Stored

_DECIMAL = r"-?(?:0|[1-9][0-9]{0,199})(?:\.[0-9]{1,99})?"
_RATIONAL = r"-?[0-9]{1,200}(?:\.[0-9]{1,99}|/[0-9]{1,99})?"
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
#: Cells of plain files, and when they are plain: written as the engine would write them.
_PLAIN = {
    "boolean": "({0} = 'true')",
    "date": "TRY_CAST({0} AS DATE)",
    "number": "TRY_CAST({0} AS BIGINT)",
    "symbol": "{0}",
    "text": "{0}",
}
_IS_PLAIN = {
    "boolean": "{0} IN ('true', 'false')",
    "date": "CAST({1} AS VARCHAR) = {0}",
    "number": "CAST({1} AS VARCHAR) = {0} AND {1} BETWEEN -4000000000000000000 AND 4000000000000000000",
    "symbol": "{0} >= '\"'",  # not empty; and what begins with a space or an exclamation mark is looked at again
    "text": "{0} > ''",
}
_FLOATS = ("DOUBLE", "FLOAT")


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be used: its line (or number) in the file, the text of its key if there is one, and why."""

    row: int
    key: str
    reason: str


@dataclass(frozen=True)
class FileTable:
    """A typed table; ``row`` is SQL for the number of the row ``{0}`` in the file."""

    columns: tuple[str, ...]
    sorts: tuple[str, ...]
    stored: Stored
    bad: tuple[BadRow, ...]
    row: str = "{0}.row"


class FileReader:
    """Reads one file into tables of *engine*."""

    def __init__(self, engine: SqlEngine, path: Path, name: str) -> None:
        self._engine = engine
        self._path = path
        self._raw = f"raw_{name}"
        self._name = f"rows_{name}"
        self._malformed: list[BadRow] = []

    def read(self, sorts: Mapping[str, str] | None = None, key: Sequence[str] = ()) -> FileTable:
        """The table of the file; columns without declared sort have the narrowest that fits.

        Fails when: there is no such file or it is of no known kind (`TableMissing`), or lacks a column (`TableHeader`).
        """
        if not self._path.is_file():
            raise TableMissing(f"there is no file {self._path.name}", remedy="give the name of a file that exists")
        kind = self._path.suffix.lower()
        loaders = {".csv": self._csv, ".jsonl": self._json, ".ndjson": self._json, ".parquet": self._parquet}
        if kind not in loaders:
            remedy = "give a file whose name ends in " + ", ".join(loaders)
            raise TableMissing(f"{self._path.name} is no kind of table", remedy=remedy)
        if kind == ".csv":
            quick = self._quick(self._header(), dict(sorts or {}), key)
            if quick is not None:
                return quick
        columns = loaders[kind]()
        for wanted in (*key, *(sorts or {})):
            if wanted not in columns:
                remedy = "the columns are " + ", ".join(columns)
                raise TableHeader(f"{self._path.name} has no column {wanted!r}", remedy=remedy)
        return self._typed(columns, dict(sorts or {}), [columns.index(name) for name in key])

    # --- as text ------------------------------------------------------------------------------------------------------

    def _header(self) -> tuple[str, ...]:
        with self._path.open("rb") as file:
            first = file.readline(1_000_000)
        try:
            header = next(iter(_csv_header(first.decode("utf-8-sig"))), [])
        except UnicodeDecodeError:
            raise TableRows(f"{self._path.name} is not UTF-8 text", remedy="save it as UTF-8", rows=(1,)) from None
        columns = tuple(unicodedata.normalize("NFC", name).strip() for name in header)
        self._check(columns)
        return columns

    def _source(self, columns: Sequence[str]) -> str:
        """The CSV file as a table of text; rows that are not CSV are noted by the engine."""
        named = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(columns)))
        return (
            f"read_csv({quoted(str(self._path))}, columns = {{{named}}}, header = true, delim = ',', quote = '\"', "
            "escape = '\"', auto_detect = false, store_rejects = true, null_padding = false, strict_mode = true)"
        )

    def _rejected(self) -> list[BadRow]:
        found = self._engine.rows("SELECT line, min(error_type) FROM reject_errors GROUP BY line ORDER BY line")
        self._engine.execute("DELETE FROM reject_errors")
        return [BadRow(int(line), "", str(why).lower()) for line, why in found]

    def _quick(self, columns: tuple[str, ...], sorts: dict[str, str], key: Sequence[str]) -> FileTable | None:
        """The table if every cell is plain: ASCII, whole numbers, no row to complain of. None otherwise."""
        if sorted(sorts) != sorted(columns) or not set(sorts.values()) <= set(_PLAIN) or not set(key) <= set(columns):
            return None
        with self._path.open("rb") as file:
            while chunk := file.read(1 << 22):
                if not chunk.isascii():
                    return None
        cells = [_PLAIN[sorts[name]].format(f"c{at}") for at, name in enumerate(columns)]
        names = [f"n{at}_0" if sorts[name] == "number" else f"c{at}" for at, name in enumerate(columns)]
        plain = [_IS_PLAIN[sorts[name]].format(f"c{at}", cells[at]) for at, name in enumerate(columns)]
        chosen = ", ".join(f"{cell} AS {name}" for cell, name in zip(cells, names, strict=True))
        every = " AND ".join(f"coalesce({each}, false)" for each in plain)
        self._engine.execute(
            f"CREATE TABLE {self._name} AS SELECT {chosen}, {every} AS plain FROM {self._source(columns)}"
        )
        by = [columns.index(name) for name in key] or list(range(len(columns)))
        numbers = [name for name in names if name.startswith("n")]
        different = f"SELECT count(*) FROM (SELECT DISTINCT {', '.join(names[at] for at in by)} FROM {self._name}) d"
        bounds = "".join(f", min({name}), max({name})" for name in numbers)
        ((rows, good, distinct, *found),) = self._engine.rows(
            f"SELECT count(*), count(*) FILTER (plain), ({different}){bounds} FROM {self._name}"
        )
        if self._rejected() or not rows == good == distinct:
            self._engine.execute(f"DROP TABLE {self._name}")
            return None
        places: list[Place] = []
        for name in columns:
            low, high = (int(found.pop(0) or 0), int(found.pop(0) or 0)) if sorts[name] == "number" else (0, 0)
            number = (Rational("", low, high),) if sorts[name] == "number" else ()
            places.append(Place(sorts[name], number))
        stored = Stored(self._name, tuple(places), int(rows), (tuple(by),))
        return FileTable(columns, tuple(sorts[name] for name in columns), stored, (), "({0}.rowid + 2)")

    def _csv(self) -> tuple[str, ...]:
        columns = self._header()
        cells = ", ".join(f"coalesce(c{at}, '') AS c{at}" for at in range(len(columns)))
        self._engine.execute(
            f"CREATE TABLE {self._raw} AS SELECT row_number() OVER () + 1 AS row, {cells} FROM {self._source(columns)}"
        )
        rejected = self._malformed = self._rejected()
        if rejected:  # the numbers of the rows after a row that was left out
            lines = ", ".join(str(row.row - at) for at, row in enumerate(self._malformed))
            moved = f"(SELECT count(*) FROM (SELECT unnest([{lines}]) AS line) WHERE line <= r.row)"
            self._engine.execute(f"UPDATE {self._raw} r SET row = r.row + {moved}")
        return columns

    def _json(self) -> tuple[str, ...]:
        rows: list[tuple[int, dict[str, str]]] = []
        columns: dict[str, None] = {}
        for number, line in enumerate(self._path.read_text(encoding="utf-8").split("\n"), 1):
            if not line.strip():
                continue
            try:
                found = json.loads(line, parse_float=_exact, parse_int=str)
            except ValueError as error:
                self._malformed.append(BadRow(number, "", f"not JSON: {error}"))
                continue
            if not isinstance(found, dict) or any(isinstance(each, dict | list) for each in found.values()):
                self._malformed.append(BadRow(number, "", "not an object of plain values"))
                continue
            cells = {str(name): _json_cell(each) for name, each in found.items()}
            columns.update(dict.fromkeys(cells))
            rows.append((number, cells))
        self._check(tuple(columns))
        kinds = [("row", "BIGINT"), *((f"c{at}", "VARCHAR") for at in range(len(columns)))]
        table = [(number, *(cells.get(name, "") for name in columns)) for number, cells in rows]
        self._engine.load_rows(self._raw, kinds, table)
        return tuple(columns)

    def _parquet(self) -> tuple[str, ...]:
        source = f"read_parquet({quoted(str(self._path))})"
        described = self._engine.rows(f"DESCRIBE SELECT * FROM {source}")
        columns = tuple(str(row[0]) for row in described)
        self._check(columns)
        for name, kind, *_ in described:
            if kind in _FLOATS:
                remedy = "write it as a decimal, an integer or text"
                raise TableHeader(f"the column {name!r} of {self._path.name} holds rounded numbers", remedy=remedy)
        cells = ", ".join(
            f"coalesce(CAST({_identifier(name)} AS VARCHAR), '') AS c{at}" for at, name in enumerate(columns)
        )
        self._engine.execute(f"CREATE TABLE {self._raw} AS SELECT row_number() OVER () AS row, {cells} FROM {source}")
        return columns

    def _check(self, columns: Sequence[str]) -> None:
        for at, name in enumerate(columns):
            if not name or name in columns[:at]:
                message = f"two columns are called {name!r}" if name else f"column {at + 1} has no name"
                place = Where(self._path.name, 1)
                raise TableHeader(message, remedy="give each column a name of its own", place=place)
        if not columns:
            raise TableHeader(f"{self._path.name} is empty", remedy="name its columns", place=Where(self._path.name, 1))

    # --- typed --------------------------------------------------------------------------------------------------------

    def _typed(self, columns: tuple[str, ...], declared: Mapping[str, str], key: Sequence[int]) -> FileTable:
        guessed = self._inferred([at for at, name in enumerate(columns) if name not in declared])
        sorts = tuple(declared.get(name) or guessed[at] for at, name in enumerate(columns))
        bad = self._bad(columns, sorts, list(key) or list(range(len(columns))))
        if bad:
            self._engine.load_rows(f"bad_{self._name}", [("row", "BIGINT")], [(row,) for row in bad])
            self._engine.execute(
                f"DELETE FROM {self._raw} WHERE row IN (SELECT row FROM bad_{self._name} WHERE row IS NOT NULL)"
            )
        typed = [self._column(at, sort) for at, sort in enumerate(sorts)]
        parts = [f"{sql} AS {name}" for cells, _ in typed for name, sql in cells]
        places = tuple(place for _, place in typed)
        self._engine.execute(f"CREATE TABLE {self._name} AS SELECT row, {', '.join(parts)} FROM {self._raw}")
        self._engine.execute(f"DROP TABLE {self._raw}")
        ((rows,),) = self._engine.rows(f"SELECT count(*) FROM {self._name}")
        unusable = sorted([*bad.values(), *self._malformed], key=lambda each: each.row)
        keys = (tuple(key) or tuple(range(len(columns))),)
        return FileTable(columns, sorts, Stored(self._name, places, rows, keys), tuple(unusable))

    def _inferred(self, columns: Sequence[int]) -> dict[int, str]:
        if not columns:
            return {}
        asked = [f"count(*) FILTER (c{at} <> '')" for at in columns]
        for at in columns:
            tests = (_fits(at, "number", _DECIMAL), _fits(at, "date"), _fits(at, "boolean"))
            asked += [f"count(*) FILTER (c{at} <> '' AND NOT ({test}))" for test in tests]
        (found,) = self._engine.rows(f"SELECT {', '.join(asked)} FROM {self._raw}")
        sorts: dict[int, str] = {}
        for number, at in enumerate(columns):
            wrong = found[len(columns) + 3 * number : len(columns) + 3 * number + 3]
            fitting = [sort for sort, count in zip(("number", "date", "boolean"), wrong, strict=True) if not count]
            sorts[at] = fitting[0] if fitting and found[number] else "symbol"
        return sorts

    def _bad(self, columns: Sequence[str], sorts: Sequence[str], key: Sequence[int]) -> dict[int, BadRow]:
        """Rows with a cell not of its sort, and rows that share a key."""
        bad: dict[int, BadRow] = {}
        shown = f"c{key[0]}"
        wrong = " OR ".join(f"NOT ({_fits(at, sort)})" for at, sort in enumerate(sorts))
        cells = ", ".join(f"c{at}" for at in range(len(sorts)))
        for row, first, *texts in self._engine.rows(f"SELECT row, {shown}, {cells} FROM {self._raw} WHERE {wrong}"):
            reasons = [
                _reason(name, sort, text)
                for name, sort, text in zip(columns, sorts, texts, strict=True)
                if converted([text], sort) == [None]
            ]
            if reasons:
                bad[row] = BadRow(row, first, "; ".join(reasons))
        by = ", ".join(f"c{at}" for at in key)
        double = f"SELECT {by}, min(row) AS one FROM {self._raw} GROUP BY {by} HAVING count(*) > 1"
        same = " AND ".join(f"d.c{at} = r.c{at}" for at in key)
        for row, first, one in self._engine.rows(
            f"SELECT r.row, r.{shown}, d.one FROM {self._raw} r JOIN ({double}) d ON {same}"
        ):
            why = f"its key is that of row {one}" if one != row else "another row has its key"
            bad.setdefault(row, BadRow(row, first, why))
        return bad

    def _column(self, at: int, sort: str) -> tuple[list[tuple[str, str]], Place]:
        """The SQL of the columns of argument *at*, and its place."""
        if sort in ("symbol", "text"):
            return [(f"c{at}", f"nfc_normalize(c{at})")], Place(sort)
        if sort == "date":
            return [(f"c{at}", f"CAST(c{at} AS DATE)")], Place(sort)
        if sort == "boolean":
            return [(f"c{at}", f"(lower(c{at}) = 'true')")], Place(sort)
        if sort != "number":
            return self._by_name(at, sort)
        (found,) = self._engine.rows(
            f"SELECT max(length(c{at})), max(length(split_part(c{at}, '.', 2))), "
            f"count(*) FILTER (contains(c{at}, '/')) FROM {self._raw}"
        )
        length, places, rational = (int(each or 0) for each in found)
        if rational or places > 17 or length > 36:
            return self._by_name(at, sort)
        kind = "BIGINT" if length + places < 18 else "HUGEINT"
        text = f"c{at}"
        if places:
            text = f"split_part(c{at}, '.', 1) || rpad(split_part(c{at}, '.', 2), {places}, '0')"
        sql = f"CAST({text} AS {kind})"
        ((low, high),) = self._engine.rows(f"SELECT min({sql}), max({sql}) FROM {self._raw}")
        low, high = int(low or 0), int(high or 0)
        return [(f"n{at}_0", sql)], Place(sort, (Rational("", low, high, 10**places, 1, kind),))

    def _by_name(self, at: int, sort: str) -> tuple[list[tuple[str, str]], Place]:
        """Cells that Python turns into terms, each different one once."""
        texts = [str(row[0]) for row in self._engine.rows(f"SELECT DISTINCT c{at} FROM {self._raw}")]
        terms = [term for term in converted(texts, sort) if term is not None]
        if not texts:
            number = Rational("", 0, 0)
            return self._empty(at, Place(sort, (number,) if sort == "number" else (number, number)))
        column = Column(terms)
        names = [name for name, _ in column.place.columns(at)]
        kinds = [("text", "VARCHAR"), *column.place.columns(at)]
        table = f"{self._name}_{at}"
        self._engine.load_rows(table, kinds, [(t, *c) for t, c in zip(texts, column.sql_cells(), strict=True)])
        return [
            (name, f"(SELECT m.{name} FROM {table} m WHERE m.text = {self._raw}.c{at})") for name in names
        ], column.place

    def _empty(self, at: int, place: Place) -> tuple[list[tuple[str, str]], Place]:
        return [(name, f"CAST(NULL AS {kind})") for name, kind in place.columns(at)], place


def _csv_header(line: str) -> Iterator[list[str]]:
    import csv

    return csv.reader([line])


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _json_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return unicodedata.normalize("NFC", str(value))


def _exact(number: str) -> str:
    """A number of JSON as a cell: written out if it has an exponent."""
    return str(Fraction(number)) if "e" in number.lower() else number


def _fits(at: int, sort: str, number: str = _RATIONAL) -> str:
    """SQL for: cell *at* has the *sort*. Durations are looked at one by one later."""
    cell = f"c{at}"
    if sort == "number":
        return f"regexp_full_match({cell}, {quoted(number)})" + (
            f" AND NOT regexp_full_match({cell}, '.*/0+')" if number == _RATIONAL else ""
        )
    if sort == "date":
        return f"regexp_full_match({cell}, {quoted(_DATE)}) AND coalesce(year(TRY_CAST({cell} AS DATE)) >= 1, false)"
    if sort == "boolean":
        return f"lower({cell}) IN ('true', 'false')"
    if sort == "symbol":
        return f"{cell} <> '' AND NOT starts_with({cell}, '!')"
    return "true" if sort == "text" else "false"


def _reason(column: str, sort: str, cell: str) -> str:
    if not cell:
        return f"{column} is empty"
    return f"{column} is {cell[:40]!r}, which is not a {sort}"

"""The file of decisions: one row for each case and for each row that could not be used, in the order of the cases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quod.kernel.errors import NotUsable
from quod.reasoning.bulk.engine import SqlEngine, quoted
from quod.reasoning.bulk.files import BadRow

_FORMATS = {
    ".csv": "(FORMAT csv, HEADER true)",
    ".jsonl": "(FORMAT json)",
    ".ndjson": "(FORMAT json)",
    ".parquet": "(FORMAT parquet)",
}


class UnknownFormat(NotUsable):
    """The file to be written is of no known kind."""

    code = "unknown_format"


def write(engine: SqlEngine, table: str, bad: Sequence[BadRow], path: Path) -> None:
    """Write the decisions in *table* and the *bad* rows to *path*.

    Fails when: its name ends in nothing known (`UnknownFormat`).
    """
    kind = path.suffix.lower()
    if kind not in _FORMATS:
        raise UnknownFormat(f"{path.name} is no kind of table", remedy="end its name in " + ", ".join(_FORMATS))
    cell = inert if kind == ".csv" else _missing
    valued = engine.rows(f"SELECT 1 FROM {table} WHERE value <> '' LIMIT 1")
    value = cell("value") if valued else "CAST(NULL AS VARCHAR)"
    rows = f"SELECT row, {cell('key')} AS key, decision, {value} AS value, CAST(NULL AS VARCHAR) AS reason FROM {table}"
    if bad:
        columns = [("row", "BIGINT"), *((name, "VARCHAR") for name in ("key", "decision", "value", "reason"))]
        engine.load_rows("unusable", columns, [(each.row, each.key, "unusable", "", each.reason) for each in bad])
        rows += f" UNION ALL SELECT row, {cell('key')}, decision, NULL, {cell('reason')} FROM unusable"
    chosen = "key, decision, value, reason"
    engine.execute(f"COPY (SELECT row, {chosen} FROM ({rows}) d ORDER BY row) TO {quoted(str(path))} {_FORMATS[kind]}")
    if bad:
        engine.execute("DROP TABLE unusable")


def _missing(column: str) -> str:
    return f"nullif({column}, '')"


def inert(column: str) -> str:
    """SQL for a text cell that no spreadsheet takes for a formula (a number may keep its sign)."""
    harmless = f"{column} >= '0' AND {column} < ':' OR {column} >= 'A' AND {column} < '['"
    harmless += f" OR {column} >= 'a' AND {column} < '{{'"
    formula = f"regexp_matches({column}, '^[\\s]*[=+@＝＋＠－-]|^[\\t\\r\\n]')"
    number = f"regexp_full_match({column}, '-[0-9]+([./][0-9]+)?')"
    quoted_cell = f"WHEN {formula} AND NOT {number} THEN '''' || {column}"
    return f"CASE WHEN {column} = '' THEN NULL WHEN {harmless} THEN {column} {quoted_cell} ELSE {column} END"

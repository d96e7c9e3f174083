"""The SQL engine behind bulk decisions: one small protocol, and DuckDB behind it."""

from __future__ import annotations

import csv
import importlib
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from quod.kernel.errors import NotUsable

#: The SQL types that compiled expressions may have: nothing that rounds.
EXACT = ("BIGINT", "BOOLEAN", "DATE", "HUGEINT", "VARCHAR")


class MissingExtra(NotUsable):
    """An optional package is not installed."""

    code = "missing_extra"


class Inexact(NotUsable):
    """A compiled expression has an SQL type that rounds: a bug in Quod, never a decision."""

    code = "inexact_expression"


class SqlEngine(Protocol):
    """What bulk evaluation asks of an SQL engine. Statements are plain SQL with `//`, `%` and ``HUGEINT``."""

    def execute(self, sql: str) -> None:
        """Run a statement."""
        ...

    def name(self) -> str:
        """A name that no table has."""
        ...

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        ...

    def types(self, sql: str) -> list[str]:
        """The SQL types of the columns of a query, which is not run."""
        ...

    def plan(self, sql: str) -> str:
        """The physical plan of a query, for people and tests."""
        ...

    def load_rows(self, table: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]]) -> None:
        """A new table with named and typed *columns* and these *rows* (no cell missing)."""
        ...


class DuckDb:
    """DuckDB, in memory.

    Fails when: the package is not installed (`MissingExtra`).
    """

    def __init__(self, threads: int | None = None) -> None:
        try:
            duckdb = importlib.import_module("duckdb")
        except ImportError:
            raise MissingExtra(
                "decisions in bulk need DuckDB", remedy="install it with: pip install 'quod[bulk]'", extra="bulk"
            ) from None
        self.connection: Any = duckdb.connect(":memory:")
        self.connection.execute("SET enable_progress_bar = false")
        self._names = 0
        if threads:
            self.connection.execute(f"SET threads = {threads}")

    def execute(self, sql: str) -> None:
        """Run a statement."""
        self.connection.execute(sql)

    def name(self) -> str:
        """A name that no table has."""
        self._names += 1
        return f"q{self._names}"

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        found: list[tuple[Any, ...]] = self.connection.execute(sql).fetchall()
        return found

    def types(self, sql: str) -> list[str]:
        """The SQL types of the columns of a query, which is not run."""
        return [str(row[1]) for row in self.rows(f"DESCRIBE {sql}")]

    def plan(self, sql: str) -> str:
        """The physical plan."""
        return "\n".join(str(row[1]) for row in self.rows(f"EXPLAIN {sql}"))

    def load_rows(self, table: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]]) -> None:
        """A new table; few rows go in as values, many through a file."""
        described = ", ".join(f"{name} {kind}" for name, kind in columns)
        self.execute(f"CREATE TABLE {table} ({described})")
        rows = rows if isinstance(rows, list | tuple) else list(rows)
        if len(rows) < 2_000:
            for at in range(0, len(rows), 200):
                lines = (f"({', '.join(map(literal, row))})" for row in rows[at : at + 200])
                self.execute(f"INSERT INTO {table} VALUES {', '.join(lines)}")
            return
        with tempfile.TemporaryDirectory(prefix="quod-") as folder:
            path = Path(folder) / "rows.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
            self.execute(
                f"COPY {table} FROM {quoted(str(path))} (FORMAT csv, HEADER false, DELIMITER ',', QUOTE '\"', "
                "ESCAPE '\"', NULLSTR 'there are no nulls', ALLOW_QUOTED_NULLS false, AUTO_DETECT false)"
            )


def literal(value: Any) -> str:
    """A Python value as SQL."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else quoted(str(value))


def quoted(text: str) -> str:
    """An SQL string.

    >>> quoted("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"

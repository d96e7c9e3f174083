"""Tables: relations read from CSV files, every row typed or refused by name."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from quod.kernel.errors import Place
from quod.kernel.values import Term
from quod.knowledge.cells import converted, inferred
from quod.knowledge.errors import TableError, TableHeader, TableKeys, TableMissing, TableRows, did_you_mean
from quod.knowledge.relation_cache import FEWEST
from quod.knowledge.relations import Relation, Row

Column: TypeAlias = list[str]

_SHOWN = 20


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
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        message = f"the table {spec.name!r} has no file {shown}"
        remedy = "put the file there, or give another one as `file:`"
        raise TableMissing(message, remedy=remedy, place=spec.place, reason=error.strerror) from None
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        raise TableRows(
            f"{shown} is not UTF-8 text", remedy="save it as UTF-8", place=Place(shown, row), rows=(row,)
        ) from None
    relation = parse_relation(spec, unicodedata.normalize("NFC", text), shown)
    return replace(relation, digest=file_digest(raw, spec)) if len(relation.rows) >= FEWEST else relation


def file_digest(raw: bytes, spec: RelationSpec) -> str:
    """What identifies a table: the bytes of its file and all that decides how they are read and committed."""
    declared = [spec.name, spec.key, spec.private, spec.indexes, sorted((spec.sorts or {}).items())]
    return hashlib.sha256(hashlib.sha256(raw).digest() + json.dumps(declared).encode()).hexdigest()


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
        sort = declared.get(name) or inferred(cells)
        terms = converted(cells, sort)
        for line, cell, term in zip(lines, cells, terms, strict=True):
            if term is None:
                bad.append((line, _not_a(sort, name, cell)))
        sorts.append(sort)
        columns.append(terms)
    _refuse(TableRows, bad, file, "row", "correct these rows, or declare another sort in `columns:`")
    typed: list[Row] = list(zip(*columns, strict=True))
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

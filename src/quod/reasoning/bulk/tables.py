"""Where the rows of a predicate are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from quod.reasoning.bulk.cells import Place


@dataclass(frozen=True)
class Stored:
    """The rows of a predicate in a table; ``keys`` are arguments that no two rows share."""

    table: str
    places: tuple[Place, ...]
    rows: int
    keys: tuple[tuple[int, ...], ...] = ()


Tables: TypeAlias = Mapping[str, Stored]

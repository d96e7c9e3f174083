"""What class analysis finds about clauses, as a structure that `language` can say."""

from __future__ import annotations

from dataclasses import dataclass

from quod.kernel.values import Clause
from quod.knowledge.notation import show_clause


@dataclass(frozen=True)
class Finding:
    """Something about *clauses* that keeps them outside the class, or that their writer should know."""

    code: str
    message: str
    predicates: tuple[str, ...]
    clauses: tuple[Clause, ...]
    remedy: str = ""


def quote(clause: Clause) -> str:
    """The sentence of *clause* on one line, or its notation if it has none."""
    return "«" + " ".join((clause.sentence or show_clause(clause)).split()) + "»"

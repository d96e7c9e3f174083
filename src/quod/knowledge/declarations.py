"""Declarations: which predicates are open and which are closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quod.kernel.errors import Place
from quod.knowledge.errors import OpenAndClosed, UnknownPredicate, did_you_mean
from quod.knowledge.notation import show_predicate


@dataclass(frozen=True)
class Declared:
    """A declaration that the predicate *name* is ``open`` or ``closed``; without arity it means every arity."""

    kind: str
    name: str
    place: Place | None = None


def resolve(declared: Iterable[Declared], mentioned: Sequence[str]) -> dict[str, str]:
    """``open`` or ``closed`` for each predicate *declared*, ordered; *mentioned* are those known otherwise.

    *Fails when* a name without arity is not mentioned (`UnknownPredicate`), or a predicate is declared both ways
    (`OpenAndClosed`).
    """
    kinds: dict[str, Declared] = {}
    for declaration in declared:
        for predicate in _meant(declaration, mentioned):
            before = kinds.setdefault(predicate, declaration)
            if before.kind != declaration.kind:
                where = f" at {before.place}" if before.place else ""
                raise OpenAndClosed(
                    f"{show_predicate(predicate)} is declared {declaration.kind}, and {before.kind}{where}",
                    remedy="keep one of the two declarations",
                    place=declaration.place,
                    predicate=predicate,
                )
    return {predicate: kinds[predicate].kind for predicate in sorted(kinds)}


def _meant(declaration: Declared, mentioned: Sequence[str]) -> list[str]:
    name = declaration.name
    if name.rpartition("/")[2].isdigit() and "/" in name:
        return [name]
    meant = [predicate for predicate in mentioned if predicate.rpartition("/")[0] == name]
    if not meant:
        known = sorted({predicate.rpartition("/")[0] for predicate in mentioned if predicate[0] not in "~?"})
        hint = did_you_mean(name, known) or f"give its number of places, as in `{name}/1`"
        raise UnknownPredicate(
            f"nothing is called {name!r}, which is declared {declaration.kind}", remedy=hint, place=declaration.place
        )
    return meant

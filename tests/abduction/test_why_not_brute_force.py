"""Why not: on small random books, the missing pieces are those that trying every set finds."""

from __future__ import annotations

import os
from collections import Counter
from itertools import permutations, product
from random import Random

import pytest
from brute_force import DOMAIN, NUMBERS, STRANGERS, Book
from small_books import small_book

from quod.kernel.computation import evaluate
from quod.kernel.values import Atom, Literal, substitute
from quod.reasoning import Program
from quod.reasoning.abduction import why_not
from quod.reasoning.missing import Missing
from quod.reasoning.shapes import literal_variables

BOOKS = 300
MANY = 1_500
SMALL, LARGE = 20, 40  # literals that could be pieces: sets of three are tried, sets of two, none


def largest(universe: list[Literal]) -> int:
    """How many pieces the sets have that are tried."""
    return 3 if len(universe) <= SMALL else 2


def instances(missing: Missing, book: Book, strange: bool) -> list[frozenset[Literal]]:
    """The pieces for all individuals that the unknowns may be; if *strange*, for such as nobody knows.

    An individual that is known may fail to lack what the unknown one has to lack: that is a piece more.
    """
    literals = (*missing.literals, *missing.conditions)
    names = list(dict.fromkeys(name for each in literals for name in literal_variables(each)))
    numeric = [name for name in names if any(_is_number(name, each) for each in literals)]
    plain = [name for name in names if name not in numeric]
    people = permutations(STRANGERS, len(plain)) if strange else product(DOMAIN, repeat=len(plain))
    found = []
    for chosen in people:
        for numbers in product(NUMBERS, repeat=len(numeric)):
            bindings = {**dict(zip(plain, chosen, strict=True)), **dict(zip(numeric, numbers, strict=True))}
            if all(_passes(each, bindings) for each in missing.conditions):
                pieces = [_ground(each, bindings) for each in missing.literals]
                model = book.model_with(frozenset(each[1:] for each in pieces if each[0] == "+"))
                lacks = [_ground(each, bindings) for each in missing.conditions if each[0] == "-"]
                found.append(frozenset([*pieces, *(each for each in lacks if each[1:] in model)]))
    return found


def _is_number(name: str, literal: Literal) -> bool:
    return (literal[0] == "c" and ("v", name) in literal[2]) or (literal[1] == "n/2" and literal[2][1] == ("v", name))


def _ground(literal: Literal, bindings: dict) -> Literal:
    return (*literal[:2], tuple(substitute(arg, bindings) for arg in literal[2]))


def _passes(condition: Literal, bindings: dict) -> bool:
    ground = _ground(condition, bindings)
    return condition[0] == "-" or evaluate(condition[1], ground[2]) == ("b", "true")


def _is_minimal(book: Book, literals: frozenset[Literal], atom: Atom) -> bool:
    """Whether no set with one literal less is enough."""
    return not any(book.enough(literals - {piece}, atom) for piece in literals)


def examine(seed: int) -> Counter:
    """One book: what is reported is enough and minimal, and nothing that is minimal is left out."""
    clauses, atom = small_book(Random(seed))
    book = Book(clauses)
    found = why_not(Program(clauses), atom, most=200, slack=None, fuel=100_000)
    if atom in book.model:
        assert found.verdict == "derivable"
        return Counter(["derivable"])
    universe = book.universe(atom)
    if found.verdict == "undecided" or len(universe) > LARGE:
        return Counter([found.verdict if found.verdict == "undecided" else "too large"])
    if all(("+", *atom) in each.literals for each in found.sets):
        assert not book.minimal(atom, universe, largest(universe))
        return Counter(["stated"])
    covered = {each for missing in found.sets for each in instances(missing, book, strange=False)}
    for missing in found.sets:
        strange = instances(missing, book, strange=True)
        good = [each for each in strange if book.enough(each, atom)]
        assert not strange or any(_is_minimal(book, each, atom) for each in good), (seed, missing)
    for each in book.minimal(atom, universe, largest(universe)):
        # what is enough for somebody nobody knows is not said again for each who is known, with what else that takes
        assert each in covered or any(one < each for one in covered), (seed, each)
    return Counter(["missing", *(f"of {len(each.pieces)}" for each in found.sets[:1])])


@pytest.mark.parametrize("block", range(10))
def test_small_books(block: int) -> None:
    seen: Counter = Counter()
    for seed in range(block, BOOKS, 10):
        seen += examine(seed)
    assert seen["missing"] >= 10, seen


@pytest.mark.assure
def test_many_small_books() -> None:
    seen: Counter = Counter()
    for seed in range(int(os.environ.get("QUOD_ASSURE_BOOKS", MANY))):
        seen += examine(1_000_000 + seed)
    assert seen["missing"] >= 1_000, seen

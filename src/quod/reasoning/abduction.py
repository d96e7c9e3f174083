"""Abduction: why an atom is not derivable, as the smallest sets of pieces that are missing.

A set is enough if the atom becomes derivable once its missing facts are added to the theory, its absences are taken for
granted and its comparisons pass; it is minimal if no part of it is enough. Facts are supposed of predicates that have
some, or that nothing concludes, so that the pieces lie at the bottom: what somebody can find out, state or change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations, islice

from quod.kernel.values import Atom, Clause, Literal, Term
from quod.reasoning.abduction_search import Search
from quod.reasoning.evaluation import FUEL, Evaluation, OutOfFuel
from quod.reasoning.missing import Missing, Piece, WhyNot, is_contradictory, subsumes, witness
from quod.reasoning.ports import RowSource
from quod.reasoning.program import Program
from quod.reasoning.shapes import literal_variables
from quod.reasoning.unification import resolve_literal

#: What a search for missing pieces may cost, in atoms looked at.
SEARCH_FUEL = 300_000
#: How many sets are looked for, and how many pieces more than the smallest they may have.
SETS = 12
SLACK = 2
#: What judging a set in a theory of its own costs, beside what is looked at there.
ANOTHER = 200
#: Where facts change what is absent: how often they may call for further facts, how many completions are looked at and
#: tried, and how large a set is taken apart to see whether a part of it is enough.
ROUNDS = 2
LOOKED_AT = 40
TRIES = 6
TAKEN_APART = 6


def why_not(
    program: Program,
    atom: Atom,
    *,
    source: RowSource | None = None,
    facts: Iterable[Clause] = (),
    keys: Mapping[str, Collection[int]] | None = None,
    fuel: int = SEARCH_FUEL,
    most: int = SETS,
    slack: int | None = SLACK,
) -> WhyNot:
    """Why *atom* is not derivable from *program*: the sets of missing pieces, nearest first.

    Sets come by number of pieces (and conditions on unknowns), then by number of rules; at most *most* of them, and
    none more than *slack* larger than the smallest. The outcome depends on the arguments alone.
    """
    return _Abduction(program, source, tuple(facts), keys or {}, fuel).why_not(atom, most, slack)


class _Abduction:
    """One question why not."""

    def __init__(
        self,
        program: Program,
        source: RowSource | None,
        facts: tuple[Clause, ...],
        keys: Mapping[str, Collection[int]],
        fuel: int,
    ) -> None:
        self._program = program
        self._source = source
        self._facts = facts
        self._keys = keys
        self._fuel = fuel

    def why_not(self, atom: Atom, most: int, slack: int | None) -> WhyNot:
        """The sets of missing pieces for *atom*."""
        found: list[Missing] = []
        base = self._evaluation(())
        search = Search(base, self._fuel, self._keys)
        try:
            if base.ask(atom)[0].delivered:
                return WhyNot(atom, "derivable")
            for each in search.sets(atom):
                if found and slack is not None and _size(each) > _size(found[0]) + slack:
                    break
                if any(subsumes(old, each) for old in found):
                    continue
                for settled in self._settled(atom, each):
                    if not is_contradictory(settled) and not any(subsumes(old, settled) for old in found):
                        found.append(settled)
                        search.enough.append(settled)
                if len(found) > most:
                    break
        except OutOfFuel:
            return WhyNot(atom, "undecided", _ordered(found)[:most], True)
        if not found:
            found.append(Missing((Piece(("+", *atom)),)))
        return WhyNot(atom, "missing", _ordered(found)[:most], len(found) > most)

    def _evaluation(self, assumed: Iterable[Atom]) -> Evaluation:
        return Evaluation(self._program, self._facts, assumed=assumed, source=self._source, fuel=FUEL)

    # --- facts that change what is absent -----------------------------------------------------------------------

    def _settled(self, atom: Atom, missing: Missing) -> list[Missing]:
        """*missing* with what else its facts call for, in all ways found of which no part is enough.

        A fact added can make an exception hold, or take one away: what is enough is judged in the theory that has the
        facts.
        """
        if not missing.added or not any(self._program.strata.values()):
            return [missing]
        known = _known(missing)
        wholes = list(islice(self._completed(atom, known, ROUNDS), TRIES))
        parts = [self._least(atom, whole) for whole in wholes]
        return [self._without_idle(_unknown(part, known, missing)) for part in parts]

    def _without_idle(self, missing: Missing) -> Missing:
        """*missing* without the absences among its conditions that its own facts undo: it is enough without."""
        known = _known(missing)
        evaluation = self._evaluation(known.added)
        kept = [
            each
            for each, ground in zip(missing.conditions, known.conditions, strict=True)
            if ground[0] != "-" or not evaluation.ask((ground[1], ground[2]))[0].delivered
        ]
        return replace(missing, conditions=tuple(kept))

    def _completed(self, atom: Atom, known: Missing, rounds: int) -> Iterator[Missing]:
        """*known* with what else is missing once its facts are there, cheapest first."""
        kept = [each for each in known.pieces if each.literal[0] == "+"]
        rest = [each.literal for each in known.pieces if each.literal[0] != "+"]
        first = self._beside(atom, known, rest)
        if first is not None:
            yield replace(known, pieces=_joined(kept, first.pieces))
            return
        for found in islice(self._all_beside(atom, known), LOOKED_AT):
            compared = [each for each in found.literals if each[0] == "c"]
            if all(each in found.literals for each in rest) and all(each in rest for each in compared):
                rules = tuple(dict.fromkeys((*known.rules, *found.rules)))
                whole = replace(known, pieces=_joined(kept, found.pieces), rules=rules)
                if not found.added:
                    yield whole
                elif rounds and not is_contradictory(whole):
                    yield from self._completed(atom, _known(whole, "'" * rounds), rounds - 1)

    def _least(self, atom: Atom, whole: Missing) -> Missing:
        """The smallest part of *whole* that is enough; all of it where there are too many parts to try."""
        if len(whole.pieces) > TAKEN_APART:
            return whole
        for count in range(1, len(whole.pieces)):
            for pieces in combinations(whole.pieces, count):
                part = replace(whole, pieces=pieces)
                if self._beside(atom, part, [each.literal for each in pieces]) is not None:
                    return part
        return whole

    def _beside(self, atom: Atom, known: Missing, allowed: Collection[Literal]) -> Missing | None:
        """What of *allowed* is missing once the facts of *known* are there; None if that is not enough."""
        return next(self._all_beside(atom, known, allowed), None)

    def _all_beside(self, atom: Atom, known: Missing, allowed: Collection[Literal] | None = None) -> Iterator[Missing]:
        self._fuel -= ANOTHER
        search = Search(self._evaluation(known.added), self._fuel, self._keys, allowed, known.conditions)
        for found in search.sets(atom):
            self._fuel = min(self._fuel, search.fuel)
            yield found
        self._fuel = min(self._fuel, search.fuel)


def _known(missing: Missing, mark: str = "") -> Missing:
    """*missing* with a value for each unknown that meets its conditions, or a name that no theory can use."""
    literals = (*missing.literals, *missing.conditions)
    names = dict.fromkeys([name for each in literals for name in literal_variables(each)])
    chosen: dict[str, Term] = {}
    for name in names:
        chosen[name] = witness(name, missing.conditions) or ("s", f"!{name}{mark}")
    return replace(
        missing,
        pieces=tuple([each._replace(literal=resolve_literal(each.literal, chosen)) for each in missing.pieces]),
        conditions=tuple([resolve_literal(each, chosen) for each in missing.conditions]),
    )


def _unknown(found: Missing, known: Missing, missing: Missing) -> Missing:
    """*found* in terms of the unknowns of *missing*, of which *known* was made."""
    before = {each.literal: old for each, old in zip(known.pieces, missing.pieces, strict=True)}
    pieces = [before.get(each.literal, each._replace(literal=_literal(each.literal))) for each in found.pieces]
    return replace(found, pieces=tuple(pieces), conditions=_about(pieces, missing.conditions))


def _about(pieces: Iterable[Piece], conditions: tuple[Literal, ...]) -> tuple[Literal, ...]:
    """The *conditions* on unknowns of *pieces*, and on what is computed from them."""
    occurring = dict.fromkeys([name for each in pieces for name in literal_variables(each.literal)])
    for _ in conditions:
        for each in conditions:
            names = list(literal_variables(each))
            if any(name in occurring for name in names):
                occurring |= dict.fromkeys(names)
    return tuple([each for each in conditions if any(name in occurring for name in literal_variables(each))])


def _literal(value: Literal) -> Literal:
    """A literal with variables for the names that no theory can use."""
    if value[0] == "a":
        return (*value[:2], _term(value[2]), _term(value[3]), tuple(map(_literal, value[4])))
    return (*value[:2], tuple(map(_term, value[2])))


def _term(value: Term) -> Term:
    if value[0] == "f":
        return ("f", value[1], tuple(map(_term, value[2])))
    return ("v", value[1][1:]) if value[0] == "s" and value[1].startswith("!") else value


def _joined(these: Iterable[Piece], those: Iterable[Piece]) -> tuple[Piece, ...]:
    """Both, each literal once."""
    found: dict[Literal, Piece] = {}
    for each in (*these, *those):
        found.setdefault(each.literal, each)
    return tuple(found.values())


def _size(missing: Missing) -> int:
    return len(missing.pieces) + len(missing.conditions)


def _ordered(found: list[Missing]) -> tuple[Missing, ...]:
    """By size, then as found: settling may have made one larger."""
    return tuple(sorted(found, key=_size))

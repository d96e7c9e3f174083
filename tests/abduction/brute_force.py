"""What is missing, by the definition and nothing else: every set of literals is tried, smallest first.

A set is enough if the atom is derivable in the model of the book with the set's facts, where its absences are taken for
granted and its comparisons pass. No set says that something holds and does not, or supposes a number only to have it
pass for another. Individuals are those of the book and two that it does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import NamedTuple

from quod.kernel.computation import evaluate
from quod.kernel.values import Atom, Clause, Literal, Term, number, substitute, symbol

STRANGERS = (symbol("u"), symbol("w"))
DOMAIN = (*map(symbol, "ab"), *STRANGERS)
NUMBERS = tuple(map(number, (0, 1, 2)))


class Instance(NamedTuple):
    head: Atom
    needs: tuple[Atom, ...]
    lacks: tuple[Atom, ...]
    fails: tuple[Literal, ...]
    level: int


class Book:
    """A book, ground."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self.clauses = tuple(clauses)
        self.facts = frozenset(each.head for each in self.clauses if not each.body)
        rules = [each for each in self.clauses if each.body]
        self.concluded = frozenset(each.head[0] for each in rules)
        self.stated = frozenset(name for name, _ in self.facts)
        level = _levels(rules)
        self.instances = [ground for rule in rules for ground in _ground(rule, level)]
        self.top = max(level.values(), default=0)
        self.model = self.model_with(frozenset())

    def model_with(self, added: frozenset[Atom]) -> frozenset[Atom]:
        found = set(self.facts | added)
        for level in range(self.top + 1):
            settled = frozenset(found)
            self._close(found, [each for each in self.instances if each.level == level], settled, frozenset())
        return frozenset(found)

    def enough(self, literals: Iterable[Literal], atom: Atom) -> bool:
        granted = frozenset(literals)
        model = self.model_with(frozenset((each[1], each[2]) for each in granted if each[0] == "+"))
        if atom in model:
            return True
        found = set(model)
        self._close(found, self.instances, model, granted)
        return atom in found

    @staticmethod
    def _close(found: set[Atom], instances: list[Instance], settled: frozenset[Atom], granted: frozenset) -> None:
        ready = [
            each
            for each in instances
            if all(fail in granted for fail in each.fails)
            and not any(lack in settled and ("-", *lack) not in granted for lack in each.lacks)
        ]
        size = -1
        while size != len(found):
            size = len(found)
            found.update([each.head for each in ready if all(need in found for need in each.needs)])

    def universe(self, atom: Atom) -> list[Literal]:
        """All literals that could be pieces for *atom*: only what rules that could help mention."""
        found: dict[Literal, None] = {}
        reached = {atom[0]}
        for _ in range(len(self.instances) + 1):
            reached |= {need[0] for each in self.instances if each.head[0] in reached for need in each.needs}
        for each in self.instances:
            if each.head[0] in reached:
                found |= dict.fromkeys(each.fails)
                found |= dict.fromkeys(("-", *lack) for lack in each.lacks)
                for name, args in each.needs:
                    statable = name not in self.concluded or name in self.stated
                    if statable and (name, args) not in self.model and ((name, args) != atom):
                        found["+", name, args] = None
        return list(found)

    def minimal(self, atom: Atom, universe: list[Literal], most: int) -> list[frozenset[Literal]]:
        """All sets of at most *most* literals of which no part is enough."""
        found: list[frozenset[Literal]] = []
        for count in range(1, most + 1):
            for each in combinations(universe, count):
                tried = frozenset(each)
                if sensible(tried) and not any(old <= tried for old in found) and self.enough(tried, atom):
                    found.append(tried)
        return found


def sensible(literals: frozenset[Literal]) -> bool:
    """Whether a set does not contradict itself."""
    kinds = {each[0] + each[1] for each in literals}
    numbers = "+n/2" in kinds and any(each[0] == "c" for each in literals)
    return not numbers and not any(("-", *each[1:]) in literals for each in literals if each[0] == "+")


def _levels(rules: list[Clause]) -> dict[str, int]:
    level: dict[str, int] = {}
    for _ in range(len(rules) + 1):
        for rule in rules:
            for literal in rule.body:
                if literal[0] in "+-":
                    below = level.get(literal[1], 0) + (literal[0] == "-")
                    level[rule.head[0]] = max(level.get(rule.head[0], 0), below)
    return level


def _ground(rule: Clause, level: dict[str, int]) -> Iterator[Instance]:
    names = list(dict.fromkeys(name for literal in rule.body for arg in literal[2] for name in _names(arg)))
    for values in product(*[NUMBERS if name == "N" else DOMAIN for name in names]):
        bindings = dict(zip(names, values, strict=True))
        needs, lacks, fails = [], [], []
        for kind, name, args in rule.body:
            ground = tuple(substitute(arg, bindings) for arg in args)
            if kind == "+":
                needs.append((name, ground))
            elif kind == "-":
                lacks.append((name, ground))
            elif evaluate(name, ground) != ("b", "true"):
                fails.append((kind, name, ground))
        head = (rule.head[0], tuple(substitute(arg, bindings) for arg in rule.head[1]))
        yield Instance(head, tuple(needs), tuple(lacks), tuple(fails), level.get(head[0], 0))


def _names(term: Term) -> list[str]:
    return [term[1]] if term[0] == "v" else []

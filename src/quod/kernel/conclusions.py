"""What steps conclude, and the session in which they are checked (``spec/primitives.md``).

Only this package makes conclusions; a producer can only write bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from quod.kernel.commit import Leaf, Opened, predicate_key
from quod.kernel.matching import matches, outer_variables
from quod.kernel.rejection import reject
from quod.kernel.values import Atom, Clause, Literal, Pending, Term
from quod.kernel.wellformed import has_private

GRADES = ("claimed", "attested", "quorum", "recomputed", "proved")
PROVED = len(GRADES) - 1

NOTHING: frozenset[Any] = frozenset()


class Conclusion:
    """What a step has shown: with the lowest grade and the defaults it rests on, and whether on open assumptions.

    Which assumptions is found by `Session.assumed` when it matters: kept with every step they could fill the memory.
    """

    __slots__ = ("absence", "assumed", "defaults", "grade")

    def __init__(self) -> None:
        self.grade = PROVED
        self.defaults: frozenset[str] = NOTHING
        self.absence = False
        self.assumed = False

    def rest_on(self, premises: Iterable[Conclusion]) -> None:
        """Inherit the lowest grade of *premises*, and the union of the rest."""
        for premise in premises:
            if premise.grade < self.grade:
                self.grade = premise.grade
            if not premise.defaults <= self.defaults:
                self.defaults |= premise.defaults
            self.assumed = self.assumed or premise.assumed
            self.absence = self.absence or premise.absence


class Theory(Conclusion):
    """The opened part of the theory."""

    __slots__ = ("_cache", "_shows", "opened", "pending")

    def __init__(self, opened: Opened, pending: tuple[Pending, ...]) -> None:
        super().__init__()
        self.opened = dict(opened.leaves)
        self.pending = pending
        self._cache: dict[str, Leaf | None] = {}
        self._shows = opened.shows

    def lookup(self, name: str) -> Leaf | None:
        """The leaf of predicate *name*, or None if the theory has none. Fails when: it is ``not_opened``."""
        leaf: Leaf | None = self.opened.get(name)
        if leaf is None and name not in self._cache:
            if not self._shows(predicate_key(name)):
                reject("not_opened", predicate=name)
            self._cache[name] = None
        return leaf

    def waits(self, consulted: Iterable[str]) -> Pending | None:
        """The first pending sentence that could bear on one of the predicates *consulted*."""
        names = {"*", *consulted} if self.pending else NOTHING
        return next((each for each in self.pending if not names.isdisjoint(each.bears)), None)

    def bears(self, consulted: Iterable[str]) -> None:
        """Fails when: a pending sentence could bear on one of the predicates *consulted*."""
        waiting = self.waits(consulted)
        if waiting:
            reject("pending_sentence", sentence=waiting.sentence)


class Stated(Conclusion):
    """A clause of the theory (with its digest) or of the goal (with its number among the question clauses)."""

    __slots__ = ("_outer", "clause", "identity", "needs")

    def __init__(self, clause: Clause, identity: str | int) -> None:
        super().__init__()
        self.clause = clause
        self.identity = identity
        self.needs = [needed for literal in clause.body for needed in _needs(literal)]
        self._outer: tuple[str, ...] | None = None

    @property
    def outer(self) -> tuple[str, ...]:
        """The outer variables of the clause, in the order of their bytes."""
        if self._outer is None:
            self._outer = outer_variables(self.clause)
        return self._outer


class Holds(Conclusion):
    """A ground atom is true."""

    __slots__ = ("atom", "counted", "from_row", "uncontested")

    def __init__(self, atom: Atom, from_row: bool = False) -> None:
        super().__init__()
        self.atom = atom
        self.from_row = from_row
        self.uncontested = False
        self.counted: tuple[Atom, ...] = ()  # rows that an aggregate ranged over


class Assumed(Holds):
    """A ground atom is assumed."""

    __slots__ = ()

    def __init__(self, atom: Atom) -> None:
        super().__init__(atom)
        self.assumed = True


class Contested(Conclusion):
    """An atom and its complement both hold."""

    __slots__ = ("atom",)

    def __init__(self, atom: Atom) -> None:
        super().__init__()
        self.atom = atom


class Each(Conclusion):
    """For all values of the variables: body → head."""

    __slots__ = ("body", "head")

    def __init__(self, body: tuple[Atom, ...], head: Atom) -> None:
        super().__init__()
        self.body = body
        self.head = head


class Cover:
    """Finds the first of several patterns that covers a call, without trying them all."""

    __slots__ = ("_first",)

    def __init__(self, patterns: Sequence[Atom]) -> None:
        self._first: dict[str, dict[tuple[int, ...], dict[tuple[Term, ...], int]]] = {}
        for at, (name, args) in enumerate(patterns):
            ground = tuple([column for column, arg in enumerate(args) if arg[0] != "v"])
            same = self._first.setdefault(name, {}).setdefault(ground, {})
            same.setdefault(tuple([args[column] for column in ground]), at)

    def first(self, name: str, args: Sequence[Term]) -> int | None:
        """The number of the first pattern that covers ``name(args)``, or None."""
        shapes = self._first.get(name, {})
        found = [same.get(tuple([args[column] for column in ground])) for ground, same in shapes.items()]
        return min((at for at in found if at is not None), default=None)


class Table(Conclusion):
    """Patterns with answers: whatever is derivable and matches a pattern is listed."""

    __slots__ = ("_cover", "_sets", "answers", "closed", "consulted", "exact", "patterns", "uncontested")

    def __init__(self, patterns: Sequence[Atom], answers: Sequence[Sequence[Atom]]) -> None:
        super().__init__()
        self.patterns = patterns
        self.answers = answers
        self._cover = Cover(patterns)
        self._sets: dict[int, tuple[frozenset[Atom], bool]] = {}
        self.consulted: frozenset[str] = frozenset(name for name, _ in patterns)
        self.exact = False
        self.closed = False
        self.uncontested = False

    def covering(self, name: str, args: Sequence[Term]) -> Sequence[Atom] | None:
        """The answers of the first pattern that covers ``name(args)``, or None."""
        at = self._cover.first(name, args)
        return None if at is None else self.answers[at]

    def lists(self, atom: Atom) -> bool | None:
        """Whether the first pattern that covers *atom* lists it; None if no pattern does.

        Fails when: a listed answer may be the atom, but for a private cell (``not_comparable``).
        """
        answers = self.covering(*atom)
        if answers is None:
            return None
        if id(answers) not in self._sets:
            private = any(map(has_private, [arg for answer in answers for arg in answer[1]]))
            self._sets[id(answers)] = (frozenset(answers), private)
        listed, private = self._sets[id(answers)]
        if atom not in listed and (private or any(map(has_private, atom[1]))):
            any(matches(atom, answer) for answer in answers)
        return atom in listed


class Tables:
    """Several tables, of which the first that covers something counts."""

    def __init__(self, tables: Iterable[Table]) -> None:
        distinct = dict.fromkeys(tables)
        self._owners = [table for table in distinct for _ in table.patterns]
        self._cover = Cover([pattern for table in distinct for pattern in table.patterns])

    def first(self, name: str, args: Sequence[Term]) -> Table | None:
        """The first table that covers ``name(args)``, or None."""
        at = self._cover.first(name, args)
        return None if at is None else self._owners[at]


class Rows(Table):
    """All rows of a relation that start with a prefix; a table when the predicate has no clauses."""

    __slots__ = ("complete", "predicate", "rows", "waiting")

    def __init__(self, name: str, pattern: Atom, rows: Sequence[tuple[Term, ...]], complete: bool) -> None:
        super().__init__((pattern,), ([(name, row) for row in rows],))
        self.predicate = name
        self.rows = frozenset(rows)
        self.complete = complete
        self.exact = complete
        self.waiting: Pending | None = None

    def covering(self, name: str, args: Sequence[Term]) -> Sequence[Atom] | None:
        """As of any table. Fails when: a pending sentence could add rows (``pending_sentence``)."""
        answers = super().covering(name, args)
        if answers is not None and self.waiting:
            reject("pending_sentence", sentence=self.waiting.sentence)
        return answers


def is_table(conclusion: Conclusion) -> bool:
    """Whether a conclusion counts as a table."""
    return isinstance(conclusion, Table) and (not isinstance(conclusion, Rows) or conclusion.complete)


def _needs(literal: Literal) -> Sequence[type[Holds | Table]]:
    """The kinds of premise that `apply` takes for a literal of a body."""
    if literal[0] == "a":
        return [Table for inner in literal[4] if inner[0] == "+"]
    return {"+": (Holds,), "-": (Table,)}.get(literal[0], ())


# --- the session --------------------------------------------------------------------------------------------------


class Context:
    """The commitments a proof may rest on."""

    def __init__(self, fuel: int, now: str, roots: dict[str, int], theory: str) -> None:
        self.fuel = fuel
        self.now = now
        self.roots = roots
        self.theory = theory


class Session:
    """One walk over a proof: what was concluded so far and the fuel spent."""

    def __init__(self, context: Context, question: tuple[Clause, ...]) -> None:
        self.context = context
        self.question = question
        self.spent = 0
        self.done: list[Conclusion] = []
        self.premises: list[list[int]] = []
        self.sentences: set[str] = set()
        self.sources: set[str] = set()
        self.claims: list[tuple[Any, ...]] = []

    def spend(self, amount: int = 1) -> None:
        """Count fuel. Fails when: more is spent than the context allows (``fuel_exhausted``)."""
        self.spent += amount
        if self.spent > self.context.fuel:
            reject("fuel_exhausted", fuel=self.context.fuel)

    def in_force(self, clause: Clause) -> bool:
        """Whether a clause is in force on the context's date; intervals are half-open."""
        now = self.context.now
        return (not clause.since or clause.since <= now) and (not clause.until or now < clause.until)

    def clauses(self, theory: Theory, name: str) -> tuple[Leaf | None, tuple[str | int, ...]]:
        """The leaf of a predicate and the identities of all its clauses; those of a question are in the goal."""
        if name[0] == "?":
            return None, tuple(at for at, clause in enumerate(self.question) if clause.head[0] == name)
        leaf = theory.lookup(name)
        return leaf, leaf.clauses if leaf else ()

    def support(self, steps: Iterable[int]) -> list[int]:
        """All steps from which *steps* were derived, themselves included, in step order."""
        todo = list(steps)
        found = set(todo)
        while todo:
            for premise in self.premises[todo.pop()]:
                if premise not in found:
                    found.add(premise)
                    todo.append(premise)
        return sorted(found)

    def assumed(self, steps: Iterable[int]) -> frozenset[Atom]:
        """The open assumptions of *steps*."""
        opened = [at for at in steps if self.done[at].assumed]
        support = map(self.done.__getitem__, self.support(opened))
        return frozenset([found.atom for found in support if isinstance(found, Assumed)])


C = TypeVar("C", bound=Conclusion)


def premise(premises: Sequence[Conclusion], at: int, kind: type[C]) -> C:
    """Premise number *at*, which must be of *kind*. Fails when: it is not there or of another (``bad_premise``)."""
    found = premises[at] if at < len(premises) else None
    if not isinstance(found, kind):
        reject("bad_premise", premise=at, expected=kind.__name__.lower())
    return found


def exactly(premises: Sequence[Conclusion], count: int) -> None:
    """Fails when: there are more than *count* premises (``bad_premise``)."""
    if len(premises) > count:
        reject("bad_premise", expected=count, got=len(premises))

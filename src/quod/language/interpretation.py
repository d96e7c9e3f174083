"""Interpretation: what every part of the meaning shares: mode, discourse, vocabulary, scopes and alternatives."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from quod.kernel.values import Term, variable
from quod.language.discourse import Choices, Discourse
from quod.language.formulas import Disj, Formula, Lit, Neg, Refused, Xor, conj
from quod.language.syntax import AnyOf, Joined, Nominal, NounPhrase, Predicate, Quantified

Scope = Callable[[Term], Formula]


class Mode(NamedTuple):
    """Where we are: ``place`` is assert, then (a conclusion), if, or ask; ``negated`` under a "not"."""

    place: str
    negated: bool = False

    @property
    def open(self) -> bool:
        """Whether indefinites here are mere variables (conditions and questions)."""
        return self.place in ("if", "ask")


class Interpretation:
    """One interpretation of one sentence; ``kinds`` and ``shown`` are the vocabulary it used."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.discourse = Discourse(choices)
        self.kinds: dict[str, str] = {}
        self.shown: dict[str, str] = {}
        self.presupposed: list[Lit] = []
        self.asked: list[Term] = []
        self.must_conclude: list[tuple[Term, int]] = []
        self._fresh = 0
        self._barred: tuple[Term, ...] = ()
        self._attributes: set[Term] = set()

    def fresh(self) -> Term:
        """A variable of no other name."""
        self._fresh += 1
        return variable(str(self._fresh))

    def lit(self, name: str, kind: str, *args: Term) -> Lit:
        """An atom, its kind of word remembered."""
        predicate = f"{name}/{len(args)}"
        if self.kinds.get(predicate, "adj") == "adj":
            self.kinds[predicate] = kind
        return Lit(predicate, args)

    def _joined(self, op: str, items: list[Callable[[Mode], Formula]], mode: Mode) -> Formula:
        """Alternatives; variables mentioned in one are not accessible in the next."""
        if op == "nor":
            if mode.negated:
                raise Refused("two negations in one clause are not read")
            inner = Mode(mode.place, True)
            return conj(*[Neg(self._scoped(partial(item, inner))) for item in items])
        parts = tuple(self._scoped(partial(item, mode)) for item in items)
        return Xor(parts) if op == "xor" else Disj(parts)

    def _scoped(self, build: Callable[[], Formula]) -> Formula:
        mark = self.discourse.mark()
        built = build()
        self.discourse.close(mark)
        return built

    def noun_phrase(self, node: NounPhrase, scope: Scope, mode: Mode) -> Formula:
        """The noun phrase applied to *scope* (``phrase_meaning``)."""
        raise NotImplementedError

    def nominal(self, node: Nominal | AnyOf, x: Term, mode: Mode) -> Formula:
        """A nominal said of *x* (``predicate_meaning``)."""
        raise NotImplementedError

    def predicate(self, node: Predicate, x: Term, mode: Mode) -> Formula:
        """A predicate said of *x* (``predicate_meaning``)."""
        raise NotImplementedError


def following(node: NounPhrase, mode: Mode) -> Mode:
    """The mode of what follows *node* in its clause: negated after "no", "not every", "neither … nor"."""
    negative = isinstance(node, Quantified) and node.det in ("no", "not-every")
    negative = negative or (isinstance(node, Joined) and node.op == "nor")
    if isinstance(node, Joined) and node.op != "nor":
        negative = any(following(item, Mode("assert")).negated for item in node.items)
    if negative and mode.negated:
        raise Refused("two negations in one clause are not read")
    return Mode(mode.place, True) if negative else mode

"""Syntax: the trees between the parser and the meaning; noun phrases, predicates, sentences and questions.

Everything said of one thing (adjective, noun, verb phrase, relative clause) is a *predicate*: a node that
``meaning`` applies to a term. ``at`` is the index of the word a problem would point to.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from quod.kernel.values import Term


class Constant(NamedTuple):
    """A name, a number or a variable letter; ``shown`` is how it was written."""

    term: Term
    shown: str
    at: int = 0


class Pronoun(NamedTuple):
    """it, he, she, they … to be resolved within the sentence; ``reflexive`` for itself, themselves."""

    word: str
    at: int
    reflexive: bool = False


class Nominal(NamedTuple):
    """A noun with what restricts it. ``noun`` is "" for thing, someone …; ``of`` makes it relational."""

    before: Predicate | None
    noun: str
    of: NounPhrase | None
    after: tuple[Predicate, ...]
    kind: str = "noun"
    at: int = 0


class AnyOf(NamedTuple):
    """Nominals joined by *and*/*or* under one determiner: each of them is meant."""

    items: tuple[Nominal, ...]
    at: int = 0


class Quantified(NamedTuple):
    """A determiner and a nominal. ``det``: every any no some a bare mass the only every-not what."""

    det: str
    nominal: Nominal | AnyOf
    at: int
    word: str = ""


class Joined(NamedTuple):
    """Noun phrases joined: ``op`` is and, or, xor, nor."""

    op: str
    items: tuple[NounPhrase, ...]
    at: int = 0


class Excepting(NamedTuple):
    """ "all cats except Anne": ``but`` is what is left out."""

    np: Quantified
    but: NounPhrase
    at: int = 0


class Aside(NamedTuple):
    """ "Hugo, who is a baker, …"."""

    np: NounPhrase
    predicate: Predicate
    at: int = 0


NounPhrase: TypeAlias = Constant | Pronoun | Quantified | Joined | Excepting | Aside


class Is(NamedTuple):
    """A one-place word said of something; ``kind`` is adj or noun."""

    word: str
    kind: str = "adj"


class IsA(NamedTuple):
    """A nominal said of something: "a red cat that sleeps"."""

    nominal: Nominal | AnyOf


class Relates(NamedTuple):
    """A word with its arguments: verb, adjective or comparative with objects.

    ``order`` places the subject: "active" first, "passive" after the agent. ``name`` is the predicate's name.
    """

    name: str
    kind: str
    objects: tuple[NounPhrase, ...]
    agent: NounPhrase | None = None
    passive: bool = False
    at: int = 0


class Gap(NamedTuple):
    """An object relative: "that Anne likes". ``slot`` is the argument the gap fills, counted without the subject."""

    subject: NounPhrase
    name: str
    objects: tuple[NounPhrase | None, ...]
    negated: bool = False
    at: int = 0


class Whose(NamedTuple):
    """ "whose age is more than 30"."""

    nominal: Nominal
    predicate: Predicate


class Compares(NamedTuple):
    """ "is more than 30": ``op`` is a kernel comparison; ``plain`` for "is 30", without any word."""

    op: str
    value: NounPhrase
    at: int = 0
    plain: bool = False


class Attribute(NamedTuple):
    """A named attribute compared: "is at least 18 years old"."""

    name: str
    op: str
    value: Constant
    at: int = 0


class Negated(NamedTuple):
    """not, never."""

    predicate: Predicate
    at: int = 0


class Both(NamedTuple):
    """Predicates joined: ``op`` is and, or, xor, nor."""

    op: str
    items: tuple[Predicate, ...]
    at: int = 0


Predicate: TypeAlias = Is | IsA | Relates | Gap | Whose | Compares | Attribute | Negated | Both


class Says(NamedTuple):
    """Subject and predicate."""

    subject: NounPhrase
    predicate: Predicate
    at: int = 0


class There(NamedTuple):
    """ "There is a cat …"."""

    np: NounPhrase
    at: int = 0


class Such(NamedTuple):
    """ "there is some Y such that …"."""

    letter: Constant
    body: Sentence
    at: int = 0


class Sequence(NamedTuple):
    """Sentences joined: ``op`` is and, or, xor, nor."""

    op: str
    items: tuple[Sentence, ...]
    at: int = 0


class If(NamedTuple):
    """Condition and conclusion; ``unless`` a default's exception; ``reverse`` for "only if"."""

    conditions: tuple[Sentence, ...]
    conclusion: Sentence
    unless: Sentence | None = None
    at: int = 0
    late: bool = False


class Not(NamedTuple):
    """ "It is not the case that …"."""

    body: Sentence
    at: int = 0


Sentence: TypeAlias = Says | There | Such | Sequence | If | Not


class Query(NamedTuple):
    """A question: ``kind`` is yesno, which; ``letter`` is the variable of a paraphrased "which"."""

    kind: str
    body: Sentence
    letter: Constant | None = None
    at: int = 0

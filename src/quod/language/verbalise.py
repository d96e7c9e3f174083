"""Atoms and clauses in English without a reader at hand."""

from __future__ import annotations

from quod.kernel.values import Atom, Clause
from quod.language.saying import Vocabulary

_PLAIN = Vocabulary()


def say_atom(atom: Atom, vocabulary: Vocabulary = _PLAIN) -> str:
    """An atom as a clause without capital or full stop.

    >>> say_atom(("~eat/2", (("s", "the_cat"), ("s", "the_squirrel"))))
    'the cat does not eat the squirrel'
    """
    return vocabulary.say_atom(atom)


def say_clause(clause: Clause, vocabulary: Vocabulary = _PLAIN) -> str:
    """A clause as a sentence.

    >>> say_clause(Clause(("cold/1", (("s", "anne"),))))
    'Anne is cold.'
    """
    return vocabulary.say_clause(clause)

"""Readings: what a reader says a sentence means, and the protocol by which documents ask a reader.

`language` implements `Reader`; `knowledge` only receives one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from quod.kernel.values import Atom, Clause, Literal


@dataclass(frozen=True)
class Reading:
    """One way to read a sentence.

    ``clauses`` carry sentence, paraphrase and reader. ``unused`` spells what deduction cannot use (disjunctive
    conclusions, existence) in logic notation; ``bears`` are the predicates those mention, both signs.
    ``presupposed`` are extra facts ("the cat" is a cat). ``logic`` is the whole in logic notation.
    """

    sentence: str
    paraphrase: str
    reader: str
    logic: tuple[str, ...]
    clauses: tuple[Clause, ...] = ()
    unused: tuple[str, ...] = ()
    bears: tuple[str, ...] = ()
    presupposed: tuple[Clause, ...] = ()


@dataclass(frozen=True)
class Unread:
    """Why a sentence was not read: the offending word, its 0-based column, and a rewrite that reads (or "")."""

    sentence: str
    word: str
    column: int
    reason: str
    suggestion: str = ""


@dataclass(frozen=True)
class Read:
    """The outcome for one sentence: one reading, several (ambiguous), or none and the reason why."""

    sentence: str
    readings: tuple[Reading, ...] = ()
    problem: Unread | None = None

    @property
    def status(self) -> str:
        """``read``, ``ambiguous`` or ``unread``."""
        return "unread" if not self.readings else "read" if len(self.readings) == 1 else "ambiguous"


@dataclass(frozen=True)
class Question:
    """A question in logical form.

    ``kind`` is ``holds`` (yes/no about ``atom``), ``some`` (yes/no about the question predicate ``?/0`` that
    ``clauses`` define: conjunctions, disjunctions, existence), ``which`` (all ``variables`` such that ``?/n`` of
    ``clauses``), or ``each`` (whether ``head`` follows from ``body`` for every value of the variables).
    """

    sentence: str
    paraphrase: str
    reader: str
    logic: str
    kind: str
    atom: Atom | None = None
    clauses: tuple[Clause, ...] = ()
    variables: tuple[str, ...] = ()
    body: tuple[Literal, ...] = ()
    head: Atom | None = None


@dataclass(frozen=True)
class Asked:
    """The outcome for one question sentence: its readings, or the reason why there is none."""

    sentence: str
    readings: tuple[Question, ...] = ()
    problem: Unread | None = None


class Reader(Protocol):
    """Reads sentences; deterministic, and the same sentence in the same vocabulary always reads the same."""

    version: str

    def read(self, sentence: str) -> Read:
        """The reading, readings or problem of one statement."""
        ...

    def ask(self, sentence: str) -> Asked:
        """The reading, readings or problem of one question (or of a statement to be judged)."""
        ...

"""What if: the same question put to another theory, with sentences added or taken away, and the difference in words.

The other theory is a theory of its own, with a digest of its own: its proofs are checked in its own context. Nothing is
ever assumed inside a proof.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quod.kernel.errors import NotUsable, Place
from quod.kernel.values import Clause, is_ground
from quod.knowledge import Read, Reading, Relation, Theory, parse_logic
from quod.knowledge.errors import LogicError, UnknownSentence
from quod.knowledge.sentences import split
from quod.language import EnglishReader
from quod.routing.answers import Answer
from quod.routing.names import Names

_TAGS = {"boolean": "b", "date": "d", "duration": "u", "number": "n", "symbol": "s", "text": "t"}
_WORDS = {"proved": "yes", "refuted": "no", "conflict": "a conflict"}


class Supposed(NotUsable):
    """A sentence to be supposed cannot be used."""

    code = "unusable_supposition"


@dataclass(frozen=True, eq=False)
class WhatIf:
    """Two answers to one question: ``before``, and ``after`` the theory was changed."""

    before: Answer
    after: Answer
    added: tuple[str, ...]
    removed: tuple[str, ...]
    theory_before: str
    theory_after: str

    @property
    def changed(self) -> bool:
        """Whether the answer is another one."""
        return (self.before.verdict, self.before.bindings) != (self.after.verdict, self.after.bindings)

    def difference(self) -> tuple[str, ...]:
        """The difference in words."""
        before, after = self.before, self.after
        said: list[str] = []
        if before.verdict != after.verdict:
            said.append(f"the answer was {_word(before)}; now it is {_word(after)}")
        elif not self.changed:
            said.append(f"the answer stays {_word(after)}")
        said += [f"now also an answer: {each}" for each in after.bindings if each not in before.bindings]
        said += [f"no longer an answer: {each}" for each in before.bindings if each not in after.bindings]
        said += [f"now it rests on: {each}" for each in after.sentences if each not in before.sentences]
        said += [f"it no longer rests on: {each}" for each in before.sentences if each not in after.sentences]
        return tuple(said)

    def json(self) -> dict[str, Any]:
        """What ``--json`` prints."""
        return {
            "added": list(self.added),
            "after": self.after.json(),
            "before": self.before.json(),
            "changed": self.changed,
            "difference": list(self.difference()),
            "removed": list(self.removed),
            "theory_after": self.theory_after,
            "theory_before": self.theory_before,
        }


def _word(answer: Answer) -> str:
    return _WORDS.get(answer.verdict, answer.verdict)


def sentences_of(texts: Iterable[str]) -> list[str]:
    """Each sentence of *texts* on its own."""
    return [text[start:end] for text in texts for start, end in split(" ".join(text.split()))]


def changed(
    theory: Theory, reader: EnglishReader, names: Names, added: Sequence[str], removed: Sequence[str]
) -> tuple[Theory, EnglishReader]:
    """*theory* with the sentences *added* and without those *removed*, and a reader that knows its words.

    Its things are those that *names* says the theory writes. A sentence is English, or a clause in logic notation;
    a fact of a table is a row.

    Fails when: a sentence cannot be read, reads in several ways or says what deduction cannot use (`Supposed`), or one
    to be removed is not in the theory (`UnknownSentence`).
    """
    reader = copy.deepcopy(reader)
    for sentence in removed:
        theory = _without(theory, sentence)
    clauses: list[Clause] = []
    presupposed: list[Clause] = []
    for sentence in added:
        reading = _reading(reader, sentence)
        clauses += names.clauses_meant(reading.clauses)
        presupposed += names.clauses_meant(reading.presupposed)
    rows = [each for each in clauses if _is_row(theory, each)]
    for each in rows:
        theory = _with_row(theory, each)
    return theory.with_clauses(*[each for each in clauses if each not in rows], presupposed=presupposed), reader


def _reading(reader: EnglishReader, sentence: str) -> Reading:
    """The one reading of *sentence*, in English or logic notation."""
    read: Read = reader.read(sentence)
    if read.status == "unread" and (logic := _logic(sentence)):
        return Reading(sentence, "", "", (), tuple(logic))
    if read.problem is not None:
        remedy = f"say: {read.problem.suggestion}" if read.problem.suggestion else "say it in other words"
        place = Place("sentence", 1, read.problem.column + 1, sentence)
        raise Supposed(read.problem.reason, remedy=remedy, place=place, sentence=sentence)
    if read.status == "ambiguous":
        ways = "; ".join(reading.paraphrase for reading in read.readings)
        raise Supposed(f"«{sentence}» can be read in several ways: {ways}", remedy="say which is meant")
    (reading,) = read.readings
    if reading.unused:
        raise Supposed(
            f"«{sentence}» says what deduction cannot use", remedy="say who or what is meant", sentence=sentence
        )
    return reading


def _logic(sentence: str) -> list[Clause]:
    """The clauses *sentence* spells in logic notation; none if it spells anything else."""
    try:
        values = [item.value for item in parse_logic(sentence)]
    except LogicError:
        return []
    return [each for each in values if isinstance(each, Clause)] if all(isinstance(v, Clause) for v in values) else []


def _without(theory: Theory, sentence: str) -> Theory:
    """*theory* without a sentence, or without a row given in logic notation."""
    for clause in _logic(sentence):
        relation = _relation(theory, clause)
        if relation is not None and clause.head[1] in relation.rows:
            rows = tuple([row for row in relation.rows if row != clause.head[1]])
            return _with_relation(theory, replace(relation, rows=rows, digest=""))
    known = {each.sentence for each in theory.clauses} | {each.sentence for each in theory.pending}
    if sentence not in known and f"{sentence}." in known:
        sentence += "."
    return theory.without(sentence)


def _relation(theory: Theory, clause: Clause) -> Relation | None:
    return next((each for each in theory.relations if each.predicate == clause.head[0]), None)


def _is_row(theory: Theory, clause: Clause) -> bool:
    ground = not clause.body and all(map(is_ground, clause.head[1]))
    return ground and clause.head[0] not in theory.declared and _relation(theory, clause) is not None


def _with_row(theory: Theory, clause: Clause) -> Theory:
    """*theory* with one row more; it has to fit the table."""
    relation = _relation(theory, clause)
    if relation is None:
        raise UnknownSentence(f"there is no table for «{clause.sentence}»", remedy="name a table of the theory")
    row = clause.head[1]
    cells = zip(relation.columns, relation.sorts, row, strict=True)
    wrong = [column for column, sort, cell in cells if _TAGS[sort] != cell[0]]
    if wrong or relation.private:
        why = (
            f"{wrong[0]} is a {relation.sorts[relation.columns.index(wrong[0])]}" if wrong else "it has private columns"
        )
        raise Supposed(f"«{clause.sentence}» is no row of {relation.name}: {why}", remedy="give the cells of the table")
    places = relation.positions(relation.key) or tuple(range(len(row)))
    if any(all(old[at] == row[at] for at in places) for old in relation.rows):
        key = ", ".join(relation.key)
        raise Supposed(
            f"{relation.name} has a row with this {key or 'content'} already", remedy="take that row away as well"
        )
    return _with_relation(theory, replace(relation, rows=(*relation.rows, row), digest=""))


def _with_relation(theory: Theory, relation: Relation) -> Theory:
    kept = [relation if each.predicate == relation.predicate else each for each in theory.relations]
    return replace(theory, relations=tuple(kept))

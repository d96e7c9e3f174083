"""Why not: what is missing for a yes, in English, nearest rule first, with the sentences that ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quod.kernel import Rejection, canonical, check
from quod.kernel.errors import NotUsable
from quod.kernel.values import Atom, Clause, Literal, negate
from quod.knowledge import Question, Theory, close_world, show_literal
from quod.knowledge.commitments import TheoryCommitment
from quod.language import Vocabulary
from quod.reasoning import Program, Prover
from quod.reasoning.abduction import why_not
from quod.reasoning.missing import Missing, Piece
from quod.routing.answers import Answer
from quod.routing.reasons import Reason, tell
from quod.routing.why import listed, prune

#: How each kind of lack is introduced.
HEADS = {"fact": "missing:", "exception": "in the way:", "comparison": "fails:"}


class NotOneThing(NotUsable):
    """Why not is asked of one thing."""

    code = "not_one_thing"


@dataclass(frozen=True)
class Lack:
    """One thing that is missing.

    ``kind`` is ``fact`` (would have to hold), ``exception`` (holds, and must not; ``because`` says why it does) or
    ``comparison`` (fails). ``sentence`` is the rule that asks for it.
    """

    kind: str
    text: str
    sentence: str
    literal: str
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Way:
    """One smallest set of things that are missing: with them the answer would be yes.

    ``conditions`` are what the unknown individuals in it have to satisfy, ``rules`` the sentences that would then
    apply, ``met`` what they ask for and has.
    """

    lacks: tuple[Lack, ...]
    conditions: tuple[str, ...]
    rules: tuple[str, ...]
    met: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class WhyNot:
    """Why the answer to a question is not yes.

    ``verdict`` is ``missing``, ``undecided`` (the budget was spent: ``ways`` are those found), ``derivable`` or, of the
    question, ``ambiguous``; ``more`` says that there are, or may be, further ways. ``against`` are the reasons for the
    opposite, if there are any.
    """

    answer: Answer
    verdict: str
    ways: tuple[Way, ...]
    more: bool
    against: tuple[Reason, ...] = ()

    def json(self) -> dict[str, Any]:
        """What ``--json`` prints."""
        return {
            "against": listed(self.against),
            "answer": self.answer.json(),
            "more": self.more,
            "question": self.answer.question,
            "verdict": self.verdict,
            "ways": [
                {
                    "conditions": list(way.conditions),
                    "met": list(way.met),
                    "missing": [
                        {"because": listed(each.because), "kind": each.kind, "literal": each.literal}
                        | {"sentence": each.sentence, "text": each.text}
                        for each in way.lacks
                    ],
                    "rules": list(way.rules),
                }
                for way in self.ways
            ],
        }

    def explain(self, most: int | None = None) -> str:
        """The ways in English, nearest first; the nearest *most* if that is given."""
        lines: list[str] = []
        for number, way in enumerate(self.ways[:most], 1):
            for at, lack in enumerate(way.lacks):
                lines.append(f"{f'{number}.':<3}" * (not at) + "   " * bool(at) + _said(lack))
                lines += [f"      it is so by: {each.sentence}" for each in lack.because[:1] if each.sentence]
            lines += [f"      where {each}" for each in way.conditions]
            lines += [f"      rule: {each}" for each in way.rules]
            lines += [f"      has:  {each}" for each in way.met]
        return "\n".join(lines)


def _said(lack: Lack) -> str:
    return f"{HEADS[lack.kind]} {lack.text}"


class Asking:
    """Asks a theory why not; *say* puts its atoms into English."""

    def __init__(
        self,
        theory: Theory,
        commitment: TheoryCommitment,
        program: Program,
        prover: Prover,
        context: bytes,
        vocabulary: Vocabulary,
    ) -> None:
        self._theory = theory
        self._commitment = commitment
        self._program = program
        self._prover = prover
        self._context = context
        self._vocabulary = vocabulary
        self._columns: Mapping[str, tuple[str, ...]] = {each.predicate: each.columns for each in theory.relations}

    def why_not(self, question: Question, answer: Answer) -> WhyNot:
        """What is missing for a yes to *question*, to which *answer* is the answer.

        Fails when: the question asks for several things at once (`NotOneThing`).
        """
        program, atom = self._goal(question)
        keys = {each.predicate: each.positions(each.key) for each in self._theory.relations if each.key}
        found = why_not(program, atom, source=self._commitment, keys=keys)
        against = self._reasons(negate(question.atom)) if question.atom is not None else ()
        ways = tuple(dict.fromkeys(map(self._way, found.sets)))
        return WhyNot(answer, found.verdict, ways, found.more, prune(against))

    def _goal(self, question: Question) -> tuple[Program, Atom]:
        """The atom that a yes has to derive, and the program in which."""
        if question.kind == "holds" and question.atom is not None:
            name, args = question.atom
            if not (name.startswith("~") and self._theory.is_closed(name[1:])):
                return self._program, question.atom
            lacking = Clause(("?/0", ()), (("-", name[1:], args),))
            return self._program.asking([lacking]), lacking.head
        if question.kind == "some":
            clauses = [close_world(clause, self._theory.closed) for clause in question.clauses]
            return self._program.asking(clauses), clauses[0].head
        raise NotOneThing(
            "why not is asked of one thing, and this question asks for several",
            remedy="name the one that is not among the answers, as in: Is Bob welcome?",
            question=question.sentence,
        )

    # --- in words ---------------------------------------------------------------------------------------------

    def _way(self, missing: Missing) -> Way:
        rules = dict.fromkeys([rule.sentence for rule in missing.rules if rule.head[0][0] != "?"])
        return Way(
            tuple(map(self._lack, missing.pieces)),
            tuple(map(self._say_condition, missing.conditions)),
            tuple(each for each in rules if each),
            tuple(dict.fromkeys(map(self._met, missing.met))),
        )

    def _lack(self, piece: Piece) -> Lack:
        literal = piece.literal
        sentence = piece.rule.sentence if piece.rule is not None else ""
        written = show_literal(literal)
        if literal[0] == "+":
            return Lack("fact", self._say((literal[1], literal[2])), sentence, written)
        if literal[0] == "-":
            atom = (literal[1], literal[2])
            return Lack("exception", self._say(atom), sentence, written, self._reasons(atom))
        return Lack("comparison", self._vocabulary.say_literal(literal), sentence, written)

    def _say_condition(self, literal: Literal) -> str:
        said = self._vocabulary.say_literal(literal)
        return f"nothing shows: {said}" if literal[0] == "-" else said

    def _say(self, atom: Atom) -> str:
        """An atom; a row by its columns, unknown cells left out."""
        columns = self._columns.get(atom[0])
        if columns is None:
            return self._vocabulary.say_atom(atom)
        cells = ", ".join(
            f"{name} {self._vocabulary.say_term(value)}" for name, value in zip(columns, atom[1], strict=True)
        )
        return f"{atom[0].rpartition('/')[0]}: {cells}"

    def _met(self, atom: Atom) -> str:
        reasons = self._reasons(atom)
        sentence = reasons[0].sentence if reasons else ""
        said = self._say(atom)
        return f"{said} (by: {sentence})" if sentence and sentence != f"{said[:1].upper()}{said[1:]}." else said

    def _reasons(self, atom: Atom) -> tuple[Reason, ...]:
        """Why *atom* holds, from a proof that the kernel accepts; nothing if there is none."""
        shown = self._prover.holds(atom)
        if shown is None:
            return ()
        proof, goal = canonical(shown.proof), canonical(shown.goal)
        if isinstance(check(proof, self._context, goal), Rejection):
            return ()
        return tell(proof, goal, self._vocabulary.say_atom).reasons

"""The handle: a loaded theory that can be asked (design §3: ask = read, search, check, answer)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import Any

from quod.kernel import Rejection, canonical, check
from quod.kernel.errors import NotUsable, Place, QuodError
from quod.kernel.values import Atom
from quod.knowledge import (
    Question,
    Theory,
    Unread,
    close_world,
    fatal,
    make_lock,
    make_theory,
    parse_document,
    show_term,
)
from quod.knowledge import load as load_theory
from quod.knowledge.cases import Case
from quod.knowledge.commitments import CommittedRelation, TheoryCommitment
from quod.knowledge.lock import Lock
from quod.knowledge.private import PrivateValue, Salts, salted, salts_for
from quod.language import EnglishReader, say_atom
from quod.reasoning import Finding, Program, Prover
from quod.routing.answers import Answer, Cost
from quod.routing.names import Names, names_in
from quod.routing.reasons import tell
from quod.routing.tested import Outcome, Tested, run_cases
from quod.routing.what_if import WhatIf, changed, sentences_of
from quod.routing.why import Why, why
from quod.routing.why_not import Asking, WhyNot

#: What one question may cost, in answers tried by the search and in the units of the specification by the check.
FUEL = 10_000_000


class NotAQuestion(NotUsable):
    """The question cannot be read."""

    code = "unread_question"


class NotADate(NotUsable):
    """The date of the question is not one."""

    code = "not_a_date"


class ProofRejected(QuodError):
    """The kernel did not accept a proof that deduction wrote: a bug in Quod, never an answer."""

    code = "proof_rejected"


def load(
    path: Path | str,
    *,
    now: str | None = None,
    data: Path | str | None = None,
    fuel: int = FUEL,
    progress: Callable[[int], object] | None = None,
) -> Handle:
    """The theory in the file or folder at *path*, ready to be asked.

    *now* is the date (``YYYY-MM-DD``) on which questions are answered; today if not given. Tables are looked for
    beside the document, or in *data*. *fuel* is what one question may cost. *progress* is
    called with the number of rows committed so far, while a large table is.

    If a table has private columns, their salts are kept beside the theory, and made there when it is first loaded.

    Fails when: a document, table or the theory as a whole cannot be used (`quod.kernel.errors.NotUsable`, with place
    and remedy).
    """
    reader = EnglishReader()
    theory = load_theory(path, reader, Path(data) if data is not None else None)
    salts = salts_for(Path(path), theory.relations)
    return Handle(theory, reader, now=now, salts=salts, fuel=fuel, progress=progress)


def loads(text: str, *, now: str | None = None, name: str = "text", fuel: int = FUEL) -> Handle:
    """The theory written in *text*, a document in Markdown; it has no tables."""
    reader = EnglishReader()
    return Handle(make_theory([parse_document(text, name)], reader), reader, now=now, fuel=fuel)


def _day(text: str) -> str:
    """*text*, if it is a date. Fails when: it is not (`NotADate`)."""
    try:
        good = datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        good = False
    if not good:
        raise NotADate(f"{text!r} is not a date", remedy="write it as 2026-01-31", date=text)
    return text


class Handle:
    """A theory with its commitment, its compiled rules and its reader; ask it as often as you like."""

    def __init__(
        self,
        theory: Theory,
        reader: EnglishReader,
        *,
        now: str | None = None,
        salts: Salts | None = None,
        fuel: int = FUEL,
        progress: Callable[[int], object] | None = None,
    ) -> None:
        self.theory = theory
        self.reader = reader
        self.now = _day(now) if now is not None else datetime.datetime.now(datetime.UTC).date().isoformat()
        relations: dict[str, CommittedRelation] = {
            relation.predicate: salted(relation, salts).commitment(progress) for relation in theory.relations
        }
        self.commitment = TheoryCommitment(theory.clauses, relations, theory.closed, theory.pending)
        self._salts = salts
        self._fuel = fuel
        self._names = Names(theory.clauses, theory.relations)
        self._program = Program(theory.clauses, now=self.now)
        self._prover = Prover(self.commitment, self._program, fuel=fuel)
        self._context = canonical(self.commitment.context(self.now, fuel))

    @property
    def digest(self) -> str:
        """The theory digest."""
        return self.commitment.digest

    @property
    def context(self) -> bytes:
        """The context that proofs of this handle are checked against."""
        return self._context

    def lock(self) -> Lock:
        """The lock of the readings, the theory digest and the relation roots."""
        reads = [sourced.read for sourced in self.theory.reads]
        return make_lock(reads, self.digest, ((root, grade) for root, grade in self.commitment.roots()))

    def say(self, atom: Atom) -> str:
        """*atom* in English, in the words of the theory."""
        return say_atom(atom, self.reader.vocabulary)

    def ask(self, question: str) -> Answer:
        """The answer to *question* (a question, or a statement to be judged), with a proof the kernel has accepted.

        Fails when: the question cannot be read (`NotAQuestion`, with the word and a rewrite), or the kernel rejects the
        proof (`ProofRejected`: a bug), or a value of a private column would have to be shown (`PrivateValue`).
        """
        start = perf_counter()
        only, *others = asked = self._read(question)
        read = perf_counter()
        if others:
            readings = tuple(each.paraphrase for each in asked)
            return Answer(question, "", "ambiguous", readings=readings, note="the question can be read in several ways")
        answer = self.decide(only)
        answer.cost.milliseconds["read"] = 1000 * (read - start)
        return answer

    def _read(self, question: str) -> list[Question]:
        """The readings of *question*, about things as the theory writes them; at least one."""
        asked = self.reader.ask(question)
        if asked.problem is not None or not asked.readings:
            raise self._unread(asked.problem, question)
        return [self._names.meant(each) for each in asked.readings]

    def why(self, question: str) -> Why:
        """The answer to *question* with its reasons, pruned to what a person needs. Fails like `ask`."""
        return why(self.ask(question))

    def why_not(self, question: str) -> WhyNot:
        """What is missing for a yes to *question*: the smallest sets of pieces, nearest rule first.

        Fails like `ask`, and when the question asks for several things at once (`NotOneThing`).
        """
        answer = self.ask(question)
        if answer.verdict == "ambiguous":
            return WhyNot(answer, "ambiguous", (), False)
        parts = (self.theory, self.commitment, self._program, self._prover, self._context)
        return Asking(*parts, self.reader.vocabulary).why_not(self._read(question)[0], answer)

    def what_if(self, question: str, *, with_: Sequence[str] = (), without: Sequence[str] = ()) -> WhatIf:
        """The answers to *question* here, and in the theory with the sentences *with_* and without those *without*.

        Fails like `ask`, and when a sentence cannot be used (`Supposed`) or is not there (`UnknownSentence`).
        """
        other = self.supposing(with_, without)
        return WhatIf(
            self.ask(question),
            other.ask(question),
            tuple(sentences_of(with_)),
            tuple(sentences_of(without)),
            self.digest,
            other.digest,
        )

    def supposing(self, with_: Sequence[str] = (), without: Sequence[str] = (), *, now: str | None = None) -> Handle:
        """The theory with the sentences *with_* and without those *without*: another theory, with another digest.

        Fails when: a sentence cannot be used (`Supposed`) or is not there (`UnknownSentence`).
        """
        theory, reader = changed(self.theory, self.reader, self._names, sentences_of(with_), sentences_of(without))
        return Handle(theory, reader, now=now or self.now, salts=self._salts, fuel=self._fuel)

    def test(self, cases: Iterable[Case], told: Callable[[Outcome], object] | None = None) -> Tested:
        """What becomes of the examples *cases*, and what they cover; *told* hears of each outcome."""
        return run_cases(self, cases, told)

    def decide(self, question: Question) -> Answer:
        """The answer to a question in logical form."""
        start = perf_counter()
        finding = self._guarded(self._find(question, self._prover))
        found = perf_counter()
        shown = finding.shown or finding.tentative
        if shown is None:
            if self._needs_private(question, finding):
                raise self._private(question)
            return self._without_proof(question, finding)
        proof, goal = canonical(shown.proof), canonical(shown.goal)
        report = check(proof, self._context, goal)
        if isinstance(report, Rejection):
            if report.kind == "fuel_exhausted":
                return self._without_proof(question, Finding("undecided", reason=report.kind))
            if report.kind == "not_comparable" and self._private_columns:
                raise self._private(question)
            raise ProofRejected(
                f"the kernel rejected the proof: {report}",
                remedy="please report this with the theory and the question; no answer is given",
                question=question.sentence,
            )
        milliseconds = {"search": 1000 * (found - start), "check": 1000 * (perf_counter() - found)}
        cost = Cost(0, int(report.fuel), len(shown.proof["steps"]), len(proof), milliseconds)
        tentative = finding.shown is None
        return Answer(
            question=question.sentence,
            read_as=question.paraphrase,
            verdict="unknown" if tentative else finding.verdict,
            bindings=self._bindings(question, finding.answers),
            proof=b"" if tentative else proof,
            context=self._context,
            goal=b"" if tentative else goal,
            report=None if tentative else report,
            blocked_by=tuple(each.sentence for each in finding.blocked_by),
            note=self._note(question, finding),
            cost=cost,
            tell=lambda: tell(proof, goal, self.say),
        )

    def _find(self, question: Question, prover: Prover) -> Finding:
        if question.kind == "holds" and question.atom is not None:
            return prover.verdict(question.atom)
        if question.kind == "each" and question.head is not None:
            return prover.each([(name, args) for _, name, args in question.body], question.head)
        clauses = tuple(close_world(clause, self.theory.closed) for clause in question.clauses)
        if any(finding.code == "unsafe" for finding in fatal(clauses)):
            raise NotAQuestion(
                "this asks for everything of which something is not so, and does not say among which things",
                remedy="name a kind of things, as in: Which members are not banned?",
                question=question.sentence,
            )
        if question.kind == "some":
            return prover.some(clauses)
        return prover.which(clauses)

    def _guarded(self, finding: Finding) -> Finding:
        """*finding*; only tentative if derivations alone show it and an unread sentence may be an exception to them.

        Such a proof rests on no closure, so the kernel accepts it whatever else the book says; the verdict would still
        be another one if the sentence took a rule back.
        """
        unread = tuple(each for each in self.theory.pending if each.kind == "unread")
        if not unread or finding.shown is None:
            return finding
        if any(goal["kind"] not in ("contested", "holds") for goal in finding.shown.goal["goals"]):
            return finding
        return replace(finding, verdict="unknown", shown=None, tentative=finding.shown, blocked_by=unread)

    @cached_property
    def _private_columns(self) -> tuple[str, ...]:
        return tuple(f"{each.name}.{column}" for each in self.theory.relations for column in each.private)

    def _needs_private(self, question: Question, finding: Finding) -> bool:
        """Whether a question without a proof would have one if no column were private; that is not kept on disk."""
        if not self._private_columns or finding.blocked_by:
            return False
        bare = [replace(each, private=(), digest="") for each in self.theory.relations]
        relations = {each.predicate: each.commitment() for each in bare}
        shown = TheoryCommitment(self.theory.clauses, relations, self.theory.closed, self.theory.pending)
        return self._find(question, Prover(shown, self._program)).shown is not None

    def _private(self, question: Question) -> PrivateValue:
        return PrivateValue(
            f"this cannot be shown without values of a private column ({', '.join(self._private_columns)})",
            remedy="ask something that needs no such value, or take the column out of `private:`",
            question=question.sentence,
        )

    def _without_proof(self, question: Question, finding: Finding) -> Answer:
        return Answer(
            question.sentence,
            question.paraphrase,
            finding.verdict,
            self._bindings(question, finding.answers),
            context=self._context,
            blocked_by=tuple(each.sentence for each in finding.blocked_by),
            note=self._note(question, finding),
        )

    def _bindings(self, question: Question, answers: Iterable[Atom]) -> tuple[str, ...]:
        if question.kind != "which":
            return ()
        return tuple(
            ", ".join(self.reader.show(question, arg) or self._say_term(arg) for arg in args) for _, args in answers
        )

    def _say_term(self, term: Any) -> str:
        return self.reader.vocabulary.say_term(term) if term[0] in "dns" else show_term(term)

    def _strangers(self, question: Question) -> list[str]:
        """The individuals that a question names and the theory does not."""
        asked = dict.fromkeys(names_in((question.atom, question.clauses, question.body, question.head)))
        return [name for name in asked if name not in self._names]

    @cached_property
    def _heard(self) -> frozenset[str]:
        """The predicates, without sign, that the theory speaks of."""
        said = [
            *self.theory.vocabulary,
            *self.commitment.leaves,
            *(name for one in self.theory.pending for name in one.bears),
        ]
        return frozenset(name.removeprefix("~") for name in said)

    def _predicates(self, question: Question) -> list[str]:
        """The predicates, without sign, that a question asks about."""
        heads = [atom[0] for atom in (question.atom, question.head) if atom is not None]
        literals = [literal for clause in question.clauses for literal in clause.body] + list(question.body)
        names = heads + [literal[1] for literal in literals if literal[0] in ("+", "-")]
        return list(dict.fromkeys(name.removeprefix("~") for name in names))

    def _unheard(self, names: list[str]) -> str:
        """That the theory never speaks of the predicates *names*, with the nearest word it does use."""
        known = {name.rpartition("/")[0]: name for name in sorted(self._heard)}
        words = [name.rpartition("/")[0] for name in names]
        near = [match for word in words for match in get_close_matches(word, known, 1)]
        hint = f"; did you mean {', '.join(each.replace('_', ' ') for each in near)}?" if near else ""
        said = ", ".join(word.replace("_", " ") for word in words)
        return f"the theory never says of anything that it is or does this: {said}{hint}"

    def _note(self, question: Question, finding: Finding) -> str:
        strangers = self._strangers(question)
        if strangers:
            known = [name.removeprefix("the_") for name in strangers if name.removeprefix("the_") in self._names]
            hint = f"; did you mean {', '.join(known)}?" if known else ""
            return f"the theory says nothing of {', '.join(self._say_term(('s', name)) for name in strangers)}{hint}"
        if finding.blocked_by:
            return "sentences that were not used could bear on this; rewrite them, or mark them as notes"
        if finding.verdict == "conflict" and finding.contested is not None:
            return f"both this and its opposite can be derived: {self.say(finding.contested)}"
        if finding.verdict == "undecided":
            return f"not decided: {finding.reason}"
        unheard = [name for name in self._predicates(question) if name not in self._heard]
        if unheard and finding.verdict in ("unknown", "refuted"):
            return self._unheard(unheard)
        if finding.verdict == "unknown" and finding.shown is None:
            return "no rule shows this in general, and no counterexample is known"
        if finding.answers and not finding.closed:
            return "at least these: what was consulted is open, so there may be others"
        return ""

    def _unread(self, problem: Unread | None, question: str) -> NotAQuestion:
        if problem is None:
            return NotAQuestion("the question cannot be read", remedy="ask in shorter sentences", question=question)
        remedy = f"ask: {problem.suggestion}" if problem.suggestion else "say it in other words"
        place = Place("question", 1, problem.column + 1, question)
        return NotAQuestion(problem.reason, remedy=remedy, place=place, word=problem.word)

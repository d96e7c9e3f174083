"""The prover: questions to a program, answered with goals and proofs for the kernel (design §5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quod.kernel.values import Atom, Clause, Term, absent, holds, negate, substitute, variable
from quod.reasoning.evaluation import FUEL, Evaluation, OutOfFuel
from quod.reasoning.evidence import Blocked
from quod.reasoning.findings import Finding, Shown
from quod.reasoning.plan import NotDerived, OutsideDomain
from quod.reasoning.ports import Commitment
from quod.reasoning.program import Program
from quod.reasoning.session import Contested, Session, Terms, plain, undisputed
from quod.reasoning.shapes import term_variables


class Prover:
    """Answers questions to a committed theory; *program* holds its clauses, or its rules and *facts* the rest.

    *fuel* bounds the answers tried for one question, *terms* says what its goals allow.
    """

    def __init__(
        self,
        commitment: Commitment,
        program: Program,
        *,
        facts: Sequence[Clause] = (),
        fuel: int = FUEL,
        terms: Terms | None = None,
    ) -> None:
        self._commitment = commitment
        self._program = program
        self._facts = facts
        self._fuel = fuel
        self._terms = terms or Terms()
        self._careful: Program | None = None

    # --- questions --------------------------------------------------------------------------------------------

    def holds(self, atom: Atom) -> Shown | None:
        """A proof that *atom* holds, whether or not it is contested; None if it is not derivable."""
        session = self._session(self._program)
        session.evaluation.ask(atom)
        return _bare(session, [atom])

    def verdict(self, atom: Atom) -> Finding:
        """Whether *atom* is proved, refuted, unknown or in conflict."""
        return self._decide((), lambda session: _verdict(session, atom))

    def some(self, question: Sequence[Clause]) -> Finding:
        """Whether ``?/0``, which the clauses of *question* define, is proved, refuted, unknown or in conflict."""
        found = self._decide(question, lambda session: _some(session, (question[0].head[0], ())))
        if found.verdict == "unknown" and not found.blocked_by:
            return self._excluded(question) or found
        return found

    def _excluded(self, question: Sequence[Clause]) -> Finding | None:
        """The refutation of "there is some X such that a and b" by "whatever X: if a, then not b", if there is one."""
        if len(question) != 1 or any(literal[0] != "+" for literal in question[0].body):
            return None
        atoms = [(name, args) for _, name, args in question[0].body]
        for at, head in enumerate(atoms):
            body = [*atoms[:at], *atoms[at + 1 :]]
            bound = {name for atom in body for arg in atom[1] for name in term_variables(arg)}
            if head[0][0] != "~" and bound.issuperset(name for arg in head[1] for name in term_variables(arg)):
                found = self._generally(body, negate(head))
                if found is not None and found.shown is not None:
                    return Finding("refuted", found.shown, closed=True)
        return None

    def which(self, question: Sequence[Clause]) -> Finding:
        """All answers to the question predicate that the clauses of *question* define."""
        name, args = question[0].head
        pattern = (name, tuple([variable(f"X{at}") for at in range(len(args))]))
        return self._decide(question, lambda session: _which(session, pattern))

    def each(self, body: Sequence[Atom], head: Atom) -> Finding:
        """Whether *head* follows from *body* whatever the variables stand for; refuted by a counterexample."""
        found = self._generally(body, head) or self._one_by_one(body, head)
        return found or self._counterexample(body, head)

    def _one_by_one(self, body: Sequence[Atom], head: Atom) -> Finding | None:
        """The same where all that is consulted is closed: there is no case of *body* without *head*."""
        exception = (Clause(("?/0", ()), (*map(holds, body), absent(head))),)
        found = self._decide(exception, lambda session: _some(session, ("?/0", ())))
        return Finding("proved", found.shown, closed=True) if found.verdict == "refuted" else None

    def _generally(self, body: Sequence[Atom], head: Atom) -> Finding | None:
        """A proof of *head* from *body* on fresh symbols, or why none can be given; None if there is none."""
        names = dict.fromkeys([name for atom in body for arg in atom[1] for name in term_variables(arg)])
        eigen: dict[str, Term] = {name: ("s", "!" + name) for name in names}
        assumed = [_instance(atom, eigen) for atom in body]
        instance = _instance(head, eigen)
        evaluation = Evaluation(
            self._program, self._facts, source=self._commitment, assumed=assumed, fuel=self._fuel, positive=True
        )
        session = Session(self._commitment, evaluation, self._terms)
        goal = {"body": list(body), "head": head, "kind": "each"}
        try:
            if evaluation.ask(instance)[0].delivered:
                attempt = session.attempt()
                return Finding("proved", attempt.conclude([goal], [attempt.each(body, head, instance)]), closed=True)
        except OutOfFuel as error:
            return Finding("undecided", reason=error.code)
        except Blocked as blocked:
            return Finding("unknown", blocked_by=blocked.pending)
        return None

    def _counterexample(self, body: Sequence[Atom], head: Atom) -> Finding:
        names = tuple(dict.fromkeys([name for atom in body for arg in atom[1] for name in term_variables(arg)]))
        predicate = f"?/{len(names)}"
        conditions = tuple([holds(atom) for atom in (*body, negate(head))])
        question = (Clause((predicate, tuple(map(variable, names))), conditions),)
        found = self.which(question)
        if not found.answers:
            return Finding("unknown", blocked_by=found.blocked_by, reason=found.reason)
        return self._decide(question, lambda session: _refuted_by(session, found.answers[0]))

    # --- how --------------------------------------------------------------------------------------------------

    def _session(self, program: Program, question: Sequence[Clause] = ()) -> Session:
        asked = program.asking(question) if question else program
        evaluation = Evaluation(asked, self._facts, source=self._commitment, fuel=self._fuel)
        return Session(self._commitment, evaluation, self._terms, question)

    def _decide(self, question: Sequence[Clause], decide: Callable[[Session], Finding]) -> Finding:
        """Decide; where a computation was reached outside its domain, once more with the order as written."""
        try:
            try:
                return decide(self._session(self._program, question))
            except OutsideDomain:
                if self._careful is None:
                    self._careful = self._program.carefully()
                return decide(self._session(self._careful, question))
        except (OutOfFuel, OutsideDomain) as error:
            return Finding("undecided", reason=error.code)


def _instance(atom: Atom, bindings: dict[str, Term]) -> Atom:
    return (atom[0], tuple([substitute(arg, bindings) for arg in atom[1]]))


def _bare(session: Session, atoms: Sequence[Atom]) -> Shown | None:
    """A proof that *atoms* hold, contested or not; None if that takes a closure that is blocked."""
    attempt = session.attempt()
    try:
        steps = attempt.holds(*atoms)
    except (Blocked, NotDerived, OutsideDomain):
        return None
    return attempt.conclude([{"atom": atom, "kind": "holds"} for atom in atoms], steps)


def _verdict(session: Session, atom: Atom) -> Finding:
    yes, no = session.evaluation.ask(atom, negate(atom))
    if yes.delivered and no.delivered:
        return _contested(session, [], atom)
    if yes.delivered:
        return _rests(session, atom, "proved", {"atom": atom, "kind": "proved"})
    if no.delivered:
        return _rests(session, negate(atom), "refuted", {"atom": atom, "kind": "refuted"})
    attempt = session.attempt()
    try:
        if session.is_closed(yes):
            goal = {"atom": atom, "kind": "refuted"}
            return Finding("refuted", attempt.conclude([goal], attempt.closed(yes)), closed=True)
        if atom[0].startswith("~") and session.is_closed(no):
            goal = {"atom": negate(atom), "kind": "refuted"}
            return Finding("proved", attempt.conclude([goal], attempt.closed(no)), closed=True)
        goals = [{"atom": each, "kind": "not_derivable"} for each in (atom, negate(atom))]
        return Finding("unknown", attempt.conclude(goals, attempt.closed(yes, no)))
    except Blocked as blocked:
        return Finding("unknown", blocked_by=blocked.pending)


def _some(session: Session, atom: Atom) -> Finding:
    table = session.evaluation.ask(atom)[0]
    if table.delivered:
        return _rests(session, atom, "proved", {"atom": atom, "kind": "proved"})
    closed = session.is_closed(table)
    goal = {"atom": atom, "kind": "refuted" if closed else "not_derivable"}
    attempt = session.attempt()
    try:
        shown = attempt.conclude([goal], attempt.closed(table))
        return Finding("refuted" if closed else "unknown", shown, closed=closed)
    except Blocked as blocked:
        return Finding("unknown", blocked_by=blocked.pending)


def _rests(session: Session, atom: Atom, verdict: str, goal: dict[str, object]) -> Finding:
    """The finding for an *atom* that is derivable and whose complement is not."""
    try:
        attempt, step = undisputed(session, atom)
        return Finding(verdict, attempt.conclude([goal], [step]))
    except Contested as contested:
        return _contested(session, [atom], contested.atoms[0])
    except Blocked as blocked:
        return Finding("unknown", blocked_by=blocked.pending, tentative=_bare(session, [atom]))


def _contested(session: Session, also: list[Atom], atom: Atom) -> Finding:
    """A conflict about *atom*, on which the atoms *also* rest."""
    attempt = session.attempt()
    goals = [{"atom": each, "kind": "holds"} for each in also]
    try:
        steps = [*attempt.holds(*also), attempt.contested(atom)]
        shown = attempt.conclude([*goals, {"atom": atom, "kind": "contested"}], steps)
        return Finding("conflict", shown, answers=tuple(also), contested=atom)
    except Blocked as blocked:
        return Finding("unknown", blocked_by=blocked.pending, contested=atom)


def _which(session: Session, pattern: Atom) -> Finding:
    table = session.evaluation.ask(pattern)[0]
    answers = tuple([(pattern[0], answer[0]) for answer in table.delivered])
    named = [atom for atom in answers if plain(atom)]
    if len(named) < len(answers):
        return _each_of(session, tuple(named))
    closed = session.is_closed(table)
    goal = {"answers": list(answers), "closed": "yes" if closed else "no", "kind": "exactly", "pattern": pattern}
    verdict = "proved" if answers or closed else "unknown"
    attempt = session.attempt()
    try:
        step = attempt.uncontested(attempt.exact(table))
        return Finding(verdict, attempt.conclude([goal], [step]), answers, closed)
    except Contested as contested:
        return _contested(session, list(answers), contested.atoms[0])
    except Blocked as blocked:
        tentative = _bare(session, answers) if answers else None
        return Finding("unknown", None, answers, blocked_by=blocked.pending, tentative=tentative)


def _each_of(session: Session, answers: tuple[Atom, ...]) -> Finding:
    """At least these: proofs of some answers, where others are not known by name."""
    if not answers:
        return Finding("unknown")
    shown = _bare(session, answers)
    return Finding("proved" if shown else "unknown", shown, answers)


def _refuted_by(session: Session, answer: Atom) -> Finding:
    """A counterexample: an instance of the body whose head is false."""
    session.evaluation.ask(answer)
    found = _rests(session, answer, "refuted", {"atom": answer, "kind": "proved"})
    return Finding(found.verdict, found.shown, (answer,), False, found.blocked_by, found.tentative, found.contested)

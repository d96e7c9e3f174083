"""Verdicts of design §5, each with a proof that the kernel accepts as showing the goal."""

from __future__ import annotations

import pytest
from reasoning_world import World, atom, sentences

from quod.kernel.canonical import canonical
from quod.kernel.check import check
from quod.kernel.commit import cell_digest
from quod.kernel.values import Clause, Pending, compound, holds, number, symbol, variable
from quod.knowledge.commitments import CommittedRelation, TheoryCommitment
from quod.reasoning import Program, Prover, Terms

COLD = "rough(anne). cold(X) :- rough(X). neg cold(X) :- blue(X). blue(bob). rough(carl). blue(carl)."


@pytest.mark.parametrize(
    ("asked", "verdict", "kind"),
    [
        ("cold(anne)", "proved", "proved"),
        ("cold(bob)", "refuted", "refuted"),
        ("neg cold(bob)", "proved", "proved"),
        ("neg cold(anne)", "refuted", "refuted"),
        ("cold(carl)", "conflict", "contested"),
        ("neg cold(carl)", "conflict", "contested"),
        ("cold(dan)", "unknown", "not_derivable"),
        ("never_heard_of(anne, bob)", "unknown", "not_derivable"),
    ],
)
def test_four_verdicts(asked: str, verdict: str, kind: str) -> None:
    finding = World(COLD).verdict(asked)
    assert finding.verdict == verdict
    assert finding.shown is not None
    assert finding.shown.goal["goals"][0]["kind"] == kind


def test_only_used_sentences_are_applied() -> None:
    finding = World(COLD + "big(X) :- cold(X). rough(eve).").verdict("big(anne)")
    assert finding.shown is not None
    assert sentences(finding.shown) == {"rough(anne).", "cold(X) :- rough(X).", "big(X) :- cold(X)."}


def test_the_shorter_derivation_is_shown() -> None:
    finding = World("a(x). b(X) :- a(X). c(X) :- b(X). d(X) :- c(X). d(X) :- a(X), b(X). goal(X) :- d(X).").verdict(
        "goal(x)"
    )
    assert finding.shown is not None
    assert "d(X) :- a(X), b(X)." not in sentences(finding.shown) or len(sentences(finding.shown)) == 4
    short = World("a(x). b(X) :- a(X). c(X) :- b(X). d(X) :- c(X). d(X) :- a(X).").verdict("d(x)")
    assert short.shown is not None
    assert sentences(short.shown) == {"a(x).", "d(X) :- a(X)."}


def test_resting_on_something_contested_is_a_conflict() -> None:
    world = World(COLD + "small(X) :- cold(X).")
    finding = world.verdict("small(carl)")
    assert (finding.verdict, finding.contested) == ("conflict", atom("cold(carl)"))
    assert finding.answers == (atom("small(carl)"),)


def test_another_derivation_avoids_the_contest() -> None:
    world = World(
        COLD + "small(X) :- cold(X). small(X) :- tiny(X), thin(X), little(X). tiny(carl). thin(carl). little(carl)."
    )
    assert world.verdict("small(carl)").verdict == "proved"


def test_what_excludes_a_contest_may_itself_be_contested() -> None:
    world = World("a(x). neg a(x). b(x). neg b(X) :- c(X), absent a(X). c(x). b(X) :- a(X). d(X) :- b(X).")
    assert world.verdict("d(x)").verdict == "proved"


def test_closed_predicates_make_absence_a_no() -> None:
    world = World("closed cold/1. closed rough/1. rough(anne). cold(X) :- rough(X).")
    assert world.verdict("cold(bob)").verdict == "refuted"
    assert world.verdict("cold(bob)").closed
    assert world.verdict("neg cold(bob)").verdict == "proved"
    assert world.verdict("cold(anne)").verdict == "proved"


def test_a_closure_is_closed_only_if_all_it_consulted_is() -> None:
    assert World("closed cold/1. rough(anne). cold(X) :- rough(X).").verdict("cold(bob)").verdict == "unknown"


def test_defaults_are_reported_and_can_be_forbidden() -> None:
    text = "fly(X) :- bird(X), absent penguin(X). bird(tweety). bird(pingu). penguin(pingu)."
    world = World(text)
    finding = world.verdict("fly(tweety)")
    assert finding.shown is not None
    assert world.report(finding.shown).defaults == ("penguin/1",)
    assert world.verdict("fly(pingu)").verdict == "unknown"
    strict = World(text, terms=Terms(defaults=()))
    shown = strict.prover.verdict(atom("fly(tweety)")).shown
    assert shown is not None
    assert check(canonical(shown.proof), strict.context, canonical(shown.goal)).kind == "default_not_allowed"


def test_absence_through_several_strata() -> None:
    world = World(
        "d(X) :- n(X), absent c(X). c(X) :- n(X), absent b(X). b(X) :- n(X), absent a(X). a(one). n(one). n(two)."
        "closed n/1. closed a/1. closed b/1. closed c/1. closed d/1."
    )
    assert world.verdict("d(one)").verdict == "refuted"
    assert world.verdict("d(two)").verdict == "proved"
    assert world.verdict("c(one)").verdict == "proved"


def test_pending_sentences_block_absence_but_not_what_is_merely_derived() -> None:
    pending = Pending("Cats usually sleep.", "unread", ("*",))
    world = World(COLD, pending=(pending,))
    finding = world.verdict("cold(anne)")
    assert (finding.verdict, finding.shown, finding.blocked_by) == ("unknown", None, (pending,))
    assert finding.tentative is not None
    assert finding.tentative.goal["goals"] == [{"atom": atom("cold(anne)"), "kind": "holds"}]
    assert world.verdict("cold(dan)").blocked_by == (pending,)
    assert world.verdict("cold(carl)").verdict == "conflict"


def test_a_pending_sentence_blocks_only_what_it_bears_on() -> None:
    pending = Pending("Dan is red or blue.", "unused", ("blue/1", "red/1", "~blue/1", "~red/1"))
    world = World(COLD + "loud(eve).", pending=(pending,))
    assert world.verdict("loud(eve)").verdict == "proved"
    assert world.verdict("cold(anne)").blocked_by == (pending,)
    assert world.verdict("red(eve)").verdict == "unknown"


def test_a_default_under_a_pending_sentence_is_not_even_tentative() -> None:
    world = World("fly(X) :- bird(X), absent ill(X). bird(tweety).", pending=(Pending("?", "unread", ("*",)),))
    finding = world.verdict("fly(tweety)")
    assert (finding.verdict, finding.shown, finding.tentative) == ("unknown", None, None)


def test_a_guarded_computation_is_not_moved_before_its_guard() -> None:
    world = World("ratio(X, R) :- pair(X, A, B), nonzero(B), R = A / B. nonzero(2). pair(one, 4, 2). pair(two, 4, 0).")
    assert world.verdict("ratio(one, 2)").verdict == "proved"
    assert world.verdict("ratio(two, 2)").verdict == "unknown"
    assert {answer[1][0][1] for answer in world.which("? R: ratio(one, R).").answers} == {"2"}


def test_a_computation_outside_its_domain_decides_nothing() -> None:
    finding = World("big(X) :- size(X, A), A > 3. size(one, two).").verdict("big(one)")
    assert (finding.verdict, finding.reason) == ("undecided", "outside_domain")


def test_spent_fuel_decides_nothing() -> None:
    text = "path(X, Y) :- edge(X, Y). path(X, Z) :- path(X, Y), path(Y, Z)." + "".join(
        f"edge({at}, {at + 1})." for at in range(30)
    )
    finding = World(text, fuel=500).verdict("path(0, 99)")
    assert (finding.verdict, finding.reason) == ("undecided", "out_of_fuel")
    assert World(text).verdict("path(0, 30)").verdict == "proved"


def test_which_lists_all_answers() -> None:
    finding = World(COLD).which("? X: rough(X).")
    assert {answer[1][0][1] for answer in finding.answers} == {"anne", "carl"}
    assert (finding.verdict, finding.closed) == ("proved", False)
    none = World("closed p/1. p(a).").which("? X: p(X), q(X).")
    assert (none.verdict, none.answers, none.closed) == ("unknown", (), False)
    closed = World("closed p/1. closed q/1. p(a).").which("? X: p(X), q(X).")
    assert (closed.verdict, closed.answers, closed.closed) == ("proved", (), True)


def test_which_with_a_contested_answer_is_a_conflict() -> None:
    finding = World(COLD).which("? X: cold(X).")
    assert finding.verdict == "conflict"
    assert finding.contested == atom("cold(carl)")


def test_which_with_unknown_individuals_lists_those_it_can_name() -> None:
    world = World("person(anne). person(bob). parent(anne, carol).")
    null = compound("sk:parent", variable("X"))
    rule = Clause(("parent/2", (variable("X"), null)), (holds(("person/1", (variable("X"),))),))

    clauses = (*world.clauses, rule)
    commitment = TheoryCommitment(clauses)
    world.context = canonical(commitment.context("2026-11-24"))
    world.prover = Prover(commitment, Program(clauses))
    finding = world.which("? X: parent(anne, X).")
    assert [answer[1][0] for answer in finding.answers] == [symbol("carol")]
    assert finding.shown is not None
    assert finding.shown.goal["goals"][0]["kind"] == "holds"
    assert world.which("? X: parent(bob, X).").verdict == "unknown"
    assert world.some("? some X: parent(bob, X).").verdict == "proved"


def test_some_is_proved_by_any_disjunct() -> None:
    world = World(COLD)
    assert world.some("? cold(anne) or cold(dan).").verdict == "proved"
    assert world.some("? cold(dan) or blue(dan).").verdict == "unknown"
    assert world.some("? some X: cold(X), blue(X).").verdict == "conflict"
    assert World("closed p/1. p(a).").some("? some X: p(X), X != a.").verdict == "refuted"


def test_each_is_proved_for_all_values_or_refuted_by_one() -> None:
    world = World(COLD)
    assert world.each("? each X: rough(X) -> cold(X).").verdict == "proved"
    refuted = world.each("? each X: blue(X) -> cold(X).")
    assert (refuted.verdict, refuted.answers[0][1]) == ("refuted", (symbol("bob"),))
    assert world.each("? each X: rough(X) -> blue(X).").verdict == "unknown"
    chained = World("a(X, Y) :- b(X, Y). a(X, Z) :- a(X, Y), a(Y, Z).")
    assert chained.each("? each X, Y, Z: b(X, Y), b(Y, Z) -> a(X, Z).").verdict == "proved"


def test_each_never_rests_on_absence() -> None:
    world = World("fly(X) :- bird(X), absent penguin(X).")
    assert world.each("? each X: bird(X) -> fly(X).").verdict == "unknown"


def test_each_is_blocked_by_any_pending_sentence() -> None:
    world = World(COLD, pending=(Pending("Something else.", "unread", ("loud/1",)),))
    assert world.each("? each X: rough(X) -> cold(X).").blocked_by


AGES = [(symbol(f"p{at}"), number(at % 40)) for at in range(400)]


def ages(**options: object) -> CommittedRelation:
    return CommittedRelation(("who", "age"), AGES, key=(0,), orders=((1, 0),), **options)


def test_relations_are_reached_by_index() -> None:
    world = World(
        "adult(X) :- age(X, A), A >= 18. twins(N) :- N = count X : age(X, 7). closed age/2.", {"age/2": ages()}
    )
    finding = world.verdict("adult(p20)")
    assert finding.verdict == "proved"
    assert finding.shown is not None
    assert len(canonical(finding.shown.proof)) < 4000
    assert world.verdict("adult(p3)").verdict == "unknown"
    assert world.verdict("age(p3, 3)").verdict == "proved"
    assert world.verdict("age(p3, 4)").verdict == "refuted"
    assert world.verdict("twins(10)").verdict == "proved"
    assert world.verdict("twins(9)").verdict == "unknown"
    assert len(world.which("? X: age(X, 5).").answers) == 10


def test_a_relation_with_clauses_beside_it() -> None:
    world = World("age(extra, 5). age(X, 50) :- old(X). old(zoe). n(N) :- N = count X : age(X, 5).", {"age/2": ages()})
    assert len(world.which("? X: age(X, 5).").answers) == 11
    assert world.verdict("age(zoe, 50)").verdict == "proved"
    assert world.verdict("age(zoe, 51)").verdict == "unknown"
    assert world.verdict("n(11)").verdict == "proved"


def test_private_cells_are_never_compared() -> None:
    class Discreet(TheoryCommitment):
        def rows(self, predicate, bound):  # type: ignore[no-untyped-def]  # reason: as its base
            return super().rows(predicate, {column: term for column, term in bound.items() if column != 1})

    salary = [(symbol(name), ("h", cell_digest("0123456789abcdef" + name, number(100)))) for name in ("anne", "bob")]
    relation = CommittedRelation(("who", "salary"), salary, private=(1,))
    text = "paid(X) :- salary(X, S). rich(X) :- salary(X, 100). equal(X, Y) :- salary(X, S), salary(Y, S)."
    world = World(text, {"salary/2": relation})
    world.commitment = Discreet(world.clauses, {"salary/2": relation})
    world.prover = Prover(world.commitment, world.program)
    assert world.verdict("paid(anne)").verdict == "proved"
    assert world.verdict("rich(anne)").reason == "outside_domain"
    assert world.verdict("equal(anne, bob)").reason == "outside_domain"


def test_facts_may_be_given_beside_rules_kept() -> None:

    rules = World("cold(X) :- rough(X).").clauses
    program = Program(rules)
    for name in ("anne", "bob"):
        facts = (Clause(atom(f"rough({name})")),)
        commitment = TheoryCommitment((*rules, *facts))
        shown = Prover(commitment, program, facts=facts).verdict(atom(f"cold({name})")).shown
        assert shown is not None
        context = canonical(commitment.context("2026-11-24"))
        assert check(canonical(shown.proof), context, canonical(shown.goal)).accepted


def test_clauses_out_of_force_are_opened_but_not_applied() -> None:
    text = "since date(2027-01-01): cold(X) :- rough(X). until date(2026-01-01): warm(X) :- rough(X). rough(anne)."
    world = World(text)
    assert world.verdict("cold(anne)").verdict == "unknown"
    assert world.verdict("warm(anne)").verdict == "unknown"
    assert World(text, now="2027-01-01").verdict("cold(anne)").verdict == "proved"
    assert World(text, now="2025-12-31").verdict("warm(anne)").verdict == "proved"

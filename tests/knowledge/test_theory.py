"""The theory: canonical, immutable, and honest about what it does not use."""

from __future__ import annotations

import random
from dataclasses import FrozenInstanceError

import pytest

from quod.kernel.errors import Place
from quod.kernel.values import Clause, Pending, symbol
from quod.knowledge.declarations import Declared
from quod.knowledge.errors import (
    NotStratified,
    OpenAndClosed,
    TableAndProse,
    UnknownPredicate,
    UnknownSentence,
    Unsafe,
)
from quod.knowledge.logic import parse_logic
from quod.knowledge.notation import show_clause
from quod.knowledge.tables import RelationSpec, parse_relation
from quod.knowledge.theory import Sourced, Theory


def of(logic: str = "", **more) -> Theory:
    return Theory.build(items=parse_logic(logic, "a.quod"), **more)


def shown(theory: Theory) -> list[str]:
    return sorted(show_clause(clause) for clause in theory.clauses)


@pytest.fixture
def read(reader):
    def build(*sentences: str, logic: str = "", **more) -> Theory:
        reads = [Sourced(reader.read(one), Place("a.md", i + 1, 1, one)) for i, one in enumerate(sentences)]
        return of(logic, reads=reads, **more)

    return build


def orders(name: str = "order"):
    return parse_relation(RelationSpec(name, key=("id",)), "id,amount\na,1\nb,2.5\n")


def test_clauses_are_in_canonical_order_and_kept_once():
    lines = [f"p{i}(X) :- q(X), r{i}(X)." for i in range(20)] + ["a(b).", "a(b)."]
    theory = of("\n".join(lines))
    assert len(theory.clauses) == 21
    for seed in range(5):
        random.Random(seed).shuffle(lines)
        assert of("\n".join(lines)).clauses == theory.clauses


def test_one_clause_from_two_sentences_is_two_clauses():
    assert len(of("p(a). p( a ).").clauses) == 2


def test_a_theory_cannot_be_changed():
    theory = of("p(a).")
    with pytest.raises(FrozenInstanceError):
        theory.title = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        theory.manifest["x"] = ()  # type: ignore[index]


def test_presuppositions_are_added_once_and_not_over_a_stated_fact(read):
    theory = read("The cat is cold.", "The cat is red.")
    assert shown(theory) == ["cat(the_cat).", "cold(the_cat).", "red(the_cat)."]
    again = read("The cat is red.", "The cat is cold.")
    assert again.clauses == theory.clauses
    stated = read("The cat is cold.", logic="cat(the_cat).")
    assert [clause.reader for clause in stated.clauses] == ["logic 1", "toy 1"]


def test_a_presupposition_adds_nothing_to_a_table(read):
    cats = parse_relation(RelationSpec("cat"), "name\ntom\n")
    assert shown(read("The cat is cold.", relations=[cats])) == ["cold(the_cat)."]


def test_neg_of_a_closed_predicate_is_absence():
    theory = of("closed q/1. p(X) :- r(X), neg q(X), neg s(X). n(N) :- r(X), N = count : t(X, Y).")
    assert shown(theory) == [
        "n(N) :- r(X), N = count : t(X, Y).",
        "p(X) :- r(X), absent q(X), neg s(X).",
    ]
    assert theory.is_closed("q/1")
    assert not theory.is_closed("s/1")


def test_tables_are_closed_unless_declared_open():
    theory = of("late(X) :- id(X), neg order(X, 1).", relations=[orders()])
    assert theory.closed == ("order/2",)
    assert theory.clauses[0].body[1][:2] == ("-", "order/2")
    opened = of("open order/2. late(X) :- id(X), neg order(X, 1).", relations=[orders()])
    assert opened.closed == ()
    assert opened.clauses[0].body[1][:2] == ("+", "~order/2")


def test_pending_sentences(read):
    theory = read("Colourless green ideas.", "Anne is at the bank.", "Anne is red or blue.", "Anne is cold.")
    assert theory.pending == (
        Pending("Anne is at the bank.", "ambiguous", ("at_money/1", "at_river/1", "~at_money/1", "~at_river/1")),
        Pending("Anne is red or blue.", "unused", ("blue/1", "red/1", "~blue/1", "~red/1")),
        Pending("Colourless green ideas.", "unread", ("*",)),
    )
    assert shown(theory) == ["cold(anne)."]
    assert [str(one.place) for one in theory.unread] == ["a.md:1:1"]
    assert len(theory.readings) == 4


def test_an_unused_statement_of_a_logic_block_is_pending():
    theory = of("unused: red(anne) xor blue(anne).")
    assert theory.pending[0].bears == ("blue/1", "red/1", "~blue/1", "~red/1")


def test_an_unsafe_sentence_is_kept_as_unused_but_unsafe_logic_is_refused(read):
    theory = read("Everything is cold.", "Anne is red.")
    assert theory.pending == (Pending("Everything is cold.", "unused", ("cold/1", "~cold/1")),)
    assert shown(theory) == ["red(anne)."]
    with pytest.raises(Unsafe) as caught:
        of("a.\ncold(X).")
    assert str(caught.value.place) == "a.quod:2:1"
    assert caught.value.fields["findings"][0].code == "unsafe"


def test_several_findings_are_counted():
    with pytest.raises(NotStratified, match="and 1 more") as caught:
        of("p(X) :- q(X), absent p(X). r(X) :- q(X), absent r(X).")
    assert len(caught.value.fields["findings"]) == 2


@pytest.mark.parametrize("logic", ["order(c, 3).", "neg order(c, 3).", "order(X, 3) :- p(X)."])
def test_table_and_prose(logic):
    with pytest.raises(TableAndProse) as caught:
        of(logic, relations=[orders()])
    assert caught.value.code == "table_and_prose"
    assert "order/2 is a table" in caught.value.message
    assert "closed: [order/2]" in caught.value.remedy
    assert str(caught.value.place) == "a.quod:1:1"
    assert of("closed order/2. " + logic, relations=[orders()]).closed == ("order/2",)
    assert of("open order/2. " + logic, relations=[orders()]).closed == ()


def test_conditions_may_use_tables():
    assert of("big(X) :- order(X, A), A > 2.", relations=[orders()]).findings == ()


def test_declarations_by_name_mean_every_arity():
    theory = of("p(a). p(a, b). q.", declared=[Declared("closed", "p"), Declared("open", "q/0")])
    assert dict(theory.declared) == {"p/1": "closed", "p/2": "closed", "q/0": "open"}


def test_a_declaration_with_arity_needs_no_mention():
    assert of("closed p/3.").closed == ("p/3",)


def test_unknown_predicate():
    with pytest.raises(UnknownPredicate) as caught:
        of("order(a).", declared=[Declared("closed", "ordr", Place("a.md", 2, 10, "closed: [ordr]"))])
    assert caught.value.code == "unknown_predicate"
    assert caught.value.remedy == "Did you mean 'order'?"
    with pytest.raises(UnknownPredicate, match="declared open"):
        of("", declared=[Declared("open", "p")])


def test_open_and_closed():
    with pytest.raises(OpenAndClosed) as caught:
        of("open p/1.\nclosed p/1.")
    assert caught.value.code == "open_and_closed"
    assert caught.value.message == "p/1 is declared closed, and open at a.quod:1:1"
    assert str(caught.value.place) == "a.quod:2:1"


def test_what_if_gives_another_theory():
    theory = of("p(a). q(X) :- p(X). closed r/1. unused: s or t.")
    added = parse_logic("u(X) :- q(X), neg r(X).")[0].value
    more = theory.with_clauses(added)
    assert shown(more) == ["p(a).", "q(X) :- p(X).", "u(X) :- q(X), absent r(X)."]
    assert shown(theory) == ["p(a).", "q(X) :- p(X)."]
    assert more.pending == theory.pending
    less = theory.without("p(a).", theory.clauses[0])
    assert less.clauses == ()
    assert theory.without("unused: s or t.").pending == ()
    assert more.without(*[one for one in more.clauses if one.head[0] == "u/1"]).clauses == theory.clauses


def test_what_if_is_checked_like_any_theory(read):
    theory = of("p(X) :- r(X), absent q(X).")
    with pytest.raises(NotStratified):
        theory.with_clauses(parse_logic("q(X) :- p(X).")[0].value)
    with pytest.raises(UnknownSentence) as caught:
        theory.without("p(X) :- r(X), absent qq(X).")
    assert caught.value.code == "unknown_sentence"
    assert "Did you mean" in caught.value.remedy
    with pytest.raises(UnknownSentence, match="z"):
        theory.without(Clause(("z/0", ()), (), "z."))
    assert read("Anne is cold.").without("Anne is cold.").reads == ()


def test_vocabulary():
    theory = of(
        "p(anne, 3). q(X, date(2026-01-01)) :- p(X, N), order(X, A). n(N) :- N = count : q(X, D). p(f(a), 1).",
        relations=[orders()],
    )
    entries = theory.vocabulary
    assert list(entries) == ["n/1", "order/2", "p/2", "q/2"]
    assert entries["p/2"].sorts == (("compound", "symbol"), ("number",))
    assert entries["q/2"].sorts == (("compound", "symbol"), ("date",))
    assert entries["n/1"].sorts == (("number",),)
    assert entries["order/2"].sorts == (("symbol",), ("number",))
    assert entries["order/2"].relation is theory.relations[0]
    assert [clause.head[0] for clause in entries["p/2"].used] == ["q/2"]
    assert [clause.head[1][0] for clause in entries["p/2"].concluded] == [("f", "f", (symbol("a"),)), symbol("anne")]


def test_findings_name_misspelt_conditions():
    (finding,) = of("happy(X) :- person(X), neg happpy(X). person(a).").findings
    assert finding.code == "undefined_predicate"
    assert finding.predicates == ("~happpy/1",)


def test_an_empty_theory():
    theory = of("")
    assert (theory.clauses, theory.pending, theory.findings, dict(theory.vocabulary)) == ((), (), (), {})
    assert theory.place("none") is None

"""Atoms and clauses in English without their sentences, and the vocabulary learnt from readings."""

from __future__ import annotations

import time

import pytest

from quod.kernel.values import Clause, number, symbol, variable
from quod.language import EnglishReader, Vocabulary, say_atom, say_clause

ANNE, BOB, CAT = symbol("anne"), symbol("bob"), symbol("the_cat")


@pytest.mark.parametrize(
    ("atom", "said"),
    [
        (("cold/1", (ANNE,)), "Anne is cold"),
        (("~cold/1", (ANNE,)), "Anne is not cold"),
        (("eat/2", (CAT, BOB)), "the cat eats Bob"),
        (("~eat/2", (CAT, BOB)), "the cat does not eat Bob"),
        (("live_in/2", (ANNE, symbol("new_york"))), "Anne lives in New York"),
        (("put_on/3", (ANNE, symbol("the_book"), symbol("the_table"))), "Anne puts the book on the table"),
        (("mother_of/2", (ANNE, BOB)), "Anne is the mother of Bob"),
        (("age_of/2", (number(30), ANNE)), "the age of Anne is 30"),
        (("older_than/2", (ANNE, BOB)), "Anne is older than Bob"),
        (("more_careful_than/2", (ANNE, BOB)), "Anne is more careful than Bob"),
        (("as_tall_as/2", (ANNE, BOB)), "Anne is as tall as Bob"),
        (("afraid_of/2", (ANNE, BOB)), "Anne is afraid of Bob"),
        (("in/2", (ANNE, BOB)), "Anne is in Bob"),
        (("cat/1", (ANNE,)), "Anne is a cat"),
        (("water/1", (variable("X"),)), "X is water"),
        (("sleep/1", (ANNE,)), "Anne sleeps"),
    ],
)
def test_atoms_are_said_sensibly_without_a_vocabulary(atom, said: str) -> None:  # type: ignore[no-untyped-def]
    assert say_atom(atom) == said


def test_a_clause_is_a_sentence() -> None:
    x = variable("X")
    clause = Clause(("round/1", (x,)), (("+", "red/1", (x,)), ("-", "cold/1", (x,))))
    assert say_clause(clause) == "If X is red, then X is round, unless X is cold."


def test_the_reader_learns_how_to_say_what_it_read() -> None:
    reader = EnglishReader()
    reader.read("Each yumpus zumbles a McDonald.")
    reader.read("McDonald is a yumpus.")
    reader.read("McDonald zumbles Bob.")
    vocabulary = reader.vocabulary
    assert say_atom(("yumpus/1", (symbol("mcdonald"),)), vocabulary) == "McDonald is a yumpus"
    assert vocabulary.kind("zumble/2") == "verb"


def test_vocabularies_merge() -> None:
    merged = Vocabulary({}, {"blorp/1": "adj"}).with_words({"x": "X"}, {"blorp/1": "noun"})
    assert merged.kind("blorp/1") == "noun"


def test_unused_forms_bear_on_both_signs() -> None:
    reading = EnglishReader().read("Anne is red or blue.").readings[0]
    assert reading.clauses == ()
    assert reading.unused == ("red(anne) or blue(anne).",)
    assert reading.bears == ("blue/1", "red/1", "~blue/1", "~red/1")


def test_the_cat_is_presupposed_to_be_a_cat() -> None:
    reading = EnglishReader().read("The bald eagle sees the cat.").readings[0]
    assert [c.head for c in reading.presupposed] == [
        ("eagle/1", (symbol("the_bald_eagle"),)),
        ("cat/1", (symbol("the_cat"),)),
    ]


def test_clauses_carry_sentence_paraphrase_and_reader() -> None:
    reading = EnglishReader().read("All red things are rough.").readings[0]
    clause = reading.clauses[0]
    assert (clause.sentence, clause.paraphrase, clause.reader) == (
        "All red things are rough.",
        "If X is red, then X is rough.",
        "english 1",
    )


def test_questions_in_all_kinds() -> None:
    reader = EnglishReader()
    which = reader.ask("Who is cold?").readings[0]
    assert (which.kind, which.variables, which.clauses[0].head) == ("which", ("X",), ("?/1", (variable("X"),)))
    some = reader.ask("Is anything cold?").readings[0]
    assert (some.kind, some.clauses[0].head) == ("some", ("?/0", ()))
    each = reader.ask("All cats are cold.").readings[0]
    assert (each.kind, each.head, each.body) == (
        "each",
        ("cold/1", (variable("X"),)),
        (("+", "cat/1", (variable("X"),)),),
    )
    holds = reader.ask("Charlie is kind.").readings[0]
    assert (holds.kind, holds.atom) == ("holds", ("kind/1", (symbol("charlie"),)))


def test_long_input_stays_polynomial_and_is_capped() -> None:
    reader = EnglishReader()
    start = time.perf_counter()
    long = "If " + " and ".join("someone likes the cat" for _ in range(14)) + " then the cat is red."
    assert reader.read(long).readings
    salad = "If " + "Anne likes Bob and Carol or Dave and " * 7 + "Bob likes Anne then Carol is red."
    reader.read(salad)
    reader.read("the red cat of the " * 15)
    assert time.perf_counter() - start < 2
    problem = reader.read("Anne is red and " * 40).problem
    assert problem is not None
    assert "at most" in problem.reason

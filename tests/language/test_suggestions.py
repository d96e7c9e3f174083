"""Reasons and rewrites of unread sentences: a rewrite says the same, or there is none."""

from __future__ import annotations

import pytest

from quod.knowledge.readings import Unread
from quod.language import EnglishReader


def problem(sentence: str) -> Unread:
    reader = EnglishReader()
    found = reader.ask(sentence).problem if sentence.endswith("?") else reader.read(sentence).problem
    if found is None:
        pytest.fail(f"this is read: {sentence}")
    return found


@pytest.mark.parametrize(
    ("sentence", "rewrite"),
    [
        ("Rex was sick.", "Rex is sick."),
        ("Anne and Bob were members.", "Anne and Bob are members."),
        ("Rex was in the park.", "Rex is in the park."),
        ("Anne owned the car.", "Anne owns the car."),
        ("Anne did not own the car.", "Anne does not own the car."),
        ("Was Anne cold?", "Is Anne cold?"),
        ("Volunteers do not walk cats.", "No volunteer walks a cat."),
        ("Young volunteers don't walk red cats.", "No young volunteer walks a red cat."),
        ("Anne does not like red cats.", "Anne does not like any red cat."),
        ("Volunteers do not drink milk.", "Volunteers do not drink any milk."),
        ("Rex is no longer ill.", "Rex is not ill."),
        ("Every dog that has been neutered is happy.", "Every dog that is neutered is happy."),
        ("Therefore Anne sings.", "Anne sings."),
        ("Anne is sleeping.", "Anne sleeps."),
    ],
)
def test_the_rewrite_says_the_same(sentence: str, rewrite: str) -> None:
    assert problem(sentence).suggestion == rewrite


@pytest.mark.parametrize(
    "sentence",
    [
        "Volunteers walk cats.",
        "Only volunteers walk cats.",
        "Volunteers must walk a dog.",
        "A volunteer may not walk a cat.",
        "Members should be polite.",
        "Members cannot vote.",
        "Most cats are cold.",
        "Few cats are cold.",
        "Anne usually sings.",
        "Anne seldom sings.",
        "Can Jack adopt Rex?",
        "Do volunteers walk cats?",
        "Every dog that has been vaccinated is happy.",
        "Anne is very cold.",
        "Cats were chasing the dog.",
    ],
)
def test_no_rewrite_is_offered(sentence: str) -> None:
    assert problem(sentence).suggestion == ""


@pytest.mark.parametrize(
    ("sentence", "word", "said"),
    [
        ("Rex was a stray.", "was", "a past state may be over"),
        ("Volunteers walk cats.", "cats", '"Volunteers walk every cat." or "Volunteers walk some cats."'),
        ("Anne drinks milk.", "milk", '"Anne drinks all milk." or "Anne drinks some milk."'),
        ("Members must pay.", "must", "say what follows from it with an adjective"),
        ("Members may vote.", "may", '"X is permitted"'),
        ("Most cats are cold.", "Most", "how many"),
        ("Dogs have been vaccinated.", "have", 'the perfect tense ("have been vaccinated")'),
        ("Anne has eaten the cake.", "has", 'the perfect tense ("has eaten")'),
        ("Has Rex been vaccinated?", "Has", "the perfect tense"),
        ("Rex is no longer ill.", "no", '"no longer"'),
        ("Bob denies that Rex is ill.", "denies", 'reported speech or belief ("denies that …")'),
        ("Bob believes Rex is ill.", "believes", "reported speech or belief"),
        ("who walks rex?", "rex", "names are capitalised"),
        ("Is rex ill?", "rex", "names are capitalised"),
        ("How many dogs are there?", "How", "logic block"),
        ("Rex hasn't slept.", "hasn't", "write it out"),
    ],
)
def test_the_reason_names_what_is_to_blame(sentence: str, word: str, said: str) -> None:
    found = problem(sentence)
    assert found.word == word
    assert said in found.reason

"""Sentences that were once read as something they do not say, each found in text nobody had tried before."""

from __future__ import annotations

import pytest

from quod.language import EnglishReader


@pytest.mark.parametrize(
    "sentence",
    [
        "Counterfeit money is useless.",
        "Every would-be king is vain.",
        "Artificial flowers are cheap.",
        "Lena likes Milo, and Oscar Greta.",
        "Every so-called expert is rich.",
        "Every prospective member pays.",
        # A past state may be over.
        "Rex was sick.",
        "Anne and Bob were members.",
        "Rex was in the park.",
        "Rex was not a stray.",
        "If Rex was ill then Anne is sad.",
        "Anne had the book.",
        "Anne did not own the car.",
        "The car was owned by Anne.",
        # "person" and "thing" restrict nothing, so these would say nothing or drop a condition.
        "Rex is a person.",
        "If Rex is a person then Rex is kind.",
        "If there is a person then Rex is kind.",
        "Only people are kind.",
        # The dog runs; there is no "dog run".
        "Bob lets the dog run.",
        "Bob sees the dog walk.",
        "Suppose Anne is ill.",
        # Lacking a dog and lacking whatever barks is not lacking a barking dog.
        "The member pays unless a dog barks.",
        "Unless a member is exempt, the member pays.",
        "Members pay unless they have a card.",
        "If a dog is red then they are cold.",
        # A heavy smoker is not heavy, an old friend need not be old.
        "Anne is a heavy smoker.",
        "Anne is an old friend of Bob.",
        "Every good teacher is kind.",
        # Lacking some card is not having none.
        "Every customer without a card pays the fee.",
        "The price of a book is at most 20.",
    ],
)
def test_it_is_refused(sentence: str) -> None:
    assert EnglishReader().read(sentence).status == "unread"


@pytest.mark.parametrize(
    "sentence", ["Is a dog an animal?", "Was Anne cold?", "Who was cold?", "Did Anne like Bob?", "Is Rex a person?"]
)
def test_it_is_refused_as_a_question(sentence: str) -> None:
    assert not EnglishReader().ask(sentence).readings


@pytest.mark.parametrize(
    "sentence",
    [
        "Young and old people vote.",
        "All red and blue cars are fast.",
        "Registered and unregistered voters vote.",
        "If an adopter likes a volunteer then they are happy.",
    ],
)
def test_both_ways_are_shown(sentence: str) -> None:
    assert EnglishReader().read(sentence).status == "ambiguous"


@pytest.mark.parametrize(
    ("sentence", "logic"),
    [
        ("Rex was chased by Bob.", "chase(bob, rex)."),
        ("Rex was not chased by Bob.", "neg chase(bob, rex)."),
        ("The dog chased the cat.", "chase(the_dog, the_cat)."),
        (
            "If a volunteer's age is at least 18 then they walk the dog.",
            "walk(X, the_dog) :- volunteer(X), age_of(Y, X), Y >= 18.",
        ),
        ("If an adopter does not pay the fee then they wait.", "wait(X) :- adopter(X), neg pay(X, the_fee)."),
        ("If an adopter has a dog then they are happy.", "happy(X) :- adopter(X), have(X, Y), dog(Y)."),
        ("Smart and friendly people are popular.", "popular(X) :- smart(X), friendly(X)."),
        ("The member pays unless someone barks.", "pay(the_member) :- absent bark(X)."),
    ],
)
def test_it_is_read_as(sentence: str, logic: str) -> None:
    read = EnglishReader().read(sentence)
    assert [reading.logic for reading in read.readings] == [(logic,)]


@pytest.mark.parametrize(
    "sentence",
    ["Lena likes Milo, Oscar, and Greta Garbo.", "Anne is cold, and Bob sleeps.", "Rex is fed and insured."],
)
def test_its_honest_neighbour_is_read(sentence: str) -> None:
    assert EnglishReader().read(sentence).status == "read"

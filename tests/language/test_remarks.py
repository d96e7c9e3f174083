"""Remarks on readings: passives that name nobody, nouns that restrict nothing."""

from __future__ import annotations

import pytest

from quod.language import EnglishReader, remarks


def remarked(sentence: str) -> str:
    (reading,) = EnglishReader().read(sentence).readings
    return " ".join(remarks(reading))


@pytest.mark.parametrize(
    ("sentence", "rewrite"),
    [
        ("Rex is vaccinated.", "Rex is a vaccinated thing."),
        ("Every dog is fed.", "Every dog is a fed dog."),
        ("Members are insured.", "Members are insured members."),
        ("Everyone who has a car is insured.", "Everyone who has a car is an insured person."),
        (
            "If an adopter does not pay the fee then they are rejected.",
            "If an adopter does not pay the fee then they are rejected people.",
        ),
    ],
)
def test_a_passive_without_agent_is_unused_and_has_a_rewrite(sentence: str, rewrite: str) -> None:
    assert "is unused" in remarked(sentence)
    assert f'"{rewrite}"' in remarked(sentence)
    again = EnglishReader().read(rewrite)
    assert again.status == "read"
    assert not again.readings[0].unused


@pytest.mark.parametrize(
    "sentence", ["If a person's age is less than 18 then the person is a minor.", "Rough people are cold."]
)
def test_a_noun_that_restricts_nothing_is_named(sentence: str) -> None:
    assert "restricts nothing" in remarked(sentence)


@pytest.mark.parametrize(
    "sentence", ["Rex is neutered.", "Rex is fed by Anne.", "Someone feeds Rex.", "Every dog is cold."]
)
def test_nothing_is_remarked(sentence: str) -> None:
    assert remarked(sentence) == ""

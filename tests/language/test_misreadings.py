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
    ],
)
def test_it_is_refused(sentence: str) -> None:
    assert EnglishReader().read(sentence).status == "unread"


@pytest.mark.parametrize("sentence", ["Lena likes Milo, Oscar, and Greta Garbo.", "Anne is cold, and Bob sleeps."])
def test_its_honest_neighbour_is_read(sentence: str) -> None:
    assert EnglishReader().read(sentence).status == "read"

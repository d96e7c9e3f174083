"""Prose is cut into sentences the same way every time, and not at all where in doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quod.knowledge.sentences import Mark, Sentence, split


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in split(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Anne is cold.", "Bob is red."],
        ["Anne is cold.", "bob is red."],
        ["Is Anne cold?", "No!", "Bob is."],
        ["The price is 3.50.", "It is low."],
        ["A version 2.0 is out.", "It works."],
        ["Anne is cold"],
        ["Mr. Low and Dr. Who are cold.", "St. Ives is red."],
        ["Cats, e.g. Tom, are kind, i.e. nice.", "Bob is red."],
        ["See fig. 3 and no. 5.", "Bob is red."],
        ["The answer is no.", "Bob is red."],
        ["John F. Kennedy was kind.", "J. R. Smith is red."],
        ["A is taller than B.", "B is taller than C.", "C is red."],
        ["Block A is on block B.", "The table is red."],
        ["Anne likes J. Smith and Bob."],
        ["He works at Acme Inc. and is kind.", "The cat is red."],
        ["He works at Acme Inc.", "The cat is red."],
        ["He works at Acme Inc. Bob is red."],
        ["The shop opens at 8 a.m. on Monday.", "It closes at 6 p.m.", "Every cat sleeps."],
        ['He said "Stop. Go on." to Bob.', "Bob is red."],
        ["He said “Stop. Go on.” to Bob.", "Bob is red."],
        ["Anne is cold (see sec. 3. It applies) and red.", "Bob is red."],
        ["(Anne is cold.)", "Bob is red."],
        ['"Anne is cold."', "Bob is red."],
        ["Wait... then go.", "Bob is red."],
        ["Wait…", "Then go."],
        ["Really?!", "Yes."],
        ["It is signed by Dr."],
        ["It is on the U.S. list.", "They agree."],
    ],
)
def test_cut(sentences):
    assert cut(" ".join(sentences)) == sentences


def test_nothing_from_nothing():
    assert cut("") == cut("   ") == []


@given(st.text(st.sampled_from('aB. !?"()“”“… 3\n'), max_size=40))
def test_no_character_but_space_is_lost_and_the_order_is_kept(text):
    assert "".join("".join(cut(text)).split()) == "".join(text.split())
    spans = split(text)
    assert spans == sorted(spans)


def test_places_follow_the_marks():
    sentence = Sentence(
        "Anne is cold and red.",
        "a.md",
        (Mark(0, 3, 5, "x   Anne is"), Mark(8, 4, 1, "cold and *red*.")),
    )
    assert str(sentence.place) == "a.md:3:5"
    assert str(sentence.place_at(5)) == "a.md:3:10"
    assert str(sentence.place_at(8)) == "a.md:4:1"
    assert str(sentence.place_at(13)) == "a.md:4:6"


@pytest.mark.parametrize("text", [". " * 20000, "A. " * 20000, "(" * 20000 + "a. b.", '"' * 20001, "(a. b.) " * 5000])
def test_hostile_text_is_cut_quickly(text):
    assert split(text)

"""Properties over generated sentences: round trip, whitelist, determinism, agreement of shapes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from quod.language import EnglishReader

READER = EnglishReader()
ADJECTIVES = ("red", "cold", "florp", "kind")
NOUNS = ("cat", "wumpus", "blick", "teacher")
VERBS = (("likes", "like"), ("sees", "see"), ("zumbles", "zumble"))
NAMES = ("Anne", "Bob", "Max", "New York")

name = st.sampled_from(NAMES)
adjective = st.sampled_from(ADJECTIVES)
noun = st.sampled_from(NOUNS)
verb = st.sampled_from(VERBS)


def joined(item: st.SearchStrategy[str], word: str) -> st.SearchStrategy[str]:
    return st.lists(item, min_size=1, max_size=3).map(lambda found: f" {word} ".join(found))


noun_predicate = noun.map(lambda n: f"a {n}")
complement = st.one_of(
    adjective,
    noun_predicate,
    joined(adjective, "and"),
    joined(st.one_of(adjective, noun_predicate), "or"),
    st.tuples(adjective, adjective).map(lambda p: f"neither {p[0]} nor {p[1]}"),
    st.tuples(adjective, name).map(lambda p: f"{p[0]}er than {p[1]}"),
)
definite = st.one_of(name, noun.map(lambda n: f"the {n}"))
target = st.one_of(
    definite,
    noun.map(lambda n: f"a {n}"),
    noun.map(lambda n: f"every {n}"),
    noun.map(lambda n: f"no {n}"),
    st.tuples(adjective, noun).map(lambda p: f"some {p[0]} {p[1]}"),
    st.just("someone"),
    st.just("everything"),
)
verb_phrase = st.one_of(
    complement.map(lambda c: f"is {c}"),
    complement.map(lambda c: f"is not {c}"),
    st.tuples(verb, target).map(lambda p: f"{p[0][0]} {p[1]}"),
    st.tuples(verb, target).map(lambda p: f"does not {p[0][1]} {p[1]}"),
    st.tuples(verb, definite).map(lambda p: f"is {p[0][1]}d by {p[1]}"),
)
subject = st.one_of(
    definite,
    noun.map(lambda n: f"every {n}"),
    noun.map(lambda n: f"no {n}"),
    st.tuples(adjective, noun).map(lambda p: f"every {p[0]} {p[1]}"),
    st.tuples(noun, verb_phrase).map(lambda p: f"every {p[0]} that {p[1]}"),
    st.just("everyone"),
    st.just("nobody"),
    st.just("someone"),
)
clause = st.tuples(subject, verb_phrase).map(" ".join)
condition = st.one_of(
    st.tuples(definite, verb_phrase).map(" ".join),
    verb_phrase.map(lambda v: f"someone {v}"),
)
rule = st.tuples(st.lists(condition, min_size=1, max_size=2), definite, verb_phrase).map(
    lambda p: f"if {' and '.join(p[0])} then {p[1]} {p[2]}"
)
statement = st.one_of(clause, rule, st.tuples(clause, clause).map(" and ".join)).map(
    lambda s: s[0].upper() + s[1:] + "."
)


@settings(max_examples=600, deadline=None)
@given(statement)
def test_paraphrases_read_back(sentence: str) -> None:
    for reading in READER.read(sentence).readings:
        again = READER.read(reading.paraphrase)
        assert again.status == "read", (reading.paraphrase, again)
        assert sorted(again.readings[0].logic) == sorted(reading.logic)
        assert again.readings[0].bears == reading.bears


@settings(max_examples=300, deadline=None)
@given(
    statement, st.sampled_from(("usually", "probably", "almost", "must", "often", "maybe", "few", "too")), st.randoms()
)
def test_a_hedge_anywhere_makes_it_unread(sentence: str, hedge: str, random) -> None:  # type: ignore[no-untyped-def]
    words = sentence.split()
    words.insert(random.randrange(len(words) + 1), hedge)
    outcome = READER.read(" ".join(words))
    assert not outcome.readings, outcome.readings


@settings(max_examples=300, deadline=None)
@given(statement)
def test_reading_twice_is_reading_once(sentence: str) -> None:
    assert READER.read(sentence) == EnglishReader().read(sentence)


@settings(max_examples=300, deadline=None)
@given(statement)
def test_every_content_word_is_accounted_for(sentence: str) -> None:
    """No adjective, noun, verb or name of the sentence is missing in the logic of any reading."""
    expected = [w for w in (*ADJECTIVES, *NOUNS, "zumble", "like", "see") if f" {w}" in f" {sentence.lower()}"]
    expected += [n.lower().replace(" ", "_") for n in NAMES if n in sentence]
    for reading in READER.read(sentence).readings:
        logic = " ".join(reading.logic)
        for word in expected:
            assert word in logic, (word, logic)


SALAD = (
    *ADJECTIVES,
    *NOUNS,
    "likes",
    "like",
    "is",
    "are",
    "not",
    "the",
    "a",
    "every",
    "no",
    "and",
    "or",
    "if",
    "then",
    "who",
    "Anne",
    "Bob",
    "of",
    "in",
    "than",
    "some",
    "does",
    "it",
    "they",
    "cats",
    "blicks",
    "'s",
    ",",
    "by",
)


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(SALAD), min_size=1, max_size=10))
def test_word_salad_never_breaks_and_what_reads_reads_back(words: list[str]) -> None:
    for reading in READER.read(" ".join(words) + ".").readings:
        again = READER.read(reading.paraphrase)
        assert sorted(again.readings[0].logic) == sorted(reading.logic)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert READER.read(text).status in ("read", "unread", "ambiguous")
    READER.ask(text)

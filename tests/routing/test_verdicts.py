"""Every verdict, with what it carries: proof, bindings, reasons, what blocked it."""

from __future__ import annotations

from dataclasses import replace

import pytest

import quod
from quod.kernel import Report, check
from quod.kernel.rejection import Rejection
from quod.routing import Answer, NotADate, NotAQuestion, ProofRejected, handle, load, loads
from quod.routing.shown import can_carry

NOW = "2026-01-01"
CLUB = """---
closed: [banned]
---
# Club

Anne is a member. Bob is a member. Bob is banned. Carla is kind. Carla is not kind.

Every member is welcome.

If someone is a member and they are not banned then they enter the hall.

No banned person is happy. All kind people are happy.
"""


def ask(question: str, text: str = CLUB) -> Answer:
    return loads(text, now=NOW).ask(question)


def certified(answer: Answer) -> None:
    """The proof is accepted as it stands, its verdict is one the goal can carry, and the report is the answer's."""
    report = check(answer.proof, answer.context, answer.goal)
    assert isinstance(report, Report)
    assert report == answer.report
    assert answer.grade == report.grade == "proved"
    assert can_carry(answer.goal, answer.verdict)
    assert answer.cost.bytes == len(answer.proof)
    assert answer.cost.check == int(report.fuel) > 0
    assert answer.json()["checked"] is True


def bare(answer: Answer) -> None:
    assert (answer.proof, answer.goal, answer.report, answer.grade) == (b"", b"", None, "")
    assert answer.json()["checked"] is False


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is Anne a member?", "proved"),
        ("Is Anne welcome?", "proved"),
        ("Anne is welcome.", "proved"),
        ("Does Anne enter the hall?", "proved"),
        ("Is Anne banned?", "refuted"),
        ("Is Anne not banned?", "proved"),
        ("Is Bob happy?", "refuted"),
        ("Is Bob not happy?", "proved"),
        ("Is Anne happy?", "unknown"),
        ("Does Bob enter the hall?", "unknown"),
        ("Does Anne see the cat?", "unknown"),
        ("Is Carla kind?", "conflict"),
        ("Is Carla not kind?", "conflict"),
        ("Is Carla happy?", "conflict"),
        ("Who is a member?", "proved"),
        ("Who is banned?", "proved"),
        ("Is anyone banned?", "proved"),
        ("Is anyone tall?", "unknown"),
        ("Is every member welcome?", "proved"),
        ("Are all members kind?", "unknown"),
        ("Are all members happy?", "refuted"),
    ],
)
def test_verdict(question: str, verdict: str) -> None:
    answer = ask(question)
    assert answer.verdict == verdict
    if answer.proof:
        certified(answer)
    else:
        bare(answer)
    assert answer.question == question
    assert answer.read_as


@pytest.mark.parametrize(
    ("question", "bindings", "note"),
    [
        ("Who is a member?", ("Anne", "Bob"), "at least these"),
        ("Who is banned?", ("Bob",), ""),
        ("Who is tall?", (), ""),
        ("Which members are not banned?", ("Anne",), "at least these"),
    ],
)
def test_which(question: str, bindings: tuple[str, ...], note: str) -> None:
    answer = ask(question)
    assert answer.bindings == bindings
    assert note in answer.note


@pytest.mark.parametrize(("closed", "verdict"), [("banned", "unknown"), ("banned, rude", "proved")])
def test_that_there_are_none_is_proved_where_all_that_was_consulted_is_closed(closed: str, verdict: str) -> None:
    text = f"---\nclosed: [{closed}]\n---\nAnne is kind. If someone is rude then they are banned.\n"
    answer = ask("Who is banned?", text)
    assert (answer.verdict, answer.bindings) == (verdict, ())
    certified(answer)


def test_a_contested_premise_is_a_conflict_and_names_the_atom() -> None:
    answer = ask("Is Carla happy?")
    assert answer.note == "both this and its opposite can be derived: Carla is kind"
    assert {"Carla is kind.", "Carla is not kind."} <= set(answer.sentences)


def test_an_ambiguous_question_shows_all_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    theory = loads(CLUB, now=NOW)
    first, second = theory.reader.ask("Is Anne kind?"), theory.reader.ask("Is Anne welcome?")
    both = replace(first, readings=(*first.readings, *second.readings))
    monkeypatch.setattr(theory.reader, "ask", lambda _: both)
    answer = theory.ask("Is Anne kind?")
    assert answer.verdict == "ambiguous"
    assert answer.readings == ("Is it true that Anne is kind?", "Is it true that Anne is welcome?")
    bare(answer)
    assert answer.explain() == ""


@pytest.mark.parametrize("fuel", [1, 2, 3, 5, 8])
def test_with_little_fuel_the_answer_is_undecided_or_the_same(fuel: int) -> None:
    for question in ("Does Anne enter the hall?", "Who is a member?", "Is anyone banned?", "Is every member welcome?"):
        answer = loads(CLUB, now=NOW, fuel=fuel).ask(question)
        if answer.verdict == "undecided":
            bare(answer)
            assert answer.note.startswith("not decided: ")
        else:
            assert answer.verdict == ask(question).verdict
            certified(answer)
    assert loads(CLUB, now=NOW, fuel=1).ask("Does Anne enter the hall?").verdict == "undecided"


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Save where they are members, nobody is banned.", "unread"),
        ("Anne is red or welcome.", "unused"),
        ("Some members are welcome.", "unused"),
    ],
)
def test_a_sentence_that_is_not_used_blocks_what_it_could_bear_on(sentence: str, kind: str) -> None:
    text = CLUB + "\n" + sentence + "\n"
    theory = loads(text, now=NOW)
    assert [pending.kind for pending in theory.theory.pending] == [kind]
    answer = theory.ask("Is Anne welcome?")
    assert answer.verdict == "unknown"
    assert answer.blocked_by == (sentence,)
    bare(answer)
    assert "Anne is welcome" in answer.explain()
    elsewhere = theory.ask("Is Bob banned?")
    assert elsewhere.verdict == ("unknown" if kind == "unread" else "proved")


def test_as_a_note_it_blocks_nothing() -> None:
    answer = ask("Is Anne welcome?", CLUB + "\n> Save where they are members, nobody is banned.\n")
    assert answer.verdict == "proved"


@pytest.mark.parametrize("question", ["Who is not banned?", "Is anyone not banned?"])
def test_a_question_about_everything_else_is_refused(question: str) -> None:
    """Nothing says which things are meant: over what is closed, everything else is not banned."""
    with pytest.raises(NotAQuestion) as caught:
        ask(question)
    assert "Which members are not banned?" in caught.value.remedy


def test_what_the_theory_does_not_know_is_named() -> None:
    assert ask("Is Zoe welcome?").note == "the theory says nothing of Zoe"


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("", ""),
        ("?", ""),
        ("   \n", ""),
        ("Bob", ""),
        ("What is the weather tomorrow, roughly?", "tomorrow"),
        ("Is Anne kind\x1b[31m?", "\x1b"),
        ("Is Anne " + "very " * 400 + "kind?", "very"),
        ("(" * 3000, "("),
        ("Is Anne kind? " * 500, ""),
        ("\ud800", ""),
        ("Is Änne\u202e kind?", ""),
    ],
)
def test_a_question_that_cannot_be_read_says_where_and_what_to_do(question: str, word: str) -> None:
    with pytest.raises(NotAQuestion) as caught:
        ask(question)
    error = caught.value
    assert error.code == "unread_question"
    assert error.remedy
    if word:
        assert word in str(error.fields["word"]) + error.message
    assert error.place is None or error.place.column >= 1


@pytest.mark.parametrize("now", ["", "tomorrow", "2026-1-1", "2026-02-30", "20260101", "2026-01-01T00", "0000-01-01"])
def test_a_date_that_is_none(now: str) -> None:
    with pytest.raises(NotADate) as caught:
        loads(CLUB, now=now)
    assert caught.value.remedy == "write it as 2026-01-31"


def test_the_date_is_today_if_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    import datetime

    assert loads(CLUB).now == datetime.datetime.now(datetime.UTC).date().isoformat()
    assert loads(CLUB, now="2024-02-29").ask("Is Anne a member?").context.count(b'"now":"2024-02-29"') == 1


def test_a_rejected_proof_is_an_error_and_never_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handle, "check", lambda *_: Rejection("unlisted_answer"))
    with pytest.raises(ProofRejected, match="unlisted_answer"):
        ask("Is Anne a member?")


def test_quod_load_is_routing_load() -> None:
    assert quod.load is load

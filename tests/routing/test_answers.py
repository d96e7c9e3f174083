"""What an answer can be turned into: reasons, a page for notebooks, a file, JSON; and what a file says back."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from quod.kernel import Report, canonical
from quod.kernel.rejection import Rejection
from quod.knowledge import read_lock, write_lock
from quod.routing import (
    UnusableProof,
    can_carry,
    carried,
    context_fields,
    load,
    load_carried,
    loads,
    say_goal,
    under_lock,
)

NOW = "2026-01-01"
BOOK = "Anne is a member. Every member is welcome. All welcome people are happy. Carla is kind. Carla is not kind.\n"


def ask(question: str = "Is Anne happy?", text: str = BOOK):  # type: ignore[no-untyped-def]  # reason: a test's own
    return loads(text, now=NOW).ask(question)


def test_the_reasons_are_the_users_sentences() -> None:
    answer = ask()
    assert answer.explain() == (
        "Anne is happy\n"
        "│  by: All welcome people are happy.\n"
        "└─ Anne is welcome\n"
        "   │  by: Every member is welcome.\n"
        "   └─ Anne is a member\n"
        "         by: Anne is a member."
    )
    assert answer.sentences == ("All welcome people are happy.", "Every member is welcome.", "Anne is a member.")
    assert set(answer.labels.values()) == {"Anne is happy", "Anne is welcome", "Anne is a member"}


@pytest.mark.parametrize("length", [1, 30, 400, 2000])
def test_a_chain_of_any_length_is_told(length: int) -> None:
    """Two thousand rules deep: told and drawn without recursion, and no wider than it has to be."""
    word = [f"{chr(98 + at // 676 % 26)}{chr(97 + at // 26 % 26)}{chr(97 + at % 26)}ek" for at in range(length + 1)]
    text = " ".join(f"Every {a} is a {b}." for a, b in pairwise(word)) + f" Anne is a {word[0]}."
    answer = loads(text, now=NOW).ask(f"Is Anne a {word[-1]}?")
    assert answer.verdict == "proved"
    assert len(answer.sentences) == length + 1
    lines = answer.explain().splitlines()
    assert len(lines) == 2 * (length + 1)
    assert max(map(len, lines)) < 200
    assert len(answer._repr_html_()) > length


def test_what_was_told_before_is_not_told_again() -> None:
    answer = ask("Is Anne happy?", BOOK + "If someone is happy and they are welcome then they are lucky. ")
    text = loads(BOOK + "If someone is happy and they are welcome then they are lucky.", now=NOW)
    told = text.ask("Is Anne lucky?").explain()
    assert answer.verdict == "proved"
    assert told.count("Every member is welcome.") <= 2
    assert "(shown above)" in told


def test_the_rendering_for_notebooks_is_text_and_never_markup() -> None:
    page = ask("Is Anne happy?", 'Anne is a member. > "<script>alert(1)</script>" is a note\n')._repr_html_()
    assert "<script" not in page
    fields = {"question": "<b>&'\"", "verdict": "<i>", "bindings": ("<script>",), "read_as": ""}
    from quod.routing import Answer

    page = Answer(**fields)._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "<b>&'" not in page


def test_the_file_is_canonical_and_says_the_answer_back() -> None:
    answer = ask()
    raw = answer.file()
    assert raw == canonical(json.loads(raw))
    back = carried(raw)
    assert (back.question, back.verdict, back.answers) == (answer.question, answer.verdict, answer.bindings)
    assert (back.proof, back.context, back.goal) == (answer.proof, answer.context, answer.goal)
    assert isinstance(back.check(), Report)
    assert carried(raw + b"\n").check() == back.check()


def test_the_object_has_the_same_keys_for_every_verdict() -> None:
    questions = ("Is Anne happy?", "Who is kind?", "Is Zoe rude?", "Is Carla kind?", "Is anyone happy?")
    objects = [ask(question).json() for question in questions]
    assert len({tuple(sorted(each)) for each in objects}) == 1
    assert sorted(objects[0]) == [
        *("answers", "assumptions", "blocked_by", "checked", "cost", "defaults", "grade", "note"),
        *("question", "read_as", "readings", "sentences", "verdict"),
    ]
    for each in objects:
        assert json.loads(json.dumps(each)) == each


def test_defaults_are_listed() -> None:
    answer = ask("Is Anne welcome?", "Anne is a member. Every member is welcome unless they are banned.\n")
    assert answer.verdict == "proved"
    assert answer.defaults == ("banned/1",)
    assert answer.json()["defaults"] == ["banned/1"]


# --- files that are none ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        *(b"", b"\n", b"{}", b"[]", b"null", b'"x"', b"\xff\xfe", b"{", b"Anne is kind.", b"[" * 100_000, b'{"a":1}'),
        canonical({"question": "x", "verdict": "proved"}),
        canonical({key: [] for key in ("context", "goal", "proof", "question", "read_as", "verdict")}),
    ],
)
def test_not_an_answer_file(raw: bytes) -> None:
    with pytest.raises(UnusableProof) as caught:
        carried(raw, "some.quod")
    assert caught.value.remedy.startswith("write one with: quod ask")
    assert caught.value.place is not None
    assert caught.value.place.file == "some.quod"


@pytest.mark.parametrize("context", [b"", b"x", b"{}", b"[]", canonical({"now": NOW})])
def test_not_a_context(context: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnusableProof):
        context_fields(context)
    lock = loads(BOOK, now=NOW).lock()
    with pytest.raises(UnusableProof):
        under_lock(context, lock)


# --- locks --------------------------------------------------------------------------------------------------------


def test_under_the_lock_of_the_same_readings_it_is_accepted_and_under_another_rejected(tmp_path: Path) -> None:
    theory = loads(BOOK, now=NOW)
    answer = theory.ask("Is Anne happy?")
    path = tmp_path / "book.lock"
    write_lock(theory.lock(), path)
    lock = read_lock(path)
    assert under_lock(answer.context, lock) == answer.context
    other = loads(BOOK + "Dora is a member.\n", now=NOW).lock()
    found = carried(answer.file()).check(under_lock(answer.context, other))
    assert isinstance(found, Rejection)
    assert found.kind == "wrong_theory"


def test_a_lock_replaces_theory_and_roots_and_keeps_the_date(tmp_path: Path) -> None:
    (tmp_path / "book.md").write_text(
        "---\nrelations:\n  pay: {key: [who]}\n---\n```quod\npaid(X) :- pay(X, S).\n```\n", encoding="utf-8"
    )
    (tmp_path / "pay.csv").write_text("who,salary\nanne,5\n", encoding="utf-8")
    theory = load(tmp_path, now=NOW)
    answer = theory.ask("Is anyone paid?")
    forged = json.loads(answer.context) | {"roots": [["A" * 43, "proved"]], "theory": "B" * 43}
    assert under_lock(canonical(forged), theory.lock()) == answer.context
    (tmp_path / "pay.csv").write_text("who,salary\nanne,6\n", encoding="utf-8")
    changed = load(tmp_path, now=NOW)
    assert changed.lock().roots != theory.lock().roots
    assert not carried(answer.file()).check(under_lock(answer.context, changed.lock())).accepted


def test_a_file_is_loaded_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "answer.quod"
    path.write_bytes(ask().file() + b"\n")
    assert load_carried(path).verdict == "proved"


# --- what was shown -----------------------------------------------------------------------------------------------

CLOSED = "---\nclosed: [banned]\n---\n" + BOOK + "Bob is banned. "


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("Is Anne happy?", ("true: Anne is happy",)),
        ("Is Anne banned?", ("false: Anne is banned",)),
        ("Is Anne not banned?", ("false: Anne is banned",)),
        ("Is Anne tall?", ("nothing shows: Anne is tall", "nothing shows: Anne is not tall")),
        ("Is Carla kind?", ("both this and its opposite can be derived: Carla is kind",)),
        ("Who is banned?", ("those for which X is banned: bob — and no others",)),
        ("Who is happy?", ("those for which X is happy: anne — and no others can be derived",)),
        ("Who is tall?", ("those for which X is tall: none — and no others can be derived",)),
        ("Is anyone happy?", ("true: X is happy",)),
        ("Is every member happy?", ("whatever they are: if X is a member, then X is happy",)),
    ],
)
def test_what_was_shown_is_said_from_the_goal(question: str, shown: tuple[str, ...]) -> None:
    theory = loads(CLOSED, now=NOW)
    answer = theory.ask(question)
    assert say_goal(answer.goal, theory.say) == shown
    assert can_carry(answer.goal, answer.verdict)


def test_a_counterexample_is_said() -> None:
    theory = loads("Anne is a member. Every member is welcome. Anne is not happy.", now=NOW)
    answer = theory.ask("Are all members happy?")
    assert answer.verdict == "refuted"
    (shown,) = say_goal(answer.goal, theory.say)
    assert shown == "true: for anne: X is a member and X is not happy"


@pytest.mark.parametrize(
    ("question", "claims"),
    [
        ("Is Anne tall?", ("proved", "refuted", "conflict", "ambiguous", "undecided", "", "yes")),
        ("Is Carla kind?", ("proved", "refuted", "unknown", "ambiguous")),
        ("Is Anne happy?", ("unknown", "conflict", "ambiguous", "undecided")),
        ("Who is happy?", ("unknown", "refuted", "conflict")),
        ("Is every member happy?", ("refuted", "unknown", "conflict")),
    ],
)
def test_a_goal_does_not_carry_another_verdict(question: str, claims: tuple[str, ...]) -> None:
    answer = loads(CLOSED, now=NOW).ask(question)
    for claim in claims:
        assert not can_carry(answer.goal, claim)

"""`quod check` and `quod explain`: what a file shows, against which commitments, and exit codes 0, 1 and 2."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from printed import NOW, Quod

from quod.cli import check
from quod.kernel import canonical


@pytest.fixture
def answer(quod: Quod, club: Path, tmp_path: Path) -> Callable[..., Path]:
    """An answer file, some fields of it changed: ``answer(question, verdict="refuted")``."""

    def make(question: str = "Is Anne welcome?", /, **changed: Any) -> Path:
        path = tmp_path / "answer.quod"
        assert quod("ask", club, question, "--as-of", NOW, "--one", "--proof", path).code == 0
        path.write_bytes(canonical(json.loads(path.read_bytes()) | changed))
        return path

    return make


@pytest.fixture
def lock(quod: Quod, club: Path) -> Path:
    assert quod("read", club, "--lock").code == 0
    return club / "book.lock"


def test_without_a_lock_it_is_only_consistent(quod: Quod, answer: Callable[..., Path]) -> None:
    ran = quod("check", answer(), "--one")
    assert ran.code == 0
    assert ran.out.splitlines()[-1] == "consistent"
    assert "shown:      true: Anne is welcome" in ran.out
    assert f"as of {NOW}" in ran.out


@pytest.mark.usefixtures("node")
def test_against_the_lock_it_is_accepted_by_both(quod: Quod, answer: Callable[..., Path], lock: Path) -> None:
    ran = quod("check", answer(), "--lock", lock)
    assert ran.code == 0
    assert ran.out.splitlines()[-3:] == ["python:     accepted", "javascript: accepted", "accepted"]
    found = quod("check", answer(), "--lock", lock, "--json").json
    assert found["result"] == "accepted"
    assert found["claimed"] == "proved"
    assert found["second"] == "ran"
    assert found["shows"] == ["true: Anne is welcome"]
    assert found["checkers"]["python"]["accepted"] is found["checkers"]["javascript"]["accepted"] is True
    assert found["checkers"]["python"]["report"] == found["checkers"]["javascript"]["report"]


@pytest.mark.usefixtures("node")
def test_after_a_change_of_the_book_it_is_rejected_by_both(
    quod: Quod, answer: Callable[..., Path], club: Path
) -> None:
    path = answer()
    (club / "book.md").write_text((club / "book.md").read_text() + "\nDora is a member.\n", encoding="utf-8")
    assert quod("read", club, "--lock").code == 0
    ran = quod("check", path, "--lock", club / "book.lock")
    assert ran.code == 1
    assert ran.out.count("rejected: wrong_theory at step 0") == 2
    assert ran.out.splitlines()[-1] == "rejected"
    found = quod("check", path, "--lock", club / "book.lock", "--json")
    assert found.code == 1
    assert found.json["result"] == "rejected"
    assert found.json["shows"] == []
    assert {each["kind"] for each in found.json["checkers"].values()} == {"wrong_theory"}


@pytest.mark.usefixtures("node")
@pytest.mark.parametrize("field", ["proof", "goal"])
def test_a_changed_byte_is_rejected(quod: Quod, answer: Callable[..., Path], field: str) -> None:
    path = answer()
    text = json.loads(path.read_bytes())[field]
    ran = quod("check", answer(**{field: text.replace("anne", "anna")}))
    assert ran.code == 1
    assert ran.out.splitlines()[-1] == "rejected"
    assert ran.out.count("rejected: ") >= 2


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Is Anne tall?", "proved"),
        ("Is Anne tall?", "refuted"),
        ("Is Carla kind?", "proved"),
        ("Is Anne welcome?", "unknown"),
        ("Is Anne welcome?", "certainly\x1b[2J"),
        ("Who is a member?", "unknown"),
    ],
)
def test_a_verdict_that_was_not_shown_is_rejected(
    quod: Quod, answer: Callable[..., Path], question: str, claim: str
) -> None:
    ran = quod("check", answer(question, verdict=claim), "--one")
    assert ran.code == 1
    assert "what was shown is not the claim" in ran.out
    assert ran.out.splitlines()[-1] == "rejected"
    assert quod("check", answer(question, verdict=claim), "--one", "--json").json["result"] == "rejected"


def test_question_and_answers_are_claims_and_what_was_shown_stands_beside_them(
    quod: Quod, answer: Callable[..., Path]
) -> None:
    path = answer("Who is a member?", question="Who may enter?\x1b[31m", answers=["Zoe", "\x1b[2J"], read_as="\x07")
    ran = quod("check", path, "--one")
    assert "asked:      Who may enter?\\x1b[31m" in ran.out
    assert "shown:      those for which X is a member: anne; bob — and no others can be derived" in ran.out
    assert "shown:  those for which X is a member: anne; bob" in quod("explain", path).out


# --- tables -------------------------------------------------------------------------------------------------------


def test_the_tables_are_compared(quod: Quod, pay: Callable[..., Path], tmp_path: Path) -> None:
    folder = pay("anne,5\n")
    path = tmp_path / "paid.quod"
    assert quod("ask", folder, "Is anyone paid?", "--as-of", NOW, "--one", "--proof", path).code == 0
    assert quod("read", folder, "--lock").code == 0
    lock = folder / "book.lock"
    assert quod("check", path, "--lock", lock, "--data", folder, "--one").code == 0
    (folder / "pay.csv").write_text("who,salary\nanne,6\n", encoding="utf-8")
    assert quod("check", path, "--lock", lock, "--one").code == 0
    ran = quod("check", path, "--lock", lock, "--data", folder, "--one")
    assert ran.code == 2
    assert "[tables_differ]" in ran.err
    assert issubclass(check.TablesDiffer, Exception)


# --- bad input ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b"Anne is kind.", b"[" * 50_000, b'{"a":1,"a":1}'])
@pytest.mark.parametrize("name", ["check", "explain"])
def test_not_an_answer_file(quod: Quod, tmp_path: Path, content: bytes, name: str) -> None:
    path = tmp_path / "x.quod"
    path.write_bytes(content)
    ran = quod(name, path)
    assert ran.code == 2
    assert "this is not an answer file" in ran.err
    assert "quod ask THEORY QUESTION --proof FILE" in ran.err
    assert quod(name, path, "--json").json["error"] == "unusable_proof"


@pytest.mark.parametrize("name", ["check", "explain"])
def test_a_file_that_is_not_there(quod: Quod, tmp_path: Path, name: str) -> None:
    assert quod(name, tmp_path / "none").code == 2
    assert quod(name, tmp_path).code == 2
    assert quod(name, tmp_path / "none", "--json").json["error"] == "not_usable"


@pytest.mark.parametrize("field", ["context", "goal", "proof"])
@pytest.mark.parametrize("text", ["", "nonsense", "{}", "[]", '{"fuel":"x","now":"","roots":"a","theory":[]}', "\x1b"])
def test_an_answer_file_with_a_part_that_is_none(
    quod: Quod, answer: Callable[..., Path], lock: Path, club: Path, field: str, text: str
) -> None:
    path = answer(**{field: text})
    for arguments in ((), ("--lock", lock), ("--data", club), ("--lock", lock, "--data", club, "--json")):
        assert quod("check", path, *arguments).code in (1, 2)
    ran = quod("explain", path)
    assert ran.code == 1
    assert ran.err.startswith("rejected: ")
    found = quod("explain", path, "--json")
    assert found.code == 1
    assert found.json["accepted"] is False


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"quod.lock": "2"}', "\x1b[2J"])
def test_a_lock_file_that_is_none(quod: Quod, answer: Callable[..., Path], tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.lock"
    path.write_text(content, encoding="utf-8")
    ran = quod("check", answer(), "--lock", path)
    assert ran.code == 2
    assert "[lock_file]" in ran.err


# --- explain ------------------------------------------------------------------------------------------------------


def test_explain_says_what_was_shown_and_why(quod: Quod, answer: Callable[..., Path]) -> None:
    ran = quod("explain", answer())
    assert ran.code == 0
    assert ran.out == (
        "asked:  Is Anne welcome?\n"
        "shown:  true: Anne is welcome\n"
        "\n"
        "Anne is welcome\n"
        "│  by: Every member is welcome.\n"
        "└─ Anne is a member\n"
        "      by: Anne is a member.\n"
    )


def test_explain_as_an_object(quod: Quod, answer: Callable[..., Path]) -> None:
    found = quod("explain", answer(), "--json").json
    assert sorted(found) == ["labels", "shows", "text"]
    assert found["shows"] == ["true: Anne is welcome"]
    assert "Anne is welcome" in found["labels"].values()


def test_explain_as_a_page(quod: Quod, answer: Callable[..., Path], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    ran = quod("explain", answer(question="<script>alert(1)</script>"), "--html", page)
    assert ran.code == 0
    assert "page.html" in ran.out
    assert "<script>alert(1)</script>" not in page.read_text(encoding="utf-8")
    assert quod("explain", answer(), "--html", tmp_path / "no" / "page.html").code == 2

"""`quod ask`: the answer for people, as JSON, as a file and as a page; bad input is a message with exit code 2."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from printed import NOW, Quod

from quod.cli import _second, ask
from quod.routing import carried


def test_an_answer_for_people(quod: Quod, club: Path) -> None:
    ran = quod("ask", club, "Is Anne welcome?", "--as-of", NOW, "--one")
    assert ran.code == 0
    assert ran.err == ""
    lines = ran.out.splitlines()
    assert lines[:3] == [
        "question  Is Anne welcome?",
        "read as   Is it true that Anne is welcome?",
        "verdict   yes: proved",
    ]
    assert "  │  by: Every member is welcome." in lines
    assert any(line.startswith("kernel      accepted (") and "grade proved" in line for line in lines)
    assert "javascript  not run: asked for one checker" in lines
    assert any(line.startswith("theory      ") for line in lines)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Is Anne welcome?", "yes: proved"),
        ("Is Anne banned?", "no: refuted"),
        ("Is Anne tall?", "unknown"),
        ("Is Carla kind?", "conflict: both sides can be derived"),
    ],
)
def test_every_verdict_has_its_words_and_exit_code_0(quod: Quod, club: Path, question: str, words: str) -> None:
    ran = quod("ask", club, question, "--as-of", NOW, "--one")
    assert ran.code == 0
    assert f"verdict   {words}" in ran.out.splitlines()


def test_words_for_every_verdict() -> None:
    from quod.routing.answers import VERDICTS

    assert set(ask.WORDS) == set(VERDICTS)


@pytest.mark.usefixtures("node")
def test_both_checkers_are_asked(quod: Quod, club: Path) -> None:
    ran = quod("ask", club, "Is Anne welcome?", "--as-of", NOW)
    assert "javascript  accepted" in ran.out
    found = quod("ask", club, "Is Anne welcome?", "--as-of", NOW, "--json").json
    assert found["javascript"]["accepted"] is True
    assert found["javascript"]["report"]["theory"] in ran.out


def test_a_second_checker_that_rejects_makes_exit_code_1(
    quod: Quod, club: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no = {"accepted": False, "kind": "unlisted_answer", "step": "4"}
    monkeypatch.setattr(ask, "missing", lambda: "")
    monkeypatch.setattr(ask, "second_opinions", lambda _: iter([no]))
    ran = quod("ask", club, "Is Anne welcome?")
    assert ran.code == 1
    assert "javascript  REJECTED: unlisted_answer at step 4" in ran.out
    assert quod("ask", club, "Is Anne welcome?", "--json").code == 1


def test_a_second_checker_that_stops_is_a_message(quod: Quod, club: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for program in ("/bin/false", "/bin/cat"):
        if Path(program).exists():
            monkeypatch.setattr(_second, "find_node", lambda program=program: Path(program))
            ran = quod("ask", club, "Is Anne welcome?")
            assert ran.code == 2
            assert "[second_checker]" in ran.err
            assert "quod doctor" in ran.err


def test_without_node_the_reason_is_given(quod: Quod, club: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_second, "find_node", lambda: None)
    ran = quod("ask", club, "Is Anne welcome?")
    assert ran.code == 0
    assert "javascript  not run: Node is not installed; get it with: pip install 'quod[node]'" in ran.out
    assert quod("ask", club, "Is Anne welcome?", "--json").json["javascript"] is None


def test_the_object(quod: Quod, club: Path) -> None:
    found = quod("ask", club, "Who is a member?", "--as-of", NOW, "--one", "--json").json
    assert found["answers"] == ["Anne", "Bob"]
    assert found["verdict"] == "proved"
    assert found["checked"] is True
    assert sorted(found) == [
        *("answers", "assumptions", "blocked_by", "checked", "cost", "defaults", "grade", "javascript", "note"),
        *("question", "read_as", "readings", "sentences", "verdict"),
    ]
    assert sorted(found["cost"]) == ["bytes", "check", "search", "steps"]


def test_files_are_written(quod: Quod, club: Path, tmp_path: Path) -> None:
    file, page = tmp_path / "answer.quod", tmp_path / "answer.html"
    ran = quod("ask", club, "Is Anne welcome?", "--as-of", NOW, "--one", "--proof", file, "--html", page)
    assert ran.code == 0
    assert carried(file.read_bytes()).check().accepted
    assert page.read_text(encoding="utf-8").lower().startswith("<!doctype html>")


@pytest.mark.parametrize("option", ["--proof", "--html"])
def test_an_answer_without_a_proof_writes_nothing(quod: Quod, club: Path, tmp_path: Path, option: str) -> None:
    (club / "more.md").write_text("Save where they are members, nobody is banned.\n", encoding="utf-8")
    ran = quod("ask", club, "Is Anne welcome?", option, tmp_path / "out")
    assert ran.code == 2
    assert "the verdict is unknown, which carries no proof, so nothing was written [no_proof]" in ran.err
    assert not (tmp_path / "out").exists()
    assert quod("ask", club, "Is Anne welcome?", option, tmp_path / "out", "--json").json["error"] == "no_proof"


@pytest.mark.parametrize("option", ["--proof", "--html"])
def test_a_file_that_cannot_be_written_is_a_message(quod: Quod, club: Path, tmp_path: Path, option: str) -> None:
    ran = quod("ask", club, "Is Anne welcome?", "--one", option, tmp_path / "no" / "such" / "folder")
    assert ran.code == 2
    assert "No such file or directory" in ran.err
    assert "fix: check the name" in ran.err


def test_a_sentence_that_is_not_used_is_shown_and_never_a_traceback(quod: Quod, club: Path) -> None:
    (club / "more.md").write_text(
        "Save where they are members, nobody is banned.\n\nSome members are tall.\n\nAnne is red or blue.\n",
        encoding="utf-8",
    )
    for question in ("Is Anne welcome?", "Who is welcome?", "Is Anne red?", "Is anyone tall?", "Is every member tall?"):
        ran = quod("ask", club, question, "--one")
        assert ran.code == 0
        assert "verdict   unknown" in ran.out
        assert "not used  Save where they are members, nobody is banned." in ran.out


def test_little_fuel(quod: Quod, club: Path) -> None:
    ran = quod("ask", club, "Is Anne welcome?", "--fuel", "1", "--one")
    assert ran.code == 0
    assert "verdict   undecided" in ran.out
    assert quod("ask", club, "Is Anne welcome?", "--fuel", "0").code == 2


# --- bad input ----------------------------------------------------------------------------------------------------


def test_a_missing_theory(quod: Quod, tmp_path: Path) -> None:
    ran = quod("ask", tmp_path / "none.md", "Is Anne kind?")
    assert ran.code == 2
    assert "does not exist" in ran.err
    assert "does not exist" in quod("ask", tmp_path / "none.md", "Is Anne kind?", "--json").json["message"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a\0b", b"---\nclosed", b"```quod\np(", b"<!-- never closed"])
def test_a_document_that_cannot_be_used_or_says_nothing(quod: Quod, tmp_path: Path, content: bytes) -> None:
    book = tmp_path / "book.md"
    book.write_bytes(content)
    ran = quod("ask", book, "Is Anne kind?", "--one")
    assert ran.code == (2 if content else 0)
    if content:
        assert "book.md" in ran.err
        assert "fix: " in ran.err
        assert quod("ask", book, "Is Anne kind?", "--json").json["place"].startswith("book.md")


def test_a_folder_without_documents_and_a_file_of_another_kind(quod: Quod, tmp_path: Path) -> None:
    assert "[document_missing]" in quod("ask", tmp_path, "Is Anne kind?").err
    (tmp_path / "book.pdf").write_bytes(b"%PDF")
    assert "[document_kind]" in quod("ask", tmp_path / "book.pdf", "Is Anne kind?").err


def test_a_question_that_cannot_be_read_has_a_caret_and_a_remedy(quod: Quod, club: Path) -> None:
    ran = quod("ask", club, "Is Anne usually kind?")
    assert ran.code == 2
    first, text, caret, fix = ran.err.splitlines()
    assert first.startswith("error: question:1:")
    assert text.strip() == "Is Anne usually kind?"
    assert text[caret.index("^") :].startswith("usually")
    assert fix.startswith("  fix: ")
    found = quod("ask", club, "Is Anne usually kind?", "--json").json
    assert found["error"] == "unread_question"
    assert found["fields"]["word"] == "usually"


@pytest.mark.parametrize("date", ["", "today", "2026-13-01"])
def test_a_date_that_is_none(quod: Quod, club: Path, date: str) -> None:
    ran = quod("ask", club, "Is Anne kind?", "--as-of", date)
    assert ran.code == 2
    assert "is not a date [not_a_date]" in ran.err


@pytest.mark.parametrize(
    ("rows", "code", "where"),
    [
        ("anne,5\nbob,6,7\n", "table_rows", "pay.csv:3:1"),
        ("anne,5\nanne,6\n", "table_keys", "pay.csv:3:1"),
        ('anne,"5\n', "table_rows", "pay.csv:"),
        ("anne,5\n,6\n", "table_rows", "pay.csv:3:1"),
        (b"who,pay\n\xff,5\n", "table_rows", "pay.csv:2"),
        (b"", "table_header", "pay.csv:1"),
        (b"a,a\n1,2\n", "table_header", "pay.csv:1:1"),
        (b"name,pay\n1,2\n", "table_header", "pay.csv:1:1"),
    ],
)
def test_a_broken_table_names_file_and_row(
    quod: Quod, pay: Callable[..., Path], rows: str | bytes, code: str, where: str
) -> None:
    folder = pay(rows)
    ran = quod("ask", folder, "Is anyone paid?")
    assert ran.code == 2
    assert ran.err.startswith(f"error: {where}")
    assert f"[{code}]" in ran.err
    assert "fix: " in ran.err
    found = quod("ask", folder, "Is anyone paid?", "--json").json
    assert found["error"] == code
    assert found["place"].startswith(where)


def test_a_missing_table(quod: Quod, pay: Callable[..., Path]) -> None:
    folder = pay("")
    (folder / "pay.csv").unlink()
    assert "[table_missing]" in quod("ask", folder, "Is anyone paid?").err


def test_a_table_outside_the_folder(quod: Quod, pay: Callable[..., Path]) -> None:
    folder = pay("")
    (folder / "book.md").write_text("---\nrelations:\n  passwd: {file: ../../../../etc/passwd}\n---\n", "utf-8")
    assert "outside the theory's folder" in quod("ask", folder, "Is anyone paid?").err


def test_tables_may_be_elsewhere(quod: Quod, pay: Callable[..., Path], tmp_path: Path) -> None:
    folder = pay("anne,5\n")
    data = tmp_path / "data"
    data.mkdir()
    (folder / "pay.csv").rename(data / "pay.csv")
    assert quod("ask", folder, "Is anyone paid?", "--data", data, "--one").out.count("yes: proved") == 1


# --- hostile text -------------------------------------------------------------------------------------------------

UNREADABLE = ["\x1b[31mred", "\x1b]0;title\x07", "a\u202eb", "\u200bzero", "\x9b2J", "=cmd()", "<script>"]
HOSTILE = [*UNREADABLE, "a\rb"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_cells_are_shown_and_not_obeyed(quod: Quod, pay: Callable[..., Path], text: str) -> None:
    """The fixture `quod` checks that nothing printed controls a terminal."""
    folder = pay(f'anne,"{text}"\nbob,5\n')
    for question in ("Is anyone paid?", "Who is paid?"):
        ran = quod("ask", folder, question, "--one")
        assert ran.code == 0
        assert "yes: proved" in ran.out
    found = quod("ask", folder, "Who is paid?", "--one", "--json")
    assert found.json["verdict"] == "proved"
    assert found.out.isascii()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_keys_are_shown_and_not_obeyed(quod: Quod, pay: Callable[..., Path], text: str) -> None:
    ran = quod("ask", pay(f'"{text}",5\n'), "Who is paid?", "--one")
    assert ran.code == 0


@pytest.mark.parametrize("text", UNREADABLE)
def test_hostile_questions_are_shown_and_not_obeyed(quod: Quod, club: Path, text: str) -> None:
    ran = quod("ask", club, f"Is {text} kind?")
    assert ran.code == 2
    assert quod("ask", club, f"Is {text} kind?", "--json").out.isascii()


@pytest.mark.parametrize("text", UNREADABLE)
def test_hostile_sentences_are_shown_and_not_obeyed(quod: Quod, club: Path, text: str) -> None:
    (club / "more.md").write_text(f"Dora is {text}.\n", encoding="utf-8", newline="")
    assert quod("ask", club, "Is Anne welcome?", "--one").code == 0
    assert quod("read", club).code == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_broken_tables(quod: Quod, pay: Callable[..., Path], text: str) -> None:
    folder = pay(f'anne,5\nanne,"{text}"\n"{text}"\n')
    assert quod("ask", folder, "Is anyone paid?").code == 2
    assert json.loads(quod("ask", folder, "Is anyone paid?", "--json").out)["error"] == "table_rows"

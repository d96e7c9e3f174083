"""`quod read`: how each sentence was read, the lock, and a reading that changed."""

from __future__ import annotations

import json
from pathlib import Path

from printed import Quod


def test_everything_read(quod: Quod, club: Path) -> None:
    ran = quod("read", club)
    assert ran.code == 0
    assert "book.md:4:1\n  Anne is a member.\n    read: Anne is a member.\n      member(anne)." in ran.out
    assert "; theory " in ran.out.splitlines()[-1]


def test_the_object(quod: Quod, club: Path) -> None:
    found = quod("read", club, "--json").json
    assert sorted(found) == ["findings", "sentences", "theory"]
    first = found["sentences"][0]
    assert sorted(first) == ["logic", "paraphrases", "place", "problem", "sentence", "status", "suggestion"]
    assert first["status"] == "read"
    assert first["place"] == "book.md:4:1"


def test_what_is_not_read_has_a_caret_and_exit_code_1(quod: Quod, club: Path) -> None:
    (club / "more.md").write_text("Anne is usually kind.\n\nSome members are tall.\n", encoding="utf-8")
    ran = quod("read", club, "--problems")
    assert ran.code == 1
    lines = ran.out.splitlines()
    at = lines.index("  Anne is usually kind.")
    assert lines[at + 1].index("^") == lines[at].index("usually")
    assert any(line.startswith("    unread: ") for line in lines)
    assert "  Some members are tall." in lines
    assert "Anne is a member." not in ran.out
    statuses = {each["sentence"]: each["status"] for each in quod("read", club, "--json").json["sentences"]}
    assert statuses["Anne is usually kind."] == "unread"
    assert statuses["Some members are tall."] == "unused"
    assert statuses["Anne is a member."] == "read"


def test_an_unused_sentence_alone_is_no_failure(quod: Quod, tmp_path: Path) -> None:
    (tmp_path / "book.md").write_text("Some members are tall.\n", encoding="utf-8")
    assert quod("read", tmp_path).code == 0


def test_lock_and_check_again(quod: Quod, club: Path) -> None:
    assert "locked in" in quod("read", club, "--lock").out
    first = (club / "book.lock").read_bytes()
    assert quod("read", club).code == 0
    assert quod("read", club, "--lock").code == 0
    assert (club / "book.lock").read_bytes() == first


def test_the_lock_of_a_file_lies_beside_it(quod: Quod, tmp_path: Path) -> None:
    book = tmp_path / "rules.md"
    book.write_text("Anne is kind.\n", encoding="utf-8")
    assert quod("read", book, "--lock").code == 0
    assert (tmp_path / "rules.lock").exists()


def test_a_changed_reading_is_an_error_that_shows_both(quod: Quod, club: Path) -> None:
    assert quod("read", club, "--lock").code == 0
    path = club / "book.lock"
    content = json.loads(path.read_text(encoding="utf-8"))
    for reading in content["readings"]:
        if reading["sentence"] == "Every member is welcome.":
            reading["logic"] = ["welcome(X) :- guest(X)."]
            reading["paraphrase"] = "If X is a guest\x1b[31m, then X is welcome."
    path.write_text(json.dumps(content), encoding="utf-8")
    ran = quod("read", club)
    assert ran.code == 2
    assert "[reading_changed]" in ran.err
    assert "was read as  welcome(X) :- guest(X)." in ran.err
    assert "is read as   welcome(X) :- member(X)." in ran.err
    assert "quod read --lock" in ran.err
    assert quod("read", club, "--json").json["error"] == "reading_changed"
    assert quod("read", club, "--lock").code == 0
    assert quod("read", club).code == 0


def test_a_spoilt_lock(quod: Quod, club: Path) -> None:
    (club / "book.lock").write_text("{", encoding="utf-8")
    assert "[lock_file]" in quod("read", club).err


def test_a_lock_that_cannot_be_written(quod: Quod, club: Path) -> None:
    (club / "book.lock").mkdir()
    ran = quod("read", club, "--lock")
    assert ran.code == 2
    assert "book.lock" in ran.err
